"""Teach the reader of danger from the examples for screening: the second half of ``make train``.

Ordinary are the examples without a flag, and those of the themes that cannot be taken for danger. How many votes are
enough is found on files that the reader had not seen: so many that these shares of the ordinary reports pass.
"""

import sys
from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.svm import SVC, LinearSVC

from bench.train import pieces_of
from feedback.domain.examples import Flagged, examples, flagged
from feedback.domain.meaning import meanings
from feedback.domain.screening.flags import DANGEROUS, FLAGS
from feedback.domain.screening.reader import ANY, FILE, WORDS_BESIDE

LABELS = (ANY, *(flag for flag in FLAGS if flag in DANGEROUS))
NEAR_DANGER = frozenset(
    [
        "threat",
        "violence",
        "sexual_harassment",
        "bullying",
        "recruitment",
        "youth_robbery",
        "online",
        "hate",
        "organised",
        "supply_minors",
        "use_in_public",
        "school_spaces",
        "school_route",
        "harassment",
        "impaired_driving",
    ]
)
"""Themes whose reports may tell of danger: they teach nothing here."""
STRICTNESS_WORDS, STRICTNESS_MEANING, WIDTH = 1.0, 1.0, 1.0
WRITTEN_FOR_THIS = 3.0
"""How much more an example for screening weighs than an ordinary report."""
FOLDS = 4
FALSE_ALARMS_WORDS, FALSE_ALARMS, FALSE_ALARMS_PART = 0.003, 0.012, 0.002


class Taught:
    """The two readers of each label, taught with some of the rows."""

    def __init__(self, words: Any, sense: np.ndarray, right: np.ndarray, weight: np.ndarray) -> None:
        self.centre = sense.mean(0)
        centred = self._centred(sense)
        self.words = [
            LinearSVC(C=STRICTNESS_WORDS, random_state=0).fit(words, column, sample_weight=weight)
            for column in right.T
        ]
        self.sense = [
            SVC(C=STRICTNESS_MEANING, gamma=WIDTH).fit(centred, column, sample_weight=weight)
            for column in right.T
        ]

    def _centred(self, sense: np.ndarray) -> np.ndarray:
        moved = sense - self.centre
        return moved / np.linalg.norm(moved, axis=1, keepdims=True)

    def votes(self, words: Any, sense: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """By words, and by meaning: (rows, labels) each."""
        centred = self._centred(sense)
        return (
            np.stack([reader.decision_function(words) for reader in self.words], 1),
            np.stack([reader.decision_function(centred) for reader in self.sense], 1),
        )


def main() -> None:
    rows = [*flagged(), *ordinary()]
    print(
        f"{len(rows)} examples, {sum(bool(row.flags & DANGEROUS) for row in rows)} of danger", file=sys.stderr
    )
    words, sense = pieces_of([row.text for row in rows]), meanings([row.text for row in rows])
    right = np.array(
        [[bool(row.flags & DANGEROUS), *(flag in row.flags for flag in LABELS[1:])] for row in rows]
    )
    weight = np.array([WRITTEN_FOR_THIS if row.writer else 1.0 for row in rows])
    enough = find_enough(rows, words, sense, right, weight)
    save(Taught(words, sense, right, weight), enough)


def ordinary() -> list[Flagged]:
    """Reports of other themes; without a writer, so that they spread over all folds."""
    return [
        Flagged(one.text, one.lang, "", frozenset()) for one in examples() if one.theme not in NEAR_DANGER
    ]


def find_enough(
    rows: Sequence[Flagged], words: Any, sense: np.ndarray, right: np.ndarray, weight: np.ndarray
) -> list[float]:
    """The votes that are enough by words alone, by words and meaning, and for a part of a long text."""
    # Every language stands in every fold: the files of a writer are numbered.
    fold = np.array([int(row.writer[-1] if row.writer else place) % FOLDS for place, row in enumerate(rows)])
    alone, together = np.zeros(len(rows)), np.zeros(len(rows))
    for number in range(FOLDS):
        taught, asked = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        readers = Taught(words[taught], sense[taught], right[taught], weight[taught])
        by_words, by_meaning = readers.votes(words[asked], sense[asked])
        alone[asked], together[asked] = _strength(by_words), _strength(WORDS_BESIDE * by_words + by_meaning)
    reports = np.array([not row.writer for row in rows])
    hard = np.array([bool(row.writer and not row.flags) for row in rows])
    enough = []
    for name, votes, share in (
        ("words alone", alone, FALSE_ALARMS_WORDS),
        ("together", together, FALSE_ALARMS),
        ("together, in a part", together, FALSE_ALARMS_PART),
    ):
        limit = float(np.quantile(votes[reports], 1 - share))
        enough.append(limit)
        print(
            f"{name}: heard {(votes[right[:, 0]] > limit).mean():.2f}, ordinary reports {share}, "
            f"ordinary texts written to mislead {(votes[hard] > limit).mean():.2f}",
            file=sys.stderr,
        )
    return enough


def _strength(votes: np.ndarray) -> np.ndarray:
    return np.asarray(votes[:, 0] + votes[:, 1:].max(1))


def save(taught: Taught, enough: Sequence[float]) -> None:
    weights = np.concatenate([reader.coef_ for reader in taught.words]).T
    scale = np.abs(weights).max(0) / 127
    support = np.unique(np.concatenate([reader.support_ for reader in taught.sense]))
    pull = np.zeros((len(support), len(LABELS)), np.float32)
    vectors = np.zeros((len(support), taught.centre.size), np.float32)
    for column, reader in enumerate(taught.sense):
        at = np.searchsorted(support, reader.support_)
        pull[at, column] = reader.dual_coef_[0]
        vectors[at] = reader.support_vectors_
    np.savez_compressed(
        FILE,
        labels=np.array(LABELS),
        word_weights=np.round(weights / scale).astype(np.int8),
        word_scale=scale.astype(np.float32),
        word_bias=np.concatenate([reader.intercept_ for reader in taught.words]).astype(np.float32),
        centre=taught.centre.astype(np.float32),
        vectors=np.round(vectors * 127).astype(np.int8),
        pull=pull,
        bias=np.concatenate([reader.intercept_ for reader in taught.sense]).astype(np.float32),
        numbers=np.array([WIDTH, *enough]),
    )


if __name__ == "__main__":
    main()
