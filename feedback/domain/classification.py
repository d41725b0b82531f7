"""Free text to theme, with confidence and the reason.

Three things are heard: the cues of each language (catalogue/cues), pieces of words, and, where the extra [embeddings]
is installed, the meaning of the whole text. A trained model weighs them (``model.py``, ``make train``); what reviewers
corrected pulls texts like it towards their answer at once (``corrections.py``). The areas of the standing agreement
are compared, the likeliest wins, and its likeliest theme is the answer.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from feedback.domain.corrections import NO_CORRECTIONS, Corrections
from feedback.domain.explanation import because, deciding_words
from feedback.domain.features import cues, pieces, plain, readable
from feedback.domain.language import read_as
from feedback.domain.lexicon import Reading, lexicons
from feedback.domain.meaning import is_installed, meaning
from feedback.domain.model import UNSURE, Model, model, shares
from feedback.domain.rings import with_rings
from feedback.domain.themes import OTHER, SAFE_HERE, default_agreement, focus_areas, themes
from feedback.domain.words import tokens

TICKED = 2.0
"""What a tick in the form adds to the votes for its area."""
TICK_ALONE = 0.6  # how sure a tick is when the text says little
SAID_SO = 0.9  # the resident was asked, and nothing else was ticked
CLEAR = 0.8  # a surer answer needs no second reading
COUNTED = 0.02
"""A theme that is less likely says nothing beside what others tell."""
POSSIBLE = 0.002
"""A second theme that is less likely is not worth a reviewer's time."""


@dataclass(frozen=True)
class Guess:
    """A theme, its focus area in the standing agreement, and how sure (0 to 1)."""

    theme: str
    focus_area: str
    confidence: float


@dataclass(frozen=True)
class Classification:
    """The answer for one text. ``why`` holds Swedish sentences for the reviewer, the deciding one first.

    theme and focus_area None: cannot tell. focus_area ``other``: understood, and not a safety problem.
    theme None with a focus_area: the text says too little, the area is the one the resident ticked. likely: the share
    of every theme that is worth counting.
    """

    theme: str | None
    focus_area: str | None
    confidence: float
    why: tuple[str, ...]
    second: Guess | None
    likely: Mapping[str, float] = field(default_factory=dict)


def classify(
    text: str,
    lang: str | None = None,
    chosen: Sequence[str] = (),
    corrections: Corrections = NO_CORRECTIONS,
) -> Classification:
    """Find the theme of a masked text.

    lang: the language of the text or of the page, if known. chosen: slugs of the focus areas the resident ticked,
    SAFE_HERE among them for "I feel safe here". corrections: what reviewers changed earlier.
    Never raises on any text; the same text gives the same answer.
    """
    ticked = [area for area in dict.fromkeys(chosen) if area in focus_areas()]
    if SAFE_HERE in chosen and not ticked:
        return Classification(SAFE_HERE, OTHER, SAID_SO, ("att platsen är trygg är valt i formuläret",), None)
    seen = readable(text)
    words = tokens(seen)
    if not words:
        return _from_ticked(ticked)
    found = readings(seen, lang)
    if not found:
        return _from_ticked(ticked)
    known, parts = model(), pieces(words)
    sense = meaning(plain(with_rings(text, lang))) if is_installed() else None
    votes = known.together(
        known.by_words(parts, cues(found)), known.by_meaning(sense) if sense is not None else None
    )
    pull = corrections.pull(parts, sense)
    highest = votes.max()
    for theme, correction in pull.items():
        at = known.labels.index(theme)
        votes[at] = correction.lift(votes[at], highest)
    likely = _by_theme(known, votes, ticked)
    ranked = _by_area(likely)
    area, confidence = ranked[0]
    if area == UNSURE:
        answer = _from_ticked(ticked, _thing_named(likely, ticked, found))
        return replace(answer, likely=_within(likely, answer) if ticked else _counted(likely))
    theme = _likeliest(likely, area)
    second = _second(likely, ranked)
    why = []
    if theme in pull:
        why.append(f"liknar rapport {pull[theme].name}, som någon har rättat till {themes()[theme].name}")
    tongue = read_as(seen, lang)
    why.append(because(seen, found, theme, tongue))
    if area in ticked:
        why.append(f"området {focus_areas()[area].name} är valt i formuläret")
    elif second and confidence < CLEAR and (named := deciding_words(seen, found, second.theme, tongue)):
        why.append(f"{named} kan också tala för {themes()[second.theme].name}")
    return Classification(theme, area, round(confidence, 3), tuple(why), second, _counted(likely))


