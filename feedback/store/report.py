"""A report: what one resident told, already masked when it reaches this table."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, func, select, update
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from feedback.domain.grouping import Item
from feedback.domain.lifecycle import ReportState
from feedback.domain.places import key_and_phrase
from feedback.store.base import SWEDEN, Base, Enum
from feedback.store.group import Group
from feedback.store.place import Place


class Report(Base):
    """One report. Nothing here says who wrote it: no address, no device, no time finer than the hour."""

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("channel", "external_id"),
        Index("ix_report_state_municipality", "state", "municipality"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality: Mapped[str] = mapped_column(ForeignKey("municipality.slug"))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    place_typed: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    masked_kinds: Mapped[list[str]] = mapped_column(default=list)
    flags: Mapped[list[str]] = mapped_column(default=list)
    sensitive: Mapped[bool] = mapped_column(default=False, index=True)
    areas: Mapped[list[str]] = mapped_column(default=list)
    needs: Mapped[list[str]] = mapped_column(default=list)
    safe_light: Mapped[str | None] = mapped_column(String(12))
    safe_dark: Mapped[str | None] = mapped_column(String(12))
    times: Mapped[list[str]] = mapped_column(default=list)
    often: Mapped[str | None] = mapped_column(String(12))
    age: Mapped[str | None] = mapped_column(String(12))
    relation: Mapped[str | None] = mapped_column(String(12))
    added_to: Mapped[bool] = mapped_column(default=False)
    page_lang: Mapped[str] = mapped_column(String(8), default="sv")
    lang: Mapped[str | None] = mapped_column(String(8))
    channel: Mapped[str] = mapped_column(String(12), default="web")
    external_id: Mapped[str | None] = mapped_column(String(80))
    theme: Mapped[str | None] = mapped_column(String(40))
    focus_area: Mapped[str | None] = mapped_column(String(40))
    confidence: Mapped[float | None]
    why: Mapped[list[str]] = mapped_column(default=list)
    second: Mapped[dict[str, Any]] = mapped_column(default=dict)
    likely: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[ReportState] = mapped_column(Enum(ReportState))
    received_at: Mapped[datetime] = mapped_column(index=True)
    read_at: Mapped[datetime | None]
    handled_as: Mapped[str] = mapped_column(String(80), default="")
    receipt_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    fingerprint: Mapped[str | None] = mapped_column(String(64), unique=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("report_group.id"), index=True)

    place: Mapped[Place | None] = relationship()
    group: Mapped[Group | None] = relationship()

    @property
    def day(self) -> date:
        """The day in Sweden."""
        return self.received_at.astimezone(SWEDEN).date()

    @property
    def as_item(self) -> Item:
        """The same report as the grouping rules see it."""
        known = self.place.as_rule if self.place else None
        key, words = key_and_phrase(known, self.place_typed, self.municipality)
        return Item(
            id=str(self.id),
            municipality=self.municipality,
            place=key,
            place_name=words,
            theme=self.theme,
            day=self.day,
            text=self.text,
            channel=self.channel,
            # Other channels are written down in batches: their hour says nothing.
            hour=self.received_at.hour if self.channel == "web" and not self.external_id else None,
            confidence=self.confidence or 0.0,
            district=known.district if known else None,
            likely=self.likely,
        )

    @property
    def can_be_added_to(self) -> bool:
        """Whether the one who has the code may still say more: nobody has read it, and it went nowhere else."""
        return self.read_at is None and self.state not in (ReportState.HANDLED, ReportState.DISPOSED)

    @property
    def takes_words(self) -> bool:
        """Whether words may still be put at its end: once."""
        return self.can_be_added_to and not self.added_to

    @property
    def place_words(self) -> str:
        """The place as a reviewer reads it: the known name, else what was typed."""
        return self.place.name if self.place else self.place_typed


def by_fingerprint(session: Session, fingerprint: str) -> Report | None:
    return session.scalar(select(Report).where(Report.fingerprint == fingerprint))


def forget_fingerprints(session: Session, before: datetime) -> None:
    """Nobody sends the same form again after a day."""
    session.execute(
        update(Report)
        .where(Report.received_at < before, Report.fingerprint.is_not(None))
        .values(fingerprint=None)
    )


def by_receipt(session: Session, receipt_hash: str, *, lock: bool = False) -> Report | None:
    wanted = select(Report).where(Report.receipt_hash == receipt_hash)
    if lock:
        return session.scalar(wanted.with_for_update().execution_options(populate_existing=True))
    return session.scalar(wanted.options(joinedload(Report.group)))


def known_external_ids(session: Session, channel: str) -> set[str]:
    ids = select(Report.external_id).where(Report.channel == channel, Report.external_id.is_not(None))
    return {external for external in session.scalars(ids) if external}


def waiting(session: Session, limit: int) -> Sequence[Report]:
    """Reports that nobody has classified yet, oldest first."""
    return session.scalars(
        select(Report).where(Report.state == ReportState.SCREENED).order_by(Report.id).limit(limit)
    ).all()


def groupable(session: Session) -> Sequence[Report]:
    """Every report that may belong to a group: classified, not sensitive, not misuse, not disposed of."""
    return session.scalars(
        select(Report)
        .options(joinedload(Report.place))
        .where(Report.state.in_([ReportState.CLASSIFIED, ReportState.GROUPED]), Report.sensitive.is_(False))
        .order_by(Report.id)
    ).all()


def of_group(session: Session, group_id: int) -> Sequence[Report]:
    """The reports behind a candidate, newest first."""
    return session.scalars(
        select(Report)
        .options(joinedload(Report.place))
        .where(Report.group_id == group_id)
        .order_by(Report.received_at.desc(), Report.id.desc())
    ).all()


def inbox(
    session: Session,
    *,
    municipality: str | None,
    state: ReportState | None,
    sensitive: bool,
    offset: int,
    limit: int,
) -> Sequence[Report]:
    """Reports for the reviewer, newest first: the sensitive ones, or all the others."""
    wanted = (
        select(Report)
        .options(joinedload(Report.place), joinedload(Report.group))
        .where(Report.sensitive.is_(sensitive))
    )
    if state:
        wanted = wanted.where(Report.state == state)
    if municipality:
        wanted = wanted.where(Report.municipality == municipality)
    return session.scalars(
        wanted.order_by(Report.received_at.desc(), Report.id.desc()).offset(offset).limit(limit)
    ).all()


def per_hour(session: Session, municipality: str | None, since: datetime) -> dict[datetime, int]:
    """How many reports residents sent in each hour that had any, later than ``since``."""
    counted = (
        select(Report.received_at, func.count())
        .where(Report.channel == "web", Report.external_id.is_(None), Report.received_at > since)
        .group_by(Report.received_at)
    )
    if municipality:
        counted = counted.where(Report.municipality == municipality)
    return dict(session.execute(counted).all())


def counts_by_state(session: Session, municipality: str | None = None) -> dict[ReportState, int]:
    """How many ordinary reports stand where on the road, for one municipality or all."""
    counted = select(Report.state, func.count()).where(Report.sensitive.is_(False)).group_by(Report.state)
    if municipality:
        counted = counted.where(Report.municipality == municipality)
    return {row[0]: row[1] for row in session.execute(counted)}


def sensitive_count(session: Session, municipality: str | None = None) -> int:
    """How many sensitive reports wait for the one who must act."""
    counted = (
        select(func.count())
        .select_from(Report)
        .where(Report.sensitive.is_(True), Report.state == ReportState.RESTRICTED)
    )
    if municipality:
        counted = counted.where(Report.municipality == municipality)
    return session.scalar(counted) or 0


def is_empty(session: Session) -> bool:
    return session.scalar(select(Report.id).limit(1)) is None
