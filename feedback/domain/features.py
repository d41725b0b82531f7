"""A text as numbers: pieces of its words, what the cues say of it, and how the meaning is read.

All three leave out placeholders and signs that are no words: what was masked, or a smiley, tells no theme.
"""

import re
import zlib
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from feedback.domain.lexicon import Reading
from feedback.domain.masking.reading import PLACEHOLDERS
from feedback.domain.themes import themes
from feedback.domain.words import REMEMBERED_TEXTS, REMEMBERED_WORDS, Token, ringless

BUCKETS = 2**15
"""How many numbers the pieces of words share."""
PIECES = (2, 3, 4, 5)
CUE_WEIGHT = 9.0
"""What the weights of cues are divided by, so that they count beside the pieces and do not drown them."""
SIGNALS = ("fear", "trouble", "telling", "wish", "vague")
MOST_SIGNALS = 2
LONGEST_MEANING = 600

_PLACEHOLDER = re.compile("|".join(map(re.escape, sorted(PLACEHOLDERS.values()))))
_NO_WORDS = re.compile(r"[^\w\s.,;:!?'’%&/()-]+")


def readable(text: str) -> str:
    """The text without placeholders, each of them a blank as long, so that places in it stay the same."""
    return _PLACEHOLDER.sub(lambda match: " " * len(match.group()), text)


def plain(text: str) -> str:
    """The text as its meaning is read: lower case, words and punctuation alone, at most so long.

    The time to read a meaning grows with the length (ecosystem: 300 words take more than a second).
    """
    return " ".join(_NO_WORDS.sub(" ", readable(text).lower()).split())[:LONGEST_MEANING]


@lru_cache(REMEMBERED_TEXTS)
def pieces(words: tuple[Token, ...]) -> NDArray[np.int32]:
    """The buckets of the words, of their beginnings, middles and ends, and of neighbours; each bucket once."""
    found = [pieces_of_word(word.text) for word in words]
    found += [_bucket_array(f"{a.text} {b.text}") for a, b in pairwise(words)]
    return np.unique(np.concatenate(found)) if found else np.empty(0, np.int32)


@lru_cache(REMEMBERED_WORDS)
def pieces_of_word(word: str) -> NDArray[np.int32]:
    """The buckets of one folded word. The same with and without å, ä and ö."""
    framed = f"<{ringless(word)}>"
    parts = {framed, *(framed[at : at + size] for size in PIECES for at in range(len(framed) - size + 1))}
    return np.array(sorted({_bucket(part) for part in parts}), np.int32)


def _bucket_array(part: str) -> NDArray[np.int32]:
    return np.array([_bucket(ringless(part))], np.int32)


def _bucket(part: str) -> int:
    return zlib.crc32(part.encode()) % BUCKETS


@cache
def _column() -> dict[str, int]:
    return {theme: at for at, theme in enumerate(themes())}


def cue_columns() -> int:
    return 2 * len(_column()) + len(SIGNALS) + 2


def cues(readings: Iterable[Reading]) -> NDArray[np.float32]:
    """What the cue lists say: per theme its heaviest problem word and its heaviest thing, then the signals."""
    column = _column()
    found = np.zeros(cue_columns(), np.float32)
    for reading in readings:
        for one in reading.evidence:
            at = column[one.theme] + (0 if one.problem else len(column))
            found[at] = max(found[at], one.weight / CUE_WEIGHT)
        said = [min(getattr(reading, name), MOST_SIGNALS) / CUE_WEIGHT for name in SIGNALS]
        said += [bool(reading.denied) / CUE_WEIGHT, reading.complains / CUE_WEIGHT]
        found[-len(said) :] = np.maximum(found[-len(said) :], said)
    return found
