"""Every kind of page: axe finds nothing on it in light and in dark, and a narrow phone need not scroll sideways."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.people import Administrator, Resident, Reviewer
from tests.browser.server import Site

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
NARROW = {"320 px": {"width": 320, "height": 640}, "400 %": {"width": 320, "height": 256}}
AS_IT_IS = "Lamporna i tunneln är trasiga sedan två veckor."
WITH_A_NUMBER = "Ring Bengt på 070-123 45 67, han vet vad som händer i tunneln."


@pytest.fixture
def resident(resident_page: Page, town: Site) -> Resident:
    return Resident(resident_page, town)


def report_form(resident: Resident) -> None:
    resident.opens("/")


def report_form_of_a_poster(resident: Resident) -> None:
    resident.scans_the_poster("K19")


def report_form_of_an_unknown_poster(resident: Resident) -> None:
    resident.scans_the_poster("X99")


def report_form_with_errors(resident: Resident) -> None:
    resident.opens("/")
    resident.sends()
    assert resident.page.title().startswith("Fel:")


def review(resident: Resident) -> None:
    resident.scans_the_poster()
    resident.tells(WITH_A_NUMBER)
    resident.sends()
    assert resident.heading == "Kolla innan du skickar"


def thanks(resident: Resident) -> None:
    resident.reports(AS_IT_IS)


def code(resident: Resident) -> None:
    resident.opens("/kod")


def code_mistyped(resident: Resident) -> None:
    resident.looks_up_the_code("ABCD")


def status(resident: Resident) -> None:
    resident.reports(AS_IT_IS)
    resident.looks_up_the_code()
    assert resident.step


def help_page(resident: Resident) -> None:
    resident.opens("/hjalp")


def privacy(resident: Resident) -> None:
    resident.opens("/integritet")


def accessibility(resident: Resident) -> None:
    resident.opens("/tillganglighet")


def places_found(resident: Resident) -> None:
    resident.opens("/")
    resident.page.get_by_label("Vilken plats gäller det?").fill("torget")
    resident.presses("Sök plats")


def details_sent(resident: Resident) -> None:
    resident.reports(AS_IT_IS)
    resident.unfolds("Vill du svara på några frågor till?")
    resident.presses("Skicka svaren")


def promises(resident: Resident) -> None:
    resident.opens("/loften")


def promise(resident: Resident) -> None:
    resident.opens_a_promise()
    assert "Det här ska vi göra" in resident.words


def not_found(resident: Resident) -> None:
    resident.opens("/finns-inte")


def login(resident: Resident) -> None:
    resident.opens("/logga-in")


def queue(reviewer: Reviewer) -> None:
    reviewer.opens_the_queue()


def candidate(reviewer: Reviewer) -> None:
    reviewer.opens_the_candidate()


def inbox(reviewer: Reviewer) -> None:
    reviewer.opens("/granska/rapporter")


def report(reviewer: Reviewer) -> None:
    reviewer.opens("/granska/rapporter/1")


def promises_of_staff(reviewer: Reviewer) -> None:
    reviewer.opens("/granska/loften")


def promise_of_staff(reviewer: Reviewer) -> None:
    reviewer.opens_a_promise()


def users(administrator: Administrator) -> None:
    administrator.invites("Granskare")


OF_RESIDENTS = (
    report_form, report_form_of_a_poster, report_form_of_an_unknown_poster, report_form_with_errors, review, thanks,
    code, code_mistyped, status, help_page, privacy, accessibility, places_found, details_sent, promises, promise, not_found, login,
)  # fmt: skip
OF_STAFF = (queue, candidate, inbox, report, promises_of_staff, promise_of_staff)


@pytest.mark.parametrize("go_to", OF_RESIDENTS)
def test_a_page_of_residents(go_to: Callable[[Resident], None], resident: Resident) -> None:
    check(resident.page, lambda: go_to(resident))


@pytest.mark.parametrize("go_to", OF_STAFF)
def test_a_page_of_staff(go_to: Callable[[Reviewer], None], reviewer: Reviewer) -> None:
    check(reviewer.page, lambda: go_to(reviewer))


def test_the_page_of_the_administrator(administrator: Administrator) -> None:
    check(administrator.page, lambda: users(administrator))


def check(page: Page, go: Callable[[], None]) -> None:
    page.set_viewport_size(PHONE)
    go()
    page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true")
    faults = found_by_axe(page)
    page.emulate_media(forced_colors="active")
    faults |= {f"forced colours, {kind}": fault for kind, fault in found_by_axe(page, ["dark"]).items()}
    page.emulate_media(forced_colors="none")
    for kind, size in NARROW.items():
        page.set_viewport_size(size)  # type: ignore[arg-type]
        if wide := page.evaluate(SIDEWAYS):
            faults[kind] = f"must be scrolled sideways because of {wide}"
    if small := page.evaluate(SMALL):
        faults["44 px"] = f"too small for a finger: {small}"
    page.evaluate(TEXT_SPACING)
    if cut := page.evaluate(SIDEWAYS) + page.evaluate(CUT):
        faults["text spacing"] = f"does not grow with its text: {cut}"
    page.evaluate("document.adoptedStyleSheets = []")
    assert not faults, "\n".join(f"{page.url} in {kind}:\n{report}" for kind, report in faults.items())


def found_by_axe(page: Page, schemes: Sequence[str] = ("light", "dark")) -> dict[str, str]:
    """What axe complains about in each colour scheme."""
    faults = {}
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        result = Axe().run(page)
        if result.violations_count:
            faults[scheme] = result.generate_report()
    return faults


# What reaches out of the window on either side, whether or not it can be scrolled to.
SIDEWAYS = """() => {
    const width = document.documentElement.clientWidth
    return [...document.querySelectorAll("body *")]
        .filter(each => each.checkVisibility() && getComputedStyle(each).clipPath != "inset(50%)")
        .filter(each => each.getBoundingClientRect().right > width + 1 || each.getBoundingClientRect().left < -1)
        .map(each => each.outerHTML.slice(0, 120))
}"""

# Controls smaller than 44 px in either direction. A radio button or tick box is as large as its label; a link in
# running text is as high as its line, which WCAG 2.5.8 lets it be.
SMALL = """() => [...document.querySelectorAll("button, summary, input, textarea, select, .choice label, a")]
    .filter(each => each.checkVisibility() && !each.closest(".trap, .skip") && !["radio", "checkbox", "hidden"].includes(each.type))
    .filter(each => !(each.tagName == "A" && each.closest("p, dd, .small")?.innerText.trim() != each.innerText.trim() && each.closest("p, dd, .small")))
    .filter(each => { const box = each.getBoundingClientRect(); return box.height < 43.9 || box.width < 43.9 })
    .map(each => each.outerHTML.slice(0, 120))"""

# The spacing that WCAG 1.4.12 lets a reader set.
TEXT_SPACING = """() => {
    const own = new CSSStyleSheet()
    own.replaceSync("* {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important} p {margin-bottom: 2em !important}")
    document.adoptedStyleSheets = [own]
}"""

# Boxes whose words do not fit inside them.
CUT = """() => [...document.querySelectorAll("button, .choice label, summary, .notice, .emergency, .place, .exit")]
    .filter(each => each.checkVisibility() && each.clientHeight)
    .filter(each => each.scrollHeight > each.clientHeight + 3 || each.scrollWidth > each.clientWidth + 3)
    .map(each => each.outerHTML.slice(0, 120))"""


def test_the_form_is_read_in_the_order_it_is_seen(resident: Resident) -> None:
    resident.scans_the_poster("K19")
    expect(resident.page.get_by_role("main")).to_match_aria_snapshot("""
        - main:
          - heading "Berätta vad som gör dig otrygg – eller trygg" [level=1]
          - complementary "Är det bråttom?"
          - heading "Plats" [level=2]
          - paragraph: gångtunneln i Sandviken
          - group: Nej, en annan plats
          - group "Hur trygg eller otrygg känner du dig här? frivilligt":
            - group "När det är ljust ute":
              - radio "Mycket trygg"
              - radio "Ganska trygg"
              - radio "Ganska otrygg"
              - radio "Mycket otrygg"
              - radio "Är inte här då"
            - group "När det är mörkt ute"
          - group "Vad handlar det om?":
            - checkbox "Jag känner mig trygg här"
            - checkbox /Utemiljö och belysning/
          - textbox /Berätta med egna ord/
          - button "Skicka"
          - paragraph:
            - link "Rensa allt du har skrivit"
    """)


@pytest.mark.parametrize("path", ["/p/K19", "/ar/p/K19", "/kod", "/loften"])
def test_the_keyboard_goes_from_the_top_down_and_is_always_seen(path: str, resident: Resident) -> None:
    resident.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    resident.opens(path)
    resident.page.evaluate(
        "for (const folded of document.querySelectorAll('main details')) folded.open = true"
    )
    reached: list[float] = []
    while True:
        resident.page.keyboard.press("Tab")
        where = resident.page.evaluate(FOCUS)
        if where is None or len(reached) > 100:
            break
        assert where["seen"], where
        reached.append(where["top"])
    assert len(reached) > 10
    jumps_up = [top for before, top in pairwise(reached) if top < before - 60]
    assert jumps_up == [], "a person who tabs goes down the page, line by line"


FOCUS = """() => {
    const at = document.activeElement
    if (!at || at === document.body) return null
    const target = at.closest(".choice") || at
    const box = target.getBoundingClientRect()
    const over = document.elementFromPoint(box.left + box.width / 2, Math.min(box.top + box.height / 2, innerHeight - 2))
    return {what: at.outerHTML.slice(0, 90), top: box.top + scrollY,
            seen: box.bottom > 0 && box.top < innerHeight && (target.contains(over) || false)}
}"""
