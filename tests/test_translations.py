"""Every language says everything, says it whole, and nothing on a resident's page is left in Swedish."""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po
from flask import Flask

from feedback import create_app, paths
from feedback.actions.decide_candidate import Verdict
from feedback.actions.follow_up_promise import Entry, follow_up_promise
from feedback.domain.lifecycle import Decision
from feedback.store.promise import of_candidate
from feedback.web.db import db
from tests.make import DARK_TUNNEL, NOW, Maker
from tests.page import Client

ROOT = Path(__file__).parent.parent
TEMPLATE = ROOT / "translations/messages.pot"
CATALOGUES = sorted(ROOT.glob("translations/*/LC_MESSAGES/messages.po"))
OFFERED = {"ar", "en_GB", "fa", "fi", "pl", "so", "sv@lattlast", "uk"}
OURS = ("ärende", "dashboard", "kandidat", "hot spot", "problemområde", "misstänkt")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
NUMBER = re.compile(r"\d+")
WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "xxxxxxxxxxxxxxxxxxxx")


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def msgids(path: Path) -> set[str]:
    return {_one(message.id) for message in catalogue(path) if message.id}


def _one(words: str | tuple[str, ...] | list[str]) -> str:
    return words if isinstance(words, str) else words[0]


def _all(words: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


def test_the_template_holds_every_text(tmp_path: Path) -> None:
    fresh = tmp_path / "messages.pot"
    subprocess.run(
        [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", "translations/babel.cfg",
         "-k", "_l", "-k", "lazy_gettext", "--no-wrap", "-o", str(fresh), "."],
        check=True, cwd=ROOT,
    )  # fmt: skip
    assert msgids(fresh) == msgids(TEMPLATE), "run `make translations`"


def test_words_we_never_use_are_on_no_screen() -> None:
    """Also not on those of staff, which are not translated."""
    methods = [("feedback/web/**.py", "python"), ("templates/**.html", "jinja2")]
    texts = [
        _one(text)
        for *_, text, _comments, _context in extract_from_dir(
            ROOT, methods, {"**": {"trimmed": "true"}}, keywords={"_": None, "_l": None, "gettext": None, "ngettext": (1, 2)}
        )
    ]  # fmt: skip
    assert len(texts) > len(msgids(TEMPLATE)), "staff pages too"
    assert [(word, text) for text in texts for word in OURS if word in text.lower()] == []


def test_the_languages_are_those_we_promise() -> None:
    assert {path.parent.parent.name for path in CATALOGUES} == OFFERED


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
class TestACatalogue:
    def test_holds_exactly_the_texts_of_the_template(self, path: Path) -> None:
        assert msgids(path) == msgids(TEMPLATE), "run `make translations` and translate what is new"

    def test_says_everything_and_is_sure_of_it(self, path: Path) -> None:
        untold = [
            _one(message.id) for message in _messages(path) if not all(_all(message.string)) or message.fuzzy
        ]
        assert untold == []

    def test_keeps_the_placeholders(self, path: Path) -> None:
        broken = [
            _one(message.id)
            for message in _messages(path)
            for words in _all(message.string)
            if sorted(PLACEHOLDER.findall(words)) != sorted(PLACEHOLDER.findall(_one(message.id)))
            and not (isinstance(message.id, tuple | list) and not PLACEHOLDER.findall(words))
        ]
        assert broken == []
        assert [str(fault) for _, faults in catalogue(path).check() for fault in faults] == []

    def test_keeps_every_number_as_it_is(self, path: Path) -> None:
        """Help lines, laws and hours are never changed by a translation, nor written in other digits."""
        changed = [
            _one(message.id)
            for message in _messages(path)
            for words in _all(message.string)
            if _numbers(words.translate(WESTERN)) != _numbers(_one(message.id))
        ]
        assert changed == []

    def test_is_one_line_each_without_markup(self, path: Path) -> None:
        assert [
            m.id for m in _messages(path) for words in _all(m.string) if re.search(r"[\n<>&]", words)
        ] == []


def test_one_word_for_one_thing_in_every_language() -> None:
    """The words of GLOSSARY.md, held against every text."""
    table = [
        line.strip("| ").split("|")
        for line in (ROOT / "translations/GLOSSARY.md").read_text().split("| svenska |")[1].splitlines()
    ]
    languages = [name.strip() for name in table[0] if name.strip()]
    wavering = []
    for swedish, *words in table[2:10]:
        for language, allowed in zip(languages, words, strict=True):
            [path] = [path for path in CATALOGUES if path.parent.parent.name.startswith(language)]
            stems = [stem.strip().lower() for stem in allowed.split("/")]
            assert all(stems), swedish
            wavering += [
                (language, swedish.strip(), _one(message.id))
                for message in _messages(path)
                if re.search(rf"\b{swedish.strip()}\b(?!\.se)", _one(message.id), re.IGNORECASE)
                and not any(stem in " ".join(_all(message.string)).lower() for stem in stems)
            ]
    assert wavering == []


def _messages(path: Path) -> list[Message]:
    return [message for message in catalogue(path) if message.id]


def _numbers(words: str) -> list[str]:
    return sorted(NUMBER.findall(PLACEHOLDER.sub("", words)))


PAGES = (
    "/", "/p/K19", "/p/FINNSINTE", "/kod", "/hjalp", "/integritet", "/tillganglighet", "/loften", "/finns-inte",
)  # fmt: skip
PROMISE = "Lagade lampor i gångtunneln i Sandviken"
NAMES = {PROMISE, "Karlskoga", "Degerfors", "Trygghetslöftet", "Website", "polisen.se"}


@pytest.fixture
def pseudo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sqlite_url: str) -> Flask:
    """The site in a language whose every text stands in brackets: what is outside them is not translated."""
    made = Catalog(locale="sv")
    for message in catalogue(TEMPLATE):
        if message.id:
            words = tuple(f"⟦{each}⟧" for each in _all(message.id))
            made.add(message.id, words if isinstance(message.id, tuple | list) else words[0])
    path = tmp_path / "sv@pseudo" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_po(file, made)
    monkeypatch.setattr(paths, "TRANSLATIONS", tmp_path)
    app = create_app(
        {
            "INSTANCE": str(tmp_path),
            "DATABASE_URL": sqlite_url,
            "SECRET_KEY": "test",
            "MIN_SECONDS": 0,
            "TESTING": True,
        }
    )
    # A language of its own, so that what is Swedish on purpose is marked as Swedish.
    known = app.extensions["languages"]
    known["pseudo"] = replace(known["pseudo"], tag="xx")
    return app


