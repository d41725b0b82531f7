"""The promise catalogue: every text a draft can be written from, checked when it is read."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from string import Formatter
from types import MappingProxyType
from typing import Any, get_origin

from feedback.domain.catalogue import CatalogueError, names, read
from feedback.domain.owners import externals, functions, givers, givers_in, givers_of, municipalities, needs
from feedback.domain.themes import themes
from feedback.domain.words import Cues
from feedback.domain.workdays import SEASONS

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "victim_dialogue": "Bättre dialog med den som utsatts för brott",
        "environment_inventory": "Genomgång av den fysiska miljön",
        "safety_dialogue": "Trygghetsdialog och trygghetsvandring",
        "visible_presence": "Synlig närvaro på plats",
        "traffic_enforcement": "Kontroller som förebygger och beivrar trafikbrott",
        "public_space": "Tryggare offentliga platser",
        "lighting": "Ljus",
        "upkeep": "Röjning, städning och lagning",
        "road_safety": "Säkrare gator och vägar",
        "school_safety": "Trygg skola och skolväg",
        "youth_meeting": "Något att göra för unga",
        "supervision": "Tillsyn och kontroll",
        "crime_prevention": "Skydd mot brott",
        "information": "Kunskap och stöd",
    }
)
PLACEHOLDERS = frozenset(
    {
        *("Givers", "givers", "kommun", "kommuns", "bolag", "external"),
        *("i_place", "in_spot", "i_kommun", "there", "at_times", "hours"),
        *("start", "due", "follow_up", "target"),
    }
)
TITLE_LENGTH = 70
_TYPES: Mapping[object, str] = {tuple: "a list", int: "a whole number", str: "a text"}
_TEXTS = ("title", "doing", "outcome", "measure")


@dataclass(frozen=True)
class PromiseText:
    """One text of the catalogue.

    themes: what it answers. kind: a key of KINDS. needs, words: what in the reports speaks for it (``words`` in the
    cue language). givers, owner, external: slugs of owners.py. title, doing, outcome, measure: Swedish with
    placeholders. at: cues, one of which the name of the place or several reports must hold. target with unit: the number that is measured. weeks: until it is due. months: from due until the
    result is told. season: a key of SEASONS. spot: a key of spots.toml. municipalities: where it can be used.
    """

    id: str
    themes: tuple[str, ...]
    kind: str
    givers: tuple[str, ...]
    owner: str
    title: str
    doing: str
    outcome: str
    measure: str
    target: int
    unit: str
    weeks: int
    months: int
    needs: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    external: str | None = None
    season: str | None = None
    spot: str | None = None
    municipalities: tuple[str, ...] = ()


@dataclass(frozen=True)
class Spot:
    """A kind of place inside a place; see the comment in spots.toml."""

    at: str
    all: str
    among: str


@cache
def promise_texts() -> tuple[PromiseText, ...]:
    """Every text in the order of the files. Raises CatalogueError that names file, entry and mistake."""
    found: dict[str, PromiseText] = {}
    for file in names("promises"):
        for number, row in enumerate(read(file).get("promise", ()), start=1):
            text = _entry(file, number, row)
            if mistakes := list(_mistakes(text)):
                raise _wrong(file, number, row, "; ".join(mistakes))
            if text.id in found:
                raise _wrong(file, number, row, "the id is used twice")
            found[text.id] = text
    return tuple(found.values())


@cache
def texts_for(theme: str, municipality: str) -> tuple[PromiseText, ...]:
    """The texts that answer a theme in a municipality, in the order of the catalogue."""
    return tuple(
        text
        for text in promise_texts()
        if theme in text.themes
        and givers_in(municipality, text.givers)
        and municipality in (text.municipalities or municipalities())
    )


@cache
def text_cues() -> Cues:
    """The words that speak for each text; the label of a hit is the id of the text."""
    return Cues({text.id: text.words for text in promise_texts()})


@cache
def place_cues() -> Cues:
    """The words that a place must have for the texts that suit only some places; the label is the id of the text."""
    return Cues({text.id: text.at for text in promise_texts() if text.at})


@cache
def spots() -> dict[str, Spot]:
    """The kinds of place by slug."""
    return {slug: Spot(row["at"], row["all"], row["among"]) for slug, row in read("spots.toml").items()}


@cache
def spot_cues() -> Cues:
    """The words of a place name that show what kind of place it is; the label of a hit is the spot."""
    return Cues({slug: row["words"] for slug, row in read("spots.toml").items()})


def _wrong(file: str, number: int, row: Mapping[str, Any], reason: str) -> CatalogueError:
    entry = f'id = "{row["id"]}"' if "id" in row else "[[promise]]"
    return CatalogueError.at(file, entry, f"(number {number}) {reason}")


def _entry(file: str, number: int, row: Mapping[str, Any]) -> PromiseText:
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in row.items()
    }
    for field in fields(PromiseText):
        wanted = get_origin(field.type) or field.type
        if wanted not in (tuple, int):
            wanted = str
        if field.name in values and type(values[field.name]) is not wanted:
            raise _wrong(file, number, row, f"{field.name} must be {_TYPES[wanted]}")
    try:
        return PromiseText(**values)
    except TypeError as error:
        reason = str(error).removeprefix("PromiseText.__init__() ")
        raise _wrong(file, number, row, reason) from None


def _mistakes(text: PromiseText) -> Iterator[str]:
    """What is wrong with an entry, in words for the person who edits the file."""
    known: dict[str, tuple[tuple[str, ...], Mapping[str, object]]] = {
        "theme": (text.themes, themes()),
        "kind": ((text.kind,), KINDS),
        "need": (text.needs, needs()),
        "giver": (text.givers, givers()),
        "owner": ((text.owner,), functions()),
        "external": ((text.external,) if text.external else (), externals()),
        "season": ((text.season,) if text.season else (), SEASONS),
        "spot": ((text.spot,) if text.spot else (), spots()),
        "municipality": (text.municipalities, dict.fromkeys(municipalities())),
    }
    unknown = [
        f"unknown {what} {name}" for what, (used, all_) in known.items() for name in used if name not in all_
    ]
    if unknown:
        yield from unknown
        return
    try:
        Cues({text.id: text.words + text.at})
    except ValueError as error:
        yield str(error)
    if not text.themes or not text.givers:
        yield "themes and givers must not be empty"
    if min(text.target, text.weeks, text.months) < 1:
        yield "target, weeks and months must be 1 or more"
    for municipality in text.municipalities or municipalities():
        if not givers_of(functions()[text.owner][municipality]) & set(givers_in(municipality, text.givers)):
            yield f"the owner {text.owner} belongs to none of the givers in {municipality}"
    for part in _TEXTS:
        yield from (f"{part}: {mistake}" for mistake in _text_mistakes(getattr(text, part)))
    if len(text.title.replace("{i_place}", "i Degerfors")) > TITLE_LENGTH:
        yield f"title: longer than {TITLE_LENGTH} characters"


def _text_mistakes(text: str) -> Iterator[str]:
    if not text.strip() or re.search(r"\s\s|^\s|\s$", text):
        yield "empty, or spaces too many"
    try:
        used = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError as error:
        yield str(error)
    else:
        yield from (f"unknown placeholder {{{name}}}" for name in sorted(used - PLACEHOLDERS))
