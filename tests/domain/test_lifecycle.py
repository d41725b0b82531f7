from itertools import pairwise

import pytest

from feedback.domain.lifecycle import (
    CANDIDATE_STEPS,
    OUTCOMES,
    PROMISE_STEPS,
    REASONS,
    REPORT_STEPS,
    CandidateState,
    Decision,
    PromiseState,
    ReceiptStatus,
    ReportState,
    StepNotAllowed,
    check_step,
    may_step,
    outcome_of,
    receipt_status,
)


def test_a_report_walks_from_received_to_grouped_and_is_disposed_in_the_end() -> None:
    way = [
        ReportState.RECEIVED,
        ReportState.MASKED,
        ReportState.SCREENED,
        ReportState.CLASSIFIED,
        ReportState.GROUPED,
        ReportState.DISPOSED,
    ]
    for before, after in pairwise(way):
        check_step(before, after)


def test_no_report_is_classified_before_it_is_masked_and_screened() -> None:
    for early in (ReportState.RECEIVED, ReportState.MASKED):
        assert not may_step(early, ReportState.CLASSIFIED)
        assert not may_step(early, ReportState.GROUPED)


def test_a_report_is_read_anew_after_a_correction_and_when_it_is_let_out() -> None:
    assert may_step(ReportState.GROUPED, ReportState.CLASSIFIED)
    for state in (ReportState.GROUPED, ReportState.HANDLED, ReportState.RESTRICTED, ReportState.MISUSE):
        assert may_step(state, ReportState.SCREENED)


@pytest.mark.parametrize("state", ReportState)
def test_every_report_can_be_disposed_and_then_nothing_more_happens_to_it(state: ReportState) -> None:
    assert may_step(state, ReportState.DISPOSED) == (state is not ReportState.DISPOSED)
    assert not may_step(ReportState.DISPOSED, state)


def test_a_draft_is_prepared_before_it_is_decided_but_twins_may_be_merged_at_once() -> None:
    with pytest.raises(StepNotAllowed, match="cannot go from drafted to approved"):
        check_step(CandidateState.DRAFTED, CandidateState.APPROVED)
    check_step(CandidateState.DRAFTED, CandidateState.PREPARED)
    check_step(CandidateState.PREPARED, CandidateState.APPROVED)
    check_step(CandidateState.DRAFTED, CandidateState.MERGED)


def test_a_rested_candidate_comes_back_and_a_rejected_one_may_be_drafted_anew() -> None:
    assert may_step(CandidateState.DEFERRED, CandidateState.PREPARED)
    assert may_step(CandidateState.REJECTED, CandidateState.DRAFTED)
    assert not may_step(CandidateState.REJECTED, CandidateState.APPROVED)


def test_approval_is_never_taken_back_because_a_promise_stands_on_it() -> None:
    assert not any(may_step(CandidateState.APPROVED, after) for after in CandidateState)


def test_a_paused_promise_goes_on_or_ends() -> None:
    for after in (PromiseState.PUBLISHED, PromiseState.KEPT, PromiseState.NOT_KEPT):
        assert may_step(PromiseState.PAUSED, after)


@pytest.mark.parametrize("result", [PromiseState.KEPT, PromiseState.PARTLY_KEPT, PromiseState.NOT_KEPT])
def test_a_result_ends_a_promise_and_is_corrected_only_in_the_open(result: PromiseState) -> None:
    assert [after for after in PromiseState if may_step(result, after)] == [PromiseState.UNPUBLISHED]


def test_the_tables_name_every_state_and_standing_still_is_no_step() -> None:
    assert set(REPORT_STEPS) == set(ReportState)
    assert set(CANDIDATE_STEPS) == set(CandidateState)
    assert set(PROMISE_STEPS) == set(PromiseState)
    for report in ReportState:
        assert not may_step(report, report)
    for candidate in CandidateState:
        assert not may_step(candidate, candidate)
    for promise in PromiseState:
        assert not may_step(promise, promise)


@pytest.mark.parametrize("decision", Decision)
def test_every_decision_on_a_prepared_candidate_has_an_outcome_it_may_go_to(decision: Decision) -> None:
    assert set(OUTCOMES) == set(Decision)
    assert may_step(CandidateState.PREPARED, outcome_of(decision))


def test_both_ways_of_saying_yes_approve() -> None:
    assert (
        outcome_of(Decision.APPROVE_WITH_CHANGES) is outcome_of(Decision.APPROVE) is CandidateState.APPROVED
    )


def test_the_public_reasons_are_eight_and_start_with_the_mandate() -> None:
    assert len(REASONS) == 8
    assert REASONS[0] == "outside_mandate"


def test_the_resident_follows_the_report_step_by_step() -> None:
    grouped, prepared = ReportState.GROUPED, CandidateState.PREPARED
    chain = [
        receipt_status(ReportState.SCREENED, False, None, False),
        receipt_status(ReportState.CLASSIFIED, True, None, False),
        receipt_status(grouped, True, None, False),
        receipt_status(grouped, True, prepared, False),
        receipt_status(grouped, True, CandidateState.APPROVED, True),
    ]
    assert chain == [
        ReceiptStatus.RECEIVED,
        ReceiptStatus.READ,
        ReceiptStatus.GROUPED,
        ReceiptStatus.IN_CANDIDATE,
        ReceiptStatus.PROMISE,
    ]


@pytest.mark.parametrize("candidate", [None, *CandidateState])
@pytest.mark.parametrize("has_promise", [True, False])
def test_a_restricted_report_shows_no_more_than_that_it_was_read(
    candidate: CandidateState | None, has_promise: bool
) -> None:
    shown = [receipt_status(ReportState.RESTRICTED, read, candidate, has_promise) for read in (False, True)]
    assert shown == [ReceiptStatus.RECEIVED, ReceiptStatus.READ]


def test_what_the_machine_took_for_misuse_is_closed_only_when_a_person_has_read_it() -> None:
    assert receipt_status(ReportState.MISUSE, False, None, False) is ReceiptStatus.RECEIVED
    assert receipt_status(ReportState.MISUSE, True, None, False) is ReceiptStatus.CLOSED


def test_no_without_a_promise_closes_and_sent_on_says_so() -> None:
    grouped = ReportState.GROUPED
    assert receipt_status(grouped, True, CandidateState.REJECTED, False) is ReceiptStatus.CLOSED
    assert receipt_status(grouped, True, CandidateState.REFERRED, False) is ReceiptStatus.HANDLED
    assert receipt_status(ReportState.HANDLED, True, None, False) is ReceiptStatus.HANDLED


def test_resting_and_merged_candidates_still_hold_the_report() -> None:
    for state in (CandidateState.MERGED, CandidateState.APPROVED):
        assert receipt_status(ReportState.GROUPED, True, state, False) is ReceiptStatus.IN_CANDIDATE
    resting = receipt_status(ReportState.GROUPED, True, CandidateState.DEFERRED, False)
    assert resting is ReceiptStatus.DEFERRED


def test_a_disposed_report_still_leads_to_its_promise() -> None:
    assert receipt_status(ReportState.DISPOSED, True, None, False) is ReceiptStatus.CLOSED
    assert receipt_status(ReportState.DISPOSED, True, CandidateState.APPROVED, True) is ReceiptStatus.PROMISE
