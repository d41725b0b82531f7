"""What the receipt code opens: where the report is on the road, and what may still be added to it."""

from datetime import timedelta

from flask import redirect, render_template, request, url_for
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from feedback.actions.add_to_report import Details, add_details, add_words
from feedback.actions.follow_report import followed, report_of_code
from feedback.actions.receive_report import prepare
from feedback.domain.receipt import normalise, written
from feedback.domain.screening import help_lines
from feedback.domain.themes import focus_areas
from feedback.store.report import Report
from feedback.web.access import now, open_to_all, settings
from feedback.web.atlas import atlas
from feedback.web.db import session
from feedback.web.limits import count, too_many
from feedback.web.locale import translated
from feedback.web.resident import blueprint
from feedback.web.resident.forms import CodeForm, DetailsForm, MoreForm

GUESSING_WINDOW = timedelta(hours=1)

Answer = str | tuple[str, int] | Response


@blueprint.route("/kod", methods=["GET", "POST"])
@open_to_all
def receipt() -> Answer:
    form = CodeForm.from_request()
    if request.method != "POST":
        return render_template("resident/code.html", form=form)
    report = _report(form.code.data)
    return _status(report, form.code.data) if report else _unknown(form)


@blueprint.post("/kod/mer")
@open_to_all
def more() -> Answer:
    """One more thing to a report, by its code."""
    form = MoreForm.from_request()
    report = _report(form.code.data, lock=True)
    if report is None:
        return _unknown(CodeForm.from_request())
    kept = prepare(form.text.data or "", "", atlas().names)
    if report.added_to and kept.text and report.text.endswith(f"\n\n{kept.text}"):
        return _status(report, form.code.data, added=True, help_lines=help_lines(kept.flags))  # sent twice
    if not report.takes_words:
        return _status(report, form.code.data, too_late=True, words=form.text.data)
    if not form.validate():
        return _status(report, form.code.data, form=form)
    add_words(session, report, kept, now())
    return _status(report, form.code.data, added=True, help_lines=help_lines(kept.flags))


@blueprint.route("/tack", methods=["GET", "POST"])
@open_to_all
def details() -> Answer:
    """The questions of the thanks page. Opened by itself it has nothing to show."""
    if request.method != "POST":
        return redirect(url_for("resident.report"))
    form = DetailsForm.from_request()
    report = _report(form.code.data, lock=True)
    if report is None:
        return _unknown(CodeForm.from_request())
    form.validate()  # drops what is not on the lists
    answers = Details(form.times.data, form.often.data, form.needs.data, form.age.data, form.relation.data)
    added = add_details(session, report, answers, now())
    return render_template(
        "resident/thanks.html", code=written(normalise(form.code.data or "") or ""), report=report,
        place=report.place_words, added=added, too_late=not added,
    )  # fmt: skip


def _report(code: str | None, *, lock: bool = False) -> Report | None:
    symbols = normalise(code or "")
    return report_of_code(session, symbols, settings().SECRET_KEY, lock=lock) if symbols else None


def _status(report: Report, code: str | None, form: MoreForm | None = None, **more: object) -> str:
    found = followed(session, report)
    if form is None:
        form = MoreForm(data={"code": code})
    area = translated(focus_areas()[found.focus_area].name) if found.focus_area else ""
    return render_template("resident/status.html", found=found, area=area, form=form, **more)


def _unknown(form: CodeForm) -> Answer:
    """No such code. Whoever guesses many is stopped; a right code opens all the same, for others in the same house."""
    if too_many("code", settings().CODE_GUESSES, GUESSING_WINDOW):
        raise TooManyRequests
    mistyped = normalise(form.code.data or "") is None
    if not mistyped:
        count("code")
    return render_template("resident/code.html", form=form, mistyped=mistyped, unknown=True)
