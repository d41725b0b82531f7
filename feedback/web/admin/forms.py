"""Forms for people and their logins."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, PasswordField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from feedback.actions.manage_staff import SHORTEST_PASSWORD
from feedback.store.staff import Role
from feedback.web.forms.base import PageForm, StaffForm

ROLES = {
    Role.REVIEWER: _l("Granskare"),
    Role.DECIDER: _l("Beslutsfattare"),
    Role.COORDINATOR: _l("Samordnare"),
    Role.ADMINISTRATOR: _l("Administratör"),
}
ORGANISATIONS = {
    "municipality": _l("Kommunen"),
    "police": _l("Polisen"),
    "housing": _l("Bostadsbolaget"),
    "energy": _l("Energibolaget"),
}
MISSING = _l("Fyll i det här.")


class Password(PasswordField):
    """Not shown again, and not cleaned: every sign counts."""


class LogInForm(PageForm):
    email = StringField(_l("E-postadress"), [DataRequired(MISSING)])
    password = Password(_l("Lösenord"), [DataRequired(MISSING)])
    next = HiddenField()


class WelcomeForm(PageForm):
    name = StringField(_l("Ditt namn"), [DataRequired(MISSING), Length(max=120)])
    email = StringField(_l("E-postadress"), [DataRequired(MISSING), Length(max=200)])
    password = Password(
        _l("Lösenord"),
        [
            DataRequired(MISSING),
            Length(min=SHORTEST_PASSWORD, max=200, message=_l("Minst %(min)d tecken, högst 200.")),
        ],
        description=_l("Minst 12 tecken. Fyra vanliga ord efter varandra är bättre än krångliga tecken."),
    )

    def validate_email(self, field: Field) -> None:
        name, at, home = (field.data or "").partition("@")
        if not (name and at and "." in home and " " not in field.data):
            raise ValidationError(_l("Skriv en e-postadress, till exempel namn@kommun.se."))


class InviteForm(StaffForm):
    role = SelectField(_l("Roll"), choices=[SelectChoice(role.value, label) for role, label in ROLES.items()])
    organisation = SelectField(
        _l("Organisation"), choices=[SelectChoice(slug, label) for slug, label in ORGANISATIONS.items()]
    )
    municipality = SelectField(_l("Kommun"))

    def __init__(self, *args: Any, municipalities: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.municipality.choices = [
            SelectChoice("", _l("Hela rådet")),
            *(SelectChoice(slug, name) for slug, name in municipalities.items()),
        ]


class LogOutForm(StaffForm):
    """Only the token: logging out is a deed, not a link."""
