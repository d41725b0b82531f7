"""The timer process: does what is due, as long as it holds the lease of its database."""

import logging
import os
import signal
import socket
import threading
import traceback
import uuid
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from feedback.actions.timer import give_back_lease, hold_lease, tick
from feedback.config import Settings
from feedback.domain import priority
from feedback.web.access import now
from feedback.web.app import create_app
from feedback.web.db import session

logger = logging.getLogger(__name__)


def priority_settings(settings: Settings) -> priority.Settings:
    return priority.Settings(min_voices=settings.MIN_VOICES)


def run(parent: int | None = None) -> None:
    """Work until told to stop, or until ``parent``, the server that started us, is gone."""
    parent = parent or os.getppid()
    app = create_app()
    settings: Settings = app.extensions["feedback"]
    stop = threading.Event()
    holder = f"{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    while not stop.is_set() and os.getppid() == parent:
        with app.app_context():
            _work(holder, settings)
        for _ in range(settings.REFRESH_SECONDS):
            if stop.wait(1) or os.getppid() != parent:
                break
    with app.app_context():
        give_back_lease(session, holder, now())
        session.commit()


def _work(holder: str, settings: Settings) -> None:
    try:
        held = hold_lease(session, holder, now())
        session.commit()
        if held:
            done = tick(session, now(), priority_settings(settings))
            session.commit()
            if done.reports:
                logger.info("refreshed: %s", done)
    except SQLAlchemyError as error:
        # Another writer was first, or the database is away: the next round tries again. No values are logged.
        session.rollback()
        logger.warning("timer: %s, trying again", type(error).__name__)
    except Exception as error:
        # A fault of ours must not end the timer, and what residents wrote must not reach the log.
        session.rollback()
        last = traceback.extract_tb(error.__traceback__)[-1]
        logger.error("timer: %s at %s:%s", type(error).__name__, Path(last.filename).name, last.lineno)
