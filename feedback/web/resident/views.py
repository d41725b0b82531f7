"""The resident's form: tell from a poster or from anywhere, and get a receipt."""

from flask import Response, make_response, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.exceptions import NotFound, TooManyRequests
from werkzeug.wrappers import Response as BaseResponse

from feedback.actions.receive_report import Screened, Submission, prepare, receive_report
from feedback.domain.cleaning import MAX_PLACE, MAX_TEXT
from feedback.domain.placelist import Place
from feedback.domain.screening import RESTRICTED, help_lines
from feedback.web.access import now, open_to_all, settings
from feedback.web.atlas import atlas, page_of_atlas
from feedback.web.db import session
from feedback.web.forms.stamp import new_stamp, read_stamp
from feedback.web.limits import address_key, is_flood
from feedback.web.locale import languages, offered_language, page_language
from feedback.web.resident import blueprint
from feedback.web.resident.forms import UNSURE, DetailsForm, ReportForm
from feedback.web.resident.where import Where, where

UNSTAMPED = "the-stamp-of-this-form"
UNCODED = "the-code-of-this-report"
MOST_FOUND = 12

Answer = Response | BaseResponse | str | tuple[str, int]


@blueprint.route("/", methods=["GET", "POST"])
@open_to_all
def report() -> Answer:
    return _report(None)


@blueprint.route("/p/<code>", methods=["GET", "POST"])
@open_to_all
def report_from_poster(code: str) -> Answer:
    place = atlas().poster(code)
    if place is None and request.method != "POST":
        return _form_page(_new_form(None), unknown_poster=code[:12]), NotFound.code
    if place and code != code.strip().upper() and request.method != "POST":
        return redirect(
            url_for("resident.report_from_poster", code=code.strip().upper())
        )  # one page for each poster
    return _report(place)


def _report(poster: Place | None) -> Answer:
    if request.method != "POST":
        return _untouched_form(poster)
    if "find" in request.form:
        return _search_page(poster)
    form = _new_form(poster)
    place = where(form, poster)
    form.found_in = place.municipality if place else None
    if not form.validate() or place is None:
        return _form_page(form)
    stamp = read_stamp(form.stamp.data or "")
    seconds = stamp.seconds(now())
    if seconds is not None and seconds < settings().MIN_SECONDS:
        return _form_page(form, problem="too_fast")
    kept = prepare(form.text.data or "", place.typed, atlas().names)
    if (kept.masked_kinds or help_lines(kept.flags)) and form.reviewed.data != "1":
        return _review_page(form, place, kept)
    nonce = (
        form.key.data or f"{stamp.nonce} {address_key('report')}"
    )  # without script many may share a kept page
    submission = _submission(form, place, nonce)
    receipt = receive_report(session, submission, kept, now=now(), secret=settings().SECRET_KEY)
    if receipt.is_new and is_flood(settings().REPORTS_IN_TEN_MINUTES):
        session.rollback()
        return _form_page(form, problem="flood"), TooManyRequests.code
    session.commit()  # stored before it is acknowledged, and nobody waits for the page to be drawn
    return render_template(
        "resident/thanks.html",
        code=receipt.code,
        report=receipt.report,
        # From the atlas: asking the database again would take its one writer's place while the page is drawn.
        place=atlas().row_names.get(place.place_id or 0, kept.place_typed),
        key=form.key.data,
        help_lines=help_lines(kept.flags),
        # Somebody in danger is shown help, not more questions.
        questions="" if RESTRICTED.intersection(kept.flags) else _questions(receipt.code),
    )


def _untouched_form(poster: Place | None) -> Response:
    """The form as everybody gets it: it says nothing about anyone, so any cache may keep it for a minute.

    The stamp is each one's own where no cache stands between us.
    """

    def draw() -> str:
        form: ReportForm = ReportForm(municipalities=atlas().municipalities, poster=poster)
        form.stamp.data = UNSTAMPED
        return _form_page(form)

    key = (page_language(), offered_language(), request.script_root, request.path)
    response = make_response(page_of_atlas(key, draw).replace(UNSTAMPED, new_stamp(), 1))
    response.cache_control.public, response.cache_control.max_age = True, 60
    response.vary.add("Accept-Language")
    return response


def _questions(code: str) -> Markup:
    """What may be answered after the receipt: drawn once in each language, with each one's own code."""

    def draw() -> str:
        return render_template("resident/_questions.html", details=DetailsForm(), code=UNCODED)

    drawn = page_of_atlas((page_language(), request.script_root, UNCODED), draw)
    return Markup(drawn.replace(UNCODED, code))  # noqa: S704 - our own template and our own code


def _new_form(poster: Place | None, places: list[Place] | None = None) -> ReportForm:
    # A place that was found on the page before is still one to choose.
    chosen = atlas().gazetteer.place(request.form.get("place_found", ""))
    form: ReportForm = ReportForm.from_request(
        municipalities=atlas().municipalities,
        poster=poster,
        places=places or ([chosen] if chosen else []),
    )
    if not form.stamp.data:
        form.stamp.data = new_stamp()
    return form


def _search_page(poster: Place | None) -> str:
    """Everything as it was, and the places that what was typed may mean."""
    typed = request.form.get("place", "")[:MAX_PLACE]
    form = _new_form(poster, atlas().gazetteer.search(typed, MOST_FOUND))
    form.searched.data = form.place.data
    return _form_page(form, searched=True)


def _submission(form: ReportForm, place: Where, nonce: str) -> Submission:
    return Submission(
        municipality=place.municipality,
        nonce=nonce,
        place_id=place.place_id,
        place_typed=place.typed,
        text=form.text.data or "",
        areas=[area for area in form.areas.data or () if area != UNSURE],
        safe_light=form.safe_light.data,
        safe_dark=form.safe_dark.data,
        page_lang=languages()[page_language()].tag,
        robot=bool(form.website.data),
    )


def _form_page(form: ReportForm, **more: object) -> str:
    positions = any(place.position for place in atlas().places)
    return render_template(
        "resident/report.html", form=form, poster=form.poster, positions=positions, most=MAX_TEXT, **more
    )


def _review_page(form: ReportForm, place: Where, kept: Screened) -> str:
    """Show what we would keep, and the right help, before anything is stored."""
    form.text.data, form.reviewed.data = kept.text, "1"
    if form.place.data and not form.chosen_place:
        town = atlas().municipalities[place.municipality]
        form.place.data = f"{kept.place_typed}, {town}" if kept.place_typed else ""
    return _form_page(form, kept=kept, help_lines=help_lines(kept.flags))
