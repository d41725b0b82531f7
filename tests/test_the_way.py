"""One report from the poster's link to the published result, through HTTP, on both databases."""

from flask import Flask

from feedback.actions.manage_staff import invite
from feedback.actions.timer import tick
from feedback.domain.priority import Settings
from feedback.store.staff import Role
from feedback.web.access import now
from feedback.web.db import db
from tests.make import DARK_TUNNEL, JOINT, PASSWORD, Maker
from tests.page import Client, Page

TUNNEL = "/p/K19"


def test_from_the_poster_to_the_promise_and_back(app: Flask, client: Client) -> None:
    thanks = client.send(
        TUNNEL, text="Lamporna i tunneln lyser inte. Ring Bengt på 070-123 45 67!", areas="environment"
    )
    assert thanks.heading == "Kolla innan du skickar", "the resident sees what was masked before it is stored"
    thanks = client.post(TUNNEL, {**thanks.form(), "areas": "environment"})
    assert thanks.heading == "Tack!"
    assert "123 45 67" not in thanks.html
    code = thanks.root.find_all("output")[0].words
    assert status(client, code) == "Mottagen"

    with app.app_context():  # five others have told of the same tunnel, over three weeks
        Maker(db.session).dark_tunnel()
        db.session.commit()
        tick(db.session, now(), Settings())
        db.session.commit()
    assert status(client, code) == "Med i ett förslag"

    links = invitations(app)
    join(client, links["coordinator"], "samordnare@example.se")
    queue = client.get("/granska")
    assert "belysning" in queue.words
    address = queue.root.find_all("article")[0].find_all("a")[0].attributes["href"] or ""
    candidate = client.get(address)
    assert "Därför" in queue.words
    assert "123 45 67" not in candidate.html
    better = client.send(
        address,
        f"{address}/andra",
        "andra",
        title="Vi lagar ljuset i Sandvikstunneln",
        **JOINT,
    )
    assert better.heading == "Vi lagar ljuset i Sandvikstunneln"
    client.send(address, f"{address}/forbered", "forbered")
    client.log_out()

    join(client, links["municipality"], "kommun@example.se")
    page = client.send(address, f"{address}/beslut", "beslut", decision="approve")
    assert "Karlskoga kommun: ja" in page.words, page.words
    assert "polisen: har inte svarat" in page.words
    assert status(client, code) == "Med i ett förslag", "one yes of two is no promise"
    client.log_out()

    join(client, links["police"], "polis@example.se")
    promise = client.send(address, f"{address}/beslut", "beslut", decision="approve", note="Vi gör det.")
    assert not promise.errors
    promise_address = promise.response.request.path
    done = client.send(promise_address, text="Alla lampor lyser nu.", value="100", result="kept")
    assert "uppfyllt" in done.words
    client.log_out()

    public = client.get("/loften/" + promise_address.rpartition("/")[2])
    headings = [heading.words for heading in public.root.find_all("h2")]
    assert headings == [
        "Situationen idag", "Det här ska vi göra", "Det här ska vi åstadkomma", "Så går det", "Giltighet",
    ]  # fmt: skip
    assert "Alla lampor lyser nu." in public.words
    assert not any(text in public.html for text in DARK_TUNNEL), "nobody's own words are shown in public"
    assert "Vi lagar ljuset i Sandvikstunneln" in client.get("/loften").words
    page = client.send("/kod", code=code.lower().replace("-", " "))
    assert "Vi lagar ljuset i Sandvikstunneln" in page.words
    assert status(client, code) == "Ledde till ett löfte"


def status(client: Client, code: str) -> str:
    page = client.send("/kod", code=code)
    return page.root.find_all("li", **{"aria-current": "step"})[0].words


def invitations(app: Flask) -> dict[str, str]:
    with app.app_context():
        links = {
            "coordinator": invite(db.session, Role.COORDINATOR, now=now()),
            "municipality": invite(db.session, Role.DECIDER, now=now()),
            "police": invite(db.session, Role.DECIDER, now=now(), organisation="police"),
        }
        db.session.commit()
    return links


def join(client: Client, token: str, email: str) -> Page:
    return client.send(f"/valkommen/{token}", name=email, email=email, password=PASSWORD)
