"""One engine for SQLite and PostgreSQL, with the settings that keep data safe on both."""

from contextvars import ContextVar
from typing import Any

from sqlalchemy import Engine, event, func, select
from sqlalchemy.orm import Session

reading: ContextVar[bool] = ContextVar("reading", default=False)
"""True while a request may only read: the database itself then refuses every write."""

SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    # A shown receipt must survive a power cut.
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=15000",
)


def prepare(engine: Engine) -> None:
    """Attach what each new connection and transaction needs. Call once per engine."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _open_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_other)


def engine_options(url: str) -> dict[str, Any]:
    """Errors never carry what residents wrote; a dead server connection is noticed before it is used."""
    return {"hide_parameters": True, "pool_pre_ping": not url.startswith("sqlite")}


def one_at_a_time(session: Session, work: str) -> None:
    """Wait until no other transaction does this work. On SQLite a transaction that writes is alone anyhow."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext(work))))


def _open_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy, not the driver, sends BEGIN
    for pragma in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Any) -> None:
    # A write that began as a read fails at once under WAL, whatever the busy timeout: take the lock first.
    read_only = reading.get()
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if read_only else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


def _begin_other(connection: Any) -> None:
    if reading.get():
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
