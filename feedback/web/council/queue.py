"""The review queue, most urgent first."""

from flask import render_template, request

from feedback.domain.themes import default_agreement, themes
from feedback.store import candidate as candidates
from feedback.store.place import municipalities
from feedback.store.report import counts_by_state
from feedback.web.access import REVIEW, only, user
from feedback.web.council import blueprint
from feedback.web.db import session

PAGE = 50


def chosen_municipality() -> str | None:
    """The municipality of the filter; people of one municipality start with their own."""
    known = {row.slug for row in municipalities(session)}
    asked = request.args.get("kommun", user().municipality or "")
    return asked if asked in known else None


def chosen_page() -> int:
    written = request.args.get("sida", "1")
    return max(1, int(written)) if written.isascii() and written.isdigit() and len(written) < 6 else 1


@blueprint.get("")
@only(REVIEW)
def queue() -> str:
    chosen, page = chosen_municipality(), chosen_page()
    waiting = candidates.queue(session, chosen, (page - 1) * PAGE, PAGE)
    return render_template(
        "council/queue.html",
        waiting=waiting,
        total=candidates.queue_length(session, chosen),
        per_municipality={
            row.slug: (row.name, candidates.queue_length(session, row.slug))
            for row in municipalities(session)
        },
        counts=counts_by_state(session, chosen),
        chosen=chosen,
        page=page,
        pages=PAGE,
        themes=themes(),
        agreement=default_agreement(),
    )
