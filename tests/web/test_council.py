"""The council's pages: decisions, collisions, refusals."""

import pytest
from flask import Flask

from feedback.actions.understand_reports import understand_reports
from feedback.store.candidate import get
from feedback.store.staff import Role
from feedback.web.access import now
from feedback.web.db import session
from tests.make import PASSWORD, Maker
from tests.page import Client, Page

TEXT = "Vi lagar lamporna i Sandvikstunneln före jul."


@pytest.fixture
def candidate(app: Flask) -> str:
    """The address of a prepared candidate of the dark tunnel."""
    with app.app_context():
        maker = Maker(session)
        found = maker.candidate()
        for role in (Role.REVIEWER, Role.COORDINATOR, Role.ADMINISTRATOR):
            maker.user(role)
        maker.user(Role.DECIDER)
        maker.user(Role.DECIDER, "police")
        maker.user(Role.DECIDER, "energy")
        address = f"/granska/forslag/{found.id}"
        session.commit()
    coordinator = as_role(app, Role.COORDINATOR)
    coordinator.send(address, f"{address}/forbered", "forbered")
    return address


def as_role(app: Flask, role: Role, organisation: str = "municipality") -> Client:
    client = Client(app)
    assert client.log_in(f"{role}-{organisation}@example.se", PASSWORD).status == 200
    return client


def decide(client: Client, address: str, **filled: object) -> Page:
    return client.send(address, f"{address}/beslut", "beslut", **filled)


def test_two_deciders_at_once_the_second_is_told(app: Flask, candidate: str) -> None:
    first, second = as_role(app, Role.COORDINATOR), as_role(app, Role.DECIDER)
    opened = second.get(candidate).form("beslut")
    decide(first, candidate, decision="reject", reason="not_measurable", note="Det går inte att mäta.")
    late = second.post(f"{candidate}/beslut", {**opened, "decision": "approve", "note": "Ja, det gör vi."})
    assert late.status == 409
    assert "Någon har ändrat sedan du öppnade" in late.words
    assert "avslaget (Det går inte att mäta.)" in late.words


def test_two_editors_at_once_the_second_keeps_the_text(app: Flask, candidate: str) -> None:
    first, second = as_role(app, Role.REVIEWER), as_role(app, Role.COORDINATOR)
    opened = second.get(candidate).form("andra")
    first.send(candidate, f"{candidate}/andra", "andra", title="Ljus i tunneln")
    late = second.post(f"{candidate}/andra", {**opened, "situation": TEXT})
    assert late.status == 409
    assert late.form("andra")["situation"] == TEXT
    assert late.form("andra")["title"] != "Ljus i tunneln", "what the second one typed is kept as it was"
    again = second.post(f"{candidate}/andra", late.form("andra"))
    assert again.status == 200, "the second one has seen what happened and may save"


@pytest.mark.parametrize(
    ("decision", "needed", "sentence"),
    [
        ("reject", {}, "Välj ett skäl. Det visas för dem som har berättat."),
        ("defer", {"reason": "too_little_evidence"}, "Skriv till vilken dag förslaget ska vila."),
        ("merge", {"reason": "already_under_way"}, "Välj vilket förslag det ska slås ihop med."),
        ("refer", {"reason": "fault_reported"}, "Skriv vem förslaget ska skickas till."),
        ("", {}, "Välj ett beslut."),
    ],
)
def test_a_decision_without_what_it_needs_is_told_so(
    app: Flask, candidate: str, decision: str, needed: dict[str, str], sentence: str
) -> None:
    page = decide(as_role(app, Role.COORDINATOR), candidate, decision=decision, note=TEXT, **needed)
    assert sentence in page.errors
    assert page.form("beslut")["note"] == TEXT


@pytest.mark.parametrize(
    ("decision", "needed", "shown"),
    [
        ("reject", {"reason": "not_measurable"}, "Blir inget löfte. Det går inte att mäta."),
        (
            "defer",
            {"reason": "too_little_evidence", "until": "2099-01-15"},
            "Väntar till den 15 januari 2099",
        ),
        ("refer", {"reason": "fault_reported", "refer_to": "felanmälan"}, "Skickat vidare till: felanmälan"),
    ],
)
def test_every_no_is_public_with_its_reason(
    app: Flask, client: Client, candidate: str, decision: str, needed: dict[str, str], shown: str
) -> None:
    decide(as_role(app, Role.COORDINATOR), candidate, decision=decision, note=TEXT, **needed)
    page = client.get("/loften")
    assert shown in page.words
    assert TEXT in page.words


