"""Swedish typed without å, ä and ö, with the rings and dots of its common words put back.

The meaning of a word is learnt from how it is spelt everywhere else; pieces of words and cues need no help. The words
stand in catalogue/rings.txt, made from the examples by ``make train``.
"""

import re
from functools import cache

from feedback.domain.catalogue import FOLDER, CatalogueError
from feedback.domain.language import read_as
from feedback.domain.words import ringless

FILE = FOLDER / "rings.txt"
_WORD = re.compile(r"[^\W\d_]+")
_RINGS = frozenset("åäöÅÄÖ")


def with_rings(text: str, lang: str | None = None) -> str:
    """The text as it was meant; as it is when it has rings or dots of its own, or is in another language."""
    if not _RINGS.isdisjoint(text) or read_as(text, lang) not in (None, "sv"):
        return text
    words = _words()
    return _WORD.sub(lambda match: words.get(match.group().lower(), match.group()), text)


@cache
def _words() -> dict[str, str]:
    try:
        return {ringless(word): word for word in FILE.read_text("utf-8").split()}
    except OSError as error:
        raise CatalogueError(f"rings.txt: {error}; `make train` makes it anew") from None
