"""The language of a page stands in its address: ``/fi/p/K12`` is ``/p/K12`` in Finnish, no prefix is Swedish."""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import IO, Any
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask, request
from flask_babel import Babel, format_date, get_locale, gettext

from feedback import paths

SWEDISH = "sv"
_ENVIRON = "feedback.language"


class LanguagePrefix:
    """Moves the language of an address into SCRIPT_NAME, so that every link on the page keeps it."""

    def __init__(self, app: Callable[..., Iterable[bytes]], languages: Iterable[str]) -> None:
        self.app = app
        self.languages = frozenset(languages) - {SWEDISH}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        language, _, rest = environ.get("PATH_INFO", "").lstrip("/").partition("/")
        if language in self.languages:
            environ["SCRIPT_NAME"] = f"{environ.get('SCRIPT_NAME', '')}/{language}"
            environ["PATH_INFO"] = f"/{rest}"
            environ[_ENVIRON] = language
        return self.app(environ, start_response)


def offered_languages() -> list[str]:
    """Swedish, and every language whose catalogue is compiled, in alphabetical order of their codes."""
    compiled = sorted(
        path.parent.parent.name for path in paths.TRANSLATIONS.glob("*/LC_MESSAGES/messages.mo")
    )
    return [SWEDISH, *compiled]


def page_language() -> str:
    return str(request.environ.get(_ENVIRON, SWEDISH)) if request else SWEDISH


def translated(catalogue_words: str) -> str:
    """Words from a catalogue file in the language of the page (see ``extract_catalogue``)."""
    return str(gettext(catalogue_words))


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
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(paths.TRANSLATIONS)
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    Babel(app, locale_selector=page_language)
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.filters["day"] = day
    app.jinja_env.globals["translated"] = translated
    app.context_processor(_language_of_page)


def day(moment: date | datetime) -> str:
    """A day as people write it: 23 november 2026."""
    return str(format_date(moment, "d MMMM y"))


def _language_of_page() -> dict[str, Any]:
    locale = get_locale()
    return {
        "lang": page_language(),
        "direction": locale.text_direction if locale else "ltr",
    }
