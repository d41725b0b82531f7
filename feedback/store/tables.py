"""Every table in one import, for those who need them all: migrations and the web application."""

from feedback.store import (  # noqa: F401
    base,
    candidate,
    correction,
    event,
    group,
    place,
    promise,
    report,
    staff,
    throttle,
    timer,
)
from feedback.store.base import Base

metadata = Base.metadata
