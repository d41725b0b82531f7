"""From groups that carry enough to candidate promises in the queue."""

import logging
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from feedback.actions.regroup import NOBODY_LEFT, Found
from feedback.domain import drafting, grouping
from feedback.domain.lifecycle import CandidateState
from feedback.domain.measuring import SAFE_ANSWERS, UNSAFE_ANSWERS
from feedback.domain.places import typed_phrase
from feedback.domain.priority import Priority, Settings, prioritise
from feedback.domain.situation import TIMES
from feedback.domain.themes import themes
from feedback.store import candidate as candidates
from feedback.store import event
from feedback.store import promise as promises
from feedback.store.base import SWEDEN
from feedback.store.candidate import Candidate
from feedback.store.report import as_item

logger = logging.getLogger(__name__)


def draft_candidate(session: Session, found: Found, settings: Settings, now: datetime) -> tuple[int, int]:
    """Write a candidate for a ripe group, or keep its untouched draft true; answers how many (new, rewritten).

    A decided candidate answers for its group, also for later reports, until so many new ones have come after a
    no, or after the end of a promise, that they would make a candidate by themselves.
    """
    candidate = candidates.latest_of(session, found.row.id)
    if candidate and candidate.is_open:
        if found.rule is None:
            candidate.reports, candidate.score, candidate.reason = 0, 0.0, NOBODY_LEFT
            candidate.revision += 1
        else:
            _rewrite(candidate, found, found.rule, _priority(found.rule, settings, was_ripe=True))
        session.flush()
        return 0, found.rule is not None
    asking = _since_the_answer(session, candidate, found) if candidate else found
    if asking is None or asking.rule is None:
        return 0, 0
    priority = _priority(asking.rule, settings)
    return (_write(session, asking, asking.rule, priority, now), 0) if priority.ripe else (0, 0)


def _priority(rule: grouping.Group, settings: Settings, was_ripe: bool = False) -> Priority:
    return prioritise(rule, themes()[rule.theme], settings, was_ripe=was_ripe)


def _since_the_answer(session: Session, candidate: Candidate, found: Found) -> Found | None:
    """The part of a group that came after its answer had ended, or None while the answer holds."""
    ended = _end_of_answer(session, candidate)
    fresh = [told for told in found.members if ended and told.received_at > ended]
    place = found.row.place.as_rule if found.row.place else None
    rule = grouping.formed(found.row.key, [as_item(told, place) for told in fresh]) if fresh else None
    return Found(found.row, rule, fresh) if rule else None


def _end_of_answer(session: Session, candidate: Candidate) -> datetime | None:
    if candidate.state in {CandidateState.REJECTED, CandidateState.REFERRED}:
        return candidate.closed_at
    promise = promises.of_candidate(session, candidate.id)
    if promise is None or promise.state in promises.ACTIVE:
        return None
    last = max((entry.on for entry in promise.follow_ups), default=promise.due_on)
    return datetime.combine(last, time.max, SWEDEN)


def facts_of(found: Found, rule: grouping.Group) -> drafting.Facts:
    """What the group says, in counts and coded answers."""
    members = found.members
    in_the_dark = [
        report.safe_dark for report in members if report.safe_dark in SAFE_ANSWERS | UNSAFE_ANSWERS
    ]
    typed = (typed_phrase(report.place_typed) for report in members if report.place_typed)
    return drafting.Facts(
        municipality=rule.municipality,
        theme=rule.theme,
        place=found.row.place.as_rule.in_place if found.row.place else in_place_of(rule.key, typed),
        reports=len(members),
        voices=rule.voices,
        weeks=rule.weeks,
        first=rule.first,
        last=rule.last,
        needs=Counter(need for report in members for need in report.needs),
        times=Counter(time for report in members for time in report.times if time in TIMES),
        texts=[report.text for report in members if report.text],
        unsafe_dark=(sum(answer in UNSAFE_ANSWERS for answer in in_the_dark), len(in_the_dark))
        if in_the_dark
        else None,
    )


def in_place_of(key: str, phrases: Iterable[str]) -> str | None:
    """How most of a group say where it is, when the place is known only as typed; None for the whole municipality."""
    said = Counter(phrase for phrase in phrases if phrase)
    return (
        min(said, key=lambda phrase: (-said[phrase], len(phrase), phrase)) if said and "|?" in key else None
    )


def _write(session: Session, found: Found, rule: grouping.Group, priority: Priority, now: datetime) -> bool:
    written = _draft(found, rule, now.date())
    if written is None:
        return False
    candidate = Candidate(
        group_id=found.row.id,
        municipality=rule.municipality,
        theme=rule.theme,
        state=CandidateState.DRAFTED,
        # The hour is enough: a finer time would tell when the last report came.
        created_at=now.replace(minute=0, second=0, microsecond=0),
        edited=False,
    )
    candidate.use(written)
    _weigh(candidate, found, priority)
    session.add(candidate)
    session.flush()
    event.record(
        session, "candidate", candidate.id, now, CandidateState.DRAFTED, note=f"{rule.sentence}; {priority.reason}"
    )  # fmt: skip
    return True


def _rewrite(candidate: Candidate, found: Found, rule: grouping.Group, priority: Priority) -> None:
    if not (candidate.edited or candidate.answers or candidate.state != CandidateState.DRAFTED):
        written = _draft(found, rule, candidate.created_at.date())
        if written:
            candidate.use(written)
        candidate.theme = rule.theme
    _weigh(candidate, found, priority)


def _draft(found: Found, rule: grouping.Group, today: date) -> drafting.Draft | None:
    """The text for a group; a fault in one promise text leaves that group waiting and stops nobody else."""
    try:
        return drafting.draft(facts_of(found, rule), today)
    except Exception as error:
        logger.error("group %s: %s", rule.key, type(error).__name__)
        return None


def _weigh(candidate: Candidate, found: Found, priority: Priority) -> None:
    candidate.reports = len(found.members)
    candidate.score, candidate.reason = priority.score, priority.reason
    candidate.parts = [[part.name, part.value, part.words] for part in priority.parts]
