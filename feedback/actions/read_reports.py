"""What reviewers do with single reports: read them, send them on, let them in."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from feedback.actions.authority import check_municipality
from feedback.actions.errors import NotAllowed, Refusal
from feedback.domain.lifecycle import ReportState, StepNotAllowed, check_step
from feedback.store import event
from feedback.store.report import Report
from feedback.store.staff import User


def mark_read(session: Session, reports: Iterable[Report], *, who: User, now: datetime) -> int:
    """Note that somebody has read them; answers how many were unread. Other municipalities' are left alone."""
    unread = [
        report
        for report in reports
        if report.read_at is None and who.municipality in (None, report.municipality)
    ]
    for report in unread:
        report.read_at = now
        event.record(session, "report", report.id, now, "read", step_from=report.state, who=who.name)
    return len(unread)


def hand_over(session: Session, report: Report, to: str, *, who: User, now: datetime) -> None:
    """The report was sent to somebody who acts at once; it leaves the groups. Raises NotAllowed."""
    _step(session, report, ReportState.HANDLED, who, now, note=to)
    report.handled_as = to


def let_in(session: Session, report: Report, *, who: User, now: datetime) -> None:
    """A person has seen that a report held back by its words is an ordinary one. Raises NotAllowed.

    Its flags stay, and no flag that somebody has seen holds it back again.
    """
    _step(session, report, ReportState.SCREENED, who, now)
    report.sensitive = False


def _step(
    session: Session, report: Report, to: ReportState, who: User, now: datetime, note: str = ""
) -> None:
    check_municipality(who, report.municipality)
    try:
        check_step(report.state, to)
    except StepNotAllowed:
        raise NotAllowed(Refusal.STEP) from None
    mark_read(session, [report], who=who, now=now)
    event.record(session, "report", report.id, now, to, step_from=report.state, who=who.name, note=note)
    report.state, report.group_id = to, None
