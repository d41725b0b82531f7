"""A published promise and what happened to it."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship, selectinload

from feedback.domain.lifecycle import PromiseState
from feedback.store.base import Base, Enum
from feedback.store.candidate import Candidate, DraftText

HIDDEN = (PromiseState.UNPUBLISHED,)
ACTIVE = (PromiseState.PUBLISHED, PromiseState.PAUSED)


class Promise(DraftText, Base):
    """Municipality and police said yes to this text. Its page never changes but by follow-ups."""

    __tablename__ = "promise"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), unique=True)
    municipality: Mapped[str] = mapped_column(ForeignKey("municipality.slug"), index=True)
    theme: Mapped[str] = mapped_column(String(40))
    state: Mapped[PromiseState] = mapped_column(Enum(PromiseState))
    reports: Mapped[int]
    published_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    candidate: Mapped[Candidate] = relationship()
    follow_ups: Mapped[list["FollowUp"]] = relationship(
        back_populates="promise", order_by="FollowUp.on, FollowUp.id", cascade="all, delete-orphan"
    )
    __mapper_args__ = {"version_id_col": version}


class FollowUp(Base):
    """One entry under "Så går det": what was done, and what was counted."""

    __tablename__ = "follow_up"

    id: Mapped[int] = mapped_column(primary_key=True)
    promise_id: Mapped[int] = mapped_column(ForeignKey("promise.id"), index=True)
    on: Mapped[date]
    text: Mapped[str] = mapped_column(Text)
    value: Mapped[int | None]
    result: Mapped[str] = mapped_column(String(20))
    promise: Mapped[Promise] = relationship(back_populates="follow_ups")


def by_slug(session: Session, slug: str) -> Promise | None:
    return session.scalar(
        select(Promise).options(selectinload(Promise.follow_ups)).where(Promise.slug == slug)
    )


def of_candidate(session: Session, candidate_id: int) -> Promise | None:
    return session.scalar(select(Promise).where(Promise.candidate_id == candidate_id))


def published(session: Session, municipality: str | None = None) -> Sequence[Promise]:
    """Promises for the public page, newest first."""
    wanted = select(Promise).options(selectinload(Promise.follow_ups)).where(Promise.state.not_in(HIDDEN))
    if municipality:
        wanted = wanted.where(Promise.municipality == municipality)
    return session.scalars(wanted.order_by(Promise.published_at.desc(), Promise.id.desc())).all()


def active_count(session: Session, municipality: str) -> int:
    return (
        session.scalar(
            select(func.count())
            .select_from(Promise)
            .where(Promise.municipality == municipality, Promise.state.in_(ACTIVE))
        )
        or 0
    )


def slug_is_taken(session: Session, slug: str) -> bool:
    return session.scalar(select(Promise.id).where(Promise.slug == slug)) is not None
