"""Which language a report is written in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.domain import language
from feedback.domain.language import detect


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Det är mörkt i tunneln på kvällen", "sv"),
        ("The street lights are broken", "en"),
        ("Täällä on liian pimeää iltaisin", "fi"),
        ("الشارع مظلم في الليل", "ar"),
        ("На вулиці дуже темно ввечері", "uk"),
        ("Wieczorem jest tu bardzo ciemno", "pl"),
    ],
)
def test_a_sentence_shows_its_language(text: str, code: str) -> None:
    assert detect(text) == code


def test_the_language_of_the_page_settles_close_cases() -> None:
    assert detect("Det ar morkt i tunneln pa kvallen", hint="sv") == "sv"


@pytest.mark.parametrize("text", ["", "👍👍", "1234", "\x00\x01"])
def test_what_is_not_language_has_none(text: str) -> None:
    assert detect(text) is None


def test_control_characters_do_not_hide_the_language() -> None:
    assert detect("Det är \x00 mörkt i \x07 tunneln\ud800") == "sv"


def test_without_a_detector_the_language_of_the_page_is_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "pycld2", None)
    assert detect("Det är mörkt", hint="fi") == "fi"
    assert detect("Det är mörkt") is None


@given(st.text(), st.none() | st.text(max_size=5))
def test_no_text_and_no_hint_breaks_it(text: str, hint: str | None) -> None:
    assert detect(text, hint) is None or isinstance(detect(text, hint), str)
