import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.domain.catalogue import FOLDER
from feedback.domain.places import (
    Gazetteer,
    Place,
    PlacesError,
    read_places,
    typed_phrase,
    unknown_key,
)

HEADINGS = "municipality;slug;name;kind;parent;aliases;preposition;code"
TOWN = f"""{HEADINGS}
karlskoga;centrum;centrala Karlskoga;district;;centrum|stan;i;
karlskoga;torget;Alfred Nobels torg;square;centrum;torget;på;K12
karlskoga;sandviken;Sandviken;district;;;i;
karlskoga;tunneln;gångtunneln i Sandviken;tunnel;sandviken;;i;K19
karlskoga;skranta;Skranta;district;;;i;
karlskoga;skranta-torg;Skranta torg;square;skranta;;på;K18
karlskoga;skolan;Bregårdsskolan;school;;;vid;
karlskoga;e18;gångtunneln under E18;tunnel;;;i;
karlskoga;bussen;busstationen i Karlskoga;stop;centrum;;vid;
degerfors;centrum;Degerfors centrum;district;;torget;i;D11
degerfors;svarta;Svartå;district;;;i;
degerfors;atorp;Åtorp;district;;;i;
"""


def rows(text: str) -> list[dict[str, str | None]]:
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


@pytest.fixture(scope="module")
def towns() -> Gazetteer:
    return Gazetteer(read_places(rows(TOWN)))


def found(towns: Gazetteer, typed: str | None, text: str = "", municipality: str = "karlskoga") -> str | None:
    resolved = towns.resolve(typed, text, municipality)
    return f"{resolved.by}: {resolved.place.slug}" if resolved else None


def test_a_place_fits_into_a_sentence(towns: Gazetteer) -> None:
    tunnel = towns.place("karlskoga/tunneln")
    assert tunnel is not None
    assert f"Det är mörkt {tunnel.in_place}." == "Det är mörkt i gångtunneln i Sandviken."


@pytest.mark.parametrize(
    "typed",
    [
        "gångtunneln i Sandviken", "vid tunneln i Sandviken", "sandvikstunneln", "Sandvikens tunnel",
        "TUNNELN SANDVIKEN", "tuneln i sandviken", "gång tunneln i sandviken", "undergången i Sandviken",
    ],
)  # fmt: skip
def test_a_tunnel_is_known_however_it_is_written(towns: Gazetteer, typed: str) -> None:
    assert found(towns, typed) == "name: tunneln"


@pytest.mark.parametrize(
    "typed", ["skrantatorget", "Skranta torg", "på torget i Skranta", "nere vid skranta torget"]
)
def test_compounds_prepositions_and_endings_are_forgiven(towns: Gazetteer, typed: str) -> None:
    assert found(towns, typed) == "name: skranta-torg"


def test_some_of_the_words_are_enough_when_only_one_place_has_them(towns: Gazetteer) -> None:
    assert found(towns, "Nobels torg") == "alias: torget"
    assert found(towns, "tunneln E18") == "name: e18"
    assert found(towns, "tunneln vid torget") is None


def test_the_area_around_a_district_is_the_district(towns: Gazetteer) -> None:
    assert found(towns, "skrantaområdet") == found(towns, "Skranta omr.") == "name: skranta"


def test_missing_rings_house_numbers_and_the_own_town_change_nothing(towns: Gazetteer) -> None:
    assert found(towns, "bregardsskolan") == "name: skolan"
    assert found(towns, "buss stationen") == "name: bussen"
    assert found(towns, "Atorp", municipality="degerfors") == "name: atorp"
    assert found(towns, "Skranta, Karlskoga") == "name: skranta"


def test_a_letter_or_two_wrong_are_forgiven_but_not_another_number(towns: Gazetteer) -> None:
    assert found(towns, "Alfred Nobles torg") == "spelling: torget"
    assert found(towns, "Bregårskolan") == "spelling: skolan"
    assert found(towns, "gångtunneln under E20") is None


