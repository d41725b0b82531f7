"""How well personal data is masked, and danger heard, in texts written for it: ``python -m bench.personal_data``.

The texts stand in catalogue/examples/masking/test and screening/test, one a line: personal data in double braces
(``{{namn:Bengt}}``), flags before a bar (``self_harm | …``). Nothing was tuned on them before the first figures.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from feedback.actions.set_up import catalogue_places
from feedback.domain.catalogue import FOLDER
from feedback.domain.masking import mask
from feedback.domain.screening import DANGEROUS, screen

_MARKED = re.compile(r"\{\{([^:{}]+):([^{}]*)\}\}")


def main() -> None:
    print(datetime.now(UTC).date())
    print("masking   pieces masked   harmless texts changed")
    for path in _files("masking"):
        show_masking(path)
    print("screening dangerous heard  ordinary texts with a dangerous flag  all flags right")
    for path in _files("screening"):
        show_screening(path)


def show_masking(path: Path) -> None:
    names = tuple(name for place in catalogue_places() for name in (place.name, *place.aliases))
    pieces = hidden = harmless = changed = 0
    missed = []
    for line in path.read_text("utf-8").splitlines():
        text, wanted = _unmarked(line)
        masked = mask(text, names)
        if not wanted:
            harmless, changed = harmless + 1, changed + (masked.text != text)
        for start, end in wanted:
            pieces += 1
            seen = all(
                any(one.start <= at < one.end for one in masked.found)
                for at in range(start, end)
                if text[at].isalnum()
            )
            hidden += seen
            if not seen:
                missed.append(text[start:end])
    print(
        f"{path.stem:9} {hidden:4}/{pieces:4} {hidden / pieces:.2f} {changed:6}/{harmless:4} {changed / harmless:.2f}"
    )


def show_screening(path: Path) -> None:
    heard = dangerous = ordinary = alarms = right = total = 0
    for line in path.read_text("utf-8").splitlines():
        written, text = (part.strip() for part in line.split("|", 1))
        wanted = {flag.strip() for flag in written.split(",")} - {"-"}
        found = set(screen(text))
        total, right = total + 1, right + (wanted == found)
        if wanted & DANGEROUS:
            dangerous, heard = dangerous + 1, heard + bool(found & DANGEROUS)
        if not wanted:
            ordinary, alarms = ordinary + 1, alarms + bool(found & DANGEROUS)
    print(
        f"{path.stem:9} {heard:4}/{dangerous:4} {heard / dangerous:.2f} {alarms:10}/{ordinary:4} "
        f"{alarms / ordinary:.2f} {right:20}/{total:4}"
    )


def _unmarked(line: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without braces, and where its personal data stands."""
    text, wanted, done = "", [], 0
    for match in _MARKED.finditer(line):
        text += line[done : match.start()]
        wanted.append((len(text), len(text) + len(match[2])))
        text, done = text + match[2], match.end()
    return text + line[done:], wanted


def _files(folder: str) -> Iterator[Path]:
    yield from sorted((FOLDER / "examples" / folder / "test").glob("*.txt"))


if __name__ == "__main__":
    main()
