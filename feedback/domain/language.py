"""Which language a text is written in."""

import unicodedata

try:
    import pycld2
except ImportError:  # an extra: without it the language of the page is the best guess
    pycld2 = None

USUAL = "sv"
READ_AS = {"da": "sv", "no": "sv", "ru": "uk"}


def detect(text: str, hint: str | None = None) -> str | None:
    """The ISO 639-1 code of the text's language, or None when nobody can tell (emoji, digits, "ok").

    ``hint`` is the language the page was shown in: it settles close cases, and it is the answer
    where the detector is not installed. Never raises, whatever the text holds.
    """
    if pycld2 is None:
        return hint
    options = {"hintLanguage": hint} if hint and hint.isascii() and hint.isalpha() else {}
    try:
        _, _, guesses = pycld2.detect(_readable(text), isPlainText=True, bestEffort=True, **options)
    except pycld2.error:
        return hint
    code = guesses[0][1]
    return None if code == "un" else _main_code(code)


def read_as(text: str, lang: str | None) -> str | None:
    """The language whose cues fit the text: a short one is easily taken for a neighbouring language."""
    detected = detect(text, lang or USUAL)
    return READ_AS.get(detected, detected) if detected else None


def _main_code(code: str) -> str:
    """Written standards of one language share its code: "zh-Hant" is "zh", "nb" and "nn" are "no"."""
    main = code.split("-")[0]
    return {"nb": "no", "nn": "no"}.get(main, main)


def _readable(text: str) -> str:
    """The text without control characters and lone surrogates, which the detector refuses."""
    return "".join(" " if unicodedata.category(letter).startswith("C") else letter for letter in text)
