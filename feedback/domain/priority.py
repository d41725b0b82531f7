"""How much a group carries, and whether it is ripe to become a candidate.

Four parts between 0 and 1 are multiplied: voices, weeks, seriousness and influence. The score is 0 to 100.
Voices and weeks are smoothed as Laplace taught: one yes and ``doubt`` noes are counted in before anything was
heard, so that two voices are not yet much and the hundredth changes little. No raw count carries a group alone.
Influence is smoothed too, for what is hard to change must still be able to reach the council.

The queue must not flicker from week to week: it takes more to enter than to stay. What came all at once is flagged
for a person to look at and never promoted by itself; but it does not throw out what was ripe before.
"""

from dataclasses import dataclass
from typing import Protocol

from feedback.domain.themes import Theme

MOST_SERIOUS = 5
MOST_INFLUENCE = 3

SERIOUSNESS = {
    1: "stör mest",
    2: "inte så allvarligt",
    3: "ganska allvarligt",
    4: "allvarligt",
    5: "mycket allvarligt",
}
INFLUENCE = {
    1: "kommun och polis kan göra lite själva",
    2: "kommun och polis råder till viss del över det",
    3: "kommun och polis råder själva över det",
}
SPIKE = "nästan allt kom på en gång, granska först"


class Heard(Protocol):
    """What a group must tell to be weighed."""

    @property
    def voices(self) -> int: ...
    @property
    def weeks(self) -> int: ...
    @property
    def spike(self) -> bool: ...


@dataclass(frozen=True)
class Settings:
    """Thresholds a council may change.

    min_voices: never ripe with fewer. enter, stay: the score it takes to become ripe, and to remain so.
    voice_doubt, week_doubt: the larger, the more voices or weeks it takes to weigh heavily.
    """

    min_voices: int = 3
    enter: float = 8.0
    stay: float = 6.0
    voice_doubt: int = 9
    week_doubt: int = 1

    def __post_init__(self) -> None:
        if not 0 < self.stay <= self.enter:
            raise ValueError("stay must be above 0 and not above enter")
        if min(self.min_voices, self.voice_doubt, self.week_doubt) < 1:
            raise ValueError("min_voices, voice_doubt and week_doubt must be at least 1")


@dataclass(frozen=True)
class Part:
    """One reason for the score: its value from 0 to 1, and the same in Swedish words."""

    name: str
    value: float
    words: str


@dataclass(frozen=True)
class Priority:
    """score: 0 to 100. reason: the parts as one Swedish phrase, without a full stop."""

    score: float
    parts: tuple[Part, ...]
    reason: str
    ripe: bool


DEFAULT = Settings()


def prioritise(group: Heard, theme: Theme, settings: Settings = DEFAULT, was_ripe: bool = False) -> Priority:
    """Weigh a group. ``was_ripe``: whether it was ripe when last weighed, which makes it easier to stay."""
    voices = Part("voices", _smoothed(group.voices, settings.voice_doubt), _voices(group.voices))
    weeks = Part("weeks", _smoothed(group.weeks, settings.week_doubt), _weeks(group.weeks))
    serious = Part("seriousness", theme.seriousness / MOST_SERIOUS, SERIOUSNESS[theme.seriousness])
    influence = Part("influence", (theme.influence + 1) / (MOST_INFLUENCE + 1), INFLUENCE[theme.influence])
    score = round(100 * voices.value * weeks.value * serious.value * influence.value, 1)
    reason = f"{voices.words} {weeks.words}, {serious.words}, {influence.words}"
    if was_ripe:
        ripe = group.voices >= settings.min_voices and score >= settings.stay
    else:
        ripe = group.voices >= settings.min_voices and score >= settings.enter and not group.spike
    return Priority(
        score,
        (voices, weeks, serious, influence),
        f"{reason}, {SPIKE}" if group.spike else reason,
        ripe,
    )


def _smoothed(count: int, doubt: int) -> float:
    return (count + 1) / (count + 1 + doubt)


def _voices(count: int) -> str:
    return "1 röst" if count == 1 else f"{count} röster"


def _weeks(count: int) -> str:
    return "under en vecka" if count == 1 else f"under {count} veckor"
