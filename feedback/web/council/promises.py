"""Published promises as staff see them: add what was done."""

from flask import abort, redirect, render_template, url_for

from feedback.actions.errors import NotAllowed
from feedback.actions.follow_up_promise import Entry, follow_up_promise
from feedback.store import event
from feedback.store import promise as promises
from feedback.store.place import municipalities
from feedback.web.access import FOLLOW_UP, REVIEW, now, only, user
from feedback.web.council import blueprint
from feedback.web.council.candidates import Page
from feedback.web.council.forms import FollowUpForm
from feedback.web.council.queue import chosen_municipality
from feedback.web.db import session


@blueprint.get("/loften")
@only(REVIEW)
def promise_list() -> str:
    chosen = chosen_municipality()
    return render_template(
        "council/promises.html",
        promises=promises.published(session, chosen),
        chosen=chosen,
        municipalities={row.slug: row.name for row in municipalities(session)},
        today=now().date(),
    )


@blueprint.get("/loften/<slug>")
@only(REVIEW)
def promise(slug: str) -> Page:
    return _page(slug, FollowUpForm(on=now().date()))


@blueprint.post("/loften/<slug>")
@only(FOLLOW_UP)
def follow_up(slug: str) -> Page:
    form = FollowUpForm.from_request()
    found = promises.by_slug(session, slug)
    if found is None:
        abort(404)
    if not form.validate():
        return _page(slug, form)
    entry = Entry(form.on.data, form.text.data, form.value.data, form.result.data)
    try:
        follow_up_promise(session, found, entry, who=user().name, now=now())
    except NotAllowed:
        form.result.errors = ["Löftet har redan ett slutresultat."]
        return _page(slug, form)
    return redirect(url_for("council.promise", slug=slug))


def _page(slug: str, form: FollowUpForm) -> str:
    found = promises.by_slug(session, slug)
    if found is None:
        abort(404)
    return render_template(
        "council/promise.html", promise=found, form=form,
        history=event.history(session, "promise", found.id), today=now().date(),
    )  # fmt: skip
