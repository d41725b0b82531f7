"""Who can give a promise, who answers for it, and who else must be asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from feedback.domain.catalogue import CatalogueError, read
from feedback.domain.words import Cues


class UnknownMunicipality(LookupError):
    """No giver has a name in this municipality."""


@dataclass(frozen=True)
class Giver:
    """Someone who can promise. ``name`` and ``genitive`` are per municipality; a missing one has no such giver."""

    slug: str
    name: dict[str, str]
    genitive: dict[str, str]
    bodies: tuple[str, ...]


@cache
def givers() -> dict[str, Giver]:
    """Every giver by slug, in the order of the catalogue."""
    found = {}
    for slug, row in read("givers.toml").items():
        try:
            found[slug] = Giver(slug, row["name"], row["genitive"], tuple(row["bodies"]))
        except KeyError as missing:
            raise CatalogueError.at("givers.toml", f"[{slug}]", f"{missing} is missing") from None
        if found[slug].name.keys() != found[slug].genitive.keys():
            raise CatalogueError.at(
                "givers.toml", f"[{slug}]", "name and genitive name different municipalities"
            )
    return found


@cache
def needs() -> dict[str, str]:
    """What would help: the form text by slug, in the order of the form."""
    return {slug: str(text) for slug, text in read("needs.toml").items()}


def municipalities() -> tuple[str, ...]:
    """The municipalities of the council, by slug."""
    return tuple(givers()["municipality"].name)


def givers_in(municipality: str, slugs: Iterable[str]) -> tuple[str, ...]:
    """Those of the givers that exist in the municipality. Raises UnknownMunicipality."""
    if municipality not in municipalities():
        raise UnknownMunicipality(municipality)
    return tuple(slug for slug in slugs if municipality in givers()[slug].name)


def giver_names(municipality: str, slugs: Iterable[str]) -> list[str]:
    """The givers as they are named in the municipality: ["Karlskoga kommun", "polisen"]."""
    return [givers()[slug].name[municipality] for slug in givers_in(municipality, slugs)]


def spoken(names: Iterable[str]) -> str:
    """Names in running Swedish: "Karlskoga kommun, Karlskogahem och polisen"."""
    *first, last = names
    return f"{', '.join(first)} och {last}" if first else last


@cache
def functions() -> dict[str, dict[str, str]]:
    """Every function that can own a promise: slug to its name per municipality."""
    found: dict[str, dict[str, str]] = read("owners.toml")["functions"]
    for slug, names in found.items():
        if set(names) != set(municipalities()):
            raise CatalogueError.at(
                "owners.toml", f"[functions.{slug}]", f"must name {spoken(municipalities())}"
            )
        for name in names.values():
            if not givers_of(name):
                raise CatalogueError.at("owners.toml", f"[functions.{slug}]", f"{name!r} belongs to no giver")
    return found


def owners_of(theme: str, municipality: str) -> list[str]:
    """The functions that can answer for a theme, the usual one first; empty for a theme nobody owns."""
    try:
        return [functions()[slug][municipality] for slug in read("owners.toml")["themes"].get(theme, ())]
    except KeyError as unknown:
        raise CatalogueError.at("owners.toml", theme, f"has no such function: {unknown}") from None


def externals() -> dict[str, str]:
    """Those who decide over something we can only bring up with them: slug to public name."""
    return {slug: row["name"] for slug, row in read("owners.toml")["external"].items()}


def givers_of(owner: str) -> frozenset[str]:
    """The givers an owner belongs to, by the words of its name: "kommunpolisen i Degerfors" → police."""
    return frozenset(hit.label for hit in _bodies().find(owner))


def externals_in(text: str) -> frozenset[str]:
    """The external owners a text speaks of, by slug."""
    return frozenset(hit.label for hit in _external_cues().find(text))


@cache
def _bodies() -> Cues:
    return Cues({slug: giver.bodies for slug, giver in givers().items()})


@cache
def _external_cues() -> Cues:
    return Cues({slug: row["cues"] for slug, row in read("owners.toml")["external"].items()})
