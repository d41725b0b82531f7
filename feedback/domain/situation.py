"""The paragraph "Situationen idag": what the reports say in numbers and coded facts, never in their own words."""

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from feedback.domain.owners import needs, spoken
from feedback.domain.themes import themes
from feedback.domain.workdays import swedish_date

FEW = 5
ENOUGH_ANSWERS = 10
CAVEAT = (
    "Rapporterna kommer från dem som själva har valt att berätta. "
    "De visar var vi behöver titta närmare, inte hur vanligt det är."
)
# Parts of the day: first hour, in running text, and the hours when it helps to be there.
TIMES: dict[str, tuple[int, str, str]] = {
    "day": (6, "på dagarna", "12–17"),
    "early_evening": (17, "tidigt på kvällarna", "16–20"),
    "evening": (20, "på kvällarna", "19–23"),
    "night": (23, "på nätterna", "21–02"),
}
_USUAL = "evening"


class Counts(Protocol):
    """The counted facts of a group of reports; drafting.Facts is one."""

    @property
    def theme(self) -> str: ...
    @property
    def reports(self) -> int: ...
    @property
    def voices(self) -> int: ...
    @property
    def weeks(self) -> int: ...
    @property
    def first(self) -> date: ...
    @property
    def last(self) -> date: ...
    @property
    def needs(self) -> Mapping[str, int]: ...
    @property
    def times(self) -> Mapping[str, int]: ...
    @property
    def unsafe_dark(self) -> tuple[int, int] | None: ...


def situation(facts: Counts, i_place: str) -> str:
    """The whole paragraph. A count below five is never told."""
    if not facts.reports:
        return "Rapporterna bakom förslaget är gallrade."
    sentences = (_reports(facts, i_place), _voices(facts), _times(facts), _dark(facts), _needs(facts), CAVEAT)
    return " ".join(sentence for sentence in sentences if sentence)


def most_common_times(times: Mapping[str, int]) -> str:
    """The parts of the day that at least a third of those who named one name: "kvällar och nätter", or ""."""
    known = {slug: times[slug] for slug in TIMES if times.get(slug, 0) >= 2}
    often = [TIMES[slug][1] for slug, count in known.items() if 3 * count >= sum(times.values())]
    return spoken(often) if often and len(often) < len(TIMES) else ""


def hours(times: Mapping[str, int]) -> str:
    """The hours to be there: "19–23". Evening where the reports do not say otherwise."""
    named = [slug for slug in TIMES if times.get(slug, 0) >= 2]
    return TIMES[max(named, key=lambda slug: times[slug], default=_USUAL)][2]


def _reports(facts: Counts, i_place: str) -> str:
    when = (
        f"Den {swedish_date(facts.first).removeprefix('den ')}"
        if facts.first == facts.last
        else f"Från {swedish_date(facts.first)} till {swedish_date(facts.last)}"
    )
    spread = f", fördelade på {facts.weeks} veckor" if facts.weeks > 1 else ""
    return f"{when} kom {_some(facts.reports)} rapporter om {themes()[facts.theme].noun} {i_place}{spread}."


def _voices(facts: Counts) -> str:
    if FEW <= facts.voices < facts.reports:
        return f"När upprepningar räknas bort är det {facts.voices} röster."
    return ""


def _times(facts: Counts) -> str:
    times = most_common_times(facts.times)
    return f"Det händer framför allt {times}." if times else ""


def _dark(facts: Counts) -> str:
    """How many feel unsafe in the dark; both those who do and those who do not are at least five, or unnamed."""
    unsafe, answered = facts.unsafe_dark or (0, 0)
    if answered < ENOUGH_ANSWERS or not unsafe:
        return ""
    if unsafe == answered:
        share = "alla"
    elif answered - unsafe < FEW:
        share = "nästan alla"
    else:
        share = _some(unsafe)
    return f"Av de {answered} som svarat på frågan känner {share} sig otrygga där när det är mörkt."


def _needs(facts: Counts) -> str:
    wished = [slug for slug in needs() if slug != "other" and facts.needs.get(slug, 0) >= 2]
    top = sorted(wished, key=lambda slug: facts.needs[slug], reverse=True)[:2]
    if not top:
        return ""
    answers = [f"”{_lowered(needs()[slug])}” ({_some(facts.needs[slug])} rapporter)" for slug in top]
    return f"På frågan om vad som skulle hjälpa är det vanligaste svaret {spoken(answers)}."


def _some(count: int) -> str:
    return str(count) if count >= FEW else "några"


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
