"""What words of other languages mean in Swedish, for reviewers who read reports that they cannot read.

One file per language in catalogue/glosses: a Swedish meaning, and the cues (see ``words.py``) that have it.
"""

from functools import cache

from feedback.domain.catalogue import FOLDER, CatalogueError, read
from feedback.domain.words import Cues


def gloss(words: str, lang: str) -> str | None:
    """The Swedish meaning of some words of a text; None where nobody has written one, and for Swedish."""
    glosses = _glosses(lang)
    if glosses is None:
        return None
    hits = glosses.find(words)
    # The longest cue says most exactly what the words mean.
    return max(hits, key=lambda hit: (hit.end - hit.start, len(hit.cue), hit.label)).label if hits else None


@cache
def _glosses(lang: str) -> Cues | None:
    name = f"glosses/{lang}.toml"
    if not (FOLDER / name).exists():
        return None
    try:
        return Cues(read(name))
    except (ValueError, TypeError, AttributeError) as error:
        raise CatalogueError(f"{name}: {error}") from None
