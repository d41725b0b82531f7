"""The minute on the phone: what the form takes, offers, keeps and refuses."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.event import listen

from feedback.config import Settings
from feedback.store.place import Place
from feedback.web.app import create_app
from feedback.web.db import db, session
from tests.make import NOW
from tests.page import Client, Page
from tests.web.stored import how_many, stored

KEY = "1q2w3e4r5t6y7u8i9o0p"


def code_of(page: Page) -> str:
    return page.root.find_all("output", id="receipt")[0].words


def checked(page: Page, name: str) -> list[str | None]:
    boxes = page.root.find_all("input", name=name)
    return [box.attributes["value"] for box in boxes if "checked" in box.attributes]


def test_a_choice_alone_is_a_report_and_so_are_words_alone(app: Flask, client: Client) -> None:
    assert client.send("/p/K19", areas="traffic").heading == "Tack!"
    assert client.send("/p/K19", text="de kör som galningar").heading == "Tack!"
    assert [(report.areas, report.text) for report in stored(app)] == [
        (["traffic"], ""), ([], "de kör som galningar"),
    ]  # fmt: skip


def test_feeling_safe_is_an_answer_and_asks_why(app: Flask, client: Client) -> None:
    from feedback.actions.understand_reports import understand_reports
    from feedback.web.access import now

    assert "Vad gör platsen trygg?" in client.get("/p/K19").words
    thanks = client.send(
        "/p/K19", areas="safe_here", safe_dark="very_safe", text="lamporna lyser och det går folk"
    )
    assert thanks.heading == "Tack!"
    assert client.send("/p/K19", areas="safe_here").heading == "Tack!"
    with app.app_context():
        understand_reports(session, now())
        session.commit()
    assert [(report.theme, report.focus_area) for report in stored(app)] == [("safe_here", "other")] * 2


def test_feeling_safe_is_not_one_of_the_two_choices(client: Client) -> None:
    page = client.send("/p/K19", areas=["safe_here", "traffic", "youth"])
    assert page.heading == "Tack!"
    assert client.send("/p/K19", areas=["crime", "traffic", "youth"]).errors == ["Välj högst två."]


class TestFindingAPlace:
    """The list of places works without a script and without a map."""

    def test_a_search_offers_what_may_be_meant_and_keeps_everything(self, client: Client) -> None:
        page = client.send(
            "/", place="torget", text="mörkt här", areas="environment", safe_dark="unsafe", find="1"
        )
        offered = [box.attributes["value"] for box in page.root.find_all("input", name="place_found")]
        assert {"karlskoga/alfred-nobels-torg", "degerfors/degerfors-centrum", "karlskoga/skranta-torg"} <= {
            *offered
        }
        assert page.form()["text"] == "mörkt här"
        assert (checked(page, "areas"), checked(page, "safe_dark")) == (["environment"], ["unsafe"])
        assert page.errors == []

    def test_the_chosen_place_is_the_place_of_the_report(self, app: Flask, client: Client) -> None:
        page = client.send("/", place="torget", text="mörkt", find="1")
        client.post("/", {**page.form(), "place_found": "karlskoga/skranta-torg"})
        [report] = stored(app)
        with app.app_context():
            place = session.get(Place, report.place_id)
            assert place
            assert place.slug == "skranta-torg"
        assert report.municipality == "karlskoga"

    def test_an_empty_search_shows_places_to_choose_among(self, client: Client) -> None:
        page = client.send("/", find="1")
        assert len(page.root.find_all("input", name="place_found")) == 12

    def test_what_nobody_knows_may_stand_as_typed(self, client: Client) -> None:
        page = client.send("/", place="bakom gamla mejeriet", find="1")
        assert "Låt det du skrev stå kvar och välj kommun." in page.words
        assert page.form()["place"] == "bakom gamla mejeriet"

    def test_a_search_from_a_poster_is_about_another_place(self, app: Flask, client: Client) -> None:
        page = client.send("/p/K19", place="bruksskolan", text="mörkt", find="1")
        assert (
            client.post("/p/K19", {**page.form(), "place_found": "degerfors/bruksskolan"}).heading == "Tack!"
        )
        assert stored(app)[0].municipality == "degerfors"

    def test_an_answer_that_is_no_place_is_no_answer(self, client: Client) -> None:
        page = client.send("/", text="mörkt", place_found="nowhere/at-all")
        assert page.errors == ["Välj eller skriv en plats."]

    def test_the_phone_gets_names_and_positions_and_nothing_else(self, client: Client) -> None:
        listed = client.http.get("/platser.json", base_url="https://localhost")
        assert listed.cache_control.public
        places = {name: position for name, *position in listed.json}
        assert places["Skranta torg, Karlskoga"] == []
        assert places["Stora Valla, Degerfors"] == pytest.approx([59.2383, 14.4431])

    def test_words_typed_after_the_search_count_for_more(self, app: Flask, client: Client) -> None:
        page = client.send("/", place="torget", text="mörkt", find="1")
        chosen = {**page.form(), "place_found": "karlskoga/skranta-torg", "place": "Bruksskolan, Degerfors"}
        thanks = client.post("/", chosen)
        assert "Plats: Bruksskolan" in thanks.words
        assert stored(app)[0].municipality == "degerfors"

    def test_an_endless_name_is_cut_before_anybody_looks_for_it(self, client: Client) -> None:
        assert client.send("/", place="a " * 100_000, find="1").status == 200
        assert "Välj kommun." in client.send("/", place="a " * 100_000, text="mörkt").errors
        page = client.send("/", place="a" * 130, municipality="degerfors", text="mörkt")
        assert page.errors == ["Texten är för lång. Ta bort 10 tecken."]


class TestTheReview:
    """Shown only when something was masked or help is needed; it never blocks."""

    def test_a_place_with_its_town_keeps_the_town(self, app: Flask, client: Client) -> None:
        for start in ("/", "/p/K19"):
            page = client.send(start, place="bakom gamla mejeriet, Degerfors", text="ring 070-123 45 67")
            assert page.heading == "Kolla innan du skickar"
            assert client.post(start, page.form()).heading == "Tack!"
        assert [report.municipality for report in stored(app)] == ["degerfors"] * 2

    def test_masks_that_are_longer_than_what_they_hide_stop_nothing(self, app: Flask, client: Client) -> None:
        page = client.send("/p/K19", text="a@b.se " * 142)
        assert len(page.form()["text"]) > 1000
        assert client.post("/p/K19", page.form()).heading == "Tack!"

    def test_the_words_before_and_after_it_are_one_report(self, app: Flask, client: Client) -> None:
        raw = "mörkt, ring 070-123 45 67"
        page = client.send("/p/K19", text=raw, key=KEY)
        client.post("/p/K19", page.form())
        client.send("/p/K19", text=raw, key=KEY, reviewed="1")
        assert how_many(app) == 1


class TestSendingAgain:
    """A number from the phone tells a second sending from a second report."""

    def test_the_same_key_with_another_stamp_is_the_same_report(self, app: Flask, client: Client) -> None:
        codes = {code_of(client.send("/p/K19", text="mörkt", key=KEY)) for _ in range(3)}
        assert len(codes) == how_many(app) == 1

    def test_without_a_key_two_phones_on_one_kept_page_are_two_reports(
        self, app: Flask, client: Client
    ) -> None:
        form = {**client.get("/p/K19").form(), "areas": "traffic"}
        codes = {
            code_of(client.post("/p/K19", form, environ_overrides={"REMOTE_ADDR": address}))
            for address in ("10.0.0.1", "10.0.0.2", "10.0.0.1")
        }
        assert len(codes) == how_many(app) == 2

    def test_nothing_of_it_is_known_after_a_day(self, app: Flask, client: Client) -> None:
        from feedback.actions.timer import daily
        from feedback.web.access import now

        client.send("/p/K19", text="mörkt", key=KEY)
        with app.app_context():
            daily(session, now() + timedelta(days=2))
            session.commit()
        assert stored(app)[0].fingerprint is None

    def test_the_same_key_with_other_words_loses_none_of_them(self, app: Flask, client: Client) -> None:
        client.send("/p/K19", text="mörkt", key=KEY)
        client.send("/p/K19", text="mörkt, och halt", key=KEY)
        assert [report.text for report in stored(app)] == ["mörkt", "mörkt, och halt"]

    def test_two_phones_with_the_same_words_are_two_reports(self, app: Flask, client: Client) -> None:
        for key in (KEY, KEY[::-1]):
            client.send("/p/K19", text="mörkt", key=key)
        assert how_many(app) == 2

    def test_the_receipt_tells_the_phone_what_it_may_forget(self, client: Client) -> None:
        page = client.send("/p/K19", text="mörkt", key=KEY)
        assert page.root.find_all("output")[0].attributes["data-key"] == KEY

    def test_an_error_page_carries_the_key_on(self, client: Client) -> None:
        assert client.send("/", text="mörkt", key=KEY).form()["key"] == KEY

    @pytest.mark.parametrize("key", ["x", "k" * 5000, "<b>", "\x00"])
    def test_a_strange_key_does_not_stop_a_report(self, app: Flask, client: Client, key: str) -> None:
        assert client.send("/p/K19", text="mörkt", key=key).heading == "Tack!"
        assert how_many(app) == 1


class TestAfterTheReceipt:
    """Questions that may be skipped, and one more thing by code."""

    def test_the_questions_come_when_the_report_is_stored(self, app: Flask, client: Client) -> None:
        assert "Hur gammal är du?" not in client.get("/p/K19").words
        thanks = client.send("/p/K19", text="mörkt")
        assert how_many(app) == 1
        page = client.post(
            "/tack",
            {
                **thanks.form("/tack"),
                "times": ["evening", "nonsense"],
                "often": "daily",
                "needs": ["light"],
                "age": "x",
            },
        )
        assert "Nu har vi de svaren också." in page.words
        assert code_of(page) == code_of(thanks)
        [report] = stored(app)
        assert (report.times, report.often, report.needs, report.age) == (
            ["evening"],
            "daily",
            ["light"],
            None,
        )

    def test_somebody_in_danger_is_shown_help_and_asked_nothing_more(self, client: Client) -> None:
        page = client.send("/p/K19", text="min sambo slår mig", reviewed="1")
        assert "Kvinnofridslinjen" in page.words
        assert "Hur gammal är du?" not in page.words

    def test_answers_without_a_code_of_ours_are_told_so(self, app: Flask, client: Client) -> None:
        page = client.post("/tack", {"code": "2222-2222-2222", "age": "65"})
        assert "Läs av den en gång till" in page.words

    def test_the_address_of_the_answers_leads_to_the_form(self, client: Client) -> None:
        assert client.get("/tack").heading == "Berätta vad som gör dig otrygg – eller trygg"

    def test_one_more_thing_by_code(self, app: Flask, client: Client) -> None:
        code = code_of(client.send("/p/K19", text="mörkt i tunneln"))
        status = client.send("/kod", code=code)
        page = client.post(
            "/kod/mer", {**status.form("/kod/mer"), "text": "Det luktar rök. Fråga Bengt, 070-123 45 67"}
        )
        assert "Tack! Vi har lagt till det i din rapport." in page.words
        assert "123 45 67" not in page.html
        assert stored(app)[0].text.startswith("mörkt i tunneln\n\nDet luktar rök.")
        assert "Lägg till något" not in page.words, "once is enough"
        twice = client.post("/kod/mer", {"code": code, "text": "Det luktar rök. Fråga Bengt, 070-123 45 67"})
        assert "Tack! Vi har lagt till det i din rapport." in twice.words, "the same once more is no fault"
        for text in ("och en sak till", ""):
            again = client.post("/kod/mer", {"code": code, "text": text})
            assert "Det gick inte att lägga till mer." in again.words
            assert text in again.words, "what was written can be copied"

    def test_nothing_to_add_is_told_and_too_much_is_kept(self, client: Client) -> None:
        code = code_of(client.send("/p/K19", text="mörkt i tunneln"))
        assert client.post("/kod/mer", {"code": code, "text": " "}).errors == ["Skriv något först."]
        page = client.post("/kod/mer", {"code": code, "text": "x" * 1001})
        assert page.errors == ["Texten är för lång. Ta bort 1 tecken."]
        assert len(page.form("/kod/mer")["text"]) == 1001

    def test_the_code_can_be_read_aloud(self, client: Client) -> None:
        page = client.send("/p/K19", text="mörkt")
        assert " ".join(code_of(page).replace("-", "")) in page.words


class TestAFloodIsStopped:
    """A school class behind one address gets through, a script does not."""

    @pytest.fixture
    def class_room(self, sqlite_url: str, tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> Client:
        """All within the same ten minutes, however slow the machine and whatever its clock shows."""
        moment = NOW + timedelta(minutes=4, seconds=5)
        monkeypatch.setattr("feedback.web.limits.now", lambda: moment)
        return Client(create_app({
            "TESTING": True, "DATABASE_URL": sqlite_url, "SECRET_KEY": "test", "INSTANCE": str(tmp_path), "MIN_SECONDS": 0,
        }))  # fmt: skip

    def test_thirty_pupils_are_heard_and_a_thousand_reports_are_not(self, class_room: Client) -> None:
        form = class_room.get("/p/K19").form()
        answers = [
            class_room.http.post("/p/K19", data={**form, "text": f"mörkt {number}"}, base_url="https://localhost").status_code
            for number in range(1000)
        ]  # fmt: skip
        assert answers[:30] == [200] * 30
        assert answers.count(200) == Settings.REPORTS_IN_TEN_MINUTES
        assert how_many(class_room.app) == Settings.REPORTS_IN_TEN_MINUTES

    def test_whoever_is_refused_keeps_the_words_and_is_told_what_to_do(self, class_room: Client) -> None:
        form = class_room.get("/p/K19").form()
        pages = [class_room.post("/p/K19", {**form, "text": f"mörkt {number}"}) for number in range(61)]
        assert pages[-1].status == 429
        assert "Många har skickat härifrån nyss. Dina svar finns kvar." in pages[-1].words
        assert pages[-1].form()["text"] == "mörkt 60"

    def test_a_report_that_was_stored_gets_its_receipt_again_all_the_same(self, class_room: Client) -> None:
        form = {**class_room.get("/p/K19").form(), "text": "mörkt"}
        first = code_of(class_room.post("/p/K19", {**form, "key": KEY}))
        for number in range(59):
            class_room.post("/p/K19", {**form, "text": f"mörkt {number}"})
        assert class_room.post("/p/K19", {**form, "text": "en till"}).status == 429
        assert code_of(class_room.post("/p/K19", {**form, "key": KEY})) == first

    def test_others_are_not_stopped_with_it_but_the_same_home_is(self, class_room: Client) -> None:
        def send(number: int, address: str) -> int:
            return class_room.http.post(
                "/p/K19", data={"text": f"mörkt {number}"}, base_url="https://localhost",
                environ_overrides={"REMOTE_ADDR": address},
            ).status_code  # fmt: skip

        assert {send(number, f"2001:db8:1:1::{number:x}") for number in range(60)} == {200}
        assert send(60, "2001:db8:1:1:ffff::1") == 429, (
            "a phone changes its address inside the home's network"
        )
        assert send(61, "2001:db8:1:2::1") == 200

    def test_one_of_the_old_kind_is_the_same_however_it_is_written(self, class_room: Client) -> None:
        from feedback.web.limits import address_key

        def key(address: str) -> str:
            with class_room.app.test_request_context(environ_base={"REMOTE_ADDR": address}):
                return address_key("report")

        assert key("::ffff:10.1.2.3") == key("10.1.2.3") != key("::ffff:10.1.2.4")

    def test_no_address_is_kept(self, class_room: Client) -> None:
        from feedback.store.throttle import Attempt

        class_room.send("/p/K19", text="mörkt")
        with class_room.app.app_context():
            [attempt] = session.scalars(select(Attempt))
        assert "127.0.0.1" not in attempt.key
        assert (attempt.at.minute % 10, attempt.at.second) == (0, 0), (
            "it must not tell which report came when"
        )


class TestTheFormCanBeKept:
    """It carries nothing personal: any cache may keep it for a minute."""

    @pytest.mark.parametrize("address", ["/", "/p/K19", "/fi/", "/ar/p/K19"])
    def test_for_a_minute(self, client: Client, address: str) -> None:
        headers = client.get(address).response.headers
        assert headers["Cache-Control"] == "public, max-age=60"
        assert "Accept-Language" in headers["Vary"]
        assert "Set-Cookie" not in headers

    def test_and_says_nothing_of_how_somebody_came_to_it(self, client: Client) -> None:
        client.get("/p/K19?fbclid=ANNA-SECRET")
        assert "ANNA" not in client.get("/p/K19").html
        assert "ANNA" not in client.get("/p/K19?fbclid=ANNA-SECRET").html

    def test_one_page_for_each_poster_however_its_code_is_written(self, client: Client) -> None:
        for written in ("/p/k19", "/p/%20K19%20", "/fi/p/k19?x=1"):
            page = client.http.get(written, base_url="https://localhost")
            assert page.status_code == 302
            assert page.location.endswith("/p/K19")

    def test_asking_for_its_head_is_asking_for_the_same_page(self, client: Client) -> None:
        for address in ("/", "/p/K19", "/p/NOPE", "/tack", "/kod"):
            got = client.http.get(address, base_url="https://localhost")
            head = client.http.head(address, base_url="https://localhost")
            assert (head.status_code, head.headers["Cache-Control"]) == (
                got.status_code,
                got.headers["Cache-Control"],
            )

    def test_but_no_answer_may(self, client: Client) -> None:
        for page in (
            client.get("/p/FINNSINTE"),
            client.send("/p/K19", text="mörkt"),
            client.send("/", text=""),
        ):
            assert page.response.headers["Cache-Control"] == "no-store"

    def test_two_visitors_of_one_kept_page_are_two_reports(self, app: Flask, client: Client) -> None:
        form = client.get("/p/K19").form()
        for text in ("mörkt", "halt"):
            client.post("/p/K19", {**form, "text": text})
        assert how_many(app) == 2


def test_nothing_is_asked_of_the_database_while_the_receipt_is_drawn(app: Flask, client: Client) -> None:
    """SQLite has one writer: whoever asks again after storing keeps everybody else waiting."""
    client.send("/p/K19", text="den första ritar kartan")
    form = client.get("/p/K19").form()
    asked: list[str] = []
    with app.app_context():
        engine = db.engine
    listen(engine, "before_cursor_execute", lambda *told: asked.append(told[2].split()[0]))
    listen(engine, "commit", lambda _connection: asked.append("COMMIT"))
    assert client.post("/p/K19", {**form, "text": "mörkt"}).heading == "Tack!"
    assert asked[-1] == "COMMIT"
    assert asked.count("COMMIT") == 1
    assert len([word for word in asked if word in {"SELECT", "INSERT", "UPDATE"}]) <= 3, asked
