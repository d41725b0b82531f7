"""Counting attempts without knowing whose: the key is a hash, the window is short."""

from datetime import datetime, timedelta

from sqlalchemy import String, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from feedback.store.base import Base


class Attempt(Base):
    """How many attempts somebody made in one minute. No row of its own for each: their order would tell of people."""

    __tablename__ = "attempt"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(primary_key=True, index=True)
    count: Mapped[int]


def attempts(session: Session, key: str, since: datetime) -> int:
    counted = select(func.sum(Attempt.count)).where(Attempt.key == key, Attempt.at > since)
    return session.scalar(counted) or 0


def count_attempt(session: Session, key: str, at: datetime) -> int:
    """Count one more in the minute of ``at``, which the caller may make a coarser time; answers how many it has."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    first = insert(Attempt).values(key=key, at=at.replace(second=0, microsecond=0), count=1)
    more = first.on_conflict_do_update(index_elements=["key", "at"], set_={"count": Attempt.count + 1})
    return session.scalar(more.returning(Attempt.count)) or 0


def forget_attempts(session: Session, now: datetime) -> None:
    """Remove what is older than a day; the key of the next day is another."""
    session.execute(delete(Attempt).where(Attempt.at < now - timedelta(days=1)))
