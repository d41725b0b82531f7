"""One timer per database: who holds it, and which weekly work is done."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import String, delete, insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from feedback.store.base import Base

WANTED = "wanted"
REGROUP = "regroup"
"""Asked for when groups must be made anew although no report has come."""


class Lease(Base):
    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    holder: Mapped[str] = mapped_column(String(80))
    expires_at: Mapped[datetime]


class JobRun(Base):
    """A job done for a period, such as ``weekly`` for ``2026-W48``: its row keeps it from being done twice."""

    __tablename__ = "job_run"

    job: Mapped[str] = mapped_column(String(40), primary_key=True)
    period: Mapped[str] = mapped_column(String(20), primary_key=True)
    done_at: Mapped[datetime]


def take_lease(session: Session, name: str, holder: str, now: datetime, length: timedelta) -> bool:
    """Take or renew a lease; answers whether ``holder`` has it until ``now + length``."""
    taken = session.execute(
        update(Lease)
        .where(Lease.name == name, (Lease.holder == holder) | (Lease.expires_at <= now))
        .values(holder=holder, expires_at=now + length)
    )
    if taken.rowcount:  # type: ignore[attr-defined]
        return True
    return _insert_once(session, insert(Lease).values(name=name, holder=holder, expires_at=now + length))


def release_lease(session: Session, name: str, holder: str, now: datetime) -> None:
    session.execute(update(Lease).where(Lease.name == name, Lease.holder == holder).values(expires_at=now))


def claim_period(session: Session, job: str, period: str, now: datetime) -> bool:
    """Answers True the first time a job is claimed for a period, False ever after."""
    return _insert_once(session, insert(JobRun).values(job=job, period=period, done_at=now))


def ask_for(session: Session, job: str, now: datetime) -> None:
    """Leave word that a job is wanted at the next round.

    A row of its own for each: nobody waits for another's, and so nobody can wait in a circle.
    """
    period = f"{WANTED} {secrets.token_hex(6)}"
    session.execute(insert(JobRun).values(job=job, period=period, done_at=now))


def take_asked(session: Session, job: str) -> bool:
    """Answers whether somebody asked for a job since it was last taken."""
    taken = session.execute(delete(JobRun).where(JobRun.job == job, JobRun.period.startswith(WANTED)))
    return bool(taken.rowcount)  # type: ignore[attr-defined]


def _insert_once(session: Session, statement: object) -> bool:
    try:
        with session.begin_nested():
            session.execute(statement)  # type: ignore[call-overload]
    except IntegrityError:
        return False
    return True