def test_a_misspelling_that_fits_two_places_fits_neither() -> None:
    twins = Gazetteer(
        [
            Place("a/norrby", "a", "norrby", "Norrbyn", "district"),
            Place("a/norrdy", "a", "norrdy", "Norrdyn", "district"),
        ]
    )
    assert twins.resolve("Norrvyn", "", "a") is None


def test_every_town_has_its_own_torget(towns: Gazetteer) -> None:
    assert found(towns, "torget") == "alias: torget"
    assert found(towns, "torget", municipality="degerfors") == "alias: centrum"
    assert found(towns, "Svartå") is None
    assert found(towns, "torget", municipality="kumla") is None


def test_an_alias_that_two_places_share_is_left_to_a_person() -> None:
    both = Gazetteer(
        [
            Place("a/ica", "a", "ica", "Ica", "building", aliases=("affären",)),
            Place("a/coop", "a", "coop", "Coop", "building", aliases=("affären",)),
        ]
    )
    assert both.resolve("affären", "", "a") is None
    assert both.resolve("Coop", "", "a") is not None


def test_a_poster_code_is_a_place_in_its_own_town_only(towns: Gazetteer) -> None:
    assert found(towns, "K19") == found(towns, "kod k-19") == "poster: tunneln"
    assert found(towns, "K19", municipality="degerfors") is None
    assert towns.by_code("d11") == towns.place("degerfors/centrum")


def test_without_a_typed_place_the_text_tells_and_a_thing_beats_its_district(towns: Gazetteer) -> None:
    assert found(towns, None, "Läskigt i Skranta på kvällen") == "text: skranta"
    assert found(towns, "", "Bor i Skranta men tunneln i Sandviken är värst") == "text: tunneln"
    assert found(towns, "här", "mörkt bakom Bregårdsskolan") == "text: skolan"
    assert found(towns, None, "Jag är rädd") is None


def test_what_was_found_in_a_text_is_shown_as_it_was_written(towns: Gazetteer) -> None:
    resolved = towns.resolve(None, "Dom kör moppe genom Tunneln  i Sandviken, jämt!", "karlskoga")
    assert resolved is not None
    assert resolved.words == "Tunneln  i Sandviken"


def test_a_district_and_the_only_tunnel_in_it_make_the_tunnel(towns: Gazetteer) -> None:
    assert found(towns, "Sandviken", "tunneln är kolsvart") == "text: tunneln"
    assert found(towns, None, "I Skranta är det stökigt. Mest på torget.") == "text: skranta-torg"
    assert found(towns, "Sandviken", "parken är kolsvart") == "name: sandviken"
    assert found(towns, "Sandviken", "torget i Skranta också") == "name: sandviken"


def test_what_was_typed_stands_although_the_text_mentions_another_place(towns: Gazetteer) -> None:
    assert found(towns, "tunneln vid Lidl", "nära Skranta torg") is None


def test_a_longer_phrase_is_the_place_it_mentions_unless_it_names_a_thing_of_its_own(
    towns: Gazetteer,
) -> None:
    assert found(towns, "Skranta, nere vid affären") == "text: skranta"
    assert found(towns, "lekplatsen i Skranta") is None
    assert found(towns, "parkeringen vid Bregårdsskolan") is None
    assert found(towns, "E 18 genom stan") is None


def test_black_cars_are_not_in_svarta(towns: Gazetteer) -> None:
    assert found(towns, None, "Svarta bilar kör fort på vägen", "degerfors") is None
    assert found(towns, None, "de kor svarta bilar", "degerfors") is None
    assert found(towns, None, "det ar morkt i svarta", "degerfors") == "text: svarta"
    assert found(towns, None, "mopeder i Svartå", "degerfors") == "text: svarta"


def test_a_part_of_another_word_is_no_place(towns: Gazetteer) -> None:
    assert found(towns, None, "vid polisstationen i en annan stad") is None


