"""Reports written to teach and to test: composed for this project, no resident wrote any of them.

One JSON object a line: ``text``, ``theme`` ("unsure" for cannot tell) and ``tags`` (what makes it hard). The file name
is language and writer: ``sv-a.jsonl``. Texts that teach and test screening are plain lines, flags before a bar
("-" for none): ``self_harm, child_in_danger | …``. Files under ``test/`` are for the final test alone: nothing learns
from them.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from feedback.domain.catalogue import FOLDER, CatalogueError, names
from feedback.domain.model import UNSURE
from feedback.domain.screening.flags import FLAGS
from feedback.domain.themes import themes

TRAINING, TEST = "examples", "examples/test"
SCREENING, SCREENING_TEST = "examples/screening", "examples/screening/test"


@dataclass(frozen=True)
class Example:
    """One written report; ``theme`` is a slug of the themes or ``unsure``."""

    text: str
    lang: str
    writer: str
    theme: str
    tags: tuple[str, ...]


def examples(folder: str = TRAINING) -> Iterator[Example]:
    """Every example of a folder in a fixed order. Raises CatalogueError with file and line."""
    for name in names(folder, ".jsonl"):
        writer = name.rsplit("/", 1)[-1].removesuffix(".jsonl")
        for number, line in enumerate((FOLDER / name).read_text("utf-8").splitlines(), 1):
            try:
                row = json.loads(line)
                one = Example(row["text"], writer[:2], writer, row["theme"], tuple(row["tags"]))
            except (ValueError, KeyError, TypeError) as error:
                raise CatalogueError(f"{name}: line {number}: {error!r}") from None
            if one.theme not in themes() and one.theme != UNSURE:
                raise CatalogueError(f"{name}: line {number}: no theme {one.theme}")
            yield one


@dataclass(frozen=True)
class Flagged:
    """One written report with the flags it must get."""

    text: str
    lang: str
    writer: str
    flags: frozenset[str]


def flagged(folder: str = SCREENING) -> Iterator[Flagged]:
    """Every example for screening, in a fixed order. Raises CatalogueError with file and line."""
    for name in names(folder, ".txt"):
        writer = name.rsplit("/", 1)[-1].removesuffix(".txt")
        for number, line in enumerate((FOLDER / name).read_text("utf-8").splitlines(), 1):
            written, _, text = line.partition("|")
            flags = frozenset(flag.strip() for flag in written.split(",")) - {"-"}
            if not text or flags - set(FLAGS):
                raise CatalogueError(f"{name}: line {number}: not flags, a bar and a text")
            yield Flagged(text.strip(), writer[:2], writer, flags)
