"""Receive a report: mask, screen, store. What reaches the session is what may be kept."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from feedback.actions.secrets import key_for
from feedback.domain.cleaning import MAX_PLACE, clean, one_line
from feedback.domain.lifecycle import ReportState
from feedback.domain.masking import Masked, mask
from feedback.domain.receipt import normalise, receipt_code, receipt_hash
from feedback.domain.screening import DISCARDED, RESTRICTED, screen
from feedback.store import event
from feedback.store.report import Report, by_fingerprint


@dataclass(frozen=True)
class Submission:
    """What a resident or a clerk sends. ``nonce`` is the form's own number: it tells a second sending from
    a second report."""

    municipality: str
    nonce: str = field(repr=False)
    place_id: int | None = None
    place_typed: str = field(default="", repr=False)
    text: str = field(default="", repr=False)
    areas: Sequence[str] = ()
    needs: Sequence[str] = ()
    safe_light: str | None = None
    safe_dark: str | None = None
    page_lang: str = "sv"
    channel: str = "web"
    external_id: str | None = None
    robot: bool = False


@dataclass(frozen=True)
class Screened:
    """What may be kept of a text, and what it asks of us. Shown to the resident before and after sending."""

    text: str = field(repr=False)
    place_typed: str = field(repr=False)
    masked_kinds: tuple[str, ...]
    flags: tuple[str, ...]


@dataclass(frozen=True)
class Receipt:
    """The code is known only here and now; ``is_new`` is False when the same form came before."""

    code: str = field(repr=False)
    report: Report
    is_new: bool


def prepare(text: str, place_typed: str, place_names: Collection[str] = ()) -> Screened:
    """Mask and screen what was typed, without storing anything."""
    words: Masked = mask(clean(text), place_names)
    place: Masked = mask(one_line(place_typed), place_names)
    kinds = dict.fromkeys(found.kind for found in (*words.found, *place.found))
    # Screened as it was written: a mask may hide the very word that tells.
    flags = dict.fromkeys(screen(clean(text), by_meaning=False) if text.strip() else ())
    flags |= dict.fromkeys(flag for flag in screen(place_typed, by_meaning=False) if flag not in DISCARDED)
    # A mask may be longer than the name it hides.
    return Screened(words.text, place.text[:MAX_PLACE].rstrip(), tuple(kinds), tuple(flags))


def receive_report(
    session: Session,
    submission: Submission,
    kept: Screened,
    *,
    now: datetime,
    secret: str,
) -> Receipt:
    """Store what may be kept of one report, and answer with its receipt.

    ``kept`` is what ``prepare`` made of the submission's words. The same form sent again gets the first receipt.
    """
    key = key_for(secret, "receipt")
    fingerprint = _fingerprint(submission, kept)
    code = receipt_code(key, fingerprint)
    report = new_report(submission, kept, now)
    report.fingerprint = fingerprint
    report.receipt_hash = receipt_hash(key, normalise(code) or "")
    try:
        with session.begin_nested():
            session.add(report)
    except IntegrityError:
        # The same form came before.
        earlier = by_fingerprint(session, fingerprint)
        if earlier is None:
            raise
        return Receipt(code, earlier, is_new=False)
    event.record(
        session, "report", report.id, report.received_at, report.state,
        step_from=ReportState.RECEIVED, note=", ".join([*report.masked_kinds, *report.flags]),
    )  # fmt: skip
    return Receipt(code, report, is_new=True)


def new_report(submission: Submission, kept: Screened, now: datetime) -> Report:
    """The row of a masked and screened submission, not yet in any session."""
    flags = kept.flags if not submission.robot else tuple(dict.fromkeys((*kept.flags, "spam")))
    return Report(
        municipality=submission.municipality,
        place_id=submission.place_id,
        place_typed=kept.place_typed,
        text=kept.text,
        masked_kinds=list(kept.masked_kinds),
        flags=list(flags),
        sensitive=bool(RESTRICTED.intersection(flags)),
        areas=list(submission.areas),
        needs=list(submission.needs),
        safe_light=submission.safe_light,
        safe_dark=submission.safe_dark,
        page_lang=submission.page_lang,
        channel=submission.channel,
        external_id=submission.external_id,
        state=_state(flags),
        # The hour is enough for us, and too little to point anyone out.
        received_at=now.replace(minute=0, second=0, microsecond=0),
    )


def _state(flags: Collection[str]) -> ReportState:
    if RESTRICTED.intersection(flags):
        return ReportState.RESTRICTED
    return ReportState.MISUSE if DISCARDED.intersection(flags) else ReportState.SCREENED


def _fingerprint(submission: Submission, kept: Screened) -> str:
    """Tells the same form sent twice from another report; a changed word makes another report.

    Made of what is kept, so that no trace of what was masked stays behind; it is forgotten after a day.
    """
    content = repr((
        submission.nonce, submission.municipality, submission.place_id, kept.place_typed,
        kept.text, tuple(submission.areas), tuple(submission.needs),
        submission.safe_light, submission.safe_dark,
    ))  # fmt: skip
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
