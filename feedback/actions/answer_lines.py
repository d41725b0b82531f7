"""The stable line commands: one JSON line in, one JSON line out, in order, whatever the line holds."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from feedback.actions.draft_candidates import in_place_of
from feedback.actions.import_reports import LONGEST
from feedback.actions.set_up import catalogue_places
from feedback.domain import grouping
from feedback.domain.classification import classify
from feedback.domain.cleaning import clean
from feedback.domain.drafting import Draft, Facts, draft
from feedback.domain.language import detect
from feedback.domain.masking import mask
from feedback.domain.owners import UnknownMunicipality
from feedback.domain.places import Gazetteer, key_and_phrase
from feedback.domain.priority import prioritise
from feedback.domain.screening import DISCARDED, RESTRICTED, screen
from feedback.domain.themes import themes
from feedback.domain.vetting import vet

Row = Mapping[str, Any]


class BadLine(Exception):
    """A line that cannot be answered; the message says why. ``id`` is the line's own, if it had one."""

    def __init__(self, why: str, line_id: Any = None) -> None:
        super().__init__(why)
        self.id = line_id


def read_line(raw: bytes) -> Row:
    """One line as an object with an id. Raises BadLine."""
    try:
        row = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise BadLine("not a line of JSON in UTF-8") from None
    if not isinstance(row, dict):
        raise BadLine("not a JSON object")
    if isinstance(row.get("id"), dict | list):
        raise BadLine("id is neither text nor a number")
    if not isinstance(row.get("text"), str):
        raise BadLine("text is missing or not a string", row.get("id"))
    return row


def answer(raw_lines: Iterable[bytes], command: Callable[[Row], Row]) -> Iterator[Row]:
    """What a command says of every line; a bad line gets ``{"id", "error"}``."""
    for raw in raw_lines:
        try:
            row = read_line(raw)
            yield {"id": row.get("id"), **command(row)}
        except BadLine as bad:
            yield {"id": bad.id, "error": str(bad)}


def mask_line(row: Row) -> Row:
    masked = mask(row["text"], _place_names())
    found = [{"kind": item.kind, "start": item.start, "end": item.end} for item in masked.found]
    return {"masked": masked.text, "found": found}


def screen_line(row: Row) -> Row:
    return {"flags": list(screen(row["text"]))}


def classify_line(row: Row) -> Row:
    lang = row.get("lang")
    text = clean(row["text"][:LONGEST])
    found = classify(text, detect(text, lang if isinstance(lang, str) else None))
    second = found.second
    return {
        "theme": found.theme,
        "focus_area": found.focus_area,
        "confidence": round(found.confidence, 3),
        "why": list(found.why),
        "second": {
            "theme": second.theme,
            "focus_area": second.focus_area,
            "confidence": round(second.confidence, 3),
        }
        if second
        else None,
    }


def group_lines(raw_lines: Iterable[bytes], today: date) -> tuple[list[Row], list[Row]]:
    """The candidate of every line, and the drafted candidates with their evidence; all in memory.

    ``today`` is the day the drafts are written for.
    """
    answers: list[dict[str, Any]] = []
    items: dict[str, grouping.Item] = {}
    gazetteer = Gazetteer(catalogue_places())
    for number, raw in enumerate(raw_lines):
        try:
            row = read_line(raw)
            answers.append({"id": row.get("id"), "candidate": None})
            # Ids of different lines may be equal or missing: the line number is what groups are made of.
            items[f"{number:09}"] = _item(f"{number:09}", row, gazetteer)
        except BadLine as bad:
            answers[number:] = [{"id": bad.id, "error": str(bad)}]
    drafts: list[Row] = []
    for found in grouping.group(item for item in items.values() if _may_be_grouped(item)):
        priority = prioritise(found, themes()[found.theme])
        if not priority.ripe:
            continue
        evidence = [int(item_id) for item_id in found.report_ids]
        for number in evidence:
            answers[number]["candidate"] = found.key
        ids = [answers[number]["id"] for number in evidence]
        try:
            written = draft(_facts(found, [items[item_id] for item_id in found.report_ids], gazetteer), today)
        except UnknownMunicipality as error:
            drafts.append({"key": found.key, "evidence": ids, "error": f"no givers are known in {error}"})
            continue
        drafts.append(_draft_line(found, written, ids, priority.reason, today))
    return list(answers), drafts


def _may_be_grouped(item: grouping.Item) -> bool:
    return not (RESTRICTED | DISCARDED).intersection(screen(item.text))


def _item(item_id: str, row: Row, gazetteer: Gazetteer) -> grouping.Item:
    municipality = row.get("municipality")
    if not isinstance(municipality, str) or not municipality.strip():
        raise BadLine("municipality is missing or not a string", row.get("id"))
    municipality = municipality.strip().lower()
    typed = row.get("place")
    if not isinstance(typed, str | None):
        raise BadLine("place is not a string", row.get("id"))
    text, typed = clean(row["text"][:LONGEST]), clean(typed or "")
    moment = _moment(row)
    resolved = gazetteer.resolve(typed or None, text, municipality)
    answer = classify(text, detect(text))
    place, phrase = key_and_phrase(resolved.place if resolved else None, typed, municipality)
    return grouping.Item(
        id=item_id,
        municipality=municipality,
        place=place,
        place_name=phrase,
        theme=answer.theme,
        confidence=answer.confidence,
        likely=answer.likely,
        district=resolved.place.district if resolved else None,
        place_kind=resolved.place.kind if resolved else "",
        day=moment.date(),
        text=mask(text, _place_names()).text,
        channel=str(row.get("channel") or "web"),
        # A date alone says nothing of the hour; midnight would look like a burst.
        hour=moment.hour if "T" in row["submitted_at"] or " " in row["submitted_at"].strip() else None,
    )


def _moment(row: Row) -> datetime:
    written = row.get("submitted_at")
    try:
        return datetime.fromisoformat(written) if isinstance(written, str) else _no_moment(row)
    except ValueError:
        return _no_moment(row)


def _no_moment(row: Row) -> datetime:
    raise BadLine("submitted_at is missing or not a date", row.get("id"))


def _facts(found: grouping.Group, items: list[grouping.Item], gazetteer: Gazetteer) -> Facts:
    place = gazetteer.place(found.place) if found.place else None
    return Facts(
        municipality=found.municipality,
        theme=found.theme,
        place=place.in_place if place else in_place_of(found.key, [item.place_name for item in items]),
        reports=len(items),
        voices=found.voices,
        weeks=found.weeks,
        first=found.first,
        last=found.last,
        needs={},
        texts=[item.text for item in items],
    )


def _draft_line(found: grouping.Group, written: Draft, evidence: list[Any], reason: str, today: date) -> Row:
    findings = vet(written, today, len(evidence))
    return {
        "key": found.key,
        "title": written.title,
        "promise": written.doing,
        "situation": written.situation,
        "outcome": written.outcome,
        "givers": list(written.givers),
        "owner": written.owner,
        "due_on": written.due_on.isoformat(),
        "evidence": evidence,
        "sentence": found.sentence,
        "reason": reason,
        "vetting": [
            {"point": f.point, "level": f.level, "message": f.message, "mend": f.mend} for f in findings
        ],
    }


def _place_names() -> tuple[str, ...]:
    return tuple(name for place in catalogue_places() for name in (place.name, *place.aliases))
