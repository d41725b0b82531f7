"""Which place a report is about: the poster's, a known one, or what was typed."""

import re
from dataclasses import dataclass

from feedback.domain.cleaning import MAX_PLACE
from feedback.domain.placelist import Place
from feedback.web.atlas import atlas
from feedback.web.resident.forms import ReportForm


@dataclass(frozen=True)
class Where:
    """A municipality, the row of a known place or None, and what was typed."""

    municipality: str
    place_id: int | None
    typed: str


def where(form: ReportForm, poster: Place | None) -> Where | None:
    """A place chosen from those that were found, else typed words, else the poster.

    A name we know tells the municipality by itself.

    None when nothing was typed, or an unknown place without its municipality.
    """
    found = atlas().gazetteer.place(form.chosen_place or "")
    if found:
        return Where(found.municipality, atlas().row_ids[found.key], (form.place.data or "")[:MAX_PLACE])
    typed = (form.place.data or "")[: MAX_PLACE + 1]
    if not typed:
        return Where(poster.municipality, atlas().row_ids[poster.key], "") if poster else None
    name, _, home = typed.rpartition(", ")
    slugs = {name: slug for slug, name in atlas().municipalities.items()}
    if home in slugs:
        return _known_or_typed(name, [slugs[home]])
    named = [
        slug for name, slug in slugs.items() if re.search(rf"\b{re.escape(name)}\b", typed, re.IGNORECASE)
    ]
    asked = form.municipality.data
    chosen = asked if asked in atlas().municipalities else named[0] if len(named) == 1 else None
    chosen = chosen or (poster.municipality if poster else None)
    return _known_or_typed(typed, [chosen] if chosen else list(slugs.values()))


def _known_or_typed(typed: str, homes: list[str]) -> Where | None:
    found = [(home, row) for home in homes if (row := atlas().find(typed, "", home))]
    if len(found) == 1:
        return Where(*found[0], typed)
    return Where(homes[0], None, typed) if len(homes) == 1 else None
