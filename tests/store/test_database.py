"""What the engine promises: no lost update, no write while reading, and no words of residents in an error."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum

import pytest
from sqlalchemy import Engine, Executable, Text, cast, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from feedback.actions.decide_candidate import open_candidate
from feedback.actions.errors import ChangedSince
from feedback.domain.lifecycle import ReportState
from feedback.store import candidate as candidates
from feedback.store.base import Enum
from feedback.store.database import reading
from feedback.store.event import Event, record
from feedback.store.place import Municipality
from feedback.store.report import Report
from tests.make import NOW, Maker

WRITERS, ROUNDS = 6, 10


def test_reading_and_then_writing_loses_no_update_on_sqlite(sqlite_engine: Engine) -> None:
    """Each writer reads a number and writes the next: none may write the number of another."""
    with Session(sqlite_engine) as session, session.begin():
        session.add(Municipality(slug="count", name="0", council=""))

    def count(_writer: int) -> None:
        for _ in range(ROUNDS):
            with Session(sqlite_engine) as session, session.begin():
                row = session.get_one(Municipality, "count")
                row.name = str(int(row.name) + 1)

    with ThreadPoolExecutor(WRITERS) as writers:
        list(writers.map(count, range(WRITERS)))
    with Session(sqlite_engine) as session:
        assert session.get_one(Municipality, "count").name == str(WRITERS * ROUNDS)


def test_a_candidate_that_somebody_saved_meanwhile_is_not_overwritten(engine: Engine) -> None:
    with Session(engine, expire_on_commit=False) as timer, Session(engine) as person:
        mine = Maker(timer).candidate()
        timer.commit()
        theirs = person.get_one(candidates.Candidate, mine.id)
        theirs.title = "Det som en människa skrev"
        person.commit()
        mine.title = "Det som timern tänkte skriva"
        with pytest.raises(StaleDataError):
            timer.commit()
        timer.rollback()
        assert timer.get_one(candidates.Candidate, mine.id).title == "Det som en människa skrev"


def test_the_second_decider_is_told_even_when_the_page_was_read_before(engine: Engine) -> None:
    with Session(engine, expire_on_commit=False) as second, Session(engine) as first:
        seen = Maker(second).candidate()
        second.commit()
        opened = open_candidate(first, seen.id, seen.revision)
        opened.revision += 1
        first.commit()
        with pytest.raises(ChangedSince):
            open_candidate(second, seen.id, seen.revision)


@pytest.mark.parametrize(
    "write",
    [
        insert(Municipality).values(slug="x", name="x", council="x"),
        update(Municipality).values(name="x"),
        delete(Municipality),
    ],
    ids=["insert", "update", "delete"],
)
def test_a_write_while_reading_is_refused_by_the_database(engine: Engine, write: Executable) -> None:
    token = reading.set(True)
    try:
        with Session(engine) as session:
            assert (
                session.scalar(select(Municipality.name).where(Municipality.slug == "karlskoga"))
                == "Karlskoga"
            )
            with pytest.raises(DBAPIError, match=r"(?i)read-?only"):
                session.execute(write)
    finally:
        reading.reset(token)
    with Session(engine) as session, session.begin():  # on the same pooled connection
        session.add(Municipality(slug="x", name="x", council="x"))
    with Session(engine) as session:
        assert session.get(Municipality, "x")


def test_readers_do_not_wait_for_a_writer(engine: Engine) -> None:
    with Session(engine) as writer:
        writer.execute(update(Municipality).values(name="Ännu inte sagt"))
        token = reading.set(True)
        try:
            with Session(engine) as reader:
                names = set(reader.scalars(select(Municipality.name)))
        finally:
            reading.reset(token)
    assert names == {"Karlskoga", "Degerfors"}


def test_sqlite_is_set_to_survive_a_power_cut(sqlite_engine: Engine) -> None:
    with sqlite_engine.connect() as connection:
        found = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_what_belongs_to_nothing_is_refused(session: Session) -> None:
    session.add(Municipality(slug="x", name="x", council="x"))
    session.flush()
    session.add(Report(municipality="y", state=ReportState.SCREENED, received_at=NOW))
    with pytest.raises(IntegrityError):
        session.flush()


def test_an_error_never_carries_what_a_resident_wrote(engine: Engine) -> None:
    with Session(engine) as session:
        session.add(
            Report(municipality="y", text="hemligt mörker", state=ReportState.SCREENED, received_at=NOW)
        )
        with pytest.raises(IntegrityError) as caught:
            session.flush()
    assert "hemligt" not in str(caught.value)


def test_a_moment_comes_back_in_utc(session: Session) -> None:
    in_sweden = datetime(2026, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=2)))
    record(session, "report", 1, in_sweden, "received", who="Eva")
    session.flush()
    session.expire_all()
    found = session.scalars(select(Event.at)).one()
    assert found == in_sweden
    assert found.astimezone(UTC).isoformat() == "2026-06-30T22:30:00+00:00"
    assert found.utcoffset() is not None


def test_moments_are_compared_as_moments(session: Session) -> None:
    record(
        session,
        "report",
        1,
        datetime(2026, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=2))),
        "received",
        who="Eva",
    )
    session.flush()
    before_midnight_utc = datetime(2026, 6, 30, 23, 0, tzinfo=UTC)
    assert session.scalars(select(Event.id).where(Event.at < before_midnight_utc)).all()


def test_a_moment_without_zone_is_refused(session: Session) -> None:
    record(session, "report", 1, datetime(2026, 7, 1, 0, 30), "received")  # noqa: DTZ001
    with pytest.raises(StatementError, match="without zone"):
        session.flush()


def test_a_state_is_kept_by_its_value_and_an_unknown_one_is_refused(session: Session, make: Maker) -> None:
    report = make.report().report
    kept = session.scalar(select(cast(Report.__table__.c.state, Text)).where(Report.id == report.id))
    session.expire_all()
    assert (kept, report.state) == ("screened", ReportState.SCREENED)
    with pytest.raises(StatementError, match="lost"):
        session.execute(update(Report).values(state="lost"))


def test_a_kind_that_grows_needs_no_migration(session: Session) -> None:
    class Grown(StrEnum):
        SCREENED = "screened"
        LATER = "later"

    assert Enum(Grown).process_bind_param("later", None) == "later"
    assert Enum(Grown).impl.length == 32
    assert Enum(ReportState).process_result_value(None, None) is None
