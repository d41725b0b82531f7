"""Add what was done and counted to a promise's page."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from feedback.actions.authority import check_municipality
from feedback.actions.errors import NotAllowed, Refusal
from feedback.domain.lifecycle import PromiseState, StepNotAllowed, check_step
from feedback.store import event
from feedback.store.promise import ACTIVE, FollowUp, Promise
from feedback.store.staff import User

RESULTS = ("in_progress", "paused", "kept", "partly_kept", "not_kept")


@dataclass(frozen=True)
class Entry:
    """``value`` is in the promise's own unit; ``result`` is one of RESULTS."""

    on: date
    text: str
    value: int | None
    result: str


def follow_up_promise(session: Session, promise: Promise, entry: Entry, *, who: User, now: datetime) -> None:
    """Publish one entry; a final result ends the promise. Raises NotAllowed when it has ended already."""
    check_municipality(who, promise.municipality)
    if not promise.published_at.date() <= entry.on <= now.date():
        raise NotAllowed(Refusal.DATE)
    if entry.result not in RESULTS:
        raise NotAllowed(Refusal.STEP)
    if promise.state not in ACTIVE:
        raise NotAllowed(Refusal.STEP)
    to = PromiseState.PUBLISHED if entry.result == "in_progress" else PromiseState(entry.result)
    if to != promise.state:
        try:
            check_step(promise.state, to)
        except StepNotAllowed:
            raise NotAllowed(Refusal.STEP) from None
    promise.follow_ups.append(FollowUp(on=entry.on, text=entry.text, value=entry.value, result=entry.result))
    event.record(
        session, "promise", promise.id, now, to, step_from=promise.state, who=who.name, note=entry.text
    )
    promise.state = to
