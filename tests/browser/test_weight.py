"""The report form is small enough for a bad connection, counted by the browser itself."""

import pytest

from tests.browser.conftest import Phones
from tests.browser.server import Site
from tests.languages import LANGUAGES

pytestmark = pytest.mark.browser

MOST_BYTES = 14 * 1024
MOST_SCRIPT = 3 * 1024
MOST_REQUESTS = 3


@pytest.mark.parametrize("path", ["/", "/p/K19"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_visit_is_light(language: str, path: str, town: Site, phone: Phones) -> None:
    path = f"{LANGUAGES[language]}{path}"
    page = phone()
    sent: dict[str, str] = {}
    bytes_of: dict[str, int] = {}
    encodings: dict[str, str] = {}
    page.on("response", lambda it: encodings.update({it.url: it.headers.get("content-encoding", "none")}))
    wire = page.context.new_cdp_session(page)
    wire.on("Network.requestWillBeSent", lambda e: sent.update({e["requestId"]: e["request"]["url"]}))
    wire.on("Network.loadingFinished", lambda e: bytes_of.update({e["requestId"]: e["encodedDataLength"]}))
    wire.send("Network.enable")
    page.goto(town.address + path, wait_until="networkidle")
    # Headless Chromium draws no tab and so fetches no icon; a phone does.
    icon = page.locator("link[rel~=icon]").get_attribute("href") or ""
    assert icon, "without a declared icon the browser asks for /favicon.ico"
    if not icon.startswith("data:") and not any(url.endswith(icon) for url in sent.values()):
        page.evaluate("address => fetch(address).then(answer => answer.text())", icon)
        page.wait_for_load_state("networkidle")
    weights = {url: bytes_of.get(number) for number, url in sent.items() if not url.startswith("data:")}
    assert None not in weights.values(), weights
    plain = [url for url, encoding in encodings.items() if encoding != "br" and url.endswith((".css", ".js"))]
    assert not plain, f"not compressed, make setup does that: {plain}"
    assert encodings[page.url] == "br"
    assert sum(size or 0 for size in weights.values()) <= MOST_BYTES, weights
    assert sum(size or 0 for url, size in weights.items() if url.endswith(".js")) <= MOST_SCRIPT, weights
    assert len(weights) <= MOST_REQUESTS, weights