def test_a_date_that_is_no_date_gets_a_sentence(app: Flask, candidate: str) -> None:
    page = decide(
        as_role(app, Role.COORDINATOR), candidate, decision="defer", reason="already_under_way", until="i vår"
    )
    assert "Skriv datumet så här: 2026-11-23." in page.errors


def test_a_giver_that_is_not_named_cannot_say_yes(app: Flask, candidate: str) -> None:
    page = decide(as_role(app, Role.DECIDER, "police"), candidate, decision="approve")
    assert page.errors == ["Din organisation står inte som löftesgivare i det här förslaget."]


def test_a_giver_says_yes_once(app: Flask, candidate: str) -> None:
    client = as_role(app, Role.DECIDER)
    decide(client, candidate, decision="approve")
    assert decide(client, candidate, decision="approve").errors == ["Din organisation har redan sagt ja."]


def test_a_text_with_hard_faults_cannot_be_approved(app: Flask, candidate: str) -> None:
    as_role(app, Role.REVIEWER).send(
        candidate, f"{candidate}/andra", "andra", doing="Vi ska verka för ökad trygghet."
    )
    page = decide(as_role(app, Role.DECIDER), candidate, decision="approve")
    assert "Texten har fel som måste rättas först." in page.errors[0]
    assert "Måste rättas" in page.words


def test_a_changed_text_asks_every_giver_again(app: Flask, candidate: str) -> None:
    decide(as_role(app, Role.DECIDER), candidate, decision="approve")
    as_role(app, Role.REVIEWER).send(candidate, f"{candidate}/andra", "andra", title="Ljus i Sandvikstunneln")
    with app.app_context():
        found = get(session, int(candidate.rpartition("/")[2]))
        assert found
        assert found.waiting_for == list(found.givers)


def test_an_edit_with_holes_is_told_and_kept(app: Flask, candidate: str) -> None:
    page = as_role(app, Role.REVIEWER).send(
        candidate,
        f"{candidate}/andra",
        "andra",
        title="",
        target="många",
        due_on="31 februari",
        situation=TEXT,
    )
    assert page.errors == ["Fyll i det här.", "Skriv ett helt tal.", "Skriv datumet så här: 2026-11-23."]
    assert page.form("andra")["situation"] == TEXT


def test_sensitive_reports_are_for_the_coordinator(app: Flask, candidate: str) -> None:
    with app.app_context():
        report = Maker(session).report("Min man slår mig varje kväll, jag vågar inte gå hem").report
        session.commit()
        address = f"/granska/rapporter/{report.id}"
    reviewer, coordinator = as_role(app, Role.REVIEWER), as_role(app, Role.COORDINATOR)
    assert reviewer.get(address).status == 403
    assert reviewer.get("/granska/rapporter?lage=restricted").status == 403
    assert "slår mig" not in reviewer.get("/granska/rapporter").html
    assert "Den som ska agera: socialtjänsten" in coordinator.get(address).words
    assert "slår mig" in coordinator.get("/granska/rapporter?lage=restricted").html


def test_lists_are_split_by_municipality(app: Flask, candidate: str) -> None:
    client = as_role(app, Role.COORDINATOR)
    assert client.get("/granska?kommun=karlskoga").root.find_all("article")
    assert not client.get("/granska?kommun=degerfors").root.find_all("article")
    for list_page in ("/granska/rapporter", "/granska/loften", "/loften"):
        assert client.get(f"{list_page}?kommun=degerfors").status == 200
        assert client.get(f"{list_page}?kommun=%00%F0").status == 200


