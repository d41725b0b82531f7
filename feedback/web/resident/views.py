"""The resident's pages: tell, get a receipt, look it up."""

from datetime import timedelta

from flask import render_template, request
from werkzeug.exceptions import NotFound, TooManyRequests

from feedback.actions.follow_report import follow_report
from feedback.actions.receive_report import Screened, Submission, prepare, receive_report
from feedback.actions.secrets import day_key
from feedback.domain.placelist import Place
from feedback.domain.receipt import normalise
from feedback.domain.screening import all_help_lines, help_lines
from feedback.store.throttle import attempts, count_attempt
from feedback.web.access import now, open_to_all, settings
from feedback.web.atlas import atlas, page_of_atlas
from feedback.web.db import session
from feedback.web.forms.stamp import new_stamp, read_stamp
from feedback.web.locale import page_language
from feedback.web.resident import blueprint
from feedback.web.resident.forms import UNSURE, CodeForm, ReportForm
from feedback.web.resident.where import Where, where

UNSTAMPED = "the-stamp-of-this-form"


@blueprint.route("/", methods=["GET", "POST"])
@open_to_all
def report() -> str:
    return _report(None)


@blueprint.route("/p/<code>", methods=["GET", "POST"])
@open_to_all
def report_from_poster(code: str) -> tuple[str, int] | str:
    place = atlas().poster(code)
    if place is None and request.method == "GET":
        return _form_page(_new_form(None), None, unknown_poster=code[:12]), NotFound.code
    return _report(place)


def _report(poster: Place | None) -> str:
    if request.method == "GET":
        return _untouched_form(poster)
    form = _new_form(poster)
    place = where(form, poster)
    form.found_in = place.municipality if place else None
    if not form.validate() or place is None:
        return _form_page(form, poster)
    stamp = read_stamp(form.stamp.data or "")
    seconds = stamp.seconds(now())
    if seconds is not None and seconds < settings().MIN_SECONDS:
        return _form_page(form, poster, too_fast=True)
    kept = prepare(form.text.data or "", place.typed, atlas().names)
    if (kept.masked_kinds or help_lines(kept.flags)) and form.reviewed.data != "1":
        return _review_page(form, poster, kept)
    submission = _submission(form, place, stamp.nonce)
    receipt = receive_report(session, submission, kept, now=now(), secret=settings().SECRET_KEY)
    session.commit()  # stored before it is acknowledged, and nobody waits for the page to be drawn
    return render_template(
        "resident/thanks.html", receipt=receipt, report=receipt.report, help_lines=help_lines(kept.flags)
    )


@blueprint.route("/kod", methods=["GET", "POST"])
@open_to_all
def receipt() -> str | tuple[str, int]:
    form = CodeForm.from_request()
    if request.method == "GET":
        return render_template("resident/code.html", form=form)
    key = day_key(settings().SECRET_KEY, "code", request.remote_addr or "", now().date())
    symbols = normalise(form.code.data or "")
    found = follow_report(session, symbols, settings().SECRET_KEY) if symbols else None
    if found is None:
        if attempts(session, key, now() - timedelta(hours=1)) >= settings().CODE_GUESSES:
            raise TooManyRequests
        if symbols:
            count_attempt(session, key, now())
        return render_template("resident/code.html", form=form, mistyped=symbols is None, unknown=True)
    return render_template("resident/status.html", found=found)


@blueprint.get("/hjalp")
@open_to_all
def help_page() -> str:
    return render_template("resident/help.html", help_lines=all_help_lines())


def _untouched_form(poster: Place | None) -> str:
    """The form as everybody gets it, with a stamp of its own: a poster is opened far more often than answered."""

    def draw() -> str:
        form: ReportForm = ReportForm(municipalities=atlas().municipalities, poster=poster)
        form.stamp.data = UNSTAMPED
        return _form_page(form, poster)

    key = (page_language(), request.script_root, request.path)
    return page_of_atlas(key, draw).replace(UNSTAMPED, new_stamp(), 1)


def _new_form(poster: Place | None) -> ReportForm:
    form: ReportForm = ReportForm.from_request(municipalities=atlas().municipalities, poster=poster)
    if not form.stamp.data:
        form.stamp.data = new_stamp()
    return form


def _submission(form: ReportForm, place: Where, nonce: str) -> Submission:
    return Submission(
        municipality=place.municipality,
        nonce=nonce,
        place_id=place.place_id,
        place_typed=place.typed,
        text=form.text.data or "",
        areas=[area for area in form.areas.data or () if area != UNSURE],
        needs=form.needs.data or (),
        safe_light=form.safe_light.data,
        safe_dark=form.safe_dark.data,
        page_lang=page_language(),
        robot=bool(form.website.data),
    )


def _form_page(form: ReportForm, poster: Place | None, **more: object) -> str:
    return render_template(
        "resident/report.html", form=form, poster=poster, places=atlas().places,
        municipality_names=atlas().municipalities, **more,
    )  # fmt: skip


def _review_page(form: ReportForm, poster: Place | None, kept: Screened) -> str:
    """Show what we would keep, and the right help, before anything is stored."""
    form.text.data, form.place.data, form.reviewed.data = kept.text, kept.place_typed, "1"
    return _form_page(form, poster, kept=kept, help_lines=help_lines(kept.flags))
