"""Words of a text, and cue lists that find them: the one way all rules of the domain read free text.

Cue language: words are compared folded. ``word*`` begins with, ``*word`` ends with, ``*word*`` contains;
a space means that the words follow each other ("lyser inte"). Nothing else has a meaning.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

# Letters and digits with their combining marks; zero-width characters hide inside words, so they belong to them.
_INVISIBLE = "\u00ad\u0640\u200b-\u200f\u2060\ufeff"
_MARKS = "\u0300-\u036f\u064b-\u065f\u0670"
_WORD = re.compile(rf"[^\W_][^\W_{_MARKS}{_INVISIBLE}]*(?:[{_MARKS}{_INVISIBLE}]+[^\W_]*)*")
_DROPPED = re.compile(rf"[{_INVISIBLE}\u064b-\u065f\u0670]")
_LONG_VOWEL = re.compile(r"([aeiouyåäö])\1{2,}")
_LONG_CONSONANT = re.compile(r"([^\W\daeiouyåäö])\1{2,}")
_UNIFIED = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛´`ʼ′", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ىی", "ي"),
        "ک": "ك",
        "ة": "ه",
    }
)
_PLAIN = str.maketrans("åäö", "aao")
SHORTEST_PLAIN = 4
SHORTEST_MISSPELT = 8
REMEMBERED_WORDS = 50_000
REMEMBERED_TEXTS = 4  # several rules read the same text one after the other


class Token(NamedTuple):
    """One word, folded, and where it stands in the original text."""

    text: str
    start: int
    end: int


class Hit(NamedTuple):
    """A cue found in a text. ``exact`` is false when åäö were missing or the word was misspelt."""

    label: str
    cue: str
    start: int
    end: int
    exact: bool = True


def fold(text: str) -> str:
    """Lower case, NFKC, one kind of quote and hyphen, one form of each Arabic letter, nothing invisible."""
    lowered = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).lower())
    return _DROPPED.sub("", lowered.translate(_UNIFIED))


@lru_cache(REMEMBERED_TEXTS)
def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text in order. Drawn-out letters are shortened: "mööörkt" reads "mörkt"."""
    found = (Token(_key(match.group()), match.start(), match.end()) for match in _WORD.finditer(text))
    return tuple([token for token in found if token.text])


@lru_cache(REMEMBERED_WORDS)
def _key(word: str) -> str:
    return _LONG_CONSONANT.sub(r"\1\1", _LONG_VOWEL.sub(r"\1", fold(word)))


class _Part(NamedTuple):
    """One word of a cue; ``before`` and ``after`` say that more letters may stand there."""

    text: str
    before: bool
    after: bool

    def fits(self, word: str) -> bool:
        if self.before and self.after:
            return self.text in word
        if self.before:
            return word.endswith(self.text)
        return word.startswith(self.text) if self.after else word == self.text


class _Cue(NamedTuple):
    label: str
    cue: str
    parts: tuple[_Part, ...]
    exact: bool


class Cues:
    """A compiled cue list: ``Cues({"lighting": ["mörk*", "lyser inte"]}).find(text)``.

    A text written entirely without å, ä and ö also meets its cues written so. With ``lenient``, one wrong letter
    in a word of eight letters or more is forgiven, and so are compounds written apart ("lamp stolpe").
    Raises ValueError for a cue without letters, for a single letter with a star, and for a star inside a word.
    """

    def __init__(self, cues: Mapping[str, Iterable[str]], lenient: bool = False) -> None:
        written = [
            _Cue(label, cue, _parse(cue), exact=True) for label, listed in cues.items() for cue in listed
        ]
        self._index = _Index(written)
        self._plain = _Index([plain for cue in written if (plain := _without_rings(cue)) is not None])
        self._lenient = _Lenient(written) if lenient else None
        # People use the same words again and again: what a word begins is worked out once.
        self._begun_by = lru_cache(REMEMBERED_WORDS)(self._beginning)

    def find(self, text: str) -> list[Hit]:
        """Every cue in the text in order of place, overlapping ones included. Offsets are in ``text``."""
        words = tokens(text)
        plain = not any(letter in word.text for word in words for letter in "åäö")
        hits: set[Hit] = set()
        for at, word in enumerate(words):
            if begun := self._begun_by(word.text, plain):
                hits.update(_hits(begun, words, at))
            if self._lenient and at + 1 < len(words):
                joined = self._lenient.apart(word.text, words[at + 1].text)
                hits.update(Hit(cue.label, cue.cue, word.start, words[at + 1].end, False) for cue in joined)
        return sorted(hits, key=lambda hit: (hit.start, hit.end, hit.label, hit.cue))

    def _beginning(self, word: str, plain: bool) -> "_Begun | None":
        """The cues whose first word this may be; None for most words."""
        cues = self._index.starting(word)
        if plain:
            cues += self._plain.starting(word)
        if self._lenient and not cues:
            cues = self._lenient.misspelt(word)
        return _Begun(cues) if cues else None


class _Begun:
    """Cues that begin with one word, by the word that must follow: common words begin very many of them."""

    def __init__(self, cues: Iterable[_Cue]) -> None:
        self._whole: dict[str, list[_Cue]] = defaultdict(list)
        self._open: list[_Cue] = []
        for cue in cues:
            if len(cue.parts) > 1 and not (cue.parts[1].before or cue.parts[1].after):
                self._whole[cue.parts[1].text].append(cue)
            else:
                self._open.append(cue)

    def before(self, word: str | None) -> Iterable[_Cue]:
        """The cues that may go on with this word; None is the end of the text."""
        whole = self._whole.get(word) if word else None
        return [*self._open, *whole] if whole else self._open


