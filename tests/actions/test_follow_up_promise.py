"""What was done is told on the page of the promise, until a final result ends it."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from feedback.actions.decide_candidate import Verdict, decide, edit, mark_prepared
from feedback.actions.errors import NotAllowed, Refusal
from feedback.actions.follow_up_promise import Entry, follow_up_promise
from feedback.domain.lifecycle import Decision, PromiseState
from feedback.store import event
from feedback.store.promise import Promise, active_count, by_slug
from feedback.store.staff import Role
from tests.make import JOINT, NOW, Maker

OURS = {**JOINT, "givers": ["municipality"]}


def promised(make: Maker) -> Promise:
    candidate = make.candidate()
    edit(make.session, candidate, OURS, who=make.user(), now=NOW)
    mark_prepared(make.session, candidate, who=make.user(), now=NOW)
    promise = decide(make.session, candidate, Verdict(Decision.APPROVE), who=make.user(), now=NOW)
    assert promise
    return promise


def tell(
    make: Maker, promise: Promise, result: str, text: str = "Två lampor är bytta.", days: int = 0
) -> None:
    on = NOW + timedelta(days=days)
    follow_up_promise(make.session, promise, Entry(on.date(), text, 2, result), who=make.user(), now=on)
    make.session.flush()


def test_entries_are_shown_by_their_day(session: Session, make: Maker) -> None:
    promise = promised(make)
    tell(make, promise, "in_progress", "Klart.", days=20)
    tell(make, promise, "in_progress", "Vi har beställt lampor.", days=5)
    session.expire_all()
    found = by_slug(session, promise.slug)
    assert found
    assert [entry.text for entry in found.follow_ups] == ["Vi har beställt lampor.", "Klart."]
    assert found.state == PromiseState.PUBLISHED


@pytest.mark.parametrize("result", ["kept", "partly_kept", "not_kept"])
def test_a_final_result_ends_the_promise(session: Session, make: Maker, result: str) -> None:
    promise = promised(make)
    assert active_count(session, "karlskoga") == 1
    tell(make, promise, result)
    assert promise.state == result
    assert active_count(session, "karlskoga") == 0
    for again in ("in_progress", "paused", result):
        with pytest.raises(NotAllowed):
            tell(make, promise, again)
    assert len(promise.follow_ups) == 1
    assert [entry.step_to for entry in event.history(session, "promise", promise.id)] == ["published", result]


def test_a_paused_promise_can_go_on(session: Session, make: Maker) -> None:
    promise = promised(make)
    tell(make, promise, "paused", "Tjälen måste gå ur marken.")
    assert promise.state == PromiseState.PAUSED
    tell(make, promise, "in_progress", "Nu gräver vi.")
    assert promise.state == PromiseState.PUBLISHED


def test_a_follow_up_does_not_publish_what_was_taken_down(session: Session, make: Maker) -> None:
    promise = promised(make)
    promise.state = PromiseState.UNPUBLISHED
    with pytest.raises(NotAllowed):
        tell(make, promise, "in_progress")
    assert promise.state == PromiseState.UNPUBLISHED


def test_an_unknown_result_is_refused(session: Session, make: Maker) -> None:
    promise = promised(make)
    with pytest.raises(NotAllowed, match=Refusal.STEP):
        tell(make, promise, "splendid")
    assert not promise.follow_ups


@pytest.mark.parametrize("days", [-1, 1], ids=["before the promise", "in the future"])
def test_a_day_on_which_nothing_can_have_been_done_is_refused(make: Maker, days: int) -> None:
    promise = promised(make)
    entry = Entry(NOW.date() + timedelta(days=days), "Klart.", 1, "in_progress")
    with pytest.raises(NotAllowed, match=Refusal.DATE):
        follow_up_promise(make.session, promise, entry, who=make.user(), now=NOW)


def test_the_neighbours_do_not_follow_up_our_promise(make: Maker) -> None:
    promise, neighbour = promised(make), make.user(Role.COORDINATOR, municipality="degerfors")
    entry = Entry(NOW.date(), "Klart.", 1, "kept")
    with pytest.raises(NotAllowed, match=Refusal.OTHER_MUNICIPALITY):
        follow_up_promise(make.session, promise, entry, who=neighbour, now=NOW)
    assert promise.state == PromiseState.PUBLISHED
