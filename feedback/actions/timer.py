"""The work nobody has to remember: one timer per database, held by a lease."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from feedback.actions.refresh import Refreshed, refresh
from feedback.domain.priority import Settings
from feedback.store.report import forget_fingerprints
from feedback.store.staff import forget_logins
from feedback.store.throttle import forget_attempts
from feedback.store.timer import REGROUP, ask_for, claim_period, release_lease, take_lease

LEASE = "timer"
LEASE_LASTS = timedelta(seconds=30)
"""So short that somebody else takes over within a minute when its holder was killed."""


def hold_lease(session: Session, holder: str, now: datetime) -> bool:
    """Take or renew the lease; only its holder works."""
    return take_lease(session, LEASE, holder, now, LEASE_LASTS)


def give_back_lease(session: Session, holder: str, now: datetime) -> None:
    release_lease(session, LEASE, holder, now)


def tick(session: Session, now: datetime, settings: Settings) -> Refreshed:
    """What is due now: fresh groups and candidates, the daily forgetting, and the weekly work once in its week."""
    daily(session, now)
    weekly(session, now)
    return refresh(session, now=now, settings=settings)


def daily(session: Session, now: datetime) -> bool:
    """The work of the day; answers whether it was done now rather than before.

    Attempts, logins and fingerprints of forms whose time is over are forgotten.
    """
    if not claim_period(session, "daily", now.date().isoformat(), now):
        return False
    forget_attempts(session, now)
    forget_logins(session, now)
    forget_fingerprints(session, now - timedelta(days=1))
    return True


def weekly(session: Session, now: datetime) -> bool:
    """The work of the ISO week; answers whether it was done now rather than before.

    Everything is grouped anew, so that what has grown old or was disposed of leaves the queue.
    """
    if not claim_period(session, "weekly", iso_week(now.date()), now):
        return False
    ask_for(session, REGROUP, now)
    return True


def iso_week(day: date) -> str:
    """``2026-W48``"""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"