def test_two_ways_of_writing_an_unknown_place_share_a_key() -> None:
    written = ["boåsängstunneln", "tunneln boåsängen", "Vid tunneln i Boåsängen!", "gångtunneln boasangen"]
    assert {unknown_key(typed) for typed in written} == {"boasang tunnel"}
    assert unknown_key("Karlbergsvägen 12 B") == unknown_key("karlbergsvägen 9")
    assert unknown_key("tunneln vid Lidl") != unknown_key("tunneln vid Willys")


@pytest.mark.parametrize("typed", ["", "här", "överallt", "vet inte", "hela kommunen", "[adress]", "???"])
def test_words_that_point_nowhere_give_no_key(typed: str) -> None:
    assert unknown_key(typed) == ""


def test_the_own_town_gives_no_key_when_it_is_told_which() -> None:
    assert unknown_key("Karlskoga", "karlskoga") == ""
    assert unknown_key("Lidl Karlskoga", "karlskoga") == unknown_key("lidl")


def test_an_unknown_place_fits_into_a_sentence_too() -> None:
    assert typed_phrase(" Ljungdungen. ") == "vid Ljungdungen"
    assert typed_phrase("I  backen vid macken") == "i backen vid macken"
    assert typed_phrase(typed_phrase("Ljungdungen")) == "vid Ljungdungen"


def test_the_shipped_places_can_be_read_and_every_name_leads_home() -> None:
    with (FOLDER / "places.csv").open(encoding="utf-8-sig", newline="") as file:
        places = read_places(csv.DictReader(file, delimiter=";"))
    shipped = Gazetteer(places)
    for place in places:
        for name in (place.name, *place.aliases, f"vid {place.name.upper()}", place.code or place.name):
            resolved = shipped.resolve(name, "", place.municipality)
            assert resolved is not None, name
            assert resolved.place == place, name


def test_every_fault_in_a_file_is_told_with_its_row() -> None:
    wrong = f"""{HEADINGS}
karlskoga;skranta;Skranta;district;;;i;
karlskoga;torget;Skranta torg;piazza;;;på;
karlskoga;skolan;;school;skrnata;;vid;
Karlskoga;parken;Folkets park;park;;;inuti;K1234567
karlskoga;skranta;Skrantan;district;;skranta torg;i;
"""
    with pytest.raises(PlacesError) as raised:
        read_places(rows(wrong))
    told = "\n".join(raised.value.faults)
    assert "rad 3: kind ska vara något av" in told
    assert "rad 4: platsen har inget namn" in told
    assert "rad 4: parent ”skrnata” är inget område" in told
    assert "rad 5: municipality ska vara små bokstäver" in told
    assert "rad 5: preposition" in told
    assert "rad 5: code" in told
    assert "rad 6: platsen karlskoga/skranta finns på flera rader" in told
    assert "rad 6: ”skranta torg” är redan ett namn på Skranta torg" in told


def test_a_missing_column_is_a_fault_and_an_empty_preposition_becomes_vid() -> None:
    with pytest.raises(PlacesError, match="rad 2: platsen har inget namn"):
        read_places([{"municipality": "a", "slug": "b", "kind": "school"}])
    (place,) = read_places(
        [{"municipality": "a", "slug": "b", "kind": "school", "name": "Bskolan", "code": None}]
    )
    assert place == Place("a/b", "a", "b", "Bskolan", "school")


@given(st.text(max_size=80), st.text(max_size=200))
def test_any_text_gets_the_same_answer_twice_and_always_inside_the_town(typed: str, text: str) -> None:
    gazetteer = Gazetteer(read_places(rows(TOWN)))
    answer = gazetteer.resolve(typed, text, "karlskoga")
    assert answer == gazetteer.resolve(typed, text, "karlskoga")
    assert answer is None or answer.place.municipality == "karlskoga"
    assert unknown_key(typed) == unknown_key(typed.upper().lower()) or not typed.isascii()
