"""Where a report is on the road, for the one who has its receipt code."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from feedback.actions.secrets import key_for
from feedback.domain.lifecycle import REASONS, CandidateState, ReceiptStatus, receipt_status
from feedback.domain.receipt import receipt_hash
from feedback.store import candidate as candidates
from feedback.store import promise as promises
from feedback.store.candidate import Candidate
from feedback.store.promise import HIDDEN, Promise
from feedback.store.report import Report, by_receipt


@dataclass(frozen=True)
class Followed:
    """What the resident sees: never the text, only how far it has come and what was answered."""

    status: ReceiptStatus
    received_at: datetime
    place: str
    group_sentence: str
    candidate: Candidate | None
    promise: Promise | None
    reason: str
    handled_as: str


def follow_report(session: Session, symbols: str, secret: str) -> Followed | None:
    """The report behind a code, or None when there is none."""
    report = by_receipt(session, receipt_hash(key_for(secret, "receipt"), symbols))
    return followed(session, report) if report else None


def followed(session: Session, report: Report) -> Followed:
    """The chain from below: report, group, candidate, promise."""
    candidate = candidates.answering(session, report.group_id) if report.group_id else None
    promise = promises.of_candidate(session, candidate.id) if candidate else None
    if promise and promise.state in HIDDEN:
        promise = None
    status = receipt_status(
        report.state,
        report.read_at is not None,
        candidate.state if candidate else None,
        promise is not None,
    )
    told = candidate if status in {ReceiptStatus.CLOSED, ReceiptStatus.HANDLED} else None
    return Followed(
        status=status,
        received_at=report.received_at,
        place=report.place_words,
        group_sentence=report.group.sentence if report.group else "",
        candidate=candidate,
        promise=promise,
        reason=REASONS.get(told.public_reason, "") if told else "",
        handled_as=report.handled_as
        or (candidate.referred_to if candidate and candidate.state == CandidateState.REFERRED else ""),
    )
