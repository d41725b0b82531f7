"""The council's people: users, their logins, and invitation links."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, delete, func, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from feedback.store.base import Base, Enum


class Role(StrEnum):
    CLERK = "clerk"
    REVIEWER = "reviewer"
    DECIDER = "decider"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


class User(Base):
    """``organisation`` is the giver whose yes a decider gives; no municipality means the whole council."""

    __tablename__ = "staff_user"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(200), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(200))
    role: Mapped[Role] = mapped_column(Enum(Role))
    organisation: Mapped[str] = mapped_column(String(20), default="municipality")
    municipality: Mapped[str | None] = mapped_column(ForeignKey("municipality.slug"))
    active: Mapped[bool] = mapped_column(default=True)


class Login(Base):
    """One browser that is logged in; only a hash of its cookie is kept."""

    __tablename__ = "staff_login"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("staff_user.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    user: Mapped[User] = relationship()


class Invitation(Base):
    """A link that can be used once to make a user with the role it names."""

    __tablename__ = "invitation"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    role: Mapped[Role] = mapped_column(Enum(Role))
    organisation: Mapped[str] = mapped_column(String(20), default="municipality")
    municipality: Mapped[str | None] = mapped_column(ForeignKey("municipality.slug"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


def user_by_email(session: Session, email: str) -> User | None:
    return session.scalar(select(User).where(User.email == email.strip().lower()))


def users(session: Session) -> Sequence[User]:
    return session.scalars(select(User).order_by(User.name, User.id)).all()


def has_administrator(session: Session) -> bool:
    administrators = (
        select(func.count()).select_from(User).where(User.role == Role.ADMINISTRATOR, User.active.is_(True))
    )
    return bool(session.scalar(administrators))


def login_by_hash(session: Session, token_hash: str, now: datetime) -> Login | None:
    """A login that still holds, with its user."""
    login = session.scalar(
        select(Login).options(joinedload(Login.user)).where(Login.token_hash == token_hash)
    )
    return login if login and login.expires_at > now and login.user.active else None


def forget_logins(session: Session, now: datetime) -> None:
    """Remove logins whose time is over."""
    session.execute(delete(Login).where(Login.expires_at <= now))


def cancel_invitations(session: Session, role: Role) -> None:
    """Make the links to one role that nobody has used worthless."""
    session.execute(delete(Invitation).where(Invitation.role == role, Invitation.used_at.is_(None)))
