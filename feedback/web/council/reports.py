"""Single reports: the inbox, one report with its history, and what is done with it."""

from flask import abort, redirect, render_template, request, url_for

from feedback.actions.errors import NotAllowed
from feedback.actions.read_reports import hand_over, mark_read
from feedback.domain.lifecycle import ReportState
from feedback.domain.owners import needs
from feedback.domain.screening import acts_on
from feedback.domain.themes import focus_areas, themes
from feedback.store import event
from feedback.store import report as reports
from feedback.store.place import municipalities
from feedback.store.report import Report
from feedback.store.staff import Role
from feedback.web.access import REVIEW, now, only, user
from feedback.web.council import blueprint
from feedback.web.council.candidates import Page
from feedback.web.council.forms import HandledForm, ReadForm
from feedback.web.council.queue import chosen_municipality, chosen_page
from feedback.web.db import session

PAGE = 50
SENSITIVE_ROLES = {Role.COORDINATOR, Role.ADMINISTRATOR}
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
    if state == ReportState.RESTRICTED and user().role not in SENSITIVE_ROLES:
        abort(403)
    chosen, page = chosen_municipality(), chosen_page()
    found = reports.inbox(session, municipality=chosen, state=state, offset=(page - 1) * PAGE, limit=PAGE)
    return render_template(
        "council/reports.html",
        reports=found,
        counts=reports.counts_by_state(session, chosen),
        states={k: v for k, v in STATES.items() if k != "restricted" or user().role in SENSITIVE_ROLES},
        state=written,
        chosen=chosen,
        municipalities={row.slug: row.name for row in municipalities(session)},
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
    numbers = [
        int(n) for n in (form.reports.data or "").split(",") if n.isascii() and n.isdigit() and len(n) < 10
    ]
    found = [report for n in numbers[:PAGE] if (report := session.get(Report, n)) and _may_see(report)]
    mark_read(session, found, who=user().name, now=now())
    return redirect(url_for("council.inbox"))


@blueprint.route("/rapporter/<id:report_id>", methods=["GET", "POST"])
@only(REVIEW)
def report(report_id: int) -> Page:
    found = session.get(Report, report_id)
    if found is None:
        abort(404)
    if not _may_see(found):
        abort(403)
    form = HandledForm.from_request()
    if form.is_sent_and_valid():
        try:
            hand_over(session, found, form.handled_as.data, who=user().name, now=now())
            return redirect(url_for("council.report", report_id=report_id))
        except NotAllowed:
            form.handled_as.errors = ["Rapporten är redan skickad vidare eller borttagen."]
    return render_template(
        "council/report.html",
        report=found,
        form=form,
        themes=themes(),
        areas=focus_areas(),
        needs=needs(),
        history=event.history(session, "report", found.id),
        acts_on=[acts_on(flag) for flag in found.flags if found.state == ReportState.RESTRICTED],
    )


def _may_see(found: Report) -> bool:
    return found.state != ReportState.RESTRICTED or user().role in SENSITIVE_ROLES
