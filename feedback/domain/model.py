"""The trained model: weights per theme for pieces of words, for cues and for the meaning of a text.

``bench/train.py`` makes the file from the examples in catalogue/examples; nothing here learns. Two linear readers
vote, one by words and cues, one by meaning; ``trust`` says how much each vote counts, so that the shares are as
often right as they say (platt scaling on writers the readers had not seen).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from feedback.domain.catalogue import FOLDER, CatalogueError
from feedback.domain.themes import themes

FILE = FOLDER / "model.npz"
UNSURE = "unsure"
"""What the model calls a text that says too little to choose a theme."""

Votes = NDArray[np.float64]
"""One number per label; the softmax of votes are shares."""


@dataclass(frozen=True)
class Model:
    """Shapes: labels (L,), word_weights (BUCKETS, L) times word_scale (L,), cue_weights (cue columns, L),
    meaning_weights (SIZE, L), example_meanings (examples, SIZE) times 1/127, the rest as named.
    """

    labels: tuple[str, ...]
    word_weights: NDArray[np.int8]
    word_scale: NDArray[np.float32]
    word_bias: NDArray[np.float32]
    cue_weights: NDArray[np.float32]
    meaning_centre: NDArray[np.float32]
    meaning_weights: NDArray[np.float32]
    meaning_bias: NDArray[np.float32]
    trust_alone: float
    trust_words: float
    trust_meaning: float

    def by_words(self, pieces: NDArray[np.int32], cues: NDArray[np.float32]) -> Votes:
        """Votes by what stands in the text."""
        counted = self.word_weights[pieces].sum(0, dtype=np.int32) * self.word_scale
        pieces_say = counted / max(len(pieces), 1) ** 0.5
        return np.asarray(pieces_say + cues @ self.cue_weights + self.word_bias, np.float64)

    def by_meaning(self, meaning: NDArray[np.float32]) -> Votes:
        """Votes by a vector of ``meaning.meanings``."""
        return np.asarray(self.centred(meaning) @ self.meaning_weights + self.meaning_bias, np.float64)

    def centred(self, meaning: NDArray[np.float32]) -> NDArray[np.float32]:
        """The meaning less what all texts have in common, length 1: otherwise everything is alike."""
        moved = meaning - self.meaning_centre
        return np.asarray(moved / max(float(np.linalg.norm(moved)), 1e-6), np.float32)

    def together(self, by_words: Votes, by_meaning: Votes | None) -> Votes:
        """The votes of both readers, or of the first alone."""
        if by_meaning is None:
            return self.trust_alone * by_words
        return self.trust_words * by_words + self.trust_meaning * by_meaning

    def piece_votes(self, words: Sequence[NDArray[np.int32]], label: str) -> list[float]:
        """How much the pieces of each word speak for a label, more than for the labels in the mean."""
        ends = np.cumsum([len(pieces) for pieces in words])
        weights = self.word_weights[np.concatenate(words)] * self.word_scale
        summed = np.add.reduceat(weights[:, self.labels.index(label)] - weights.mean(1), [0, *ends[:-1]])
        return [float(vote) for vote in summed]


@cache
def model() -> Model:
    """The shipped model. Raises CatalogueError when the file is missing or knows other themes."""
    try:
        with np.load(FILE) as file:
            stored = {name: file[name] for name in file.files}
    except (OSError, ValueError) as error:
        raise CatalogueError(f"model.npz: {error}; `make train` makes it anew") from None
    labels = tuple(str(label) for label in stored.pop("labels"))
    if set(labels) != {*themes(), UNSURE}:
        raise CatalogueError("model.npz: it was trained on other themes; `make train` makes it anew")
    trust = stored.pop("trust")
    return Model(labels, **stored, trust_alone=trust[0], trust_words=trust[1], trust_meaning=trust[2])


def shares(votes: Votes) -> Votes:
    """Votes as shares that make 1."""
    raised = np.exp(votes - votes.max())
    share: Votes = raised / raised.sum()
    return share
