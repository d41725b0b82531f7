"""Counting attempts without knowing whose: the key is a hash, the window is short."""

from datetime import datetime, timedelta

from sqlalchemy import String, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
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


def count_attempt(session: Session, key: str, at: datetime) -> None:
    """Count one more in the minute of ``at``; the caller may make that a coarser time."""
    at = at.replace(second=0, microsecond=0)
    more = update(Attempt).where(Attempt.key == key, Attempt.at == at).values(count=Attempt.count + 1)
    if session.execute(more).rowcount:  # type: ignore[attr-defined]
        return
    try:
        with session.begin_nested():
            session.execute(insert(Attempt).values(key=key, at=at, count=1))
    except IntegrityError:  # another process was first
        session.execute(more)


def forget_attempts(session: Session, now: datetime) -> None:
    """Remove what is older than a day; the key of the next day is another."""
    session.execute(delete(Attempt).where(Attempt.at < now - timedelta(days=1)))
