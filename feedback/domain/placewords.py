"""A place as people write it, taken apart: "sandvikstunneln" and "vid tunneln i Sandviken" have the same parts."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from feedback.domain.catalogue import CatalogueError, read
from feedback.domain.words import Token, fold, tokens

FILE = "place_words.toml"

_DOUBLED = re.compile(r"([^\W\d])\1+")
_MASKED = re.compile(r"\[[^\]\[]*\]")
_ROAD = re.compile(r"\b(e)\s(\d{1,2})\b", re.IGNORECASE)  # "E 18"
_HOUSE_NUMBER = re.compile(r"\d+[a-z]?|[a-h]")
_DEFINITE = ("arna", "orna", "erna", "en", "et", "an", "ar", "or", "er", "a", "e")
_SHORTEST_STEM = 3
_SHORTEST_COMPOUND = 2


@dataclass(frozen=True)
class PlaceWords:
    """The catalogue file, in bare letters. ``heads`` maps every written form to its kind, longest form first."""

    heads: dict[str, str]
    narrowing: frozenset[str]
    streets: frozenset[str]
    areas: frozenset[str]
    prepositions: frozenset[str]
    fillers: frozenset[str]


@cache
def place_words() -> PlaceWords:
    """Read place_words.toml. Raises CatalogueError when a list is missing or names an unknown kind of place."""
    file = read(FILE)
    try:
        forms = {
            written: bare(kind)
            for kind, forms in file["heads"].items()
            for form in forms
            for case in _cases(form)
            for written in (bare(case), squeezed(bare(case)))
        }
        narrowing, streets, areas, prepositions, fillers = (
            frozenset(bare(word) for word in file[key])
            for key in ("narrowing", "streets", "areas", "prepositions", "fillers")
        )
    except KeyError as error:
        raise CatalogueError(f"{FILE}: {error.args[0]} is missing") from None
    unknown = (narrowing | streets | areas) - set(forms.values())
    if unknown:
        raise CatalogueError(f"{FILE}: not among the heads: {', '.join(sorted(unknown))}")
    heads = dict(sorted(forms.items(), key=lambda form: (-len(form[0]), form[0])))
    return PlaceWords(heads, narrowing, streets, areas, prepositions, fillers)


def _cases(form: str) -> tuple[str, ...]:
    """A definite form also with the s of an owner: "Skrantaskolans gård"."""
    return (form, f"{form}s") if form.endswith(("n", "t")) else (form,)


def bare(word: str) -> str:
    """Folded and without accents and rings: "Åtorp" reads "atorp"."""
    return "".join(
        sign for sign in unicodedata.normalize("NFKD", fold(word)) if not unicodedata.combining(sign)
    )


def squeezed(word: str) -> str:
    """Doubled letters as one, because they are what people misspell: "tunnel" reads "tunel"."""
    return _DOUBLED.sub(r"\1", word)


@lru_cache(maxsize=65_536)
def parts_of(word: str) -> tuple[str, ...]:
    """The parts of one word: () for a filler, ("sandvik", "tunnel") for "sandvikstunneln"."""
    written, known = bare(word), place_words()
    if written in known.prepositions or written in known.fillers:
        return ()
    if written in known.heads:
        return (known.heads[written],)
    for form, kind in known.heads.items():
        rest = written.removesuffix(form)
        if rest == written or len(rest) < _SHORTEST_COMPOUND:
            continue
        if kind in known.areas:
            return (_stem(rest),)
        # "gångtunneln" and "cykelvägen" are what others call the tunnel and the path.
        return (kind,) if rest in known.fillers else (_stem(rest), kind)
    return (_stem(written),)


def parts(text: str, municipality: str = "") -> frozenset[str]:
    """The parts of a written place, in no order; empty when the words point at no place.

    The municipality's own name adds nothing ("busstationen i Karlskoga"), nor does a house number or a mask.
    """
    home = set(parts_of(municipality)) if municipality else set()
    seen = _ROAD.sub(r"\1\2", _MASKED.sub(" ", text))
    return frozenset(part for _, found in worded(seen) for part in found) - home


def worded(text: str) -> Iterator[tuple[Token, tuple[str, ...]]]:
    """Every word of a text with its parts; house numbers after a street ("12 B") have none."""
    streets, in_address = place_words().streets, False
    for token in tokens(text):
        numbers = in_address and _HOUSE_NUMBER.fullmatch(token.text) is not None
        found = () if numbers else parts_of(token.text)
        in_address = numbers or not streets.isdisjoint(found)
        yield token, found


def _stem(word: str) -> str:
    word = _without(squeezed(word), "s")
    word = next((cut for ending in _DEFINITE if (cut := _without(word, ending)) != word), word)
    word = _without(word, "s")
    return next((cut for ending in "ae" if (cut := _without(word, ending)) != word), word)


def _without(word: str, ending: str) -> str:
    return word.removesuffix(ending) if len(word) - len(ending) >= _SHORTEST_STEM else word
