"""What a person typed, without what only machines and pranksters put there."""

import re
import unicodedata

MAX_TEXT = 1000
"""Characters in a resident's own words."""
MAX_PLACE = 120
"""Characters in a typed place."""

_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\v\f]")
_BLANKS = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r"\n{3,}")
# Joiners shape Arabic, Persian and emoji; every other invisible sign (controls, direction overrides, tags) goes.
_JOINERS = {"\u200c", "\u200d"}


def clean(text: str) -> str:
    """The text in NFC with plain spaces and line ends, without control or direction-override characters."""
    text = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text))
    kept = "".join(
        sign
        for sign in text
        if sign in "\n\t"
        or sign in _JOINERS
        or unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )
    lines = (line.strip() for line in _BLANKS.sub(" ", kept).split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def one_line(text: str) -> str:
    """The same for a field of one line."""
    return " ".join(clean(text).split())
