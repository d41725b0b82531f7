"""The atlas of this process: drawn anew when it is older than a quarter of a minute."""

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from flask import current_app

from feedback.store.atlas import Atlas, draw_atlas
from feedback.web.db import session

SECONDS = 15


@dataclass(frozen=True)
class _Kept:
    drawn_at: float
    atlas: Atlas
    pages: dict[Hashable, str] = field(default_factory=dict)


def atlas() -> Atlas:
    """What is known about places; a change by staff shows within SECONDS in every process."""
    return _kept().atlas


def page_of_atlas(key: Hashable, draw: Callable[[], str]) -> str:
    """A page that depends on nothing but its key and the atlas: drawn once for each atlas."""
    pages = _kept().pages
    if key not in pages:
        pages[key] = draw()
    return pages[key]


def _kept() -> _Kept:
    kept: _Kept | None = current_app.extensions.get("atlas")
    if kept is None or time.monotonic() - kept.drawn_at > SECONDS:
        kept = _Kept(time.monotonic(), draw_atlas(session))
        current_app.extensions["atlas"] = kept
    return kept
