"""In every language: the whole way from the poster to the receipt and back, and axe finds nothing on it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Phones
from tests.browser.people import CODE
from tests.browser.server import Site
from tests.browser.test_accessibility import SIDEWAYS, found_by_axe
from tests.languages import LANGUAGES, RIGHT_TO_LEFT

pytestmark = pytest.mark.browser

OTHERS = [code for code in LANGUAGES if code != "sv"]
PAGES = ("/kod", "/hjalp", "/integritet", "/tillganglighet", "/loften", "/finns-inte")
WORDS = "الإنارة في النفق معطلة, valot eivät pala"


@pytest.mark.parametrize("code", OTHERS)
def test_the_whole_way(code: str, town: Site, phone: Phones) -> None:
    page = phone()
    faults = {}
    for name in _the_way(page, town.address, LANGUAGES[code]):
        html = page.locator("html")
        expect(html).to_have_attribute("lang", "sv" if code == "lattlast" else code)
        expect(html).to_have_attribute("dir", "rtl" if code in RIGHT_TO_LEFT else "ltr")
        page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true")
        for scheme, fault in found_by_axe(page).items():
            faults[f"{name} in {scheme}"] = fault
        page.set_viewport_size({"width": 320, "height": 568})
        if wide := page.evaluate(SIDEWAYS):
            faults[f"{name} at 320 px"] = str(wide)
        page.set_viewport_size({"width": 390, "height": 844})
    assert not faults, faults


def _the_way(page: Page, address: str, start: str) -> Iterator[str]:
    """Goes from page to page by what is the same in all languages: fields, the send button, the code."""

    def send() -> None:
        with page.expect_navigation():
            page.locator("main button.send").first.click()

    page.goto(f"{address}{start}/")
    yield "form"
    send()
    expect(page.get_by_role("alert")).to_be_focused()
    yield "errors"
    page.goto(f"{address}{start}/p/K19")
    yield "poster"
    page.locator("#safe_dark-3").check()
    page.locator("#areas-1").check()
    page.locator("#text").fill(f"{WORDS} 070-123 45 67")
    send()
    yield "review"
    send()
    expect(page.locator("#receipt")).to_have_text(CODE)
    yield "thanks"
    page.locator(".more summary").click() if not page.locator(".more[open]").count() else None
    page.locator("#times-2").check()
    with page.expect_navigation():
        page.locator(".more button.send").click()
    yield "details"
    with page.expect_navigation():
        page.locator(".receipt form button").click()
    expect(page.locator("[aria-current=step]")).to_be_visible()
    yield "status"
    for path in PAGES:
        page.goto(f"{address}{start}{path}")
        yield path
    page.goto(f"{address}{start}/loften")
    page.locator(".promises a").first.click()
    expect(page.locator("h1")).to_have_attribute("lang", "sv") if not start.endswith("lattlast") else None
    yield "promise"
    assert start in page.url, "every link keeps the language"


@pytest.mark.parametrize(
    ("wanted", "offered"), [("fi-FI", "fi"), ("ar-SY", "ar"), ("so", "so"), ("nb-NO", None), ("sv-SE", None)]
)
def test_a_phone_in_another_language_is_offered_it_in_one_line(
    wanted: str, offered: str | None, town: Site, phone: Phones
) -> None:
    page = phone(locale=wanted)
    page.goto(f"{town.address}/p/K19")
    line = page.locator(".offer a")
    if offered is None:
        expect(line).to_have_count(0)
        return
    expect(line).to_have_attribute("hreflang", offered)
    line.click()
    expect(page).to_have_url(f"{town.address}/{offered}/p/K19")
    expect(page.locator(".offer")).to_have_count(0)


def test_the_list_of_languages_keeps_the_page(town: Site, phone: Phones) -> None:
    page = phone()
    page.goto(f"{town.address}/loften?kommun=degerfors")
    page.locator(".languages summary").click()
    page.get_by_role("link", name="In English").click()
    expect(page).to_have_url(f"{town.address}/en/loften?kommun=degerfors")
    page.locator(".languages summary").click()
    page.get_by_role("link", name="På svenska", exact=True).click()
    expect(page).to_have_url(f"{town.address}/loften?kommun=degerfors")


def test_numbers_to_call_stand_in_their_order_in_right_to_left(town: Site, phone: Phones) -> None:
    page = phone()
    page.goto(f"{town.address}/ar/hjalp")
    for link in page.locator("a[href^='tel:']").all():
        assert link.evaluate("it => getComputedStyle(it).direction") == "ltr"
        assert re.fullmatch(r"[\d -]+", link.inner_text())
