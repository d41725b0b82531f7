"""Edit, prepare and decide a candidate. It becomes a promise when every named giver has said yes."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from feedback.actions.authority import check_municipality
from feedback.actions.errors import ChangedSince, MissingReason, NotAllowed, NotReady, Refusal
from feedback.domain.lifecycle import (
    REASONS,
    CandidateState,
    Decision,
    PromiseState,
    StepNotAllowed,
    check_step,
    outcome_of,
)
from feedback.domain.vetting import Finding, may_be_approved, vet
from feedback.store import candidate as candidates
from feedback.store import event
from feedback.store import promise as promises
from feedback.store.candidate import TEXT_FIELDS, Candidate, GiverAnswer
from feedback.store.group import remember_merge
from feedback.store.promise import Promise
from feedback.store.staff import Role, User

TYPED_PLACE = Finding(
    3,
    "hard",
    "Platsen står som någon har skrivit den.",
    "Skriv platsens riktiga namn i rubriken och texten, och spara.",
)
"""What residents typed is never published before a person has put the place in words."""
YES = (Decision.APPROVE, Decision.APPROVE_WITH_CHANGES)


@dataclass(frozen=True)
class Verdict:
    """One of the six decisions, with what it needs: a public reason, a date, another candidate, an owner."""

    decision: Decision
    reason: str = ""
    note: str = ""
    until: date | None = None
    merge_into: int | None = None
    refer_to: str = ""


def open_candidate(session: Session, candidate_id: int, revision: int) -> Candidate:
    """The candidate, locked for this transaction, if it still is what the person saw.

    Raises ChangedSince when it is not, or when it has been decided.
    """
    candidate = candidates.get(session, candidate_id, lock=True)
    if candidate is None or not candidate.is_open or candidate.revision != revision:
        raise ChangedSince
    return candidate


def edit(
    session: Session,
    candidate: Candidate,
    changes: Mapping[str, Any],
    *,
    cause: str | None = None,
    who: User,
    now: datetime,
) -> bool:
    """Change the drafted text; every giver is asked again. Answers whether anything changed."""
    check_municipality(who, candidate.municipality)
    before, before_cause = candidate.draft, candidate.cause
    candidate.use(replace(before, **{k: v for k, v in changes.items() if k in TEXT_FIELDS}))
    if cause is not None:
        candidate.cause = cause
    changed = [name for name in TEXT_FIELDS if getattr(before, name) != getattr(candidate.draft, name)]
    if candidate.cause != before_cause:
        changed.append("cause")
    if not changed:
        return False
    candidate.edited = True
    if changed != ["cause"]:
        candidate.answers.clear()
        candidate.public_note = ""
    else:
        candidate.revision += 1
    event.record(
        session, "candidate", candidate.id, now, "edited", step_from=candidate.state,
        who=who.name, note=", ".join(changed),
    )  # fmt: skip
    session.flush()
    return True


def mark_prepared(session: Session, candidate: Candidate, *, who: User, now: datetime) -> None:
    """The reviewers are done: the givers can decide."""
    check_municipality(who, candidate.municipality)
    _step(session, candidate, CandidateState.PREPARED, who, now)
    candidate.revision += 1


def decide(
    session: Session, candidate: Candidate, verdict: Verdict, *, who: User, now: datetime
) -> Promise | None:
    """Carry out one of the six decisions; answers the promise when this was the last yes.

    Raises MissingReason, NotReady (hard vetting faults) or NotAllowed; then nothing has changed.
    """
    _check(candidate, outcome_of(verdict.decision))
    check_municipality(who, candidate.municipality)
    if who.organisation not in candidate.givers and who.role != Role.COORDINATOR:
        raise NotAllowed(Refusal.NOT_A_GIVER)
    if verdict.decision in YES:
        return _say_yes(session, candidate, verdict, who, now)
    _close(session, candidate, verdict, who, now)
    return None


def findings_of(session: Session, candidate: Candidate, today: date) -> list[Finding]:
    """What the twelve points say about the text as it stands."""
    active = promises.active_count(session, candidate.municipality)
    findings = vet(candidate.draft, today, candidate.reports, active, bool(candidate.cause.strip()))
    if candidate.group and "|?" in candidate.group.key and not candidate.edited:
        findings.insert(0, TYPED_PLACE)
    return findings


def _say_yes(
    session: Session, candidate: Candidate, verdict: Verdict, who: User, now: datetime
) -> Promise | None:
    if who.organisation not in candidate.givers or who.role != Role.DECIDER:
        raise NotAllowed(Refusal.NOT_A_GIVER)
    if verdict.decision == Decision.APPROVE_WITH_CHANGES and not candidate.edited:
        raise NotAllowed(Refusal.NOTHING_CHANGED)
    findings = findings_of(session, candidate, now.date())
    if not may_be_approved(findings):
        raise NotReady
    if who.organisation not in candidate.waiting_for:
        raise NotAllowed(Refusal.SAID_YES)
    candidate.answers.append(
        GiverAnswer(giver=who.organisation, decision=verdict.decision, user_id=who.id, answered_at=now)
    )
    candidate.revision += 1
    if verdict.note.strip() not in candidate.public_note:
        candidate.public_note = f"{candidate.public_note}\n{verdict.note.strip()}".strip()
    event.record(
        session, "candidate", candidate.id, now, f"yes:{who.organisation}", step_from=candidate.state,
        who=who.name, note=verdict.note,
    )  # fmt: skip
    session.flush()
    if candidate.waiting_for:
        return None
    _step(session, candidate, CandidateState.APPROVED, who, now)
    candidate.closed_at = now
    return publish(session, candidate, now=now, who=who.name)


def _close(session: Session, candidate: Candidate, verdict: Verdict, who: User, now: datetime) -> None:
    if verdict.reason not in REASONS:
        raise MissingReason("reason")
    if verdict.decision == Decision.DEFER:
        if verdict.until is None or verdict.until <= now.date():
            raise MissingReason("until")
        candidate.deferred_until = verdict.until
    if verdict.decision == Decision.REFER:
        if not verdict.refer_to.strip():
            raise MissingReason("refer_to")
        candidate.referred_to = verdict.refer_to.strip()
    if verdict.decision == Decision.MERGE:
        _merge(session, candidate, verdict, now)
    _step(session, candidate, outcome_of(verdict.decision), who, now, note=verdict.note)
    candidate.answers.clear()
    candidate.closed_at, candidate.public_reason, candidate.public_note = now, verdict.reason, verdict.note
    candidate.revision += 1


def _merge(session: Session, candidate: Candidate, verdict: Verdict, now: datetime) -> None:
    target = candidates.get(session, verdict.merge_into, lock=True) if verdict.merge_into else None
    if target is None or target.id == candidate.id or not target.is_open:
        raise MissingReason("merge_into")
    if target.municipality != candidate.municipality:
        raise NotAllowed(Refusal.MERGE_ACROSS)
    candidate.merged_into_id = target.id
    if candidate.group and target.group:
        remember_merge(session, candidate.group.key, target.group.key, now)


def _step(
    session: Session, candidate: Candidate, to: CandidateState, who: User, now: datetime, note: str = ""
) -> None:
    _check(candidate, to)
    event.record(
        session, "candidate", candidate.id, now, to, step_from=candidate.state, who=who.name, note=note
    )
    candidate.state = to


def _check(candidate: Candidate, to: CandidateState) -> None:
    try:
        check_step(candidate.state, to)
    except StepNotAllowed:
        raise NotAllowed(Refusal.STEP) from None


def publish(session: Session, candidate: Candidate, *, now: datetime, who: str) -> Promise:
    """Make the promise page of an approved candidate."""
    promise = Promise(
        slug=_free_slug(session, candidate),
        candidate_id=candidate.id,
        municipality=candidate.municipality,
        theme=candidate.theme,
        state=PromiseState.PUBLISHED,
        reports=candidate.reports,
        published_at=now,
        **{name: getattr(candidate, name) for name in TEXT_FIELDS},
    )
    session.add(promise)
    session.flush()
    event.record(session, "promise", promise.id, now, PromiseState.PUBLISHED, who=who)
    return promise


def _free_slug(session: Session, candidate: Candidate) -> str:
    plain = unicodedata.normalize("NFKD", candidate.title).encode("ascii", "ignore").decode().lower()
    slug = f"{candidate.municipality}-{re.sub('[^a-z0-9]+', '-', plain).strip('-')}"[:100].strip("-")
    return f"{slug}-{candidate.id}" if promises.slug_is_taken(session, slug) else slug
