"""What can go wrong in an action. The web finds the words; nothing here speaks Swedish."""


class ActionError(Exception):
    """Base of all refusals: nothing has been changed."""


class ChangedSince(ActionError):
    """Somebody changed or decided the thing after it was opened."""


class NotAllowed(ActionError):
    """The thing does not permit this step now, or this person may not take it."""


class MissingReason(ActionError):
    """A public reason is needed for this decision."""


class NotReady(ActionError):
    """The text has hard faults; vetting says which."""


class InvitationOver(ActionError):
    """The invitation link has been used or is too old."""


class TooManyAttempts(ActionError):
    """Too many wrong guesses from the same place."""
