"""One answer for each line, in order, whatever the line holds."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from feedback.cli import main

BAD_LINES = {
    "broken": b'{"id": "b", "text": ',
    "not an object": b"[1, 2]",
    "no text": b'{"id": "no text", "submitted_at": "2026-11-02", "municipality": "karlskoga"}',
    "text that is none": b'{"id": 7, "text": ["x"], "submitted_at": "2026-11-02", "municipality": "karlskoga"}',
    "not utf-8": b'{"id": "u", "text": "m\xf6rkt"}',
    "a deep hole": b'{"id": ' + b"[" * 100_000,
    "an id that is a list": b'{"id": [[1]], "text": "x", "submitted_at": "2026-11-02", "municipality": "karlskoga"}',
    "null bytes": b"\0\0",
    "nothing": b"",
    "blanks": b" \t\r",
}
NAMES = {"broken": None, "no text": "no text", "text that is none": 7}


def row(line_id: Any, text: str = "Lamporna lyser inte i tunneln", **more: Any) -> bytes:
    told = {
        "id": line_id,
        "text": text,
        "submitted_at": "2026-11-02T18:00:00",
        "municipality": "karlskoga",
        **more,
    }
    return json.dumps(told).encode()


def run(command: str, *lines: bytes, options: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    result: Result = CliRunner().invoke(main, [command, *options], input=b"\n".join(lines))
    assert result.exit_code == 0, result.output
    assert not result.stderr
    answers = result.stdout_bytes.decode("utf-8").split("\n")
    assert answers.pop() == ""
    return [json.loads(answer) for answer in answers]


@pytest.mark.parametrize("command", ["mask", "screen", "classify", "group"])
def test_no_line_stops_the_others(command: str) -> None:
    good = [f"good {number}" for number in range(len(BAD_LINES))]
    lines = [line for pair in zip(map(row, good), BAD_LINES.values(), strict=True) for line in pair]
    answers = run(command, *lines, row("last"))
    assert [answer["id"] for answer in answers[::2]] == [*good, "last"]
    assert not any("error" in answer for answer in answers[::2])
    ids = dict(zip(BAD_LINES, (answer["id"] for answer in answers[1::2]), strict=True))
    assert ids.items() >= NAMES.items()
    assert all(answer["error"] for answer in answers[1::2])


@pytest.mark.parametrize("command", ["mask", "screen", "classify", "group"])
def test_a_huge_line_and_strange_signs_are_answered_like_any_other(command: str) -> None:
    lines = [
        row(1),
        row(2, "mörkt i tunneln " * 5_000),
        row(3, "\ud83d\u202e\x00\x1b[31m"),
        row(4, ""),
        row("\ud83d", "😱" * 50),
        row(None),
        row(1, "samma id en gång till"),
    ]
    answers = run(command, *lines)
    assert [answer["id"] for answer in answers] == [1, 2, 3, 4, "\ud83d", None, 1]
    assert not any("error" in answer for answer in answers)


def test_nothing_in_is_nothing_out() -> None:
    assert run("mask") == run("group") == []


def test_the_last_line_needs_no_end_and_the_first_may_carry_a_byte_order_mark() -> None:
    assert [answer["id"] for answer in run("screen", b"\xef\xbb\xbf" + row(1), row(2))] == [1, 2]


def test_masking_says_what_it_found_and_where() -> None:
    text = "Hej, ring mig på 070-123 45 67 om lampan"
    [answer] = run("mask", row(1, text))
    assert "070" not in answer["masked"]
    [found] = answer["found"]
    assert text[found["start"] : found["end"]] == "070-123 45 67"


def test_screening_gives_flags_or_an_empty_list() -> None:
    home, lamp = run("screen", row(1, "Min man slår mig när han kommer hem"), row(2))
    assert "violence_at_home" in home["flags"]
    assert lamp["flags"] == []


def test_classifying_gives_theme_area_confidence_and_why() -> None:
    [answer] = run("classify", row(1, lang="sv"))
    assert (answer["theme"], answer["focus_area"]) == ("lighting", "environment")
    assert 0 <= answer["confidence"] <= 1
    assert answer["why"]
    assert set(answer) == {"id", "theme", "focus_area", "confidence", "why", "second"}


@pytest.mark.parametrize("lang", ["sv", "xx", "", None, 7, ["sv"]])
def test_a_language_we_do_not_know_is_no_obstacle(lang: Any) -> None:
    assert "theme" in run("classify", row(1, lang=lang))[0]


TUNNEL = [
    row(f"r{number}", text, place="Sandvikstunneln", submitted_at=f"2026-11-{number * 4 + 1:02}")
    for number, text in enumerate(
        (
            "Lamporna i tunneln lyser inte, kolsvart",
            "Belysningen är trasig sedan länge",
            "Det är mörkt, lyktorna är trasiga",
            "Trasig belysning. Lyset är släckt varje kväll",
            "Lampan vid trappan är trasig och det är mörkt",
        )
    )
]


def test_grouping_gives_each_line_its_candidate_and_writes_the_drafts(tmp_path: Path) -> None:
    drafts = tmp_path / "drafts.jsonl"
    options = ("--drafts", str(drafts), "--today", "2026-11-23")
    answers = run("group", *TUNNEL, BAD_LINES["broken"], row("alone", "Klotter"), options=options)
    key = answers[0]["candidate"]
    assert key
    assert [answer.get("candidate") for answer in answers] == [key] * 5 + [None, None]
    [written] = [json.loads(line) for line in drafts.read_text("utf-8").splitlines()]
    assert written["key"] == key
    assert written["evidence"] == ["r0", "r1", "r2", "r3", "r4"]
    assert {"title", "promise", "situation", "outcome", "givers", "owner", "due_on", "vetting"} <= set(
        written
    )
    assert written["due_on"] > "2026-11-23"


def test_the_order_of_the_lines_changes_no_group() -> None:
    forth = {answer["id"]: answer["candidate"] for answer in run("group", *TUNNEL)}
    back = {answer["id"]: answer["candidate"] for answer in run("group", *TUNNEL[::-1])}
    assert forth == back


def test_a_municipality_that_is_not_set_up_is_grouped_but_nobody_can_promise_there(tmp_path: Path) -> None:
    drafts = tmp_path / "drafts.jsonl"
    elsewhere = [json.dumps({**json.loads(line), "municipality": "Orebro"}).encode() for line in TUNNEL]
    answers = run("group", *elsewhere, options=("--drafts", str(drafts)))
    assert len({answer["candidate"] for answer in answers}) == 1
    assert answers[0]["candidate"]
    [written] = [json.loads(line) for line in drafts.read_text("utf-8").splitlines()]
    assert written["key"] == answers[0]["candidate"]
    assert "orebro" in written["error"]


@pytest.mark.parametrize(
    "missing",
    [
        {"municipality": None},
        {"municipality": " "},
        {"submitted_at": None},
        {"submitted_at": "i går"},
        {"submitted_at": 20261102},
        {"place": 7},
    ],
    ids=str,
)
def test_a_line_that_cannot_be_grouped_says_why(missing: dict[str, Any]) -> None:
    before, bad, after = run("group", row(1), row(2, **missing), row(3))
    assert bad["id"] == 2
    assert next(iter(missing)) in bad["error"]
    assert "error" not in {**before, **after}


def test_what_is_sensitive_joins_no_group() -> None:
    secret = [row(n, "Min man slår mig när han kommer hem", place="Sandvikstunneln") for n in range(5)]
    assert {answer["candidate"] for answer in run("group", *secret)} == {None}


def test_grouping_touches_no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FEEDBACK_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("FEEDBACK_DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/none")
    assert run("group", *TUNNEL)
    assert not list(tmp_path.iterdir())


def test_answers_are_utf8_whatever_the_terminal_speaks() -> None:
    """The real program between real pipes."""
    done = subprocess.run(
        [sys.executable, "-m", "feedback", "mask"],
        input=row(1, "mörkt 😱\ud83d"),
        capture_output=True,
        env={"PATH": "", "PYTHONIOENCODING": "latin-1"},
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode("utf-8"))["id"] == 1
