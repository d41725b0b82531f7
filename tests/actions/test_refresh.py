"""The queue keeps itself fresh, and what people have written or decided stands."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from feedback.actions.decide_candidate import Verdict, decide, edit, mark_prepared
from feedback.actions.read_reports import hand_over
from feedback.actions.refresh import Refreshed, refresh
from feedback.domain.lifecycle import CandidateState, Decision, ReportState
from feedback.store import candidate as candidates
from feedback.store import event
from feedback.store.candidate import Candidate
from feedback.store.group import Group, remember_merge
from feedback.store.report import of_group
from feedback.store.tables import metadata
from tests.make import DARK_TUNNEL, NOW, Maker

ONE_MORE = "Lyktan är trasig, det är mörkt i tunneln varje kväll"


def everything(session: Session) -> list[tuple[Any, ...]]:
    """Every row of every table."""
    session.flush()
    return [
        (table.name, *row)
        for table in metadata.sorted_tables
        for row in session.execute(select(table).order_by(*table.primary_key))
    ]


def test_six_voices_become_one_candidate_that_tells_its_reasons(session: Session, make: Maker) -> None:
    make.dark_tunnel()
    assert refresh(session, now=NOW) == Refreshed(reports=6, groups=1, drafted=1)
    [candidate] = candidates.queue(session, None, 0, 10)
    assert (candidate.state, candidate.theme) == (CandidateState.DRAFTED, "lighting")
    assert candidate.group
    assert candidate.reports == len(of_group(session, candidate.group.id)) > 3
    assert candidate.reason.startswith(
        f"{candidate.group.voices} röster under {candidate.group.weeks} veckor"
    )
    assert {report.state for report in of_group(session, candidate.group.id)} == {ReportState.GROUPED}
    assert [entry.step_to for entry in event.history(session, "candidate", candidate.id)] == ["drafted"]


def test_a_second_run_does_nothing(session: Session, make: Maker) -> None:
    make.dark_tunnel()
    refresh(session, now=NOW)
    before = everything(session)
    assert refresh(session, now=NOW + timedelta(hours=1)) == Refreshed()
    assert everything(session) == before


def test_a_run_with_a_new_report_changes_nothing_but_what_it_must(session: Session, make: Maker) -> None:
    make.dark_tunnel()
    refresh(session, now=NOW)
    [candidate] = candidates.queue(session, None, 0, 10)
    texts, revision = candidate.draft, candidate.revision
    make.report("Klottret på skolan är hotfullt", place_typed="Bregårdsskolan")
    assert refresh(session, now=NOW).drafted == 0
    assert (candidate.draft, candidate.revision) == (texts, revision)


def test_a_new_voice_is_added_to_the_candidate(session: Session, make: Maker) -> None:
    candidate = make.candidate()
    score, reports, entries = (
        candidate.score,
        candidate.reports,
        len(event.history(session, "candidate", candidate.id)),
    )
    make.report(ONE_MORE, days_ago=1)
    assert refresh(session, now=NOW) == Refreshed(reports=1, groups=1, drafted=0, updated=1)
    assert candidate.reports == reports + 1
    assert candidate.score > score
    assert len(event.history(session, "candidate", candidate.id)) == entries, "no history for each report"


def test_the_order_of_the_reports_does_not_matter(shared: Engine) -> None:
    """Nor does it whether they came one by one or all at once."""
    told = [(text, number * 4, place) for number, text in enumerate(DARK_TUNNEL)
            for place in ("Sandvikstunneln", "Skranta torg", "vid gamla kiosken")]  # fmt: skip

    def queue(order: list[tuple[str, int, str]], step: int) -> list[tuple[Any, ...]]:
        with Session(shared) as session:
            make = Maker(session)
            for at in range(0, len(order), step):
                for text, days_ago, place in order[at : at + step]:
                    make.report(text, days_ago=days_ago, place_typed=place)
                refresh(session, now=NOW)
            found = [
                (c.group.key, c.group.sentence, c.group.voices, c.reports, c.score, c.title, c.doing)
                for c in candidates.queue(session, None, 0, 10) if c.group
            ]  # fmt: skip
        return sorted(found)

    at_once = queue(told, len(told))
    assert len(at_once) == 3
    assert queue(told[::-1], len(told)) == at_once
    assert queue(told[7:] + told[:7], 5) == at_once


def test_what_a_person_has_edited_is_not_overwritten(session: Session, make: Maker) -> None:
    candidate = make.candidate()
    reports = candidate.reports
    edit(session, candidate, {"doing": "Vi byter alla lampor."}, who=make.user(), now=NOW)
    make.report(ONE_MORE, needs=["clear"])
    refresh(session, now=NOW)
    assert candidate.doing == "Vi byter alla lampor."
    assert candidate.reports == reports + 1


def test_an_untouched_draft_keeps_up_with_what_is_told(session: Session, make: Maker) -> None:
    candidate = make.candidate()
    before, revision = candidate.situation, candidate.revision
    make.report(ONE_MORE, days_ago=40)
    refresh(session, now=NOW)
    assert candidate.situation != before
    assert candidate.revision > revision, "who read the older text is told"


def test_a_decided_group_gets_no_second_candidate_and_its_new_reports_share_the_answer(
    session: Session, make: Maker
) -> None:
    candidate = make.candidate()
    reports = candidate.reports
    mark_prepared(session, candidate, who=make.user(), now=NOW)
    decide(session, candidate, Verdict(Decision.REJECT, "already_under_way"), who=make.user(), now=NOW)
    later = make.report(ONE_MORE).report
    refresh(session, now=NOW)
    assert candidates.queue_length(session) == 0
    assert session.scalars(select(Candidate)).all() == [candidate]
    assert candidates.answering(session, later.group_id or 0, later.received_at) is candidate
    assert candidate.reports == reports, "what was decided stays as it was decided"


def test_what_was_handed_over_leaves_its_group(session: Session, make: Maker) -> None:
    candidate = make.candidate()
    report, *others = of_group(session, candidate.group_id or 0)
    hand_over(session, report, "Karlskoga Energi", who=make.user(), now=NOW)
    make.report(ONE_MORE)
    refresh(session, now=NOW)
    assert report.group_id is None
    assert report.state == ReportState.HANDLED
    assert candidate.reports == len(others) + 1


def test_one_voice_is_no_candidate(session: Session, make: Maker) -> None:
    for number in range(8):
        make.report(
            "Lamporna i tunneln lyser inte och det är kolsvart", nonce=f"same{number}", days_ago=number
        )
    refresh(session, now=NOW)
    assert candidates.queue_length(session) == 0


def test_a_merge_is_used_at_once_and_then_forgotten_as_news(session: Session, make: Maker) -> None:
    make.dark_tunnel()
    make.dark_tunnel(place_typed="Skranta torg")
    refresh(session, now=NOW)
    one, other = session.scalars(select(Group).order_by(Group.key)).all()
    together = len(of_group(session, one.id)) + len(of_group(session, other.id))
    remember_merge(session, one.key, other.key, NOW)
    make.report(ONE_MORE, place_typed="Skranta torg")
    refresh(session, now=NOW)
    session.expire_all()
    assert (len(of_group(session, one.id)), len(of_group(session, other.id))) == (0, together + 1)
    assert refresh(session, now=NOW) == Refreshed(), "the new report and the merge were one piece of work"


def test_two_that_refresh_at_once_write_each_candidate_once(engine: Engine) -> None:
    """A timer and a person with a command, say: the second one waits for what the first one does."""
    with Session(engine) as session, session.begin():
        Maker(session).dark_tunnel()

    def run() -> int:
        with Session(engine) as session, session.begin():
            return refresh(session, now=NOW).drafted

    with ThreadPoolExecutor(1) as another, Session(engine) as first:
        assert refresh(first, now=NOW).drafted == 1
        second = another.submit(run)
        with pytest.raises(TimeoutError):
            second.result(0.3)
        first.commit()
        assert second.result(20) == 0
    with Session(engine) as session:
        assert candidates.queue_length(session) == 1
        classified = select(func.count()).select_from(event.Event).where(event.Event.step_to == "classified")
        assert session.scalar(classified) == len(DARK_TUNNEL), "nothing is done, or told, twice"


@pytest.mark.parametrize("municipality", ["karlskoga", "degerfors"])
def test_each_municipality_has_its_own_queue(session: Session, make: Maker, municipality: str) -> None:
    make.dark_tunnel(municipality=municipality, place_typed="stationen")
    refresh(session, now=NOW)
    other = {"karlskoga": "degerfors", "degerfors": "karlskoga"}[municipality]
    assert (candidates.queue_length(session, municipality), candidates.queue_length(session, other)) == (1, 0)
    [candidate] = candidates.queue(session, municipality, 0, 5)
    assert other.capitalize() not in candidate.situation + candidate.doing + candidate.owner
