"""What the receipt code shows: how far the report has come, and what was answered."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from feedback.actions.decide_candidate import Verdict, decide, edit, mark_prepared
from feedback.actions.follow_report import Followed, followed, report_of_code
from feedback.actions.read_reports import hand_over, mark_read
from feedback.actions.receive_report import Receipt
from feedback.actions.refresh import refresh
from feedback.domain.lifecycle import Decision, PromiseState, ReceiptStatus
from feedback.domain.receipt import normalise
from feedback.store import candidate as candidates
from feedback.store.candidate import Candidate
from tests.make import JOINT, NOW, SECRET, Maker

S = ReceiptStatus
OURS = {**JOINT, "givers": ["municipality"]}


def looked_up(session: Session, receipt: Receipt) -> Followed:
    """What a visit to the page shows, with nothing remembered from the visit before."""
    session.flush()
    report = report_of_code(session, normalise(receipt.code) or "", SECRET)
    assert report
    found = followed(session, report)
    session.expire_all()
    return found


def decided(make: Maker, candidate: Candidate, verdict: Verdict) -> None:
    edit(make.session, candidate, OURS, who=make.user(), now=NOW)
    mark_prepared(make.session, candidate, who=make.user(), now=NOW)
    decide(make.session, candidate, verdict, who=make.user(), now=NOW)


@pytest.fixture
def receipt(make: Maker) -> Receipt:
    """One more voice about the dark tunnel."""
    return make.report("Lyktan är trasig, det är mörkt i tunneln varje kväll", days_ago=2)


@pytest.fixture
def candidate(make: Maker, receipt: Receipt) -> Candidate:
    return make.candidate()


def test_a_code_that_is_nobodys_shows_nothing(session: Session, receipt: Receipt) -> None:
    symbols = normalise(receipt.code) or ""
    assert report_of_code(session, symbols, "another secret") is None
    assert report_of_code(session, symbols[::-1], SECRET) is None


def test_the_road_from_the_receipt_to_the_promise(session: Session, make: Maker, receipt: Receipt) -> None:
    road = [looked_up(session, receipt).status]
    mark_read(session, [receipt.report], who=make.user(), now=NOW)
    road.append(looked_up(session, receipt).status)
    make.report("Nu är belysningen trasig igen, lamporna lyser inte")
    refresh(session, now=NOW)
    road.append(looked_up(session, receipt).status)
    candidate = make.candidate()
    road.append(looked_up(session, receipt).status)
    decided(make, candidate, Verdict(Decision.APPROVE))
    road.append(looked_up(session, receipt).status)
    assert road == [S.RECEIVED, S.READ, S.GROUPED, S.IN_CANDIDATE, S.PROMISE]
    found = looked_up(session, receipt)
    assert found.promise
    assert found.promise.title == candidate.title


def test_a_no_is_told_with_its_reason(
    session: Session, make: Maker, receipt: Receipt, candidate: Candidate
) -> None:
    decided(make, candidate, Verdict(Decision.REJECT, "outside_mandate"))
    found = looked_up(session, receipt)
    assert (found.status, found.reason) == (S.CLOSED, "outside_mandate")


def test_what_was_referred_tells_to_whom(
    session: Session, make: Maker, receipt: Receipt, candidate: Candidate
) -> None:
    decided(make, candidate, Verdict(Decision.REFER, "fault_reported", refer_to="Karlskoga Energi"))
    found = looked_up(session, receipt)
    assert (found.status, found.handled_as) == (S.HANDLED, "Karlskoga Energi")
    assert found.reason == "fault_reported"


def test_what_rests_is_still_on_its_way(
    session: Session, make: Maker, receipt: Receipt, candidate: Candidate
) -> None:
    until = NOW.date() + timedelta(days=30)
    decided(make, candidate, Verdict(Decision.DEFER, "needs_budget_decision", until=until))
    found = looked_up(session, receipt)
    assert (found.status, found.reason) == (S.DEFERRED, "needs_budget_decision")
    assert found.candidate
    assert found.candidate.deferred_until == until


def test_a_merged_report_shares_the_answer_of_what_it_went_into(
    session: Session, make: Maker, receipt: Receipt
) -> None:
    make.dark_tunnel()
    make.dark_tunnel(place_typed="Skranta torg")
    refresh(session, now=NOW)
    group = receipt.report.group_id
    merged, kept = sorted(candidates.queue(session, None, 0, 5), key=lambda found: found.group_id != group)
    decide(
        session,
        merged,
        Verdict(Decision.MERGE, "already_under_way", merge_into=kept.id),
        who=make.user(),
        now=NOW,
    )
    assert looked_up(session, receipt).status == S.IN_CANDIDATE, "before the reports have moved"
    refresh(session, now=NOW)
    decided(make, kept, Verdict(Decision.REJECT, "not_measurable"))
    found = looked_up(session, receipt)
    assert (found.status, found.reason) == (S.CLOSED, "not_measurable")


def test_a_report_sent_on_tells_to_whom_and_that_it_was_read(
    session: Session, make: Maker, receipt: Receipt
) -> None:
    hand_over(session, receipt.report, "skolan", who=make.user(), now=NOW)
    found = looked_up(session, receipt)
    assert (found.status, found.handled_as) == (S.HANDLED, "skolan")
    assert receipt.report.read_at == NOW


def test_a_promise_that_was_taken_down_is_not_shown(
    session: Session, make: Maker, receipt: Receipt, candidate: Candidate
) -> None:
    decided(make, candidate, Verdict(Decision.APPROVE))
    promise = looked_up(session, receipt).promise
    assert promise
    promise.state = PromiseState.UNPUBLISHED
    found = looked_up(session, receipt)
    assert found.promise is None
    assert found.status != S.PROMISE


def test_a_restricted_report_shows_only_whether_it_was_read(session: Session, make: Maker) -> None:
    receipt = make.report("Min man slår mig när han kommer hem")
    refresh(session, now=NOW)
    assert looked_up(session, receipt).status == S.RECEIVED
    mark_read(session, [receipt.report], who=make.user(), now=NOW)
    assert looked_up(session, receipt).status == S.READ


def test_what_the_machine_took_for_misuse_is_closed_only_by_a_person(session: Session, make: Maker) -> None:
    receipt = make.report("asdfghjkl qwertyuiop")
    assert looked_up(session, receipt).status == S.RECEIVED
    mark_read(session, [receipt.report], who=make.user(), now=NOW)
    assert looked_up(session, receipt).status == S.CLOSED
