"""Fill an empty database with what the catalogue knows: municipalities, places, posters."""

import csv

from sqlalchemy.orm import Session

from feedback.domain.catalogue import FOLDER, read
from feedback.domain.placelist import Place, read_places
from feedback.store.place import Municipality, Poster, add_places, places_by_key


def catalogue_places() -> list[Place]:
    """The places of the shipped list (catalogue/places.csv)."""
    with open(FOLDER / "places.csv", encoding="utf-8-sig", newline="") as file:
        return read_places(csv.DictReader(file, delimiter=";"))


def set_up(session: Session) -> None:
    """Add what is missing. What people have changed stays as it is."""
    for slug, row in read("municipalities.toml").items():
        if session.get(Municipality, slug) is None:
            session.add(Municipality(slug=slug, **row))
    session.flush()
    rules = catalogue_places()
    if not add_places(session, rules):
        return
    known = places_by_key(session)
    for rule in rules:
        if rule.code and session.get(Poster, rule.code) is None:
            session.add(Poster(code=rule.code, place_id=known[rule.key].id))
    session.flush()
