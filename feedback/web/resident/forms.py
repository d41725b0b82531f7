"""The resident's forms. Everything is optional but a place and either a choice or a word."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from markupsafe import Markup
from wtforms import Field, HiddenField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice

from feedback.domain.cleaning import MAX_PLACE, MAX_TEXT
from feedback.domain.owners import needs
from feedback.domain.placelist import Place
from feedback.domain.themes import focus_areas
from feedback.web.forms.base import PageForm
from feedback.web.forms.fields import Choice, Choices
from feedback.web.locale import translated
from feedback.web.public_words import AGES, FEELS_SAFE, OFTEN, RELATIONS, SAFETY, TIMES

MOST_AREAS = 2
UNSURE = "unsure"


def choices(words: Mapping[str, Any]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in words.items()]


class ReportForm(PageForm):
    municipality = Choice(_l("Vilken kommun?"))
    # The places that "Sök plats" found.
    place_found = Choice(_l("Menar du någon av de här platserna?"))
    place = StringField(
        _l("Vilken plats gäller det?"),
        description=_l(
            "Skriv till exempel en gata, ett torg, en busshållplats eller en skola. "
            "Skriv inte lägenhetsnummer eller vem som bor där."
        ),
    )
    searched = HiddenField()  # the words that led to the places found
    safe_light = Choice(_l("När det är ljust ute"), choices=choices(SAFETY))
    safe_dark = Choice(_l("När det är mörkt ute"), choices=choices(SAFETY))
    areas = Choices(_l("Vad handlar det om?"), description=_l("Välj högst två."))
    text = TextAreaField(
        _l("Berätta med egna ord"),
        description=_l(
            "Beskriv platsen och vad som händer. Skriv inte namn, registreringsnummer eller annat som "
            "pekar ut en person eller grupp."
        ),
    )
    stamp = HiddenField()
    # The number the phone gave this report, so that sending it again is no second report.
    key = HiddenField()
    reviewed = HiddenField()
    # Filled in by robots only: it is hidden from people and from screen readers.
    website = StringField()

    def __init__(
        self,
        *args: Any,
        municipalities: Mapping[str, str],
        poster: Any = None,
        places: Sequence[Place] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.poster = poster
        self.municipality.choices = choices(municipalities)
        self.place_found.choices = choices({
            place.key: Markup('<bdi lang="sv">{}, {}</bdi>').format(place.name, municipalities[place.municipality])
            for place in places
        })  # fmt: skip
        self.areas.choices = [
            *choices(FEELS_SAFE),
            *choices({area.slug: translated(area.name) for area in focus_areas().values()}),
            SelectChoice(UNSURE, _l("Jag är inte säker")),
        ]
        self.found_in: str | None = None

    @property
    def chosen_place(self) -> str | None:
        """The key of the place chosen among those found; words typed after the search count for more."""
        return self.place_found.data if (self.place.data or "") == (self.searched.data or "") else None

    @property
    def examples(self) -> dict[str, Any]:
        """The line under each focus area."""
        return {area.slug: translated(area.example) for area in focus_areas().values()}

    def validate_place(self, field: Field) -> None:
        if not (self.poster or field.data or self.chosen_place):
            raise ValidationError(_l("Välj eller skriv en plats."))
        if len(field.data or "") > MAX_PLACE:
            raise ValidationError(too_long(len(field.data) - MAX_PLACE))

    def validate_municipality(self, field: Field) -> None:
        if self.place.data and not field.data and not self.found_in:
            raise ValidationError(_l("Välj kommun."))

    def validate_areas(self, field: Field) -> None:
        if len(set(field.data or ()) - FEELS_SAFE.keys()) > MOST_AREAS:
            raise ValidationError(_l("Välj högst två."))
        if not field.data and not self.text.data:
            raise ValidationError(_l("Välj minst ett alternativ, eller berätta med egna ord."))

    def validate_text(self, field: Field) -> None:
        # What stands for a masked name may be longer than the name.
        most = MAX_TEXT * (2 if self.reviewed.data else 1)
        if len(field.data or "") > most:
            raise ValidationError(too_long(len(field.data) - most))


class DetailsForm(PageForm):
    """What may be told when the report is safely stored. The code says which report."""

    code = HiddenField()
    times = Choices(_l("När känns det så?"), choices=choices(TIMES))
    often = Choice(_l("Hur ofta händer det?"), choices=choices(OFTEN))
    needs = Choices(_l("Vad skulle hjälpa?"))
    age = Choice(_l("Hur gammal är du?"), choices=choices(AGES))
    relation = Choice(_l("Vad gör du här?"), choices=choices(RELATIONS))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs.choices = choices({slug: translated(name) for slug, name in needs().items()})


class CodeForm(PageForm):
    code = StringField(_l("Din kod"), description=_l("Tolv tecken, till exempel 7F4R-9M2X-HKWA."))


class MoreForm(PageForm):
    """One more thing to a report that nobody has read yet."""

    code = HiddenField()
    text = TextAreaField(
        _l("Lägg till något"), description=_l("Du kan göra det en gång, innan någon har läst din rapport.")
    )

    def validate_text(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(_l("Skriv något först."))
        if len(field.data) > MAX_TEXT:
            raise ValidationError(too_long(len(field.data) - MAX_TEXT))


def too_long(extra: int) -> str:
    words: str = ngettext(
        "Texten är för lång. Ta bort %(num)d tecken.", "Texten är för lång. Ta bort %(num)d tecken.", extra
    )
    return words
