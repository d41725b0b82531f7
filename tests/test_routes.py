"""Every route stands here under its access rule; a new one must be put in its place."""

import pytest
from flask import Flask

from feedback.store.staff import Role
from feedback.web.access import ADMINISTER, DECIDE, FOLLOW_UP, REVIEW, STAFF
from feedback.web.db import db
from tests.make import PASSWORD, Maker
from tests.page import Client

ROUTES = {
    frozenset(): {
        "/", "/p/<code>", "/kod", "/kod/mer", "/tack", "/hjalp", "/platser.json", "/tillganglighet", "/loften", "/loften/<slug>", "/integritet",
        "/logga-in", "/valkommen/<token>",
    },
    REVIEW: {
        "/granska", "/granska/forslag/<id:candidate_id>", "/granska/forslag/<id:candidate_id>/andra",
        "/granska/forslag/<id:candidate_id>/forbered", "/granska/rapporter", "/granska/rapporter/lasta",
        "/granska/rapporter/<id:report_id>", "/granska/rapporter/<id:report_id>/skicka",
        "/granska/rapporter/<id:report_id>/in", "/granska/rapporter/<id:report_id>/tema",
        "/granska/rapporter/rattelser", "/granska/rapporter/rattelser/<id:correction_id>/angra", "/granska/loften", "GET /granska/loften/<slug>",
    },
    DECIDE: {"/granska/forslag/<id:candidate_id>/beslut"},
    FOLLOW_UP: {"POST /granska/loften/<slug>"},
    ADMINISTER: {"/granska/anvandare"},
    STAFF: {"/logga-ut"},
}  # fmt: skip


def test_every_route_stands_under_its_rule(app: Flask) -> None:
    found: dict[frozenset[Role], set[str]] = {}
    rules = list(app.url_map.iter_rules())
    for rule in rules:
        access = app.view_functions[rule.endpoint].access  # type: ignore[attr-defined]
        twins = [other for other in rules if other.rule == rule.rule and other.endpoint != rule.endpoint]
        method = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})[0]
        found.setdefault(access, set()).add(f"{method} {rule.rule}" if twins else rule.rule)
    assert found == ROUTES


@pytest.mark.parametrize("role", [None, *Role], ids=str)
def test_each_role_opens_what_it_may_and_nothing_else(app: Flask, client: Client, role: Role | None) -> None:
    with app.app_context():
        maker = Maker(db.session)
        maker.candidate()
        email = maker.user(role).email if role else ""
        db.session.commit()
    if role:
        client.log_in(email, PASSWORD)
    for rule in app.url_map.iter_rules():
        access = app.view_functions[rule.endpoint].access  # type: ignore[attr-defined]
        if not access or rule.endpoint == "admin.log_out":
            continue
        address = (
            rule.rule.replace("<id:candidate_id>", "1")
            .replace("<id:report_id>", "1")
            .replace("<id:correction_id>", "1")
            .replace("<slug>", "x")
        )
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            response = client.http.open(address, method=method, base_url="https://localhost")
            if role is None:
                assert response.status_code == (302 if method == "GET" else 401), (method, address)
                assert method != "GET" or "/logga-in" in response.location
            elif role in access:
                assert response.status_code in {200, 302, 400, 404}, (method, address, response.status_code)
            else:
                assert response.status_code == 403, (method, address)


def test_residents_and_readers_get_no_cookie(client: Client) -> None:
    for address in ("/", "/p/K12", "/p/FINNSINTE", "/kod", "/loften", "/hjalp", "/integritet", "/finns-inte"):
        page = client.get(address)
        assert "Set-Cookie" not in page.response.headers, address
        assert "Cookie" not in page.response.headers.get("Vary", ""), address


def test_every_page_carries_the_security_headers(client: Client) -> None:
    for address in ("/", "/granska", "/finns-inte"):
        headers = client.get(address).response.headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_forms_from_other_sites_are_refused(client: Client) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        page = client.post(
            "/", {"place": "Skranta", "municipality": "karlskoga", "text": "mörkt"}, headers=headers
        )
        assert page.status == 403


def test_a_get_never_writes(app: Flask) -> None:
    """Not by good will: the database itself refuses."""
    from sqlalchemy.exc import DatabaseError

    from feedback.store.place import Municipality

    with app.test_request_context("/", method="GET"):
        app.preprocess_request()
        db.session.add(Municipality(slug="x", name="x", council="x"))
        with pytest.raises(DatabaseError):
            db.session.flush()
        db.session.rollback()
