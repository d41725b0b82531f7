"""The texts that translators work from are the texts on the pages."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = ("ärende", "dashboard", "kandidat", "hot spot", "problemområde", "misstänkt")


def msgids(path: Path) -> set[str]:
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        return {str(message.id) for message in read_po(file) if message.id}


def test_the_template_holds_every_text(tmp_path: Path) -> None:
    fresh = tmp_path / "messages.pot"
    subprocess.run(
        [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", "translations/babel.cfg",
         "-k", "_l", "-k", "lazy_gettext", "--no-wrap", "-o", str(fresh), "."],
        check=True, cwd=ROOT,
    )  # fmt: skip
    assert msgids(fresh) == msgids(ROOT / "translations/messages.pot"), "run `make translations`"


@pytest.mark.parametrize("word", OURS)
def test_words_we_never_use_are_on_no_screen(word: str) -> None:
    for text in msgids(ROOT / "translations/messages.pot"):
        assert word not in text.lower()
