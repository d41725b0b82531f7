"""A real server of the project in processes of its own, and what a test wants to know about them."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from subprocess import Popen
from sys import executable
from typing import TypeVar
from urllib.parse import urlencode

from bench.servers import feedback_env, server

Answer = TypeVar("Answer")


@contextmanager
def running(
    folder: Path, port: int, database_url: str, *options: str, **settings: str
) -> Iterator[Popen[bytes]]:
    """``feedback serve`` on a prepared database, in a process group of its own."""
    env = feedback_env(
        folder, port, FEEDBACK_DATABASE_URL=database_url, FEEDBACK_SECRET_KEY="test", **settings
    )
    with server([executable, "-m", "feedback", "serve", *options], port, env) as process:
        yield process


def post(port: int, path: str, **fields: str) -> str:
    """The page that answers a form. Raises OSError or HTTPException when the server dies meanwhile."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(
            "POST", path, urlencode(fields), {"Content-Type": "application/x-www-form-urlencoded"}
        )
        return connection.getresponse().read().decode()
    finally:
        connection.close()


def children(parent: int) -> dict[int, str]:
    """The command line of each process that ``parent`` started."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            # After the name in brackets: state, then the parent's number.
            of = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except (OSError, ValueError):
            continue  # it ended while we looked
        if of == parent:
            found[int(folder.name)] = words
    return found


def timers(parent: int) -> list[int]:
    return [pid for pid, words in children(parent).items() if "feedback timer" in words]


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and is only waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def eventually(look: Callable[[], Answer], seconds: float = 40) -> Answer:
    """What ``look`` answers as soon as that is something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := look():
            return answer
        time.sleep(0.1)
    raise AssertionError(f"nothing came in {seconds} seconds")
