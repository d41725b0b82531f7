"""Invite people, let them in, and let them out."""

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.orm import Session

from feedback.actions.errors import InvitationOver, NotAllowed, Refusal, TooManyAttempts
from feedback.actions.secrets import token_hash
from feedback.store import staff
from feedback.store.staff import Invitation, Login, Role, User
from feedback.store.throttle import attempts, count_attempt

INVITATION_LASTS = timedelta(days=7)
GUESSING_WINDOW = timedelta(minutes=15)
ACCOUNTS_AN_ADDRESS = 5
"""A town hall shares one address: so many people may mistype to the limit before it is closed for a while."""
SHORTEST_PASSWORD = 12

_hasher = PasswordHasher()


@cache
def _nobodys_hash() -> str:
    """Checked when the address is unknown, so that the answer takes as long as for a known one."""
    return _hasher.hash(secrets.token_urlsafe())


@dataclass(frozen=True)
class NewUser:
    """A person as invited or added; ``organisation`` is the giver whose yes a decider gives."""

    email: str
    name: str
    password: str
    role: Role
    organisation: str = "municipality"
    municipality: str | None = None


def add_user(session: Session, new: NewUser) -> User:
    """Store a user. Raises NotAllowed when the e-mail address is taken."""
    if staff.user_by_email(session, new.email):
        raise NotAllowed(Refusal.EMAIL_TAKEN)
    user = User(
        email=new.email.strip().lower(),
        name=new.name.strip(),
        password_hash=_hasher.hash(_normal(new.password)),
        role=new.role,
        organisation=new.organisation,
        municipality=new.municipality,
    )
    session.add(user)
    session.flush()
    return user


def invite(
    session: Session,
    role: Role,
    *,
    now: datetime,
    organisation: str = "municipality",
    municipality: str | None = None,
) -> str:
    """Make an invitation; answers the token of its link, which is shown once and not stored.

    There is never more than one open link that makes an administrator.
    """
    if role == Role.ADMINISTRATOR:
        staff.cancel_invitations(session, role)
    token = secrets.token_urlsafe(24)
    session.add(
        Invitation(
            token_hash=token_hash(token),
            role=role,
            organisation=organisation,
            municipality=municipality,
            expires_at=now + INVITATION_LASTS,
        )
    )
    return token


def open_invitation(session: Session, token: str, now: datetime, lock: bool = False) -> Invitation:
    """The invitation of a link; ``lock`` makes others wait. Raises InvitationOver: it is used or too old."""
    invitation = session.get(Invitation, token_hash(token), with_for_update=lock or None)
    if invitation is None or invitation.used_at or invitation.expires_at <= now:
        raise InvitationOver
    return invitation


def accept_invitation(
    session: Session, token: str, *, email: str, name: str, password: str, now: datetime
) -> User:
    """Make the user that an invitation is for, and use the link up."""
    invitation = open_invitation(session, token, now, lock=True)
    user = add_user(
        session,
        NewUser(email, name, password, invitation.role, invitation.organisation, invitation.municipality),
    )
    invitation.used_at = now
    return user


def log_in(
    session: Session,
    *,
    email: str,
    password: str,
    address_key: str,
    guesses: int,
    hours: int,
    now: datetime,
) -> str | None:
    """Check a password; answers the token for the cookie, or None when address or password is wrong.

    Wrong guesses are counted per account *and* network address, so that nobody can lock out somebody else, and
    per address alone, so that nobody can try one password on everybody. Raises TooManyAttempts.
    """
    account_key = f"{address_key}:{token_hash(email.strip().lower())[:24]}"
    since = now - GUESSING_WINDOW
    if (
        attempts(session, account_key, since) >= guesses
        or attempts(session, address_key, since) >= guesses * ACCOUNTS_AN_ADDRESS
    ):
        raise TooManyAttempts
    user = staff.user_by_email(session, email)
    if (
        not _matches(user.password_hash if user else _nobodys_hash(), password)
        or user is None
        or not user.active
    ):
        count_attempt(session, account_key, now)
        count_attempt(session, address_key, now)
        return None
    if _hasher.check_needs_rehash(user.password_hash):
        user.password_hash = _hasher.hash(_normal(password))
    return start_login(session, user, hours=hours, now=now)


def start_login(session: Session, user: User, *, hours: int, now: datetime) -> str:
    """A new login for a user; answers the token for the cookie."""
    staff.forget_logins(session, now)
    token = secrets.token_urlsafe(32)
    expires = now + timedelta(hours=hours)
    session.add(Login(token_hash=token_hash(token), user_id=user.id, created_at=now, expires_at=expires))
    return token


def log_out(session: Session, token: str) -> None:
    login = session.get(Login, token_hash(token))
    if login:
        session.delete(login)


def _matches(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, _normal(password))
    except (VerificationError, InvalidHashError):
        return False


def _normal(password: str) -> str:
    """The same letters give the same bytes, whichever keyboard made them."""
    return unicodedata.normalize("NFKC", password)
