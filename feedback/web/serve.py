"""The production server: gunicorn, with the timer process supervised beside it."""

import logging
import os
import subprocess
import sys
import threading
from contextlib import suppress
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from whitenoise.compress import Compressor

from feedback import paths
from feedback.actions.check_catalogue import check_catalogue
from feedback.actions.manage_staff import invite
from feedback.actions.receive_report import prepare
from feedback.actions.set_up import set_up
from feedback.config import Settings
from feedback.store.place import first_poster
from feedback.store.staff import Role, has_administrator
from feedback.web.access import now
from feedback.web.app import create_app
from feedback.web.db import db, session
from feedback.web.doctor import missing_extras
from feedback.web.migrate import upgrade

logger = logging.getLogger(__name__)
RESTART_PAUSE = 3
COMPRESSED = {".css", ".js", ".svg"}


class Server(BaseApplication):
    """gunicorn, told what to do by our settings. Its access log stays off: it would hold addresses."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self.app, self.settings = app, settings
        super().__init__()

    def load_config(self) -> None:
        options = {
            "bind": f"{self.settings.HOST}:{self.settings.PORT}",
            "workers": self.settings.WORKERS,
            "threads": self.settings.THREADS,
            "worker_class": "gthread",
            "preload_app": True,
            "timeout": 60,
            "graceful_timeout": 10,
            "control_socket_disable": True,
        }
        for name, value in options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        return self.app


def serve(timer: bool, with_demo: bool) -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    compress_static_files()
    check_catalogue()
    app = create_app()
    settings: Settings = app.extensions["feedback"]
    prepare("Lamporna lyser inte", "")  # the word lists are read once, before the workers part
    with app.app_context():
        if with_demo:
            _prepare()
        _greet(settings)
        session.commit()
        db.session.remove()
        db.engine.dispose()  # the workers open connections of their own
    stop = Supervisor().start() if timer else None
    try:
        Server(app, settings).run()
    finally:
        if stop:
            stop()


def compress_static_files() -> None:
    """Put compressed copies beside the files, anew for each that has changed; a read-only folder stays as it is."""
    compressor = Compressor(quiet=True)
    for path in paths.STATIC.iterdir():
        copy = path.with_name(f"{path.name}.br")
        if path.suffix in COMPRESSED and not (copy.exists() and copy.stat().st_mtime >= path.stat().st_mtime):
            with suppress(OSError):
                compressor.compress(str(path))


class Supervisor:
    """Keeps one timer process running and starts it again if it dies."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()
        self._owner = os.getpid()

    def start(self) -> Any:
        threading.Thread(target=self._watch, daemon=True, name="timer-supervisor").start()
        return self.stop

    def stop(self) -> None:
        if os.getpid() != self._owner:
            return  # a worker is a copy of the server, and the timer is not its own
        self._stopping.set()
        if self._child and self._child.poll() is None:
            self._child.terminate()

    def _watch(self) -> None:
        while not self._stopping.is_set():
            self._child = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-m", "feedback", "timer", "--parent", str(self._owner)]
            )
            self._child.wait()
            if not self._stopping.is_set():
                logger.warning("the timer stopped; starting it again")
                self._stopping.wait(RESTART_PAUSE)


def _prepare() -> None:
    from feedback.actions.demo import load_demo
    from feedback.store.report import is_empty

    upgrade(session)
    set_up(session)
    if is_empty(session):
        load_demo(session, now=now())


def _greet(settings: Settings) -> None:
    """Say where everything is, and how the first administrator gets in."""
    home = settings.PUBLIC_URL
    poster = first_poster(session)
    lines = [
        f"  the form          {home}/",
        f"  from a poster     {home}/p/{poster.code}" if poster else "",
        f"  promises          {home}/loften",
        f"  review            {home}/granska",
    ]
    if not has_administrator(session):
        token = invite(session, Role.ADMINISTRATOR, now=now())
        lines.append(f"  first administrator, open once: {home}/valkommen/{token}")
    lines += [f"  {line}" for line in missing_extras()]
    print("\n".join(["Trygghetslöftet", *filter(None, lines)]), flush=True)  # noqa: T201 - this is its output
