"""What reviewers decide about groups: merged, split, moved. It holds for every report, old and new."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol

from feedback.domain.words import Cues


class Told(Protocol):
    @property
    def text(self) -> str: ...
    @property
    def theme(self) -> str | None: ...


@dataclass(frozen=True)
class Split:
    """Reports of a group with any of these cues, or of these themes, belong to the group ``into`` instead."""

    into: str
    words: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()

    def takes(self, report: Told) -> bool:
        return report.theme in self.themes or bool(self.words and _cues(self.words).find(report.text))


@dataclass(frozen=True)
class Rules:
    """What reviewers have decided.

    moved: report id to group key, or to None when the report belongs to no group. merged: group key to the key it
    went into. split: group key to the parts that were taken out of it, the first fitting one wins.
    """

    moved: Mapping[str, str | None] = field(default_factory=dict)
    merged: Mapping[str, str] = field(default_factory=dict)
    split: Mapping[str, Sequence[Split]] = field(default_factory=dict)

    def made_by_hand(self) -> set[str]:
        """The keys that a reviewer has put reports into."""
        moved = {key for key in self.moved.values() if key is not None}
        return (
            moved | set(self.merged.values()) | {part.into for parts in self.split.values() for part in parts}
        )

    def applied(self, report: Told, key: str) -> str:
        """Where a report ends when its group has been split and merged, step by step.

        Merges that lead round in a ring meet in the alphabetically first of its groups.
        """
        path = [key]
        while (after := self._next(report, path[-1])) not in path:
            path.append(after)
        return min(path[path.index(after) :])

    def _next(self, report: Told, key: str) -> str:
        parts = self.split.get(key, ())
        return next((part.into for part in parts if part.takes(report)), self.merged.get(key, key))


NO_RULES = Rules()


@cache
def _cues(words: tuple[str, ...]) -> Cues:
    return Cues({"split": words})
