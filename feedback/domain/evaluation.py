"""How well texts are understood, measured on labelled ones."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

BINS = 10
LENGTHS = ((8, "up to 8 words"), (30, "9 to 30 words"), (10**6, "more than 30 words"))
CANNOT_TELL = "cannot tell"


@dataclass(frozen=True)
class Answered:
    """One labelled text with the program's answer; None means cannot tell, also as a label."""

    text: str
    lang: str
    tags: tuple[str, ...]
    area: str | None
    theme: str | None
    said_area: str | None
    said_theme: str | None
    confidence: float

    @property
    def is_right(self) -> bool:
        return self.area == self.said_area


@dataclass(frozen=True)
class Scores:
    """texts: how many. accuracy: the area is the labelled one. strict: the same among texts that have an area.
    theme: the theme is the labelled one, among those labelled with one. macro_f1: mean over the labelled areas.
    calibration_error: how far confidence and share of right answers are apart, weighed over ten bins.
    """

    texts: int
    accuracy: float
    strict: float
    theme: float
    macro_f1: float
    calibration_error: float


def score(answers: Sequence[Answered]) -> Scores:
    """Raises ValueError when there is nothing to score."""
    if not answers:
        raise ValueError("no labelled texts")
    with_area = [one for one in answers if one.area is not None]
    with_theme = [one for one in answers if one.theme is not None]
    return Scores(
        texts=len(answers),
        accuracy=_share(one.is_right for one in answers),
        strict=_share(one.is_right for one in with_area),
        theme=_share(one.theme == one.said_theme for one in with_theme),
        macro_f1=_macro_f1(answers),
        calibration_error=_calibration_error(with_area),
    )


def slices(answers: Sequence[Answered]) -> dict[str, list[Answered]]:
    """The answers by language, by length and by what makes them hard, largest slices of each first."""
    found: dict[str, list[Answered]] = {}
    for cut in (_languages, _length, _difficulty):
        found |= _cut(answers, cut)
    return found


def confusion(answers: Iterable[Answered]) -> dict[tuple[str, str], int]:
    """How often each labelled area (first) was answered with each area (second)."""
    return Counter((one.area or CANNOT_TELL, one.said_area or CANNOT_TELL) for one in answers)


def _cut(
    answers: Iterable[Answered], names: Callable[[Answered], Iterable[str]]
) -> dict[str, list[Answered]]:
    found: dict[str, list[Answered]] = defaultdict(list)
    for one in answers:
        for name in names(one):
            found[name].append(one)
    return dict(sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0])))


def _languages(one: Answered) -> Iterable[str]:
    return (f"language {one.lang}",)


def _length(one: Answered) -> Iterable[str]:
    words = len(one.text.split())
    return (next(name for most, name in LENGTHS if words <= most),)


def _difficulty(one: Answered) -> Iterable[str]:
    return one.tags or ("no difficulty noted",)


def _share(right: Iterable[bool]) -> float:
    counted = list(right)
    return sum(counted) / len(counted) if counted else 0.0


def _macro_f1(answers: Sequence[Answered]) -> float:
    found = confusion(answers)
    labelled = {area for area, _ in found}
    return sum(_f1(found, area) for area in labelled) / len(labelled)


def _f1(found: dict[tuple[str, str], int], area: str) -> float:
    hits = found.get((area, area), 0)
    labelled = sum(count for (label, _), count in found.items() if label == area)
    said = sum(count for (_, answer), count in found.items() if answer == area)
    return 2 * hits / (labelled + said)


def _calibration_error(answers: Sequence[Answered]) -> float:
    bins: dict[int, list[Answered]] = defaultdict(list)
    for one in answers:
        bins[min(int(one.confidence * BINS), BINS - 1)].append(one)
    return sum(
        abs(sum(one.confidence for one in group) - sum(one.is_right for one in group))
        for group in bins.values()
    ) / max(len(answers), 1)
