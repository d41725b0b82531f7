"""Flags by words: the rules of catalogue/screening.toml."""

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple

from feedback.domain.catalogue import CatalogueError, read
from feedback.domain.screening.flags import FLAGS
from feedback.domain.words import Cues, Hit

NEAR = 80
"""How many characters may stand between the words of a rule's ``any`` and its ``with``."""
LONGEST_CUE = 100

_SENTENCE_END = re.compile(r"[.!?…;\n]+")
_PLACEHOLDER = re.compile(r"\[(namn|adress|regnr|länk)\]")


class _Rule(NamedTuple):
    flag: str
    paired: bool


def flags_by_words(text: str) -> set[str]:
    """The flags whose words stand in a text, masked or not."""
    listed, cues = rules()
    hits: dict[str, list[Hit]] = defaultdict(list)
    seen = _readable(text)
    for hit in cues.find(seen):
        hits[hit.label].append(hit)
    ends = [match.start() for match in _SENTENCE_END.finditer(seen)] if hits else []
    return {rule.flag for number, rule in enumerate(listed) if _fires(rule, number, hits, ends)}


def _fires(rule: _Rule, number: int, hits: dict[str, list[Hit]], ends: Sequence[int]) -> bool:
    found = hits.get(f"{number} any", ())
    companions = hits.get(f"{number} with", ())
    stopped = {bisect(ends, hit.start) for hit in hits.get(f"{number} unless", ())} if found else set()
    return any(
        bisect(ends, hit.start) not in stopped and (not rule.paired or _has_company(hit, companions, ends))
        for hit in found
    )


def _has_company(hit: Hit, companions: Sequence[Hit], ends: Sequence[int]) -> bool:
    """One of the companions, sorted by start, stands near the hit in the same sentence."""
    sentence = bisect(ends, hit.start)
    first = bisect(companions, hit.start - NEAR - LONGEST_CUE, key=lambda other: other.start)
    for other in islice(companions, first, None):
        if other.start - hit.end > NEAR:
            return False
        if bisect(ends, other.start) == sentence and hit.start - other.end <= NEAR:
            return True
    return False


def _readable(text: str) -> str:
    """Placeholders as words of their own, so that a cue can name them."""
    return _PLACEHOLDER.sub(r" maskerat\1 ", text)


@cache
def rules() -> tuple[tuple[_Rule, ...], Cues]:
    """Raises CatalogueError, with flag and place, for a rule that cannot be read."""
    listed_rules: list[_Rule] = []
    cues: dict[str, list[str]] = {}
    for flag, entries in read("screening.toml").items():
        if flag in ("acts_on", "filler"):
            continue
        if flag not in FLAGS:
            raise CatalogueError.at("screening.toml", f"[[{flag}]]", "is no flag")
        for place, entry in enumerate(entries, 1):
            unknown = set(entry) - {"language", "any", "with", "unless"}
            if unknown or not entry.get("any"):
                wrong = ", ".join(sorted(unknown)) or "any is missing"
                raise CatalogueError(f"screening.toml: [[{flag}]] rule {place}: {wrong}")
            for part in ("any", "with", "unless"):
                listed = [_readable(cue) for cue in entry.get(part, ())]
                _check(flag, place, listed)
                cues[f"{len(listed_rules)} {part}"] = listed
            listed_rules.append(_Rule(flag, bool(entry.get("with"))))
    return tuple(listed_rules), Cues(cues)


def _check(flag: str, place: int, cues: Iterable[str]) -> None:
    try:
        Cues({flag: cues})
    except ValueError as error:
        raise CatalogueError(f"screening.toml: [[{flag}]] rule {place}: {error}") from None
