"""Which problem at which place a report tells of, when it is known what others tell of there.

Alone a text often leaves two or three themes possible. Beside others it says more: where ten tell of mopeds, "de kör
som galningar" is about mopeds. So

1. every theme that is possible speaks for its problem at the report's place, as strongly as it is likely;
2. each such share counts more, the more often others at the place tell of the same problem (Laplace: one voice for every
   problem is counted in before anything was heard);
3. those who are too few to carry a group of their own go with a group that does: one of a kindred problem at their
   place (catalogue/kin.toml), or of their problem in the district around them, or at the one place inside it.

All is reckoned from the whole set of reports, so their order does not matter.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import NamedTuple, Protocol

from feedback.domain.catalogue import CatalogueError, read
from feedback.domain.themes import NOT_SAFETY, SAFE_HERE, themes
from feedback.domain.voices import Told, voices_of

NOT_PROBLEMS = frozenset({SAFE_HERE, NOT_SAFETY})
WITHOUT_PLACE = "-"
UNKNOWN = "?"

SURE = 0.4
SURE_WITHOUT_PLACE = 0.6
COMPANY = 9
"""So many others are heard; a larger crowd is heard as these, so that it drowns nobody who is clear."""
CARRIES_ITSELF = 3
"""Voices that need no other group to go with."""


class Report(Told, Protocol):
    """What must be known of a report. ``likely``: share by theme; empty when only theme and confidence are known."""

    @property
    def municipality(self) -> str: ...
    @property
    def place(self) -> str | None: ...
    @property
    def district(self) -> str | None: ...
    @property
    def theme(self) -> str | None: ...
    @property
    def confidence(self) -> float: ...
    @property
    def likely(self) -> Mapping[str, float]: ...


class Spot(NamedTuple):
    """One kind of problem at one place, or in the whole municipality: what a group is about."""

    municipality: str
    place: str
    problem: str

    @property
    def key(self) -> str:
        return "|".join(self)

    @property
    def sure(self) -> float:
        """The share it takes to belong here: more for those who should have named a place and did not."""
        return SURE_WITHOUT_PLACE if self.place == WITHOUT_PLACE and self.problem in _placed() else SURE


Shares = Mapping[Spot, float]


def belonging(reports: Sequence[Report]) -> dict[str, Spot]:
    """The spot of each report by its id; those that belong nowhere are left out."""
    shares = {report.id: _shares(report) for report in reports}
    chosen = {
        report_id: spot
        for report_id, lifted in _in_company(reports, shares).items()
        if lifted and lifted[spot := max(sorted(lifted), key=lambda spot: lifted[spot])] >= spot.sure
    }
    return _gathered(reports, chosen)


def _shares(report: Report) -> Shares:
    """How likely each spot is, by the report alone."""
    shares: dict[Spot, float] = defaultdict(float)
    named = report.place not in (None, UNKNOWN)
    for slug, share in (report.likely or {report.theme or "": report.confidence}).items():
        theme = themes().get(slug)
        if theme is not None and slug not in NOT_PROBLEMS:
            place = report.place if named and theme.scope == "place" else None
            shares[Spot(report.municipality, place or WITHOUT_PLACE, theme.problem)] += share
    return shares


def _in_company(reports: Sequence[Report], shares: Mapping[str, Shares]) -> dict[str, Shares]:
    """The shares when what others tell of at the same place is counted in. Without a place nobody is near."""
    told: dict[Spot, float] = defaultdict(float)
    beside: Counter[tuple[str, str | None]] = Counter()
    for report in reports:
        beside[report.municipality, report.place] += 1
        for spot, share in shares[report.id].items():
            told[spot] += share
    found: dict[str, Shares] = {}
    for report in reports:
        alone = shares[report.id]
        others = beside[report.municipality, report.place] - 1
        heard = min(others, COMPANY)
        lifted = {
            spot: share
            * len(_problems())
            * (1 + heard * (told[spot] - share) / max(others, 1))
            / (len(_problems()) + heard)
            if spot.place != WITHOUT_PLACE
            else share
            for spot, share in alone.items()
        }
        whole = sum(lifted.values()) + max(1 - sum(alone.values()), 0)
        found[report.id] = {spot: share / whole for spot, share in lifted.items() if whole}
    return found


def _gathered(reports: Sequence[Report], chosen: Mapping[str, Spot]) -> dict[str, Spot]:
    """The same, with the few beside the many."""
    members: dict[Spot, list[Report]] = defaultdict(list)
    for report in reports:
        if report.id in chosen:
            members[chosen[report.id]].append(report)
    voices = {spot: len(set(voices_of(told).values())) for spot, told in members.items()}
    district = {(report.municipality, report.place): report.district for report in reports if report.district}
    large = {spot: count for spot, count in voices.items() if count >= CARRIES_ITSELF}
    goes_with = {
        spot: max(larger, key=lambda other: (other.problem == spot.problem, large[other], other))
        for spot, count in voices.items()
        if count < CARRIES_ITSELF and (larger := _larger(spot, large, district))
    }
    return {report_id: goes_with.get(spot, spot) for report_id, spot in chosen.items()}


def _larger(
    spot: Spot, large: Collection[Spot], district: Mapping[tuple[str, str | None], str | None]
) -> list[Spot]:
    """The groups that a small one may go with."""
    if spot.place == WITHOUT_PLACE:
        return []

    def around(other: Spot) -> str | None:
        return district.get((other.municipality, other.place))

    found = []
    for other in large:
        if other.municipality != spot.municipality:
            continue
        if other.place == spot.place:
            if other.problem in kin(spot.problem):
                found.append(other)
        elif other.problem == spot.problem and (around(spot) == other.place or around(other) == spot.place):
            found.append(other)
    return found


@cache
def kin(problem: str) -> frozenset[str]:
    """The problems near to one. Raises CatalogueError when kin.toml names one that does not exist."""
    families = read("kin.toml")
    for name, family in families.items():
        if unknown := set(family) - set(_problems()):
            raise CatalogueError.at("kin.toml", name, f"no such problem: {', '.join(sorted(unknown))}")
    return frozenset(one for family in families.values() if problem in family for one in family) - {problem}


@cache
def _problems() -> tuple[str, ...]:
    return tuple(sorted({theme.problem for theme in themes().values() if theme.slug not in NOT_PROBLEMS}))


@cache
def _placed() -> frozenset[str]:
    return frozenset(theme.problem for theme in themes().values() if theme.scope == "place")
