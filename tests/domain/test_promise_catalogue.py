"""The catalogue files that a council officer edits: what they hold, and what happens when they are wrong."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from feedback.domain import catalogue, promise_texts
from feedback.domain.catalogue import CatalogueError
from feedback.domain.owners import (
    externals_in,
    functions,
    giver_names,
    givers,
    givers_in,
    givers_of,
    municipalities,
    needs,
    owners_of,
    spoken,
)
from feedback.domain.promise_texts import KINDS, text_cues, texts_for
from feedback.domain.themes import focus_areas, themes

TEXTS = promise_texts.promise_texts()
PROMISED = [slug for slug in themes() if slug != "not_safety"]
PLACED = [text for text in TEXTS if any(themes()[theme].scope == "place" for theme in text.themes)]
COUNCIL_KINDS = {
    "victim_dialogue",
    "environment_inventory",
    "safety_dialogue",
    "visible_presence",
    "traffic_enforcement",
    "public_space",
}

ENTRY = """
[[promise]]
id = "lamps"
themes = ["lighting"]
kind = "lighting"
needs = ["light"]
words = ["mörk*"]
givers = ["municipality"]
owner = "streets"
title = "Lampor {i_place}"
doing = "{Givers} lovar att laga lamporna {there} senast {due}."
outcome = "Det lyser."
measure = "Andel lampor"
target = 100
unit = "procent"
weeks = 4
months = 2
"""


@pytest.mark.parametrize("municipality", municipalities())
@pytest.mark.parametrize("theme", PROMISED)
def test_every_theme_has_two_promises_to_choose_between(theme: str, municipality: str) -> None:
    assert len(texts_for(theme, municipality)) >= 2


def test_every_kind_is_used_and_the_kinds_the_council_has_used_are_there() -> None:
    assert {text.kind for text in TEXTS} == set(KINDS)
    assert set(KINDS) >= COUNCIL_KINDS


def test_there_is_one_file_for_each_focus_area() -> None:
    files = {name.removeprefix("promises/").removesuffix(".toml") for name in catalogue.names("promises")}
    assert files == set(focus_areas())


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.id)
def test_the_owner_is_one_that_answers_for_the_theme(text: promise_texts.PromiseText) -> None:
    for municipality in text.municipalities or municipalities():
        name = functions()[text.owner][municipality]
        for theme in text.themes:
            assert name in owners_of(theme, municipality), theme


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.id)
def test_the_number_promised_is_the_number_measured(text: promise_texts.PromiseText) -> None:
    written = {"1": "en"}.get(str(text.target), str(text.target))
    assert (
        text.unit == "procent"
        or "{target}" in text.doing
        or f"minst {written} " in text.doing
        or "av fyra" in text.measure
    )


@pytest.mark.parametrize("text", PLACED, ids=lambda text: text.id)
def test_the_longest_place_of_ours_has_room_in_the_title(text: promise_texts.PromiseText) -> None:
    longest = "i gångtunneln under E18 vid Bregårdsskolan"
    title = text.title.replace("{i_place}", longest).replace("{in_spot}", longest)
    assert longest in title
    assert len(title) <= promise_texts.TITLE_LENGTH


def test_needs_speak_for_some_promise() -> None:
    used = {need for text in TEXTS for need in text.needs}
    assert used == set(needs())


def test_the_words_of_every_promise_can_be_read_as_cues() -> None:
    found = {
        hit.label for hit in text_cues().find("kolsvart, klotter, mopeder, kanyler och bedragare ringer")
    }
    assert {"tunnel_lit", "graffiti_removed", "vehicle_checks", "needles_daily", "fraud_meetings"} <= found


class TestOwners:
    def test_every_function_belongs_to_a_giver_there(self) -> None:
        for names in functions().values():
            for municipality, name in names.items():
                assert givers_of(name) & set(givers_in(municipality, givers())), name

    def test_every_theme_has_an_owner(self) -> None:
        for theme in PROMISED:
            for municipality in municipalities():
                assert owners_of(theme, municipality), theme

    def test_names_differ_between_the_municipalities(self) -> None:
        assert owners_of("sightlines", "karlskoga")[0] == "gata och park, samhällsbyggnadsnämnden"
        assert owners_of("sightlines", "degerfors")[0] == "gata och park, servicenämnden"
        assert owners_of("not_safety", "degerfors") == []

    def test_givers_in_running_text(self) -> None:
        everyone = ("municipality", "housing", "police")
        assert spoken(giver_names("degerfors", everyone)) == "Degerfors kommun, Degerforsbyggen och polisen"
        assert spoken(giver_names("karlskoga", ["police"])) == "polisen"

    @pytest.mark.parametrize(
        ("owner", "giver"),
        [
            ("kommunpolisen i Degerfors", "police"),
            ("fältarbetet, socialnämnden", "municipality"),
            ("Fastighetsskötseln, KARLSKOGAHEM", "housing"),
            ("gatubelysningen, Karlskoga Energi & Miljö", "energy"),
            ("Anna Ek", None),
        ],
    )
    def test_an_owner_is_known_by_its_body(self, owner: str, giver: str | None) -> None:
        assert givers_of(owner) == ({giver} if giver else set())

    def test_others_who_decide_are_heard_in_a_text(self) -> None:
        assert externals_in("Vi frågar Trafikverket och länstrafiken.") == {"road_authority", "transit"}


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A promise folder with one file of its own, read as if it were the catalogue."""
    folder = tmp_path / "catalogue"
    shutil.copytree(catalogue.FOLDER, folder, ignore=shutil.ignore_patterns("examples", "promises", "*.npz"))
    file = folder / "promises" / "traffic.toml"
    file.parent.mkdir()
    monkeypatch.setattr(catalogue, "FOLDER", folder)
    for cached in (catalogue.read, promise_texts.promise_texts):
        cached.cache_clear()
    yield file
    for cached in (catalogue.read, promise_texts.promise_texts):
        cached.cache_clear()


