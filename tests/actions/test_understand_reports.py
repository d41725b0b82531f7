"""The timer hears what the words alone do not tell, and never holds back what a person has let out."""

import pytest
from sqlalchemy.orm import Session

from feedback.actions import understand_reports as module
from feedback.actions.read_reports import let_in
from feedback.actions.refresh import refresh
from feedback.domain.lifecycle import ReportState
from feedback.store import event
from feedback.store.report import Report, sensitive_count
from feedback.store.staff import Role
from tests.make import NOW, Maker

QUIET = "Grannen har alltid långa ärmar nu för tiden"


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hears what is told quietly, whatever the shipped reader has learnt."""
    monkeypatch.setattr(module, "screen", lambda text: ("violence_at_home",) if "ärmar" in text else ())


def received(make: Maker, text: str = QUIET) -> Report:
    report = make.report(text).report
    report.state, report.flags, report.sensitive = ReportState.SCREENED, [], False
    return report


def test_danger_that_only_the_meaning_shows_takes_a_report_out_of_the_queue(
    session: Session, make: Maker
) -> None:
    report = received(make)
    refresh(session, now=NOW)
    assert (report.state, report.sensitive, report.flags) == (
        ReportState.RESTRICTED,
        True,
        ["violence_at_home"],
    )
    assert report.group_id is None
    assert sensitive_count(session) == 1
    [*_, last] = event.history(session, "report", report.id)
    assert (last.step_to, last.note) == ("restricted", "violence_at_home")


def test_what_somebody_has_let_in_stays_in(session: Session, make: Maker) -> None:
    report = received(make)
    refresh(session, now=NOW)
    let_in(session, report, who=make.user(Role.COORDINATOR), now=NOW)
    refresh(session, now=NOW)
    assert (report.state, report.sensitive) == (ReportState.CLASSIFIED, False)
    assert report.flags == ["violence_at_home"], "whoever reads it still sees why it was held back"


def test_an_ordinary_report_goes_on(session: Session, make: Maker) -> None:
    report = received(make, "Lamporna är trasiga")
    refresh(session, now=NOW)
    assert (report.state, report.theme, report.flags) == (ReportState.CLASSIFIED, "lighting", [])
