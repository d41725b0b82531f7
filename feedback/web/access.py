"""Who may open what. Every view carries its rule; a view without one stops the start."""

import hmac
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from feedback.actions.secrets import key_for, token_hash
from feedback.config import Settings
from feedback.store.staff import Role, User, login_by_hash
from feedback.web.db import session

View = TypeVar("View", bound=Callable[..., Any])

REVIEW = frozenset({Role.REVIEWER, Role.DECIDER, Role.COORDINATOR, Role.ADMINISTRATOR})
DECIDE = frozenset({Role.DECIDER, Role.COORDINATOR})
FOLLOW_UP = frozenset({Role.REVIEWER, Role.DECIDER, Role.COORDINATOR})
ADMINISTER = frozenset({Role.ADMINISTRATOR})
STAFF = frozenset(Role)


def open_to_all(view: View) -> View:
    """Anyone may open it; it never looks at a login and sets no cookie."""
    view.access = frozenset()  # type: ignore[attr-defined]
    return view


def only(roles: frozenset[Role]) -> Callable[[View], View]:
    """Only logged-in people with one of the roles."""

    def mark(view: View) -> View:
        view.access = roles  # type: ignore[attr-defined]
        return view

    return mark


def now() -> datetime:
    return datetime.now(UTC)


def settings() -> Settings:
    found: Settings = current_app.extensions["feedback"]
    return found


def user() -> User:
    """The person who is logged in; only for views that are not open to all."""
    person: User = g.user
    return person


def csrf_token() -> str:
    """Belongs to one login: a form without it did not come from a page we showed that person."""
    return hmac.digest(key_for(settings().SECRET_KEY, "csrf"), g.login_token.encode(), "sha256").hex()


def cookie_name() -> str:
    return "__Host-staff" if settings().SECURE_COOKIES else "staff"


def remember_login(response: BaseResponse, token: str) -> None:
    response.set_cookie(
        cookie_name(), token, max_age=settings().LOGIN_HOURS * 3600,
        secure=settings().SECURE_COOKIES, httponly=True, samesite="Lax", path="/",
    )  # fmt: skip


def forget_login(response: BaseResponse) -> None:
    response.delete_cookie(
        cookie_name(), secure=settings().SECURE_COOKIES, httponly=True, samesite="Lax", path="/"
    )


def init_app(app: Flask) -> None:
    app.before_request(check_access)
    app.context_processor(lambda: {"user": g.get("user"), "csrf_token": csrf_token})


def check_every_view(app: Flask) -> None:
    """Stop the start if a view carries no rule."""
    for endpoint, view in app.view_functions.items():
        if not hasattr(view, "access"):
            raise RuntimeError(f"{endpoint} carries no access rule")


def check_access() -> BaseResponse | None:
    if request.endpoint is None:
        return None
    roles: frozenset[Role] = getattr(current_app.view_functions[request.endpoint], "access")  # noqa: B009
    if not roles:
        return None
    token = request.cookies.get(cookie_name(), "")
    login = login_by_hash(session, token_hash(token), now()) if token else None
    if login is None and request.method != "GET":
        abort(401)  # a redirect would throw away what was typed; this page sends people back to it
    if login is None:
        return redirect(url_for("admin.log_in", next=request.path))
    g.user, g.login_token = login.user, token
    if login.user.role not in roles:
        abort(403)
    return None
