"""A report: what one resident told, already masked when it reaches this table."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Row, String, Text, UniqueConstraint, func, select, update
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from feedback.domain.grouping import Item
from feedback.domain.lifecycle import ReportState
from feedback.domain.placelist import Place as PlaceRule
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
        # What the queue counts each time it is opened stands in these alone.
        Index("ix_report_counted", "sensitive", "state", "municipality"),
        Index("ix_report_hours", "channel", "external_id", "received_at", "municipality"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality: Mapped[str] = mapped_column(ForeignKey("municipality.slug"))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    place_typed: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    masked_kinds: Mapped[list[str]] = mapped_column(default=list)
    flags: Mapped[list[str]] = mapped_column(default=list)
    sensitive: Mapped[bool] = mapped_column(default=False)
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
    spot: Mapped[str | None] = mapped_column(String(200), index=True)
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


GROUPABLE = (ReportState.CLASSIFIED, ReportState.GROUPED)
MANY = 5_000
"""So many rows are changed with one statement; SQLite takes no longer lists."""

_TOLD = (
    Report.id, Report.municipality, Report.place_id, Report.place_typed, Report.text, Report.theme,
    Report.confidence, Report.likely, Report.channel, Report.external_id, Report.received_at, Report.state,
    Report.group_id, Report.spot, Report.needs, Report.times, Report.safe_dark,
)  # fmt: skip
_MAY_BE_GROUPED = Report.state.in_(GROUPABLE) & Report.sensitive.is_(False)


def as_item(told: Any, place: PlaceRule | None) -> Item:
    """A report, or a row of ``told_at``, as the grouping rules see it. place: the known place it is about."""
    key, words = key_and_phrase(place, told.place_typed, told.municipality)
    return Item(
        id=str(told.id),
        municipality=told.municipality,
        place=key,
        place_name=words,
        theme=told.theme,
        day=told.received_at.astimezone(SWEDEN).date(),
        text=told.text,
        channel=told.channel,
        # Other channels are written down in batches: their hour says nothing.
        hour=told.received_at.hour if told.channel == "web" and not told.external_id else None,
        confidence=told.confidence or 0.0,
        district=place.district if place else None,
        place_kind=place.kind if place else "",
        likely=told.likely,
    )


def new_at(session: Session) -> Sequence[tuple[str, int | None]]:
    """The municipalities and places, each once, with reports that no group has looked at."""
    wanted = select(Report.municipality, Report.place_id).where(_MAY_BE_GROUPED, Report.spot.is_(None))
    return [(row.municipality, row.place_id) for row in session.execute(wanted.distinct())]


def groups_of_new(session: Session) -> set[str]:
    """The keys of the groups whose reports are to be looked at anew."""
    wanted = select(Group.key).join(Report, Report.group_id == Group.id).where(Report.spot.is_(None))
    return set(session.scalars(wanted.distinct()))


def told_at(session: Session, municipality: str, places: Collection[int]) -> Sequence[Row[Any]]:
    """What may be grouped at some places; with no places: what is at none that is known."""
    here = Report.place_id.in_(sorted(places)) if places else Report.place_id.is_(None)
    wanted = select(*_TOLD).where(Report.municipality == municipality, here, _MAY_BE_GROUPED)
    return session.execute(wanted.order_by(Report.id)).all()


def told_of(session: Session, spot: str) -> Sequence[Row[Any]]:
    """What may be grouped under a key. Only the key is asked for, so that its index is used."""
    rows = session.execute(select(*_TOLD, Report.sensitive).where(Report.spot == spot).order_by(Report.id))
    return [row for row in rows if row.state in GROUPABLE and not row.sensitive]


def forget_spots(session: Session) -> None:
    """Every report is to be looked at anew."""
    session.execute(update(Report).where(Report.spot.is_not(None)).values(spot=None))


def take_spots_left(session: Session) -> set[str]:
    """The keys of reports that may no longer be grouped; they are forgotten, so each is answered once."""
    gone = ~_MAY_BE_GROUPED & (Report.spot.is_not(None) | Report.group_id.is_not(None))
    left = {spot or "" for spot in session.scalars(select(Report.spot).where(gone).distinct())}
    if left:
        session.execute(update(Report).where(gone).values(spot=None, group_id=None))
    return left


def set_spot(session: Session, ids: Sequence[int], spot: str) -> None:
    _change(session, ids, spot=spot)


def join(session: Session, ids: Sequence[int], group_id: int) -> None:
    """Put reports into a group."""
    _change(session, ids, group_id=group_id, state=ReportState.GROUPED)


def leave(session: Session, ids: Sequence[int]) -> None:
    """Take reports out of their group."""
    _change(session, ids, group_id=None, state=ReportState.CLASSIFIED)


def _change(session: Session, ids: Sequence[int], **values: Any) -> None:
    for start in range(0, len(ids), MANY):
        session.execute(update(Report).where(Report.id.in_(ids[start : start + MANY])).values(**values))


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
