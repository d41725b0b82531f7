"""Danger that is told without the words for it: a reader taught with written examples.

``bench/train_flags.py`` makes catalogue/flags.npz; nothing here learns. Two readers vote for each of the four dangers
and for danger of any kind: one by pieces of words, one by how near the meaning of the text lies to that of the texts
it was taught with (support vectors, radial kernel). Where the text is long its sentences are read one by one too: the
one that matters may hide among many about lamps.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from feedback.domain.catalogue import FOLDER, CatalogueError
from feedback.domain.features import pieces, plain, readable
from feedback.domain.meaning import Vector, is_installed, meaning
from feedback.domain.model import Votes
from feedback.domain.rings import with_rings
from feedback.domain.words import tokens

FILE = FOLDER / "flags.npz"
ANY = "any"
"""The label of danger of any kind, beside the four flags."""
LONG = 40  # words
WORDS_BESIDE = 0.5
"""How much the votes by words count beside those by meaning."""
_SENTENCES = re.compile(r"(?<=[.!?…\n])\s+")


@dataclass(frozen=True)
class Reader:
    """Shapes: labels (L,), word_weights (BUCKETS, L) times word_scale (L,), centre (SIZE,), vectors (taught, SIZE)
    times 1/127, pull (taught, L), the biases (L,). A text is dangerous whose votes together pass ``enough``; more votes
    are asked for by words alone, and of a sentence out of its text.
    """

    labels: tuple[str, ...]
    word_weights: NDArray[np.int8]
    word_scale: NDArray[np.float32]
    word_bias: NDArray[np.float32]
    centre: NDArray[np.float32]
    vectors: NDArray[np.int8]
    pull: NDArray[np.float32]
    bias: NDArray[np.float32]
    width: float
    enough_words: float
    enough: float
    enough_in_part: float

    def by_words(self, text: str) -> Votes:
        parts = pieces(tokens(readable(text)))
        counted = self.word_weights[parts].sum(0, dtype=np.int32) * self.word_scale
        return np.asarray(counted / max(len(parts), 1) ** 0.5 + self.word_bias, np.float64)

    def by_meaning(self, sense: Vector) -> Votes:
        """The nearer a taught text, the stronger it pulls."""
        moved = sense - self.centre
        moved /= max(float(np.linalg.norm(moved)), 1e-6)
        taught = self.vectors.astype(np.float32) / 127
        away = (taught**2).sum(1) + float(moved @ moved) - 2 * (taught @ moved)
        return np.asarray(np.exp(-self.width * away) @ self.pull + self.bias, np.float64)

    def heard(self, votes: Votes, enough: float) -> str | None:
        """The likeliest danger when the text is dangerous at all."""
        kinds = votes[1:]
        return self.labels[1 + int(kinds.argmax())] if votes[0] + kinds.max() > enough else None


@cache
def reader() -> Reader:
    """The shipped reader. Raises CatalogueError when the file is missing."""
    try:
        with np.load(FILE) as file:
            stored = {name: file[name] for name in file.files}
    except (OSError, ValueError) as error:
        raise CatalogueError(f"flags.npz: {error}; `make train` makes it anew") from None
    labels = tuple(str(label) for label in stored.pop("labels"))
    width, enough_words, enough, enough_in_part = stored.pop("numbers")
    return Reader(
        labels,
        **stored,
        width=width,
        enough_words=enough_words,
        enough=enough,
        enough_in_part=enough_in_part,
    )


def dangers(text: str, by_meaning: bool) -> set[str]:
    """The danger that is heard in the text or, by its meaning, in one of its sentences."""
    known = reader()
    if not (by_meaning and is_installed()):
        found = {known.heard(known.by_words(text), known.enough_words)}
    else:
        found = {known.heard(_votes(text), known.enough)}
        found |= {known.heard(_votes(part), known.enough_in_part) for part in _parts(text)}
    return {flag for flag in found if flag}


def _votes(text: str) -> Votes:
    known = reader()
    return WORDS_BESIDE * known.by_words(text) + known.by_meaning(meaning(plain(with_rings(text))))


def _parts(text: str) -> Iterator[str]:
    """The sentences of a long text, short ones with the next."""
    if len(text.split()) <= LONG:
        return
    held = ""
    for sentence in _SENTENCES.split(text):
        held = f"{held} {sentence}".strip()
        if len(held.split()) >= LONG // 4:
            yield held
            held = ""
    if held:
        yield held
