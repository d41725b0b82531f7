"""The reviewers' forms."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from feedback.domain.lifecycle import Decision
from feedback.domain.owners import givers
from feedback.domain.themes import default_agreement, focus_areas, themes
from feedback.store.candidate import Candidate
from feedback.web.forms.base import StaffForm
from feedback.web.forms.fields import Day, Number, TickBoxes
from feedback.web.public_words import REASONS, RESULTS

DECISIONS = {
    Decision.APPROVE: _l("Godkänn"),
    Decision.APPROVE_WITH_CHANGES: _l("Godkänn efter ändring"),
    Decision.DEFER: _l("Vila till ett datum"),
    Decision.MERGE: _l("Slå ihop med ett annat förslag"),
    Decision.REFER: _l("Skicka vidare"),
    Decision.REJECT: _l("Avslå"),
}
MISSING = _l("Fyll i det här.")


def words(label: Any, longest: int, **kwargs: Any) -> StringField:
    """A short text that must be there."""
    return StringField(
        label, [DataRequired(MISSING), Length(max=longest, message=_l("Högst %(max)d tecken."))], **kwargs
    )


def paragraph(label: Any, **kwargs: Any) -> TextAreaField:
    """A longer text that must be there."""
    return TextAreaField(
        label, [DataRequired(MISSING), Length(max=4000, message=_l("Högst %(max)d tecken."))], **kwargs
    )


class DraftForm(StaffForm):
    """The text of a candidate, under the headings of the public page."""

    revision = HiddenField()
    title = words(_l("Rubrik"), 70)
    situation = paragraph(_l("Situationen idag"))
    doing = paragraph(_l("Det här ska vi göra"))
    outcome = paragraph(_l("Det här ska vi åstadkomma"))
    measure = words(_l("Vad vi mäter"), 200)
    target = Number(_l("Mål"), [InputRequired(MISSING)])
    unit = words(_l("Enhet"), 60)
    givers = TickBoxes(_l("Löftesgivare"))
    owner = words(_l("Ansvarig funktion"), 120)
    external = StringField(_l("Annan som måste besluta"), [Length(max=120)])
    starts_on = Day(_l("Från"), [InputRequired(MISSING)])
    due_on = Day(_l("Klart senast"), [InputRequired(MISSING)])
    follow_up_on = Day(_l("Följs upp"), [InputRequired(MISSING)])
    cause = TextAreaField(
        _l("Trolig orsak"),
        [Length(max=2000)],
        description=_l("Varför händer det just här? Vilken orsak kan vi påverka?"),
    )

    def __init__(self, *args: Any, municipality: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.givers.choices = [
            SelectChoice(slug, giver.name[municipality])
            for slug, giver in givers().items()
            if municipality in giver.name
        ]

    @property
    def changes(self) -> dict[str, Any]:
        """The fields of a draft, as the rules want them."""
        values = {k: v for k, v in self.data.items() if k not in {"revision", "cause", "csrf_token"}}
        return {**values, "givers": tuple(self.givers.data or ()), "external": self.external.data or None}


class PrepareForm(StaffForm):
    revision = HiddenField()


class DecisionForm(StaffForm):
    """One of six decisions; what else must be filled in depends on which."""

    revision = HiddenField()
    decision = RadioField(
        _l("Beslut"),
        [InputRequired(_l("Välj ett beslut."))],
        choices=[SelectChoice(decision.value, label) for decision, label in DECISIONS.items()],
    )
    reason = SelectField(
        _l("Skäl som visas offentligt"),
        choices=[
            SelectChoice("", _l("Välj skäl")),
            *(SelectChoice(slug, words) for slug, words in REASONS.items()),
        ],
        validate_choice=False,
    )
    note = TextAreaField(
        _l("Så resonerade vi"), [Length(max=2000)], description=_l("Visas offentligt. Kort, med vanliga ord.")
    )
    until = Day(_l("Vila till"))
    merge_into = SelectField(_l("Slå ihop med"), validate_choice=False)
    refer_to = StringField(_l("Skicka vidare till"), [Length(max=120)])

    def __init__(self, *args: Any, others: Sequence[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.merge_into.choices = [
            SelectChoice("", _l("Välj förslag")),
            *(SelectChoice(str(other.id), other.title) for other in others),
        ]

    def validate_reason(self, field: Field) -> None:
        closing = self.decision.data in {"defer", "merge", "refer", "reject"}
        if closing and field.data not in REASONS:
            raise ValidationError(_l("Välj ett skäl. Det visas för dem som har berättat."))

    def validate_until(self, field: Field) -> None:
        if self.decision.data == Decision.DEFER and not field.data and not field.errors:
            raise ValidationError(_l("Skriv till vilken dag förslaget ska vila."))

    def validate_merge_into(self, field: Field) -> None:
        if self.decision.data == Decision.MERGE and not field.data:
            raise ValidationError(_l("Välj vilket förslag det ska slås ihop med."))

    def validate_refer_to(self, field: Field) -> None:
        if self.decision.data == Decision.REFER and not field.data:
            raise ValidationError(_l("Skriv vem förslaget ska skickas till."))


class FollowUpForm(StaffForm):
    version = HiddenField()
    on = Day(_l("Datum"), [InputRequired(MISSING)])
    text = paragraph(_l("Vad har vi gjort?"), description=_l("Visas på löftets sida."))
    value = Number(_l("Hur många hittills?"))
    result = RadioField(
        _l("Hur går det?"),
        [InputRequired(_l("Välj hur det går."))],
        choices=[SelectChoice(slug, label) for slug, label in RESULTS.items()],
    )


class HandledForm(StaffForm):
    handled_as = words(
        _l("Skickad till"), 80, description=_l("Till exempel felanmälan, skolan, socialtjänsten.")
    )


class ReadForm(StaffForm):
    reports = HiddenField()


class ThemeForm(StaffForm):
    """Another theme for a report, chosen among all, under the names of their areas."""

    theme = SelectField(_l("Tema"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_area: dict[str, list[SelectChoice]] = {area.name: [] for area in focus_areas().values()}
        for slug, theme in themes().items():
            by_area[focus_areas()[default_agreement().focus_area(slug)].name].append(
                SelectChoice(slug, theme.name)
            )
        self.theme.choices = by_area


class UndoForm(StaffForm):
    """Only the token: one button."""


class LetInForm(StaffForm):
    """Only the token: one button."""