def test_pages_that_are_not_there_are_404(app: Flask, candidate: str) -> None:
    client = as_role(app, Role.COORDINATOR)
    for address in (
        "/granska/forslag/999",
        "/granska/rapporter/999",
        "/granska/loften/finns-inte",
        "/loften/finns-inte",
    ):
        assert client.get(address).status == 404
    assert client.get("/granska?sida=-1").status == 200
    assert client.get("/granska/rapporter?sida=99999").status == 200
    assert client.get("/granska/forslag/99999999999999999999").status == 404


def test_a_report_is_sent_on_and_its_code_tells(app: Flask, client: Client, candidate: str) -> None:
    form = {**client.get("/p/K19").form(), "text": "lampan vid trappan lyser inte"}
    code = client.post("/p/K19", form).root.find_all("output")[0].words
    staff = as_role(app, Role.REVIEWER)
    links = staff.get("/granska/rapporter").root.find_all("a")
    address = next(link.attributes["href"] for link in links if "vid trappan" in link.words) or ""
    assert staff.send(address, f"{address}/skicka", "skicka", handled_as="felanmälan").status == 200
    assert "Skickad till: felanmälan." in client.send("/kod", code=code).words


def test_wrong_passwords_are_limited_for_the_guesser_only(app: Flask, candidate: str) -> None:
    guesser, owner = Client(app), Client(app)
    for _ in range(10):
        page = guesser.send(
            "/logga-in", email="reviewer-municipality@example.se", password="fel lösenord här"
        )
        assert "stämmer inte" in page.words
    assert (
        guesser.send("/logga-in", email="reviewer-municipality@example.se", password=PASSWORD).status == 429
    )
    owner.http.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    assert (
        owner.log_in("reviewer-municipality@example.se", PASSWORD).heading == "Förslag till medborgarlöften"
    )


def test_login_leads_on_to_our_own_pages_only(app: Flask, candidate: str) -> None:
    for elsewhere in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        client = Client(app)
        form = client.get("/logga-in").form()
        answer = client.http.post(
            "/logga-in", base_url="https://localhost",
            data={**form, "email": "reviewer-municipality@example.se", "password": PASSWORD, "next": elsewhere},
        )  # fmt: skip
        assert answer.location == "/granska"


def test_a_form_without_the_logins_token_changes_nothing(app: Flask, candidate: str) -> None:
    client = as_role(app, Role.COORDINATOR)
    form = {
        **client.get(candidate).form("beslut"),
        "decision": "reject",
        "reason": "not_measurable",
        "csrf_token": "x",
    }
    page = client.post(f"{candidate}/beslut", form)
    assert "Du har loggat in på nytt sedan sidan öppnades. Tryck en gång till." in page.errors


def test_an_invitation_works_once(app: Flask, candidate: str) -> None:
    admin = as_role(app, Role.ADMINISTRATOR)
    page = admin.send("/granska/anvandare", role="decider", organisation="housing", municipality="degerfors")
    link = page.root.find_all("code")[0].words.removeprefix("https://localhost")
    person = {"name": "Test Testsson", "email": "ny@example.se", "password": "ett långt och bra lösenord"}
    assert Client(app).send(link, **{**person, "password": "kort"}).errors == ["Minst 12 tecken, högst 200."]
    assert Client(app).send(link, **person).heading == "Förslag till medborgarlöften"
    assert Client(app).get(link).status == 410
    assert "ny@example.se" in admin.get("/granska/anvandare").words


def test_a_decider_of_another_municipality_changes_nothing(app: Flask, candidate: str) -> None:
    with app.app_context():
        Maker(session).user(Role.DECIDER, "housing", municipality="degerfors")
        session.commit()
    stranger = as_role(app, Role.DECIDER, "housing")
    refused = ["Förslaget gäller en annan kommun än din."]
    assert decide(stranger, candidate, decision="reject", reason="not_measurable").errors == refused
    assert stranger.send(candidate, f"{candidate}/andra", "andra", title="Mitt").errors == refused


def test_a_stranger_among_the_givers_cannot_say_no_either(app: Flask, candidate: str) -> None:
    page = decide(as_role(app, Role.DECIDER, "police"), candidate, decision="reject", reason="not_measurable")
    assert page.errors == ["Din organisation står inte som löftesgivare i det här förslaget."]


def test_an_address_with_a_nul_is_no_page(client: Client) -> None:
    for address in ("/loften/a%00b", "/p/%00", "/valkommen/%00"):
        assert client.get(address).status == 404


