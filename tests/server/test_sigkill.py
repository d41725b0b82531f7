"""A receipt that was shown is a promise: its report is there, whatever happens to the server in that moment."""

import os
import re
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from bench.servers import free_port
from feedback.actions.secrets import key_for
from feedback.domain.receipt import normalise, receipt_hash
from feedback.store.report import Report
from tests.server.running import post, running

CODE = re.compile(r'<output id="receipt"[^>]*>([^<]+)</output>')
SUBMISSIONS, RESIDENTS, ENOUGH = 200, 12, 50


class Crowd:
    """Residents who send at once and remember the codes they were shown."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.codes: dict[str, str] = {}
        self.enough = threading.Event()

    def send(self, number: int) -> None:
        text = f"Lamporna i tunneln är trasiga, stolpe nummer {number}"
        try:
            page = post(self.port, "/p/K19", text=text, areas="environment")
        except (OSError, HTTPException):
            return  # no answer, no receipt
        if shown := CODE.search(page):
            self.codes[shown[1].strip()] = text
        if len(self.codes) >= ENOUGH:
            self.enough.set()


@pytest.mark.slow
def test_sigkill_loses_no_report_whose_receipt_was_shown(database_url: str, tmp_path: Path) -> None:
    port = free_port()
    with running(tmp_path, port, database_url, FEEDBACK_WORKERS="2") as server:
        crowd = Crowd(port)
        with ThreadPoolExecutor(RESIDENTS) as residents:
            for number in range(SUBMISSIONS):
                residents.submit(crowd.send, number)
            assert crowd.enough.wait(90), f"only {len(crowd.codes)} receipts"
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
    assert ENOUGH <= len(crowd.codes) < SUBMISSIONS, "it was killed in the middle"

    stored = dict(texts_by_receipt(database_url))
    key = key_for("test", "receipt")
    for code, text in crowd.codes.items():
        assert stored[receipt_hash(key, normalise(code) or "")] == text

    with running(tmp_path, port, database_url, "--no-timer", FEEDBACK_WORKERS="2"):
        for code in crowd.codes:
            assert 'aria-current="step"' in post(port, "/kod", code=code), code
        assert CODE.search(post(port, "/p/K19", text="Nu lyser det inte heller vid trappan")), "it goes on"


def texts_by_receipt(database_url: str) -> Iterator[tuple[str, str]]:
    engine = create_engine(database_url)
    with Session(engine) as session:
        for row in session.execute(select(Report.receipt_hash, Report.text)):
            yield row[0], row[1]
    engine.dispose()
