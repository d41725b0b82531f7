"""Measure the program on labelled texts: our own test set, or any file of JSON lines."""

from collections.abc import Iterable, Iterator

from feedback.actions.answer_lines import BadLine, read_line
from feedback.domain.classification import classify
from feedback.domain.cleaning import clean
from feedback.domain.evaluation import CANNOT_TELL, Answered, confusion, score, slices
from feedback.domain.examples import TEST, examples
from feedback.domain.language import detect
from feedback.domain.meaning import is_installed
from feedback.domain.model import UNSURE
from feedback.domain.themes import OTHER, default_agreement, focus_areas, themes

FEWEST = 5
"""A slice of fewer texts says nothing."""


def own_test_set() -> list[Answered]:
    """The answers for the texts that nothing has learnt from."""
    return [_answer(one.text, one.lang, one.tags, one.theme, None) for one in examples(TEST)]


def labelled_lines(raw_lines: Iterable[bytes]) -> tuple[list[Answered], list[str]]:
    """The answers for a file, and what is wrong with the lines that were passed over.

    A line holds ``text`` and ``theme`` or ``focus_area`` ("other", null for cannot tell), perhaps ``lang`` and
    ``tags`` (what makes it hard).
    """
    answers, wrong = [], []
    for number, raw in enumerate(raw_lines, 1):
        try:
            row = read_line(raw)
            if "theme" not in row and "focus_area" not in row:
                raise BadLine("neither theme nor focus_area")
            lang, tags = row.get("lang"), row.get("tags") or ()
            answers.append(
                _answer(
                    clean(row["text"]),
                    lang if isinstance(lang, str) else None,
                    tuple(str(tag) for tag in tags) if isinstance(tags, list | tuple) else (),
                    row.get("theme"),
                    row.get("focus_area"),
                )
            )
        except BadLine as bad:
            wrong.append(f"line {number}: {bad}")
    return answers, wrong


def lines(answers: list[Answered], misses: bool) -> Iterator[str]:
    """The report: scores of all and of every slice, the table of what was taken for what, and the misses."""
    yield f"with embeddings: {'yes' if is_installed() else 'no'}"
    yield f"{'':28}texts  area  strict theme macro-F1 calibration error"
    for name, group in {"all": answers, **slices(answers)}.items():
        if len(group) >= FEWEST or name == "all":
            scores = score(group)
            yield (
                f"{name:28}{scores.texts:5} {scores.accuracy:5.2f} {scores.strict:6.2f} {scores.theme:5.2f} "
                f"{scores.macro_f1:8.2f} {scores.calibration_error:8.2f}"
            )
    yield "labelled (down) answered (across)"
    found, areas = confusion(answers), [*focus_areas(), CANNOT_TELL]
    yield " " * 14 + "".join(f"{area[:9]:>10}" for area in areas)
    for label in areas:
        yield f"{label:14}" + "".join(f"{found.get((label, answer), 0):10}" for answer in areas)
    if misses:
        for one in answers:
            if not one.is_right:
                yield f"{one.theme or one.area} -> {one.said_theme or one.said_area} {one.confidence:.2f}  {one.text}"


def _answer(
    text: str, lang: str | None, tags: tuple[str, ...], theme: str | None, area: str | None
) -> Answered:
    if theme == UNSURE:
        theme = area = None
    elif theme is not None:
        if theme not in themes():
            raise BadLine(f"no theme {theme}")
        area = default_agreement().focus_area(theme)
    elif area is not None and area not in (*focus_areas(), OTHER):
        raise BadLine(f"no focus area {area}")
    found = classify(text, detect(text, lang))
    return Answered(
        text=text,
        lang=lang or detect(text) or "?",
        tags=tags,
        area=area,
        theme=theme,
        said_area=found.focus_area,
        said_theme=found.theme,
        confidence=found.confidence,
    )
