"""Why a text was taken for a theme, told in Swedish to whoever checks it."""

from collections.abc import Iterable, Sequence

from feedback.domain.features import pieces_of_word
from feedback.domain.glosses import gloss
from feedback.domain.lexicon import Evidence, Reading
from feedback.domain.model import model
from feedback.domain.themes import NOT_SAFETY, SAFE_HERE, themes
from feedback.domain.words import tokens

MOST_WORDS = 3
SHORTEST = 3  # shorter words hold sentences together and tell a reader nothing
SPEAKS = 0.4
"""A word is named as deciding when it weighs this much of the heaviest one."""


def because(text: str, found: Sequence[Reading], theme: str, lang: str | None) -> str:
    """Why a text was taken for a theme, in one Swedish sentence that quotes the words that decided."""
    named = deciding_words(text, found, theme, lang)
    if theme == NOT_SAFETY and any(reading.wish for reading in found):
        return "texten läses som ett önskemål, inget i den handlar om otrygghet"
    if named:
        return f"{named} talar för {themes()[theme].name}"
    return f"texten som helhet liknar dem om {themes()[theme].name}"


def deciding_words(text: str, found: Iterable[Reading], theme: str, lang: str | None) -> str:
    """At most three of the words that decided, quoted as they stand in the text; empty when there are none.

    Words in another language are followed by what they mean.
    """
    spans = [
        (one.start, one.end) for reading in found for one in _counted(reading.evidence) if one.theme == theme
    ]
    quoted = [" ".join(text[start:end].split()) for start, end in sorted(spans)]
    if theme == SAFE_HERE:
        quoted += [f"inte {text[hit.start : hit.end]}" for reading in found for hit in reading.denied]
    if not quoted:
        quoted = _heaviest_words(text, theme)
    named = [_glossed(word, lang) for word in dict.fromkeys(quoted)][:MOST_WORDS]
    if len(named) < 2:
        return f"ordet {named[0]}" if named else ""
    return f"orden {', '.join(named[:-1])} och {named[-1]}"


def _glossed(words: str, lang: str | None) -> str:
    meaning = gloss(words, lang) if lang else None
    return f"”{words}” ({meaning})" if meaning else f"”{words}”"


def _heaviest_words(text: str, theme: str) -> list[str]:
    """The words whose pieces speak most for a theme, in the order of the text."""
    words = [word for word in tokens(text) if len(word.text) >= SHORTEST]
    if not words:
        return []
    weights = model().piece_votes([pieces_of_word(word.text) for word in words], theme)
    enough = max(SPEAKS * max(weights), 0.0)
    heaviest = sorted(range(len(words)), key=lambda at: -weights[at])[:MOST_WORDS]
    return [text[words[at].start : words[at].end] for at in sorted(heaviest) if weights[at] > enough]


def _counted(found: Iterable[Evidence]) -> list[Evidence]:
    """What speaks for a theme, heaviest first, without what stands in words that already counted."""
    counted: list[Evidence] = []
    taken: set[int] = set()
    for evidence in sorted(found, key=lambda one: (-one.weight, one.start, one.end)):
        letters = set(range(evidence.start, evidence.end))
        if evidence.weight > 0 and not letters & taken:
            counted.append(evidence)
            taken |= letters
    return counted
