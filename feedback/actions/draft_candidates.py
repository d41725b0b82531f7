"""From groups that carry enough to candidate promises in the queue."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from feedback.domain import drafting
from feedback.domain.lifecycle import CandidateState
from feedback.domain.places import typed_phrase
from feedback.domain.priority import Priority, Settings, prioritise
from feedback.domain.themes import themes
from feedback.store import candidate as candidates
from feedback.store import event
from feedback.store.candidate import Candidate
from feedback.store.group import Group
from feedback.store.report import Report

UNSAFE = {"unsafe", "very_unsafe"}
IN_PLACE = UNSAFE | {"safe", "very_safe"}


def draft_candidates(
    session: Session,
    groups: Mapping[str, tuple[Group, Sequence[Report]]],
    settings: Settings,
    now: datetime,
) -> tuple[int, int]:
    """Write a candidate for each ripe group, and keep untouched drafts true; answers (new, rewritten).

    A group whose candidate has been decided gets no second one: its new reports share the first one's answer.
    """
    latest = candidates.latest_of_groups(session)
    drafted = updated = 0
    for group, members in groups.values():
        candidate = latest.get(group.id)
        if candidate and not candidate.is_open:
            candidate.reports = len(members)
            continue
        priority = prioritise(group, themes()[group.theme], settings, was_ripe=candidate is not None)
        if candidate is None and priority.ripe:
            _write(session, group, members, priority, now)
            drafted += 1
        elif candidate:
            _rewrite(candidate, group, members, priority, now)
            updated += 1
    session.flush()
    return drafted, updated


def facts_of(group: Group, members: Sequence[Report]) -> drafting.Facts:
    """What the group says, in counts and coded answers."""
    in_the_dark = [report.safe_dark for report in members if report.safe_dark in IN_PLACE]
    return drafting.Facts(
        municipality=group.municipality,
        theme=group.theme,
        place=group.place.as_rule.in_place
        if group.place
        else in_place_of(
            group.key, (typed_phrase(report.place_typed) for report in members if report.place_typed)
        ),
        reports=len(members),
        voices=group.voices,
        weeks=group.weeks,
        first=group.first_on,
        last=group.last_on,
        needs=Counter(need for report in members for need in report.needs),
        texts=[report.text for report in members if report.text],
        unsafe_dark=(sum(answer in UNSAFE for answer in in_the_dark), len(in_the_dark))
        if in_the_dark
        else None,
    )


def in_place_of(key: str, phrases: Iterable[str]) -> str | None:
    """How most of a group say where it is, when the place is known only as typed; None for the whole municipality."""
    said = Counter(phrase for phrase in phrases if phrase)
    return min(said, key=lambda phrase: (-said[phrase], phrase)) if said and "|?" in key else None


def _write(
    session: Session, group: Group, members: Sequence[Report], priority: Priority, now: datetime
) -> None:
    candidate = Candidate(
        group_id=group.id,
        municipality=group.municipality,
        theme=group.theme,
        state=CandidateState.DRAFTED,
        created_at=now,
        edited=False,
    )
    candidate.use(drafting.draft(facts_of(group, members), now.date()))
    _weigh(candidate, members, priority)
    session.add(candidate)
    session.flush()
    event.record(
        session, "candidate", candidate.id, now, CandidateState.DRAFTED, note=f"{group.sentence}; {priority.reason}"
    )  # fmt: skip


def _rewrite(
    candidate: Candidate, group: Group, members: Sequence[Report], priority: Priority, now: datetime
) -> None:
    if not (candidate.edited or candidate.answers or candidate.state != CandidateState.DRAFTED):
        candidate.use(drafting.draft(facts_of(group, members), candidate.created_at.date()))
        candidate.theme = group.theme
    _weigh(candidate, members, priority)


def _weigh(candidate: Candidate, members: Sequence[Report], priority: Priority) -> None:
    candidate.reports = len(members)
    candidate.score, candidate.reason = priority.score, priority.reason
    candidate.parts = [[part.name, part.value, part.words] for part in priority.parts]
