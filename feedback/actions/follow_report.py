"""Where a report is on the road, for the one who has its receipt code."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from feedback.actions.secrets import key_for
from feedback.domain.lifecycle import ReceiptStatus, ReportState, receipt_status
from feedback.domain.receipt import receipt_hash
from feedback.domain.themes import default_agreement
from feedback.store import candidate as candidates
from feedback.store import promise as promises
from feedback.store.candidate import Candidate
from feedback.store.promise import HIDDEN, Promise
from feedback.store.report import Report, by_receipt

ANSWERED = {ReceiptStatus.CLOSED, ReceiptStatus.HANDLED, ReceiptStatus.DEFERRED}


@dataclass(frozen=True)
class Followed:
    """What the resident sees: never the text, only how far it has come and what was answered.

    voices and focus_area tell what it is grouped with (0 and "" when it stands alone). reason is a slug of REASONS.
    """

    status: ReceiptStatus
    read: bool
    received_at: datetime
    place: str
    voices: int
    focus_area: str
    candidate: Candidate | None
    promise: Promise | None
    came_after: bool
    reason: str
    handled_as: str
    takes_words: bool


def report_of_code(session: Session, symbols: str, secret: str, *, lock: bool = False) -> Report | None:
    """The report behind a code, or None when there is none; locked for this transaction when it is to be changed."""
    return by_receipt(session, receipt_hash(key_for(secret, "receipt"), symbols), lock=lock)


def followed(session: Session, report: Report) -> Followed:
    """The chain from below: report, group, candidate, promise. A sensitive report shows nothing of it."""
    read = report.read_at is not None
    group = None if report.sensitive else report.group
    candidate = candidates.answering(session, group.id, report.received_at) if group else None
    promise = promises.of_candidate(session, candidate.id) if candidate else None
    if promise and promise.state in HIDDEN:
        promise = None
    status = receipt_status(
        ReportState.RESTRICTED if report.sensitive else report.state,
        read,
        candidate.state if candidate else None,
        promise is not None,
    )
    told = candidate if status in ANSWERED else None
    return Followed(
        status=status,
        read=read,
        received_at=report.received_at,
        place=report.place_words,
        voices=group.voices if group else 0,
        focus_area=default_agreement().focus_area(group.theme) if group else "",
        candidate=told,
        promise=promise,
        came_after=bool(promise and report.received_at > promise.published_at),
        reason=told.public_reason if told else "",
        handled_as=report.handled_as or (told.referred_to if told else ""),
        takes_words=report.takes_words,
    )
