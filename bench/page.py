"""The report form on a slow phone: ``python -m bench.page [--runs 5]``.

Bytes (headers included) and requests of a first visit in every language; first and largest paint under 400 kbit/s,
400 ms and a processor slowed four times, beside a bare page of two requests in the same run; taps to the receipt.
Needs Chromium (CHROMIUM, or ``chromium`` on the path).
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from bench.servers import feedback_server, free_port, server

LANGUAGES = ("", "/lattlast", "/fi", "/en", "/ar", "/so", "/uk", "/fa", "/pl")
POSTER = "/p/K19"
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
PAINTS = """() => new Promise(done => {
    const found = {}
    new PerformanceObserver(list => { for (const each of list.getEntries()) found.largest = each.startTime }).observe({type: "largest-contentful-paint", buffered: true})
    new PerformanceObserver(list => { for (const each of list.getEntries()) if (each.name == "first-contentful-paint") found.first = each.startTime }).observe({type: "paint", buffered: true})
    setTimeout(() => done(found), 300)
})"""


@contextmanager
def phone(browser: Browser) -> Iterator[tuple[Page, CDPSession]]:
    """A phone that has never been here."""
    with browser.new_context(
        viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True, locale="sv-SE"
    ) as context:
        page = context.new_page()
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        yield page, wire


def weigh(browser: Browser, address: str) -> dict[str, int]:
    """Bytes over the wire of each request of a first visit, under its kind and number: document 1, stylesheet 2."""
    kinds: dict[str, str] = {}
    sizes: dict[str, int] = {}
    with phone(browser) as (page, wire):
        wire.on("Network.requestWillBeSent", lambda told: kinds.update({told["requestId"]: told["type"]}))
        wire.on(
            "Network.loadingFinished",
            lambda told: sizes.update({told["requestId"]: int(told["encodedDataLength"])}),
        )
        page.goto(address, wait_until="networkidle")
    return {f"{kinds[number]} {place}": sizes[number] for place, number in enumerate(sorted(sizes), 1)}


def paints(browser: Browser, address: str) -> tuple[float, float]:
    """First and largest contentful paint in milliseconds, on the slow line."""
    with phone(browser) as (page, wire):
        wire.send("Network.emulateNetworkConditions", SLOW)
        wire.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.goto(address, wait_until="load")
        found = page.evaluate(PAINTS)
        return found["first"], found["largest"]


def taps(browser: Browser, address: str, *, choices: bool) -> int:
    """How many taps it takes from the opened page to the receipt, typing apart."""
    count = 0
    with phone(browser) as (page, _wire):
        page.goto(address)
        wanted = ["label[for=safe_dark-3]", "label[for=areas-1]"] if choices else []
        for tap in (*wanted, "#text", "button.send"):
            page.locator(tap).tap()
            count += 1
            if tap == "#text":
                page.keyboard.type("Lamporna i tunneln lyser inte")
        page.wait_for_selector("#receipt")
    return count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    chromium = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        port, floor_port = free_port(), free_port()
        command = [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{floor_port}", "bench.floor:app"]
        with (
            feedback_server(Path(folder), port),
            server(command, floor_port, {"FLOOR_DB": f"{folder}/floor.db"}),
        ):
            browser = playwright.chromium.launch(
                executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
            )
            ours, floor = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{floor_port}/page"
            print(f"{datetime.now(UTC).date()}  first visit, bytes over the wire with headers")
            for language in LANGUAGES:
                for path in ("/", POSTER):
                    found = weigh(browser, f"{ours}{language}{path}")
                    parts = "  ".join(f"{kind.lower()} {size:,}" for kind, size in found.items())
                    print(
                        f"{language + path:>16}: {sum(found.values()):>6,} in {len(found)} requests  ({parts})"
                    )
            measured: dict[str, list[tuple[float, float]]] = {"floor": [], "form": [], "form, Arabic": []}
            for _ in range(runs):
                for name, address in zip(measured, (floor, ours + POSTER, f"{ours}/ar{POSTER}"), strict=True):
                    measured[name].append(paints(browser, address))
            print(
                f"paint at 400 kbit/s, 400 ms, processor ÷4, {runs} runs in turn: first and largest, ms [min–max]"
            )
            lowest = [median(each[kind] for each in measured["floor"]) for kind in (0, 1)]
            for name, times in measured.items():
                told = []
                for kind in (0, 1):
                    these = sorted(each[kind] for each in times)
                    told.append(
                        f"{median(these):,.0f} [{these[0]:,.0f}–{these[-1]:,.0f}] = {median(these) / lowest[kind]:.2f} × floor"
                    )
                print(f"{name:>16}: {'   '.join(told)}")
            print(f"taps from the poster to the receipt: {taps(browser, ours + POSTER, choices=True)} with both choices, "
                  f"{taps(browser, ours + POSTER, choices=False)} with words alone")  # fmt: skip
            browser.close()


if __name__ == "__main__":
    main()
