"""The catalogue: data files that a council officer can read and edit, and one way to open them."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Self

FOLDER = Path(__file__).parent


class CatalogueError(Exception):
    """A catalogue file is wrong. The message names the file and, where it can, the line and the entry."""

    @classmethod
    def at(cls, name: str, entry: str, reason: object) -> Self:
        """The error for an entry such as "[lighting]", with the first line that begins with it or else holds it."""
        path = FOLDER / name
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        begins = (number for number, line in enumerate(lines, 1) if line.lstrip().startswith(entry))
        holds = (number for number, line in enumerate(lines, 1) if entry in line)
        number = next(begins, None) or next(holds, None)
        return cls(f"{name}{f' line {number}' if number else ''}: {entry} {reason}")


@cache
def read(name: str) -> dict[str, Any]:
    """Parse one catalogue file, for example ``read("themes.toml")``; the answer is shared, do not change it.

    Raises CatalogueError when the file is missing or is not TOML.
    """
    path = FOLDER / name
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise CatalogueError(f"{name}: the file is missing") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{name}: {error}") from None


def names(folder: str, ending: str = ".toml") -> list[str]:
    """The files of one catalogue folder, as names that ``read`` takes, in alphabetical order."""
    return [f"{folder}/{path.name}" for path in sorted((FOLDER / folder).glob(f"*{ending}"))]
