"""Whose things a person may touch."""

from feedback.actions.errors import NotAllowed, Refusal
from feedback.store.staff import User


def check_municipality(who: User, municipality: str) -> None:
    """Raise NotAllowed unless the person works for this municipality or for the whole council."""
    if who.municipality not in (None, municipality):
        raise NotAllowed(Refusal.OTHER_MUNICIPALITY)
