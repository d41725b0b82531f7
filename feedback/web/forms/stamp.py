"""The stamp of a resident's form: its own number and when it was opened, signed. It needs no cookie."""

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime

from itsdangerous import BadSignature, URLSafeTimedSerializer

from feedback.web import access


@dataclass(frozen=True)
class Stamp:
    """``nonce`` is the form's number. ``opened`` is None when the stamp was missing or not ours."""

    nonce: str = field(repr=False)
    opened: datetime | None

    def seconds(self, now: datetime) -> float | None:
        return (now - self.opened).total_seconds() if self.opened else None


def new_stamp() -> str:
    return str(_signer().dumps(secrets.token_urlsafe(12)))


def read_stamp(text: str) -> Stamp:
    """A form without a good stamp still counts: it gets a number of its own, however old the page was."""
    try:
        nonce, opened = _signer().loads(text, return_timestamp=True)
        return Stamp(str(nonce), opened.replace(tzinfo=UTC) if opened.tzinfo is None else opened)
    except (BadSignature, ValueError, TypeError):
        return Stamp(secrets.token_urlsafe(12), None)


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(access.settings().SECRET_KEY, salt="form")
