"""Published promises as staff see them: add what was done."""

from flask import abort, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import Conflict

from feedback.actions.errors import NotAllowed
from feedback.actions.follow_up_promise import Entry, follow_up_promise
from feedback.store import event
from feedback.store import promise as promises
from feedback.store.place import municipality_names
from feedback.store.promise import Promise
from feedback.web.access import FOLLOW_UP, REVIEW, now, only, user
from feedback.web.council import blueprint
from feedback.web.council.candidates import Page
from feedback.web.council.forms import FollowUpForm
from feedback.web.council.queue import chosen_municipality
from feedback.web.db import session
from feedback.web.words import FOLLOW_UP_REFUSALS, REFUSALS


@blueprint.get("/loften")
@only(REVIEW)
def promise_list() -> str:
    chosen = chosen_municipality()
    return render_template(
        "council/promises.html",
        promises=promises.published(session, chosen),
        chosen=chosen,
        municipalities=municipality_names(session),
        today=now().date(),
    )


@blueprint.get("/loften/<slug>")
@only(REVIEW)
def promise(slug: str) -> Page:
    return _page(_get(slug), FollowUpForm(on=now().date()))


@blueprint.post("/loften/<slug>")
@only(FOLLOW_UP)
def follow_up(slug: str) -> Page:
    found, form = _get(slug), FollowUpForm.from_request()
    if not form.validate():
        return _page(found, form)
    if form.version.data != str(found.version):
        form.result.errors = [_("Någon har ändrat sedan du öppnade. Läs vad som hänt och försök igen.")]
        return _page(found, form), Conflict.code
    entry = Entry(form.on.data, form.text.data, form.value.data, form.result.data)
    try:
        follow_up_promise(session, found, entry, who=user(), now=now())
    except NotAllowed as error:
        form.result.errors = [FOLLOW_UP_REFUSALS.get(error.why) or REFUSALS[error.why]]
        return _page(found, form)
    return redirect(url_for("council.promise", slug=slug))


def _get(slug: str) -> Promise:
    found = promises.by_slug(session, slug)
    if found is None:
        abort(404)
    return found


def _page(found: Promise, form: FollowUpForm) -> str:
    form.version.data = str(found.version)
    return render_template(
        "council/promise.html", promise=found, form=form,
        history=event.history(session, "promise", found.id), today=now().date(),
    )  # fmt: skip
