"""A file from another channel: what is good is stored once, what is not is told with its line and why."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.actions.import_reports import LONGEST, Imported, import_reports, lines_of
from feedback.actions.refresh import refresh
from feedback.store.report import Report
from tests.make import NOW

GOOD = {
    "id": "1",
    "municipality": "karlskoga",
    "text": "Lampan lyser inte",
    "submitted_at": "2026-11-20T18:40:00",
}


def stored(session: Session, data: str | bytes, **more: Any) -> Imported:
    raw = data.encode() if isinstance(data, str) else data
    return import_reports(session, lines_of(raw), now=NOW, **more)


def jsonl(*rows: dict[str, Any] | str) -> str:
    return "\n".join(row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)


def reports(session: Session) -> list[Report]:
    return list(session.scalars(select(Report).order_by(Report.id)))


def counts(result: Imported) -> tuple[int, int, int, list[int]]:
    return result.read, result.stored, result.already_there, [number for number, _ in result.rejected]


def why_not(session: Session, **changed: Any) -> str:
    result = stored(session, jsonl({**GOOD, **changed}))
    assert result.stored == 0
    [(_, why)] = result.rejected
    return why


def test_every_field_arrives(session: Session) -> None:
    row = {
        **GOOD, "place": "Skranta torg", "areas": ["environment", "nonsense"], "needs": "light|clear",
        "safe_dark": "unsafe", "lang": "sv", "channel": "phone",
    }  # fmt: skip
    assert stored(session, jsonl(row)).stored == 1
    [report] = reports(session)
    assert (report.municipality, report.place_typed, report.channel) == ("karlskoga", "Skranta torg", "phone")
    assert (report.areas, report.needs, report.safe_dark) == (["environment"], ["light", "clear"], "unsafe")
    assert report.received_at == datetime(2026, 11, 20, 17, tzinfo=UTC), "a time without zone is Swedish"
    assert report.external_id == "1"


def test_an_import_is_masked_as_everything_else_is(session: Session) -> None:
    stored(
        session, jsonl({**GOOD, "text": "Ring Eva Karlsson på 070-123 45 67", "place": "hos 070-123 45 67"})
    )
    [report] = reports(session)
    assert "123 45" not in report.text + report.place_typed
    assert report.masked_kinds


def test_a_heading_that_says_more_than_the_text_is_kept(session: Session) -> None:
    stored(session, jsonl({**GOOD, "heading": "Tunneln"}, {**GOOD, "id": "2", "heading": "lampan lyser"}))
    assert [report.text for report in reports(session)] == ["Tunneln\nLampan lyser inte", "Lampan lyser inte"]


def test_the_same_file_twice_stores_nothing_new(session: Session) -> None:
    rows = [{**GOOD, "id": number} for number in range(5)]
    assert counts(stored(session, jsonl(*rows))) == (5, 5, 0, [])
    assert counts(stored(session, jsonl(*rows, {**GOOD, "id": 5}))) == (6, 1, 5, [])
    assert len(reports(session)) == 6


def test_an_id_that_comes_twice_in_a_file_is_stored_once(session: Session) -> None:
    assert counts(stored(session, jsonl(GOOD, {**GOOD, "text": "Något annat"}))) == (2, 1, 1, [])


def test_the_same_id_from_another_channel_is_another_report(session: Session) -> None:
    stored(session, jsonl(GOOD))
    assert stored(session, jsonl({**GOOD, "channel": "phone"})).stored == 1


@pytest.mark.parametrize(
    "broken",
    [
        '{"id": "x", "text": ',
        "[1, 2]",
        '"bara text"',
        "[" * 100_000,
        '{"id": "x", "municipality": "karlskoga", "text": {}}',
        '{"id": ' + "9" * 5000 + "}",
        "\x00",
    ],
    ids=["cut off", "a list", "a string", "a deep hole", "text that is none", "a huge number", "a null byte"],
)
def test_a_broken_line_is_told_with_its_number_and_the_rest_is_stored(session: Session, broken: str) -> None:
    result = stored(session, jsonl(GOOD, "", broken, {**GOOD, "id": "2"}))
    assert counts(result) == (3, 2, 0, [3])
    assert result.rejected[0][1]


def test_bytes_that_are_not_utf8_spoil_one_line_only(session: Session) -> None:
    data = jsonl(GOOD).encode() + b'\n{"id": "2", "text": "m\xf6rkt"}\n' + jsonl({**GOOD, "id": "3"}).encode()
    assert counts(stored(session, data)) == (3, 2, 0, [2])


def test_signs_that_no_database_takes_are_dropped(session: Session) -> None:
    row = {**GOOD, "id": "a\u0000b", "text": "mörkt\u0000 \ud83d här", "lang": "s\u0000v", "place": "\ud83dtorget",
           "channel": "ph\u0000one", "poster": "\u0000"}  # fmt: skip
    assert stored(session, json.dumps(row)).stored == 1
    [report] = reports(session)
    assert (report.external_id, report.text, report.page_lang) == ("ab", "mörkt här", "sv")


@pytest.mark.parametrize("delimiter", [";", ","])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "with byte order mark"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["unix", "windows"])
def test_csv_as_spreadsheets_write_it(session: Session, delimiter: str, mark: bytes, end: str) -> None:
    lines = [
        ["id", "municipality", "text", "areas"],
        ["1", "karlskoga", '"Mörkt; mycket mörkt, sade ""någon"""', "environment|traffic"],
        ["2", "Degerfors", f'"Två rader{end}i ett fält"', ""],
        [],
        ["3", "karlskoga", "Klotter"],
    ]
    data = mark + end.join(delimiter.join(line) for line in lines).encode()
    assert counts(stored(session, data)) == (3, 3, 0, [])
    first, second, _ = reports(session)
    assert first.text == 'Mörkt; mycket mörkt, sade "någon"'
    assert first.areas == ["environment", "traffic"]
    assert (second.municipality, second.text) == ("degerfors", "Två rader\ni ett fält")


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ("2;karlskoga;mörkt;;;;;;", "too many columns"),
        ('2;karlskoga;"ett citat som aldrig tar slut', "not CSV"),
        ('2;karlskoga;"ett citat" och mer', "not CSV"),
        ("2", "no municipality"),
        (";karlskoga;mörkt", "no id"),
        ("2;karlskoga;\x00", "no text"),
    ],
)
@pytest.mark.parametrize("after", ['3;karlskoga;"Klotter, överallt"', "3;karlskoga;Klotter"])
def test_a_broken_csv_line_swallows_no_other(session: Session, broken: str, why: str, after: str) -> None:
    result = stored(
        session, f"id;municipality;text\n1;karlskoga;Mörkt\n{broken}\n{after}\n4;karlskoga;Fort\n"
    )
    assert counts(result) == (4, 3, 0, [3])
    assert why in result.rejected[0][1]
    assert [report.external_id for report in reports(session)] == ["1", "3", "4"]


