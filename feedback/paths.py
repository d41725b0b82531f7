"""Where things lie: the one module that knows a checkout from an installed wheel."""

from pathlib import Path

PACKAGE = Path(__file__).parent
CHECKOUT = PACKAGE.parent


def _beside_or_inside(name: str) -> Path:
    inside = PACKAGE / name
    return inside if inside.is_dir() else CHECKOUT / name


TEMPLATES = _beside_or_inside("templates")
TRANSLATIONS = _beside_or_inside("translations")
MIGRATIONS = PACKAGE / "migrations"
STATIC = PACKAGE / "static"
