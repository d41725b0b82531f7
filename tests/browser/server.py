"""Our own production server with its timer, on an instance of its own, for as long as a block lasts."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bench.servers import feedback_env, free_port

PATIENCE = 60


@dataclass(frozen=True)
class Site:
    """A running server: where it answers, what it has said, and its command line."""

    address: str
    log: Path
    env: Mapping[str, str]

    @property
    def one_time_link(self) -> str:
        """The link for the first administrator, as the server printed it at its start."""
        found = re.search(r"http://\S+/valkommen/\S+", self.log.read_text())
        assert found, self.log.read_text()
        return found[0]

    def command(self, *words: str) -> str:
        """``feedback …`` on the same instance; answers what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "feedback", *words],
            env={**os.environ, **self.env}, capture_output=True, text=True, timeout=PATIENCE,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout


@contextmanager
def running(folder: Path, *options: str, **settings: str) -> Iterator[Site]:
    """``feedback serve`` with its timer. When the block ends the whole process group is gone."""
    port = free_port()
    env = feedback_env(folder, port, FEEDBACK_TRUSTED_PROXIES="0", FEEDBACK_REFRESH_SECONDS="1", **settings)
    site = Site(f"http://127.0.0.1:{port}", folder / "server.log", env)
    if "--with-demo" not in options:  # which does it by itself
        site.command("db", "upgrade")
    with site.log.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "feedback", "serve", *options],
            env={**os.environ, **env}, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        _wait(site, port, process)
        yield site
    finally:
        _stop(process)


def _wait(site: Site, port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"the server does not answer:\n{site.log.read_text()}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(15)
    with suppress(ProcessLookupError):  # whatever is left of its group: workers, timer
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
