"""A candidate: its evidence, its text, what the twelve points say, and the decision."""

from flask import redirect, render_template, url_for
from werkzeug.exceptions import Conflict, NotFound
from werkzeug.wrappers import Response

from feedback.actions.decide_candidate import (
    Verdict,
    decide,
    edit,
    findings_of,
    mark_prepared,
    open_candidate,
)
from feedback.actions.errors import ChangedSince, MissingReason, NotAllowed, NotReady
from feedback.actions.read_reports import mark_read
from feedback.domain.lifecycle import Decision
from feedback.domain.measuring import CAVEAT, unsafe_share
from feedback.domain.owners import giver_names, needs, owners_of
from feedback.domain.themes import themes
from feedback.store import candidate as candidates
from feedback.store import event
from feedback.store import promise as promises
from feedback.store.candidate import Candidate
from feedback.store.report import of_group
from feedback.web.access import DECIDE, REVIEW, now, only, user
from feedback.web.council import blueprint
from feedback.web.council.forms import DecisionForm, DraftForm, PrepareForm
from feedback.web.db import session
from feedback.web.forms.fields import row_number
from feedback.web.words import REFUSALS

Page = str | tuple[str, int] | Response
"""What a view answers: a page, a page with a status, or a way on."""


@blueprint.get("/forslag/<id:candidate_id>")
@only(REVIEW)
def candidate(candidate_id: int) -> Page:
    return _page(_get(candidate_id))


@blueprint.post("/forslag/<id:candidate_id>/andra")
@only(REVIEW)
def edit_candidate(candidate_id: int) -> Page:
    found = _get(candidate_id)
    form = DraftForm.from_request(municipality=found.municipality)
    if not form.validate():
        return _page(found, draft_form=form)
    try:
        opened = open_candidate(session, candidate_id, _revision(form))
        edit(session, opened, form.changes, cause=form.cause.data or "", who=user(), now=now())
    except ChangedSince:
        return _changed_since(candidate_id, draft_form=form)
    except NotAllowed as error:
        form.title.errors = [REFUSALS[error.why]]
        return _page(found, draft_form=form)
    return redirect(url_for("council.candidate", candidate_id=candidate_id))


@blueprint.post("/forslag/<id:candidate_id>/forbered")
@only(REVIEW)
def prepare_candidate(candidate_id: int) -> Page:
    form = PrepareForm.from_request()
    if not form.validate():
        return _page(_get(candidate_id), prepare_form=form)
    try:
        opened = open_candidate(session, candidate_id, _revision(form))
        mark_prepared(session, opened, who=user(), now=now())
        if opened.group_id:
            mark_read(session, of_group(session, opened.group_id), who=user(), now=now())
    except ChangedSince:
        return _changed_since(candidate_id)
    except NotAllowed as error:
        form.revision.errors = [REFUSALS[error.why]]
        return _page(_get(candidate_id), prepare_form=form)
    return redirect(url_for("council.candidate", candidate_id=candidate_id))


@blueprint.post("/forslag/<id:candidate_id>/beslut")
@only(DECIDE)
def decide_candidate(candidate_id: int) -> Page:
    found = _get(candidate_id)
    form = DecisionForm.from_request(others=_others(found))
    if not form.validate():
        return _page(found, decision_form=form)
    verdict = Verdict(
        decision=Decision(form.decision.data),
        reason=form.reason.data or "",
        note=form.note.data or "",
        until=form.until.data,
        merge_into=row_number(form.merge_into.data),
        refer_to=form.refer_to.data or "",
    )
    try:
        opened = open_candidate(session, candidate_id, _revision(form))
        promise = decide(session, opened, verdict, who=user(), now=now())
    except ChangedSince:
        return _changed_since(candidate_id, decision_form=form)
    except NotReady:
        form.decision.errors = [
            "Texten har fel som måste rättas först. De står under ”Granskning av texten”."
        ]
        return _page(found, decision_form=form)
    except MissingReason:
        form.decision.errors = [
            "Beslutet saknar något. Datumet måste ligga framåt, och förslaget finnas kvar."
        ]
        return _page(found, decision_form=form)
    except NotAllowed as error:
        form.decision.errors = [REFUSALS[error.why]]
        return _page(found, decision_form=form)
    if promise:
        return redirect(url_for("council.promise", slug=promise.slug))
    return redirect(url_for("council.candidate", candidate_id=candidate_id))


def _get(candidate_id: int) -> Candidate:
    found = candidates.get(session, candidate_id)
    if found is None:
        raise NotFound
    return found


def _others(found: Candidate) -> list[Candidate]:
    return [row for row in candidates.queue(session, found.municipality, 0, 200) if row.id != found.id]


def _revision(form: DraftForm | PrepareForm | DecisionForm) -> int:
    return row_number(form.revision.data) or -1


def _changed_since(
    candidate_id: int, draft_form: DraftForm | None = None, decision_form: DecisionForm | None = None
) -> tuple[str, int]:
    """The second one is told what happened; what they wrote stays in the form."""
    session.rollback()
    return _page(_get(candidate_id), draft_form, decision_form, changed_since=True), Conflict.code


def _page(
    found: Candidate,
    draft_form: DraftForm | None = None,
    decision_form: DecisionForm | None = None,
    prepare_form: PrepareForm | None = None,
    changed_since: bool = False,
) -> str:
    reports = of_group(session, found.group_id) if found.group_id else []
    draft_form = draft_form or DraftForm(obj=found, municipality=found.municipality)
    decision_form = decision_form or DecisionForm(others=_others(found))
    prepare_form = prepare_form or PrepareForm()
    for form in (draft_form, decision_form, prepare_form):
        form.revision.data = str(found.revision)
    return render_template(
        "council/candidate.html",
        candidate=found,
        theme=themes().get(found.theme),
        reports=reports,
        unsafe=(
            unsafe_share(report.safe_light for report in reports),
            unsafe_share(report.safe_dark for report in reports),
        ),
        caveat=CAVEAT,
        needs=needs(),
        findings=findings_of(session, found, now().date()),
        draft_form=draft_form,
        decision_form=decision_form,
        prepare_form=prepare_form,
        form=next((form for form in (draft_form, decision_form, prepare_form) if form.errors), None),
        owners=owners_of(found.theme, found.municipality),
        giver_names=dict(zip(found.givers, giver_names(found.municipality, found.givers), strict=True)),
        history=event.history(session, "candidate", found.id),
        promise=promises.of_candidate(session, found.id),
        changed_since=changed_since,
        may_decide=user().role in DECIDE,
    )