def _hits(begun: _Begun, words: Sequence[Token], at: int) -> Iterator[Hit]:
    following = words[at + 1].text if at + 1 < len(words) else None
    for label, cue, parts, exact in begun.before(following):
        last = at + len(parts)
        if len(parts) == 1 or (last <= len(words) and _go_on(parts, words, at)):
            yield Hit(label, cue, words[at].start, words[last - 1].end, exact)


def _go_on(parts: Sequence[_Part], words: Sequence[Token], at: int) -> bool:
    return all(parts[place].fits(words[at + place].text) for place in range(1, len(parts)))


def _parse(cue: str) -> tuple[_Part, ...]:
    parts: list[_Part] = []
    for written in cue.split():
        inner = [token.text for token in tokens(written)]
        for position, word in enumerate(inner):
            before = position == 0 and written.startswith("*")
            after = position == len(inner) - 1 and written.endswith("*")
            parts.append(_Part(word, before, after))
    stars_inside = any("*" in written.strip("*") for written in cue.split())
    if not parts or stars_inside or any((part.before or part.after) and len(part.text) < 2 for part in parts):
        raise ValueError(f"not a cue: {cue!r}")
    return tuple(parts)


def ringless(text: str) -> str:
    """A folded text as typed without å, ä and ö."""
    return text.translate(_PLAIN)


def _without_rings(cue: _Cue) -> _Cue | None:
    """The cue as typed without å, ä, ö; None where that is no change, or too short to mean one thing."""
    parts = tuple(part._replace(text=part.text.translate(_PLAIN)) for part in cue.parts)
    long_enough = sum(len(part.text) for part in parts) >= SHORTEST_PLAIN
    return cue._replace(parts=parts, exact=False) if parts != cue.parts and long_enough else None


class _Index:
    """Cues by their first word, so that a text is read once however many cues there are."""

    def __init__(self, cues: Iterable[_Cue]) -> None:
        self._whole: dict[str, list[_Cue]] = defaultdict(list)
        self._begins: dict[str, list[_Cue]] = defaultdict(list)
        self._ends: dict[str, list[_Cue]] = defaultdict(list)
        self._inside: dict[str, list[_Cue]] = defaultdict(list)
        for cue in cues:
            text, before, after = cue.parts[0]
            table = (
                (self._inside if after else self._ends) if before else self._begins if after else self._whole
            )
            table[text].append(cue)
        self._begin_sizes = _sizes(self._begins, lambda text: text[:2])
        self._end_sizes = _sizes(self._ends, lambda text: text[-2:])
        self._inside_sizes = _sizes(self._inside, lambda text: text[:2])

    def starting(self, word: str) -> list[_Cue]:
        """The cues whose first part fits the word."""
        found = list(self._whole.get(word, ()))
        for size in self._begin_sizes.get(word[:2], ()):
            found += self._begins.get(word[:size], ())
        for size in self._end_sizes.get(word[-2:], ()):
            found += self._ends.get(word[-size:], ())
        if self._inside_sizes:
            for at in range(len(word) - 1):
                for size in self._inside_sizes.get(word[at : at + 2], ()):
                    found += self._inside.get(word[at : at + size], ())
        return found


class _Lenient:
    """Single-word cues long enough to be known although one letter is wrong or a blank stands inside."""

    def __init__(self, cues: Iterable[_Cue]) -> None:
        self._by_head: dict[str, list[_Cue]] = defaultdict(list)
        for cue in cues:
            first = cue.parts[0]
            if len(cue.parts) == 1 and not first.before and len(first.text) >= SHORTEST_MISSPELT:
                self._by_head[first.text[:2]].append(cue._replace(exact=False))
        self._begun_by = lru_cache(REMEMBERED_WORDS)(self._beginning)

    def misspelt(self, word: str) -> list[_Cue]:
        """Cues one wrong, missing, extra or swapped letter away; the two first letters must be right."""
        if len(word) < SHORTEST_MISSPELT - 1:
            return []
        return [cue for cue in self._by_head.get(word[:2], ()) if _nearly(cue.parts[0], word)]

    def apart(self, first: str, second: str) -> list[_Cue]:
        """Cues that the two words make together, neither of them alone."""
        if len(first) < 3 or len(first) + len(second) < SHORTEST_MISSPELT:
            return []
        return [cue for cue in self._begun_by(first) if cue.parts[0].fits(first + second)]

    def _beginning(self, word: str) -> list[_Cue]:
        return [
            cue
            for cue in self._by_head.get(word[:2], ())
            if len(cue.parts[0].text) > len(word) and cue.parts[0].text.startswith(word)
        ]


def _nearly(part: _Part, word: str) -> bool:
    if not part.after:
        return OSA.distance(part.text, word, score_cutoff=1) <= 1
    size, last = len(part.text), part.text[-1]
    heads = (word[:length] for length in (size - 1, size, size + 1))
    # The last letter must agree, otherwise every word with the same beginning would be a misspelling.
    return any(head.endswith(last) and OSA.distance(part.text, head, score_cutoff=1) <= 1 for head in heads)


def _sizes(table: Mapping[str, object], head: Callable[[str], str]) -> dict[str, tuple[int, ...]]:
    sizes: dict[str, set[int]] = defaultdict(set)
    for text in table:
        sizes[head(text)].add(len(text))
    return {start: tuple(sorted(found)) for start, found in sizes.items()}
