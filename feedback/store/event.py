"""What happened, to which noun, by whom. Rows are added, never changed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Index, String, Text, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from feedback.store.base import Base

SYSTEM = "systemet"


class Event(Base):
    __tablename__ = "event"
    __table_args__ = (Index("ix_event_noun_noun_id", "noun", "noun_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    noun: Mapped[str] = mapped_column(String(12))
    noun_id: Mapped[int]
    at: Mapped[datetime]
    who: Mapped[str] = mapped_column(String(120))
    step_from: Mapped[str] = mapped_column(String(32), default="")
    step_to: Mapped[str] = mapped_column(String(32))
    note: Mapped[str] = mapped_column(Text, default="")


def record(
    session: Session,
    noun: str,
    noun_id: int,
    at: datetime,
    step_to: str,
    *,
    step_from: str = "",
    who: str = SYSTEM,
    note: str = "",
) -> None:
    """Add one event about a report, candidate or promise.

    What the system did follows at once on what a resident did: only the hour of it is kept.
    """
    if who == SYSTEM:
        at = at.replace(minute=0, second=0, microsecond=0)
    session.add(
        Event(noun=noun, noun_id=noun_id, at=at, who=who, step_from=step_from, step_to=step_to, note=note)
    )


def record_all(
    session: Session, noun: str, ids: Sequence[int], at: datetime, step_to: str, *, step_from: str, note: str
) -> None:
    """Add the same event of the system's about many."""
    at = at.replace(minute=0, second=0, microsecond=0)
    rows = [
        {
            "noun": noun,
            "noun_id": each,
            "at": at,
            "who": SYSTEM,
            "step_from": step_from,
            "step_to": step_to,
            "note": note,
        }
        for each in ids
    ]
    if rows:
        session.execute(insert(Event), rows)


def history(session: Session, noun: str, noun_id: int) -> Sequence[Event]:
    """All events of one thing, oldest first."""
    return session.scalars(
        select(Event).where(Event.noun == noun, Event.noun_id == noun_id).order_by(Event.id)
    ).all()
