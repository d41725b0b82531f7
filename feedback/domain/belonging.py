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

from feedback.domain.catalogue import CatalogueError, read
from feedback.domain.themes import NOT_SAFETY, SAFE_HERE, themes
from feedback.domain.voices import Told, voices_of

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
CLEAR = 0.95
"""Who says it so clearly is not swayed by what others tell."""
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


def belonging(reports: Iterable[Report]) -> dict[str, Spot]:
    """The spot of each report by its id; those that belong nowhere are left out."""
    told = sorted(reports, key=lambda report: report.id)
    alone = {report.id: _shares(report) for report in told}
    beside = _in_company(told, alone)
    chosen = {}
    for report in told:
        spot = _chosen(alone[report.id], beside[report.id])
        if spot is not None:
            chosen[report.id] = spot
    gathered = _gathered(told, chosen)
    heard = Counter(gathered.values())
    return {
        report_id: spot
        for report_id, spot in gathered.items()
        if heard[spot] >= CARRIES_ITSELF or alone[report_id].get(chosen[report_id], 0) >= SURE
    }


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


def _in_company(reports: Sequence[Report], alone: Mapping[str, Shares]) -> Mapping[str, Shares]:
    """The shares when what others tell of at the same place is counted in. Without a place nobody is near."""
    possible = {report_id: _with_kin(shares) for report_id, shares in alone.items()}
    beside = Counter((report.municipality, report.place) for report in reports)
    now = alone
    for _ in range(ROUNDS):
        told: dict[Spot, float] = defaultdict(float)
        for report in reports:
            for spot, share in now[report.id].items():
                told[spot] += share
        now = {
            report.id: _lifted(
                possible[report.id],
                1 - sum(alone[report.id].values()),
                now[report.id],
                told,
                beside[report.municipality, report.place] - 1,
            )
            for report in reports
        }
    return now


def _with_kin(shares: Shares) -> Shares:
    found: dict[Spot, float] = defaultdict(float)
    for spot, share in shares.items():
        found[spot] += share
        if spot.place != WITHOUT_PLACE:
            for problem in sorted(kin(spot.problem)):
                found[spot._replace(problem=problem)] += KINDRED * share
    return found


def _lifted(possible: Shares, nothing: float, own: Shares, told: Mapping[Spot, float], others: int) -> Shares:
    """Each share times how much oftener than by chance the others tell of the spot, so that all make 1 with ``nothing``."""
    heard, problems = min(others, COMPANY), len(_problems())

    def lift(spot: Spot) -> float:
        if spot.place == WITHOUT_PLACE:
            return 1.0
        by_others = heard * max(told[spot] - own.get(spot, 0), 0) / max(others, 1)
        return problems * (DOUBT + by_others) / (problems * DOUBT + heard)

    lifted = {spot: share * lift(spot) for spot, share in possible.items()}
    whole = sum(lifted.values()) + max(nothing, 0)
    return {spot: share / whole for spot, share in lifted.items()} if whole else {}


def _chosen(alone: Shares, beside: Shares) -> Spot | None:
    if not alone or not beside:
        return None
    clear = _highest(alone)
    spot = clear if alone[clear] >= CLEAR else _highest(beside)
    if spot.place == WITHOUT_PLACE:
        return spot if beside[spot] >= spot.sure else None
    here = sum(share for other, share in beside.items() if other.place == spot.place)
    return spot if here >= A_PROBLEM else None


def _highest(shares: Shares) -> Spot:
    return max(sorted(shares), key=lambda spot: shares[spot])


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
def _placed() -> frozenset[str]:
    return frozenset(theme.problem for theme in themes().values() if theme.scope == "place")
