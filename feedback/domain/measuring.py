"""Small numbers told honestly: public counts, intervals, and the share that feels unsafe.

The rules are those of Swedish safety surveys for self-selected answers: always say how many answered, hide a
share that rests on fewer than ten, and warn below fifty.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import sqrt
from statistics import NormalDist

Z = NormalDist().inv_cdf(0.975)

FEWEST_SHOWN = 5
FEWEST_FOR_SHARE = 10
FEWEST_WITHOUT_WARNING = 50
FEWEST_FOR_SPIKE = 20
SPIKE = 5
"""How many times the usual hour makes a spike."""

SAFE_ANSWERS = frozenset({"very_safe", "safe"})
UNSAFE_ANSWERS = frozenset({"unsafe", "very_unsafe"})
NOT_HERE = "not_here"

CAVEAT = (
    "Svaren kommer från personer som själva valt att svara, ofta för att något hänt. De visar var vi behöver "
    "titta närmare – inte hur invånarna i stort mår eller hur mycket brott som sker."
)


@dataclass(frozen=True)
class UnsafeShare:
    """How many feel unsafe at a place, of those who are there at that time of day.

    ``share``, ``low`` and ``high`` are parts of one (0.6 is 60 percent); all three are None when the answers are
    too few to show. ``words`` is ready for a page.
    """

    unsafe: int
    answered: int
    share: float | None
    low: float | None
    high: float | None
    words: str


def spikes(counts: Mapping[datetime, int], hours: int) -> dict[datetime, int]:
    """The hours with far more reports than usual. counts: of each hour that had any, among ``hours`` hours."""
    usual = sum(counts.values()) / hours
    return {hour: count for hour, count in counts.items() if count >= max(FEWEST_FOR_SPIKE, SPIKE * usual)}


def wilson(hits: int, answered: int) -> tuple[float, float]:
    """The 95 percent interval of a share by Wilson's score method, as parts of one; (0, 1) when nobody answered."""
    if not 0 <= hits <= answered:
        raise ValueError(f"{hits} of {answered} is not a share")
    if answered == 0:
        return 0.0, 1.0
    share, doubt = hits / answered, Z * Z / answered
    middle = (share + doubt / 2) / (1 + doubt)
    reach = sqrt(share * (1 - share) * doubt + doubt * doubt / 4) / (1 + doubt)
    low = 0.0 if hits == 0 else middle - reach
    high = 1.0 if hits == answered else middle + reach
    return low, high


def unsafe_share(answers: Iterable[str | None]) -> UnsafeShare:
    """The share ganska or mycket otrygg among pulse answers.

    answers: one slug for each report: very_safe, safe, unsafe, very_unsafe, not_here, or None for no answer.
    Those who answered "är inte här då" or nothing count neither way. Raises ValueError on another slug.
    """
    unsafe = answered = 0
    for answer in answers:
        if answer is None or answer == NOT_HERE:
            continue
        if answer not in SAFE_ANSWERS and answer not in UNSAFE_ANSWERS:
            raise ValueError(f"unknown pulse answer: {answer!r}")
        answered += 1
        unsafe += answer in UNSAFE_ANSWERS
    if answered < FEWEST_FOR_SHARE:
        return UnsafeShare(unsafe, answered, None, None, None, "för få svar")
    low, high = wilson(unsafe, answered)
    share = unsafe / answered
    words = f"{share:.0%} otrygga ({low * 100:.0f}–{high * 100:.0f}), {answered} svar".replace(
        "%", "\N{NO-BREAK SPACE}%"
    )
    if answered < FEWEST_WITHOUT_WARNING:
        words += ", osäkert eftersom svaren är få"
    return UnsafeShare(unsafe, answered, share, low, high, words)
