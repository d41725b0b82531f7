"""A report is masked before it is stored, stored once, and answered with its code."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from feedback.actions.receive_report import Receipt, Submission, prepare, receive_report
from feedback.actions.refresh import refresh
from feedback.domain.lifecycle import ReportState
from feedback.store import event
from feedback.store.report import Report
from tests.make import NOW, SECRET, Maker

PHONE = "070-123 45 67"


def receive(session: Session, now: datetime = NOW, **more: object) -> Receipt:
    submission = Submission(**{"municipality": "karlskoga", "nonce": "n", "text": "mörkt", **more})  # type: ignore[arg-type]
    kept = prepare(submission.text, submission.place_typed)
    return receive_report(session, submission, kept, now=now, secret=SECRET)


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Report)) or 0


def test_personal_data_never_reach_the_database(sqlite_engine: Engine, tmp_path: Path) -> None:
    with Session(sqlite_engine) as session, session.begin():
        receive(session, text=f"Ring mig på {PHONE}, lampan lyser inte", place_typed=f"hos {PHONE}")
    kept = b"".join(file.read_bytes() for file in tmp_path.glob("feedback.db*"))
    assert b"lampan lyser inte" in kept
    assert b"123 45 67" not in kept


def test_what_was_masked_is_noted_by_its_kind(session: Session) -> None:
    report = receive(session, text=f"Ring mig på {PHONE}").report
    assert PHONE not in report.text
    assert len(report.masked_kinds) == 1
    [noted] = event.history(session, "report", report.id)
    assert noted.note == report.masked_kinds[0]


def test_nothing_that_is_printed_of_a_report_holds_words() -> None:
    submission = Submission("karlskoga", "n", text="hemligt", place_typed="hemligt")
    assert "hemligt" not in repr(submission)
    assert "hemligt" not in repr(prepare("hemligt", "hemligt"))


def test_the_time_is_kept_by_the_hour_only(session: Session) -> None:
    received = receive(session, NOW + timedelta(minutes=7, seconds=3))
    assert received.report.received_at == NOW.replace(minute=0)


def test_only_a_hash_of_the_code_is_stored(session: Session) -> None:
    receipt = receive(session)
    row = session.execute(select(Report.__table__)).one()
    assert receipt.code not in map(str, row)
    assert receipt.code.replace("-", "") not in map(str, row)


def test_the_same_form_sent_twice_is_one_report_with_one_code(session: Session) -> None:
    first, second = receive(session), receive(session)
    assert (first.is_new, second.is_new) == (True, False)
    assert first.code == second.code
    assert first.report is second.report
    assert count(session) == 1
    assert len(event.history(session, "report", first.report.id)) == 1


@pytest.mark.parametrize(
    "changed", [{"text": "mörkt!"}, {"nonce": "m"}, {"needs": ["light"]}, {"safe_dark": "safe"}]
)
def test_a_changed_form_is_another_report(session: Session, changed: dict[str, object]) -> None:
    assert receive(session).code != receive(session, **changed).code
    assert count(session) == 2


def test_two_identical_forms_in_the_same_instant_are_one_report(engine: Engine) -> None:
    together = Barrier(4)

    def send(_number: int) -> tuple[str, bool]:
        with Session(engine) as session:
            together.wait()
            receipt = receive(session)
            session.commit()
            return receipt.code, receipt.is_new

    with ThreadPoolExecutor(4) as residents:
        answers = list(residents.map(send, range(4)))
    with Session(engine) as session:
        assert count(session) == 1
    assert len({code for code, _ in answers}) == 1
    assert [is_new for _, is_new in answers].count(True) == 1


def test_a_robot_is_set_aside_but_kept(session: Session) -> None:
    report = receive(session, robot=True).report
    assert (report.state, report.flags) == (ReportState.MISUSE, ["spam"])


def test_who_tells_of_violence_at_home_is_seen_by_few(session: Session) -> None:
    report = receive(session, text="Min man slår mig när han kommer hem").report
    assert report.state == ReportState.RESTRICTED
    assert "violence_at_home" in report.flags
    refresh(session, now=NOW)
    assert report.state == ReportState.RESTRICTED, "and never joins a group"
    assert report.theme is None


def test_a_very_long_place_stops_nothing(session: Session, make: Maker) -> None:
    """Other channels have no limit, and masks are longer than names: all must fit the table, group and draft."""
    place = "bakom Ann, Bo, Eva, Ola, Kim, " * 20
    make.dark_tunnel(place_typed=place)
    session.flush()
    assert refresh(session, now=NOW).drafted == 1
    make.dark_tunnel(place_typed="vid " + "x" * 400)
    assert refresh(session, now=NOW).drafted == 1
