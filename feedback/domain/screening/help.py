"""Who can help and who must act, by flag: help_lines.toml and screening.toml."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from feedback.domain.catalogue import CatalogueError, read
from feedback.domain.screening.flags import FLAGS


@dataclass(frozen=True)
class HelpLine:
    """A line to call: ``number`` as people write it, ``note`` says who it is for."""

    name: str
    number: str
    note: str


def help_lines(flags: Collection[str]) -> tuple[HelpLine, ...]:
    """The lines that suit the flags, each once, the most urgent first."""
    return tuple(line for line, suited in _help().items() if suited.intersection(flags))


def all_help_lines() -> tuple[HelpLine, ...]:
    """Every line there is, in the order of the catalogue."""
    return tuple(_help())


def acts_on(flag: str) -> str:
    """Who must act on a flag, in Swedish. Raises KeyError for something that is no flag."""
    return str(read("screening.toml")["acts_on"][flag])


@cache
def _help() -> dict[HelpLine, frozenset[str]]:
    lines = {}
    for entry in read("help_lines.toml")["line"]:
        unknown = set(entry["flags"]) - set(FLAGS)
        if unknown:
            raise CatalogueError(f"help_lines.toml: {entry['name']}: no flag: {', '.join(sorted(unknown))}")
        lines[HelpLine(entry["name"], entry["number"], entry["note"])] = frozenset(entry["flags"])
    return lines
