"""Many residents at once: bounded, loopback only, every submission counted by its confirmation."""

import multiprocessing as mp
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlencode

MOST, MOST_CLIENTS = 5000, 16
STAMP = re.compile(r'name="stamp"[^>]*value="([^"]+)"')
TEXTS = (
    "Lamporna i gångtunneln har varit trasiga i två veckor, jag går omvägen med barnen på kvällen.",
    "Det körs A-traktor i hög fart här efter klockan nio, de sladdar runt på parkeringen.",
    "Buskarna skymmer så att man inte ser vem som kommer. Klipp dem, snälla.",
    "Någon har krossat busskuren igen och det ligger glas överallt.",
    "Jag känner mig faktiskt trygg här, det är alltid folk ute.",
)


@dataclass(frozen=True)
class Result:
    """Submissions per second, and milliseconds at the median and the 99th percentile."""

    per_second: float
    p50: float
    p99: float
    errors: int


Deed = Callable[[HTTPConnection, int], None]


def post_floor(connection: HTTPConnection, number: int) -> None:
    _send(connection, "/", {"text": f"{TEXTS[number % len(TEXTS)]} {number}"}, number, b"ok")


def open_form(connection: HTTPConnection, number: int) -> str:
    connection.request("GET", "/p/K19", headers=_address(number))
    found = STAMP.search(connection.getresponse().read().decode())
    if not found:
        raise RuntimeError("no stamp on the page")
    return found[1]


def post_report(connection: HTTPConnection, number: int, stamp: str) -> None:
    fields = {
        "stamp": stamp, "text": f"{TEXTS[number % len(TEXTS)]} {number}", "areas": "environment",
        "safe_dark": "unsafe", "needs": "light",
    }  # fmt: skip
    _send(connection, "/p/K19", fields, number, b'id="receipt"')


def whole_visit(connection: HTTPConnection, number: int) -> None:
    post_report(connection, number, open_form(connection, number))


def _send(connection: HTTPConnection, path: str, fields: dict[str, str], number: int, proof: bytes) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded", **_address(number)}
    connection.request("POST", path, urlencode(fields), headers)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200 or proof not in body:
        raise RuntimeError(f"{answer.status}")


def _address(number: int) -> dict[str, str]:
    return {"X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"}


def run(port: int, deed: str, submissions: int, clients: int, first: int = 0) -> Result:
    """Let ``clients`` processes share the submissions; each submission is a new connection."""
    submissions, clients = min(submissions, MOST), min(clients, MOST_CLIENTS)
    numbers = range(first, first + submissions)
    gate, results = mp.Barrier(clients + 1), mp.Queue()
    workers = [
        mp.Process(target=_work, args=(port, deed, list(numbers[k::clients]), gate, results)) for k in range(clients)
    ]  # fmt: skip
    for worker in workers:
        worker.start()
    gate.wait()
    began = time.perf_counter()
    parts = [results.get(timeout=300) for _ in workers]
    took = time.perf_counter() - began
    for worker in workers:
        worker.join()
    times = sorted(ms for part, _ in parts for ms in part)
    errors = sum(bad for _, bad in parts)
    if not times:
        raise RuntimeError(f"not one of {errors} submissions was answered as it should be")
    return Result(len(times) / took, times[len(times) // 2], times[int(len(times) * 0.99)], errors)


def _work(port: int, deed: str, numbers: list[int], gate: object, results: object) -> None:
    stamps: dict[int, str] = {}
    if deed == "post":
        for number in numbers:
            stamps[number] = open_form(_connect(port), number)
    gate.wait()  # type: ignore[attr-defined]
    times, errors = [], 0
    for number in numbers:
        began = time.perf_counter()
        connection = _connect(port)
        try:
            if deed == "floor":
                post_floor(connection, number)
            elif deed == "post":
                post_report(connection, number, stamps[number])
            else:
                whole_visit(connection, number)
            times.append((time.perf_counter() - began) * 1000)
        except (OSError, RuntimeError):
            errors += 1
        finally:
            connection.close()
    results.put((times, errors))  # type: ignore[attr-defined]


def _connect(port: int) -> HTTPConnection:
    return HTTPConnection("127.0.0.1", port, timeout=60)
