"""Log in, log out, accept an invitation, invite others."""

from urllib.parse import urlsplit

from flask import redirect, render_template, request, url_for
from werkzeug.exceptions import Gone, TooManyRequests
from werkzeug.wrappers import Response

from feedback.actions.errors import InvitationOver, NotAllowed, TooManyAttempts
from feedback.actions.manage_staff import (
    accept_invitation,
    invite,
    log_in,
    log_out,
    open_invitation,
    start_login,
)
from feedback.store.place import municipality_names
from feedback.store.staff import Role, users
from feedback.web.access import (
    ADMINISTER,
    STAFF,
    cookie_name,
    forget_login,
    now,
    only,
    open_to_all,
    remember_login,
    settings,
)
from feedback.web.admin import blueprint
from feedback.web.admin.forms import ORGANISATIONS, ROLES, InviteForm, LogInForm, LogOutForm, WelcomeForm
from feedback.web.db import session
from feedback.web.limits import address_key
from feedback.web.words import REFUSALS

Page = str | tuple[str, int] | Response
HOME = "council.queue"


@blueprint.route("/logga-in", methods=["GET", "POST"], endpoint="log_in")
@open_to_all
def log_in_page() -> Page:
    form = LogInForm.from_request()
    if request.method == "GET":
        form.next.data = request.args.get("next", "")
    if form.is_sent_and_valid():
        try:
            token = log_in(
                session, email=form.email.data, password=form.password.data,
                address_key=address_key("login"),
                guesses=settings().LOGIN_GUESSES, hours=settings().LOGIN_HOURS, now=now(),
            )  # fmt: skip
        except TooManyAttempts:
            raise TooManyRequests(retry_after=15 * 60) from None
        if token:
            answer = redirect(_own_page(form.next.data or "") or url_for(HOME), 303)
            remember_login(answer, token)
            return answer
        form.password.errors = ["E-postadressen eller lösenordet stämmer inte."]
    return render_template("admin/log_in.html", form=form)


@blueprint.post("/logga-ut", endpoint="log_out")
@only(STAFF)
def log_out_page() -> Page:
    if LogOutForm.from_request().validate():
        log_out(session, request.cookies.get(cookie_name(), ""))
    answer = redirect(url_for("admin.log_in"), 303)
    forget_login(answer)
    return answer


@blueprint.route("/valkommen/<token>", methods=["GET", "POST"])
@open_to_all
def welcome(token: str) -> Page:
    form = WelcomeForm.from_request()
    try:
        open_invitation(session, token, now())
        if form.is_sent_and_valid():
            user = accept_invitation(
                session, token, email=form.email.data, name=form.name.data, password=form.password.data,
                now=now(),
            )  # fmt: skip
            answer = redirect(url_for(HOME), 303)
            remember_login(answer, start_login(session, user, hours=settings().LOGIN_HOURS, now=now()))
            return answer
    except InvitationOver:
        return render_template("admin/invitation_over.html"), Gone.code
    except NotAllowed as error:
        form.email.errors = [REFUSALS[error.why]]
    return render_template("admin/welcome.html", form=form)


@blueprint.route("/granska/anvandare", methods=["GET", "POST"])
@only(ADMINISTER)
def people() -> Page:
    known = municipality_names(session)
    form = InviteForm.from_request(municipalities=known)
    link = None
    if form.is_sent_and_valid():
        token = invite(
            session, Role(form.role.data), now=now(), organisation=form.organisation.data,
            municipality=form.municipality.data or None,
        )  # fmt: skip
        link = settings().PUBLIC_URL + url_for("admin.welcome", token=token)
    return render_template(
        "admin/people.html", form=form, link=link, users=users(session), municipalities=known,
        roles={role.value: label for role, label in ROLES.items()}, organisations=ORGANISATIONS,
    )  # fmt: skip


def _own_page(address: str) -> str | None:
    """The address if it is a page of ours: never send anybody to another site after login."""
    parts = urlsplit(address)
    ours = not parts.scheme and not parts.netloc and address.startswith("/") and "\\" not in address
    return address if ours and not address.startswith("//") else None
