"""Free text to theme, with confidence and the words that decided it.

Each language has a list of cues (catalogue/cues). Cues weigh for or against a theme, themes of one focus area
support each other, and the heaviest area wins; its heaviest theme is the answer. Fear alone decides nothing:
"läskigt" says that something is wrong, not what. Nor does a thing or a place alone: "rondell" says what,
not that something is wrong.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from feedback.domain.language import detect
from feedback.domain.lexicon import GOOD, Evidence, Reading, lexicons
from feedback.domain.themes import OTHER, default_agreement, focus_areas, themes

NOT_SAFETY = "not_safety"
SAFE_HERE = "safe_here"
AGAIN = 0.6  # each further cue of the same theme counts this much of the one before
NEIGHBOUR = 0.4  # what the other themes of an area add to its heaviest
ENOUGH = 0.85
FEAR = 0.4
HINT = 1.0  # what weighs no more is too common to be what the text is about
IDEA_TOPIC = 0.7  # an idea's topic weighs less than a problem
IDEA_WISH, MOST_WISHES = 1.0, 2
CALM = {6: 1.0, 9: 1.2}  # so many words of an idea without fear add so much to "not about safety"
IDEA_DOUBTED = 0.5  # the resident ticked an area of safety
DENIED = 2.0
USUAL = "sv"
READ_AS = {"da": "sv", "no": "sv", "ru": "uk"}  # a short text is easily taken for a neighbouring language
TICKED = 1.5
TWO_HINTS = 1.35  # one circumstance is too little to go on, also with fear
ONE_WORD = 0.45  # the surest an answer is that rests on one thing or place
ONE_WORD_TICKED = 0.6  # the same when the resident ticked the area
HARDLY = 0.35  # the surest when nothing in the text says that something is wrong
SAID_SO = 0.9  # the resident was asked, and nothing else was ticked
CLEAR = 0.8  # a surer answer needs no second reading


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
    theme None with a focus_area: the text says too little, the area is the one the resident ticked.
    """

    theme: str | None
    focus_area: str | None
    confidence: float
    why: tuple[str, ...]
    second: Guess | None


@dataclass(frozen=True)
class _Ranked:
    theme: str
    area: str
    score: float


def classify(text: str, lang: str | None = None, chosen: Sequence[str] = ()) -> Classification:
    """Find the theme of a masked text.

    lang: the language of the text or of the page, if known. chosen: slugs of the focus areas the resident ticked,
    SAFE_HERE among them for "I feel safe here".
    Never raises on any text; the same text gives the same answer.
    """
    ticked = [area for area in dict.fromkeys(chosen) if area in focus_areas()]
    if SAFE_HERE in chosen and not ticked:
        return Classification(SAFE_HERE, OTHER, SAID_SO, ("att platsen är trygg är valt i formuläret",), None)
    best: tuple[Reading, list[_Ranked]] | None = None
    for reading in (_heard(reading, ticked) for reading in _readings(text, lang)):
        ranked = _ranked(reading, ticked)
        if best is None or _top(ranked) > _top(best[1]):
            best = reading, ranked
    if best is None or _top(best[1]) < ENOUGH or (ticked and not best[0].evidence):
        return _from_ticked(ticked)
    return _answer(text, best[0], best[1], ticked)


def _readings(text: str, lang: str | None) -> Iterable[Reading]:
    """The text read with the cues of the language given and the language detected.

    With all cues when they find nothing, unless the text is known to be in a language that has no cues.
    """
    known = lexicons()
    detected = detect(text, lang or USUAL)
    detected = READ_AS.get(detected, detected) if detected else None
    codes = [code for code in dict.fromkeys((lang, detected)) if code in known]
    readings = [known[code].read(text) for code in codes if code]
    if any(reading.evidence for reading in readings) or (detected and detected not in known):
        return readings
    others = [known[code].read(text) for code in known if code not in codes]
    return readings + [reading for reading in others if reading.evidence]


def _heard(reading: Reading, ticked: Sequence[str]) -> Reading:
    """The reading without things and places, when nothing says that something is wrong with them.

    It is said by a problem anywhere in the text, by fear or trouble, or by the resident who ticked the area the
    thing belongs to. A tale without a wish says so too, though vaguely. Unless it is wished for, a thing only
    named leaves open what is meant.
    """
    if reading.complains or reading.tells:
        return reading
    areas = default_agreement()
    heard = tuple(
        one
        for one in reading.evidence
        if one.problem or one.weight < 0 or one.theme in GOOD or areas.focus_area(one.theme) in ticked
    )
    named = any(one.weight > HINT for one in set(reading.evidence) - set(heard))
    return replace(reading, evidence=heard, broad=reading.broad and (reading.wish > 0 or not named))


def _ranked(reading: Reading, ticked: Sequence[str]) -> list[_Ranked]:
    """The best theme of each area with the area's weight, heaviest first; ties go to the more serious."""
    scores = _scores(reading, safety_ticked=any(area != OTHER for area in ticked))
    agreement = default_agreement()
    by_area: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for theme, score in scores.items():
        area = agreement.focus_area(theme)
        by_area[theme if area == OTHER else area].append((score, theme))
    order = {slug: place for place, slug in enumerate(themes())}
    ranked = []
    for found in by_area.values():
        found.sort(key=lambda pair: (-pair[0], order[pair[1]]))
        top, theme = found[0]
        score = top + min(top, NEIGHBOUR * sum(other for other, _ in found[1:]))
        focus_area = agreement.focus_area(theme)
        if theme not in GOOD and score < TWO_HINTS and focus_area not in ticked:
            continue
        ranked.append(_Ranked(theme, focus_area, score + (TICKED if focus_area in ticked else 0.0)))
    return sorted(ranked, key=lambda one: (-one.score, -themes()[one.theme].seriousness, order[one.theme]))


