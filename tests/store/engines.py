"""Fixtures for tests that look at a database directly."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from feedback.store.database import engine_options, prepare
from tests.conftest import DATABASES, _fill, _on


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A database of its own, on SQLite and on PostgreSQL."""
    yield from prepared(database_url)


@pytest.fixture
def sqlite_engine(sqlite_url: str) -> Iterator[Engine]:
    """Where it does not matter which."""
    yield from prepared(sqlite_url)


@pytest.fixture(scope="session", params=DATABASES)
def shared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One filled database of each kind, for tests that store nothing for good."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('shared') / 'feedback.db'}"
    else:
        url = new_database(request, "shared")
    _fill(url)
    yield from prepared(url)


@pytest.fixture
def session(shared: Engine) -> Iterator[Session]:
    """A session without Flask, as actions get it. All is undone after the test."""
    with Session(shared) as session:
        yield session


def new_database(request: Any, name: str) -> str:
    """The address of an empty database on the PostgreSQL of this run."""
    server = request.getfixturevalue("postgresql")
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        known = {row[0] for row in connection.execute(text("SELECT datname FROM pg_database"))}
        name = next(free for n in range(100) if (free := f"{name}_{n}") not in known)
        connection.execute(text(f"CREATE DATABASE {name}"))
    admin.dispose()
    return _on(server, name)


def prepared(url: str) -> Iterator[Engine]:
    engine = create_engine(url, **engine_options(url))
    prepare(engine)
    yield engine
    engine.dispose()
