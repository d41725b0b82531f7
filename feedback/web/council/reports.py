"""Single reports: the inbox, one report with its history, and what is done with it."""

from flask import abort, redirect, render_template, request, url_for

from feedback.actions.correct_theme import CORRECTABLE, correct_theme, undo_correction
from feedback.actions.errors import NotAllowed, Refusal
from feedback.actions.read_reports import hand_over, let_in, mark_read
from feedback.domain.lifecycle import ReportState
from feedback.domain.owners import needs
from feedback.domain.screening import RESTRICTED, acts_on
from feedback.domain.themes import focus_areas, themes
from feedback.store import correction, event
from feedback.store import report as reports
from feedback.store.correction import Correction
from feedback.store.place import municipality_names
from feedback.store.report import Report
from feedback.store.staff import Role
from feedback.web.access import REVIEW, now, only, user
from feedback.web.council import blueprint
from feedback.web.council.candidates import Page
from feedback.web.council.forms import HandledForm, LetInForm, ReadForm, ThemeForm, UndoForm
from feedback.web.council.queue import chosen_municipality, chosen_page
from feedback.web.db import session
from feedback.web.forms.fields import row_number
from feedback.web.words import REFUSALS, REPORT_REFUSALS

PAGE = 50
HELD_BACK = {ReportState.RESTRICTED, ReportState.MISUSE}
STATES = {
    "": "Alla",
    ReportState.SCREENED: "Nya",
    ReportState.CLASSIFIED: "Ensamma",
    ReportState.GROUPED: "I en grupp",
    ReportState.HANDLED: "Skickade vidare",
    ReportState.RESTRICTED: "Känsliga",
    ReportState.MISUSE: "Skräp",
}


@blueprint.get("/rapporter")
@only(REVIEW)
def inbox() -> str:
    written = request.args.get("lage", "")
    state = ReportState(written) if written in STATES and written else None
    sensitive = state == ReportState.RESTRICTED
    if sensitive and user().role != Role.COORDINATOR:
        abort(403)
    chosen, page = chosen_municipality(), chosen_page()
    if sensitive:
        state, chosen = None, user().municipality or chosen
    found = reports.inbox(
        session, municipality=chosen, state=state, sensitive=sensitive, offset=(page - 1) * PAGE, limit=PAGE
    )
    return render_template(
        "council/reports.html",
        reports=found,
        counts={
            **reports.counts_by_state(session, chosen),
            "restricted": reports.sensitive_count(session, chosen),
        },
        states={k: v for k, v in STATES.items() if k != "restricted" or user().role == Role.COORDINATOR},
        state=written,
        chosen=chosen,
        municipalities=municipality_names(session),
        page=page,
        full=len(found) == PAGE,
        themes=themes(),
        read_form=ReadForm(reports=",".join(str(report.id) for report in found if not report.read_at)),
    )


@blueprint.post("/rapporter/lasta")
@only(REVIEW)
def read_reports() -> Page:
    form = ReadForm.from_request()
    if not form.validate():
        abort(400)
    numbers = [row_number(written) for written in (form.reports.data or "").split(",")[:PAGE]]
    found = [report for number in numbers if number and (report := session.get(Report, number))]
    mark_read(session, filter(_may_see, found), who=user(), now=now())
    return redirect(url_for("council.inbox"))


@blueprint.get("/rapporter/<id:report_id>")
@only(REVIEW)
def report(report_id: int) -> Page:
    return _page(_get(report_id), HandledForm())


@blueprint.post("/rapporter/<id:report_id>/skicka")
@only(REVIEW)
def hand_over_report(report_id: int) -> Page:
    found, form = _get(report_id), HandledForm.from_request()
    if not form.validate():
        return _page(found, form)
    try:
        hand_over(session, found, form.handled_as.data, who=user(), now=now())
    except NotAllowed as error:
        form.handled_as.errors = [REPORT_REFUSALS.get(error.why) or REFUSALS[error.why]]
        return _page(found, form)
    return redirect(url_for("council.report", report_id=report_id))


@blueprint.post("/rapporter/<id:report_id>/tema")
@only(REVIEW)
def correct_report(report_id: int) -> Page:
    found, form = _get(report_id), ThemeForm.from_request()
    if not form.validate():
        return _page(found, HandledForm(), form)
    try:
        correct_theme(session, found, form.theme.data, who=user(), now=now())
    except NotAllowed as error:
        form.theme.errors = [REPORT_REFUSALS[error.why]]
        return _page(found, HandledForm(), form)
    return redirect(url_for("council.report", report_id=report_id))


@blueprint.get("/rapporter/rattelser")
@only(REVIEW)
def corrections() -> Page:
    """What people taught the program, newest first."""
    return render_template(
        "council/corrections.html",
        corrections=correction.latest(session, user().municipality, PAGE),
        themes=themes(),
        form=UndoForm(),
    )


@blueprint.post("/rapporter/rattelser/<id:correction_id>/angra")
@only(REVIEW)
def undo(correction_id: int) -> Page:
    made, form = session.get(Correction, correction_id), UndoForm.from_request()
    if made is None:
        abort(404)
    if not form.validate():
        abort(400)
    _get(made.report_id)
    try:
        undo_correction(session, made, who=user(), now=now())
    except NotAllowed as error:
        if error.why != Refusal.NOTHING_CHANGED:  # undone twice is undone
            abort(403)
    return redirect(url_for("council.corrections"))


@blueprint.post("/rapporter/<id:report_id>/in")
@only(REVIEW)
def let_in_report(report_id: int) -> Page:
    """Out of the sensitive or the junk, into the ordinary queue: the words had misled us."""
    found, form = _get(report_id), LetInForm.from_request()
    if not form.validate():
        return _page(found, HandledForm())
    try:
        let_in(session, found, who=user(), now=now())
    except NotAllowed:
        abort(403)
    return redirect(url_for("council.report", report_id=report_id))


def _get(report_id: int) -> Report:
    found = session.get(Report, report_id)
    if found is None:
        abort(404)
    if not _may_see(found):
        abort(403)
    return found


def _may_see(found: Report) -> bool:
    if not found.sensitive:
        return True
    return user().role == Role.COORDINATOR and user().municipality in (None, found.municipality)


def _page(found: Report, form: HandledForm, theme_form: ThemeForm | None = None) -> str:
    return render_template(
        "council/report.html",
        report=found,
        form=form if theme_form is None else theme_form,
        handled_form=form,
        theme_form=(theme_form or ThemeForm(theme=found.theme)) if found.state in CORRECTABLE else None,
        let_in_form=LetInForm() if found.state in HELD_BACK else None,
        themes=themes(),
        areas=focus_areas(),
        needs=needs(),
        history=event.history(session, "report", found.id),
        acts_on=[acts_on(flag) for flag in found.flags if flag in RESTRICTED] if found.sensitive else [],
    )