def _scores(reading: Reading, safety_ticked: bool) -> dict[str, float]:
    """Weight per theme, only what is above zero."""
    by_theme: dict[str, list[Evidence]] = defaultdict(list)
    for evidence in reading.evidence:
        by_theme[evidence.theme].append(evidence)
    scores = {theme: _weight(found) for theme, found in by_theme.items()}
    if reading.fear:
        scores = {theme: score + FEAR * (score > 0) for theme, score in scores.items()}
    idea = _idea(reading, scores.get(NOT_SAFETY, 0.0))
    scores[NOT_SAFETY] = idea * IDEA_DOUBTED if safety_ticked else idea
    if reading.denied:
        scores[SAFE_HERE] = scores.get(SAFE_HERE, 0.0) + DENIED
    return {theme: score for theme, score in scores.items() if score > 0}


def _weight(found: Iterable[Evidence]) -> float:
    """One theme's cues together: the heaviest counts in full, further ones less and less."""
    counted = _counted(found)
    against = sum(evidence.weight for evidence in counted if evidence.weight < 0)
    return against + sum(
        evidence.weight * AGAIN**place
        for place, evidence in enumerate(evidence for evidence in counted if evidence.weight > 0)
    )


def _counted(found: Iterable[Evidence]) -> list[Evidence]:
    """One theme's evidence, heaviest first, without what stands in words that already counted."""
    counted: list[Evidence] = []
    taken: set[int] = set()
    for evidence in sorted(found, key=lambda one: (-one.weight, one.start, one.end)):
        letters = set(range(evidence.start, evidence.end))
        if not letters & taken:
            counted.append(evidence)
            taken |= letters
    return counted


def _idea(reading: Reading, topic: float) -> float:
    """How much speaks for an idea or a wish that is not about safety.

    Many calm words speak for it too, in a text that asks for something or is about something else.
    """
    if topic < 0:
        return topic
    score = topic * IDEA_TOPIC
    if not reading.fear:
        score += IDEA_WISH * min(max(reading.wish - reading.vague, 0), MOST_WISHES)
        if reading.broad and not reading.vague and (topic or reading.wish):
            score += max((weight for words, weight in CALM.items() if reading.words >= words), default=0.0)
    return score


def _top(ranked: Sequence[_Ranked]) -> float:
    return ranked[0].score if ranked else 0.0


def _from_ticked(ticked: Sequence[str]) -> Classification:
    if not ticked:
        return Classification(None, None, 0.0, ("texten säger för lite för att välja",), None)
    name = focus_areas()[ticked[0]].name
    why = f"texten säger för lite, området {name} är valt i formuläret"
    return Classification(None, ticked[0], round(0.6 / len(ticked), 2), (why,), None)


def _answer(text: str, reading: Reading, ranked: Sequence[_Ranked], ticked: Sequence[str]) -> Classification:
    first = ranked[0]
    runner_up = ranked[1] if len(ranked) > 1 and ranked[1].score >= ENOUGH else None
    confidence = _confidence(first.score, runner_up.score if runner_up else 0.0)
    if first.area != OTHER and _rests_on_one_word(reading, first.theme):
        confidence = min(confidence, ONE_WORD_TICKED if first.area in ticked else ONE_WORD)
    if first.area not in (OTHER, *ticked) and not reading.complains:
        confidence = min(confidence, HARDLY)
    second = None
    if runner_up:
        share = runner_up.score / (first.score + runner_up.score)
        second = Guess(runner_up.theme, runner_up.area, round((1 - confidence) * share, 3))
    why = [_because(text, reading, first.theme)]
    if first.area in ticked:
        why.append(f"området {focus_areas()[first.area].name} är valt i formuläret")
    elif runner_up and confidence < CLEAR and (words := _deciding_words(text, reading, runner_up.theme)):
        why.append(f"{words} kan också tala för {themes()[runner_up.theme].name}")
    return Classification(first.theme, first.area, confidence, tuple(why), second)


def _confidence(first: float, second: float) -> float:
    """Logistic in the margin to the runner-up and the weight of the winner, fitted by hand on labelled reports."""
    return round(1 / (1 + math.exp(1.3 - 0.88 * (first - second) - 0.4 * first)), 3)


def _rests_on_one_word(reading: Reading, theme: str) -> bool:
    """Whether all that speaks for a safety theme is one thing, place or circumstance that the text names."""
    own = _counted(one for one in reading.evidence if one.theme == theme and one.weight > 0)
    return len(own) == 1 and not own[0].problem


def _because(text: str, reading: Reading, theme: str) -> str:
    words = _deciding_words(text, reading, theme)
    if words:
        return f"{words} talar för {themes()[theme].name}"
    if reading.wish:
        return "texten läses som ett önskemål, inget i den handlar om otrygghet"
    return "inget i texten handlar om otrygghet"


def _deciding_words(text: str, reading: Reading, theme: str) -> str:
    """At most three of the words that decided, quoted as they stand in the text; empty when there are none."""
    own = [one for one in reading.evidence if one.theme == theme and one.weight > 0]
    words = [" ".join(text[one.start : one.end].split()) for one in _counted(own)]
    if theme == SAFE_HERE:
        words += [f"inte {text[hit.start : hit.end]}" for hit in reading.denied]
    quoted = [f"”{word}”" for word in dict.fromkeys(words)][:3]
    if len(quoted) < 2:
        return f"ordet {quoted[0]}" if quoted else ""
    return f"orden {', '.join(quoted[:-1])} och {quoted[-1]}"
