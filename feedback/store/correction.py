"""A theme that a person corrected. Rows are added, and undone by a date; never removed while the report lives."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, String, select, update
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from feedback.store.base import Base
from feedback.store.report import Report

MOST_USED = 500


class Correction(Base):
    """``theme_from`` None: nobody could tell before."""

    __tablename__ = "correction"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), index=True)
    theme_from: Mapped[str | None] = mapped_column(String(40))
    theme_to: Mapped[str] = mapped_column(String(40))
    who: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
    undone_by: Mapped[str | None] = mapped_column(String(120))
    undone_at: Mapped[datetime | None]

    report: Mapped[Report] = relationship()


def in_force(session: Session) -> Sequence[Correction]:
    """The latest corrections that teach: not undone, of reports that have words and are not sensitive."""
    return session.scalars(
        select(Correction)
        .join(Correction.report)
        .options(joinedload(Correction.report))
        .where(Correction.undone_at.is_(None), Report.sensitive.is_(False), Report.text != "")
        .order_by(Correction.id.desc())
        .limit(MOST_USED)
    ).all()


def of_report(session: Session, report_id: int) -> Correction | None:
    """The correction a report stands under, if any."""
    return session.scalar(
        select(Correction).where(Correction.report_id == report_id, Correction.undone_at.is_(None))
    )


def undo(session: Session, report_id: int, who: str, at: datetime) -> None:
    """End every correction of a report."""
    session.execute(
        update(Correction)
        .where(Correction.report_id == report_id, Correction.undone_at.is_(None))
        .values(undone_by=who, undone_at=at)
    )


def latest(session: Session, municipality: str | None, limit: int) -> Sequence[Correction]:
    """For the list: newest first, also those that were undone; sensitive reports are not told of."""
    wanted = (
        select(Correction)
        .join(Correction.report)
        .options(joinedload(Correction.report))
        .where(Report.sensitive.is_(False))
    )
    if municipality:
        wanted = wanted.where(Report.municipality == municipality)
    return session.scalars(wanted.order_by(Correction.id.desc()).limit(limit)).all()
