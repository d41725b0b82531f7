from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.conftest import DATABASES
from tests.store.engines import engine, new_database, prepared, session, shared, sqlite_engine

__all__ = ["engine", "nothing", "session", "shared", "sqlite_engine"]


@pytest.fixture(params=DATABASES)
def nothing(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without a single table."""
    is_sqlite = request.param == "sqlite"
    yield from prepared(
        f"sqlite:///{tmp_path / 'nothing.db'}" if is_sqlite else new_database(request, "nothing")
    )
