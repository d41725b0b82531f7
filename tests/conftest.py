"""Fresh databases of both kinds, a web client that checks every page it opens, and small makers of things."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from hypothesis import HealthCheck, settings
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from feedback import create_app
from feedback.actions import manage_staff
from feedback.actions.set_up import set_up
from feedback.store.database import prepare
from feedback.store.tables import metadata
from tests.make import NOW, Maker
from tests.page import Client

DATABASES = ("sqlite", "postgresql")

# No property is about time, and a shared machine is slow at times. In CI the same examples are tried every time.
settings.register_profile(
    "suite",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
)
settings.load_profile("suite")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a real PostgreSQL server, started for this run."""
    # Not in pytest's own folder: that one is closed to others by each new run, and the server is another user.
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    folder.chmod(0o755)
    (folder / "run").mkdir(mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder / "run"))
    try:
        import pgserver  # looks for XDG_RUNTIME_DIR as soon as it is imported

        server = pgserver.get_server(folder / "data", cleanup_mode="stop")
    except Exception as error:
        if os.environ.get("REQUIRE_POSTGRESQL"):
            raise
        pytest.skip(f"PostgreSQL cannot be started here: {error}")
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """One prepared database of each kind to copy from."""
    return {"folder": tmp_path_factory.mktemp("databases")}


def _fill(url: str) -> None:
    engine = create_engine(url)
    prepare(engine)
    metadata.create_all(engine)
    with Session(engine) as session, session.begin():
        set_up(session)
    engine.dispose()


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path, templates: dict[str, Any]) -> Iterator[str]:
    """A database of its own for one test, with municipalities and places, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        yield _sqlite_copy(tmp_path, templates)
        return
    server = request.getfixturevalue("postgresql")
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    if "postgresql" not in templates:
        with admin.connect() as connection:
            connection.execute(text("CREATE DATABASE template_feedback"))
        _fill(_on(server, "template_feedback"))
        templates["postgresql"] = 0
    templates["postgresql"] += 1
    name = f"test_{templates['postgresql']}"
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template_feedback"))
    yield _on(server, name)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def sqlite_url(tmp_path: Path, templates: dict[str, Any]) -> str:
    """A SQLite database of its own, for tests that say nothing about databases."""
    return _sqlite_copy(tmp_path, templates)


def _sqlite_copy(folder: Path, templates: dict[str, Any]) -> str:
    if "sqlite" not in templates:
        templates["sqlite"] = templates["folder"] / "template.db"
        _fill(f"sqlite:///{templates['sqlite']}")
    copy = folder / "feedback.db"
    shutil.copy(templates["sqlite"], copy)
    return f"sqlite:///{copy}"


def _on(server: str, database: str) -> str:
    """The same server, another database."""
    head, _, query = server.partition("?")
    return f"{head.rpartition('/')[0]}/{database}{'?' if query else ''}{query}"


@pytest.fixture(autouse=True, scope="session")
def quick_passwords() -> Iterator[None]:
    """The same hashing with the smallest work, so that many logins stay quick."""
    patch = pytest.MonkeyPatch()
    patch.setattr(manage_staff, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    yield
    patch.undo()


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    """A session without Flask, as actions get it."""
    engine = create_engine(database_url)
    prepare(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture
def make(session: Session) -> Maker:
    return Maker(session)


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    app = create_app(
        {"INSTANCE": str(tmp_path), "DATABASE_URL": database_url, "SECRET_KEY": "test", "MIN_SECONDS": 0, "TESTING": True}
    )  # fmt: skip
    yield app
    with app.app_context():
        from feedback.web.db import db

        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> Client:
    return Client(app)


@pytest.fixture
def now() -> Any:
    return NOW
