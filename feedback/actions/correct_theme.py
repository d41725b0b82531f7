"""A reviewer corrects a theme; reports like it are read the same way from then on, until the correction is undone."""

from datetime import datetime

from sqlalchemy.orm import Session

from feedback.actions.authority import check_municipality
from feedback.actions.errors import NotAllowed, Refusal
from feedback.actions.read_reports import mark_read
from feedback.domain.lifecycle import ReportState
from feedback.domain.themes import default_agreement, themes
from feedback.store import correction, event
from feedback.store.correction import Correction
from feedback.store.report import Report
from feedback.store.staff import User

CORRECTABLE = (ReportState.CLASSIFIED, ReportState.GROUPED)


def correct_theme(session: Session, report: Report, theme: str, *, who: User, now: datetime) -> None:
    """Give a report another theme. Raises NotAllowed: wrong state or municipality, or the theme it has."""
    check_municipality(who, report.municipality)
    if report.state not in CORRECTABLE or theme not in themes():
        raise NotAllowed(Refusal.STEP)
    if theme == report.theme:
        raise NotAllowed(Refusal.NOTHING_CHANGED)
    mark_read(session, [report], who=who, now=now)
    correction.undo(session, report.id, who.name, now)
    session.add(
        Correction(report_id=report.id, theme_from=report.theme, theme_to=theme, who=who.name, at=now)
    )
    event.record(
        session,
        "report",
        report.id,
        now,
        "corrected",
        step_from=report.state,
        who=who.name,
        note=themes()[theme].name,
    )
    set_theme(report, theme, who.name)


def undo_correction(session: Session, made: Correction, *, who: User, now: datetime) -> None:
    """Take a correction back: the report waits to be read anew. Raises NotAllowed."""
    report = made.report
    check_municipality(who, report.municipality)
    if made.undone_at is not None:
        raise NotAllowed(Refusal.NOTHING_CHANGED)
    made.undone_by, made.undone_at = who.name, now
    event.record(session, "report", report.id, now, "uncorrected", step_from=report.state, who=who.name)
    if report.state in CORRECTABLE:
        report.state = ReportState.SCREENED


def set_theme(report: Report, theme: str, who: str) -> None:
    """What a person decided needs no reason but who."""
    report.theme, report.focus_area = theme, default_agreement().focus_area(theme)
    report.confidence, report.why, report.second = 1.0, [f"rättat av {who}"], {}
    report.likely, report.spot = {}, None
