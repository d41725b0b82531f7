"""Nobody runs cron: one timer per database does what is due, and somebody else goes on when it dies."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from bench.servers import free_port
from feedback.actions.timer import LEASE, LEASE_LASTS, give_back_lease, hold_lease, iso_week, tick, weekly
from feedback.domain.priority import Settings
from feedback.store import candidate as candidates
from feedback.store.throttle import Attempt, attempts, count_attempt
from feedback.store.timer import Lease
from feedback.web import serve
from feedback.web.serve import Supervisor
from tests.make import NOW, Maker
from tests.server.running import children, eventually, is_alive, running, timers


def test_of_ten_holders_that_come_at_once_one_works(engine: Engine) -> None:
    def comes(number: int) -> bool:
        with Session(engine) as session, session.begin():
            return hold_lease(session, f"holder {number}", NOW)

    with ThreadPoolExecutor(10) as holders:
        assert sum(holders.map(comes, range(10))) == 1


def test_the_holder_keeps_the_lease_by_renewing_it(session: Session) -> None:
    for seconds in range(0, 200, 20):
        now = NOW + timedelta(seconds=seconds)
        assert hold_lease(session, "first", now)
        assert not hold_lease(session, "second", now)


def test_another_takes_over_when_the_lease_has_expired(session: Session) -> None:
    hold_lease(session, "first", NOW)
    assert not hold_lease(session, "second", NOW + LEASE_LASTS - timedelta(seconds=1))
    assert hold_lease(session, "second", NOW + LEASE_LASTS)
    assert not hold_lease(session, "first", NOW + LEASE_LASTS), "the first one has to notice"


def test_a_lease_given_back_is_free_at_once(session: Session) -> None:
    hold_lease(session, "first", NOW)
    give_back_lease(session, "second", NOW)
    assert not hold_lease(session, "second", NOW), "only its holder can give it back"
    give_back_lease(session, "first", NOW)
    assert hold_lease(session, "second", NOW)


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 11, 23), "2026-W48"),
        (date(2026, 12, 31), "2026-W53"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
        (date(2024, 12, 30), "2025-W01"),
    ],
)
def test_a_week_is_named_as_the_calendar_on_the_wall_does(day: date, week: str) -> None:
    assert iso_week(day) == week


def test_weekly_work_is_done_once_in_its_week_also_around_new_year(session: Session) -> None:
    days = [datetime(2026, 12, 27, tzinfo=UTC) + timedelta(days=day) for day in range(10)]
    done_on = [day.date().isoformat() for day in days for _ in range(3) if weekly(session, day)]
    assert done_on == ["2026-12-27", "2026-12-28", "2027-01-04"]


def test_weekly_work_forgets_old_attempts(session: Session) -> None:
    count_attempt(session, "old", NOW - timedelta(days=2))
    count_attempt(session, "new", NOW)
    tick(session, NOW, Settings())
    assert session.scalars(select(Attempt.key)).all() == ["new"]
    assert attempts(session, "new", NOW - timedelta(hours=1)) == 1


def test_a_week_whose_work_failed_is_not_taken_for_done(session: Session) -> None:
    weekly(session, NOW)
    session.rollback()
    assert weekly(session, NOW)


@pytest.mark.slow
def test_the_supervisor_starts_a_killed_timer_again(
    sqlite_engine: Engine, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "INSTANCE": str(tmp_path),
        "DATABASE_URL": sqlite_url,
        "REFRESH_SECONDS": "1",
    }.items():
        monkeypatch.setenv(f"FEEDBACK_{name}", value)
    monkeypatch.setattr(serve, "RESTART_PAUSE", 0.1)
    stop = Supervisor().start()
    try:
        eventually(lambda: holder(sqlite_engine))
        first = timers(os.getpid())[0]
        os.kill(first, signal.SIGKILL)
        with Session(sqlite_engine) as session, session.begin():  # as if the time of the lease had passed
            session.execute(update(Lease).values(expires_at=NOW - timedelta(days=1)))
        second = eventually(lambda: [pid for pid in timers(os.getpid()) if pid != first])[0]
        assert f"-{second}-" in eventually(
            lambda: (name := holder(sqlite_engine)) and f"-{first}-" not in name and name
        )
    finally:
        stop()
    eventually(lambda: not timers(os.getpid()))


@pytest.mark.slow
def test_reports_become_a_candidate_by_themselves_and_the_timer_ends_with_its_server(
    engine: Engine, database_url: str, tmp_path: Path
) -> None:
    with running(tmp_path, free_port(), database_url, FEEDBACK_REFRESH_SECONDS="1") as server:
        with Session(engine) as session, session.begin():
            assert candidates.queue_length(session) == 0
            Maker(session).dark_tunnel()
        [title] = eventually(lambda: titles(engine))
        assert "gångtunneln" in title
        timer = timers(server.pid)[0]
        server.kill()
        eventually(lambda: not is_alive(timer))


@pytest.mark.slow
def test_a_server_told_to_stop_gives_the_lease_back_and_a_worker_that_stops_leaves_the_timer_alone(
    sqlite_engine: Engine, sqlite_url: str, tmp_path: Path
) -> None:
    with running(tmp_path, free_port(), sqlite_url, FEEDBACK_REFRESH_SECONDS="1") as server:
        eventually(lambda: holder(sqlite_engine))
        timer = timers(server.pid)[0]
        worker = eventually(lambda: workers(server.pid))[0]
        os.kill(worker, signal.SIGTERM)
        eventually(lambda: not is_alive(worker))
        eventually(lambda: len(workers(server.pid)) == 2)
        assert timers(server.pid) == [timer]
        assert is_alive(timer)
        server.terminate()
        server.wait(15)
        eventually(lambda: not is_alive(timer))
    with Session(sqlite_engine) as session:
        assert hold_lease(session, "the next one", datetime.now(UTC)), "nobody has to wait for the old lease"


@pytest.mark.slow
def test_without_timer_there_is_none(sqlite_engine: Engine, sqlite_url: str, tmp_path: Path) -> None:
    with running(tmp_path, free_port(), sqlite_url, "--no-timer") as server:
        eventually(lambda: len(workers(server.pid)) == 2)
        assert not timers(server.pid)
    assert holder(sqlite_engine) is None


def workers(server: int) -> list[int]:
    return [pid for pid, words in children(server).items() if "feedback serve" in words]


def holder(engine: Engine) -> str | None:
    with Session(engine) as session:
        return session.scalar(select(Lease.holder).where(Lease.name == LEASE))


def titles(engine: Engine) -> list[str]:
    with Session(engine) as session:
        return [found.title for found in candidates.queue(session, None, 0, 5)]
