"""The people of the story. Their methods are what they do; they find things by role and by the words on the page."""

import re
import time
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect

from tests.browser.server import Site
from tests.make import PASSWORD

CODE = re.compile(r"^\s*[2-9A-HJKMNP-TV-Z]{4}(-[2-9A-HJKMNP-TV-Z]{4}){2}\s*$")
WITHIN_A_MINUTE = 60


@dataclass
class Person:
    """Somebody with a phone."""

    page: Page
    site: Site

    def opens(self, path: str) -> None:
        self.page.goto(self.site.address + path)

    def presses(self, words: str) -> None:
        """The button of the page's own content with exactly these words, and waits for the answer."""
        self._clicks(self.page.get_by_role("main").get_by_role("button", name=words, exact=True))

    def follows(self, words: str) -> None:
        self._clicks(self.page.get_by_role("main").get_by_role("link", name=words).first)

    def _clicks(self, control: Locator) -> None:
        with self.page.expect_navigation():
            control.click()

    def unfolds(self, words: str) -> None:
        """Opens the part of the page that is folded under these words, if it is."""
        for folded in self.page.locator("details:not([open]) > summary").filter(has_text=words).all():
            folded.click()

    def ticks(self, group: str, *choices: str) -> None:
        """Tick boxes or radio buttons of a question, folded or not."""
        self.unfolds(group)
        question = self.page.get_by_role("group", name=group)
        for words in choices:
            begins = re.compile(f"^{re.escape(words)}", re.IGNORECASE)
            question.get_by_role("radio", name=begins).or_(
                question.get_by_role("checkbox", name=begins)
            ).check()

    @property
    def heading(self) -> str:
        return self.page.get_by_role("heading", level=1).inner_text()

    @property
    def words(self) -> str:
        return self.page.get_by_role("main").inner_text()


@dataclass
class Resident(Person):
    """Tells what feels unsafe, and comes back to see what happened."""

    code: str = field(default="", init=False)

    def scans_the_poster(self, code: str = "K19") -> None:
        self.opens(f"/p/{code}")

    def tells(self, text: str) -> None:
        self.page.get_by_label("Berätta med egna ord").fill(text)

    def names_the_place(self, place: str, municipality: str) -> None:
        self.page.get_by_label("Vilken plats gäller det?").fill(place)
        self.ticks("Vilken kommun?", municipality)

    def feels(self, words: str, when: str = "När det är mörkt ute") -> None:
        self.ticks(when, words)

    def sends(self) -> None:
        self.presses("Skicka")

    def keeps_the_code(self) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Tack!")
        self.code = self.page.get_by_text(CODE).first.inner_text().strip()

    def reports(self, text: str) -> None:
        """The whole of it, from a poster, by somebody in a hurry."""
        self.scans_the_poster()
        self.tells(text)
        self.sends()
        self.keeps_the_code()

    def opens_a_promise(self) -> None:
        """The first of the list."""
        self.opens("/loften")
        self._clicks(self.page.get_by_role("main").get_by_role("listitem").get_by_role("link").first)

    def looks_up_the_code(self, typed: str = "") -> None:
        self.opens("/kod")
        self.page.get_by_label("Din kod").fill(typed or self.code)
        self.presses("Visa")

    @property
    def step(self) -> str:
        """Where on the road the report is, on the page that is open."""
        return self.page.locator("[aria-current=step]").inner_text().strip()


@dataclass
class Staff(Person):
    """Somebody of the council, the police or a housing company."""

    def accepts(self, invitation: str, name: str, email: str) -> None:
        self.page.goto(invitation)
        self.page.get_by_label("Ditt namn").fill(name)
        self.page.get_by_label("E-postadress").fill(email)
        self.page.get_by_label("Lösenord").fill(PASSWORD)
        self.presses("Skapa kontot")
        expect(self.page).to_have_url(f"{self.site.address}/granska")

    def logs_in(self, email: str) -> None:
        self.opens("/logga-in")
        self.page.get_by_label("E-postadress").fill(email)
        self.page.get_by_label("Lösenord").fill(PASSWORD)
        self.presses("Logga in")
        expect(self.page).to_have_url(f"{self.site.address}/granska")

    def logs_out(self) -> None:
        self._clicks(self.page.get_by_role("button", name="Logga ut"))


@dataclass
class Administrator(Staff):
    def invites(self, role: str, organisation: str = "Kommunen") -> str:
        """Answers the link to hand over."""
        self.opens("/granska/anvandare")
        self.page.get_by_label("Roll").select_option(label=role)
        self.page.get_by_label("Organisation").select_option(label=organisation)
        self.presses("Skapa inbjudan")
        return (
            self.page.get_by_text(re.compile(r"^\s*http://\S+/valkommen/\S+\s*$")).first.inner_text().strip()
        )


@dataclass
class Reviewer(Staff):
    """Reads the queue, makes candidates ready, and decides if the role allows it."""

    def opens_the_queue(self) -> None:
        self.opens("/granska")

    def waits_for(self, *words: str) -> None:
        """Looks at the queue again until one candidate tells all this."""
        end = time.monotonic() + WITHIN_A_MINUTE
        self.opens_the_queue()
        while not self._candidate(*words).count():
            assert time.monotonic() < end, self.words
            self.page.wait_for_timeout(500)
            self.page.reload()

    def _candidate(self, *words: str) -> Locator:
        found = self.page.get_by_role("main").get_by_role("article")
        for each in words:
            found = found.filter(has_text=each)
        return found

    def opens_the_candidate(self, *words: str) -> None:
        self.opens_the_queue()
        self._clicks(self._candidate(*words).first.get_by_role("heading").get_by_role("link"))

    def opens_a_promise(self) -> None:
        """The first of the list."""
        self.opens("/granska/loften")
        self._clicks(self.page.get_by_role("main").get_by_role("listitem").get_by_role("link").first)

    def writes(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)

    def names_as_givers(self, *names: str) -> None:
        """Exactly these."""
        boxes = self.page.get_by_role("group", name="Löftesgivare").get_by_role("checkbox")
        for box in boxes.all():
            box.uncheck()
        self.ticks("Löftesgivare", *names)

    def saves(self) -> None:
        self.presses("Spara texten")

    def makes_ready(self) -> None:
        self.presses("Klart för beslut")

    def approves(self, note: str = "") -> None:
        self.page.get_by_role("radio", name="Godkänn", exact=True).check()
        self.page.get_by_label("Så resonerade vi").fill(note)
        self.presses("Besluta")
