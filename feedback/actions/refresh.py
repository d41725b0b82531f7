"""Keep the queue fresh: understand what is new, group it, and draft candidates. Safe to run at any time."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from feedback.actions.draft_candidates import NOBODY_LEFT, Found, draft_candidates
from feedback.actions.understand_reports import understand_reports
from feedback.domain import grouping
from feedback.domain.group_rules import Rules
from feedback.domain.lifecycle import CandidateState, ReportState
from feedback.domain.priority import Settings
from feedback.store import candidate as candidates
from feedback.store import event
from feedback.store import report as reports
from feedback.store.database import one_at_a_time
from feedback.store.group import Group, groups_by_key, merge_rules
from feedback.store.place import places_by_key
from feedback.store.report import Report
from feedback.store.timer import REGROUP, take_asked


@dataclass(frozen=True)
class Refreshed:
    """How much was new: reports, groups that hold reports, candidates written and rewritten."""

    reports: int = 0
    groups: int = 0
    drafted: int = 0
    updated: int = 0


def refresh(session: Session, *, now: datetime, settings: Settings | None = None) -> Refreshed:
    """Bring groups and candidates up to date with the reports. Does nothing when nothing is new."""
    one_at_a_time(session, "refresh")
    woken = wake_deferred(session, now)
    understood = understand_reports(session, now)
    asked = take_asked(session, REGROUP)
    if not (understood or woken or asked):
        return Refreshed()
    groups = regroup(session, now)
    drafted, updated = draft_candidates(session, groups, settings or Settings(), now)
    return Refreshed(understood, len(groups), drafted, updated)


def wake_deferred(session: Session, now: datetime) -> int:
    """Put candidates whose rest is over back in the queue; answers how many."""
    rested = candidates.resting_until(session, now.date())
    for candidate in rested:
        event.record(
            session, "candidate", candidate.id, now, CandidateState.PREPARED, step_from=candidate.state
        )
        candidate.state, candidate.deferred_until, candidate.closed_at = CandidateState.PREPARED, None, None
        candidate.public_reason = candidate.public_note = ""
    session.flush()
    return len(rested)


def regroup(session: Session, now: datetime) -> list[Found]:
    """Group all reports anew by the rules and keep the result; answers each group with its reports."""
    by_id = {str(report.id): report for report in reports.groupable(session)}
    rules = Rules(merged=merge_rules(session))
    found = grouping.group([report.as_item for report in by_id.values()], rules)
    kept, known = groups_by_key(session), places_by_key(session)
    result = []
    for rule in found:
        row = kept.pop(rule.key, None) or Group(key=rule.key, municipality=rule.municipality)
        place = known.get(rule.place or "")
        row.place_id = place.id if place else None
        row.theme, row.voices, row.weeks = rule.theme, rule.voices, rule.weeks
        row.first_on, row.last_on, row.spike = rule.first, rule.last, rule.spike
        row.sentence = rule.sentence
        session.add(row)
        session.flush()
        members = [by_id.pop(report_id) for report_id in rule.report_ids]
        for report in members:
            _join(session, report, row, now)
        result.append(Found(row, rule, members))
    for report in by_id.values():
        _leave(session, report, now)
    for row in kept.values():
        row.voices, row.sentence = 0, NOBODY_LEFT
    session.flush()
    return result


def _join(session: Session, report: Report, group: Group, now: datetime) -> None:
    if report.state != ReportState.GROUPED:
        event.record(
            session, "report", report.id, now, ReportState.GROUPED,
            step_from=report.state, note=group.sentence,
        )  # fmt: skip
    report.group_id, report.state = group.id, ReportState.GROUPED


def _leave(session: Session, report: Report, now: datetime) -> None:
    if report.group_id is None:
        return
    event.record(session, "report", report.id, now, ReportState.CLASSIFIED, step_from=report.state)
    report.group_id, report.state = None, ReportState.CLASSIFIED
