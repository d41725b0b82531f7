"""The made-up month: believable, and the same every time."""

from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine, select
from sqlalchemy.orm import Session

from feedback.actions.demo import load_demo
from feedback.actions.set_up import set_up
from feedback.domain.lifecycle import CandidateState
from feedback.store.candidate import Candidate
from feedback.store.database import prepare
from feedback.store.promise import Promise
from feedback.store.report import Report
from feedback.store.tables import metadata
from tests.make import NOW


def loaded() -> Engine:
    engine = create_engine("sqlite://")
    prepare(engine)
    metadata.create_all(engine)
    with Session(engine) as session, session.begin():
        set_up(session)
        load_demo(session, now=NOW)
    return engine


@pytest.fixture(scope="module")
def demo() -> Iterator[Session]:
    engine = loaded()
    with Session(engine) as session:
        yield session
    engine.dispose()


def test_a_month_of_reports_in_two_municipalities_and_many_languages(demo: Session) -> None:
    reports = demo.scalars(select(Report)).all()
    assert len(reports) >= 200
    assert min(Counter(report.municipality for report in reports).values()) >= 80
    assert {"sv", "fi", "en", "ar"} <= {report.page_lang for report in reports}
    assert len({report.text for report in reports}) == len(reports), "each was written by hand"
    assert len({report.day.isocalendar()[:2] for report in reports}) >= 5


def test_promises_with_follow_ups_and_one_old_decision_of_each_kind(demo: Session) -> None:
    promises = demo.scalars(select(Promise)).all()
    assert len(promises) == 2
    assert all(promise.follow_ups for promise in promises)
    states = {candidate.state for candidate in demo.scalars(select(Candidate))}
    assert states >= {
        CandidateState.APPROVED, CandidateState.DEFERRED, CandidateState.MERGED, CandidateState.REFERRED,
        CandidateState.REJECTED, CandidateState.DRAFTED,
    }  # fmt: skip


def test_the_same_day_gives_the_same_database(demo: Session) -> None:
    engine = loaded()
    with engine.connect() as again:
        for table in metadata.sorted_tables:
            rows = select(table).order_by(*table.primary_key.columns)
            assert again.execute(rows).all() == demo.execute(rows).all(), table.name
    engine.dispose()
