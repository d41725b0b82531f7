from dataclasses import replace
from datetime import date, timedelta
from itertools import chain, count
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.domain.group_rules import NO_RULES, Rules, Split
from feedback.domain.grouping import Group, Item, group
from feedback.domain.themes import themes
from feedback.domain.voices import MOST_ALL_COMPARED, voices_of

MONDAY = date(2026, 11, 2)
SANDVIKEN, SKRANTA = "karlskoga/sandvikstunneln", "karlskoga/skranta-torg"
NAMES = {
    SANDVIKEN: "i gångtunneln i Sandviken",
    SKRANTA: "på Skranta torg",
    "?boa tunnel": "tunneln i Boåsen",
}
DARK = "karlskoga|karlskoga/sandvikstunneln|lighting"
TOLD = [
    "kolsvart varje kväll när jag går hem från jobbet",
    "lamporna har varit sönder sedan i augusti ungefär",
    "min dotter vågar inte gå här efter träningen längre",
    "jag tar omvägen över bron i stället för genom tunneln",
    "ser inte vem som står därinne förrän man är framme",
    "snälla laga lyset det är likadant alla dagar i veckan",
    "håller i nycklarna hela vägen och går så fort jag kan",
]
_number = count()


def told(
    text: str = "",
    theme: str | None = "lighting",
    place: str | None = SANDVIKEN,
    days: int = 0,
    municipality: str = "karlskoga",
    channel: str = "web",
    hour: int | None = None,
) -> Item:
    number = next(_number)
    return Item(
        f"r{number}",
        municipality,
        place,
        NAMES.get(place or "", ""),
        theme,
        MONDAY + timedelta(days=days),
        text or f"{TOLD[number % len(TOLD)]} {number}",
        channel,
        hour,
    )


def voices(number: int, **facts: object) -> list[Item]:
    return [told(TOLD[at % len(TOLD)] + " x" * at, **facts) for at in range(number)]  # type: ignore[arg-type]


def only(found: list[Group]) -> Group:
    assert len(found) == 1, [one.key for one in found]
    return found[0]


def test_a_group_says_in_one_sentence_why_it_is_one() -> None:
    dark = only(group(told(text, days=7 * (at % 4)) for at, text in enumerate(TOLD)))
    assert (
        dark.sentence
        == f"7 rapporter om {themes()['lighting'].noun} i gångtunneln i Sandviken under 4 veckor"
    )
    assert dark.key == DARK
    assert (dark.place, dark.problem, dark.theme) == (SANDVIKEN, "lighting", "lighting")
    assert (dark.voices, dark.weeks) == (7, 4)
    assert (dark.first, dark.last) == (MONDAY, MONDAY + timedelta(days=21))
    assert dark.report_ids == tuple(sorted(dark.report_ids))


def test_different_problems_at_one_place_and_one_problem_at_two_places_stay_apart() -> None:
    items = [
        told(theme=theme, place=place) for theme in ("lighting", "graffiti") for place in NAMES for _ in "abc"
    ]
    assert len(group(items)) == 6


def test_the_same_words_in_two_municipalities_are_two_groups() -> None:
    items = [told(theme="fraud", municipality=town) for town in ("karlskoga", "degerfors") for _ in "abc"]
    assert {one.municipality for one in group(items)} == {"karlskoga", "degerfors"}


def test_themes_that_a_council_treats_as_one_problem_are_one_group() -> None:
    assert themes()["disturbance"].problem == themes()["noise"].problem
    row = only(group([told(theme="noise"), told(theme="disturbance"), told(theme="noise")]))
    assert row.theme == "noise"


def test_of_two_equally_common_themes_the_first_in_the_alphabet_names_the_group() -> None:
    assert only(group([told(theme="noise"), told(theme="disturbance")])).theme == "disturbance"


def test_phone_fraud_has_no_place_wherever_it_was_told() -> None:
    fraud = only(group([told(theme="fraud", place=place) for place in (SANDVIKEN, SKRANTA, None)]))
    assert fraud.place is None
    assert fraud.key == "karlskoga|-|fraud"
    assert fraud.sentence.endswith("om bedrägerier i Karlskoga under en vecka")


def test_praise_what_is_not_about_safety_and_the_unclassified_form_no_group() -> None:
    for theme in ("safe_here", "not_safety", None, "a_theme_that_was_removed"):
        assert group(voices(9, theme=theme)) == []


def test_one_voice_is_no_group_however_often_it_repeats_itself() -> None:
    assert group([told("så mörkt att man inte ser handen framför sig", days=at) for at in range(9)]) == []


def test_a_report_without_place_joins_no_placed_group() -> None:
    nowhere = told(place=None)
    assert nowhere.id not in only(group([*voices(4), nowhere])).report_ids


