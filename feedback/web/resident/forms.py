"""The resident's forms. Everything is optional but a place and either a choice or a word."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import (
    Field,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from feedback.domain.cleaning import MAX_PLACE, MAX_TEXT
from feedback.domain.owners import needs
from feedback.domain.themes import focus_areas
from feedback.web.forms.base import PageForm
from feedback.web.locale import translated

MOST_AREAS = 2
UNSURE = "unsure"
SAFETY = {
    "very_safe": _l("Mycket trygg"),
    "safe": _l("Ganska trygg"),
    "unsafe": _l("Ganska otrygg"),
    "very_unsafe": _l("Mycket otrygg"),
    "not_here": _l("Är inte här då"),
}


class Choices(SelectMultipleField):
    """Tick boxes. What is not on the list is dropped: an old page must not stop a report."""

    data: list[str]
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: Any) -> None:
        known = {choice.value for choice in self.choices or ()}
        self.data = [value for value in self.data or () if value in known]


class Choice(RadioField):
    """Radio buttons, none chosen at first. An unknown answer counts as no answer."""

    data: str | None

    def pre_validate(self, form: Any) -> None:
        if self.data not in {choice.value for choice in self.choices or ()}:
            self.data = None


def _choices(words: Mapping[str, Any]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in words.items()]


class ReportForm(PageForm):
    municipality = Choice(_l("Vilken kommun?"))
    place = StringField(
        _l("Vilken plats gäller det?"),
        description=_l(
            "Skriv till exempel en gata, ett torg, en busshållplats eller en skola. "
            "Skriv inte lägenhetsnummer eller vem som bor där."
        ),
    )
    safe_light = Choice(_l("När det är ljust ute"), choices=_choices(SAFETY))
    safe_dark = Choice(_l("När det är mörkt ute"), choices=_choices(SAFETY))
    areas = Choices(_l("Vad handlar det om?"), description=_l("Välj högst två."))
    text = TextAreaField(
        _l("Berätta med egna ord"),
        description=_l(
            "Beskriv platsen och vad som händer. Skriv inte namn, registreringsnummer eller annat som "
            "pekar ut en person eller grupp."
        ),
    )
    needs = Choices(_l("Vad skulle hjälpa?"))
    stamp = HiddenField()
    reviewed = HiddenField()
    # Filled in by robots only: it is hidden from people and from screen readers.
    website = StringField()

    def __init__(
        self, *args: Any, municipalities: Mapping[str, str], poster: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.poster = poster
        self.municipality.choices = _choices(municipalities)
        self.areas.choices = [
            *(SelectChoice(area.slug, translated(area.name)) for area in focus_areas().values()),
            SelectChoice(UNSURE, _l("Jag är inte säker")),
        ]
        self.needs.choices = _choices({slug: translated(name) for slug, name in needs().items()})
        self.found_in: str | None = None

    @property
    def examples(self) -> dict[str, Any]:
        """The line under each focus area."""
        return {area.slug: translated(area.example) for area in focus_areas().values()}

    def validate_place(self, field: Field) -> None:
        if not self.poster and not field.data:
            raise ValidationError(_l("Välj eller skriv en plats."))
        if len(field.data or "") > MAX_PLACE:
            raise ValidationError(too_long(len(field.data) - MAX_PLACE))

    def validate_municipality(self, field: Field) -> None:
        if self.place.data and not field.data and not self.found_in:
            raise ValidationError(_l("Välj kommun."))

    def validate_areas(self, field: Field) -> None:
        if len(field.data or ()) > MOST_AREAS:
            raise ValidationError(_l("Välj högst två."))
        if not field.data and not self.text.data:
            raise ValidationError(_l("Välj minst ett alternativ, eller berätta med egna ord."))

    def validate_text(self, field: Field) -> None:
        if len(field.data or "") > MAX_TEXT:
            raise ValidationError(too_long(len(field.data) - MAX_TEXT))


class CodeForm(PageForm):
    code = StringField(_l("Din kod"), description=_l("Tolv tecken, till exempel 7F4R-9M2X-HKWA."))


def too_long(extra: int) -> str:
    words: str = ngettext(
        "Texten är för lång. Ta bort %(num)d tecken.", "Texten är för lång. Ta bort %(num)d tecken.", extra
    )
    return words
