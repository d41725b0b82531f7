"""What a promise's wording holds: vague and concrete words, gaps, dates and places. The lists are in vetting.toml."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from feedback.domain.catalogue import read
from feedback.domain.words import Cues
from feedback.domain.workdays import MONTHS

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_GAP = re.compile(r"\[[^\]]{0,80}\]|\{[^}]{0,80}\}|\b(?:XX+|NN)\b|_{2,}|\.{3,}|…")
_DATE = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b", re.IGNORECASE)
_NAMED_PLACE = re.compile(
    r"\b(?:i|på|vid|längs|runt|kring|utanför|mellan|genom|under)\s+(?:[a-zåäöé-]+\s+){0,2}[A-ZÅÄÖ][\wåäö-]+"
)


def sentences(text: str) -> list[str]:
    """The sentences of a text, at least one."""
    return _SENTENCE.split(text)


def gaps(text: str) -> list[str]:
    """Places left to fill in: [datum], {plats}, XX, ____."""
    return _GAP.findall(text)


def names_place(text: str) -> bool:
    """A name after a preposition of place: "i Skranta", "längs stråket vid Letälven"."""
    return bool(_NAMED_PLACE.search(text))


def dates_in(text: str) -> Iterator[date]:
    """The dates written out with day, month and year; days that do not exist are passed over."""
    for number, month, year in _DATE.findall(text):
        try:
            yield date(int(year), MONTHS.index(month.lower()) + 1, int(number))
        except ValueError:
            continue


def heard(listed: str, text: str) -> bool:
    """The text holds something on that list of vetting.toml."""
    return bool(_cues(listed).find(text))


def quoted(listed: str, text: str) -> str:
    """The words of a list as they stand in the text: ”löpande”, ”vid behov”. Empty when there are none."""
    return ", ".join(
        dict.fromkeys(f"”{text[hit.start : hit.end].lower()}”" for hit in _cues(listed).find(text))
    )


def limit(name: str) -> int:
    """A number of vetting.toml."""
    return int(read("vetting.toml")[name])


@cache
def _cues(listed: str) -> Cues:
    return Cues({listed: read("vetting.toml")[listed]})