def readings(text: str, lang: str | None) -> list[Reading]:
    """The text read with the cues of the language given and the language detected.

    With all cues when they find nothing. Empty when the text is in a language that has no cues: nothing has been
    learnt of it either, and a guess would be worth little.
    """
    known = lexicons()
    detected = read_as(text, lang)
    codes = [code for code in dict.fromkeys((lang, detected)) if code in known]
    found = [known[code].read(text) for code in codes if code]
    if any(reading.evidence for reading in found):
        return found
    if detected and detected not in known:
        return []
    others = [known[code].read(text) for code in known if code not in codes]
    return found + [reading for reading in others if reading.evidence]


def _by_theme(known: Model, votes: np.ndarray, ticked: Sequence[str]) -> dict[str, float]:
    """How likely each label is; a tick speaks for the themes of its area."""
    agreement = default_agreement()
    for at, label in enumerate(known.labels):
        if label != UNSURE and agreement.focus_area(label) in ticked:
            votes[at] += TICKED
    return dict(zip(known.labels, map(float, shares(votes)), strict=True))


def _by_area(likely: Mapping[str, float]) -> list[tuple[str, float]]:
    """The areas with how likely each is, likeliest first; UNSURE is one of them."""
    agreement = default_agreement()
    summed: dict[str, float] = defaultdict(float)
    for label, share in likely.items():
        summed[UNSURE if label == UNSURE else agreement.focus_area(label)] += share
    return sorted(summed.items(), key=lambda pair: (-pair[1], pair[0]))


def _counted(likely: Mapping[str, float]) -> dict[str, float]:
    """The share of every theme that is worth counting."""
    return {theme: round(share, 3) for theme, share in likely.items() if theme != UNSURE and share >= COUNTED}


def _within(likely: Mapping[str, float], answer: Classification) -> dict[str, float]:
    """The shares of the themes of the area that was ticked, so that they make its confidence."""
    agreement = default_agreement()
    of_area = {
        theme: share
        for theme, share in likely.items()
        if theme != UNSURE and agreement.focus_area(theme) == answer.focus_area
    }
    whole = sum(of_area.values())
    return _counted({theme: answer.confidence * share / whole for theme, share in of_area.items()})


def _likeliest(likely: Mapping[str, float], area: str) -> str:
    of_area = [label for label in likely if label != UNSURE and default_agreement().focus_area(label) == area]
    return max(of_area, key=lambda theme: (likely[theme], themes()[theme].seriousness))


def _second(likely: Mapping[str, float], ranked: Sequence[tuple[str, float]]) -> Guess | None:
    others = [(area, share) for area, share in ranked[1:] if area != UNSURE and share >= POSSIBLE]
    if not others:
        return None
    area, share = others[0]
    return Guess(_likeliest(likely, area), area, round(share, 3))


def _thing_named(likely: Mapping[str, float], ticked: Sequence[str], found: Iterable[Reading]) -> str | None:
    """The theme of the ticked area that the text names a thing of: "mopeder vid skolan" and a tick for traffic."""
    if not ticked:
        return None
    theme = _likeliest(likely, ticked[0])
    return theme if any(one.theme == theme for reading in found for one in reading.evidence) else None


def _from_ticked(ticked: Sequence[str], theme: str | None = None) -> Classification:
    if not ticked:
        return Classification(None, None, 0.0, ("texten säger för lite för att välja",), None)
    name = focus_areas()[ticked[0]].name
    why = f"texten säger för lite, området {name} är valt i formuläret"
    return Classification(theme, ticked[0], round(TICK_ALONE / len(ticked), 2), (why,), None)
