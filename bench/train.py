"""Train the model from the examples: ``make train``, or ``python -m bench.train``.

Two linear readers (support vectors, one against all), one of words and cues, one of meanings. How far each is trusted
is found on writers that the readers did not learn from. The same examples, packages and kind of processor give the
same file, byte for byte. Raises RuntimeError without the extra [embeddings].
"""

import re
import sys
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from sklearn.model_selection import GroupKFold
from sklearn.svm import LinearSVC

from feedback.domain import classification
from feedback.domain.examples import Example, examples
from feedback.domain.features import BUCKETS, cues, pieces, readable
from feedback.domain.meaning import Vectors, meanings
from feedback.domain.model import FILE, UNSURE
from feedback.domain.rings import FILE as RINGS_FILE
from feedback.domain.themes import default_agreement
from feedback.domain.words import ringless, tokens

STRICTNESS_WORDS, STRICTNESS_MEANING = 1.0, 0.3
"""Found on writers the readers had not seen; 0.3 to 3 are nearly as good."""
FOLDS = 6
RINGS = str.maketrans("åäöÅÄÖ", "aaoAAO")
WORD = re.compile(r"[^\W\d_]+")
SHORT, MUCH_OFTENER = 30, 5
ALONE = np.arange(2.0, 12.1, 0.5)
WORDS, MEANING = np.arange(0.5, 5.1, 0.5), np.arange(1.0, 7.1, 0.5)


def main() -> None:
    rows = list(examples())
    print(f"{len(rows)} examples by {len({row.writer for row in rows})} writers", file=sys.stderr)
    bare = [replace(row, text=row.text.translate(RINGS)) for row in rows if row.lang == "sv"]
    by_words = read_words(rows)
    # Swedish is also learnt as typed without å, ä and ö; pieces of words do not see the difference.
    by_meaning = Meanings([*rows, *bare], meanings([row.text for row in [*rows, *bare]]))
    trust = find_trust(rows, by_words, by_meaning)
    print("trust in words alone, words, meaning: ", *trust, file=sys.stderr)
    save(FILE, rows, by_words, by_meaning, trust)
    RINGS_FILE.write_text("\n".join(ringed_words(rows)) + "\n", "utf-8")


class Meanings:
    """The meanings of examples: learns from some writers, answers for others."""

    def __init__(self, rows: list[Example], vectors: Vectors) -> None:
        self.vectors = vectors
        self.labels = np.array([row.theme for row in rows])
        self.writers = np.array([row.writer for row in rows])

    def learn(self, writers: Collection[str]) -> tuple[Vectors, LinearSVC]:
        """The centre of these writers' texts, and a reader taught by them."""
        taught = np.isin(self.writers, list(writers))
        centre = self.vectors[taught].mean(0)
        return centre, learn(self.centred(centre)[taught], self.labels[taught], STRICTNESS_MEANING)

    def centred(self, centre: Vectors) -> Vectors:
        moved = self.vectors - centre
        return moved / np.linalg.norm(moved, axis=1, keepdims=True)


def read_words(rows: list[Example]) -> sp.csr_matrix:
    """Pieces of words, each row of length 1, and the cue columns beside them."""
    said = [cues(classification.readings(readable(row.text), row.lang)) for row in rows]
    return sp.hstack([pieces_of([row.text for row in rows]), sp.csr_matrix(np.array(said))]).tocsr()


def pieces_of(texts: Sequence[str]) -> sp.csr_matrix:
    """Shape (texts, BUCKETS), each row of length 1."""
    found = [pieces(tokens(readable(text))) for text in texts]
    ends = np.cumsum([0] + [len(where) for where in found])
    weight = np.concatenate([np.full(len(where), max(len(where), 1) ** -0.5) for where in found])
    return sp.csr_matrix((weight, np.concatenate(found), ends), shape=(len(texts), BUCKETS))


def learn(features: Any, labels: np.ndarray, strictness: float) -> LinearSVC:
    return LinearSVC(C=strictness, random_state=0).fit(features, labels)


def find_trust(
    rows: list[Example], by_words: sp.csr_matrix, by_meaning: Meanings
) -> tuple[float, float, float]:
    """How strongly each reader's votes count, so that the areas' shares are as often right as they say."""
    labels, writers = np.array([row.theme for row in rows]), np.array([row.writer for row in rows])
    found = []
    for taught, asked in GroupKFold(FOLDS).split(labels, groups=writers):
        words = learn(by_words[taught], labels[taught], STRICTNESS_WORDS)
        centre, meaning = by_meaning.learn(set(writers[taught]))
        asked_meanings = by_meaning.centred(centre)[asked]
        found.append((
            words.decision_function(by_words[asked]), meaning.decision_function(asked_meanings), labels[asked],
        ))  # fmt: skip
    by_word, by_sense, right = (np.concatenate(parts) for parts in zip(*found, strict=True))
    areas = np.array([area_of(label) for label in words.classes_])
    order = np.array(sorted(set(areas)))
    belongs = areas[:, None] == order
    target = np.array([area_of(label) for label in right])[:, None] == order
    alone = min(ALONE, key=lambda trust: _loss(trust * by_word, belongs, target))
    pair = min(
        product(WORDS, MEANING),
        key=lambda pair: _loss(pair[0] * by_word + pair[1] * by_sense, belongs, target),
    )
    return float(alone), float(pair[0]), float(pair[1])


def _loss(votes: np.ndarray, belongs: np.ndarray, target: np.ndarray) -> float:
    """Mean logarithmic loss of the areas."""
    raised = np.exp(votes - votes.max(1, keepdims=True))
    share = raised / raised.sum(1, keepdims=True) @ belongs
    return -float(np.log(np.maximum((share * target).sum(1), 1e-9)).mean())


def area_of(label: str) -> str:
    return UNSURE if label == UNSURE else default_agreement().focus_area(label)


def ringed_words(rows: Sequence[Example]) -> list[str]:
    """Swedish words with å, ä or ö that are hardly ever anything without them, each in its commonest spelling."""
    texts = [row.text.lower() for row in rows if row.lang == "sv"]
    # A long text without a ring was typed so: it says nothing of how words are spelt.
    spelt = [text for text in texts if len(text) < SHORT or not set("åäö").isdisjoint(text)]
    counted = Counter(match.group() for text in spelt for match in WORD.finditer(text))
    best: dict[str, str] = {}
    for word, times in sorted(counted.items()):
        bare = ringless(word)
        if bare != word and times > max(counted.get(best.get(bare, ""), 0), MUCH_OFTENER * counted[bare]):
            best[bare] = word
    return sorted(best.values())


def save(
    file: Path,
    rows: list[Example],
    by_words: sp.csr_matrix,
    by_meaning: Meanings,
    trust: tuple[float, float, float],
) -> None:
    words = learn(by_words, np.array([row.theme for row in rows]), STRICTNESS_WORDS)
    centre, meaning = by_meaning.learn({row.writer for row in rows})
    counted = words.coef_[:, :BUCKETS].T
    scale = np.abs(counted).max(0) / 127
    np.savez_compressed(
        file,
        labels=words.classes_.astype("U20"),
        word_weights=np.round(counted / scale).astype(np.int8),
        word_scale=scale.astype(np.float32),
        word_bias=words.intercept_.astype(np.float32),
        cue_weights=words.coef_[:, BUCKETS:].T.astype(np.float32),
        meaning_centre=centre.astype(np.float32),
        meaning_weights=meaning.coef_.T.astype(np.float32),
        meaning_bias=meaning.intercept_.astype(np.float32),
        trust=np.array(trust),
    )


if __name__ == "__main__":
    main()
