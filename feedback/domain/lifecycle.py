"""The life of a report, a candidate and a promise: which step may follow which, and what the resident sees."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar


class ReportState(StrEnum):
    RECEIVED = "received"
    MASKED = "masked"
    SCREENED = "screened"
    CLASSIFIED = "classified"
    GROUPED = "grouped"
    HANDLED = "handled"
    RESTRICTED = "restricted"
    MISUSE = "misuse"
    DISPOSED = "disposed"


class CandidateState(StrEnum):
    DRAFTED = "drafted"
    PREPARED = "prepared"
    DEFERRED = "deferred"
    MERGED = "merged"
    REFERRED = "referred"
    REJECTED = "rejected"
    APPROVED = "approved"


class PromiseState(StrEnum):
    PUBLISHED = "published"
    PAUSED = "paused"
    UNPUBLISHED = "unpublished"
    KEPT = "kept"
    PARTLY_KEPT = "partly_kept"
    NOT_KEPT = "not_kept"


class Decision(StrEnum):
    APPROVE = "approve"
    APPROVE_WITH_CHANGES = "approve_with_changes"
    DEFER = "defer"
    MERGE = "merge"
    REFER = "refer"
    REJECT = "reject"


class ReceiptStatus(StrEnum):
    RECEIVED = "received"
    READ = "read"
    GROUPED = "grouped"
    IN_CANDIDATE = "in_candidate"
    PROMISE = "promise"
    HANDLED = "handled"
    DEFERRED = "deferred"
    CLOSED = "closed"


R, C, P = ReportState, CandidateState, PromiseState

# A report may be read anew (back to screened): a correction was undone, words were added, or it was let out again
# that was held as restricted, sent on or taken for misuse. Disposal is open from everywhere and ends everything.
REPORT_STEPS: Mapping[ReportState, frozenset[ReportState]] = {
    R.RECEIVED: frozenset({R.MASKED, R.DISPOSED}),
    R.MASKED: frozenset({R.SCREENED, R.DISPOSED}),
    R.SCREENED: frozenset({R.CLASSIFIED, R.HANDLED, R.RESTRICTED, R.MISUSE, R.DISPOSED}),
    R.CLASSIFIED: frozenset({R.SCREENED, R.GROUPED, R.HANDLED, R.RESTRICTED, R.MISUSE, R.DISPOSED}),
    R.GROUPED: frozenset({R.SCREENED, R.CLASSIFIED, R.HANDLED, R.RESTRICTED, R.MISUSE, R.DISPOSED}),
    R.HANDLED: frozenset({R.SCREENED, R.RESTRICTED, R.DISPOSED}),
    R.RESTRICTED: frozenset({R.SCREENED, R.HANDLED, R.MISUSE, R.DISPOSED}),
    R.MISUSE: frozenset({R.SCREENED, R.RESTRICTED, R.DISPOSED}),
    R.DISPOSED: frozenset(),
}

# Two drafts may be merged before anyone has prepared them; every other decision needs a prepared candidate.
# What was merged, referred or rejected may be taken up anew, as a draft, when more is known. Approved is the end.
CANDIDATE_STEPS: Mapping[CandidateState, frozenset[CandidateState]] = {
    C.DRAFTED: frozenset({C.PREPARED, C.MERGED}),
    C.PREPARED: frozenset({C.DRAFTED, C.DEFERRED, C.MERGED, C.REFERRED, C.REJECTED, C.APPROVED}),
    C.DEFERRED: frozenset({C.PREPARED, C.MERGED}),
    C.MERGED: frozenset({C.DRAFTED}),
    C.REFERRED: frozenset({C.DRAFTED}),
    C.REJECTED: frozenset({C.DRAFTED}),
    C.APPROVED: frozenset(),
}

# A result ends the promise. One that turns out wrong is corrected in the open: taken down, published again and
# followed up anew.
PROMISE_STEPS: Mapping[PromiseState, frozenset[PromiseState]] = {
    P.PUBLISHED: frozenset({P.PAUSED, P.UNPUBLISHED, P.KEPT, P.PARTLY_KEPT, P.NOT_KEPT}),
    P.PAUSED: frozenset({P.PUBLISHED, P.UNPUBLISHED, P.KEPT, P.PARTLY_KEPT, P.NOT_KEPT}),
    P.UNPUBLISHED: frozenset({P.PUBLISHED}),
    P.KEPT: frozenset({P.UNPUBLISHED}),
    P.PARTLY_KEPT: frozenset({P.UNPUBLISHED}),
    P.NOT_KEPT: frozenset({P.UNPUBLISHED}),
}

_STEPS: dict[StrEnum, frozenset[StrEnum]] = {
    state: frozenset(after)
    for table in (REPORT_STEPS, CANDIDATE_STEPS, PROMISE_STEPS)
    for state, after in table.items()
}

OUTCOMES: Mapping[Decision, CandidateState] = {
    Decision.APPROVE: C.APPROVED,
    Decision.APPROVE_WITH_CHANGES: C.APPROVED,
    Decision.DEFER: C.DEFERRED,
    Decision.MERGE: C.MERGED,
    Decision.REFER: C.REFERRED,
    Decision.REJECT: C.REJECTED,
}

# The public reasons a council may give, in the order of the list on the screen.
REASONS = (
    "outside_mandate",
    "already_under_way",
    "too_little_evidence",
    "fault_reported",
    "not_measurable",
    "may_point_out_people",
    "needs_budget_decision",
    "not_possible_for_safety",
)

State = TypeVar("State", ReportState, CandidateState, PromiseState)


class StepNotAllowed(Exception):
    """A report, candidate or promise cannot go from the one state to the other."""

    def __init__(self, from_: StrEnum, to: StrEnum) -> None:
        super().__init__(f"cannot go from {from_} to {to}")
        self.from_ = from_
        self.to = to


def may_step(from_: State, to: State) -> bool:
    """Whether ``to`` may follow ``from_``. Standing still is not a step."""
    return to in _STEPS[from_]


def check_step(from_: State, to: State) -> None:
    """Raise StepNotAllowed unless ``to`` may follow ``from_``."""
    if not may_step(from_, to):
        raise StepNotAllowed(from_, to)


def outcome_of(decision: Decision) -> CandidateState:
    """The state a candidate gets by a decision."""
    return OUTCOMES[decision]


def receipt_status(
    report_state: ReportState, read: bool, candidate_state: CandidateState | None, has_promise: bool
) -> ReceiptStatus:
    """What a resident sees by code.

    A restricted report shows received or read and nothing more, whatever happens behind it. The same goes for
    a report taken for misuse until a person has read it, for the machine may be wrong.
    """
    seen = ReceiptStatus.READ if read else ReceiptStatus.RECEIVED
    if report_state is R.RESTRICTED:
        return seen
    if report_state is R.MISUSE:
        return ReceiptStatus.CLOSED if read else seen
    if has_promise:
        return ReceiptStatus.PROMISE
    if report_state is R.DISPOSED:
        return ReceiptStatus.CLOSED
    if report_state is R.HANDLED or candidate_state is C.REFERRED:
        return ReceiptStatus.HANDLED
    if candidate_state is C.REJECTED:
        return ReceiptStatus.CLOSED
    if candidate_state is C.DEFERRED:
        return ReceiptStatus.DEFERRED
    if candidate_state is not None:
        return ReceiptStatus.IN_CANDIDATE
    return ReceiptStatus.GROUPED if report_state is R.GROUPED else seen
