"""Start a server on a free port of 127.0.0.1, and stop it again."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(command: list[str], port: int, env: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process in its own group that answers on ``port`` when the block begins, and is gone after it."""
    process = subprocess.Popen(
        command, env={**os.environ, **env}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        _wait_for(port, process)
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the server stopped with {process.returncode}")
        with socket.socket() as probe:
            probe.settimeout(0.5)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nothing answers on {port}")


@contextmanager
def feedback_server(folder: Path, port: int, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    """Our production server on a prepared database in ``folder``, without the timer."""
    env = feedback_env(folder, port, **settings)
    subprocess.run([sys.executable, "-m", "feedback", "db", "upgrade"], check=True, env={**os.environ, **env})
    with server([sys.executable, "-m", "feedback", "serve", "--no-timer"], port, env) as process:
        yield process


def feedback_env(folder: Path, port: int, **settings: str) -> dict[str, str]:
    return {
        "FEEDBACK_INSTANCE": str(folder), "FEEDBACK_PORT": str(port), "FEEDBACK_MIN_SECONDS": "0",
        "FEEDBACK_TRUSTED_PROXIES": "1", "PORT": str(port), **settings,
    }  # fmt: skip
