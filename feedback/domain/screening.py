"""Screening: flags for reports that call for help at once, or that must go another way than the ordinary queue.

A flag never stops a report. The words behind the flags are in catalogue/screening.toml, the help in help_lines.toml.
"""

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import NamedTuple

from feedback.domain.catalogue import CatalogueError, read
from feedback.domain.words import Cues, Hit, tokens

FLAGS = (
    "emergency",
    "child_in_danger",
    "violence_at_home",
    "self_harm",
    "hate",
    "threat",
    "accusation",
    "spam",
    "garbage",
)
RESTRICTED = frozenset({"child_in_danger", "violence_at_home", "self_harm", "hate", "threat", "accusation"})
DISCARDED = frozenset({"spam", "garbage"})

NEAR = 80
"""How many characters may stand between the words of a rule's ``any`` and its ``with``."""
LONGEST_CUE = 100

LONGEST_PLEA = 12
SHORTEST_MASH = 4
FEWEST_VOWELS = 0.15
MOST_MASH = 0.5

_SENTENCE_END = re.compile(r"[.!?…;\n]+")
_PLACEHOLDER = re.compile(r"\[(namn|adress|regnr|länk)\]")
_LINK = re.compile(r"\[länk\]|https?://\S+|www\.\S+", re.IGNORECASE)
_LATIN_VOWELS = frozenset("aeiouyåäöéüøæ")
_ROWS = ("qwertyuiopå", "asdfghjklöä", "zxcvbnm", "1234567890")
_REAL_RUNS = frozenset(
    ["wer", "ert", "tre", "rew", "ytr", "oiu", "poi", "opå", "åpo", "fds", "uio", "iop", "sdf", "rty"]
)
"""Neighbours on the keyboard that real words have too."""
_RUNS = (
    frozenset(way[at : at + 3] for row in _ROWS for way in (row, row[::-1]) for at in range(len(way) - 2))
    - _REAL_RUNS
)


@dataclass(frozen=True)
class HelpLine:
    """A line to call: ``number`` as people write it, ``note`` says who it is for."""

    name: str
    number: str
    note: str


class _Rule(NamedTuple):
    flag: str
    paired: bool


def screen(text: str) -> tuple[str, ...]:
    """The flags of a text, masked or not, in the order of ``FLAGS``. Never raises; most texts have none."""
    flags = _by_words(text)
    if _is_link_only(text) or (not flags and _is_repeated(text)):
        flags.add("spam")
    if not flags and _is_garbage(text):
        flags.add("garbage")
    return tuple(flag for flag in FLAGS if flag in flags)


def help_lines(flags: Collection[str]) -> tuple[HelpLine, ...]:
    """The lines that suit the flags, each once, the most urgent first."""
    return tuple(line for line, suited in _help().items() if suited.intersection(flags))


def all_help_lines() -> tuple[HelpLine, ...]:
    """Every line there is, in the order of the catalogue."""
    return tuple(_help())


def acts_on(flag: str) -> str:
    """Who must act on a flag, in Swedish. Raises KeyError for something that is no flag."""
    return str(read("screening.toml")["acts_on"][flag])


def _by_words(text: str) -> set[str]:
    rules, cues = _rules()
    hits: dict[str, list[Hit]] = defaultdict(list)
    seen = _readable(text)
    for hit in cues.find(seen):
        hits[hit.label].append(hit)
    ends = [match.start() for match in _SENTENCE_END.finditer(seen)] if hits else []
    return {rule.flag for number, rule in enumerate(rules) if _fires(rule, number, hits, ends)}


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
def _rules() -> tuple[tuple[_Rule, ...], Cues]:
    """Raises CatalogueError, with flag and place, for a rule that cannot be read."""
    rules: list[_Rule] = []
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
                cues[f"{len(rules)} {part}"] = listed
            rules.append(_Rule(flag, bool(entry.get("with"))))
    return tuple(rules), Cues(cues)


def _check(flag: str, place: int, cues: Iterable[str]) -> None:
    try:
        Cues({flag: cues})
    except ValueError as error:
        raise CatalogueError(f"screening.toml: [[{flag}]] rule {place}: {error}") from None


@cache
def _help() -> dict[HelpLine, frozenset[str]]:
    lines = {}
    for entry in read("help_lines.toml")["line"]:
        unknown = set(entry["flags"]) - set(FLAGS)
        if unknown:
            raise CatalogueError(f"help_lines.toml: {entry['name']}: no flag: {', '.join(sorted(unknown))}")
        lines[HelpLine(entry["name"], entry["number"], entry["note"])] = frozenset(entry["flags"])
    return lines


def _is_link_only(text: str) -> bool:
    """Hardly anything but links."""
    links = len(_LINK.findall(text))
    return links > 0 and len(tokens(_LINK.sub(" ", text))) <= max(3, links)


def _is_repeated(text: str) -> bool:
    """The same few words over and over; somebody may say one thing a few times in distress."""
    words = [token.text for token in tokens(text)]
    return len(words) > LONGEST_PLEA and len(set(words)) <= len(words) // 6


def _is_garbage(text: str) -> bool:
    """No letters at all, control characters, a mashed keyboard, or nothing but filler words."""
    words = [token.text for token in tokens(text)]
    letters = sum(map(len, words))
    unseen = sum(1 for sign in text if ord(sign) < 32 and sign not in "\n\r\t")
    if not any(sign.isalpha() for word in words for sign in word) or unseen > letters:
        return bool(text.strip()) or unseen > 0
    filler = frozenset(read("screening.toml")["filler"]["words"])
    if all(word in filler for word in words):
        return True
    written = text.lower().split()
    return sum(len(word) for word in written if _is_mash(word)) > sum(map(len, written)) * MOST_MASH


def _is_mash(word: str) -> bool:
    """Hardly a word of any language in Latin letters; other scripts are left to people."""
    if len(word) < SHORTEST_MASH or not (word.isascii() or set(word) & set("åäö")):
        return False
    if len(set(word)) <= 2 and len(word) > SHORTEST_MASH:
        return True
    runs = sum(word[at : at + 3] in _RUNS for at in range(len(word) - 2))
    if runs >= 2 or (len(word) >= 6 and word[: len(word) // 2] * 2 == word):
        return True
    vowels = sum(sign in _LATIN_VOWELS for sign in word)
    return word.isalpha() and vowels < len(word) * FEWEST_VOWELS and len(word) > SHORTEST_MASH
