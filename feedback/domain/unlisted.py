"""Places that no list has: what several residents type is one place, also for those who write it longer or tell of it.

"Skrantaskolan", "skolgården, Skrantaskolan" and, with nothing typed, "bor granne med skrantaskolan" mean the same school, once
two have typed its name. Of names within each other the longest that two have typed is meant.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Set
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
    found = {}
    by_town: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        if report.place is None or report.place.startswith(UNKNOWN):
            by_town[report.municipality].append(report)
    for told in by_town.values():
        typed = Counter(name for report in told if (name := _typed(report)))
        names = _Names(typed)
        for report in told:
            meant = names.meant(_typed(report), report.text)
            if meant:
                found[report.id] = UNKNOWN + " ".join(sorted(meant))
    return found


class _Names:
    """The names that were typed twice or oftener in one town, alone or within longer ones."""

    def __init__(self, typed: Counter[Name]) -> None:
        self._typed, self._kinds = typed, frozenset(place_words().heads.values())
        self._by_part: dict[str, list[Name]] = defaultdict(list)
        parts = Counter(part for name in typed for part in name)
        for name in typed:
            if name - self._kinds:
                # Under its rarest part, so that few names are looked at for each text.
                self._by_part[min(name, key=lambda part: (parts[part], part))].append(name)
        times: Counter[Name] = Counter()
        for name, count in typed.items():
            for inside in self._within(name):
                times[inside] += count
        self._times = times

    def meant(self, typed: Name, text: str) -> Name | None:
        """The name within what was typed; where that is nothing but a kind of place, or nothing, the one in the text."""
        words = typed if typed - self._kinds else {part for _, parts in worded(text) for part in parts}
        fitting = [name for name in self._within(words) if self._times[name] >= FEWEST]
        return max(fitting, key=lambda name: (len(name), self._typed[name], sorted(name)), default=None)

    def _within(self, words: Set[str]) -> Iterator[Name]:
        return (name for word in words for name in self._by_part.get(word, ()) if name <= words)


def _typed(report: Report) -> Name:
    """The parts of the place as typed; empty when nothing was."""
    return frozenset((report.place or "").removeprefix(UNKNOWN).split())
