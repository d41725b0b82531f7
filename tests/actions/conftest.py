from tests.store.engines import engine, session, shared, sqlite_engine

__all__ = ["engine", "session", "shared", "sqlite_engine"]
