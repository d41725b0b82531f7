"""Names of people: a list, the words around them, and how they are written.

A name that is no other word is enough alone. One that is also an ordinary word (Björn, My) needs a reason:
a word before it that introduces a person, or another name beside it.
"""

import re
from collections.abc import Collection, Iterator

from feedback.domain.masking.name_lists import SHORTEST_SURNAME, SURNAMES, Phrases, context, name_lists
from feedback.domain.masking.name_words import Word, bases, known, read_words, sure
from feedback.domain.masking.reading import Span

_STREET = re.compile(r"(?P<bearer>.{2,40})(?:gatan|gata|vägen|torget|skolan|platsen|leden)")
_NAMED_AFTER = ("skolan", "gymnasiet", "kyrkan", "skola", "kyrka", "gymnasium", "väg", "park")
LONGEST_NAME = 4
FURTHEST_FILLER = 3
LONGEST_ABBREVIATION = 3
_AND = frozenset(["och", "o", "å", "and", "ja", "i", "iyo", "та", "і", "й", "و"])
_LETTERS_THAT_ARE_WORDS = "iåöoeaudnr"


def names(text: str, taken: bytes, place_names: Collection[str]) -> Iterator[Span]:
    """The names in a text as ``reading.read`` gives it. ``taken``: one byte per character, 1 where others have been."""
    words = read_words(text, taken, place_names)
    done = 0
    for at in range(len(words)):
        if at >= done and _is_name(words, at):
            first, last = _first(words, at, done), _last(words, at)
            done = last + 1
            if not _is_place(words, first, last):
                yield Span(words[first].start, words[last].end)


def _is_name(words: list[Word], at: int) -> bool:
    """Whether a name begins or goes on here; the words before and after it are looked at later."""
    word = words[at]
    if word.blocked:
        return False
    if sure(word):
        return True
    if word.key in context().ordinary and not known(word):
        return False
    return _named(words, at) or _introduced(words, at) or _beside_another(words, at) or _joined(words, at)


def _named(words: list[Word], at: int) -> bool:
    """After "heter" and the like; close after it also an unknown word in lower case."""
    before = at - 1
    while (
        before >= 0
        and at - before <= FURTHEST_FILLER
        and words[before].key in context().filler
        and words[before + 1].follows
    ):
        if words[before].key in ("förnamn", "efternamn"):
            break
        before -= 1
    start = _phrase_ends(words, before, context().naming)
    if start is None or not _near(words[before + 1]) or _thing_before(words, start):
        return False
    word = words[at]
    if word.key in context().things or (
        word.key in context().ordinary and not (before == at - 1 and known(word))
    ):
        return False
    return word.capital or known(word) or (before == at - 1 and not word.key.endswith(context().place_ending))


def _is_first(word: Word) -> bool:
    return any(name in name_lists().first for name in bases(word))


def _near(word: Word) -> bool:
    return word.gap.strip(" :'\"”“-,") == "" and len(word.gap) <= 3


def _phrase_ends(words: list[Word], at: int, phrases: Phrases) -> int | None:
    """Where a phrase begins that ends with the word at ``at``, None if there is none."""
    for length in (1, 2, 3, 4):
        start = at - length + 1
        if start >= 0:
            for phrase in phrases.get(words[start].key, ()):
                if phrase == tuple(word.key for word in words[start : at + 1]):
                    return start
    return None


def _thing_before(words: list[Word], start: int) -> bool:
    return any(word.key.endswith(context().things) for word in words[max(0, start - 2) : start])


def _introduced(words: list[Word], at: int) -> bool:
    """After a word for a person or a role, or, for a first name, after a word that a name often follows."""
    word = words[at]
    if at == 0 or not _near(word):
        return False
    before, listed = words[at - 1].key, known(word)
    if before in context().person:
        if listed:
            return word.capital or word.key not in context().ordinary
        return word.capital and not word.shouted and not _place_like(word)
    if before in context().role:
        return listed and word.capital and word.key not in context().ordinary
    return (
        _is_first(word)
        and word.capital
        and not word.shouted
        and word.follows
        and before in context().before_name
    )


def _beside_another(words: list[Word], at: int) -> bool:
    """A word that may be a first name, with one after it that may be a last name, or is one for sure."""
    word = words[at]
    if at + 1 == len(words) or not known(word):
        return False
    after = words[at + 1]
    if after.blocked or not after.follows or not any(name in name_lists().last for name in bases(after)):
        return False
    if word.capital and after.capital and not (word.shouted and after.shouted):
        return any(name in name_lists().first for name in bases(word))
    return sure(after) and word.key in name_lists().first and word.key not in context().ordinary


