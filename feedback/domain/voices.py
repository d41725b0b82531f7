"""Who is heard: near-identical reports about one thing count as one voice.

A report says nothing about who wrote it, so only the words can tell a repeat. A longer text that returns almost
word for word is one voice, whatever the day. A short one ("mörkt") may well come from two people and counts once
a day. A report without words, only ticks, is always a voice of its own.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations
from typing import Protocol

from rapidfuzz import fuzz

from feedback.domain.words import fold

FEWEST_WORDS_OF_ONE_VOICE = 6
LIKENESS = 90
# Up to this many texts are all compared; beyond it each only with its neighbours in two alphabetical orders,
# so that the work grows with the number of reports and not with its square.
MOST_ALL_COMPARED = 50
NEIGHBOURS = 5

_WORD = re.compile(r"\w+")


class Told(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def day(self) -> date: ...
    @property
    def text(self) -> str: ...


def voices_of(reports: Iterable[Told]) -> dict[str, str]:
    """The voice of every report, by report id. The order of the reports does not matter."""
    said: dict[str, list[Told]] = defaultdict(list)
    for report in reports:
        said[" ".join(_WORD.findall(fold(report.text)))].append(report)
    long = sorted(text for text in said if text.count(" ") + 1 >= FEWEST_WORDS_OF_ONE_VOICE)
    first_said = _first_of_the_like(long)
    return {report.id: _voice(report, text, first_said) for text, same in said.items() for report in same}


def _voice(report: Told, text: str, first_said: dict[str, str]) -> str:
    if not text:
        return report.id
    return first_said.get(text) or f"{report.day} {text}"


def _first_of_the_like(texts: list[str]) -> dict[str, str]:
    """Every text with the alphabetically first of those it is like, directly or through others."""
    leader = {text: text for text in texts}

    def led_by(text: str) -> str:
        while leader[text] != text:
            leader[text] = leader[leader[text]]
            text = leader[text]
        return text

    for one, other in _worth_comparing(texts):
        if fuzz.ratio(one, other, score_cutoff=LIKENESS):
            first, second = sorted((led_by(one), led_by(other)))
            leader[second] = first
    return {text: led_by(text) for text in texts}


def _worth_comparing(texts: list[str]) -> Iterator[tuple[str, str]]:
    """Pairs that may be alike: a repeat shares its beginning or its end with the text it repeats."""
    if len(texts) <= MOST_ALL_COMPARED:
        yield from combinations(texts, 2)
        return
    for ordered in (texts, sorted(texts, key=lambda text: text[::-1])):
        for at, text in enumerate(ordered):
            for neighbour in ordered[at + 1 : at + 1 + NEIGHBOURS]:
                yield text, neighbour
