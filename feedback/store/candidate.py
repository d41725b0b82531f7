"""A candidate promise: one group of reports, one drafted text, and each giver's answer."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship, selectinload

from feedback.domain.drafting import Draft
from feedback.domain.lifecycle import CandidateState, Decision
from feedback.store.base import Base, Enum
from feedback.store.group import Group

OPEN = (CandidateState.DRAFTED, CandidateState.PREPARED)


class DraftText:
    """The columns that a candidate and the promise it becomes have in common."""

    title: Mapped[str] = mapped_column(String(120))
    situation: Mapped[str] = mapped_column(Text)
    doing: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(Text)
    measure: Mapped[str] = mapped_column(String(200))
    target: Mapped[int]
    unit: Mapped[str] = mapped_column(String(60))
    givers: Mapped[list[str]]
    owner: Mapped[str] = mapped_column(String(120))
    external: Mapped[str | None] = mapped_column(String(120))
    starts_on: Mapped[date]
    due_on: Mapped[date]
    follow_up_on: Mapped[date]


TEXT_FIELDS = (
    "title", "situation", "doing", "outcome", "measure", "target", "unit",
    "givers", "owner", "external", "starts_on", "due_on", "follow_up_on",
)  # fmt: skip


class Candidate(DraftText, Base):
    """``revision`` counts what a person would see change; whoever decides on an older one is told instead.

    ``version`` guards every row write, so that the timer never overwrites what a person just saved.
    """

    __tablename__ = "candidate"
    __table_args__ = (Index("ix_candidate_state_municipality", "state", "municipality"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("report_group.id"), index=True)
    municipality: Mapped[str] = mapped_column(ForeignKey("municipality.slug"))
    theme: Mapped[str] = mapped_column(String(40))
    catalogue_id: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(40))
    state: Mapped[CandidateState] = mapped_column(Enum(CandidateState))
    edited: Mapped[bool] = mapped_column(default=False)
    cause: Mapped[str] = mapped_column(Text, default="")
    reports: Mapped[int] = mapped_column(default=0)
    score: Mapped[float] = mapped_column(default=0.0)
    reason: Mapped[str] = mapped_column(String(300), default="")
    parts: Mapped[list[Any]] = mapped_column(default=list)
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    public_reason: Mapped[str] = mapped_column(String(40), default="")
    public_note: Mapped[str] = mapped_column(Text, default="")
    deferred_until: Mapped[date | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("candidate.id"))
    referred_to: Mapped[str] = mapped_column(String(120), default="")
    revision: Mapped[int] = mapped_column(default=1)
    version: Mapped[int] = mapped_column()

    group: Mapped[Group | None] = relationship()
    answers: Mapped[list["GiverAnswer"]] = relationship(
        back_populates="candidate", order_by="GiverAnswer.giver", cascade="all, delete-orphan"
    )
    __mapper_args__ = {"version_id_col": version}

    @property
    def draft(self) -> Draft:
        """The text as the rules know it."""
        values = {name: getattr(self, name) for name in TEXT_FIELDS}
        values["givers"] = tuple(self.givers)
        return Draft(catalogue_id=self.catalogue_id, kind=self.kind, **values)

    def use(self, draft: Draft) -> None:
        """Take over the text of a draft; a changed text is a new revision."""
        changed = False
        for name in (*TEXT_FIELDS, "catalogue_id", "kind"):
            value = getattr(draft, name)
            value = list(value) if name == "givers" else value
            if getattr(self, name) != value:
                setattr(self, name, value)
                changed = True
        if changed and self.id:
            self.revision += 1

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def waiting_for(self) -> list[str]:
        """The givers that have not said yes yet."""
        answered = {answer.giver for answer in self.answers}
        return [giver for giver in self.givers if giver not in answered]


class GiverAnswer(Base):
    """One giver's yes to a candidate as it stood then; a changed text asks everybody again."""

    __tablename__ = "giver_answer"
    __table_args__ = (UniqueConstraint("candidate_id", "giver"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    giver: Mapped[str] = mapped_column(String(20))
    decision: Mapped[Decision] = mapped_column(Enum(Decision))
    user_id: Mapped[int] = mapped_column(ForeignKey("staff_user.id"))
    answered_at: Mapped[datetime]
    candidate: Mapped[Candidate] = relationship(back_populates="answers")


def get(session: Session, candidate_id: int, lock: bool = False) -> Candidate | None:
    """One candidate with its answers; ``lock`` makes others wait until this transaction ends."""
    wanted = (
        select(Candidate)
        .options(selectinload(Candidate.answers), selectinload(Candidate.group))
        .where(Candidate.id == candidate_id)
    )
    if lock:
        # What this session read before it got the lock may be old by now.
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return session.scalar(wanted)


def queue(session: Session, municipality: str | None, offset: int, limit: int) -> Sequence[Candidate]:
    """What the reviewers go through, most urgent first."""
    wanted = (
        select(Candidate)
        .options(selectinload(Candidate.answers), joinedload(Candidate.group))
        .where(Candidate.state.in_(OPEN))
    )
    if municipality:
        wanted = wanted.where(Candidate.municipality == municipality)
    return session.scalars(
        wanted.order_by(Candidate.score.desc(), Candidate.id).offset(offset).limit(limit)
    ).all()


def queue_length(session: Session, municipality: str | None = None) -> int:
    counted = select(func.count()).select_from(Candidate).where(Candidate.state.in_(OPEN))
    if municipality:
        counted = counted.where(Candidate.municipality == municipality)
    return session.scalar(counted) or 0


def latest_of(session: Session, group_id: int) -> Candidate | None:
    """The newest candidate of a group."""
    return session.scalar(
        select(Candidate)
        .options(selectinload(Candidate.answers))
        .where(Candidate.group_id == group_id)
        .order_by(Candidate.id.desc())
        .limit(1)
    )


def resting_until(session: Session, today: date) -> Sequence[Candidate]:
    """Deferred candidates whose date has come."""
    return session.scalars(
        select(Candidate)
        .where(Candidate.state == CandidateState.DEFERRED, Candidate.deferred_until <= today)
        .order_by(Candidate.id)
    ).all()


def answered_no(session: Session, municipality: str | None = None) -> Sequence[Candidate]:
    """What will not become a promise, or not now, for the public page: newest first."""
    wanted = select(Candidate).where(
        Candidate.state.in_([CandidateState.REJECTED, CandidateState.REFERRED, CandidateState.DEFERRED])
    )
    if municipality:
        wanted = wanted.where(Candidate.municipality == municipality)
    return session.scalars(wanted.order_by(Candidate.closed_at.desc(), Candidate.id.desc())).all()


def answering(session: Session, group_id: int, received_at: datetime) -> Candidate | None:
    """The candidate that answers for a report of a group: the first that was still open when the report came,
    else the newest, which answered for its group beforehand. A merged one answers through its target.
    """
    of_group = session.scalars(
        select(Candidate).where(Candidate.group_id == group_id).order_by(Candidate.id)
    ).all()
    candidate = next((one for one in of_group if not one.closed_at or one.closed_at >= received_at), None)
    candidate = candidate or (of_group[-1] if of_group else None)
    seen: set[int] = set()
    while candidate and candidate.merged_into_id and candidate.id not in seen:
        seen.add(candidate.id)
        candidate = session.get(Candidate, candidate.merged_into_id)
    return candidate
