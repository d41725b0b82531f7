"""What reviewers corrected, applied to the very next report that is like it; nothing is trained anew.

A correction pulls only texts that are close to the corrected one, and the harder the closer they are. However many
corrections say the same, the closest alone counts: they cannot add up and carry away texts they are not like.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from feedback.domain.features import pieces, plain, readable
from feedback.domain.meaning import Vector, is_installed, meaning
from feedback.domain.model import model
from feedback.domain.rings import with_rings
from feedback.domain.words import tokens

PAST = 3.0
"""How many votes past the likeliest theme a correction of the very same text lifts its own."""
ALIKE_IN_WORDS, SAME_IN_WORDS = 0.35, 0.6
ALIKE_IN_MEANING, SAME_IN_MEANING = 0.6, 0.8


class Correction(NamedTuple):
    """A reviewer's answer: ``name`` is what the corrected report is called on the screen."""

    name: str
    text: str
    theme: str


class Pull(NamedTuple):
    """The closest correction, by its name, and how close it is: 0 is not alike, 1 the same text."""

    name: str
    closeness: float

    def lift(self, vote: float, highest: float) -> float:
        """The vote for the corrected theme, moved so much of the way past the highest vote as the texts are alike."""
        return vote + self.closeness * (highest + PAST - vote)


@dataclass(frozen=True)
class _Point:
    name: str
    theme: str
    pieces: NDArray[np.int32]
    sense: Vector | None


class Corrections:
    """A set of corrections, ready to be asked."""

    def __init__(self, given: Sequence[Correction] = ()) -> None:
        self._points = [
            _Point(one.name, one.theme, pieces(tokens(readable(one.text))), _sense(one.text)) for one in given
        ]

    def pull(self, parts: NDArray[np.int32], sense: Vector | None) -> Mapping[str, Pull]:
        """For each theme that a close correction speaks for: the closest one."""
        found: dict[str, Pull] = {}
        for point in self._points:
            closeness = _closeness(point, parts, sense)
            if closeness > 0 and (point.theme not in found or found[point.theme].closeness < closeness):
                found[point.theme] = Pull(point.name, closeness)
        return found


NO_CORRECTIONS = Corrections()


def _sense(text: str) -> Vector | None:
    return meaning(plain(with_rings(text))) if is_installed() else None


def _closeness(point: _Point, parts: NDArray[np.int32], sense: Vector | None) -> float:
    """0 for texts that are not alike, 1 for the same text, by words or by meaning, whichever is closer."""
    shared = len(np.intersect1d(point.pieces, parts, assume_unique=True))
    in_words = shared / np.sqrt(max(len(point.pieces), 1) * max(len(parts), 1))
    close = _between(float(in_words), ALIKE_IN_WORDS, SAME_IN_WORDS)
    if sense is not None and point.sense is not None:
        known = model()
        in_meaning = float(known.centred(point.sense) @ known.centred(sense))
        close = max(close, _between(in_meaning, ALIKE_IN_MEANING, SAME_IN_MEANING))
    return close


def _between(value: float, none: float, all_of_it: float) -> float:
    return min(max((value - none) / (all_of_it - none), 0.0), 1.0)
