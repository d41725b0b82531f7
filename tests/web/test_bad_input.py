"""Whatever is sent, the answer is a clear sentence and nothing is lost."""

from dataclasses import replace

import pytest
from flask import Flask

from tests.page import Client, Page
from tests.web.stored import how_many, stored

RIGHT_TO_LEFT_OVERRIDE = "\u202e"


def typed(page: Page) -> str:
    return page.form()["text"]


def test_an_empty_form_is_told_what_is_missing(app: Flask, client: Client) -> None:
    page = client.send("/")
    assert page.errors == [
        "Välj eller skriv en plats.",
        "Välj minst ett alternativ, eller berätta med egna ord.",
    ]
    assert page.root.find_all("title")[0].words.startswith("Fel:")
    assert how_many(app) == 0


def test_blanks_are_nothing(app: Flask, client: Client) -> None:
    page = client.send("/p/K19", text=" \n\t \u00a0\u200b ")
    assert page.errors == ["Välj minst ett alternativ, eller berätta med egna ord."]


def test_a_text_that_is_too_long_is_kept_and_counted(app: Flask, client: Client) -> None:
    page = client.send("/p/K19", text="mörkt " * 833)
    assert page.errors == ["Texten är för lång. Ta bort 3997 tecken."]
    assert len(typed(page)) == 4997
    assert how_many(app) == 0


def test_errors_keep_every_answer(client: Client) -> None:
    page = client.send("/", text="mörkt i tunneln", areas=["environment", "traffic"], safe_dark="unsafe")
    assert page.errors == ["Välj eller skriv en plats."]
    chosen = {box.attributes["value"] for box in page.root.find_all("input") if "checked" in box.attributes}
    assert chosen == {"environment", "traffic", "unsafe"}
    assert typed(page) == "mörkt i tunneln"


def test_control_and_direction_override_characters_are_dropped(app: Flask, client: Client) -> None:
    page = client.send("/p/K19", text=f"mör\x00kt \x1b[31m{RIGHT_TO_LEFT_OVERRIDE}i tunneln\x07")
    assert page.heading == "Tack!"
    assert stored(app)[0].text == "mörkt [31mi tunneln"


def test_emoji_alone_are_stored_but_not_grouped(app: Flask, client: Client) -> None:
    assert client.send("/p/K19", text="😱😱😱").heading == "Tack!"
    assert stored(app)[0].text == "😱😱😱"


def test_bytes_that_are_not_utf8_do_not_stop_the_report(app: Flask, client: Client) -> None:
    page = client.post(
        "/p/K19", b"text=m%F6rkt+i+tunneln%FF%FE", content_type="application/x-www-form-urlencoded"
    )
    assert page.heading == "Tack!"
    assert "i tunneln" in stored(app)[0].text


def test_an_unknown_poster_code_offers_the_ordinary_form(client: Client) -> None:
    page = client.get("/p/ZZ99")
    assert page.status == 404
    assert "Koden ZZ99 finns inte hos oss. Du kan berätta ändå" in page.words
    assert page.form()["place"] == ""


def test_a_form_posted_to_an_unknown_poster_still_counts(app: Flask, client: Client) -> None:
    page = client.post("/p/ZZ99", {"place": "Skranta torg", "text": "mörkt"})
    assert page.heading == "Tack!"
    assert stored(app)[0].place_id


def test_an_unknown_place_is_taken_as_it_was_typed(app: Flask, client: Client) -> None:
    page = client.send("/", place="bakom gamla mejeriet", municipality="degerfors", text="mörkt")
    assert page.heading == "Tack!"
    assert stored(app)[0].place_typed == "bakom gamla mejeriet"
    assert stored(app)[0].place_id is None


def test_an_unknown_place_needs_its_municipality(client: Client) -> None:
    page = client.send("/", place="bakom gamla mejeriet", text="mörkt")
    assert page.errors == ["Välj kommun."]
    assert page.form()["place"] == "bakom gamla mejeriet"


def test_a_known_place_tells_its_municipality_itself(app: Flask, client: Client) -> None:
    assert client.send("/", place="Skranta torg, Karlskoga", text="mörkt").heading == "Tack!"
    assert stored(app)[0].municipality == "karlskoga"


@pytest.mark.parametrize("code", ["", "hej", "2222-2222-2222", "å" * 5000, "XXXX-XXXX-XXXX\x00"])
def test_a_wrong_code_gets_a_sentence(client: Client, code: str) -> None:
    page = client.send("/kod", code=code)
    assert "Läs av den en gång till" in page.words


