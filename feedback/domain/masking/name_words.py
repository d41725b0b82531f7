"""The words of a text as the name rules see them, and what the name lists know of each."""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from feedback.domain.masking.name_lists import Phrases, context, key, name_lists, place_phrases

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
SHORTEST_SMALL = 3
# The endings of Swedish, and of Finnish and Polish, each with the shortest name it is looked for at.
_GENITIVES = {"s": 2, "'s": 2}
_CASES = (
    _GENITIVES
    | dict.fromkeys(("n", "a"), 5)
    | dict.fromkeys(("lle", "lla", "lta", "ssa", "sta", "em", "owi", "iem"), 4)
)


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
    if not word.capital and len(word.key) < SHORTEST_SMALL:
        return False
    return any(name_lists().sure(name, word.capital) for name in bases(word))


def known(word: Word) -> bool:
    """Is in the lists, though it may be another word too."""
    return any(name_lists().holds(name) for name in bases(word))


def bases(word: Word) -> Iterator[str]:
    """The word as it is, and without its ending if it is no ordinary word."""
    yield word.key
    if word.key in context().ordinary:
        return
    for ending, shortest in (_CASES if word.capital else _GENITIVES).items():
        base = word.key.removesuffix(ending)
        if (
            base != word.key
            and len(base) >= shortest
            and (ending in _GENITIVES or base not in name_lists().words)
        ):
            yield base
    if word.capital and word.key.endswith("sen"):
        yield word.key.removesuffix("sen") + "nen"
