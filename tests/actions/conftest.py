import pytest
from argon2 import PasswordHasher

from feedback.actions import manage_staff
from tests.store.engines import engine, session, shared, sqlite_engine

__all__ = ["engine", "quick_passwords", "session", "shared", "sqlite_engine"]


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same hash, made with as little work as it allows."""
    monkeypatch.setattr(manage_staff, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