def test_a_login_that_ended_sends_people_back_to_what_they_wrote(app: Flask, candidate: str) -> None:
    client = as_role(app, Role.REVIEWER)
    opened = client.get(candidate).form("andra")
    client.log_out()
    page = client.post(f"{candidate}/andra", opened)
    assert page.status == 401
    assert "Gå sedan tillbaka hit: det du skrev finns kvar." in page.words


def test_what_was_handed_over_stays_sensitive(app: Flask, client: Client, candidate: str) -> None:
    with app.app_context():
        told = Maker(session).report("Min man slår mig varje kväll, jag vågar inte gå hem")
        session.commit()
        address = f"/granska/rapporter/{told.report.id}"
    coordinator = as_role(app, Role.COORDINATOR)
    coordinator.send(address, f"{address}/skicka", "skicka", handled_as="socialtjänsten")
    assert as_role(app, Role.REVIEWER).get(address).status == 403
    page = client.send("/kod", code=told.code)
    assert "socialtjänsten" not in page.words, "whoever holds the phone learns nothing"


def test_an_ordinary_report_that_was_held_back_is_let_in(app: Flask, candidate: str) -> None:
    with app.app_context():
        report = Maker(session).report("😱😱😱").report
        session.commit()
        address = f"/granska/rapporter/{report.id}"
    page = as_role(app, Role.REVIEWER).send(address, f"{address}/in", "in")
    assert page.status == 200
    with app.app_context():
        understand_reports(session, now())
        session.commit()
    assert "fick ett tema" in as_role(app, Role.REVIEWER).get(address).words


def test_a_burst_of_reports_is_told_to_those_who_read_them(
    app: Flask, client: Client, candidate: str
) -> None:
    staff = as_role(app, Role.REVIEWER)
    assert staff.get("/granska").heading == "Förslag till medborgarlöften"
    assert "Ovanligt många rapporter" not in staff.get("/granska").words
    for number in range(25):
        client.send("/p/K19", text=f"mörkt {number}")
    assert "Ovanligt många rapporter" in staff.get("/granska").words


def test_a_reviewer_reads_what_was_answered_after_the_report(
    app: Flask, client: Client, candidate: str
) -> None:
    thanks = client.send("/p/K19", text="mörkt vid trappan", areas="safe_here", safe_dark="unsafe")
    client.post(
        "/tack",
        {**thanks.form("/tack"), "times": ["night"], "often": "daily", "age": "65", "relation": "lives"},
    )
    staff = as_role(app, Role.REVIEWER)
    links = staff.get("/granska/rapporter").root.find_all("a")
    page = staff.get(next(link.attributes["href"] for link in links if "vid trappan" in link.words) or "")
    for words in (
        "i mörker: Ganska otrygg",
        "Natt, Nästan varje dag",
        "65 år eller äldre, Jag bor här",
        "Jag känner mig trygg här",
    ):
        assert words in page.words


def test_a_reviewer_corrects_a_theme_and_takes_it_back(app: Flask, candidate: str) -> None:
    staff = as_role(app, Role.REVIEWER)
    address = "/granska/rapporter/1"
    page = staff.send(address, f"{address}/tema", "tema", theme="speed")
    assert page.status == 200
    assert "För hög fart" in page.words
    assert "rättat av" in page.words
    again = staff.send(address, f"{address}/tema", "tema", theme="speed")
    assert again.errors == ["Temat är redan det du valde."]
    listed = staff.get("/granska/rapporter/rattelser")
    assert "Trasig eller svag belysning → För hög fart" in listed.words
    undone = staff.send("/granska/rapporter/rattelser", "/granska/rapporter/rattelser/1/angra", "angra")
    assert undone.status == 200
    assert "Ångrad av" in undone.words


def test_a_theme_that_does_not_exist_is_refused_in_words(app: Flask, candidate: str) -> None:
    staff, address = as_role(app, Role.REVIEWER), "/granska/rapporter/1"
    page = staff.post(f"{address}/tema", {**staff.get(address).form("tema"), "theme": "hittepå"})
    assert page.status in (200, 400)
    assert page.errors
