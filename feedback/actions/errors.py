"""What can go wrong in an action. The web finds the words; nothing here speaks Swedish."""

from enum import StrEnum


class ActionError(Exception):
    """Base of all refusals: nothing has been changed."""


class ChangedSince(ActionError):
    """Somebody changed or decided the thing after it was opened."""


class Refusal(StrEnum):
    """Why somebody may not do something."""

    STEP = "the thing cannot take this step now"
    OTHER_MUNICIPALITY = "it belongs to another municipality than the person"
    NOT_A_GIVER = "the person's organisation is not among the givers"
    SAID_YES = "this giver has said yes before"
    NOTHING_CHANGED = "the text is as it was drafted"
    MERGE_ACROSS = "the two belong to different municipalities"
    DATE = "the day lies before the promise or after today"
    EMAIL_TAKEN = "the e-mail address has an account"


class NotAllowed(ActionError):
    """The thing does not permit this step now, or this person may not take it; ``why`` says which."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why.value)
        self.why = why


class MissingReason(ActionError):
    """A public reason is needed for this decision."""


class NotReady(ActionError):
    """The text has hard faults; vetting says which."""


class InvitationOver(ActionError):
    """The invitation link has been used or is too old."""


class TooManyAttempts(ActionError):
    """Too many wrong guesses from the same place."""
