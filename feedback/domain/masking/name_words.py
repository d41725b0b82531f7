"""The words of a text as the name rules see them, and what the name lists know of each."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import NamedTuple

from feedback.domain.masking.name_lists import Phrases, context, key, name_lists, place_phrases
from feedback.domain.words import REMEMBERED_WORDS

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
SHORTEST_SMALL = 3
_GENITIVES = {"s": 2, "'s": 2}
# The endings that a name gets in Finnish, Polish and Ukrainian, and what stands there when it has none. Only names
# with a big letter are looked at so, and only those of four letters or more: "Markolle", "Tomkowi", "Оленці".
_CASES = tuple(
    (key(ending), key(bare))
    for bare, endings in {
        "": "n in illa ille ilta issa ista ia owie a ä lle lla llä lta ltä ssa ssä sta stä kin ta tä em owi iem emu im ie u y і у ом ем ові еві ю а и ів",
        "nen": "set sen selle sella sellä selta sta seltä sesta sestä sta",
        "ek": "ka ku kowi kiem",
        "iek": "ka ku kowi kiem",
        "a": "e y i ie ej",
        "а": "и і у ою ої е",
        "ia": "i ie",
        "я": "і ї ю ею єю",
        "й": "я ю єм єві",
        "ка": "ці",
        "га": "зі",
        "ха": "сі",
        "ко": "ка ку ком кові",
        "ий": "ого ому им",
        "i": "iego iemu im",
        "y": "ego emu ym",
        "ka": "kiej ce",
        "ska": "skiej",
        "ra": "rze",
    }.items()
    for ending in endings.split()
)
_SHORTEST_BARE = 4
_IS = "ه"  # spoken Persian: "ویکتوره", it is Viktor
_DOUBLED = re.compile(r"([kpt])(?=[aeiouyäö]$)")  # Finnish: Mikko, Mikon
_LONG_VOWEL = re.compile(r"([aeiou])\1")  # Somali: Abdirahman, Abdirahmaan
_SHORTEST_LONG = 7
_PREFIXES = ("و", "ل")  # Arabic writes "and" and "to" as one word with the name


class Word(NamedTuple):
    """``capital``: begins with a big letter. ``gap``: what stands between this word and the one before."""

    key: str
    start: int
    end: int
    capital: bool
    shouted: bool
    gap: str
    blocked: bool

    @property
    def follows(self) -> bool:
        """Written together with the word before, as the parts of a name are."""
        return self.gap in (" ", "  ", "-", " - ")


def read_words(text: str, taken: bytes, place_names: Collection[str]) -> list[Word]:
    """The words in order; those that others have taken and those of known places are blocked."""
    words: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        written, start = match.group(), match.start()
        shouted = len(written) > 1 and written.isupper()
        words.append(
            Word(
                key(written),
                start,
                match.end(),
                written[0].isupper(),
                shouted,
                text[end:start],
                any(taken[start : match.end()]),
            )
        )
        end = match.end()
    for phrases in (context().keep, place_phrases(place_names)):
        _keep(words, phrases)
    return words


def _keep(words: list[Word], phrases: Phrases) -> None:
    """Block the words of known places, so that no rule sees a name in them."""
    for at, word in enumerate(words):
        for phrase in _starting(phrases, word.key):
            end = at + len(phrase)
            if all(_same(part, each.key) for part, each in zip(phrase, words[at:end], strict=False)):
                words[at:end] = [each._replace(blocked=True) for each in words[at:end]]


def _starting(phrases: Phrases, word: str) -> list[tuple[str, ...]]:
    return [*phrases.get(word, ()), *(phrases.get(word[:-1], ()) if word.endswith("s") else ())]


def _same(part: str, word: str) -> bool:
    return word in (part, part + "s")


def sure(word: Word) -> bool:
    """Can hardly be anything but a name, as it is written here."""
    return _sure(word.key, word.capital)


def known(word: Word) -> bool:
    """Is in the lists, though it may be another word too."""
    return any(name_lists().holds(name) for name in bases(word))


def bases(word: Word) -> tuple[str, ...]:
    """The word as it is, and without its ending if it is no ordinary word."""
    return _bases(word.key, word.capital)


@lru_cache(REMEMBERED_WORDS)
def _sure(key: str, capital: bool) -> bool:
    if not capital and len(key) < SHORTEST_SMALL:
        return False
    return any(name_lists().sure(name, capital) for name in _bases(key, capital))


@lru_cache(REMEMBERED_WORDS)
def _bases(key: str, capital: bool) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_without_endings(key, capital)))


def _without_endings(key: str, capital: bool) -> Iterator[str]:
    yield key
    if key in context().ordinary:
        return
    for ending, shortest in _GENITIVES.items():
        if key.endswith(ending) and len(key) - len(ending) >= shortest:
            yield key.removesuffix(ending)
    if key[0] in _PREFIXES and len(key) >= _SHORTEST_BARE:
        yield from _unless_word(key[1:])
    if key.endswith(_IS) and len(key) > _SHORTEST_BARE:
        yield from _unless_word(key.removesuffix(_IS))
    if capital:
        if len(key) >= _SHORTEST_LONG:
            yield from _unless_word(_LONG_VOWEL.sub(r"\1", key))
        for ending, bare in _CASES:
            if key.endswith(ending):
                stem = key.removesuffix(ending) + bare
                if len(stem) >= _SHORTEST_BARE:
                    yield from _unless_word(stem)
                    yield from _unless_word(_DOUBLED.sub(r"\1\1", stem))


def _unless_word(name: str) -> Iterator[str]:
    """Without its ending a name that is also a word says too little."""
    if name not in name_lists().words:
        yield name
