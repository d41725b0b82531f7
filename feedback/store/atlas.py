"""Everything known about places in one snapshot, for those who would ask for it again and again."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.domain.placelist import Place
from feedback.domain.places import Gazetteer
from feedback.store.place import Poster, municipality_names, places_by_key


@dataclass(frozen=True)
class Atlas:
    """Places and municipalities as they were when it was drawn; holds no database objects.

    municipalities: slug to name. posters: code to place. row_ids: key of a place to its row. row_names: the
    row of a place to its name.
    """

    municipalities: dict[str, str]
    places: tuple[Place, ...]
    posters: dict[str, Place]
    row_ids: dict[str, int]
    gazetteer: Gazetteer
    names: frozenset[str]
    row_names: dict[int, str]

    def poster(self, code: str) -> Place | None:
        """The place where a poster hangs; upper and lower case are the same."""
        return self.posters.get(code.strip().upper())

    def find(self, typed: str | None, text: str, municipality: str) -> int | None:
        """The row of the place that was typed or is named in a text, or None."""
        found = self.gazetteer.resolve(typed, text, municipality)
        return self.row_ids[found.place.key] if found else None


def draw_atlas(session: Session) -> Atlas:
    """Read all places: four queries, however many places there are."""
    rows = places_by_key(session)
    rules = {row.id: row.as_rule for row in rows.values()}
    return Atlas(
        municipalities=municipality_names(session),
        places=tuple(rules.values()),
        posters={poster.code: rules[poster.place_id] for poster in session.scalars(select(Poster))},
        row_ids={key: row.id for key, row in rows.items()},
        gazetteer=Gazetteer(rules.values()),
        row_names={row: rule.name for row, rule in rules.items()},
        # Masking must leave these alone.
        names=frozenset(name for rule in rules.values() for name in (rule.name, *rule.aliases)),
    )
