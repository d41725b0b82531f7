"""Which problem at which place a report tells of, when it is known what others tell of there.

Alone a text often leaves two or three themes possible. Beside others it says more: where ten tell of mopeds, "de kör
som galningar" is about mopeds. So

1. every theme that is possible speaks for its problem at the report's place, as strongly as it is likely, and a little for
   the problems near to it (catalogue/kin.toml);
2. each such share counts more, the more often others at the place tell of the same. That is asked a few times over, because
   what others tell of is also clearer beside others (expectation and maximisation, smoothed as Laplace taught);
3. those who are too few to carry a group of their own go with a larger one: of a kindred problem at their place, or of
   their problem in the district around them, or at the one place inside it.

All is reckoned from the whole set of reports, so their order does not matter. Sums are taken in the order of the ids.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from feedback.domain.catalogue import CatalogueError, read
from feedback.domain.themes import NOT_SAFETY, SAFE_HERE, themes
from feedback.domain.voices import Told, voices_of

Shares = NDArray[np.float64]
"""One row for each report, one column for each problem."""
NOT_PROBLEMS = frozenset({SAFE_HERE, NOT_SAFETY})
WITHOUT_PLACE = "-"
UNKNOWN = "?"

KINDRED = 0.2
"""How much a theme also speaks for the problems near to its own."""
DOUBT = 0.1
"""What is counted in for every problem before anybody was heard."""
COMPANY = 9
"""So many others are heard; a larger crowd is heard as these."""
ROUNDS = 3
TINY = 1e-12
CLEAR = 0.95
"""Who says it so clearly is not swayed by what others tell."""
OF_THE_PLACE = 0.1
"""How much a theme counts that is only the place again: "a tunnel" in a tunnel."""
A_PROBLEM = 0.5
SURE = 0.4
SURE_WITHOUT_PLACE = 0.6
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
    def place_kind(self) -> str: ...
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


class Choice(NamedTuple):
    """What one report tells of, and how much it says so by itself."""

    spot: Spot
    alone: float


def belonging(reports: Iterable[Report]) -> dict[str, Spot]:
    """The spot of each report by its id; those that belong nowhere are left out."""
    told = sorted(reports, key=lambda report: report.id)
    at: dict[tuple[str, str], list[Report]] = defaultdict(list)
    for report in told:
        named = report.place not in (None, UNKNOWN)
        at[report.municipality, (report.place or "") if named else WITHOUT_PLACE].append(report)
    choices: dict[str, Choice] = {}
    for (municipality, place), here in at.items():
        choices |= _choices(municipality, place, here)
    gathered = _gathered(told, {report_id: choice.spot for report_id, choice in choices.items()})
    heard = Counter(gathered.values())
    return {
        report_id: spot
        for report_id, spot in gathered.items()
        if heard[spot] >= CARRIES_ITSELF or choices[report_id].alone >= SURE
    }


def _choices(municipality: str, place: str, reports: Sequence[Report]) -> dict[str, Choice]:
    """What each report at one place tells of, if anything. Where no place was named nobody is near."""
    here, anywhere = _shares(place, reports)
    beside = _in_company(here, 1 - here.sum(1)) if place != WITHOUT_PLACE else here
    found = {}
    for report, by_itself, shares, far in zip(reports, here, beside, anywhere, strict=True):
        placed, placeless = int(shares.argmax()), int(far.argmax())
        if by_itself.max() >= CLEAR:
            placed = int(by_itself.argmax())
        spot = Spot(municipality, place, _problems()[placed])
        if far[placeless] > shares[placed]:
            spot = Spot(municipality, WITHOUT_PLACE, _problems()[placeless])
            placed, by_itself = placeless, far
        enough = shares.sum() >= A_PROBLEM if spot.place != WITHOUT_PLACE else by_itself[placed] >= spot.sure
        if enough:
            found[report.id] = Choice(spot, float(by_itself[placed]))
    return found


def _shares(place: str, reports: Sequence[Report]) -> tuple[Shares, Shares]:
    """How likely each problem is by the report alone: those of the place, and those that have no place."""
    here = np.zeros((len(reports), len(_problems())))
    anywhere = np.zeros_like(here)
    for row, report in enumerate(reports):
        for slug, share in (report.likely or {report.theme or "": report.confidence}).items():
            theme = themes().get(slug)
            if theme is None or slug in NOT_PROBLEMS:
                continue
            weight = OF_THE_PLACE if theme.place_kind and theme.place_kind == report.place_kind else 1.0
            placed = here if theme.scope == "place" else anywhere
            placed[row, _at()[theme.problem]] += weight * share
    return here, anywhere


def _in_company(alone: Shares, nothing: Shares) -> Shares:
    """The shares when what the others tell of is counted in: each times how much oftener than by chance they do.

    nothing: (reports,) what is left when the report tells of no problem of the place; it makes them 1 together.
    """
    possible = alone @ _kinship()
    others, problems = len(alone) - 1, len(_problems())
    heard = min(others, COMPANY)
    now = alone
    for _ in range(ROUNDS):
        by_others = heard * np.maximum(now.sum(0) - now, 0) / max(others, 1)
        lifted = possible * problems * (DOUBT + by_others) / (problems * DOUBT + heard)
        whole = lifted.sum(1) + np.maximum(nothing, 0)
        now = lifted / np.maximum(whole, TINY)[:, None]
    return now


def _gathered(reports: Sequence[Report], chosen: Mapping[str, Spot]) -> dict[str, Spot]:
    """The same, with the few beside the many."""
    members: dict[Spot, list[Report]] = defaultdict(list)
    for report in reports:
        if report.id in chosen:
            members[chosen[report.id]].append(report)
    voices = {spot: len(set(voices_of(told).values())) for spot, told in members.items()}
    district = {(report.municipality, report.place): report.district for report in reports if report.district}
    goes_with: dict[Spot, Spot] = {}
    near: dict[tuple[str, str], list[Spot]] = defaultdict(list)
    for spot in sorted(voices, key=lambda spot: (-voices[spot], spot)):
        home = (spot.municipality, district.get((spot.municipality, spot.place)) or spot.place)
        larger = [other for other in near[home] if _goes_with(spot, other, home[1])]
        if voices[spot] < CARRIES_ITSELF and larger and spot.place != WITHOUT_PLACE:
            goes_with[spot] = max(
                larger, key=lambda other: (other.problem == spot.problem, voices[other], other)
            )
        else:
            near[home].append(spot)
    return {report_id: goes_with.get(spot, spot) for report_id, spot in chosen.items()}


def _goes_with(spot: Spot, other: Spot, district: str) -> bool:
    """Whether a few at one spot may be told with those at another in the same district."""
    if other.place == spot.place:
        return other.problem in kin(spot.problem)
    return other.problem == spot.problem and district in (spot.place, other.place)


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
def _at() -> dict[str, int]:
    return {problem: column for column, problem in enumerate(_problems())}


@cache
def _kinship() -> Shares:
    """Shape (problems, problems): 1 for the problem itself, KINDRED for those near to it."""
    near = [
        [KINDRED if other in kin(one) else float(one == other) for other in _problems()]
        for one in _problems()
    ]
    return np.array(near)


@cache
def _placed() -> frozenset[str]:
    return frozenset(theme.problem for theme in themes().values() if theme.scope == "place")
