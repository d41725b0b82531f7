"""Municipalities, their council, named places with nicknames, and the posters that hang there."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship, selectinload

from feedback.domain.placelist import Place as PlaceRule
from feedback.store.base import Base


class Municipality(Base):
    """A municipality; those with the same council decide together (Karlskoga and Degerfors: one Lok Brå)."""

    __tablename__ = "municipality"

    slug: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    council: Mapped[str] = mapped_column(String(80))


class Place(Base):
    """A named public place. ``preposition`` makes "på Skranta torg" of it."""

    __tablename__ = "place"
    __table_args__ = (UniqueConstraint("municipality", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality: Mapped[str] = mapped_column(ForeignKey("municipality.slug"))
    slug: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(20))
    preposition: Mapped[str] = mapped_column(String(10))
    parent: Mapped[str | None] = mapped_column(String(60))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    aliases: Mapped[list["PlaceAlias"]] = relationship(
        back_populates="place", order_by="PlaceAlias.name", cascade="all, delete-orphan"
    )

    @property
    def as_rule(self) -> PlaceRule:
        """The same place as the rules know it."""
        return PlaceRule(
            key=f"{self.municipality}/{self.slug}",
            municipality=self.municipality,
            slug=self.slug,
            name=self.name,
            kind=self.kind,
            parent=self.parent,
            aliases=tuple(alias.name for alias in self.aliases),
            preposition=self.preposition,
            position=None
            if self.latitude is None or self.longitude is None
            else (self.latitude, self.longitude),
        )


class PlaceAlias(Base):
    """What people also call a place."""

    __tablename__ = "place_alias"

    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    place: Mapped[Place] = relationship(back_populates="aliases")


class Poster(Base):
    """A poster code stands for a place, never for a person; all copies at the place share it."""

    __tablename__ = "poster"

    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    put_up_on: Mapped[date | None]
    taken_down_on: Mapped[date | None]
    place: Mapped[Place] = relationship()


def municipalities(session: Session) -> Sequence[Municipality]:
    return session.scalars(select(Municipality).order_by(Municipality.name.desc())).all()


def municipality_names(session: Session) -> dict[str, str]:
    """Slug to name."""
    return {row.slug: row.name for row in municipalities(session)}


def places_by_key(session: Session) -> dict[str, Place]:
    """Every place under its key, ``karlskoga/skranta-torg``."""
    found = session.scalars(select(Place).options(selectinload(Place.aliases)).order_by(Place.id))
    return {f"{place.municipality}/{place.slug}": place for place in found}


def add_places(session: Session, rules: Iterable[PlaceRule]) -> int:
    """Store places that are new; answers how many. Known ones are left as people have edited them."""
    known = places_by_key(session)
    new = [rule for rule in rules if rule.key not in known]
    for rule in new:
        place = Place(
            municipality=rule.municipality,
            slug=rule.slug,
            name=rule.name,
            kind=rule.kind,
            preposition=rule.preposition,
            parent=rule.parent,
        )
        place.latitude, place.longitude = rule.position or (None, None)
        place.aliases = [PlaceAlias(name=name) for name in rule.aliases]
        session.add(place)
    session.flush()
    return len(new)


def first_poster(session: Session) -> Poster | None:
    """Some poster, to show what its address looks like."""
    return session.scalar(select(Poster).order_by(Poster.code).limit(1))