@pytest.mark.parametrize("nowhere", [None, "?"])
def test_many_who_say_the_same_without_a_place_become_a_group_of_the_municipality(
    nowhere: str | None,
) -> None:
    four, fifth = voices(4, place=nowhere), TOLD[5]
    assert group(four) == []
    assert group([*four, told(fifth, place=nowhere)]) == []
    assert only(group([*four, told(fifth, place=nowhere, days=7)])).place is None


def test_the_same_unknown_place_groups_and_is_named_as_typed() -> None:
    unknown = only(group(voices(3, place="?boa tunnel")))
    assert unknown.place == "?boa tunnel"
    assert "vid tunneln i Boåsen under en vecka" in unknown.sentence


def test_a_repeat_almost_word_for_word_counts_once_whatever_the_day() -> None:
    first = told("Det är kolsvart i tunneln varje kväll, gör något åt det!")
    again = told("det är kolsvart i tunneln varje kväll gör nåt åt det", days=9)
    another = told("lamporna i tunneln har varit sönder sedan augusti")
    dark = only(group([first, again, another]))
    assert dark.voices == 2
    assert dark.sentence.endswith("under 2 veckor, varav 1 upprepar en annan")


def test_a_word_or_two_may_come_from_two_people_but_not_twice_a_day() -> None:
    assert only(group([told("mörkt", days=0), told("Mörkt!", days=0), told("mörkt", days=1)])).voices == 2


def test_only_ticks_and_no_words_are_voices_of_their_own() -> None:
    ticks = [Item(str(at), "karlskoga", SANDVIKEN, "", "lighting", MONDAY, "") for at in range(3)]
    assert only(group(ticks)).voices == 3


def test_a_report_that_comes_twice_is_one_report() -> None:
    one, two = told(), told()
    assert only(group([one, two, one])).report_ids == tuple(sorted((one.id, two.id)))


def test_repeats_are_found_in_a_large_group_too() -> None:
    random = Random(7)
    words = [f"{'bdfgklmnrst'[at % 11]}{'aeiouyåäö'[at % 9]}{at}" for at in range(300)]
    different = [told(" ".join(random.sample(words, 12))) for _ in range(4 * MOST_ALL_COMPARED)]
    repeated = [told(item.text + " tack", days=3) for item in different[:40]]
    assert len(set(voices_of([*different, *repeated]).values())) == len(different)


def test_a_flood_through_one_channel_on_one_day_is_flagged() -> None:
    assert only(group(voices(8, days=2))).spike
    assert only(group([*voices(8), *voices(2, days=9)])).spike
    assert not only(group([*voices(4, channel="web"), *voices(4, channel="phone")])).spike
    assert not only(group(voices(7))).spike


def test_a_steady_group_is_no_spike_and_a_flood_cannot_hide_it() -> None:
    steady = [told(text, days=5 * at, hour=at) for at, text in enumerate(TOLD)]
    assert not only(group(steady)).spike
    flood = [told(f"helt annat sätt att säga det på nummer {at} {TOLD[at % 7]}", days=2) for at in range(40)]
    assert not only(group([*steady, *flood])).spike


def test_one_hour_over_several_channels_is_a_spike_too() -> None:
    hour = [told(text, channel=f"c{at % 3}", hour=20) for at, text in enumerate(TOLD)]
    assert only(group(hour)).spike


def test_a_merge_is_remembered_for_reports_that_come_later() -> None:
    square = f"karlskoga|{SKRANTA}|graffiti"
    rules = Rules(merged={DARK: square})
    late = told(days=40)
    both = only(group([*voices(2), told(theme="graffiti", place=SKRANTA), late], rules))
    assert both.key == square
    assert late.id in both.report_ids
    assert "på Skranta torg" in both.sentence


def test_a_group_whose_own_place_nobody_named_is_called_by_a_name_that_was() -> None:
    elsewhere = f"karlskoga|{SKRANTA}|lighting"
    assert "i gångtunneln i Sandviken" in only(group(voices(3), Rules(merged={DARK: elsewhere}))).sentence


def test_merges_are_followed_to_the_end_and_a_ring_of_merges_meets_in_one_group() -> None:
    item = told()
    assert Rules(merged={DARK: "b|b|b", "b|b|b": "c|c|c"}).applied(item, DARK) == "c|c|c"
    ring = Rules(merged={DARK: "a|a|a", "a|a|a": DARK})
    assert ring.applied(item, DARK) == "a|a|a"
    assert ring.applied(item, "a|a|a") == "a|a|a"


def test_a_moved_report_stays_where_a_person_put_it_and_may_be_put_nowhere() -> None:
    moved, odd, *rest = voices(5)
    graffiti = f"karlskoga|{SANDVIKEN}|graffiti"
    found = {
        one.key: one.report_ids
        for one in group([moved, odd, *rest], Rules(moved={moved.id: graffiti, odd.id: None}))
    }
    assert found[graffiti] == (moved.id,)
    assert found[DARK] == tuple(sorted(item.id for item in rest))


