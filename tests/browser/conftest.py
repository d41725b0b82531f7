"""A real Chromium in a phone's size, and real servers for it to visit."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from sqlalchemy import create_engine, make_url, text

from tests.browser.people import Administrator, Reviewer
from tests.browser.server import Site, running
from tests.conftest import DATABASES

NO_CHROMIUM = "no Chromium on this machine (apt install chromium, or set CHROMIUM to its path)"
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
)  # fmt: skip
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "locale": "sv-SE",
    "timezone_id": "Europe/Stockholm",
}
PATIENCE = 15_000

Phones = Callable[..., Page]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Skipped browser tests are told of, however quiet the run."""
    skipped = [one for one in terminalreporter.stats.get("skipped", ()) if NO_CHROMIUM in str(one.longrepr)]
    if skipped:
        terminalreporter.write_line(f"{len(skipped)} browser tests were skipped: {NO_CHROMIUM}", yellow=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    if chromium is None:
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(NO_CHROMIUM)
        pytest.skip(NO_CHROMIUM)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, headless=True, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Phones]:
    """Makes phones, each somebody's own: ``phone()``, ``phone(java_script_enabled=False)``."""
    with ExitStack() as phones:
        yield lambda **more: phones.enter_context(_context(browser, **more)).new_page()


def _context(browser: Browser, **more: object) -> BrowserContext:
    context = browser.new_context(**{**PHONE, **more})  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE)
    return context


@pytest.fixture(params=DATABASES)
def site(
    request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """A new site without reports, on SQLite and on PostgreSQL."""
    folder = tmp_path_factory.mktemp("site")
    if request.param == "sqlite":
        with running(folder) as started:
            yield started
        return
    server = request.getfixturevalue("postgresql")
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE browser"))
    address = make_url(server).set(database="browser").render_as_string(hide_password=False)
    with running(folder, FEEDBACK_DATABASE_URL=address) as started:
        yield started
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE browser WITH (FORCE)"))
    admin.dispose()


@pytest.fixture(scope="session")
def town(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One site with the demo month, shared by the tests that look at pages."""
    with running(tmp_path_factory.mktemp("town"), "--with-demo") as started:
        yield started


@pytest.fixture(scope="session")
def resident_page(browser: Browser) -> Iterator[Page]:
    """A phone that is nobody's, kept for all pages."""
    with _context(browser) as context:
        yield context.new_page()


@pytest.fixture(scope="session")
def administrator(browser: Browser, town: Site) -> Iterator[Administrator]:
    """The first administrator of the town, logged in."""
    with _context(browser) as context:
        person = Administrator(context.new_page(), town)
        person.accepts(town.one_time_link, "Anna Administratör", "anna@example.se")
        yield person


@pytest.fixture(scope="session")
def reviewer(browser: Browser, town: Site, administrator: Administrator) -> Iterator[Reviewer]:
    """The coordinator of the town, logged in."""
    with _context(browser) as context:
        person = Reviewer(context.new_page(), town)
        person.accepts(administrator.invites("Samordnare"), "Sam Ordnare", "sam@example.se")
        yield person


@pytest.fixture
def screenshot(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Keeps a picture in docs/screenshots when FEEDBACK_SCREENSHOTS=1; otherwise does nothing."""
    folder = Path(request.config.rootpath) / "docs" / "screenshots"

    def keep(page: Page, name: str) -> None:
        if os.environ.get("FEEDBACK_SCREENSHOTS") == "1":
            page.screenshot(path=folder / f"{name}.png", full_page=True)

    return keep