class TestMistakesInAFile:
    def test_a_right_entry_is_read(self, written: Path) -> None:
        written.write_text(ENTRY, "utf-8")
        (text,) = promise_texts.promise_texts()
        assert text.themes == ("lighting",)
        assert text.season is None

    @pytest.mark.parametrize(
        ("right", "wrong", "complaint"),
        [
            ('themes = ["lighting"]', 'themes = ["lightning"]', "unknown theme lightning"),
            ('kind = "lighting"', 'kind = "nice"', "unknown kind nice"),
            ('needs = ["light"]', 'needs = ["lamps"]', "unknown need lamps"),
            ('owner = "streets"', 'owner = "someone"', "unknown owner someone"),
            ('owner = "streets"', 'owner = "police"', "the owner police belongs to none of the givers"),
            ('givers = ["municipality"]', "givers = []", "themes and givers must not be empty"),
            ("{due}", "{deu}", "doing: unknown placeholder {deu}"),
            ("{due}", "{due", "doing: expected '}'"),
            ("lamporna {there}", "lamporna  {there}", "doing: empty, or spaces too many"),
            ("target = 100", "target = 0", "target, weeks and months must be 1 or more"),
            ("target = 100", 'target = "alla"', "target must be a whole number"),
            ('words = ["mörk*"]', 'words = "mörk*"', "words must be a list"),
            ('words = ["mörk*"]', 'words = ["*"]', "not a cue: '*'"),
            ("weeks = 4", "", "missing 1 required positional argument: 'weeks'"),
            ("weeks = 4", "weeks = 4\nwhen = 3", "unexpected keyword argument 'when'"),
            ("weeks = 4", 'weeks = 4\nseason = "soon"', "unknown season soon"),
            ("weeks = 4", 'weeks = 4\nspot = "moon"', "unknown spot moon"),
            ("Lampor {i_place}", f"{'Många ' * 12}lampor {{i_place}}", "title: longer than 70 characters"),
        ],
    )
    def test_file_entry_and_reason_are_named(
        self, written: Path, right: str, wrong: str, complaint: str
    ) -> None:
        assert right in ENTRY
        written.write_text(ENTRY.replace(right, wrong), "utf-8")
        with pytest.raises(CatalogueError) as error:
            promise_texts.promise_texts()
        assert str(error.value).startswith('promises/traffic.toml line 3: id = "lamps" ')
        assert complaint in str(error.value)

    def test_an_id_is_used_once(self, written: Path) -> None:
        written.write_text(ENTRY + ENTRY, "utf-8")
        with pytest.raises(CatalogueError, match=r'"lamps" \(number 2\) the id is used twice'):
            promise_texts.promise_texts()

    def test_an_entry_without_id_is_named_by_its_number(self, written: Path) -> None:
        written.write_text(ENTRY.replace('id = "lamps"\n', ""), "utf-8")
        with pytest.raises(CatalogueError, match=r"line 2: \[\[promise\]\] \(number 1\) missing"):
            promise_texts.promise_texts()
