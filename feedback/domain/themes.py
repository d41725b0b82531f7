"""Themes, the seven focus areas, and the agreements that tie one to the other."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from feedback.domain.catalogue import CatalogueError, names, read

OTHER = "other"
NOT_SAFETY, SAFE_HERE = "not_safety", "safe_here"
"""The themes of the area "other"."""


@dataclass(frozen=True)
class FocusArea:
    """What a resident chooses among on the form: ``example`` is the line under the name."""

    slug: str
    name: str
    example: str


@dataclass(frozen=True)
class Theme:
    """A fine, stable kind of problem.

    seriousness: 1 (annoys) to 5 (lives in danger). influence: 1 (little can be done locally) to 3 (the givers
    decide themselves). scope: "place" when the place matters, "municipality" when it does not (phone fraud).
    problem: themes with the same problem are grouped together. place_kind: the theme is such a place itself, so at one it
    says nothing more. noun: completes "12 rapporter om …".
    """

    slug: str
    name: str
    help: str
    seriousness: int
    influence: int
    scope: Literal["place", "municipality"]
    problem: str
    noun: str
    place_kind: str = ""


@dataclass(frozen=True)
class Agreement:
    """A samverkansöverenskommelse: its focus areas and where each theme belongs, valid between two dates."""

    slug: str
    name: str
    valid_from: date
    valid_to: date | None
    areas: dict[str, str]
    themes: dict[str, str]

    def covers(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def focus_area(self, theme: str) -> str:
        """The slug of the focus area a theme belongs to, ``other`` when the agreement does not name it."""
        return self.themes.get(theme, OTHER)


@cache
def focus_areas() -> dict[str, FocusArea]:
    """The areas a resident chooses among, in the order of the form, ``other`` last."""
    return {slug: FocusArea(slug, **row) for slug, row in read("focus_areas.toml").items()}


@cache
def themes() -> dict[str, Theme]:
    """Every theme by slug, in the order of the catalogue."""
    found = {}
    for slug, row in read("themes.toml").items():
        try:
            theme = Theme(slug, **{"problem": slug, "scope": "place", **row})
        except TypeError as error:
            raise CatalogueError.at("themes.toml", f"[{slug}]", error) from None
        if not (1 <= theme.seriousness <= 5 and 1 <= theme.influence <= 3):
            raise CatalogueError.at("themes.toml", f"[{slug}]", "seriousness is 1 to 5, influence 1 to 3")
        found[slug] = theme
    return found


@cache
def agreements() -> dict[str, Agreement]:
    """Every shipped agreement by slug."""
    found = {}
    for file in names("agreements"):
        row = read(file)
        slug = file.removeprefix("agreements/").removesuffix(".toml")
        unknown = set(row["themes"]) - set(themes()) | set(row["themes"].values()) - set(row["areas"])
        if unknown:
            raise CatalogueError.at(file, min(unknown), "is no theme, or an area that is not in [areas]")
        found[slug] = Agreement(
            slug, row["name"], row["valid_from"], row.get("valid_to"), row["areas"], row["themes"]
        )
    return found


def agreement_on(day: date) -> Agreement:
    """The agreement that holds on a day: one made for it, else the standard one."""
    made = [agreement for agreement in agreements().values() if agreement != default_agreement()]
    return next((agreement for agreement in made if agreement.covers(day)), default_agreement())


def default_agreement() -> Agreement:
    """The agreement whose areas are the seven of the form."""
    return agreements()["standard"]
