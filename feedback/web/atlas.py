"""The atlas of this process: drawn anew when it is older than a quarter of a minute."""

import time

from flask import current_app

from feedback.store.atlas import Atlas, draw_atlas
from feedback.web.db import session

SECONDS = 15


def atlas() -> Atlas:
    """What is known about places; a change by staff shows within SECONDS in every process."""
    drawn: tuple[float, Atlas] | None = current_app.extensions.get("atlas")
    if drawn is None or time.monotonic() - drawn[0] > SECONDS:
        drawn = (time.monotonic(), draw_atlas(session))
        current_app.extensions["atlas"] = drawn
    return drawn[1]