def test_csv_lines_that_are_not_utf8_are_told_one_by_one(session: Session) -> None:
    data = "id;municipality;text\n1;karlskoga;Klotter\n2;karlskoga;Mörkt\n3;karlskoga;Fort\n".encode("cp1252")
    result = stored(session, data)
    assert counts(result) == (3, 2, 0, [3])
    assert result.rejected[0][1] == "not UTF-8"


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b"id;text\n", b"\xff\xfe\x00"])
def test_a_file_with_nothing_in_it_stores_nothing(session: Session, data: bytes) -> None:
    assert stored(session, data).stored == 0


def test_a_municipality_that_is_not_set_up_is_a_reason(session: Session) -> None:
    assert why_not(session, municipality="Göteborg") == "the municipality 'göteborg' is not set up"
    assert why_not(session, municipality="") == "no municipality"


def test_the_option_says_where_such_rows_go_and_touches_no_others(session: Session) -> None:
    rows = [
        {**GOOD, "id": 1, "municipality": "Göteborg"},
        {**GOOD, "id": 2, "municipality": None},
        {**GOOD, "id": 3, "municipality": "Degerfors "},
    ]
    assert stored(session, jsonl(*rows), municipality="karlskoga").stored == 3
    assert [report.municipality for report in reports(session)] == ["karlskoga", "karlskoga", "degerfors"]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"id": ""}, "no id"),
        ({"id": "x" * 81}, "81 characters"),
        ({"text": "  "}, "no text"),
        ({"text": "x" * (LONGEST + 1)}, "20000 is the most"),
        ({"submitted_at": "i går"}, "is not a date"),
        ({"submitted_at": (NOW + timedelta(minutes=1)).isoformat()}, "not between 1990 and now"),
        ({"submitted_at": "2027-01-01"}, "not between 1990 and now"),
        ({"submitted_at": "1989-12-31"}, "not between 1990 and now"),
        ({"submitted_at": "0001-01-01T00:00:00+14:00"}, "not between 1990 and now"),
        ({"submitted_at": "9999-12-31T23:59:59-14:00"}, "not between 1990 and now"),
        ({"safe_dark": "maybe"}, "safe_dark"),
        ({"areas": 7}, "areas is not a list"),
    ],
)
def test_a_row_that_cannot_be_stored_says_why(session: Session, changed: dict[str, Any], why: str) -> None:
    assert why in why_not(session, **changed)


def test_a_row_without_a_date_came_now(session: Session) -> None:
    stored(session, jsonl({**GOOD, "submitted_at": ""}))
    assert reports(session)[0].received_at == NOW.replace(minute=0)


def test_a_poster_says_the_place_and_the_municipality(session: Session) -> None:
    stored(session, jsonl({**GOOD, "municipality": "karlskoga", "poster": "k19"}))
    [report] = reports(session)
    assert report.place
    assert report.place.name in report.place_words


def test_imported_reports_walk_the_same_road(session: Session) -> None:
    from tests.make import DARK_TUNNEL

    rows = [
        {**GOOD, "id": n, "text": text, "place": "Sandvikstunneln", "submitted_at": f"2026-11-{n * 3 + 1:02}"}
        for n, text in enumerate(DARK_TUNNEL)
    ]
    stored(session, jsonl(*rows))
    assert refresh(session, now=NOW).drafted == 1
