"""Until somebody has read a report, the one who has its code may say more."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.actions.add_to_report import Details, add_details, add_words
from feedback.actions.read_reports import hand_over, mark_read
from feedback.actions.receive_report import prepare
from feedback.actions.refresh import refresh
from feedback.domain.lifecycle import ReportState
from feedback.store import event
from feedback.store.candidate import Candidate
from feedback.store.report import Report
from tests.make import NOW, Maker

ANSWERS = Details(times=["evening"], often="weekly", needs=["light"], age="65", relation="lives")


def add(session: Session, report: Report, words: str) -> bool:
    return add_words(session, report, prepare(words, ""), NOW)


def test_answers_are_kept_and_may_be_changed_until_somebody_has_read(session: Session, make: Maker) -> None:
    report = make.report().report
    assert add_details(session, report, ANSWERS, NOW)
    assert (report.times, report.often, report.needs) == (["evening"], "weekly", ["light"])
    assert add_details(session, report, Details(age="under_18"), NOW)
    assert (report.times, report.age, report.relation) == ([], "under_18", None)
    mark_read(session, [report], who=make.user(), now=NOW)
    assert not add_details(session, report, ANSWERS, NOW)
    assert report.times == []


def test_words_are_added_once_and_masked(session: Session, make: Maker) -> None:
    report = make.report("Det är mörkt i tunneln").report
    assert add(session, report, "Nu har Bengt på 070-123 45 67 sett det också")
    assert report.text.startswith("Det är mörkt i tunneln\n\nNu har ")
    assert "123 45 67" not in report.text
    assert "phone" in report.masked_kinds
    assert not add(session, report, "och en sak till")
    assert "en sak till" not in report.text


def test_what_is_added_is_in_the_history_without_its_words(session: Session, make: Maker) -> None:
    report = make.report().report
    add(session, report, "hemligt")
    steps = [happened.step_to for happened in event.history(session, "report", report.id)]
    assert steps[-1] == "added"
    assert "hemligt" not in repr([happened.note for happened in event.history(session, "report", report.id)])


def test_added_words_may_change_the_theme_of_a_report_that_stood_in_a_group(
    session: Session, make: Maker
) -> None:
    make.dark_tunnel()
    report = make.report("Det är läskigt här").report
    refresh(session, now=NOW)
    assert report.theme is None
    assert add(session, report, "Lamporna är trasiga och lyser inte")
    refresh(session, now=NOW)
    assert report.theme == "lighting"
    assert report.state is ReportState.GROUPED


def test_added_words_may_make_a_report_sensitive_and_take_it_out_of_its_group(
    session: Session, make: Maker
) -> None:
    make.dark_tunnel()
    refresh(session, now=NOW)
    report = session.scalars(select(Report).where(Report.group_id.is_not(None))).first()
    assert report
    assert add(session, report, "Min sambo slår mig")
    assert (report.sensitive, report.state, report.group_id) == (True, ReportState.RESTRICTED, None)
    steps = [
        (happened.step_from, happened.step_to) for happened in event.history(session, "report", report.id)
    ]
    assert steps[-2] == ("grouped", "restricted")
    refresh(session, now=NOW)
    [candidate] = session.scalars(select(Candidate))
    assert report.id not in [
        row.id for row in session.scalars(select(Report).where(Report.group_id == candidate.group_id))
    ]


def test_real_words_bring_back_a_report_that_was_taken_for_junk(session: Session, make: Maker) -> None:
    report = make.report("asdfghjkl").report
    assert report.state is ReportState.MISUSE
    assert add(session, report, "Förlåt. Lamporna i tunneln är trasiga, det är mörkt på vägen till skolan.")
    refresh(session, now=NOW)
    assert (report.flags, report.state, report.theme) == ([], ReportState.CLASSIFIED, "lighting")


def test_words_do_not_bring_back_a_robot(session: Session, make: Maker) -> None:
    report = make.report("köp billigt", robot=True).report
    assert add(session, report, "Lamporna i tunneln är trasiga, det är mörkt på vägen till skolan.")
    assert report.state is ReportState.MISUSE


def test_nothing_is_added_to_a_report_that_was_sent_on(session: Session, make: Maker) -> None:
    report = make.report().report
    hand_over(session, report, "felanmälan", who=make.user(), now=NOW)
    report.read_at = None
    assert not add(session, report, "mer")
    assert not add_details(session, report, ANSWERS, NOW)


def test_the_times_of_day_that_many_name_stand_in_the_draft(session: Session, make: Maker) -> None:
    make.dark_tunnel()
    for report in session.scalars(select(Report)):
        add_details(session, report, Details(times=["night", "weekends"]), NOW)
    refresh(session, now=NOW)
    [candidate] = session.scalars(select(Candidate))
    assert "på nätterna" in candidate.situation
