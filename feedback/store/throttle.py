"""Counting attempts without knowing whose: the key is a hash, the window is short."""

from datetime import datetime, timedelta

from sqlalchemy import String, delete, func, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from feedback.store.base import Base


class Attempt(Base):
    __tablename__ = "attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(index=True)


def attempts(session: Session, key: str, since: datetime) -> int:
    counted = select(func.count()).select_from(Attempt).where(Attempt.key == key, Attempt.at > since)
    return session.scalar(counted) or 0


def count_attempt(session: Session, key: str, now: datetime) -> None:
    session.execute(insert(Attempt).values(key=key, at=now))


def forget_attempts(session: Session, now: datetime) -> None:
    """Remove what is older than a day; the key of the next day is another."""
    session.execute(delete(Attempt).where(Attempt.at < now - timedelta(days=1)))
