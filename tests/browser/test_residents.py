"""What a resident is owed: it works without scripts, leaves no trace, asks nobody else, and loses no words."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Phones
from tests.browser.people import Resident
from tests.browser.server import Site

pytestmark = pytest.mark.browser

RESIDENT_PAGES = ("/", "/p/K19", "/kod", "/hjalp", "/integritet", "/tillganglighet", "/loften")
WORDS = "Lamporna i tunneln är trasiga\noch jag vågar inte gå där – inte ens på dagen."


def test_the_same_report_without_javascript(town: Site, phone: Phones) -> None:
    elin = Resident(phone(java_script_enabled=False), town)
    elin.scans_the_poster("K19")
    elin.feels("Mycket otrygg")
    elin.ticks("Vad handlar det om?", "Utemiljö och belysning")
    elin.tells("Det är kolsvart, ring Bengt på 070-123 45 67")
    elin.sends()
    assert elin.heading == "Kolla innan du skickar"
    elin.sends()
    elin.keeps_the_code()
    elin.unfolds("Vill du svara på några frågor till?")
    elin.ticks("Vad skulle hjälpa?", "Mer ljus")
    elin.presses("Skicka svaren")
    elin.keeps_the_code()
    elin.presses("Se var din rapport är")
    assert elin.step
    elin.unfolds("Lägg till något")
    elin.page.get_by_label("Lägg till något").fill("Det luktar rök också.")
    elin.presses("Lägg till")
    assert "Vi har lagt till det i din rapport." in elin.words


def test_a_place_is_found_in_the_list_without_javascript(town: Site, phone: Phones) -> None:
    elin = Resident(phone(java_script_enabled=False), town)
    elin.opens("/")
    elin.tells(WORDS)
    elin.page.get_by_label("Vilken plats gäller det?").fill("torget")
    elin.presses("Sök plats")
    elin.ticks("Menar du någon av de här platserna?", "Skranta torg")
    elin.sends()
    elin.keeps_the_code()
    elin.presses("Se var din rapport är")
    assert "Skranta torg" in elin.words


def test_another_place_than_the_poster_can_be_named_without_javascript(town: Site, phone: Phones) -> None:
    elin = Resident(phone(java_script_enabled=False), town)
    elin.scans_the_poster("K19")
    elin.unfolds("Nej, en annan plats")
    elin.page.get_by_label("Vilken plats gäller det?").fill("Bruksskolan, Degerfors")
    elin.tells(WORDS)
    elin.sends()
    elin.keeps_the_code()
    elin.presses("Se var din rapport är")
    assert "Bruksskolan" in elin.words


def test_no_trace_is_left_on_the_phone_and_nobody_else_is_asked(town: Site, phone: Phones) -> None:
    elin = Resident(phone(), town)
    asked, complaints = _listen(elin.page)
    for path in RESIDENT_PAGES:
        elin.opens(path)
    elin.opens_a_promise()
    elin.opens("/")
    elin.sends()
    elin.names_the_place("Stortorget", "Degerfors")
    elin.tells(WORDS)
    elin.sends()
    elin.keeps_the_code()
    elin.looks_up_the_code()
    assert {urlsplit(address).netloc for address in asked} == {urlsplit(town.address).netloc}
    assert complaints == [], "the browser has nothing to say about our pages"
    assert elin.page.context.storage_state() == {"cookies": [], "origins": []}
    assert elin.page.evaluate("document.cookie + localStorage.length + sessionStorage.length") == "00"


def test_what_is_missing_is_said_first_and_leads_to_the_question(town: Site, phone: Phones) -> None:
    elin = Resident(phone(), town)
    elin.opens("/")
    elin.sends()
    assert elin.page.title().startswith("Fel:")
    summary = elin.page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_be_in_viewport()
    elin.page.keyboard.press("Tab")
    expect(summary.get_by_role("link").first).to_be_focused()
    elin.page.keyboard.press("Enter")
    place = elin.page.get_by_label("Vilken plats gäller det?")
    expect(place).to_be_focused()
    expect(place).to_be_in_viewport()
    expect(place).to_have_accessible_description(re.compile("Välj eller skriv en plats"))


def test_going_back_after_sending_loses_no_words_without_javascript(town: Site, phone: Phones) -> None:
    """With it, nothing is left for the next person: see test_phone."""
    elin = Resident(phone(java_script_enabled=False), town)
    elin.scans_the_poster("K19")
    elin.feels("Ganska otrygg")
    elin.tells(WORDS)
    elin.sends()
    elin.keeps_the_code()
    elin.page.go_back()
    expect(elin.page.get_by_label("Berätta med egna ord")).to_have_value(WORDS)


def test_loading_the_receipt_again_is_the_same_report(town: Site, phone: Phones) -> None:
    elin = Resident(phone(), town)
    elin.reports(WORDS)
    first = elin.code
    elin.page.reload()
    elin.keeps_the_code()
    assert elin.code == first


def test_going_back_from_what_is_missing_loses_no_words(town: Site, phone: Phones) -> None:
    elin = Resident(phone(), town)
    elin.opens("/")
    elin.tells(WORDS)
    elin.sends()
    expect(elin.page.get_by_role("alert")).to_contain_text("Välj eller skriv en plats.")
    expect(elin.page.get_by_label("Berätta med egna ord")).to_have_value(WORDS)
    elin.page.go_back()
    expect(elin.page.get_by_label("Berätta med egna ord")).to_have_value(WORDS)


def _listen(page: Page) -> tuple[list[str], list[str]]:
    """Every address the page asks for, and every complaint of the browser, from now on."""
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return asked, complaints
