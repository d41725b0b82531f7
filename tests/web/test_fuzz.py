"""Whatever is sent to whichever form by whomever, the answer is a page."""

from random import Random

import pytest
from flask import Flask

from feedback.store.staff import Role
from feedback.web.db import session
from tests.make import PASSWORD, Maker
from tests.page import Client

ODD = (
    "", " ", "0", "-1", "1", "7", "99999999999999999999", "²", "1e9", "true", "None", "\x00", "\ud83d", "å" * 3000,
    "'; DROP TABLE report;--", "{{7*7}}", "<script>", "%s%s%n", "../../etc/passwd", "2026-02-30", "0001-01-01",
    "9999-12-31", "approve", "approve_with_changes", "defer", "merge", "refer", "reject", "not_measurable", "kept",
    "paused", "in_progress", "municipality", "police", "karlskoga", "Skranta torg, Karlskoga", "environment", "😱" * 50,
    "decider", "\u202eabc", "a@b.se", "restricted", "alla", "//evil.example",
)  # fmt: skip
FIELDS = (
    "municipality", "place", "safe_light", "areas", "text", "needs", "stamp", "reviewed", "website", "code", "revision",
    "title", "situation", "doing", "outcome", "measure", "target", "unit", "givers", "owner", "external", "starts_on",
    "due_on", "follow_up_on", "cause", "decision", "reason", "note", "until", "merge_into", "refer_to", "on", "value",
    "result", "version", "handled_as", "reports", "email", "password", "next", "name", "role", "organisation",
    "kommun", "sida", "lage",
)  # fmt: skip


@pytest.mark.parametrize("role", [None, *Role], ids=str)
def test_no_form_and_no_address_answers_with_a_fault(app: Flask, role: Role | None) -> None:
    chance = Random(f"fuzz {role}")
    client = Client(app)
    with app.app_context():
        maker = Maker(session)
        maker.candidate()
        email = maker.user(role).email if role else ""
        session.commit()
    token = ""
    if role:
        client.log_in(email, PASSWORD)
        page = client.get("/granska")
        token = (
            page.root.find_all("input", name="csrf_token")[0].attributes["value"] or ""
            if page.status == 200
            else ""
        )
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "admin.log_out":
            continue
        for method in (rule.methods or set()) & {"GET", "POST"}:
            for _ in range(4):
                address = rule.rule
                for part in ("<id:candidate_id>", "<id:report_id>"):
                    address = address.replace(part, chance.choice(("1", "2", "2147483647")))
                for part in ("<slug>", "<code>", "<token>"):
                    address = address.replace(
                        part, chance.choice(("x", "%00", "å", "K19", "a" * 500, "%F0%9F"))
                    )
                sent = {name: chance.sample(ODD, chance.randint(0, 2)) for name in FIELDS}
                sent["csrf_token"] = [token]
                kept = {"data": encodable(sent)} if method == "POST" else {"query_string": encodable(sent)}
                response = client.http.open(address, method=method, base_url="https://localhost", **kept)
                assert response.status_code < 500, (method, address, sent)


def encodable(sent: dict[str, list[str]]) -> dict[str, list[bytes]]:
    """As bytes, so that half a character can be sent too."""
    return {
        name: [value.encode("utf-8", "surrogatepass") for value in values] for name, values in sent.items()
    }
