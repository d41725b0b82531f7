"""Places in no list, as residents name them to each other."""

from datetime import date

from feedback.domain.grouping import Item, group
from feedback.domain.places import unknown_key
from feedback.domain.unlisted import unlisted

WORDS = [
    "",
    "någon slår sönder rutorna varje helg",
    "gungan är avsågad och bänken låg i ån",
    "klätternätet har skurits upp med kniv",
    "alla lampor är krossade sedan festen",
    "dörren är intryckt",
]


def told(number: int, typed: str | None, text: str = "", municipality: str = "karlskoga") -> Item:
    place = None if typed is None else "?" + unknown_key(typed, municipality)
    return Item(f"r{number}", municipality, place, typed or "", "vandalism", date(2026, 11, number), text or WORDS[number])  # fmt: skip


def places(*items: Item) -> list[str | None]:
    found = unlisted(items)
    return [found.get(item.id) for item in items]


def test_a_place_that_two_have_typed_is_meant_by_those_who_write_it_longer_or_tell_of_it() -> None:
    school = "?" + unknown_key("Skrantaskolan")
    assert (
        places(
            told(1, "Skrantaskolan"),
            told(2, "vid skrantaskolan"),
            told(3, "skolgården, Skrantaskolan"),
            told(4, "Skrantaskolans gård"),
            told(5, None, "bor granne med skrantaskolan, fönstren krossas"),
            told(6, "vid skolan", "fritids på Skrantaskolan är nerklottrat"),
        )
        == [school] * 6
    )


def test_of_two_names_the_longer_is_meant_when_two_have_typed_it() -> None:
    shop, parking = "Stallbacken", "parkeringen vid Stallbacken"
    found = places(told(1, shop), told(2, shop), told(3, parking), told(4, parking))
    assert found[0] == found[1] != found[2] == found[3]


def test_what_one_has_typed_is_left_as_it_was_typed() -> None:
    assert places(told(1, "Grankullen"), told(2, None, "mörkt vid Grankullen")) == [None, None]


def test_a_mere_kind_of_place_is_no_name() -> None:
    assert (
        places(told(1, "parkeringen"), told(2, "på parkeringen"), told(3, None, "bilar på parkeringen"))
        == [None] * 3
    )


def test_every_town_has_its_own() -> None:
    mine = [told(1, "Grankullen"), told(2, "Grankullen")]
    assert places(*mine, told(3, None, "mörkt vid Grankullen", "degerfors"))[2] is None


def test_they_make_one_group() -> None:
    (only,) = group([told(1, "Grankullen"), told(2, "vid grankullen"), told(3, None, "rutorna på Grankullen är krossade igen nu")])  # fmt: skip
    assert only.voices == 3
    assert "Grankullen" in only.sentence
