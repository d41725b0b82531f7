"""The commands that look after an installation."""

import json
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from feedback.cli import main
from feedback.store.candidate import Candidate
from feedback.store.report import Report
from feedback.store.staff import User, user_by_email
from tests.make import DARK_TUNNEL, PASSWORD


def every_command(group: click.Group = main, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        yield (*words, name)
        if isinstance(command, click.Group):
            yield from every_command(command, (*words, name))


def run(*words: str, answer: str | None = None) -> Result:
    return CliRunner().invoke(main, words, input=answer)


@pytest.fixture
def url(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A prepared database that the commands find by the environment."""
    monkeypatch.setenv("FEEDBACK_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("FEEDBACK_DATABASE_URL", database_url)
    return database_url


@pytest.fixture
def stored(url: str) -> Iterator[Session]:
    engine = create_engine(url)
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.mark.parametrize("words", [(), *every_command()], ids=" ".join)
def test_every_command_explains_itself(words: tuple[str, ...]) -> None:
    result = run(*words, "--help")
    assert result.exit_code == 0
    assert result.output.startswith("Usage:")


def test_the_commands_that_people_script_against_are_there() -> None:
    names = {" ".join(words) for words in every_command()}
    assert names >= {"mask", "screen", "classify", "group", "import", "serve", "db upgrade", "demo", "user add",
                     "refresh", "weekly", "doctor"}  # fmt: skip


def test_an_empty_place_becomes_a_working_installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FEEDBACK_INSTANCE", str(tmp_path / "instance"))
    before = run("doctor")
    assert before.exit_code == 0
    assert "feedback db upgrade" in before.output
    assert run("db", "upgrade").exit_code == run("db", "upgrade").exit_code == 0
    after = run("doctor").output
    assert "municipalities: Karlskoga, Degerfors" in after
    assert "reports: 0" in after
    assert "no administrator yet" in after
    assert (tmp_path / "instance" / "secret_key").stat().st_mode & 0o077 == 0


def test_the_doctor_never_prints_a_password(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FEEDBACK_PUBLIC_URL", "http://trygghet.example.se")
    result = run("doctor")
    assert result.exit_code == 0
    assert "PUBLIC_URL is not https" in result.output
    assert "ok    database: " + url.split(":")[0] in result.output


def test_an_import_tells_counts_and_each_bad_line(url: str, stored: Session, tmp_path: Path) -> None:
    file = tmp_path / "reports.jsonl"
    rows = [
        {"id": n, "municipality": "karlskoga", "place": "Sandvikstunneln", "text": text, "submitted_at": f"2026-09-{n * 4 + 1:02}"}
        for n, text in enumerate(DARK_TUNNEL)
    ]  # fmt: skip
    lines = [json.dumps(row) for row in rows]
    lines[3:3] = ["{broken", "", json.dumps({"id": "far", "municipality": "goteborg", "text": "mörkt"})]
    file.write_text("\n".join(lines), "utf-8")

    first = run("import", str(file))
    assert first.exit_code == 0
    assert json.loads(first.stdout) == {"read": 8, "stored": 6, "already_there": 0, "rejected": 2}
    assert [line.split(":")[0] for line in first.stderr.splitlines()] == ["line 4", "line 6"]
    assert "'goteborg' is not set up" in first.stderr

    again = run("import", "--municipality", "degerfors", str(file))
    assert json.loads(again.stdout) == {"read": 8, "stored": 1, "already_there": 6, "rejected": 1}
    assert {report.municipality for report in stored.scalars(select(Report))} == {"karlskoga", "degerfors"}

    assert json.loads(run("refresh").stdout)["drafted"] == 1
    assert json.loads(run("refresh").stdout) == {"reports": 0, "groups": 0, "drafted": 0, "updated": 0}
    assert len(stored.scalars(select(Candidate)).all()) == 1


def test_an_import_into_a_municipality_that_is_not_set_up_says_which_there_are(
    url: str, tmp_path: Path
) -> None:
    file = tmp_path / "reports.csv"
    file.write_text("id;municipality;text\n1;karlskoga;mörkt\n", "utf-8")
    result = run("import", "--municipality", "karlstad", str(file))
    assert result.exit_code == 1
    assert "no municipality karlstad; there are: karlskoga, degerfors" in result.stderr


def test_weekly_work_is_done_once_however_often_it_is_asked_for(url: str) -> None:
    assert [json.loads(run("weekly").stdout)["done_now"] for _ in range(3)] == [True, False, False]


def add(*more: str, password: str = PASSWORD) -> Result:
    words = ("user", "add", "Eva@example.se", "--name", "Eva", "--role", "decider", *more)
    return run(*words, answer=f"{password}\n{password}\n")


def test_a_user_is_added_once_and_the_password_is_not_shown(url: str, stored: Session) -> None:
    result = add("--organisation", "police", "--municipality", "karlskoga")
    assert result.exit_code == 0
    assert PASSWORD not in result.output
    user = user_by_email(stored, "eva@example.se")
    assert user
    assert (user.role, user.organisation, user.municipality) == ("decider", "police", "karlskoga")
    assert "address" in add().stderr


@pytest.mark.parametrize(
    ("more", "password", "why"),
    [
        ((), "kort", "at least 12 characters"),
        (("--municipality", "karlstad"), PASSWORD, "there are: karlskoga, degerfors"),
        (("--organisation", "polis"), PASSWORD, "no giver polis; there are: municipality, police"),
    ],
    ids=["short password", "unknown municipality", "unknown giver"],
)
def test_a_user_that_could_never_do_anything_is_refused(
    url: str, stored: Session, more: tuple[str, ...], password: str, why: str
) -> None:
    result = add(*more, password=password)
    assert result.exit_code == 1
    assert why in result.stderr
    assert not stored.scalars(select(User)).all()


def test_the_demo_does_not_mix_with_real_reports(url: str, tmp_path: Path) -> None:
    file = tmp_path / "reports.csv"
    file.write_text("id;municipality;text\n1;karlskoga;mörkt\n", "utf-8")
    run("import", str(file))
    assert "wants an empty database" in run("demo").stderr
    assert run("demo", "--if-empty").exit_code == 0


def test_evaluate_prints_scores_confusion_and_misses(tmp_path: Path) -> None:
    file = tmp_path / "labelled.jsonl"
    file.write_text(
        '{"text": "lamporna lyser inte på gångvägen", "theme": "lighting", "lang": "sv", "tags": ["indirect"]}\n'
        '{"text": "nån säljer knark vid skolan", "focus_area": "drugs"}\n'
        '{"text": "min cykel är stulen", "theme": "litter"}\n'
        '{"text": "hej", "theme": null}\n'
        "not json\n"
        '{"text": "x", "theme": "nonsense"}\n'
        '{"text": "utan etikett"}\n'
    )
    result = CliRunner().invoke(main, ["evaluate", str(file), "--misses"])
    assert result.exit_code == 0, result.output
    assert "0.75" in result.output
    assert "litter -> theft" in result.output
    assert "cannot tell" in result.output
    for wrong in ("line 5", "line 6: no theme nonsense", "line 7: neither theme nor focus_area"):
        assert wrong in result.output


def test_evaluate_says_when_there_is_nothing_to_measure(tmp_path: Path) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.write_text("")
    assert "no labelled texts" in CliRunner().invoke(main, ["evaluate", str(empty)]).output