def test_a_report_without_theme_takes_the_theme_of_the_group_it_was_moved_to() -> None:
    vague = told(theme=None)
    moved = only(group([vague], Rules(moved={vague.id: DARK})))
    assert moved.theme == "lighting"
    assert moved.report_ids == (vague.id,)


def test_reports_moved_to_a_problem_that_no_longer_exists_form_no_group() -> None:
    vague = told(theme=None)
    assert group([vague], Rules(moved={vague.id: "karlskoga|-|nothing_we_know"})) == []


def test_a_split_takes_reports_by_their_words_or_theme_old_and_new() -> None:
    mopeds = f"karlskoga|{SANDVIKEN}|lighting:mopeder"
    rules = Rules(split={DARK: [Split(mopeds, words=("moped*", "moppe*"))]})
    loud = [
        told("mopederna kör genom tunneln i full fart utan lyse"),
        told("en moppekille höll på att köra på oss här"),
    ]
    found = {one.key: one for one in group([*voices(3), *loud], rules)}
    assert set(found[mopeds].report_ids) == {item.id for item in loud}
    assert found[DARK].voices == 3
    by_theme = Rules(split={DARK: [Split("karlskoga|-|graffiti", themes=("underpass",))]})
    assert by_theme.applied(told(theme="underpass"), DARK) == "karlskoga|-|graffiti"


items = st.builds(
    Item,
    id=st.integers(0, 400).map(str),
    municipality=st.sampled_from(["karlskoga", "degerfors"]),
    place=st.sampled_from([None, "?", "?boa tunnel", SANDVIKEN, SKRANTA]),
    place_name=st.sampled_from(["", "i tunneln", "på torget"]),
    theme=st.sampled_from(
        [None, "lighting", "underpass", "noise", "disturbance", "fraud", "safe_here", "gone"]
    ),
    day=st.dates(date(2026, 9, 1), date(2026, 12, 31)),
    text=st.sampled_from(["", "mörkt", *TOLD, *(text + " alltså" for text in TOLD)]),
    channel=st.sampled_from(["web", "phone"]),
    hour=st.none() | st.integers(0, 23),
)
rules = st.sampled_from(
    [
        NO_RULES,
        Rules(merged={DARK: f"karlskoga|{SKRANTA}|lighting"}),
        Rules(moved={str(at): DARK for at in range(0, 400, 7)}),
        Rules(split={DARK: [Split("karlskoga|-|fraud", words=("nyckl*",))]}),
    ]
)


@given(st.lists(items, max_size=60), rules, st.randoms(use_true_random=False))
def test_any_order_gives_the_same_groups(reports: list[Item], by_people: Rules, random: Random) -> None:
    shuffled = random.sample(reports, len(reports))
    assert group(reports, by_people) == group(shuffled, by_people)


@given(st.lists(items, max_size=60, unique_by=lambda item: item.id), rules, st.integers(1, 20))
def test_any_batch_size_gives_the_same_groups(reports: list[Item], by_people: Rules, size: int) -> None:
    """Grouped batch by batch, each time with what came before, the end is what one go would give."""
    so_far: list[Item] = []
    last: list[Group] = []
    for at in range(0, len(reports), size):
        so_far += reports[at : at + size]
        last = group(so_far, by_people)
    assert last == group(reports, by_people)


@given(st.lists(items, max_size=60, unique_by=lambda item: item.id), rules)
def test_no_report_is_in_two_groups(reports: list[Item], by_people: Rules) -> None:
    found = group(reports, by_people)
    keys = {report_id: one.key for one in found for report_id in one.report_ids}
    assert len(keys) == len(list(chain.from_iterable(one.report_ids for one in found)))
    assert all(1 <= one.voices <= len(one.report_ids) for one in found)


def test_voices_without_a_place_that_are_years_apart_form_no_group() -> None:
    together = [told(text, place=None, days=9 * n) for n, text in enumerate(TOLD)]
    apart = [replace(item, day=MONDAY + timedelta(days=300 * n)) for n, item in enumerate(together)]
    assert len(group(together)) == 1
    assert group(apart) == []


def test_a_clock_that_was_wrong_by_years_does_not_stretch_the_group() -> None:
    dark = [told(text, days=9 * at) for at, text in enumerate(TOLD)]
    wrong = [replace(dark[0], day=date(1970, 1, 1)), replace(dark[6], day=date(2031, 3, 14))]
    (one,) = group([*wrong, *dark[1:6]])
    assert (one.voices, one.first, one.last) == (7, dark[1].day, dark[5].day)
