"""What a report tells of, alone and in the company of what others tell at its place."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.domain.belonging import SURE, Spot, belonging, kin
from feedback.domain.catalogue import CatalogueError
from feedback.domain.grouping import Item

SQUARE, SCHOOL, TOWN = "karlskoga/torget", "karlskoga/skolan", "karlskoga/centrum"


def told(
    number: int, likely: dict[str, float], place: str | None = SQUARE, district: str | None = TOWN
) -> Item:
    first = max(likely, key=lambda theme: likely[theme])
    return Item(
        f"{number:03}", "karlskoga", place, "", first, date(2026, 11, 2), f"{number} " * 9, "web", None,
        likely[first], None if place in (TOWN, None) else district, likely,
    )  # fmt: skip


def many(
    likely: dict[str, float], place: str | None = SQUARE, start: int = 100, count: int = 5
) -> list[Item]:
    return [told(start + at, likely, place) for at in range(count)]


def problems(items: list[Item]) -> dict[str, str]:
    return {report_id: spot.problem for report_id, spot in belonging(items).items()}


def test_alone_a_report_tells_of_its_likeliest_problem() -> None:
    assert belonging([told(1, {"graffiti": 0.6, "arson": 0.3})]) == {
        "001": Spot("karlskoga", SQUARE, "graffiti")
    }


def test_themes_of_one_problem_speak_together() -> None:
    assert problems([told(1, {"graffiti": 0.4, "noise": 0.3, "disturbance": 0.2})]) == {"001": "disturbance"}


def test_what_others_tell_at_the_place_decides_a_doubtful_one() -> None:
    doubtful = told(1, {"dogs": 0.45, "reckless_vehicle": 0.35})
    assert problems([doubtful])["001"] == "dogs"
    assert problems([doubtful, *many({"reckless_vehicle": 0.9})])["001"] == "reckless_vehicle"
    elsewhere = many({"reckless_vehicle": 0.9}, place=SCHOOL)
    assert problems([doubtful, *elsewhere])["001"] == "dogs"


def test_a_tunnel_in_a_tunnel_says_nothing_beside_the_mopeds() -> None:
    one = told(1, {"underpass": 0.8, "reckless_vehicle": 0.2})
    assert problems([one])["001"] == "lighting"
    assert (
        problems([replace(one, place_kind="tunnel"), *many({"reckless_vehicle": 0.9})])["001"]
        == "reckless_vehicle"
    )


def test_what_is_clear_is_not_swayed() -> None:
    clear = told(1, {"dogs": 0.97, "reckless_vehicle": 0.03})
    assert problems([clear, *many({"reckless_vehicle": 0.9}, count=40)])["001"] == "dogs"


def test_a_guess_belongs_nowhere_until_others_tell_of_the_same() -> None:
    guess = told(1, {"lighting": SURE - 0.1})
    assert "001" not in problems([guess])
    assert problems([guess, *many({"lighting": 0.9})])["001"] == "lighting"


def test_what_says_hardly_anything_makes_no_group_together() -> None:
    assert problems(many({"lighting": 0.05}, count=9)) == {}


def test_a_few_go_with_the_many_of_a_kindred_problem_at_their_place() -> None:
    fires, tag = many({"arson": 1.0}), told(1, {"graffiti": 1.0})
    assert "graffiti" in kin("arson")
    assert set(problems([tag, *fires]).values()) == {"arson"}
    tags = many({"graffiti": 1.0}, start=200, count=3)  # three carry themselves
    assert set(problems([*tags, *fires]).values()) == {"arson", "graffiti"}


def test_a_few_of_another_kind_stay_apart() -> None:
    assert problems([told(1, {"dogs": 1.0}), *many({"arson": 1.0})])["001"] == "dogs"


def test_a_few_in_a_district_go_with_the_many_at_the_thing_inside_it_and_back() -> None:
    district, thing = told(1, {"theft": 1.0}, TOWN), many({"theft": 1.0})
    assert belonging([district, *thing])["001"].place == SQUARE
    inside, around = told(1, {"theft": 1.0}), many({"theft": 1.0}, TOWN)
    assert belonging([inside, *around])["001"].place == TOWN


def test_two_things_in_one_district_stay_apart() -> None:
    assert belonging([told(1, {"theft": 1.0}, SCHOOL), *many({"theft": 1.0})])["001"].place == SCHOOL


def test_phone_fraud_has_no_place_and_nobody_beside_it() -> None:
    assert belonging([told(1, {"fraud": 0.5})])["001"] == Spot("karlskoga", "-", "fraud")
    assert belonging([told(1, {"fraud": 0.3}), *many({"fraud": 1.0})]).get("001") is None


def test_who_should_have_named_a_place_must_be_clearer() -> None:
    assert belonging([told(1, {"lighting": 0.5}, None)]) == {}
    assert belonging([told(1, {"lighting": 0.7}, None)])["001"].place == "-"


@given(
    st.lists(
        st.tuples(
            st.dictionaries(st.sampled_from(["lighting", "graffiti", "arson", "fraud", "safe_here"]), st.floats(0.02, 0.3), min_size=1),
            st.sampled_from([None, "?", SQUARE, SCHOOL, TOWN]),
        ),
        max_size=30,
    )
)  # fmt: skip
def test_nobody_belongs_where_their_words_say_nothing(
    rows: list[tuple[dict[str, float], str | None]],
) -> None:
    items = [told(at, *row) for at, row in enumerate(rows)]
    known = {theme: {theme} | kin(theme) for theme in ("lighting", "graffiti", "arson", "fraud")}
    for report_id, problem in problems(items).items():
        likely = items[int(report_id)].likely
        assert any(problem in known.get(theme, ()) for theme in likely)


def test_a_kin_that_does_not_exist_is_told_with_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feedback.domain.belonging.read", lambda file: {"dark": ["lighting", "moonlight"]})
    kin.cache_clear()
    with pytest.raises(CatalogueError, match=r"kin\.toml.*dark.*moonlight"):
        kin("lighting")
    kin.cache_clear()