def _joined(words: list[Word], at: int) -> bool:
    """Written together with a word that only names have: "عبد الرحمن", "عباس آقا", "kula-janne"."""
    word = words[at]
    if at > 0 and word.follows and words[at - 1].key in context().part_of_name:
        return True
    if not known(word):
        return False
    if at + 1 < len(words) and words[at + 1].follows and words[at + 1].key in context().doing:
        return _is_first(word) and (word.capital or word.key not in name_lists().words)
    if (
        [word.key for word in words[at + 1 : at + 2]] == ["på"]
        and words[at + 2 :]
        and words[at + 2].key in context().floor
    ):
        return _is_first(word)
    if (
        at > 1
        and words[at - 1].key in _AND
        and words[at - 1].follows
        and word.follows
        and sure(words[at - 2])
    ):
        return _is_first(word)
    if at + 1 < len(words) and words[at + 1].follows and words[at + 1].key in context().after_name:
        return True
    return word.gap == "-" and not word.capital and words[at - 1].key not in context().ordinary


def _last(words: list[Word], at: int) -> int:
    """The last word of the name that begins at ``at``."""
    last = at
    while last + 1 < len(words) and last + 1 - at < LONGEST_NAME:
        after = words[last + 1]
        if (
            after.key in context().particle
            and last + 2 < len(words)
            and (_goes_on(words[last], words[last + 2]) or words[last + 2].gap == "-")
        ):
            if after.blocked or not after.follows:
                break
            last += 2
        elif _goes_on(words[last], after):
            last += 1
        else:
            break
    return last


def _goes_on(word: Word, after: Word) -> bool:
    if after.blocked or not after.follows or _place_like(after):
        return False
    if after.key in context().ordinary:
        return word.capital and after.capital and len(after.key) == 1 and after.key != "i"
    if len(after.key) == 1 and after.key.isascii():
        return after.capital or after.key not in _LETTERS_THAT_ARE_WORDS
    if sure(after) or after.key in context().after_name:
        return True
    if _owner(word):
        return known(after)
    if not after.capital:
        return not word.capital and _is_last(after)
    return known(after) or (word.capital and not after.shouted)


def _is_last(word: Word) -> bool:
    """Is in the list, or looks as Swedish last names do ("hedkvist")."""
    made = len(word.key) >= SHORTEST_SURNAME and word.key.endswith(SURNAMES)
    return made or any(name in name_lists().last for name in bases(word))


def _owner(word: Word) -> bool:
    """A name in the genitive: what follows is more often a thing or a shop than a last name ("Tords Trä")."""
    return word.key.endswith("s") and not name_lists().holds(word.key) and known(word)


def _first(words: list[Word], at: int, done: int) -> int:
    """The first word of the name: an unknown first name may stand before a last name."""
    if at > done and words[at].follows and words[at - 1].key in context().part_of_name:
        return at - 1
    if at > done and words[at].gap == "-" and not words[at - 1].blocked and not _place_like(words[at - 1]):
        return at - 1
    last_name = any(name in name_lists().last or name.endswith("sson") for name in bases(words[at]))
    if last_name and at > done and words[at].follows and _may_begin(words[at - 1]):
        return at - 1
    return at


def _may_begin(word: Word) -> bool:
    outside = (
        context().ordinary | context().person | context().role | context().place_noun | context().place_before
    )
    if word.blocked or not word.capital or word.shouted or _place_like(word):
        return False
    return word.key not in outside and word.key not in context().before_name


def _place_like(word: Word) -> bool:
    return word.key.endswith(context().place_ending) or word.key in context().place_noun


def _after_place(words: list[Word], first: int) -> bool:
    """Right after it, also with the full stop of an abbreviation ("św. Piotra")."""
    abbreviated = words[first].gap == ". " and len(words[first - 1].key) <= LONGEST_ABBREVIATION
    return abbreviated or _near(words[first])


def _is_place(words: list[Word], first: int, last: int) -> bool:
    """Part of the name of a place or a company: "Karl Johans torg", "Erik Dahlbergsgatan", "Erikssons livs"."""
    if first > 0 and words[first - 1].key in context().place_before and _after_place(words, first):
        return words[first].capital or not words[first].key.isascii()
    if last + 1 == len(words) or not words[last + 1].follows:
        return False
    after = words[last + 1]
    if after.key in context().business and words[last].capital:
        return True
    named = after.key in context().place_noun or after.key.startswith(context().long_place_nouns)
    if named and (words[last].key.endswith("s") or "-" in after.gap):
        return True
    if after.key.endswith(_NAMED_AFTER) or ("-" in after.gap and after.key.endswith(context().place_ending)):
        return True
    if first > 0 and words[first - 1].key in context().at_place and words[last].key.endswith("s"):
        about_people = context().person | context().private_thing | context().ordinary
        return words[first].capital and len(after.key) > 2 and after.key not in about_people
    street = _STREET.fullmatch(after.key)
    if street is None or not after.capital:
        return False
    bearer = street["bearer"]
    return bearer.endswith("s") or any(
        name_lists().holds(name) for name in (bearer, bearer.removesuffix("e"))
    )
