"""Masking: personal data is replaced by placeholders before a text reaches disk or log."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from feedback.domain.masking.addresses import addresses
from feedback.domain.masking.names import names
from feedback.domain.masking.numbers import (
    accounts,
    emails,
    links,
    other_accounts,
    personal_ids,
    phones,
    phones_in_words,
    plates,
    profiles,
)
from feedback.domain.masking.reading import PLACEHOLDERS, Span, read, taken_by_placeholders

Rule = tuple[str, Callable[[str], Iterator[Span]]]

# The first rule to claim a piece of text keeps it: an IBAN also looks like telephone numbers.
_RULES_OF_WORDS: tuple[Rule, ...] = (
    ("email", emails),
    ("link", links),
    ("account", profiles),
    ("phone", phones_in_words),
)
_RULES_OF_NUMBERS: tuple[Rule, ...] = (
    ("account", accounts),
    ("personal_id", personal_ids),
    ("phone", phones),
    ("account", other_accounts),
    ("plate", plates),
)
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Found:
    """One piece of personal data; ``start`` and ``end`` are offsets in the text as it was given."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Masked:
    """The text with placeholders such as ``[namn]``, and what they stand for, in order of place."""

    text: str
    found: tuple[Found, ...]


def mask(text: str, place_names: Collection[str] = ()) -> Masked:
    """Replace names, numbers, plates, addresses, links and accounts; ``place_names`` are left as they are.

    Never raises. Masking a masked text changes nothing: the search goes on until it finds no more, because
    taking a piece away can lay another one bare.
    """
    found: list[Found] = []
    masked: str = text
    where: Sequence[int] = range(len(text) + 1)
    while spans := _find(masked, place_names):
        found += [Found(kind, where[span.start], where[span.end]) for kind, span in spans]
        masked, where = _replace(masked, where, spans)
    return Masked(masked, tuple(sorted(found, key=lambda each: each.start)))


def _find(text: str, place_names: Collection[str]) -> list[tuple[str, Span]]:
    reading = read(text)
    taken = taken_by_placeholders(reading.text)
    found = []

    def claim(kind: str, spans: Iterator[Span]) -> None:
        for start, end in spans:
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append((kind, Span(reading.where[start], reading.where[end])))

    numbers = _RULES_OF_NUMBERS if _DIGIT.search(reading.text) else ()
    for kind, rule in (*_RULES_OF_WORDS, *numbers):
        claim(kind, rule(reading.text))
    claim("address", addresses(reading.text))
    claim("name", names(reading.text, bytes(taken), place_names))
    return sorted(found, key=lambda each: each[1])


def _replace(text: str, where: Sequence[int], spans: list[tuple[str, Span]]) -> tuple[str, list[int]]:
    """The text with placeholders, and for each of its offsets the offset in the text first given."""
    pieces, origin, done = [], list[int](), 0
    for kind, (start, end) in spans:
        placeholder = PLACEHOLDERS[kind]
        pieces += [text[done:start], placeholder]
        origin += [*where[done:start], *[where[start]] * len(placeholder)]
        done = end
    return "".join([*pieces, text[done:]]), origin + list(where[done:])
