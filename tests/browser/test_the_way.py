"""One report on a phone, from the poster's QR code to the promise under its receipt code, with the real server."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Phones
from tests.browser.people import Administrator, Resident, Reviewer
from tests.browser.server import Site
from tests.make import DARK_TUNNEL

pytestmark = pytest.mark.browser

PLACE = "gångtunneln i sandviken"
TITLE = "Vi lagar ljuset i gångtunneln i Sandviken"
DOING = (
    "Karlskoga kommun lagar alla trasiga lampor i gångtunneln i Sandviken och kontrollerar dem varje månad. "
    "Polisen går genom tunneln varje vecka tills alla lyser."
)


def test_from_the_poster_to_the_promise_and_back(
    site: Site, phone: Phones, screenshot: Callable[[Page, str], None], tmp_path: Path
) -> None:
    elin = Resident(phone(), site)
    elin.scans_the_poster("K19")
    assert PLACE in elin.words.casefold()
    screenshot(elin.page, "01-form")
    elin.feels("Mycket otrygg", when="När det är mörkt ute")
    elin.ticks("Vad handlar det om?", "Utemiljö och belysning")
    elin.tells("Lamporna i tunneln lyser inte. Ring Bengt på 070-123 45 67!")
    elin.sends()
    assert elin.heading == "Kolla innan du skickar", "she sees what was taken away before it is stored"
    screenshot(elin.page, "02-review")
    elin.sends()
    elin.keeps_the_code()
    elin.unfolds("Vill du svara på några frågor till?")
    elin.ticks("Vad skulle hjälpa?", "Mer ljus")
    elin.presses("Skicka svaren")
    assert "123 45 67" not in elin.page.content()
    screenshot(elin.page, "03-thanks")
    elin.looks_up_the_code()
    assert elin.step in {"Mottagen", "Läst"}

    anna = Administrator(phone(), site)
    anna.accepts(site.one_time_link, "Anna", "anna@example.se")
    sam, karin, pontus = (Reviewer(phone(), site) for _ in range(3))
    sam.accepts(anna.invites("Samordnare"), "Sam", "sam@example.se")
    karin.accepts(anna.invites("Beslutsfattare"), "Karin", "karin@karlskoga.example.se")
    pontus.accepts(anna.invites("Beslutsfattare", "Polisen"), "Pontus", "pontus@polisen.example.se")
    screenshot(anna.page, "04-invitation")

    neighbours_have_called(site, tmp_path / "calls.jsonl", DARK_TUNNEL[:3])
    for words in DARK_TUNNEL[4:]:
        Resident(phone(), site).reports(words)
    sam.logs_out()
    sam.logs_in("sam@example.se")
    sam.waits_for(PLACE, "6 rapporter")
    screenshot(sam.page, "05-queue")
    elin.looks_up_the_code()
    assert elin.step == "Med i ett förslag"

    sam.opens_the_candidate(PLACE)
    assert DARK_TUNNEL[1] in sam.words
    assert "123 45 67" not in sam.page.content()
    screenshot(sam.page, "06-candidate")
    sam.writes("Rubrik", TITLE)
    sam.writes("Det här ska vi göra", DOING)
    sam.names_as_givers("Karlskoga kommun", "polisen")
    sam.writes("Ansvarig funktion", "gata och park, samhällsbyggnadsnämnden")
    sam.saves()
    assert sam.heading == TITLE
    assert "Måste rättas" not in sam.words
    sam.makes_ready()
    sam.logs_out()

    karin.opens_the_candidate(TITLE)
    karin.approves()
    assert "Karlskoga kommun: ja" in karin.words
    elin.looks_up_the_code()
    assert elin.step == "Med i ett förslag", "one yes of two is no promise"
    elin.opens("/loften")
    assert TITLE not in elin.words

    pontus.opens_the_candidate(TITLE)
    pontus.approves("Vi ser också att tunneln är mörk.")
    assert pontus.heading == TITLE
    assert "/granska/loften/" in pontus.page.url, pontus.words
    screenshot(pontus.page, "07-decided")

    elin.opens("/loften")
    screenshot(elin.page, "08-promises")
    elin.follows(TITLE)
    assert elin.heading == TITLE
    assert "Situationen idag" in elin.words
    assert not any(words in elin.words for words in DARK_TUNNEL), "nobody's own words are shown in public"
    screenshot(elin.page, "09-promise")
    elin.looks_up_the_code(elin.code.lower().replace("-", " "))
    assert elin.step == "Ledde till ett löfte"
    screenshot(elin.page, "10-status")
    elin.follows(TITLE)
    expect(elin.page.get_by_role("heading", level=1)).to_have_text(TITLE)
    assert "Traceback" not in site.log.read_text()
    assert "ERROR" not in site.log.read_text()


def neighbours_have_called(site: Site, file: Path, calls: tuple[str, ...]) -> None:
    """The customer centre has noted one call a week. (Six voices within one hour would be taken for a campaign.)"""
    now = datetime.now(UTC)
    file.write_text("".join(
        json.dumps({
            "id": f"call-{week}", "submitted_at": (now - timedelta(weeks=week)).isoformat(), "text": words,
            "municipality": "karlskoga", "place": "Sandvikstunneln",
        }) + "\n"
        for week, words in enumerate(calls, start=1)
    ))  # fmt: skip
    assert json.loads(site.command("import", str(file), "--channel", "phone"))["stored"] == len(calls)
