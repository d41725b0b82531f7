"""Keep the queue fresh: understand what is new, group it, and draft candidates. Safe to run at any time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from feedback.actions.draft_candidates import draft_candidates
from feedback.actions.understand_reports import understand_reports
from feedback.domain import grouping, places
from feedback.domain.lifecycle import CandidateState, ReportState
from feedback.domain.priority import Settings
from feedback.store import candidate as candidates
from feedback.store import event
from feedback.store import report as reports
from feedback.store.database import one_at_a_time
from feedback.store.group import Group, apply_new_rules, groups_by_key, merge_rules
from feedback.store.place import places_by_key
from feedback.store.report import Report

LONGEST_KEY = 100
"""Characters of an unknown place in the key of a group."""


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
    rules = apply_new_rules(session)
    if not (understood or woken or rules):
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
    session.flush()
    return len(rested)


def regroup(session: Session, now: datetime) -> dict[str, tuple[Group, Sequence[Report]]]:
    """Group all reports anew by the rules and keep the result; answers each group with its reports."""
    by_id = {str(report.id): report for report in reports.groupable(session)}
    rules = grouping.Rules(merged=merge_rules(session))
    found = grouping.group([as_item(report) for report in by_id.values()], rules)
    kept = groups_by_key(session)
    known = places_by_key(session)
    result: dict[str, tuple[Group, Sequence[Report]]] = {}
    grouped: set[str] = set()
    for rule in found:
        group = kept.get(rule.key) or Group(key=rule.key, municipality=rule.municipality)
        place = known.get(rule.place or "")
        group.place_id = place.id if place else None
        group.theme, group.voices, group.weeks = rule.theme, rule.voices, rule.weeks
        group.first_on, group.last_on, group.spike = rule.first, rule.last, rule.spike
        group.sentence = rule.sentence
        session.add(group)
        session.flush()
        members = [by_id[report_id] for report_id in rule.report_ids]
        for report in members:
            _join(session, report, group, now)
        grouped.update(rule.report_ids)
        result[rule.key] = (group, members)
    for report_id, report in by_id.items():
        if report_id not in grouped and report.group_id is not None:
            report.group_id, report.state = None, ReportState.CLASSIFIED
    session.flush()
    return result


def as_item(report: Report) -> grouping.Item:
    """A stored report as the grouping rules see it."""
    if report.place:
        key: str | None = report.place.as_rule.key
        words = report.place.as_rule.in_place
    else:
        typed = report.place_typed
        key = f"?{places.unknown_key(typed, report.municipality)}"[:LONGEST_KEY] if typed else None
        words = places.typed_phrase(typed) if typed else ""
    return grouping.Item(
        id=str(report.id),
        municipality=report.municipality,
        place=key,
        place_name=words,
        theme=report.theme,
        day=report.day,
        text=report.text,
        channel=report.channel,
        hour=report.received_at.hour,
        confidence=report.confidence or 0.0,
    )


def _join(session: Session, report: Report, group: Group, now: datetime) -> None:
    if report.state != ReportState.GROUPED:
        event.record(
            session, "report", report.id, now, ReportState.GROUPED,
            step_from=report.state, note=group.sentence,
        )  # fmt: skip
    report.group_id, report.state = group.id, ReportState.GROUPED
