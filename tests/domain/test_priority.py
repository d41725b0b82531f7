from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.domain.priority import SPIKE, Settings, prioritise
from feedback.domain.themes import Theme, themes


@dataclass(frozen=True)
class Heard:
    voices: int
    weeks: int
    spike: bool = False


def theme(seriousness: int = 4, influence: int = 3) -> Theme:
    return Theme("lighting", "Belysning", "", seriousness, influence, "place", "lighting", "belysning")


def test_the_score_is_explained_in_words() -> None:
    priority = prioritise(Heard(voices=9, weeks=3), theme())
    assert priority.reason == "9 röster under 3 veckor, allvarligt, kommun och polis råder själva över det"
    assert [part.name for part in priority.parts] == ["voices", "weeks", "seriousness", "influence"]
    assert [part.words for part in priority.parts][1] == "under 3 veckor"


def test_one_voice_in_one_week_is_said_in_the_singular() -> None:
    assert prioritise(Heard(1, 1), theme()).reason.startswith("1 röst under en vecka, ")


def test_the_score_is_the_product_of_its_parts() -> None:
    priority = prioritise(Heard(12, 4), theme(seriousness=3, influence=2))
    product = 100.0
    for part in priority.parts:
        product *= part.value
    assert priority.score == pytest.approx(product, abs=0.05)


def test_two_voices_are_never_ripe_however_grave() -> None:
    assert not prioritise(Heard(voices=2, weeks=2), theme(seriousness=5)).ripe
    assert prioritise(Heard(voices=3, weeks=2), theme(seriousness=5)).ripe


def test_twenty_voices_in_one_day_weigh_less_than_twelve_that_keep_coming_back() -> None:
    assert prioritise(Heard(20, 1), theme()).score < prioritise(Heard(14, 5), theme()).score


def test_what_annoys_needs_more_voices_than_what_endangers() -> None:
    three = Heard(voices=3, weeks=1)
    assert prioritise(three, theme(seriousness=4)).ripe
    assert not prioritise(three, theme(seriousness=1)).ripe


def test_phone_fraud_reaches_the_council_although_little_can_be_done_locally() -> None:
    fraud = themes()["fraud"]
    assert prioritise(Heard(voices=8, weeks=3), fraud).ripe


def test_a_candidate_that_was_in_the_queue_does_not_flicker_out_again() -> None:
    settings = Settings(enter=20, stay=12)
    quieter = Heard(voices=4, weeks=1)
    assert not prioritise(quieter, theme(), settings).ripe
    assert prioritise(quieter, theme(), settings, was_ripe=True).ripe
    assert not prioritise(Heard(voices=3, weeks=1), theme(2), settings, was_ripe=True).ripe


def test_a_spike_is_flagged_and_waits_for_a_person() -> None:
    spike = prioritise(Heard(voices=30, weeks=1, spike=True), theme())
    assert not spike.ripe
    assert spike.reason.endswith(SPIKE)


def test_a_spike_cannot_throw_out_what_was_ripe() -> None:
    assert prioritise(Heard(voices=30, weeks=1, spike=True), theme(), was_ripe=True).ripe


def test_a_council_may_ask_for_more_voices() -> None:
    assert not prioritise(Heard(voices=9, weeks=3), theme(), Settings(min_voices=10)).ripe


@pytest.mark.parametrize("wrong", [{"enter": 5.0, "stay": 6.0}, {"stay": 0.0}, {"min_voices": 0}])
def test_thresholds_that_contradict_each_other_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="must be"):
        Settings(**wrong)  # type: ignore[arg-type]


heard = st.builds(Heard, st.integers(1, 5000), st.integers(1, 60))
kinds = st.builds(theme, st.integers(1, 5), st.integers(1, 3))


@given(heard, kinds)
def test_more_of_anything_never_lowers_the_score(group: Heard, kind: Theme) -> None:
    score = prioritise(group, kind).score
    assert 0 <= score <= 100
    assert prioritise(Heard(group.voices + 1, group.weeks), kind).score >= score
    assert prioritise(Heard(group.voices, group.weeks + 1), kind).score >= score


@given(heard, kinds)
def test_it_is_never_harder_to_stay_than_to_enter(group: Heard, kind: Theme) -> None:
    assert prioritise(group, kind, was_ripe=True).ripe >= prioritise(group, kind).ripe
