"""The name lists of the catalogue, and the one spelling in which names are compared."""

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from feedback.domain.catalogue import FOLDER, CatalogueError, read

_LETTERS = str.maketrans(
    {"ł": "l", "ı": "i", "ø": "ö", "æ": "ä", "đ": "d", "ی": "ي", "ک": "ك", "ة": "ه", "ё": "е", "ґ": "г"}
)
_PLAIN = str.maketrans("åäö", "aao")
# What last names end in: the first in any word, the others after a first name.
SURNAMES = (
    "kvist",
    "qvist",
    "quist",
    "ström",
    "strom",
    "stedt",
    "löf",
    "lund",
    "holm",
    "berg",
    "borg",
    "gren",
    "dahl",
)
SHORTEST_SURNAME = 6
_SLAVIC = ("czyk", "owski", "owska", "enko", "енко", "ович")
SHORTEST_PLAIN = 5
LONG_NOUN = 5
_WORD_LISTS = (
    "filler",
    "person",
    "role",
    "before_name",
    "particle",
    "part_of_name",
    "at_place",
    "private_thing",
    "doing",
    "after_name",
    "place_noun",
    "business",
    "floor",
    "place_before",
    "ordinary",
    "not_plates",
)

Phrases = Mapping[str, Sequence[tuple[str, ...]]]


def key(word: str) -> str:
    """Lower case without accents, but with å, ä and ö: "Łukasz" and "lukasz" are one name, "Måns" and "mans" two."""
    lowered = word.lower().translate(_LETTERS)
    if lowered.isascii():
        return lowered
    return "".join(sign if sign in "åäö" else unicodedata.normalize("NFD", sign)[0] for sign in lowered)


@dataclass(frozen=True)
class NameLists:
    """All sets hold keys. ``words`` are ordinary words also when capital, ``small`` only when in lower case."""

    first: frozenset[str]
    last: frozenset[str]
    words: frozenset[str]
    small: frozenset[str]

    def holds(self, name: str) -> bool:
        return name in self.first or name in self.last

    def sure(self, name: str, capital: bool) -> bool:
        """Can hardly be anything but a name."""
        known = self.holds(name) or name.endswith("sson") or (capital and name.endswith(_SLAVIC))
        return known and name not in self.words and (capital or name not in self.small)


@dataclass(frozen=True)
class Context:
    """Words around names, from names/context.toml. The phrases are by their first word."""

    naming: Phrases
    keep: Phrases
    things: tuple[str, ...]
    place_ending: tuple[str, ...]
    filler: frozenset[str]
    person: frozenset[str]
    role: frozenset[str]
    before_name: frozenset[str]
    particle: frozenset[str]
    part_of_name: frozenset[str]
    at_place: frozenset[str]
    private_thing: frozenset[str]
    doing: frozenset[str]
    after_name: frozenset[str]
    place_noun: frozenset[str]
    business: frozenset[str]
    floor: frozenset[str]
    place_before: frozenset[str]
    ordinary: frozenset[str]
    not_plates: frozenset[str]

    @cached_property
    def long_place_nouns(self) -> tuple[str, ...]:
        """Those that are still known when an ending of another language follows ("kioskin")."""
        return tuple(sorted(noun for noun in self.place_noun if len(noun) >= LONG_NOUN))


@cache
def name_lists() -> NameLists:
    """The names of names/*.txt. Raises CatalogueError when a file is missing or a marked word is no name."""
    first, last = _words("first.txt"), _words("last.txt")
    words, small = _words("words.txt"), _words("lower.txt")
    for file, marked in (("words.txt", words), ("lower.txt", small)):
        if unknown := marked - first - last:
            raise CatalogueError(f"names/{file}: not in first.txt or last.txt: {', '.join(sorted(unknown))}")
    first, last, words, small = (names | _typed_plainly(names) for names in (first, last, words, small))
    return NameLists(first, last, words, small | {"hakan"})


@cache
def context() -> Context:
    """Raises CatalogueError when names/context.toml lacks a list or has one too many."""
    lists = read("names/context.toml")
    try:
        return Context(
            naming=phrases(lists["naming"]),
            keep=phrases(lists["keep"]),
            things=tuple(lists["things"]),
            place_ending=tuple(lists["place_ending"]),
            **{name: frozenset(map(key, lists[name])) for name in _WORD_LISTS},
        )
    except KeyError as missing:
        raise CatalogueError(f"names/context.toml: the list {missing} is missing") from None


def phrases(written: Iterable[str]) -> Phrases:
    """Phrases as words, by their first word."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in written:
        words = tuple(key(word) for word in phrase.replace("&", " ").replace("-", " ").split())
        if words:
            found.setdefault(words[0], []).append(words)
    return found


@lru_cache(maxsize=16)
def _place_phrases(place_names: frozenset[str]) -> Phrases:
    return phrases(place_names)


def place_phrases(place_names: Collection[str]) -> Phrases:
    """The same for place names; the latest collections are remembered."""
    return _place_phrases(frozenset(place_names))


def _typed_plainly(names: Iterable[str]) -> frozenset[str]:
    """The names with å, ä or ö as they are typed without them, where they are long enough to be told apart."""
    return frozenset(name.translate(_PLAIN) for name in names if len(name) >= SHORTEST_PLAIN)


def _words(file: str) -> frozenset[str]:
    try:
        lines = (FOLDER / "names" / file).read_text("utf-8").splitlines()
    except (FileNotFoundError, UnicodeDecodeError) as error:
        raise CatalogueError(f"names/{file}: {error}") from None
    return frozenset(key(word) for line in lines if not line.startswith("#") for word in line.split())
