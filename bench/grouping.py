"""Groups and drafts of many reports, and the queue beside them: ``python -m bench.grouping [--most 100000] [--database URL]``.

The reports are the written examples, each with some words of another, at all places and over two years, with the themes
that they are labelled with: understanding is measured elsewhere. Prints time and memory for 1,000 reports, 10,000 and
so on; one process for each, so that memory is that of the size.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import create_engine, insert
from sqlalchemy.orm import Session

from feedback.actions.manage_staff import NewUser, add_user
from feedback.actions.refresh import refresh
from feedback.actions.set_up import set_up
from feedback.domain.examples import examples
from feedback.domain.lifecycle import ReportState
from feedback.domain.themes import themes
from feedback.store.database import engine_options, prepare
from feedback.store.place import Place
from feedback.store.report import Report
from feedback.store.staff import Role
from feedback.store.tables import metadata

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SIZES = (1_000, 10_000, 100_000, 1_000_000)
AT_ONCE = 10_000
PASSWORD = "fyra vanliga ord tillsammans"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--most", type=int, default=100_000)
    parser.add_argument("--database", help="an empty database; default: SQLite in a temporary folder")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        measure(asked.one, asked.database)
        return
    print(f"{datetime.now(UTC).date()}  {(asked.database and asked.database.split(':')[0]) or 'sqlite'}")
    for size in (size for size in SIZES if size <= asked.most):
        with tempfile.TemporaryDirectory() as folder:
            url = asked.database or f"sqlite:///{Path(folder) / 'feedback.db'}"
            subprocess.run(
                [sys.executable, "-m", "bench.grouping", "--one", str(size), "--database", url], check=True
            )


def measure(size: int, url: str) -> None:
    engine = create_engine(url, **engine_options(url))
    prepare(engine)
    metadata.drop_all(engine)
    metadata.create_all(engine)
    with Session(engine) as session:
        set_up(session)
        fill(session, size)
        session.commit()
    took = timed(engine, "all of them")
    with Session(engine) as session:
        fill(session, 100, first=size)
        session.commit()
    more = timed(engine, "100 more")
    print(f"{size:>9}: {took}; {more}; queue {queue(url):.0f} ms", flush=True)


def timed(engine: Any, what: str) -> str:
    start = time.perf_counter()
    with Session(engine) as session:
        done = refresh(session, now=NOW)
        session.commit()
    took, memory = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return f"{what} {took:.1f} s, {done.groups} groups, {done.drafted} drafts, {memory} MB"


def fill(session: Session, size: int, first: int = 0) -> None:
    """Varied reports, the same for the same size."""
    random = Random(size + first)
    told = [each for each in examples() if each.theme in themes()]
    places = session.query(Place).all()
    for start in range(0, size, AT_ONCE):
        rows = (_row(random, told, places) for _ in range(min(AT_ONCE, size - start)))
        session.execute(insert(Report), list(rows))


def _row(random: Random, told: list[Any], places: list[Place]) -> dict[str, Any]:
    one, other, place = random.choice(told), random.choice(told), random.choice(places)
    kind = random.random()
    return {
        "municipality": place.municipality,
        "place_id": place.id if kind < 0.75 else None,
        "place_typed": f"vid {other.text.split()[0]}" if kind > 0.9 else "",
        "text": f"{one.text} {' '.join(other.text.split()[:4])}",
        "theme": one.theme,
        "confidence": 0.8,
        "likely": {one.theme: 0.8} | ({other.theme: 0.15} if other.theme != one.theme else {}),
        "lang": one.lang,
        "state": ReportState.CLASSIFIED,
        "received_at": NOW - timedelta(hours=random.randrange(24 * 730)),
    }


def queue(url: str) -> float:
    """The median time of opening the queue, in ms."""
    from feedback.web.app import create_app

    app = create_app({"DATABASE_URL": url, "SECRET_KEY": "bench", "INSTANCE": tempfile.mkdtemp()})
    engine = create_engine(url, **engine_options(url))
    prepare(engine)
    with Session(engine) as session:
        add_user(session, NewUser("bench@example.com", "Granskare", PASSWORD, Role.COORDINATOR))
        session.commit()
    client = app.test_client()
    form = {"email": "bench@example.com", "password": PASSWORD}
    client.post("/logga-in", base_url="https://localhost", data=form)
    took = []
    for _ in range(7):
        start = time.perf_counter()
        answer = client.get("/granska", base_url="https://localhost")
        took.append(1000 * (time.perf_counter() - start))
        assert answer.status_code == 200, answer.status
    return sorted(took)[3]


if __name__ == "__main__":
    main()
