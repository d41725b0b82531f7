"""The cue files, one per language: which words of a text speak for or against which theme."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from feedback.domain.catalogue import CatalogueError, names, read
from feedback.domain.themes import themes
from feedback.domain.words import Cues, Hit, Token, tokens

WEIGHTS = {"strong": 3.0, "medium": 1.7, "topic": 2.2, "place": 1.7, "weak": 0.9, "against": -2.0}
SAYS_WHAT_IS_WRONG = ("strong", "medium")  # the others only name a thing, a place or a circumstance
GOOD = ("safe_here", "not_safety")
SIGNALS = ("fear", "trouble", "telling", "wish", "vague", "wanted", "negation", "between")
READ_TOGETHER = SIGNALS[:6]
INEXACT = 0.6
INSIDE_A_PHRASE = 0.3
EXTRA_WORD = 0.4
A_TALE = 5  # words
PAUSES = frozenset(".,;:!?\n")


class Evidence(NamedTuple):
    """Words of the text, ``start`` to ``end``, that speak for a theme (weight above 0) or against it.

    ``problem`` is false for words that only name what a problem could be about: a lamp, a moped, a school yard.
    """

    theme: str
    weight: float
    start: int
    end: int
    problem: bool


@dataclass(frozen=True)
class Reading:
    """What one language's cues found in a text; ``denied`` are problem words that the text says no to.

    fear, trouble, telling, wish and vague count the words of each signal. Trouble is what says that something is wrong
    without saying what ("trasig", "varje natt"), and a no to something that is no problem ("ingen snöröjning"),
    unless the text asks for something. Telling counts the words of someone who tells of people ("jag", "nån").
    """

    evidence: tuple[Evidence, ...]
    denied: tuple[Hit, ...]
    fear: int
    trouble: int
    telling: int
    wish: int
    vague: int
    words: int
    broad: bool

    @property
    def complains(self) -> bool:
        """Whether anything says that something is wrong: fear, trouble, or a problem of any theme."""
        return bool(
            self.fear or self.trouble or any(_is_safety(one) and one.problem for one in self.evidence)
        )

    @property
    def tells(self) -> bool:
        """Whether someone tells of people and asks for nothing: "moppar kör runt oss", not "mopedparkering"."""
        idea = any(one.theme in GOOD and one.weight > 0 for one in self.evidence)
        return self.telling > 0 and self.words >= A_TALE and not self.wish and not idea


def _is_safety(evidence: Evidence) -> bool:
    return evidence.theme not in GOOD and evidence.weight > 0


class Lexicon:
    """The cues of one language, ready to read texts with. Raises CatalogueError when the file is wrong."""

    def __init__(self, name: str) -> None:
        content = read(name)
        signals = content.get("signals", {})
        unknown = set(content.get("themes", {})) - set(themes()) | set(signals) - {*SIGNALS, "broad"}
        if unknown:
            raise CatalogueError.at(name, min(unknown), "is no theme and no signal")
        self._broad = bool(signals.get("broad", False))
        self._themes = _compiled(name, _by_label(name, content.get("themes", {})), lenient=True)
        self._signals = _compiled(name, {signal: signals.get(signal, []) for signal in READ_TOGETHER})
        self._negations = _compiled(name, {"negation": signals.get("negation", [])})
        self._between = frozenset(word.text for word in tokens(" ".join(signals.get("between", []))))

    def read(self, text: str) -> Reading:
        """Everything the cues say about the text. A word that is a signal is no misspelling of something else."""
        words = tokens(text)
        signals = self._signals.find(text)
        known = {hit.start for hit in signals if hit.exact}
        hits = [hit for hit in self._themes.find(text) if hit.exact or hit.start not in known]
        wanted = {hit.start for hit in signals if hit.label == "wanted"}
        reached = self._reached(text, words, [*hits, *signals])
        denied = {
            hit
            for hit in hits
            if hit.start in reached
            and not hit.label.endswith("against")
            and wanted.isdisjoint(range(hit.start, hit.end))
        }
        problems = {
            at for hit in hits if hit not in denied and _is_problem(hit) for at in range(hit.start, hit.end)
        }
        said = Counter(
            label
            for label, start in {(hit.label, hit.start) for hit in signals}
            if not (label == "trouble" and start in reached and start not in wanted)
            and not (label == "wish" and start in problems)
        )
        denying = {reached[hit.start] for hit in denied}
        missing = set(reached.values()) - denying
        return Reading(
            evidence=tuple(_weigh([hit for hit in hits if hit not in denied])),
            denied=tuple(
                sorted(
                    hit for hit in denied if hit.label.endswith("strong") and not hit.label.startswith(GOOD)
                )
            ),
            fear=said["fear"],
            trouble=said["trouble"] + (0 if said["wish"] else len(missing)),
            telling=said["telling"],
            wish=said["wish"],
            vague=said["vague"],
            words=len(words),
            broad=self._broad,
        )

    def _reached(self, text: str, words: Sequence[Token], hits: Iterable[Hit]) -> dict[int, int]:
        """Where words start that a negation reaches, and where the negation starts.

        "inte särskilt mörkt" reaches "mörkt", "inte, mörkt" does not.

        A negation that belongs to a cue itself ("lyser inte") reaches nothing else.
        """
        inside = {at for hit in hits if " " in hit.cue for at in range(hit.start, hit.end)}
        reached: dict[int, int] = {}
        negations = {hit.start for hit in self._negations.find(text)} - inside
        for at, word in enumerate(words):
            if word.start not in negations:
                continue
            end = word.end
            for follower in words[at + 1 :]:
                if PAUSES.intersection(text[end : follower.start]):
                    break
                reached[follower.start] = word.start
                if follower.text not in self._between:
                    break
                end = follower.end
        return reached


@cache
def lexicons() -> dict[str, Lexicon]:
    """Every language that has a cue file, by ISO code."""
    return {name.removeprefix("cues/").removesuffix(".toml"): Lexicon(name) for name in names("cues")}


def _by_label(name: str, listed: Mapping[str, Mapping[str, list[str]]]) -> dict[str, list[str]]:
    wrong = {strength for strengths in listed.values() for strength in strengths} - set(WEIGHTS)
    if wrong:
        raise CatalogueError.at(name, min(wrong), f"is none of {', '.join(WEIGHTS)}")
    return {
        f"{theme} {strength}": cues
        for theme, strengths in listed.items()
        for strength, cues in strengths.items()
    }


def _is_problem(hit: Hit) -> bool:
    theme, strength = hit.label.split(" ")
    return theme not in GOOD and strength in SAYS_WHAT_IS_WRONG


def _compiled(name: str, cues: Mapping[str, Any], lenient: bool = False) -> Cues:
    try:
        return Cues(cues, lenient)
    except (ValueError, TypeError, AttributeError) as error:
        raise CatalogueError(f"{name}: {error}") from None


def _weigh(hits: list[Hit]) -> Iterable[Evidence]:
    """Each hit with its weight: long phrases weigh more, guesses less, and so do words inside a strong phrase."""
    phrases = [hit for hit in hits if " " in hit.cue and hit.label.endswith("strong")]
    for hit in hits:
        theme, strength = hit.label.split(" ")
        weight = WEIGHTS[strength]
        if strength == "strong":
            weight += EXTRA_WORD * min(hit.cue.count(" "), 3)
        if not hit.exact:
            weight *= INEXACT
        if strength != "against" and any(_covers(phrase, hit) for phrase in phrases):
            weight *= INSIDE_A_PHRASE
        yield Evidence(theme, weight, hit.start, hit.end, strength in SAYS_WHAT_IS_WRONG)


def _covers(phrase: Hit, hit: Hit) -> bool:
    longer = phrase.end - phrase.start > hit.end - hit.start
    return longer and phrase.start <= hit.start and hit.end <= phrase.end
