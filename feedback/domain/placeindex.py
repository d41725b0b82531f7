"""The places of one municipality by the parts of their names: how a written place or a mention is found."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple, TypeVar

from rapidfuzz.distance import OSA

from feedback.domain.placelist import DISTRICT, Place
from feedback.domain.placewords import bare, parts, parts_of, place_words, squeezed, worded
from feedback.domain.words import Token, tokens

By = Literal["poster", "name", "alias", "spelling", "text"]
Form = TypeVar("Form", str, frozenset[str])

LONGEST_MENTION = 8
FEWEST_WORDS_SHORTENED = 2
SHORTEST_MISSPELT = 5
SHORTEST_MISSPELT_TWICE = 8

_ROAD = re.compile(r"e\d{1,2}")
_SENTENCE_END = re.compile(r"[.!?\n]")


class Resolved(NamedTuple):
    """A place and what gave it away: ``words`` as the resident wrote them."""

    place: Place
    by: By
    words: str


class _Mention(NamedTuple):
    place: Place
    parts: int
    start: int
    words: str

    @property
    def weight(self) -> tuple[bool, int, int, str]:
        """A thing beats a district, then the fuller name, then the earlier one."""
        return (self.place.kind != DISTRICT, self.parts, -self.start, self.place.key)


class TownIndex:
    """Answers None wherever a phrase fits no place, or fits two."""

    def __init__(self, municipality: str, places: list[Place]) -> None:
        self._municipality = municipality
        self._home = parts_of(municipality)
        self._places = places
        named = [(place.name, place) for place in places]
        nicknamed = [(alias, place) for place in places for alias in place.aliases]
        self._names = _unambiguous((parts(name, municipality), place) for name, place in named)
        self._aliases = _unambiguous((parts(name, municipality), place) for name, place in nicknamed)
        self._called: dict[Place, frozenset[str]] = {
            place: frozenset().union(*(parts(name, municipality) for name in (place.name, *place.aliases)))
            for place in places
        }
        self._kinds = frozenset(place_words().heads.values())
        self._spellings = _unambiguous((_compact(name), place) for name, place in named + nicknamed)
        self._written = {" ".join(word.text for word in tokens(name)) for name, _ in named + nicknamed}
        self._ringless = {bare(written) for written in self._written}
        self._vocabulary = frozenset[str]().union(*self._names, *self._aliases)

    def written(self, typed: str) -> Resolved | None:
        """The place that a typed phrase is, or stands for."""
        wanted = parts(typed, self._municipality)
        if wanted in self._names:
            return Resolved(self._names[wanted], "name", typed)
        if wanted in self._aliases:
            return Resolved(self._aliases[wanted], "alias", typed)
        shortened = self._shortened(wanted)
        if shortened is not None:
            return Resolved(shortened, "alias", typed)
        misspelt = self._misspelt(typed)
        if misspelt is not None:
            return Resolved(misspelt, "spelling", typed)
        inside = self.mentioned(typed)
        if inside is None:
            return None
        # "parkeringen vid Bregårdsskolan" is not the school: what is left names a thing of its own.
        left = wanted - parts(inside.words, self._municipality)
        return None if left & self._kinds or any(map(_ROAD.fullmatch, left)) else inside

    def spelt_out(self, typed: str, text: str) -> Resolved | None:
        """The place that a text mentions, when all that was typed is in its names."""
        found = self.mentioned(text)
        return found if found and parts(typed, self._municipality) <= self._called[found.place] else None

    def mentioned(self, text: str) -> Resolved | None:
        """The place a text tells of: a thing before a district, the fuller name before the shorter."""
        mentions = list(self._mentions(text))
        for district in {mention.place for mention in mentions if mention.place.kind == DISTRICT}:
            inside = self._only_one_inside(district, text)
            if inside is not None:
                mentions.append(inside)
        if not mentions:
            return None
        best = max(mentions, key=lambda mention: mention.weight)
        return Resolved(best.place, "text", best.words)

    def narrowed(self, district: Place, text: str) -> Resolved | None:
        """The thing inside a district that a text tells of, by its name or as the only one of its kind."""
        inside = [mention for mention in self._mentions(text) if mention.place.parent == district.slug]
        only = self._only_one_inside(district, text)
        if only is not None:
            inside.append(only)
        if not inside:
            return None
        best = max(inside, key=lambda mention: mention.weight)
        return Resolved(best.place, "text", best.words)

    def _mentions(self, text: str) -> Iterator[_Mention]:
        words = list(worded(text))
        ringless = not any(letter in token.text for token, _ in words for letter in "åäö")
        for at, (first, found) in enumerate(words):
            if not self._knows(found):
                continue
            gathered: frozenset[str] = frozenset()
            previous = first
            for token, more in words[at : at + LONGEST_MENTION]:
                if _SENTENCE_END.search(text, previous.end, token.start) or not (
                    self._knows(more) or not more
                ):
                    break
                previous = token
                if not more:
                    continue
                gathered = gathered.union(more).difference(self._home)
                place = self._names.get(gathered) or self._aliases.get(gathered)
                if place is None:
                    continue
                before = words[at - 1][0].text if at else ""
                if len(gathered) > 1 or self._is_spelt_out(first, before, ringless):
                    yield _Mention(place, len(gathered), first.start, text[first.start : token.end])

    def _knows(self, found: tuple[str, ...]) -> bool:
        return bool(found) and (self._vocabulary.issuperset(found) or found == self._home)

    def _is_spelt_out(self, word: Token, before: str, ringless: bool) -> bool:
        """One word alone must be the name itself, or "svart" would be Svartå.

        Where a text has no å, ä or ö at all, "svarta" is Svartå only after a word such as "i" or "till".
        """
        forms = {word.text, word.text.removesuffix("s")}
        if not forms.isdisjoint(self._written):
            return True
        return (
            ringless and bare(before) in place_words().prepositions and not forms.isdisjoint(self._ringless)
        )

    def _only_one_inside(self, district: Place, text: str) -> _Mention | None:
        for token, found in worded(text):
            if len(found) != 1 or found[0] not in place_words().narrowing:
                continue
            inside = [
                place
                for place in self._places
                if place.parent == district.slug and found[0] in parts(place.name, self._municipality)
            ]
            if len(inside) == 1:
                return _Mention(inside[0], 2, token.start, text[token.start : token.end])
        return None

    def _shortened(self, wanted: frozenset[str]) -> Place | None:
        """The one place whose names together have all these words: "tunneln e18 bregården"."""
        if len(wanted) < FEWEST_WORDS_SHORTENED or self._kinds.issuperset(wanted):
            return None
        fitting = [place for place, called in self._called.items() if called >= wanted]
        return fitting[0] if len(fitting) == 1 else None

    def _misspelt(self, typed: str) -> Place | None:
        """The one place whose name is a letter or two away; None when there is none, or two as near."""
        wanted = _compact(typed)
        if len(wanted) < SHORTEST_MISSPELT:
            return None
        allowed = 1 if len(wanted) < SHORTEST_MISSPELT_TWICE else 2
        distances: dict[Place, int] = {}
        for written, place in self._spellings.items():
            distance = OSA.distance(wanted, written, score_cutoff=allowed)
            if distance <= allowed and _digits(wanted) == _digits(written):
                distances[place] = min(distance, distances.get(place, distance))
        nearest = [place for place, distance in distances.items() if distance == min(distances.values())]
        return nearest[0] if len(nearest) == 1 else None


def _unambiguous(pairs: Iterable[tuple[Form, Place]]) -> dict[Form, Place]:
    """The form of a name to its place, without forms that two places share."""
    meant: dict[Form, set[Place]] = defaultdict(set)
    for form, place in pairs:
        meant[form].add(place)
    return {form: next(iter(found)) for form, found in meant.items() if form and len(found) == 1}


def _compact(written: str) -> str:
    meant = (token.text for token, found in worded(written) if found)
    return squeezed(bare("".join(meant)))


def _digits(word: str) -> str:
    return "".join(sign for sign in word if sign.isdigit())
