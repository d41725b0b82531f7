"""Places that no list has: what several residents type is one place, also for those who write it longer or tell of it.

"Skrantaskolan", "skolgården, Skrantaskolan" and, with nothing typed, "bor granne med skrantaskolan" mean the same school, once
two have typed its name. Of names within each other the longest that two have typed is meant.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Protocol

from feedback.domain.belonging import UNKNOWN
from feedback.domain.placewords import place_words, worded

FEWEST = 2

Name = frozenset[str]


class Report(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def municipality(self) -> str: ...
    @property
    def place(self) -> str | None: ...
    @property
    def text(self) -> str: ...


def unlisted(reports: Iterable[Report]) -> dict[str, str]:
    """The place key of each report at a place that is not in the list, by report id."""
    reports = list(reports)
    typed: Mapping[str, Counter[Name]] = defaultdict(Counter)
    for report in reports:
        if name := _typed(report):
            typed[report.municipality][name] += 1
    known = {
        municipality: [name for name in told if name - _kinds() and _times(name, told) >= FEWEST]
        for municipality, told in typed.items()
    }
    found = {}
    for report in reports:
        if report.place is None or report.place.startswith(UNKNOWN):
            fitting = _fitting(report, known.get(report.municipality, ()))
            if fitting:
                told = typed[report.municipality]
                name = max(fitting, key=lambda name: (len(name), told[name], sorted(name)))
                found[report.id] = UNKNOWN + " ".join(sorted(name))
    return found


def _typed(report: Report) -> Name:
    """The parts of the place as typed; empty when nothing was, or the place is in the list."""
    return (
        frozenset((report.place or "").removeprefix(UNKNOWN).split())
        if (report.place or "").startswith(UNKNOWN)
        else frozenset()
    )


def _times(name: Name, told: Mapping[Name, int]) -> int:
    """How often a name was typed, alone or within a longer one."""
    return sum(count for other, count in told.items() if name <= other)


def _fitting(report: Report, names: Iterable[Name]) -> list[Name]:
    """The names within what was typed; where that names nothing but a kind of place, or nothing, those in the text."""
    typed = _typed(report)
    if typed - _kinds():
        return [name for name in names if name <= typed]
    words = {part for _, parts in worded(report.text) for part in parts}
    return [name for name in names if name <= words]


def _kinds() -> Name:
    return frozenset(place_words().heads.values())
