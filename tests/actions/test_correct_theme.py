"""A reviewer says what a report is about, and the next one like it is read so."""

import pytest
from sqlalchemy.orm import Session

from feedback.actions.correct_theme import correct_theme, undo_correction
from feedback.actions.errors import NotAllowed
from feedback.actions.refresh import refresh
from feedback.domain.lifecycle import ReportState
from feedback.store import correction, event
from feedback.store.report import Report
from feedback.store.staff import Role
from tests.make import NOW, Maker

TOLD = "Killarna med epan står och rusar utanför Coop varje kväll, vi kan inte sova"
ALIKE = "killarna med epan rusar utanför coop igen varje kväll, kan inte sova"


def told(session: Session, text: str) -> Report:
    report = Maker(session).report(text, nonce=text).report
    refresh(session, now=NOW)
    return report


def test_the_next_report_like_it_gets_the_corrected_theme(session: Session) -> None:
    first, reviewer = told(session, TOLD), Maker(session).user(Role.REVIEWER)
    was = first.theme
    correct_theme(session, first, "noise", who=reviewer, now=NOW)
    assert (first.theme, first.focus_area, first.confidence) == ("noise", "public_order", 1.0)
    assert first.why == [f"rättat av {reviewer.name}"]
    assert was != "noise"
    second = told(session, ALIKE)
    assert second.theme == "noise"
    assert f"rapport {first.id}" in second.why[0]
    assert told(session, "Min cykel blev stulen ur förrådet").theme == "theft"


def test_a_correction_holds_when_everything_is_grouped_anew(session: Session) -> None:
    report = told(session, TOLD)
    correct_theme(session, report, "noise", who=Maker(session).user(Role.REVIEWER), now=NOW)
    refresh(session, now=NOW)
    assert report.theme == "noise"


def test_an_undone_correction_teaches_no_more(session: Session) -> None:
    first, reviewer = told(session, TOLD), Maker(session).user(Role.REVIEWER)
    was = first.theme
    correct_theme(session, first, "noise", who=reviewer, now=NOW)
    made = correction.latest(session, None, 10)[0]
    undo_correction(session, made, who=reviewer, now=NOW)
    refresh(session, now=NOW)
    assert first.theme == was
    assert first.state in (ReportState.CLASSIFIED, ReportState.GROUPED)
    assert told(session, ALIKE).theme != "noise"
    assert not correction.in_force(session)
    assert made.undone_by == reviewer.name, "it still stands in the list"
    steps = [one.step_to for one in event.history(session, "report", first.id)]
    assert "corrected" in steps
    assert "uncorrected" in steps
    with pytest.raises(NotAllowed):
        undo_correction(session, made, who=reviewer, now=NOW)


def test_the_last_correction_of_a_report_is_the_one_that_holds(session: Session) -> None:
    report, reviewer = told(session, TOLD), Maker(session).user(Role.REVIEWER)
    correct_theme(session, report, "noise", who=reviewer, now=NOW)
    correct_theme(session, report, "disturbance", who=reviewer, now=NOW)
    assert [one.theme_to for one in correction.in_force(session)] == ["disturbance"]
    assert len(correction.latest(session, None, 10)) == 2


def test_who_may_not_correct_changes_nothing(session: Session) -> None:
    report = told(session, TOLD)
    was, maker = report.theme, Maker(session)
    stranger = maker.user(Role.REVIEWER, municipality="degerfors")
    with pytest.raises(NotAllowed):
        correct_theme(session, report, "noise", who=stranger, now=NOW)
    reviewer = maker.user(Role.REVIEWER, "police")
    for theme in ("nonsense", was or ""):
        with pytest.raises(NotAllowed):
            correct_theme(session, report, theme, who=reviewer, now=NOW)
    assert report.theme == was
    assert not correction.in_force(session)


def test_a_report_that_turns_out_sensitive_teaches_nothing(session: Session) -> None:
    report = told(session, TOLD)
    correct_theme(session, report, "noise", who=Maker(session).user(Role.REVIEWER), now=NOW)
    report.sensitive = True
    session.flush()
    assert not correction.in_force(session)
    assert not correction.latest(session, None, 10)
