"""What reviewers do with single reports: read them, send them on."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from feedback.actions.errors import NotAllowed, Refusal
from feedback.domain.lifecycle import ReportState, StepNotAllowed, check_step
from feedback.store import event
from feedback.store.report import Report


def mark_read(session: Session, reports: Iterable[Report], *, who: str, now: datetime) -> int:
    """Note that somebody has read them; answers how many were unread."""
    unread = [report for report in reports if report.read_at is None]
    for report in unread:
        report.read_at = now
        event.record(session, "report", report.id, now, "read", step_from=report.state, who=who)
    return len(unread)


def hand_over(session: Session, report: Report, to: str, *, who: str, now: datetime) -> None:
    """The report was sent to somebody who acts at once; it leaves the groups. Raises NotAllowed."""
    try:
        check_step(report.state, ReportState.HANDLED)
    except StepNotAllowed:
        raise NotAllowed(Refusal.STEP) from None
    mark_read(session, [report], who=who, now=now)
    event.record(
        session, "report", report.id, now, ReportState.HANDLED, step_from=report.state, who=who, note=to
    )
    report.state, report.handled_as, report.group_id = ReportState.HANDLED, to, None
