"""Many reports about the same thing become one group, and the group says in a sentence why.

A group is one municipality, one place and one kind of problem; that is its key. Which key a report gets depends on the
report and on what others tell of at its place (``belonging``), never on the order in which they came. So the same
reports give the same groups in any order and in any batches.

What was decided, so that no group is noise:
- Praise, what is not about safety and what could not be classified form no group.
- A theme that has no place (phone fraud) is grouped over the whole municipality, wherever it was told.
- A report that should have a place but names none joins no placed group, because guessing would move voices. Such
  reports form a group for the whole municipality only when many say the same and say it clearly: four voices in
  two weeks or more, within a year.
- A report whose theme is little more than a guess joins those who tell of the same at its place; where nobody does
  it waits for a person.
- One voice is no group, however often it repeats itself.
- Many reports about a district and many about a tunnel in it stay apart, for a promise must name one place; a few go
  with the many. (A report that says "Sandviken" and tells of the tunnel was resolved to the tunnel already, see
  places.py.) A reviewer who knows better merges the two, and that is remembered.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from feedback.domain.belonging import UNKNOWN, WITHOUT_PLACE, belonging
from feedback.domain.group_rules import NO_RULES, Rules
from feedback.domain.places import typed_phrase
from feedback.domain.themes import Theme, themes
from feedback.domain.unlisted import unlisted
from feedback.domain.voices import voices_of

FEWEST_VOICES = 2
FEWEST_VOICES_WITHOUT_PLACE = 4
FEWEST_WEEKS_WITHOUT_PLACE = 2
LONGEST_WITHOUT_PLACE = timedelta(days=365)
FARTHEST = timedelta(days=3 * 365)
FEWEST_VOICES_OF_A_SPIKE_DAY = 8
FEWEST_VOICES_OF_A_SPIKE_HOUR = 6
FEWEST_VOICES_BESIDE_A_SPIKE = 3


@dataclass(frozen=True, slots=True)
class Item:
    """A report as grouping sees it.

    place: the key of a known Place, "?" and the unknown_key of a typed one, or None. place_name: the phrase that
    fits into a sentence ("i Sandviken"), for an unknown place as it was typed. district: the key of the district around
    the place; place_kind: as in placelist.KINDS. hour: 0 to 23. confidence: how sure the theme is, 0 to 1; likely: the share of every theme that is
    possible, empty when only the first is known.
    """

    id: str
    municipality: str
    place: str | None
    place_name: str
    theme: str | None
    day: date
    text: str
    channel: str = "web"
    hour: int | None = None
    confidence: float = 1.0
    district: str | None = None
    likely: Mapping[str, float] = field(default_factory=dict)
    place_kind: str = ""


@dataclass(frozen=True)
class Group:
    """Reports about one kind of problem at one place.

    problem: what Theme.problem says; theme: the most common of its themes here. voices: reports without repeats.
    weeks: how many ISO weeks have a report. spike: nearly all came on one day through one channel, or in one hour.
    """

    key: str
    municipality: str
    place: str | None
    problem: str
    theme: str
    report_ids: tuple[str, ...]
    voices: int
    weeks: int
    first: date
    last: date
    spike: bool
    sentence: str


def group(items: Iterable[Item], rules: Rules = NO_RULES) -> list[Group]:
    """All groups among the reports, those with most voices first. A report id that comes twice counts once."""
    told = list({item.id: item for item in sorted(items, key=_in_order)}.values())
    keys = keys_of(told, rules)
    members: dict[str, list[Item]] = defaultdict(list)
    for item in told:
        if item.id in keys:
            members[keys[item.id]].append(item)
    by_hand = rules.made_by_hand()
    found = (formed(key, reports, key in by_hand) for key, reports in members.items())
    return sorted(
        (one for one in found if one is not None), key=lambda one: (-one.voices, -one.weeks, one.key)
    )


def keys_of(items: Iterable[Item], rules: Rules = NO_RULES) -> dict[str, str]:
    """The key of the group each report belongs to, by report id; those that belong to none are left out."""
    told = list(items)
    named = unlisted(told)
    spots = belonging(
        replace(item, place=named[item.id]) if item.id in named else item
        for item in told
        if item.id not in rules.moved
    )
    keys = {report_id: spot.key for report_id, spot in spots.items()} | dict(rules.moved)
    return {item.id: rules.applied(item, key) for item in told if (key := keys.get(item.id)) is not None}


def _in_order(item: Item) -> tuple[str, ...]:
    parts = (item.id, item.day.isoformat(), item.municipality, item.place or "", item.theme or "")
    return (*parts, item.place_name, item.text, item.channel, str(item.hour))


def formed(key: str, reports: Sequence[Item], by_hand: bool = False) -> Group | None:
    """The group of all reports with a key; None when too few carry it. by_hand: reviewers put reports there."""
    if not by_hand and len(reports) < FEWEST_VOICES:
        return None
    municipality, _, rest = key.partition("|")
    place, _, problem = rest.rpartition("|")
    theme = _theme(reports, problem)
    if theme is None:
        return None
    voices = voices_of(reports)
    days = _told_on(reports)
    weeks = len({day.isocalendar()[:2] for day in days})
    heard = len(set(voices.values()))
    if not by_hand and not _is_carried(theme, place, heard, weeks, days):
        return None
    return Group(
        key=key,
        municipality=municipality,
        place=None if place == WITHOUT_PLACE else place,
        problem=problem,
        theme=theme.slug,
        report_ids=tuple(sorted(voices)),
        voices=heard,
        weeks=weeks,
        first=min(days),
        last=max(days),
        spike=_is_spike(reports, voices),
        sentence=_sentence(theme, _where(municipality, place, reports), len(reports), heard, weeks),
    )


def _theme(reports: Iterable[Item], problem: str) -> Theme | None:
    """The most common theme of the problem, the first in the alphabet of two; any of it for what was moved here."""
    of_problem = {slug: theme for slug, theme in themes().items() if theme.problem == problem}
    told = Counter(report.theme for report in reports if report.theme in (of_problem or themes()))
    if told:
        return themes()[min(told, key=lambda slug: (-told[slug], slug or "")) or ""]
    return next(iter(of_problem.values()), None)


def _told_on(reports: Sequence[Item]) -> list[date]:
    """The days, without those that some clock or keyboard has put years away from the others."""
    days = sorted(report.day for report in reports)
    middle = days[len(days) // 2]
    return [day for day in days if abs(day - middle) <= FARTHEST]


def _is_carried(theme: Theme, place: str, voices: int, weeks: int, days: Iterable[date]) -> bool:
    if theme.scope == "place" and place == WITHOUT_PLACE:
        return (
            voices >= FEWEST_VOICES_WITHOUT_PLACE
            and weeks >= FEWEST_WEEKS_WITHOUT_PLACE
            and _come_together(sorted(days), FEWEST_VOICES_WITHOUT_PLACE, LONGEST_WITHOUT_PLACE)
        )
    return voices >= FEWEST_VOICES


def _come_together(days: Sequence[date], many: int, within: timedelta) -> bool:
    """Whether ``many`` of the days, in order, lie within one span of time."""
    return any(last - first <= within for first, last in zip(days, days[many - 1 :], strict=False))


def _is_spike(reports: Iterable[Item], voices: Mapping[str, str]) -> bool:
    """Whether hardly anyone is left beside the busiest day of one channel, or beside the busiest hour.

    Counting who is left, and not a share, keeps a flood from hiding a group that many others carry.
    """
    bursts: dict[tuple[int, date, str | int], set[str]] = defaultdict(set)
    for report in reports:
        bursts[FEWEST_VOICES_OF_A_SPIKE_DAY, report.day, report.channel].add(voices[report.id])
        if report.hour is not None:
            bursts[FEWEST_VOICES_OF_A_SPIKE_HOUR, report.day, report.hour].add(voices[report.id])
    heard = len(set(voices.values()))
    return any(
        len(burst) >= fewest and heard - len(burst) < FEWEST_VOICES_BESIDE_A_SPIKE
        for (fewest, _, _), burst in bursts.items()
    )


def _where(municipality: str, place: str, reports: Sequence[Item]) -> str:
    if place == WITHOUT_PLACE:
        return f"i {municipality.capitalize()}"
    # After a merge nobody may have named the place that gives the group its key; then another name must do.
    names = Counter(report.place_name for report in reports if report.place == place and report.place_name)
    names = names or Counter(report.place_name for report in reports if report.place_name)
    if not names:
        return f"i {municipality.capitalize()}"
    name = min(names, key=lambda name: (-names[name], name[:1].islower(), len(name), name))
    return typed_phrase(name) if place.startswith(UNKNOWN) else name


def _sentence(theme: Theme, where: str, reports: int, voices: int, weeks: int) -> str:
    told = "1 rapport" if reports == 1 else f"{reports} rapporter"
    when = "en vecka" if weeks == 1 else f"{weeks} veckor"
    repeats = reports - voices
    repeated = f", varav {repeats} upprepar en annan" if repeats else ""
    return f"{told} om {theme.noun} {where} under {when}{repeated}"
