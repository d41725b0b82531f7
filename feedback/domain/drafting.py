"""From what a group of reports says to a candidate promise: which text fits best, filled with place, dates and owner."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from feedback.domain.owners import externals, functions, giver_names, givers, givers_in, spoken
from feedback.domain.promise_texts import (
    TITLE_LENGTH,
    PromiseText,
    place_cues,
    spot_cues,
    spots,
    text_cues,
    texts_for,
)
from feedback.domain.situation import hours, most_common_times, situation
from feedback.domain.themes import themes
from feedback.domain.words import Cues
from feedback.domain.workdays import months_after, period, swedish_date, working_day

__all__ = ["Draft", "Facts", "NoPromiseText", "alternatives", "draft", "swedish_date"]

DECISION_TIME = timedelta(days=21)
SOON = timedelta(days=120)
SHARED_BY = 2
TEXTS_READ = 200
FALLBACK = "Måste vi ställa in skriver vi det här."
CLOSING = "Vi berättar hur det går på den här sidan senast {follow_up}. Ansvarig: {owner}."
# "på gatorna" + "på Centralplan" would say på twice, and "i gångtunneln" has no streets inside it.
_AT = re.compile(r"^(?:på|i(?= [a-zåäö-]+(?:en|n|et|t)\b))(?= )")


class NoPromiseText(LookupError):
    """The catalogue has no promise text for this theme."""


@dataclass(frozen=True)
class Facts:
    """What a group of reports says.

    place: in-place phrase ("i Skranta"), None for the whole municipality. needs: how many reports chose each need.
    texts: masked, read only for words that several share. times: how many reports name each part of the day
    (day, early_evening, evening, night). unsafe_dark: (feel unsafe in the dark, answered the question).
    """

    municipality: str
    theme: str
    place: str | None
    reports: int
    voices: int
    weeks: int
    first: date
    last: date
    needs: Mapping[str, int]
    texts: Sequence[str]
    times: Mapping[str, int] = field(default_factory=dict)
    unsafe_dark: tuple[int, int] | None = None


@dataclass(frozen=True)
class Draft:
    """A candidate promise in Swedish. givers are slugs of givers.toml; owner and external are public names.

    The promise is kept when what ``measure`` counts reaches ``target`` (in ``unit``) or more.
    """

    catalogue_id: str
    kind: str
    title: str
    situation: str
    doing: str
    outcome: str
    measure: str
    target: int
    unit: str
    givers: tuple[str, ...]
    owner: str
    external: str | None
    starts_on: date
    due_on: date
    follow_up_on: date


def draft(facts: Facts, today: date) -> Draft:
    """The promise that fits the reports best. Raises NoPromiseText, UnknownMunicipality."""
    texts = _by_fit(facts, today)
    if not texts:
        raise NoPromiseText(facts.theme)
    return _write(texts[0], facts, today)


def alternatives(facts: Facts, today: date) -> list[Draft]:
    """The other promises that answer the same theme, the best first, for the editor to choose among."""
    return [_write(text, facts, today) for text in _by_fit(facts, today)[1:]]


def _by_fit(facts: Facts, today: date) -> list[PromiseText]:
    """Most wished for and most spoken of first; then the text made for this place or theme; then catalogue order.

    What can begin soon goes before what must wait for its season.
    """
    read = sorted(facts.texts)[:TEXTS_READ]
    shared = _shared(text_cues(), read)
    here = _shared(place_cues(), read).keys() | {hit.label for hit in place_cues().find(facts.place or "")}

    def fit(text: PromiseText) -> float:
        wished = sum(facts.needs.get(need, 0) for need in text.needs) / max(facts.reports, 1)
        late = not text.at and _period(text, today)[0] > today + SOON
        return wished + shared.get(text.id, 0.0) + 0.5 * bool(text.at) + 0.2 / len(text.themes) - 0.4 * late

    fitting = [text for text in texts_for(facts.theme, facts.municipality) if not text.at or text.id in here]
    return sorted(fitting, key=fit, reverse=True)


def _shared(cues: Cues, texts: Sequence[str]) -> dict[str, float]:
    """How strongly the reports speak for each label: the share that does, plus one. A single report decides nothing."""
    speaking = Counter(label for text in texts for label in {hit.label for hit in cues.find(text)})
    return {label: 1 + count / len(texts) for label, count in speaking.items() if count >= SHARED_BY}


def _write(text: PromiseText, facts: Facts, today: date) -> Draft:
    starts_on, due_on = _period(text, today)
    follow_up_on = working_day(months_after(due_on, text.months))
    owner = functions()[text.owner][facts.municipality]
    place = facts.place if themes()[facts.theme].scope == "place" else None
    words = _words(text, facts, place) | {
        "start": swedish_date(starts_on),
        "due": swedish_date(due_on),
        "follow_up": swedish_date(follow_up_on),
        "owner": owner,
    }
    endings = [FALLBACK] if "police" in text.givers else []
    return Draft(
        catalogue_id=text.id,
        kind=text.kind,
        title=_title(text, words),
        situation=situation(facts, words["place"]),
        doing=_filled(" ".join([text.doing, *endings, CLOSING]), words),
        outcome=_filled(text.outcome, words),
        measure=_filled(text.measure, words),
        target=text.target,
        unit=text.unit,
        givers=givers_in(facts.municipality, text.givers),
        owner=owner,
        external=externals()[text.external] if text.external else None,
        starts_on=starts_on,
        due_on=due_on,
        follow_up_on=follow_up_on,
    )


def _period(text: PromiseText, today: date) -> tuple[date, date]:
    return period(working_day(today + DECISION_TIME), text.weeks, text.season)


def _words(text: PromiseText, facts: Facts, place: str | None) -> dict[str, str]:
    municipality = facts.municipality
    here = f"i {municipality.capitalize()}"
    names = spoken(giver_names(municipality, text.givers))
    times = most_common_times(facts.times)
    return {
        "givers": names,
        "Givers": names[0].upper() + names[1:],
        "kommun": givers()["municipality"].name[municipality],
        "kommuns": givers()["municipality"].genitive[municipality],
        "bolag": givers()["housing"].name[municipality],
        "external": externals()[text.external] if text.external else "",
        "target": str(text.target),
        "place": place or here,
        "i_place": place or here,
        "i_kommun": here,
        "in_spot": _in_spot(text.spot, place, here),
        "there": _there(text.spot, place, here),
        "at_times": f"framför allt {times}" if times else "vid de tider ni har berättat om",
        "hours": hours(facts.times),
    }


def _there(spot: str | None, place: str | None, here: str) -> str:
    """Where, in running text: "i tunneln i Sandviken", or "på platser ni nämnt i Degerfors"."""
    if place is None:
        return f"{spots()[spot].among if spot else 'på platser ni nämnt'} {here}"
    return _in_spot(spot, place, here)


def _in_spot(spot: str | None, place: str | None, here: str) -> str:
    """Where, in a title: "i tunneln i Sandviken", or "i tunnlarna i Degerfors"."""
    if spot is None or (place and any(hit.label == spot for hit in spot_cues().find(place))):
        return place or here
    return f"{spots()[spot].at} {_AT.sub('vid', place)}" if place else f"{spots()[spot].all} {here}"


def _title(text: PromiseText, words: Mapping[str, str]) -> str:
    title = _filled(text.title, words)
    if len(title) <= TITLE_LENGTH:
        return title
    return _filled(text.title, {**words, "i_place": words["i_kommun"], "in_spot": words["i_kommun"]})


def _filled(text: str, words: Mapping[str, str]) -> str:
    return text.format_map(words)
