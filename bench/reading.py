"""How long a text takes to be masked, screened and classified by its words, and what the process weighs:
``python -m bench.reading``.

Texts of about 300 characters, two examples each; then 5,000 characters written to be slow. Import and memory are those
of a process of their own, as a worker of the server has them.
"""

import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from feedback.actions.set_up import catalogue_places
from feedback.domain import classification
from feedback.domain.classification import classify
from feedback.domain.examples import examples
from feedback.domain.masking import mask
from feedback.domain.screening import screen

LENGTH, LONGEST = 300, 5000
TEXTS = 300
HOSTILE = (
    "a", "1", "07", "a@", "a.", "1-", "- ", "Ali ", "heter ", "AB1", "Storgatan 1", "[", "@a", "snap:", "snap a.", "a_",
    "bil ", "sju ", "Björn Berg ", "nu ", "slår ", "min man slår ", "plates a ", "12 34 ", "ш", "ни ", "شارع ا ", "\u0301",
)  # fmt: skip
IMPORT = """
import resource, time
start = time.perf_counter()
from feedback.web.app import create_app
print(f"import of the web app {time.perf_counter() - start:.2f} s", end=", ")
from feedback.actions.check_catalogue import check_catalogue
check_catalogue()
print(f"with every list read {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
"""


def main() -> None:
    print(datetime.now(UTC).date())
    subprocess.run([sys.executable, "-c", IMPORT], check=True)
    classification.is_installed = lambda: False
    names = tuple(name for place in catalogue_places() for name in (place.name, *place.aliases))
    steps: dict[str, Callable[[str], object]] = {
        "mask": lambda text: mask(text, names),
        "screen": lambda text: screen(text, by_meaning=False),
        "classify": lambda text: classify(text, "sv"),
    }
    steps["all three"] = lambda text: [steps[name](text) for name in ("mask", "screen", "classify")]
    texts = list(_texts())
    for text in texts:
        steps["all three"](text)  # lists are read and words remembered, as after the first day
    hostile = [piece * (LONGEST // len(piece)) for piece in HOSTILE]
    for name, step in steps.items():
        usual = statistics.median(_times(step, texts))
        worst, piece = max(zip(_times(step, hostile), HOSTILE, strict=True))
        print(f"{name:10} median {usual:5.2f} ms, worst of the hostile {worst:6.1f} ms ({piece!r})")


def _texts() -> Iterable[str]:
    written = [one.text for one in examples() if one.lang == "sv"]
    random.Random(1).shuffle(written)
    joined = (f"{one} {other}" for one, other in zip(written[::2], written[1::2], strict=False))
    return [text[:LENGTH] for text in joined if len(text) >= LENGTH][:TEXTS]


def _times(step: Callable[[str], object], texts: Iterable[str]) -> list[float]:
    """Milliseconds, one for each text."""
    taken = []
    for text in texts:
        start = time.perf_counter()
        step(text)
        taken.append(1000 * (time.perf_counter() - start))
    return taken


if __name__ == "__main__":
    main()
