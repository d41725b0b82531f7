"""A believable month, made up and written by hand: reports, two promises, and one decision of each kind."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from feedback.actions.demo.history import load_history
from feedback.actions.import_reports import Line, import_reports
from feedback.actions.refresh import refresh

FOLDER = Path(__file__).parent


def load_demo(session: Session, *, now: datetime) -> dict[str, int]:
    """Fill an empty database that is set up; answers counts. The same ``now`` gives the same database."""
    load_history(session, FOLDER / "history.toml", now)
    lines = (Line(number, row) for number, row in enumerate(_rows(now), start=1))
    stored = import_reports(session, lines, now=now, channel="web")
    if stored.rejected:
        raise ValueError(f"demo line {stored.rejected[0]}")
    fresh = refresh(session, now=now)
    return {"reports": stored.stored, "groups": fresh.groups, "candidates": fresh.drafted}


def _rows(now: datetime) -> Iterator[Mapping[str, Any]]:
    rows = [
        json.loads(line)
        for municipality in ("karlskoga", "degerfors")
        for line in (FOLDER / f"reports_{municipality}.jsonl").read_text("utf-8").splitlines()
    ]
    today = now.replace(minute=0, second=0, microsecond=0)
    for row in rows:
        moment = (today - timedelta(days=row["days_ago"])).replace(hour=row["hour"])
        yield {**row, "submitted_at": min(moment, now).isoformat()}
