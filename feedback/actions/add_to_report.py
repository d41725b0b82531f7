"""What the one who has the receipt code may still say, until somebody has read the report."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from feedback.actions.receive_report import Screened
from feedback.domain.lifecycle import ReportState
from feedback.domain.screening import DISCARDED, RESTRICTED, screen
from feedback.store import event
from feedback.store.report import Report

UNDERSTOOD = frozenset({ReportState.CLASSIFIED, ReportState.GROUPED})


@dataclass(frozen=True)
class Details:
    """Coded answers, all of them optional: when, how often, what would help, age and what brings the person there."""

    times: Sequence[str] = ()
    often: str | None = None
    needs: Sequence[str] = ()
    age: str | None = None
    relation: str | None = None


def add_details(session: Session, report: Report, details: Details, now: datetime) -> bool:
    """Keep the answers; answers given earlier are replaced. False, and nothing happens, once somebody has read it."""
    if not report.can_be_added_to:
        return False
    before = (report.times, report.often, report.needs, report.age, report.relation)
    if before == (list(details.times), details.often, list(details.needs), details.age, details.relation):
        return True
    report.times, report.often, report.needs = list(details.times), details.often, list(details.needs)
    report.age, report.relation = details.age, details.relation
    _added(session, report, now)
    return True


def add_words(session: Session, report: Report, kept: Screened, now: datetime) -> bool:
    """Put masked and screened words at the end of the report, once. False, and nothing happens, when it is too late.

    What the new words ask for holds for the whole report: it may become a sensitive one, and is read anew.
    """
    if not report.takes_words:
        return False
    report.text = "\n\n".join(filter(None, (report.text, kept.text)))
    report.masked_kinds = _union(report.masked_kinds, kept.masked_kinds)
    report.flags = _union(report.flags, kept.flags)
    if not DISCARDED.intersection(screen(report.text, by_meaning=False)):
        # Together the words are no junk; whoever filled in the robots' field stays where they are.
        report.flags = [flag for flag in report.flags if flag != "garbage"]
    report.sensitive = bool(RESTRICTED.intersection(report.flags))
    report.added_to = True
    before = report.state
    if report.sensitive:
        report.state, report.group_id = ReportState.RESTRICTED, None
    elif report.state in UNDERSTOOD or (
        report.state is ReportState.MISUSE and not DISCARDED.intersection(report.flags)
    ):
        report.state, report.group_id = ReportState.SCREENED, None
    if report.state is not before:
        event.record(session, "report", report.id, now, report.state, step_from=before)
    _added(session, report, now)
    return True


def _added(session: Session, report: Report, now: datetime) -> None:
    event.record(session, "report", report.id, now, "added", step_from=report.state)
    if report.group_id:
        report.spot = None  # its group tells of it anew


def _union(*lists: Collection[str]) -> list[str]:
    return list(dict.fromkeys(each for listed in lists for each in listed))
