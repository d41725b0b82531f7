"""Keep the queue fresh: understand what is new, group it, and draft candidates. Safe to run at any time."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from feedback.actions.draft_candidates import draft_candidate
from feedback.actions.regroup import regroup
from feedback.actions.understand_reports import understand_reports
from feedback.domain.lifecycle import CandidateState
from feedback.domain.priority import Settings
from feedback.store import candidate as candidates
from feedback.store import event
from feedback.store import report as reports
from feedback.store.database import one_at_a_time
from feedback.store.timer import REGROUP, take_asked


@dataclass(frozen=True)
class Refreshed:
    """How much was new: reports, groups that changed, candidates written and rewritten."""

    reports: int = 0
    groups: int = 0
    drafted: int = 0
    updated: int = 0


def refresh(session: Session, *, now: datetime, settings: Settings | None = None) -> Refreshed:
    """Bring groups and candidates up to date with the reports. Does nothing when nothing is new."""
    one_at_a_time(session, "refresh")
    # Before they are read anew, and forget which group they leave.
    left = reports.take_spots_left(session)
    woken = wake_deferred(session, now)
    understood = understand_reports(session, now)
    groups = drafted = updated = 0
    for found in regroup(session, now, also={*left, *woken}, anew=take_asked(session, REGROUP)):
        groups += found.rule is not None
        new, rewritten = draft_candidate(session, found, settings or Settings(), now)
        drafted, updated = drafted + new, updated + rewritten
    return Refreshed(understood, groups, drafted, updated)


def wake_deferred(session: Session, now: datetime) -> list[str]:
    """Put candidates whose rest is over back in the queue; answers the keys of their groups."""
    rested = candidates.resting_until(session, now.date())
    for candidate in rested:
        event.record(
            session, "candidate", candidate.id, now, CandidateState.PREPARED, step_from=candidate.state
        )
        candidate.state, candidate.deferred_until, candidate.closed_at = CandidateState.PREPARED, None, None
        candidate.public_reason = candidate.public_note = ""
    session.flush()
    return [candidate.group.key for candidate in rested if candidate.group]
