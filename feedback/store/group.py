"""Groups: reports about the same kind of problem at the same place."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from feedback.store.base import Base
from feedback.store.place import Place
from feedback.store.timer import REGROUP, ask_for

MOST_BURSTS = 20


class Group(Base):
    """The key says which reports belong; the sentence says it to a person."""

    __tablename__ = "report_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    municipality: Mapped[str] = mapped_column(ForeignKey("municipality.slug"), index=True)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    theme: Mapped[str] = mapped_column(String(40))
    voices: Mapped[int]
    weeks: Mapped[int]
    first_on: Mapped[date]
    last_on: Mapped[date]
    spike: Mapped[bool] = mapped_column(default=False)
    sentence: Mapped[str] = mapped_column(String(300))

    place: Mapped[Place | None] = relationship()


def group_under(session: Session, key: str) -> Group | None:
    return session.scalar(select(Group).where(Group.key == key))


def group_keys(session: Session) -> set[str]:
    """The key of every group."""
    return set(session.scalars(select(Group.key)))


def bursts(session: Session, municipality: str | None = None) -> Sequence[Group]:
    """Groups that nearly all came at once, newest first: people look at them, no rule promotes them."""
    wanted = select(Group).where(Group.spike.is_(True), Group.voices > 0)
    if municipality:
        wanted = wanted.where(Group.municipality == municipality)
    return session.scalars(wanted.order_by(Group.last_on.desc(), Group.id.desc()).limit(MOST_BURSTS)).all()


class GroupRule(Base):
    """A reviewer's lasting word: reports that the rules put under one key belong under another."""

    __tablename__ = "group_rule"

    from_key: Mapped[str] = mapped_column(String(200), primary_key=True)
    to_key: Mapped[str] = mapped_column(String(200))


def merge_rules(session: Session) -> dict[str, str]:
    """All remembered merges, from key to key."""
    return {rule.from_key: rule.to_key for rule in session.scalars(select(GroupRule))}


def remember_merge(session: Session, from_key: str, to_key: str, now: datetime) -> None:
    """From now on what belongs to one group belongs to another."""
    session.merge(GroupRule(from_key=from_key, to_key=to_key))
    ask_for(session, REGROUP, now)
