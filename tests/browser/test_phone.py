"""What the little script adds on a phone: nothing is lost, it is sent once, and nothing is left behind."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Phones
from tests.browser.people import Resident
from tests.browser.server import Site

pytestmark = pytest.mark.browser

WORDS = "Lamporna i tunneln är trasiga\noch jag vågar inte gå där – inte ens på dagen."
SAVED = "Sparad – skickas när du har täckning."
LEFT_BEHIND = "localStorage.length + sessionStorage.length"
IN_SANDVIKEN = {"latitude": 59.3157, "longitude": 14.5060}
FAR_AWAY = {"latitude": 55.6, "longitude": 13.0}


@pytest.fixture
def elin(town: Site, phone: Phones) -> Resident:
    return Resident(phone(), town)


@contextmanager
def no_coverage(context: BrowserContext) -> Iterator[None]:
    context.set_offline(True)
    yield
    context.set_offline(False)


def sends_for_later(resident: Resident) -> None:
    """Presses send without coverage, and is told that it waits."""
    resident.page.get_by_role("button", name="Skicka", exact=True).click()
    expect(resident.page.locator("#said")).to_have_text(SAVED)


def left_behind(page: Page) -> int:
    found: int = page.evaluate(LEFT_BEHIND)
    return found


def reports(site: Site) -> int:
    [line] = [line for line in site.command("doctor").splitlines() if "reports:" in line]
    return int(line.rpartition(" ")[2])


class TestNothingIsLost:
    def test_what_is_typed_survives_a_reload(self, elin: Resident) -> None:
        elin.scans_the_poster("K19")
        elin.feels("Ganska otrygg")
        elin.ticks("Vad handlar det om?", "Utemiljö och belysning")
        elin.tells(WORDS)
        elin.page.reload()
        expect(elin.page.get_by_label("Berätta med egna ord")).to_have_value(WORDS)
        expect(
            elin.page.get_by_role("group", name="När det är mörkt ute").get_by_label("Ganska otrygg")
        ).to_be_checked()
        expect(elin.page.get_by_label("Utemiljö och belysning")).to_be_checked()
        elin.sends()
        elin.keeps_the_code()

    def test_another_poster_starts_with_an_empty_form(self, elin: Resident) -> None:
        elin.scans_the_poster("K19")
        elin.tells(WORDS)
        elin.scans_the_poster("K12")
        expect(elin.page.get_by_label("Berätta med egna ord")).to_have_value("")
        elin.scans_the_poster("K19")
        expect(elin.page.get_by_label("Berätta med egna ord")).to_have_value(WORDS)

    def test_the_language_may_be_changed_in_the_middle(self, elin: Resident) -> None:
        elin.scans_the_poster("K19")
        elin.tells(WORDS)
        elin.opens("/fi/p/K19")
        expect(elin.page.locator("#text")).to_have_value(WORDS)

    def test_two_tabs_do_not_write_over_each_other(self, elin: Resident) -> None:
        elin.scans_the_poster("K19")
        elin.tells("i den ena")
        other = Resident(elin.page.context.new_page(), elin.site)
        other.scans_the_poster("K19")
        expect(other.page.get_by_label("Berätta med egna ord")).to_have_value("")
        other.tells("i den andra")
        elin.page.reload()
        expect(elin.page.get_by_label("Berätta med egna ord")).to_have_value("i den ena")

    def test_a_form_left_open_overnight_with_a_clock_that_is_wrong(self, elin: Resident) -> None:
        elin.page.clock.install(time="2025-01-01T08:00:00")
        elin.scans_the_poster("K19")
        elin.tells(WORDS)
        elin.page.clock.fast_forward("23:00:00")
        elin.sends()
        elin.keeps_the_code()

    def test_storage_that_is_denied(self, town: Site, phone: Phones) -> None:
        page = phone()
        page.add_init_script(
            "for (const name of ['sessionStorage', 'localStorage'])"
            " Object.defineProperty(window, name, {get() { throw new DOMException('denied', 'SecurityError') }})"
        )
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        elin = Resident(page, town)
        elin.reports(WORDS)
        assert complaints == []

    def test_a_paste_of_ten_thousand_emoji_is_told_and_kept(self, elin: Resident) -> None:
        elin.scans_the_poster("K19")
        elin.tells("😱" * 10_000)
        elin.sends()
        expect(elin.page.get_by_role("alert")).to_contain_text("Texten är för lång.")
        assert elin.page.locator("#text").input_value() == "😱" * 10_000

    def test_pasted_rich_text_is_only_its_words(self, elin: Resident) -> None:
        elin.scans_the_poster("K19")
        elin.page.locator("#text").evaluate(
            """field => { const carried = new DataTransfer();
            carried.setData("text/html", "<b onclick=alert(1)>mörkt</b>"); carried.setData("text/plain", "mörkt");
            field.focus(); field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: carried, bubbles: true}));
            document.execCommand("insertText", false, carried.getData("text/plain")) }"""
        )
        elin.sends()
        elin.keeps_the_code()
        assert "mörkt" in elin.words
        assert "onclick" not in elin.page.content()

    def test_a_page_that_the_browser_has_translated_is_sent_as_it_should(self, elin: Resident) -> None:
        elin.scans_the_poster("K19")
        elin.ticks("Vad handlar det om?", "Trafik och buskörning")
        elin.page.evaluate(
            """() => { const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            while (walk.nextNode()) { const node = walk.currentNode;
              if (!node.parentElement.closest("[translate=no], script") && node.data.trim()) node.data = "translated" } }"""
        )
        with elin.page.expect_navigation():
            elin.page.locator("button.send").click()
        assert elin.page.locator("#receipt").is_visible()


class TestWithoutCoverage:
    def test_it_waits_on_the_phone_and_is_sent_once_when_coverage_is_back(self, elin: Resident) -> None:
        elin.scans_the_poster("K19")
        elin.tells(f"{WORDS} Utan täckning.")
        before = reports(elin.site)
        with no_coverage(elin.page.context):
            sends_for_later(elin)
            sends_for_later(elin)
            assert left_behind(elin.page) == 2
        elin.keeps_the_code()
        assert reports(elin.site) == before + 1
        assert left_behind(elin.page) == 0

    def test_what_is_changed_while_it_waits_is_what_is_sent(self, elin: Resident) -> None:
        elin.scans_the_poster("K19")
        elin.tells("Lampan är trasig")
        with no_coverage(elin.page.context):
            sends_for_later(elin)
            elin.tells("Lampan är trasig, och det är halt")
        elin.keeps_the_code()
        assert "och det är halt" in elin.words

    def test_a_name_is_masked_also_when_nobody_looks(self, elin: Resident) -> None:
        elin.scans_the_poster("K19")
        elin.tells("Ring Bengt på 070-123 45 67, han vet")
        with no_coverage(elin.page.context):
            sends_for_later(elin)
        elin.keeps_the_code()
        assert "[telefon]" in elin.words

    def test_the_tab_may_be_closed_meanwhile(self, elin: Resident) -> None:
        elin.scans_the_poster("K19")
        elin.tells(WORDS)
        context = elin.page.context
        with no_coverage(context):
            sends_for_later(elin)
            elin.page.close()
        before = reports(elin.site)
        back = Resident(context.new_page(), elin.site)
        back.opens("/loften")
        expect(back.page.locator("#sent")).to_contain_text(
            re.compile("Vi har fått det du berättade. Din kod: [2-9A-Z]{4}-")
        )
        assert back.heading == "Medborgarlöften", "nobody is taken from the page, and no words are shown"
        assert WORDS not in back.page.content()
        assert reports(elin.site) == before + 1
        assert left_behind(back.page) == 0

    def test_several_that_wait_are_all_sent(self, elin: Resident) -> None:
        context, tabs = elin.page.context, [elin]
        tabs.append(Resident(context.new_page(), elin.site))
        before = reports(elin.site)
        for number, each in enumerate(tabs):
            each.scans_the_poster("K19")
            each.tells(f"{WORDS} Flik {number}.")
        with no_coverage(context):
            for each in tabs:
                sends_for_later(each)
        for each in tabs:
            each.keeps_the_code()
        assert tabs[0].code != tabs[1].code
        assert reports(elin.site) == before + 2

    @pytest.mark.parametrize("status", [413, 403, 503, 429])
    def test_an_answer_that_is_no_receipt_keeps_the_words_and_the_site(
        self, status: int, elin: Resident
    ) -> None:
        elin.scans_the_poster("K19")
        elin.tells(WORDS)
        context = elin.page.context
        with no_coverage(context):
            sends_for_later(elin)
            elin.page.close()
        context.route(
            "**/p/K19",
            lambda route: (
                route.fulfill(status=status, body="no")
                if route.request.method == "POST"
                else route.continue_()
            ),
        )
        back = Resident(context.new_page(), elin.site)
        with back.page.expect_response(lambda answer: answer.status == status):
            back.opens("/loften")
        assert back.heading == "Medborgarlöften"
        back.page.wait_for_timeout(200)
        assert WORDS.split("\n")[0] in back.page.evaluate(
            "decodeURIComponent(localStorage.waiting.replaceAll('+', ' '))"
        )
        context.unroute("**/p/K19")
        if status in {413, 403}:
            back.scans_the_poster("K19")
            expect(back.page.get_by_label("Berätta med egna ord")).to_have_value(WORDS)
            expect(back.page.locator("#said")).to_contain_text("Dina svar finns kvar")
            back.sends()
            back.keeps_the_code()
        else:
            back.opens("/kod")
            expect(back.page.locator("#sent")).to_be_visible()
        assert left_behind(back.page) == 0

    def test_what_another_tab_has_sent_is_not_counted_again(self, elin: Resident) -> None:
        elin.scans_the_poster("K19")
        elin.tells(WORDS)
        context = elin.page.context
        elin.page.route("**/*", lambda route: route.abort())  # this tab stays without coverage
        sends_for_later(elin)
        other = Resident(context.new_page(), elin.site)
        other.opens("/loften")
        expect(other.page.locator("#sent")).to_be_visible()
        expect(elin.page.get_by_label("Berätta med egna ord")).to_have_value("")
        expect(elin.page.locator("#said")).to_be_hidden()
        assert left_behind(elin.page) == 0

    def test_a_phone_that_is_full_says_so(self, elin: Resident) -> None:
        elin.scans_the_poster("K19")
        elin.tells(WORDS)
        elin.page.evaluate(
            "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') } }"
        )
        with no_coverage(elin.page.context):
            elin.page.get_by_role("button", name="Skicka", exact=True).click()
            expect(elin.page.locator("#said")).to_contain_text(
                "Det gick inte att skicka. Dina svar finns kvar"
            )

    def test_what_another_program_left_in_our_place_stops_nothing(self, elin: Resident) -> None:
        elin.opens("/loften")
        elin.page.evaluate("localStorage.setItem('waiting', '{not json')")
        elin.reports(WORDS)
        expect(elin.page.get_by_role("button", name="Spara som bild")).to_be_visible()

    def test_too_long_is_not_called_saved(self, elin: Resident) -> None:
        elin.scans_the_poster("K19")
        elin.tells("mörkt " * 200)
        with no_coverage(elin.page.context):
            elin.page.get_by_role("button", name="Skicka", exact=True).click()
            expect(elin.page.locator("#said")).not_to_have_text(SAVED)
            expect(elin.page.locator("#said")).not_to_have_text("Skickar …")

    def test_what_cannot_be_sent_yet_is_not_called_saved(self, elin: Resident) -> None:
        elin.opens("/")
        elin.tells(WORDS)
        with no_coverage(elin.page.context):
            elin.page.get_by_role("button", name="Skicka", exact=True).click()
            expect(elin.page.locator("#said")).to_contain_text("Välj en plats och berätta något")
        expect(elin.page.get_by_label("Berätta med egna ord")).to_have_value(WORDS)


class TestSentOnce:
    def test_a_second_tap_while_it_is_on_its_way(self, elin: Resident) -> None:
        elin.scans_the_poster("K19")
        elin.tells(f"{WORDS} Två tryck.")
        before = reports(elin.site)
        elin.page.locator("button.send").dblclick()
        elin.keeps_the_code()
        assert reports(elin.site) == before + 1

    def test_a_sending_that_was_stopped_can_be_sent_again(self, elin: Resident) -> None:
        elin.page.clock.install()
        elin.scans_the_poster("K19")
        elin.tells(WORDS)
        elin.page.evaluate("HTMLFormElement.prototype.submit = () => {}")  # it never arrives
        elin.page.get_by_role("button", name="Skicka", exact=True).click()
        expect(elin.page.locator("#said")).to_have_text("Skickar …")
        elin.page.wait_for_timeout(500)
        elin.page.clock.fast_forward(11_000)
        expect(elin.page.locator("#said")).to_be_hidden()

    def test_back_after_the_review_shows_nothing_either(self, elin: Resident) -> None:
        elin.scans_the_poster("K19")
        elin.tells("Ring Bengt på 070-123 45 67, han vet vad som händer i tunneln.")
        elin.sends()
        assert elin.heading == "Kolla innan du skickar"
        elin.sends()
        elin.keeps_the_code()
        elin.page.go_back()
        expect(elin.page.get_by_label("Berätta med egna ord")).to_have_value("")
        assert "Bengt" not in elin.page.content()
        assert left_behind(elin.page) == 0

    def test_loading_the_review_again_loses_nothing(self, elin: Resident) -> None:
        elin.scans_the_poster("K19")
        elin.tells("Ring Bengt på 070-123 45 67, han vet vad som händer i tunneln.")
        elin.sends()
        elin.page.reload()
        expect(elin.page.get_by_label("Berätta med egna ord")).to_have_value(
            "Ring [namn] på [telefon], han vet vad som händer i tunneln."
        )

    def test_back_after_sending_shows_nothing_of_it_to_the_next_person(self, elin: Resident) -> None:
        elin.scans_the_poster("K19")
        elin.feels("Ganska otrygg")
        elin.tells(WORDS)
        elin.sends()
        elin.keeps_the_code()
        assert left_behind(elin.page) == 0
        elin.page.go_back()
        expect(elin.page.get_by_label("Berätta med egna ord")).to_have_value("")
        expect(elin.page.get_by_role("radio", checked=True)).to_have_count(0)

    def test_another_report_from_the_same_phone_is_another_report(self, elin: Resident) -> None:
        before = reports(elin.site)
        codes = set()
        for _ in range(2):
            elin.reports(WORDS)
            codes.add(elin.code)
        assert len(codes) == 2
        assert reports(elin.site) == before + 2


class TestNoTraceIsLeft:
    def test_clearing_empties_form_and_phone_at_once(self, elin: Resident) -> None:
        elin.scans_the_poster("K19")
        elin.feels("Ganska otrygg")
        elin.tells(WORDS)
        assert left_behind(elin.page) == 1
        elin.page.evaluate(
            "localStorage.setItem('waiting', '[]'); sessionStorage.setItem('draft /p/K12', 'text=x')"
        )
        elin.follows("Rensa allt du har skrivit")
        expect(elin.page.get_by_label("Berätta med egna ord")).to_have_value("")
        expect(elin.page.get_by_role("radio", checked=True)).to_have_count(0)
        assert left_behind(elin.page) == 0

    def test_leaving_forgets_the_words_and_the_page(self, elin: Resident) -> None:
        elin.page.context.route(
            "https://www.smhi.se/**",
            lambda route: route.fulfill(body="<title>Väder</title>", content_type="text/html; charset=utf-8"),
        )
        elin.page.goto("about:blank")
        elin.scans_the_poster("K19")
        elin.tells(WORDS)
        assert left_behind(elin.page) == 1
        with elin.page.expect_navigation():
            elin.page.get_by_role("link", name="Lämna sidan").click()
        expect(elin.page).to_have_title("Väder")
        elin.page.go_back()
        assert elin.page.url == "about:blank", "the form is not in the history"
        elin.scans_the_poster("K19")
        expect(elin.page.get_by_label("Berätta med egna ord")).to_have_value("")

    def test_leaving_works_without_javascript_and_tells_nobody_where_from(
        self, town: Site, phone: Phones
    ) -> None:
        elin = Resident(phone(java_script_enabled=False), town)
        elin.scans_the_poster("K19")
        leave = elin.page.get_by_role("link", name="Lämna sidan")
        assert leave.get_attribute("href") == "https://www.smhi.se/"
        assert leave.get_attribute("rel") == "noreferrer"


class TestTheReceipt:
    def test_can_be_copied_and_kept_as_a_picture(self, elin: Resident) -> None:
        elin.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        elin.reports(WORDS)
        elin.page.get_by_role("button", name="Kopiera koden").click()
        expect(elin.page.get_by_role("button", name="Kopierad")).to_be_visible()
        assert elin.page.evaluate("navigator.clipboard.readText()") == elin.code
        with elin.page.expect_download() as kept:
            elin.page.get_by_role("button", name="Spara som bild").click()
        assert kept.value.suggested_filename == f"{elin.code}.png"
        assert kept.value.path().read_bytes().startswith(b"\x89PNG")

    def test_its_link_opens_the_report_and_leaves_no_code_in_the_address(self, elin: Resident) -> None:
        elin.reports(WORDS)
        elin.follows("Länk till din rapport")
        expect(elin.page.locator("[aria-current=step]")).to_be_visible()
        assert elin.code not in elin.page.url


class TestMyPosition:
    def test_the_nearest_place_is_filled_in_and_nothing_is_sent(self, town: Site, phone: Phones) -> None:
        page = phone(geolocation=IN_SANDVIKEN, permissions=["geolocation"])
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
        elin = Resident(page, town)
        elin.opens("/")
        elin.page.get_by_role("button", name="Använd min position").click()
        expect(elin.page.locator("#place")).to_have_value("Karlskoga lasarett, Karlskoga")
        expect(elin.page.get_by_text("Närmaste plats i vår lista.")).to_be_visible()
        elin.tells(WORDS)
        elin.sends()
        elin.keeps_the_code()
        assert not [address for address in asked if "59.3" in address or "14.5" in address]

    def test_far_from_every_place_one_writes_it(self, town: Site, phone: Phones) -> None:
        elin = Resident(phone(geolocation=FAR_AWAY, permissions=["geolocation"]), town)
        elin.opens("/")
        elin.page.get_by_role("button", name="Använd min position").click()
        expect(elin.page.get_by_text("Ingen plats i vår lista ligger nära dig.")).to_be_visible()
        expect(elin.page.locator("#place")).to_have_value("")

    def test_a_refusal_is_answered_with_a_way_on(self, elin: Resident) -> None:
        elin.opens("/")
        elin.page.get_by_role("button", name="Använd min position").click()
        expect(elin.page.get_by_text("Vi fick inte veta var du är. Skriv platsen i stället.")).to_be_visible()

    def test_a_phone_that_never_answers(self, town: Site, phone: Phones) -> None:
        page = phone()
        page.add_init_script("navigator.geolocation.getCurrentPosition = () => {}")
        page.clock.install()
        elin = Resident(page, town)
        elin.opens("/")
        elin.page.get_by_role("button", name="Använd min position").click()
        elin.page.clock.fast_forward(16_000)
        expect(elin.page.get_by_text("Vi fick inte veta var du är.")).to_be_visible()

    def test_nobody_is_asked_for_a_position_before_it_is_tapped(self, town: Site, phone: Phones) -> None:
        page = phone()
        page.add_init_script("navigator.geolocation.getCurrentPosition = () => { document.title = 'asked' }")
        elin = Resident(page, town)
        elin.opens("/")
        elin.tells(WORDS)
        assert "asked" not in elin.page.title()


def test_the_list_of_places_comes_when_the_field_is_touched(elin: Resident) -> None:
    elin.opens("/")
    assert elin.page.locator("#places option").count() == 0
    elin.page.locator("#place").focus()
    expect(elin.page.locator("#places option[value='Skranta torg, Karlskoga']")).to_have_count(1)


def test_feeling_safe_changes_the_question(elin: Resident) -> None:
    elin.scans_the_poster("K19")
    expect(elin.page.get_by_role("textbox", name="Vad gör platsen trygg?")).to_have_count(0)
    elin.ticks("Vad handlar det om?", "Jag känner mig trygg här")
    expect(elin.page.get_by_role("textbox", name="Vad gör platsen trygg?")).to_be_visible()


def test_the_list_of_languages_closes_when_the_keyboard_goes_on(elin: Resident) -> None:
    elin.scans_the_poster("K19")
    summary = elin.page.locator(".languages summary")
    summary.press("Enter")
    expect(elin.page.get_by_role("link", name="Po polsku")).to_be_visible()
    elin.page.get_by_role("link", name="Po polsku").focus()
    elin.page.keyboard.press("Tab")
    expect(elin.page.get_by_role("link", name="Po polsku")).to_be_hidden()
