"""The list of places as data: what a place is, and how rows of a spreadsheet become places."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from feedback.domain.words import fold

DISTRICT = "district"
KINDS = (
    *(DISTRICT, "square", "stop", "building", "tunnel", "school", "path", "street"),
    *("park", "playground", "parking", "water", "other"),
)
PREPOSITIONS = ("i", "på", "vid", "längs", "under", "bakom", "utanför", "mellan", "runt")
COLUMNS = ("municipality", "slug", "name", "kind", "parent", "aliases", "preposition", "code", "position")

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CODE = re.compile(r"[A-Z]{1,2}\d{1,4}")
_POSITION = re.compile(r"(-?\d{1,2}(?:\.\d+)?) (-?\d{1,3}(?:\.\d+)?)")
_FIRST_ROW = 2


@dataclass(frozen=True)
class Place:
    """A place residents talk about.

    key: municipality/slug. kind: one of KINDS. parent: the slug of the district it lies in, in the same
    municipality. code: what stands on the poster there. position: latitude and longitude, in degrees (WGS 84).
    """

    key: str
    municipality: str
    slug: str
    name: str
    kind: str
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    preposition: str = "vid"
    code: str | None = None
    position: tuple[float, float] | None = None

    @property
    def district(self) -> str | None:
        """The key of the district around it."""
        return f"{self.municipality}/{self.parent}" if self.parent else None

    @property
    def in_place(self) -> str:
        """The phrase that fits into a sentence: "i gångtunneln i Sandviken"."""
        return f"{self.preposition} {self.name}"


class PlacesError(Exception):
    """Rows that cannot become places. ``faults`` has one Swedish line for each fault, with its row number."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


def read_places(rows: Iterable[Mapping[str, str | None]]) -> list[Place]:
    """Places from spreadsheet rows, as csv.DictReader gives them, in the order of the rows.

    Aliases are parted by "|", an empty parent, preposition or code is left out of the place. The first row after
    the headings is row 2, as in a spreadsheet. Raises PlacesError with every fault at once.
    """
    rows = list(rows)
    numbered = [(number, _place(row)) for number, row in enumerate(rows, start=_FIRST_ROW)]
    faults = [f"rad {number}: {fault}" for number, place in numbered for fault in _faults(place)]
    faults += [
        f"rad {number}: position ska vara latitud och longitud, som 59.3267 14.5239, inte ”{written}”"
        for number, written in enumerate((_cell(row, "position") for row in rows), start=_FIRST_ROW)
        if written and not _position(written)
    ]
    faults += list(_faults_together(numbered))
    if faults:
        raise PlacesError(faults)
    return [place for _, place in numbered]


def _place(row: Mapping[str, str | None]) -> Place:
    cells = {column: _cell(row, column) for column in COLUMNS}
    aliases = (alias.strip() for alias in cells["aliases"].split("|"))
    return Place(
        key=f"{cells['municipality']}/{cells['slug']}",
        municipality=cells["municipality"],
        slug=cells["slug"],
        name=cells["name"],
        kind=cells["kind"],
        parent=cells["parent"] or None,
        aliases=tuple(dict.fromkeys(alias for alias in aliases if alias)),
        preposition=cells["preposition"] or "vid",
        code=cells["code"].upper() or None,
        position=_position(cells["position"]),
    )


def _cell(row: Mapping[str, str | None], column: str) -> str:
    return " ".join((row.get(column) or "").split())


def _position(written: str) -> tuple[float, float] | None:
    found = _POSITION.fullmatch(written)
    return (float(found[1]), float(found[2])) if found else None


def _faults(place: Place) -> Iterator[str]:
    for column, slug in (("municipality", place.municipality), ("slug", place.slug)):
        if not _SLUG.fullmatch(slug):
            yield f"{column} ska vara små bokstäver a–z, siffror och bindestreck, inte ”{slug}”"
    if not place.name:
        yield "platsen har inget namn (name)"
    if place.kind not in KINDS:
        yield f"kind ska vara något av {', '.join(KINDS)}, inte ”{place.kind}”"
    if place.preposition not in PREPOSITIONS:
        yield f"preposition ska vara något av {', '.join(PREPOSITIONS)}, inte ”{place.preposition}”"
    if place.code is not None and not _CODE.fullmatch(place.code):
        yield f"code ska vara som K12, inte ”{place.code}”"


def _faults_together(numbered: list[tuple[int, Place]]) -> Iterator[str]:
    by_key = {place.key: place for _, place in numbered}
    keys = Counter(place.key for _, place in numbered)
    codes = Counter(place.code for _, place in numbered if place.code)
    called: dict[tuple[str, str], Place] = {}
    for number, place in numbered:
        if keys[place.key] > 1:
            yield f"rad {number}: platsen {place.key} finns på flera rader"
        if place.code and codes[place.code] > 1:
            yield f"rad {number}: affischkoden {place.code} finns på flera rader"
        if place.parent is not None:
            parent = by_key.get(f"{place.municipality}/{place.parent}")
            if parent is None or parent.kind != DISTRICT or parent == place:
                yield f"rad {number}: parent ”{place.parent}” är inget område (district) i samma kommun"
        for name in dict.fromkeys(fold(name) for name in (place.name, *place.aliases)):
            other = called.setdefault((place.municipality, name), place)
            if other.key != place.key:
                yield f"rad {number}: ”{name}” är redan ett namn på {other.name}"
