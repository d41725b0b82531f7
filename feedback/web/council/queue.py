"""The review queue, most urgent first."""

from datetime import timedelta

from flask import render_template, request

from feedback.domain.measuring import spikes
from feedback.domain.themes import agreement_on, themes
from feedback.store import candidate as candidates
from feedback.store.group import bursts
from feedback.store.place import municipalities
from feedback.store.report import counts_by_state, per_hour, sensitive_count
from feedback.web.access import REVIEW, now, only, user
from feedback.web.council import blueprint
from feedback.web.db import session
from feedback.web.forms.fields import row_number

PAGE = 50
SPIKES_SHOWN = timedelta(days=14)


def chosen_municipality() -> str | None:
    """The municipality of the filter; people of one municipality start with their own."""
    known = {row.slug for row in municipalities(session)}
    asked = request.args.get("kommun", user().municipality or "")
    return asked if asked in known else None


def chosen_page() -> int:
    return min(max(1, row_number(request.args.get("sida")) or 1), 100_000)


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
        sensitive=sensitive_count(session, chosen),
        chosen=chosen,
        page=page,
        pages=PAGE,
        themes=themes(),
        agreement=agreement_on(now().date()),
        bursts=bursts(session, chosen),
        spikes=spikes(per_hour(session, chosen, now() - SPIKES_SHOWN), SPIKES_SHOWN // timedelta(hours=1)),
    )
