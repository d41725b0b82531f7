"""How the masking rules see a text: one kind of digit, blank and hyphen, and nothing invisible."""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

PLACEHOLDERS = {
    "name": "[namn]",
    "phone": "[telefon]",
    "personal_id": "[personnummer]",
    "plate": "[regnr]",
    "address": "[adress]",
    "email": "[e-post]",
    "account": "[konto]",
    "link": "[länk]",
}
_PLACEHOLDER = re.compile("|".join(map(re.escape, PLACEHOLDERS.values())))
_PLAIN = re.compile(r"[\x00-\x7fåäöÅÄÖ]*")


class Span(NamedTuple):
    """Offsets in a text, ``end`` exclusive."""

    start: int
    end: int


class Reading(NamedTuple):
    """``text`` as the rules read it; ``where[i]`` is the offset of its i:th character in the given text."""

    text: str
    where: Sequence[int]


def read(text: str) -> Reading:
    """Unify a text so that a number hidden behind odd blanks, digits or invisible signs is still a number."""
    if _PLAIN.fullmatch(text):
        return Reading(text.replace("\t", " "), range(len(text) + 1))
    signs: list[str] = []
    where: list[int] = []
    for offset, sign in enumerate(text):
        seen = _unified(sign)
        if unicodedata.combining(sign):
            composed = unicodedata.normalize("NFC", signs[-1] + sign) if signs else ""
            if len(composed) == 1:
                signs[-1] = composed
        elif seen:
            signs.append(seen)
            where.append(offset)
    return Reading("".join(signs), [*where, len(text)])


def taken_by_placeholders(text: str) -> bytearray:
    """One byte for each character, 1 where a placeholder already stands."""
    taken = bytearray(len(text))
    for match in _PLACEHOLDER.finditer(text):
        taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    return taken


def _unified(sign: str) -> str:
    if sign.isascii():
        return " " if sign == "\t" else sign
    category = unicodedata.category(sign)
    if category == "Cf":
        return ""
    if category == "Nd":
        return str(unicodedata.digit(sign))
    if category == "Zs":
        return " "
    if category == "Pd" or sign == "\N{MINUS SIGN}":
        return "-"
    if sign in "’‘ʼ´":
        return "'"
    whole = unicodedata.normalize("NFKC", sign)
    return whole if len(whole) == 1 else sign
