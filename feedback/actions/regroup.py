"""Bring the groups up to date with the reports, as much of them as has changed.

A report keeps the key of what it tells of (``Report.spot``): None until it has been looked at, empty when it belongs
nowhere. What others tell at a place may change what a report there tells of, so where one is new all of its district are
looked at anew; then every group that won or lost a report is told anew. Memory follows the largest district and the
largest group, not the number of reports.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from feedback.domain import grouping
from feedback.domain.group_rules import Rules
from feedback.domain.lifecycle import ReportState
from feedback.store import event
from feedback.store import report as reports
from feedback.store.group import Group, group_keys, group_under, merge_rules
from feedback.store.place import Place, places_by_key

NOBODY_LEFT = "Inga rapporter finns kvar"
NOWHERE = ""


@dataclass(frozen=True)
class Found:
    """A group with its reports: the row that is kept, and what the rules say of it; None when nobody is left."""

    row: Group
    rule: grouping.Group | None
    members: Sequence[Row[Any]]


def regroup(
    session: Session, now: datetime, also: Collection[str] = (), anew: bool = False
) -> Iterator[Found]:
    """Each group that has changed, with its reports. also: keys to look at in any case. anew: look at everything."""
    if anew:
        reports.forget_spots(session)
    places = {place.id: place for place in places_by_key(session).values()}
    rules = Rules(merged=merge_rules(session))
    changed = {*also, *(group_keys(session) if anew else ())}
    changed |= reports.groups_of_new(session)
    for municipality, district in _new_somewhere(session, places):
        changed |= _look_at(session, municipality, district, places, rules)
    for key in sorted(changed - {NOWHERE}):
        found = _told_anew(session, key, places, rules, now)
        if found:
            yield found


def _new_somewhere(session: Session, places: Mapping[int, Place]) -> list[tuple[str, frozenset[int]]]:
    """The districts with new reports, as municipality and rows of places; no rows: all that is in no list."""
    around: dict[tuple[str, str], set[int]] = defaultdict(set)
    for place in places.values():
        around[place.municipality, place.parent or place.slug].add(place.id)
    new = set()
    for municipality, place_id in reports.new_at(session):
        known = places.get(place_id) if place_id else None
        rows = around[known.municipality, known.parent or known.slug] if known else ()
        new.add((municipality, frozenset(rows)))
    return sorted(new, key=lambda each: (each[0], sorted(each[1])))


def _look_at(
    session: Session, municipality: str, district: frozenset[int], places: Mapping[int, Place], rules: Rules
) -> set[str]:
    """Find out what each report of a district tells of; answers the keys that won or lost one."""
    told = reports.told_at(session, municipality, district)
    keys = grouping.keys_of((_item(row, places) for row in told), rules)
    moved: dict[str, list[int]] = defaultdict(list)
    changed: set[str] = set()
    for row in told:
        key = keys.get(str(row.id), NOWHERE)
        if key != row.spot:
            moved[key].append(row.id)
            changed |= {key, row.spot or NOWHERE}
            if key == NOWHERE and row.group_id:
                reports.leave(session, [row.id])
    for key, ids in moved.items():
        reports.set_spot(session, ids, key)
    return changed


def _told_anew(
    session: Session, key: str, places: Mapping[int, Place], rules: Rules, now: datetime
) -> Found | None:
    told = reports.told_of(session, key)
    rule = grouping.formed(key, [_item(row, places) for row in told], key in rules.made_by_hand())
    row = group_under(session, key)
    if rule is None:
        reports.leave(session, [each.id for each in told if each.group_id])
        if row is None:
            return None
        row.voices, row.sentence = 0, NOBODY_LEFT
        session.flush()
        return Found(row, None, ())
    row = row or Group(key=key, municipality=rule.municipality)
    row.place_id = next((place.id for place in places.values() if _key(place) == rule.place), None)
    row.theme, row.voices, row.weeks = rule.theme, rule.voices, rule.weeks
    row.first_on, row.last_on, row.spike = rule.first, rule.last, rule.spike
    row.sentence = rule.sentence
    session.add(row)
    session.flush()
    _join(
        session,
        [each for each in told if each.group_id != row.id or each.state != ReportState.GROUPED],
        row,
        now,
    )
    return Found(row, rule, told)


def _join(session: Session, told: Sequence[Row[Any]], group: Group, now: datetime) -> None:
    """The first time a report comes into a group is part of its history."""
    new = [each.id for each in told if each.state != ReportState.GROUPED]
    event.record_all(
        session,
        "report",
        new,
        now,
        ReportState.GROUPED,
        step_from=ReportState.CLASSIFIED,
        note=group.sentence,
    )
    reports.join(session, [each.id for each in told], group.id)


def _item(row: Row[Any], places: Mapping[int, Place]) -> grouping.Item:
    place = places.get(row.place_id) if row.place_id else None
    return reports.as_item(row, place.as_rule if place else None)


def _key(place: Place) -> str:
    return f"{place.municipality}/{place.slug}"
