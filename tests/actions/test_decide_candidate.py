"""Six decisions, each with what it needs; and a promise only when every named giver has said yes."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from feedback.actions.decide_candidate import (
    Verdict,
    decide,
    edit,
    findings_of,
    mark_prepared,
    open_candidate,
)
from feedback.actions.errors import ChangedSince, MissingReason, NotAllowed, NotReady, Refusal
from feedback.actions.refresh import refresh
from feedback.domain.lifecycle import CandidateState, Decision, PromiseState
from feedback.store import candidate as candidates
from feedback.store import event
from feedback.store import promise as promises
from feedback.store.candidate import Candidate
from feedback.store.group import merge_rules
from feedback.store.promise import Promise
from feedback.store.report import of_group
from feedback.store.staff import Role
from tests.make import JOINT, NOW, Maker

BOTH = ["municipality", "police"]
OURS = {**JOINT, "givers": ["municipality"]}
YES = Verdict(Decision.APPROVE, note="Det här vill vi göra.")
REASON = "too_little_evidence"
NEXT_MONTH = NOW.date() + timedelta(days=30)


def prepared(make: Maker, givers: list[str] | None = None, **more: Any) -> Candidate:
    """The dark tunnel, ready to be decided by the municipality and the police, or by the givers named."""
    candidate = make.candidate(**more)
    edit(make.session, candidate, {**OURS, "givers": givers or BOTH}, who=make.user(), now=NOW)
    mark_prepared(make.session, candidate, who=make.user(), now=NOW)
    return candidate


def say(
    make: Maker, candidate: Candidate, verdict: Verdict, organisation: str = "municipality"
) -> Promise | None:
    return decide(make.session, candidate, verdict, who=make.user(organisation=organisation), now=NOW)


def steps(session: Session, candidate: Candidate) -> list[str]:
    session.flush()
    return [entry.step_to for entry in event.history(session, "candidate", candidate.id)]


def as_it_stands(session: Session, candidate: Candidate) -> list[Any]:
    session.flush()
    columns = [getattr(candidate, column.key) for column in Candidate.__table__.columns]
    return [*columns, len(candidate.answers), steps(session, candidate), merge_rules(session)]


def test_every_named_giver_must_say_yes(session: Session, make: Maker) -> None:
    candidate = prepared(make)
    assert say(make, candidate, YES) is None
    assert (candidate.state, candidate.waiting_for) == (CandidateState.PREPARED, ["police"])
    promise = say(make, candidate, YES, "police")
    assert promise
    assert candidate.state == CandidateState.APPROVED
    assert (promise.state, promise.doing, promise.givers) == (PromiseState.PUBLISHED, candidate.doing, BOTH)
    assert promises.published(session, "karlskoga") == [promise]
    assert promises.published(session, "degerfors") == []
    assert steps(session, candidate)[-3:] == ["yes:municipality", "yes:police", "approved"]
    assert [entry.step_to for entry in event.history(session, "promise", promise.id)] == ["published"]


def test_the_page_of_a_promise_has_an_address_that_can_be_read_aloud(make: Maker) -> None:
    candidate = prepared(make, ["municipality"])
    edit(make.session, candidate, {"title": "Ljus på Åbergsgatan – året runt!"}, who=make.user(), now=NOW)
    promise = say(make, candidate, YES)
    assert promise
    assert promise.slug == "karlskoga-ljus-pa-abergsgatan-aret-runt"


def test_a_second_promise_with_the_same_title_gets_an_address_of_its_own(make: Maker) -> None:
    slugs = set()
    for place in ("Skranta torg", "Sandvikstunneln"):
        make.dark_tunnel(place_typed=place)
        refresh(make.session, now=NOW)
        [candidate] = candidates.queue(make.session, None, 0, 5)
        edit(make.session, candidate, {"title": "Mer ljus", **OURS}, who=make.user(), now=NOW)
        mark_prepared(make.session, candidate, who=make.user(), now=NOW)
        promise = say(make, candidate, YES)
        slugs.add(promise.slug if promise else "")
    assert len(slugs) == 2


def test_one_giver_is_not_asked_twice_nor_counted_twice(make: Maker) -> None:
    candidate = prepared(make)
    say(make, candidate, YES)
    with pytest.raises(NotAllowed, match=Refusal.SAID_YES):
        say(make, candidate, YES)
    assert candidate.waiting_for == ["police"]


def test_only_a_named_giver_can_say_yes(make: Maker) -> None:
    candidate = prepared(make, ["municipality"])
    with pytest.raises(NotAllowed, match=Refusal.NOT_A_GIVER):
        say(make, candidate, YES, "police")


def test_a_no_is_for_the_givers_and_the_coordinator(make: Maker) -> None:
    candidate, no = prepared(make, ["municipality"]), Verdict(Decision.REJECT, REASON)
    with pytest.raises(NotAllowed, match=Refusal.NOT_A_GIVER):
        say(make, candidate, no, "police")
    decide(make.session, candidate, no, who=make.user(Role.COORDINATOR, "police"), now=NOW)
    assert candidate.state == CandidateState.REJECTED


@pytest.mark.parametrize("verdict", [YES, Verdict(Decision.REJECT, REASON)], ids=["yes", "no"])
def test_another_municipality_does_not_decide(session: Session, make: Maker, verdict: Verdict) -> None:
    candidate = prepared(make)
    neighbour = make.user(Role.COORDINATOR, municipality="degerfors")
    with pytest.raises(NotAllowed, match=Refusal.OTHER_MUNICIPALITY):
        decide(session, candidate, verdict, who=neighbour, now=NOW)
    with pytest.raises(NotAllowed, match=Refusal.OTHER_MUNICIPALITY):
        edit(session, candidate, {"title": "Det grannen ville"}, who=neighbour, now=NOW)
    assert candidate.state == CandidateState.PREPARED


def test_a_changed_text_asks_everybody_again(make: Maker) -> None:
    candidate = prepared(make)
    say(make, candidate, YES)
    assert edit(
        make.session, candidate, {"doing": f"{candidate.doing} Det börjar nu."}, who=make.user(), now=NOW
    )
    assert candidate.waiting_for == BOTH
    assert say(make, candidate, YES, "police") is None
    assert say(make, candidate, Verdict(Decision.APPROVE_WITH_CHANGES)), (
        "the first giver says yes to the new text"
    )


def test_saving_without_a_change_asks_nobody(session: Session, make: Maker) -> None:
    candidate = prepared(make)
    say(make, candidate, YES)
    before = as_it_stands(session, candidate)
    assert not edit(session, candidate, {"title": candidate.title}, who=make.user(), now=NOW)
    assert as_it_stands(session, candidate) == before


def test_noting_the_cause_keeps_the_answers_but_is_a_new_revision(make: Maker) -> None:
    candidate = prepared(make)
    say(make, candidate, YES)
    revision = candidate.revision
    edit(make.session, candidate, {}, cause="Kabeln är avgrävd.", who=make.user(), now=NOW)
    assert candidate.waiting_for == ["police"]
    assert candidate.revision > revision


def test_approving_with_changes_needs_a_change(make: Maker) -> None:
    candidate = make.candidate()
    mark_prepared(make.session, candidate, who=make.user(), now=NOW)
    with pytest.raises(NotAllowed, match=Refusal.NOTHING_CHANGED):
        say(make, candidate, Verdict(Decision.APPROVE_WITH_CHANGES))


def test_a_text_with_hard_faults_cannot_become_a_promise(session: Session, make: Maker) -> None:
    candidate = prepared(make, ["municipality"])
    edit(
        session,
        candidate,
        {"doing": "Vi ska se över möjligheten.", "due_on": date(2020, 1, 1)},
        who=make.user(),
        now=NOW,
    )
    assert any(finding.level == "hard" for finding in findings_of(session, candidate, NOW.date()))
    with pytest.raises(NotReady):
        say(make, candidate, YES)
    assert not candidate.answers


@pytest.mark.parametrize(
    ("verdict", "state"),
    [
        (Verdict(Decision.DEFER, REASON, "Vi väntar.", until=NEXT_MONTH), CandidateState.DEFERRED),
        (
            Verdict(Decision.REFER, "fault_reported", "Anmält.", refer_to="Karlskoga Energi"),
            CandidateState.REFERRED,
        ),
        (Verdict(Decision.REJECT, "outside_mandate", "Staten råder."), CandidateState.REJECTED),
    ],
    ids=["defer", "refer", "reject"],
)
def test_a_no_is_answered_with_a_public_reason(
    session: Session, make: Maker, verdict: Verdict, state: CandidateState
) -> None:
    candidate = prepared(make)
    say(make, candidate, YES)
    assert say(make, candidate, verdict, "police") is None
    assert (candidate.state, candidate.public_reason, candidate.public_note) == (
        state,
        verdict.reason,
        verdict.note,
    )
    assert candidate.closed_at == NOW
    assert not candidate.answers, "an earlier yes does not live on"
    assert candidates.queue_length(session) == 0
    assert candidates.answered_no(session, "karlskoga") == [candidate]
    assert candidates.answered_no(session, "degerfors") == []
    assert steps(session, candidate)[-1] == state


@pytest.mark.parametrize("decision", [Decision.DEFER, Decision.MERGE, Decision.REFER, Decision.REJECT])
@pytest.mark.parametrize("reason", ["", "för att"])
def test_a_no_without_a_known_reason_is_refused(
    session: Session, make: Maker, decision: Decision, reason: str
) -> None:
    candidate = prepared(make)
    before = as_it_stands(session, candidate)
    with pytest.raises(MissingReason):
        say(
            make,
            candidate,
            Verdict(decision, reason, until=NEXT_MONTH, refer_to="polisen", merge_into=candidate.id),
        )
    assert as_it_stands(session, candidate) == before


@pytest.mark.parametrize(
    "verdict",
    [
        Verdict(Decision.DEFER, REASON),
        Verdict(Decision.DEFER, REASON, until=NOW.date()),
        Verdict(Decision.REFER, REASON, refer_to="  "),
        Verdict(Decision.MERGE, REASON),
        Verdict(Decision.MERGE, REASON, merge_into=987_654),
    ],
    ids=["no day", "a day that is not ahead", "to nobody", "into nothing", "into what is not there"],
)
def test_a_decision_without_what_it_needs_changes_nothing(
    session: Session, make: Maker, verdict: Verdict
) -> None:
    candidate = prepared(make)
    before = as_it_stands(session, candidate)
    with pytest.raises(MissingReason):
        say(make, candidate, verdict)
    assert as_it_stands(session, candidate) == before


@pytest.mark.parametrize(
    "verdict",
    [
        YES,
        Verdict(Decision.DEFER, REASON, until=NEXT_MONTH),
        Verdict(Decision.REFER, REASON, refer_to="polisen"),
        Verdict(Decision.REJECT, REASON),
    ],
    ids=lambda verdict: str(verdict.decision),
)
def test_what_nobody_has_prepared_cannot_be_decided(session: Session, make: Maker, verdict: Verdict) -> None:
    candidate = make.candidate()
    before = as_it_stands(session, candidate)
    with pytest.raises(NotAllowed):
        say(make, candidate, verdict)
    assert as_it_stands(session, candidate) == before


def test_the_second_decider_is_told_that_it_is_decided(session: Session, make: Maker) -> None:
    candidate = prepared(make, ["municipality"])
    seen = candidate.revision
    say(make, open_candidate(session, candidate.id, seen), Verdict(Decision.REJECT, REASON))
    with pytest.raises(ChangedSince):
        open_candidate(session, candidate.id, seen)
    with pytest.raises(ChangedSince):
        open_candidate(session, candidate.id, candidate.revision)


def test_who_read_an_older_text_is_told_that_it_changed(session: Session, make: Maker) -> None:
    candidate = prepared(make)
    seen = candidate.revision
    edit(session, candidate, {"outcome": "Alla lampor lyser."}, who=make.user(), now=NOW)
    with pytest.raises(ChangedSince):
        open_candidate(session, candidate.id, seen)
    assert open_candidate(session, candidate.id, candidate.revision) is candidate


def test_a_candidate_that_is_not_there_has_changed(session: Session) -> None:
    with pytest.raises(ChangedSince):
        open_candidate(session, 987_654, 1)


def two(make: Maker) -> tuple[Candidate, Candidate]:
    """Two candidates about neighbouring places, most urgent first; each has six reports."""
    make.dark_tunnel()
    make.dark_tunnel(place_typed="Skranta torg")
    refresh(make.session, now=NOW)
    first, second = candidates.queue(make.session, None, 0, 5)
    return first, second


def test_a_merge_is_remembered_for_reports_to_come(session: Session, make: Maker) -> None:
    kept, merged = two(make)
    assert merged.group
    place = merged.group.place.name if merged.group.place else ""
    together = kept.reports + merged.reports
    say(make, merged, Verdict(Decision.MERGE, "already_under_way", merge_into=kept.id))
    assert (merged.state, merged.merged_into_id) == (CandidateState.MERGED, kept.id)
    refresh(session, now=NOW)
    assert kept.reports == together, "its reports are counted where they went"
    assert candidates.queue_length(session) == 1
    later = make.report("Lyktan är trasig, det är mörkt varje kväll", place_typed=place).report
    refresh(session, now=NOW)
    assert later.group_id == kept.group_id
    assert kept.reports == together + 1
    assert not of_group(session, merged.group_id or 0)
    assert candidates.answering(session, merged.group_id or 0, NOW) is kept


def test_a_merge_into_itself_or_into_what_is_decided_is_refused(make: Maker) -> None:
    kept, other = two(make)
    with pytest.raises(MissingReason):
        say(make, kept, Verdict(Decision.MERGE, REASON, merge_into=kept.id))
    mark_prepared(make.session, other, who=make.user(), now=NOW)
    say(make, other, Verdict(Decision.REJECT, REASON))
    with pytest.raises(MissingReason):
        say(make, kept, Verdict(Decision.MERGE, REASON, merge_into=other.id))


def test_candidates_of_two_municipalities_are_never_merged(session: Session, make: Maker) -> None:
    make.dark_tunnel()
    make.dark_tunnel(municipality="degerfors", place_typed="stationen")
    refresh(session, now=NOW)
    one, other = candidates.queue(session, None, 0, 5)
    before = as_it_stands(session, one)
    with pytest.raises(NotAllowed, match=Refusal.MERGE_ACROSS):
        say(make, one, Verdict(Decision.MERGE, REASON, merge_into=other.id))
    assert as_it_stands(session, one) == before


def test_what_was_deferred_comes_back_on_its_day(session: Session, make: Maker) -> None:
    candidate = prepared(make)
    say(make, candidate, Verdict(Decision.DEFER, REASON, until=NEXT_MONTH))
    for day in (1, 29):
        refresh(session, now=NOW + timedelta(days=day))
        assert candidate.state == CandidateState.DEFERRED
    refresh(session, now=NOW + timedelta(days=30))
    assert candidate.state == CandidateState.PREPARED
    assert candidates.queue(session, None, 0, 5) == [candidate]
    assert (candidate.closed_at, candidate.deferred_until) == (None, None)
    assert steps(session, candidate)[-1] == "prepared"
    assert candidates.answered_no(session) == []


def test_what_came_back_can_become_a_promise_after_all(session: Session, make: Maker) -> None:
    candidate = prepared(make, ["municipality"])
    say(make, candidate, Verdict(Decision.DEFER, REASON, until=NEXT_MONTH))
    later = NOW + timedelta(days=30)
    refresh(session, now=later)
    edit(
        session,
        candidate,
        {"due_on": date(2027, 6, 1), "follow_up_on": date(2027, 6, 15)},
        who=make.user(),
        now=later,
    )
    assert decide(session, candidate, YES, who=make.user(), now=later)
