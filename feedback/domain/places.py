"""The gazetteer: which known place a resident means, however it was written.

A place is looked for in this order, always inside one municipality, because every town has its own "torget":
poster code, exact name, alias (inflection, compounds and prepositions forgiven), some words of a name that only
one place has, misspelling, and last a place mentioned inside a longer phrase or, when nothing was typed, in the
report itself. What was typed stands: a typed place that is not known stays unresolved, whatever the text mentions
("Letälven" and "cykelvägen vid Letälven" is no other place, but the same spelt out), and is offered to a reviewer once.

A district is a coarse answer. When the report itself names a thing inside that district ("Sandviken" typed,
"tunneln är kolsvart" told) the thing wins, if the district has only one of the kind.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

from feedback.domain.placeindex import By, Resolved, TownIndex
from feedback.domain.placelist import DISTRICT, Place, PlacesError, read_places
from feedback.domain.placewords import bare, parts, place_words
from feedback.domain.words import fold

__all__ = [
    "By",
    "Gazetteer",
    "Place",
    "PlacesError",
    "Resolved",
    "key_and_phrase",
    "read_places",
    "typed_phrase",
    "unknown_key",
]

LONGEST_KEY = 100
"""Characters of an unknown place in the key of a group."""

_POSTER_CODE = re.compile(r"(?:(?:kod|affisch|skylt)\s*)?([a-z]{1,2})[\s-]?(\d{1,4})")


class Gazetteer:
    """The known places, ready to be asked. Building it is linear in the number of names."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._towns: dict[str, list[Place]] = defaultdict(list)
        for place in sorted(places, key=lambda place: place.key):
            self._towns[place.municipality].append(place)
        self._by_key = {place.key: place for town in self._towns.values() for place in town}
        self._by_code = {
            place.code.lower(): place for place in self._by_key.values() if place.code is not None
        }
        self._indexes = {name: TownIndex(name, town) for name, town in self._towns.items()}

    def place(self, key: str) -> Place | None:
        """The place with that key."""
        return self._by_key.get(key)

    def by_code(self, code: str) -> Place | None:
        """The place where the poster with that code hangs; any case."""
        return self._by_code.get(code.strip().lower())

    def search(self, typed: str, most: int) -> list[Place]:
        """At most ``most`` places that somebody may mean who typed this: what it resolves to in each town, then
        every place with all the words in one of its names. Nothing typed: the first places of every town."""
        wanted = fold(typed).split()
        meant = (
            [found.place for town in self._towns if (found := self.resolve(typed, "", town))]
            if wanted
            else []
        )
        named = (
            place
            for place in sorted(self._by_key.values(), key=lambda place: fold(place.name))
            if any(all(word in name for word in wanted) for name in map(fold, (place.name, *place.aliases)))
        )
        return list(dict.fromkeys([*meant, *named]))[:most]

    def resolve(self, typed: str | None, text: str, municipality: str) -> Resolved | None:
        """The place meant by what was typed in the place field, or else by the text; None when neither tells."""
        town = self._indexes.get(municipality)
        if town is None:
            return None
        if not typed or not parts(typed, municipality):
            return town.mentioned(text)
        found = self._by_poster(typed, municipality) or town.written(typed) or town.spelt_out(typed, text)
        if found is not None and found.place.kind == DISTRICT:
            return town.narrowed(found.place, text) or found
        return found

    def _by_poster(self, typed: str, municipality: str) -> Resolved | None:
        code = _POSTER_CODE.fullmatch(fold(typed).strip())
        place = self.by_code("".join(code.groups())) if code else None
        return Resolved(place, "poster", typed) if place and place.municipality == municipality else None


def unknown_key(typed: str, municipality: str = "") -> str:
    """A key that two ways of writing the same unknown place share: "boasang tunnel".

    Empty when the words point at no place ("här", "överallt", the municipality's own name).
    """
    return " ".join(sorted(parts(typed, municipality)))


def key_and_phrase(place: Place | None, typed: str, municipality: str) -> tuple[str | None, str]:
    """What grouping needs of a place: its key and how it stands in a sentence; (None, "") when none was told.

    A place that is known only as typed gets a key of at most LONGEST_KEY characters that begins with "?".
    """
    if place:
        return place.key, place.in_place
    return (
        (f"?{unknown_key(typed, municipality)}"[:LONGEST_KEY], typed_phrase(typed)) if typed else (None, "")
    )


def typed_phrase(typed: str) -> str:
    """A place as typed, so that it fits into a sentence: "i tunneln vid macken", "vid Ljungdungen"."""
    words = " ".join(typed.split()).rstrip(" .,!?")
    first = words.split(" ", 1)[0]
    if bare(first) in place_words().prepositions:
        return first.lower() + words[len(first) :]
    return f"vid {words}"
