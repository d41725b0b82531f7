"""The language of a page stands in its address: ``/fi/p/K12`` is ``/p/K12`` in Finnish, no prefix is Swedish."""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import IO, Any
from wsgiref.types import StartResponse, WSGIEnvironment

from babel import Locale
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, current_app, request
from flask_babel import (
    Babel,
    Domain,
    force_locale,
    format_date,
    format_datetime,
    get_babel,
    get_locale,
    gettext,
)
from markupsafe import Markup
from werkzeug.urls import iri_to_uri

from feedback import paths
from feedback.domain.catalogue import read

SWEDISH = "sv"
ORDER = ("sv", "lattlast", "fi", "en", "ar", "so", "uk", "fa", "pl")
"""As they stand in the list; languages that are not named here follow in the order of their codes."""
OF_STAFF = frozenset({"council", "admin"})
_ENVIRON, _ROOT = "feedback.language", "feedback.root"


@dataclass(frozen=True)
class Language:
    """code: as it stands in addresses. locale: as Babel knows it. tag: for ``lang`` and ``hreflang``. direction: ltr
    or rtl. name, offer: in the language itself."""

    code: str
    locale: str
    tag: str
    direction: str
    name: str
    offer: str


class LanguagePrefix:
    """Moves the language of an address into SCRIPT_NAME, so that every link on the page keeps it."""

    def __init__(self, app: Callable[..., Iterable[bytes]], languages: Iterable[str]) -> None:
        self.app = app
        self.languages = frozenset(languages) - {SWEDISH}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        language, _, rest = environ.get("PATH_INFO", "").lstrip("/").partition("/")
        if language in self.languages:
            environ[_ROOT] = environ.get("SCRIPT_NAME", "")
            environ["SCRIPT_NAME"] = f"{environ.get('SCRIPT_NAME', '')}/{language}"
            environ["PATH_INFO"] = f"/{rest}"
            environ[_ENVIRON] = language
        return self.app(environ, start_response)


class Catalogues(Domain):
    """Translations read from the .po files themselves: there is nothing to compile and nothing to forget."""

    def get_translations(self) -> NullTranslations:
        locale = str(get_locale())
        if locale not in self.cache:
            self.cache[locale] = _read_catalogue(locale)
        found: NullTranslations = self.cache[locale]
        return found


def _read_catalogue(locale: str) -> NullTranslations:
    path = paths.TRANSLATIONS / locale / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale))
    compiled.seek(0)
    return Translations(compiled)


def languages() -> dict[str, Language]:
    """The languages of this installation by their codes, in the order of the list."""
    found: dict[str, Language] = current_app.extensions["languages"]
    return found


def page_language() -> str:
    """The code of the language the page is written in; staff pages are Swedish under every address."""
    if not request or request.blueprint in OF_STAFF:
        return SWEDISH
    return str(request.environ.get(_ENVIRON, SWEDISH))


def offered_language() -> Language | None:
    """The language this phone would rather have, if we have it and the page is in another."""
    known = languages()
    tags = {language.tag: language for language in reversed(known.values())}
    for wanted, _quality in request.accept_languages:
        language = tags.get(wanted.replace("_", "-").partition("-")[0].lower())
        if language:
            return None if language.tag == known[page_language()].tag else language
    return None


def same_page_in(language: Language) -> str:
    """The address of this page in another language; of the form, when the page is an answer to something sent."""
    here = "/"
    if request.url_rule and "GET" in (request.url_rule.methods or ()):
        # A form that others may get from a cache says nothing of how this one was called.
        here = request.full_path.rstrip("?") if request.blueprint == "public" else request.path
    root = request.environ.get(_ROOT, request.script_root)
    return f"{root}{'' if language.code == SWEDISH else '/' + language.code}{iri_to_uri(here)}"


def translated(catalogue_words: str) -> str:
    """Words from a catalogue file in the language of the page (see ``extract_catalogue``)."""
    return str(gettext(catalogue_words))


def towns() -> str:
    """The municipalities by name, as a list in the language of the page: "Karlskoga och Degerfors"."""
    return format_list([row["name"] for row in read("municipalities.toml").values()], locale=get_locale())


def extract_catalogue(
    file: IO[bytes], keywords: Any, comment_tags: Any, options: Mapping[str, Any]
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Babel extractor: the words of a catalogue file that residents see. ``fields`` names the keys to take."""
    fields = set(str(options.get("fields", "")).split())
    for entry in tomllib.loads(file.read().decode("utf-8")).values():
        if isinstance(entry, str):
            yield 0, "gettext", entry, []
        for row in entry if isinstance(entry, list) else [entry]:
            if isinstance(row, dict):
                yield from ((0, "gettext", row[name], []) for name in fields & row.keys())


def init_app(app: Flask) -> None:
    app.config["BABEL_DEFAULT_LOCALE"] = SWEDISH
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Europe/Stockholm"
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    Babel(app, locale_selector=_locale_of_page)
    get_babel(app).instance.domain_instance = Catalogues()
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.filters.update(day=day, clock=clock)
    app.jinja_env.globals.update(
        translated=translated, same_page_in=same_page_in, offered_language=offered_language, towns=towns
    )
    app.context_processor(_language_of_page)
    with app.app_context():
        app.extensions["languages"] = {found.code: found for found in _found()}


def day(moment: date | datetime) -> str:
    """A day as people write it: 23 november 2026."""
    return str(format_date(moment, "long"))


def clock(moment: datetime) -> str:
    """The hour in Sweden: 14."""
    return str(format_datetime(moment, "H"))


def _found() -> list[Language]:
    """Swedish, and every language that has a catalogue, in the order of the list."""
    locales = {path.parent.parent.name for path in paths.TRANSLATIONS.glob("*/LC_MESSAGES/messages.po")}
    found = [_in_its_own_words(locale) for locale in sorted(locales | {SWEDISH})]
    return sorted(found, key=lambda each: ORDER.index(each.code) if each.code in ORDER else len(ORDER))


def _in_its_own_words(locale: str) -> Language:
    """``sv@lattlast`` has the code lattlast, ``en_GB`` has en."""
    parsed = Locale.parse(locale)
    with force_locale(locale):
        # Translators: the name of your own language, as it stands in a list: "In English".
        name = gettext("På svenska")
        # Translators: offered to a phone that is set to your language: "You can also tell us in English."
        offer = gettext("Du kan också berätta på svenska.")
    code = str(parsed.modifier or parsed.language)
    return Language(code, locale, str(parsed.language), str(parsed.text_direction), str(name), str(offer))


def _locale_of_page() -> str:
    return languages()[page_language()].locale


def _language_of_page() -> dict[str, Any]:
    language = languages()[page_language()]
    swedish = "" if language.tag == SWEDISH else Markup(' lang="sv" dir="ltr"')
    return {
        "lang": language.tag, "direction": language.direction, "swedish": swedish,
        "page_language": language, "languages": languages().values(),
    }  # fmt: skip
