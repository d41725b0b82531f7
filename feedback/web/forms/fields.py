"""Fields whose complaints are our own words."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, RadioField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget


def row_number(written: str | None) -> int | None:
    """What was sent as the number of a row or revision, or None when it cannot be one."""
    written = written or ""
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else None


class Number(IntegerField):
    """A whole number of zero or more."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        written = str(valuelist[0]).replace(" ", "") if valuelist else ""
        if not written:
            return
        if not written.isascii() or not written.isdigit() or len(written) > 9:
            raise ValueError(_l("Skriv ett helt tal."))
        self.data = int(written)


class Day(DateField):
    """A date as the browser's own date field sends it, or as it is written: 2026-11-23."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        if not (valuelist and str(valuelist[0]).strip()):
            return
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_l("Skriv datumet så här: 2026-11-23.")) from None


class TickBoxes(SelectMultipleField):
    """Several of a list, one box each."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class Choices(TickBoxes):
    """Tick boxes for residents. What is not on the list is dropped: an old page must not stop a report."""

    data: list[str]

    def pre_validate(self, form: Any) -> None:
        known = {choice.value for choice in self.choices or ()}
        self.data = [value for value in self.data or () if value in known]


class Choice(RadioField):
    """Radio buttons for residents, none chosen at first. An unknown answer counts as no answer."""

    data: str | None

    def pre_validate(self, form: Any) -> None:
        if self.data not in {choice.value for choice in self.choices or ()}:
            self.data = None