def test_guessing_codes_is_limited(app: Flask, client: Client) -> None:
    from feedback.actions.secrets import key_for
    from feedback.domain.receipt import receipt_code

    wrong = [receipt_code(key_for("another", "x"), str(number)) for number in range(25)]
    statuses = [client.send("/kod", code=code).status for code in wrong if client.get("/kod").status == 200]
    assert statuses.count(429) == 5


def test_the_same_form_sent_twice_is_one_report_with_one_code(app: Flask, client: Client) -> None:
    form = {**client.get("/p/K19").form(), "text": "mörkt i tunneln"}
    first, second = client.post("/p/K19", form), client.post("/p/K19", form)
    codes = {page.root.find_all("output")[0].words for page in (first, second)}
    assert len(codes) == 1
    assert how_many(app) == 1


def test_back_and_a_changed_word_is_another_report(app: Flask, client: Client) -> None:
    form = client.get("/p/K19").form()
    client.post("/p/K19", {**form, "text": "mörkt i tunneln"})
    client.post("/p/K19", {**form, "text": "mörkt i tunneln, och buskarna skymmer"})
    assert how_many(app) == 2


def test_a_form_that_lay_open_since_last_year_is_accepted(app: Flask, client: Client) -> None:
    for stamp in ("", "x", "InVhR0pYIg.aaaa.bbbb"):
        assert client.send("/p/K19", stamp=stamp, text=f"mörkt i tunneln {stamp}").heading == "Tack!"


def test_a_body_that_is_too_large_gets_a_page(client: Client) -> None:
    page = client.post("/p/K19", {"text": "x" * 300_000})
    assert page.status == 413
    assert page.heading == "Det du skickade är för stort"


def test_unknown_methods_and_pages_get_help(client: Client) -> None:
    page = client._page(client.http.delete("/loften", base_url="https://localhost"))
    assert page.status == 405
    page = client.get("/rapportera")
    assert page.status == 404
    assert "Berätta vad som gör dig otrygg" in page.words


def test_a_robot_that_fills_the_hidden_field_is_set_aside_but_kept(app: Flask, client: Client) -> None:
    assert client.send("/p/K19", text="köp billiga klockor", website="http://x.example").heading == "Tack!"
    assert stored(app)[0].flags == ["spam"]


def test_answers_that_are_not_on_the_list_are_dropped(app: Flask, client: Client) -> None:
    client.send("/p/K19", text="mörkt", areas="' OR 1=1", safe_light="<script>")
    report = stored(app)[0]
    assert (report.areas, report.safe_light) == ([], None)


def test_markup_and_template_strings_are_only_text(client: Client) -> None:
    page = client.send("/p/K19", text="<script>alert(1)</script> {{ 7*7 }} ${7*7}")
    assert not [script for script in page.root.find_all("script") if "src" not in script.attributes]
    assert "{{ 7*7 }} ${7*7}" in page.words


def test_a_page_that_does_not_exist_is_refused_in_the_right_language_and_never_logs_words(
    app: Flask, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    client.send("/p/K19", text="hemligt mörker")
    client.get("/hemligt-morker")
    assert "hemligt" not in caplog.text


def test_a_fault_of_ours_is_a_page_and_leaves_no_words_in_the_log(
    app: Flask, client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise ValueError("hemligt mörker")

    form = {**client.get("/p/K19").form(), "text": "hemligt mörker"}
    monkeypatch.setattr("feedback.web.resident.views.receive_report", broken)
    app.testing = False
    response = client.http.post("/p/K19", data=form, base_url="https://localhost")
    assert response.status_code == 500
    assert "Det du skrev finns kvar där" in response.text
    assert "ValueError at web/resident/views.py" in caplog.text
    assert "hemligt" not in caplog.text


def test_a_municipality_that_does_not_exist_is_asked_for_again(app: Flask, client: Client) -> None:
    page = client.send("/", place="bakom gamla mejeriet", municipality="atlantis", text="mörkt")
    assert page.errors == ["Välj kommun."]
    assert how_many(app) == 0


@pytest.mark.parametrize(
    "address", ["/xx/p/K19", "/FI/", "/sv/", "/fi/fi/", "/ckb/", "/%2e%2e/fi/", "/fi//p/K19"]
)
def test_a_language_that_does_not_exist_gets_a_page_that_leads_on(client: Client, address: str) -> None:
    page = client.get(address)
    assert page.status in {404, 200}
    assert page.root.find_all("a", href="/") or page.root.find_all("a", href="/fi/")


def test_a_known_fault_makes_the_accessibility_statement_partial(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from feedback.domain.accessibility import statement

    told = replace(statement(), faults=("Bilden saknar text.",))
    monkeypatch.setattr("feedback.web.public.views.statement", lambda: told)
    page = client.get("/tillganglighet")
    assert "Sidan uppfyller lagen delvis." in page.words
    assert "Bilden saknar text." in page.words
