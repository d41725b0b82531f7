"""Reports from other channels: a file of them, stored once however often it is read."""

import csv
import io
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sqlalchemy.orm import Session

from feedback.actions.receive_report import Submission, new_report, prepare
from feedback.domain.cleaning import clean
from feedback.domain.owners import needs
from feedback.domain.themes import focus_areas
from feedback.store import event
from feedback.store.atlas import Atlas, draw_atlas
from feedback.store.base import SWEDEN
from feedback.store.report import known_external_ids

LONGEST = 20_000
"""Characters of one imported text; a dialogue note may be longer than a phone report."""
LONGEST_ID = 80
ANSWERS = ("very_safe", "safe", "unsafe", "very_unsafe", "not_here")


class BadRow(Exception):
    """A row that cannot be stored; the message says why."""


@dataclass
class Imported:
    """Counts, and for each rejected row its line number and reason."""

    read: int = 0
    stored: int = 0
    already_there: int = 0
    rejected: list[tuple[int, str]] = field(default_factory=list)

    def __iadd__(self, other: "Imported") -> "Imported":
        self.read += other.read
        self.stored += other.stored
        self.already_there += other.already_there
        self.rejected += other.rejected
        return self


@dataclass(frozen=True)
class Line:
    """One line of a file: its number from 1, and the row or why it could not be read."""

    number: int
    row: Mapping[str, Any] | None
    error: str = ""


def lines_of(data: bytes) -> Iterator[Line]:
    """Read JSON Lines, or CSV with a heading row and comma or semicolon; a broken line becomes an error."""
    first_lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n", 5)[:5]
    if any(line.lstrip().startswith(b"{") for line in first_lines):
        yield from _json_lines(data)
    else:
        yield from _csv_lines(data)


def import_reports(
    session: Session,
    lines: Iterable[Line],
    *,
    now: datetime,
    channel: str = "import",
    municipality: str | None = None,
) -> Imported:
    """Store each good row once. Rows of a municipality that is not set up go to ``municipality``, if given."""
    atlas = draw_atlas(session)
    known: dict[str, set[str]] = {}
    result = Imported()
    for line in lines:
        result.read += 1
        try:
            if line.row is None:
                raise BadRow(line.error)
            submission, received_at = _submission(atlas, line.row, channel, municipality, now)
        except BadRow as reason:
            result.rejected.append((line.number, str(reason)))
            continue
        if submission.channel not in known:
            known[submission.channel] = known_external_ids(session, submission.channel)
        ids = known[submission.channel]
        if submission.external_id in ids:
            result.already_there += 1
            continue
        ids.add(submission.external_id or "")
        report = new_report(
            submission, prepare(submission.text, submission.place_typed, atlas.names), received_at
        )
        session.add(report)
        session.flush()
        event.record(session, "report", report.id, now, report.state, note=f"import: {submission.channel}")
        result.stored += 1
    return result


def _submission(
    atlas: Atlas,
    row: Mapping[str, Any],
    channel: str,
    instead: str | None,
    now: datetime,
) -> tuple[Submission, datetime]:
    external_id = _words(row, "id") or _words(row, "external_id")
    if not external_id:
        raise BadRow("no id")
    if len(external_id) > LONGEST_ID:
        raise BadRow(f"the id has {len(external_id)} characters, {LONGEST_ID} is the most")
    home = _words(row, "municipality").lower()
    if home not in atlas.municipalities:
        if instead is None:
            raise BadRow(f"the municipality {home!r} is not set up" if home else "no municipality")
        home = instead
    heading, body = clean(_words(row, "heading")), clean(_words(row, "text"))
    text = f"{heading}\n{body}" if heading and heading.casefold() not in body.casefold() else body
    if len(text) > LONGEST:
        raise BadRow(f"the text has {len(text)} characters, {LONGEST} is the most")
    areas, wanted = _slugs(row, "areas", focus_areas()), _slugs(row, "needs", needs())
    if not (text or areas):
        raise BadRow("no text and no focus area")
    poster = atlas.poster(_words(row, "poster"))
    return Submission(
        municipality=poster.municipality if poster else home,
        nonce="",
        place_id=atlas.row_ids[poster.key] if poster else None,
        place_typed=_words(row, "place"),
        text=text,
        areas=areas,
        needs=wanted,
        safe_light=_answer(row, "safe_light"),
        safe_dark=_answer(row, "safe_dark"),
        page_lang=_words(row, "lang")[:8] or "sv",
        channel=(_words(row, "channel") or channel)[:12],
        external_id=external_id,
    ), _received_at(row, now)


def _words(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if isinstance(value, bool | list | dict):
        raise BadRow(f"{name} is not text")
    return clean(str(value))


def _slugs(row: Mapping[str, Any], name: str, known: Collection[str]) -> list[str]:
    value = row.get(name) or []
    listed = value.split("|") if isinstance(value, str) else value
    if not isinstance(listed, list):
        raise BadRow(f"{name} is not a list")
    return [slug for slug in listed if isinstance(slug, str) and slug in known]


def _answer(row: Mapping[str, Any], name: str) -> str | None:
    answer = _words(row, name)
    if answer and answer not in ANSWERS:
        raise BadRow(f"{name}: {answer!r} is none of {', '.join(ANSWERS)}")
    return answer or None


def _received_at(row: Mapping[str, Any], now: datetime) -> datetime:
    written = _words(row, "submitted_at")
    if not written:
        return now
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise BadRow(f"submitted_at: {written!r} is not a date") from None
    if len(written) <= len("2026-11-23"):
        # A date alone: the middle of that day in Sweden, or now when it is today.
        moment = min(moment.replace(hour=12, tzinfo=SWEDEN), max(now, moment.replace(tzinfo=SWEDEN)))
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=SWEDEN)
    if not datetime(1990, 1, 1, tzinfo=UTC) <= moment <= now:
        raise BadRow(f"submitted_at: {written} is not between 1990 and now")
    return moment


def _json_lines(data: bytes) -> Iterator[Line]:
    for number, raw in enumerate(data.split(b"\n"), start=1):
        if not raw.strip(b"\xef\xbb\xbf \t\r"):
            continue
        try:
            row = json.loads(raw.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            yield Line(number, None, f"not JSON: {error}")
            continue
        yield Line(number, row) if isinstance(row, dict) else Line(number, None, "not a JSON object")


def _csv_lines(data: bytes) -> Iterator[Line]:
    lines = list(io.StringIO(data.decode("utf-8-sig", "replace"), newline=""))
    delimiter = ";" if lines and ";" in lines[0] else ","
    heading: list[str] = []
    for number, values, error in _csv_records(lines, delimiter):
        if error:
            yield Line(number, None, f"not CSV: {error}")
        elif not heading:
            heading = values
        elif len(values) > len(heading):
            yield Line(number, None, "too many columns")
        elif "\ufffd" in "".join(values):
            yield Line(number, None, "not UTF-8")
        else:
            yield Line(number, dict(zip(heading, values, strict=False)))


def _csv_records(lines: Sequence[str], delimiter: str) -> Iterator[tuple[int, list[str], str]]:
    """Line number, values and error of each record. After a broken one reading goes on at the next line.

    A quotation mark that is never closed would otherwise swallow all that follows it.
    """
    at = 0
    while at < len(lines):
        begun = at
        reader = csv.reader(islice(lines, at, None), delimiter=delimiter, strict=True)
        try:
            for values in reader:
                if values:
                    yield at + 1, values, ""
                at = begun + reader.line_num
            return
        except csv.Error as error:
            yield at + 1, [], str(error)
            at += 1
