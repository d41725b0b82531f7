"""Reports per second beside the floor, in one run: ``python -m bench.submissions [--count 400] [--rounds 3]``."""

import argparse
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from bench.load import Result, run
from bench.servers import feedback_server, free_port, server

CLIENTS = 8


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=400, help="submissions per measurement")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        floor_port, our_port = free_port(), free_port()
        gunicorn = [
            sys.executable,
            "-m",
            "gunicorn",
            "-w",
            "2",
            "-b",
            f"127.0.0.1:{floor_port}",
            "bench.floor:app",
        ]
        with (
            server(gunicorn, floor_port, {"FLOOR_DB": f"{folder}/floor.db"}),
            feedback_server(Path(folder), our_port),
        ):
            measure(floor_port, our_port, asked.count, asked.rounds)


def measure(floor_port: int, our_port: int, count: int, rounds: int) -> None:
    run(floor_port, "floor", 50, 2)
    run(our_port, "visit", 50, 2)
    ratios: dict[str, list[float]] = {"post": [], "visit": []}
    first = 1000
    print(
        f"{datetime.now(UTC).date()}  {CLIENTS} clients, 2 workers, SQLite synchronous=FULL, {count} submissions each"
    )
    for number in range(rounds):
        floor = run(floor_port, "floor", count, CLIENTS, first)
        show(f"round {number + 1} floor", floor)
        for deed in ratios:
            first += count
            ours = run(our_port, deed, count, CLIENTS, first)
            ratios[deed].append(ours.per_second / floor.per_second)
            show(f"round {number + 1} {deed}", ours)
        first += count
    for deed, found in ratios.items():
        print(f"{deed:>6} / floor: {median(found):.2f}  [{min(found):.2f}–{max(found):.2f}]")


def show(name: str, result: Result) -> None:
    print(
        f"{name:>15}: {result.per_second:7.1f}/s  p50 {result.p50:6.1f} ms  p99 {result.p99:6.1f} ms  "
        f"errors {result.errors}"
    )


if __name__ == "__main__":
    main()
