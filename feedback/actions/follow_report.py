"""Where a report is on the road, for the one who has its receipt code."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from feedback.actions.secrets import key_for
from feedback.domain.lifecycle import REASONS, ReceiptStatus, ReportState, receipt_status
from feedback.domain.measuring import public_count
from feedback.domain.receipt import receipt_hash
from feedback.domain.themes import themes
from feedback.store import candidate as candidates
from feedback.store import promise as promises
from feedback.store.candidate import Candidate
from feedback.store.group import Group
from feedback.store.promise import HIDDEN, Promise
from feedback.store.report import Report, by_receipt

ANSWERED = {ReceiptStatus.CLOSED, ReceiptStatus.HANDLED, ReceiptStatus.DEFERRED}


@dataclass(frozen=True)
class Followed:
    """What the resident sees: never the text, only how far it has come and what was answered."""

    status: ReceiptStatus
    read: bool
    received_at: datetime
    place: str
    others: str
    candidate: Candidate | None
    promise: Promise | None
    came_after: bool
    reason: str
    handled_as: str


def follow_report(session: Session, symbols: str, secret: str) -> Followed | None:
    """The report behind a code, or None when there is none."""
    report = by_receipt(session, receipt_hash(key_for(secret, "receipt"), symbols))
    return followed(session, report) if report else None


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
        others=_others(group) if group else "",
        candidate=told,
        promise=promise,
        came_after=bool(promise and report.received_at > promise.published_at),
        reason=REASONS.get(told.public_reason, "") if told else "",
        handled_as=report.handled_as or (told.referred_to if told else ""),
    )


def _others(group: Group) -> str:
    """How many have told of the same, in words that point nobody out."""
    where = f" {group.place.as_rule.in_place}" if group.place else ""
    return f"{public_count(group.voices)} rapporter om {themes()[group.theme].noun}{where}"
