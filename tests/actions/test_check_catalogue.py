"""A mistake in a file of the catalogue stops the start with one line that says where it is."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from feedback.actions.check_catalogue import check_catalogue
from feedback.cli import main
from feedback.domain import catalogue, lexicon, owners, promise_texts, themes
from feedback.domain.catalogue import CatalogueError
from feedback.domain.screening import rules

CACHED: tuple[Any, ...] = (
    catalogue.read,
    themes.themes,
    themes.agreements,
    owners.givers,
    owners.functions,
    promise_texts.promise_texts,
    lexicon.lexicons,
    rules.rules,
)

Spoil = Callable[[str, str, str], None]


@pytest.fixture
def spoil(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Spoil]:
    """Change words in one file of a copy of the catalogue, which is read as if it were ours."""
    folder = tmp_path / "catalogue"
    shutil.copytree(catalogue.FOLDER, folder, ignore=shutil.ignore_patterns("examples"))
    monkeypatch.setattr(catalogue, "FOLDER", folder)

    def change(name: str, right: str, wrong: str) -> None:
        written = (folder / name).read_text("utf-8")
        assert right in written
        (folder / name).write_text(written.replace(right, wrong, 1), "utf-8")

    for cached in CACHED:
        cached.cache_clear()
    yield change
    for cached in CACHED:
        cached.cache_clear()


def test_the_shipped_catalogue_is_right() -> None:
    check_catalogue()


@pytest.mark.parametrize(
    ("name", "right", "wrong", "told"),
    [
        ("themes.toml", "seriousness = 3", "seriousness = 9", r"themes\.toml line \d+: \[lighting\] seriousness"),
        ("themes.toml", "[sightlines]", "[sightlines", r"themes\.toml: .*line \d+"),
        ("owners.toml", '[functions.lighting]', '[functions.lamps]', r"owners\.toml line \d+: lighting has no such"),
        ("agreements/standard.toml", "lighting =", "lightning =", r"standard\.toml line \d+: lightning is no theme"),
        ("cues/fi.toml", "[themes.litter]", "[themes.little]", r"cues/fi\.toml line \d+: little is no theme"),
        ("screening.toml", "[[self_harm]]", "[[selfharm]]", r"screening\.toml line \d+: \[\[selfharm\]\] is no flag"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_file_and_line(
    spoil: Spoil, name: str, right: str, wrong: str, told: str
) -> None:
    spoil(name, right, wrong)
    with pytest.raises(CatalogueError, match=told):
        check_catalogue()


def test_a_command_ends_with_one_line(spoil: Spoil) -> None:
    spoil("screening.toml", "[[self_harm]]", "[[selfharm]]")
    answer = CliRunner().invoke(main, ["screen"], input='{"id": 1, "text": "hej"}\n')
    assert answer.exit_code == 1
    assert answer.output.startswith("Error: screening.toml line")
    assert answer.output.count("\n") == 1