def test_no_swedish_is_left_on_any_page(pseudo: Flask) -> None:
    left = {}
    client = Client(pseudo)
    for name, html in (*_pages(client), *_answers(client)):
        left[name] = Untranslated(html).found
    assert {name: found for name, found in left.items() if found} == {}


VERDICTS = (
    Verdict(Decision.APPROVE), Verdict(Decision.REJECT, "not_measurable", note="för att"),
    Verdict(Decision.REFER, "fault_reported", refer_to="skolan"),
    Verdict(Decision.DEFER, "needs_budget_decision", until=NOW.date() + timedelta(days=30)),
)  # fmt: skip


@pytest.mark.parametrize("verdict", VERDICTS, ids=lambda verdict: verdict.decision)
def test_no_swedish_is_left_where_the_council_has_answered(pseudo: Flask, verdict: Verdict) -> None:
    client = Client(pseudo)
    code = client.send("/pseudo/p/K19", text=DARK_TUNNEL[1]).root.find_all("output")[0].words
    with pseudo.app_context():
        make = Maker(db.session)
        candidate = make.decided(verdict)
        promise = of_candidate(db.session, candidate.id)
        if promise:
            entry = Entry(NOW.date(), "Två av tre.", 2, "partly_kept")
            follow_up_promise(db.session, promise, entry, who=make.user(), now=NOW)
            left = {"promise": f"/loften/{promise.slug}"}
        else:
            left = {}
        db.session.commit()
    pages = {name: client.get(f"/pseudo{address}").html for name, address in left.items()}
    pages |= {
        "promises": client.get("/pseudo/loften").html,
        "status": client.send("/pseudo/kod", code=code).html,
    }
    assert {name: Untranslated(html).found for name, html in pages.items() if Untranslated(html).found} == {}


def _pages(client: Client) -> Iterator[tuple[str, str]]:
    for address in PAGES:
        yield address, client.get(f"/pseudo{address}").html


def _answers(client: Client) -> Iterator[tuple[str, str]]:
    yield "missing", client.send("/pseudo/").html
    yield "too long", client.send("/pseudo/p/K19", text="1" * 1001).html
    yield "search", client.send("/pseudo/", find="1", place="1").html
    yield "review", client.send("/pseudo/p/K19", text="070-123 45 67").html
    thanks = client.send("/pseudo/p/K19", text="1 2 3", areas="traffic")
    yield "thanks", thanks.html
    code = thanks.root.find_all("output")[0].words
    yield "details", client.post("/pseudo/tack", {"code": code}).html
    yield "status", client.send("/pseudo/kod", code=code).html
    yield "added", client.post("/pseudo/kod/mer", {"code": code, "text": "4"}).html
    yield "too late", client.post("/pseudo/kod/mer", {"code": code, "text": "4"}).html
    yield "mistyped", client.send("/pseudo/kod", code="1").html
    yield "unknown", client.send("/pseudo/kod", code="2222-2222-2222").html


class Untranslated(HTMLParser):
    """What a person reads or hears of a page, outside the brackets, and not marked as another language or a name."""

    SPOKEN = ("aria-label", "alt", "title", "placeholder")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self._brackets = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        other = tag != "html" and values.get("lang") not in (None, "xx")
        apart = (
            other
            or values.get("translate") == "no"
            or tag in {"script", "style", "datalist", "blockquote", "textarea"}
        )
        if not (apart or self._apart):
            for name, value in attrs:
                if name in self.SPOKEN or (name.startswith("data-") and " " in (value or "")):
                    self._read(value or "")
        if tag not in {"meta", "link", "input", "br"}:
            self._open.append((tag, apart))

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()

    @property
    def _apart(self) -> bool:
        return any(apart for _, apart in self._open)

    def handle_data(self, data: str) -> None:
        outside = "".join(self._outside(data))
        if not self._apart:
            self._read(outside)

    def _outside(self, data: str) -> Iterator[str]:
        """Brackets may close in another text node: a link stands inside a sentence."""
        for sign in data:
            self._brackets += (sign == "⟦") - (sign == "⟧")
            if not self._brackets and sign not in "⟦⟧":
                yield sign

    def _read(self, words: str) -> None:
        words = re.sub(r"⟦[^⟦⟧]*⟧", "", re.sub(r"⟦[^⟦⟧]*⟧", "", words))
        words = re.sub(r"\d+ \w+ \d{4}|\S+@\S+", "", words)  # a day as the language writes it, an address
        for name in NAMES:
            words = words.replace(name, "")
        if re.search(r"[a-zåäöA-ZÅÄÖ]{2}", words):
            self.found.append(" ".join(words.split()))
