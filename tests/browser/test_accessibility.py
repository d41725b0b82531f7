"""Every kind of page: axe finds nothing on it in light and in dark, and a narrow phone need not scroll sideways."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.people import Administrator, Resident, Reviewer
from tests.browser.server import Site

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}
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
    code, code_mistyped, status, help_page, privacy, promises, promise, not_found, login,
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
    faults = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        result = Axe().run(page)
        if result.violations_count:
            faults[scheme] = result.generate_report()
    page.set_viewport_size(NARROW)
    wide = page.evaluate(SIDEWAYS)
    if wide:
        faults["320 px"] = f"must be scrolled sideways because of {wide}"
    assert not faults, "\n".join(f"{page.url} in {kind}:\n{report}" for kind, report in faults.items())


# What reaches out of a window that can be scrolled sideways; nothing when it cannot.
SIDEWAYS = """() => {
    const width = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth <= width) return []
    return [...document.querySelectorAll("body *")]
        .filter(each => each.getBoundingClientRect().right > width)
        .map(each => each.outerHTML.slice(0, 120))
}"""
