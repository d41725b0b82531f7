from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.domain.measuring import (
    spikes,
    unsafe_share,
    wilson,
)


@pytest.mark.parametrize(
    ("answered", "low", "high"), [(10, 31, 83), (20, 39, 78), (50, 46, 72), (100, 50, 69), (400, 55, 65)]
)
def test_sixty_percent_means_less_the_fewer_have_answered(answered: int, low: int, high: int) -> None:
    found = wilson(answered * 6 // 10, answered)
    assert (round(found[0] * 100), round(found[1] * 100)) == (low, high)


def test_nobody_asked_means_that_anything_is_possible() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_share_lies_inside_its_interval(hits: int, misses: int) -> None:
    low, high = wilson(hits, hits + misses)
    assert 0 <= low < high <= 1
    if hits + misses:
        assert low <= hits / (hits + misses) <= high


def test_those_who_are_not_there_in_the_dark_say_nothing_about_the_dark() -> None:
    dark = unsafe_share(["unsafe", "very_unsafe", "safe", "very_safe"] * 3 + ["not_here"] * 40 + [None] * 7)
    assert (dark.unsafe, dark.answered, dark.share) == (6, 12, 0.5)


def test_a_share_of_nine_is_hidden_and_a_share_of_ten_comes_with_a_warning() -> None:
    nine = unsafe_share(["unsafe"] * 9)
    assert (nine.share, nine.low, nine.high, nine.words) == (None, None, None, "för få svar")
    ten = unsafe_share(["unsafe"] * 6 + ["safe"] * 4)
    assert ten.words == "60\N{NO-BREAK SPACE}% otrygga (31–83), 10 svar, osäkert eftersom svaren är få"


def test_fifty_answers_need_no_warning() -> None:
    assert (
        unsafe_share(["unsafe"] * 30 + ["safe"] * 20).words
        == "60\N{NO-BREAK SPACE}% otrygga (46–72), 50 svar"
    )


def test_an_answer_that_is_not_on_the_form_is_refused() -> None:
    with pytest.raises(ValueError, match="quite_unsafe"):
        unsafe_share(["quite_unsafe"])


def test_an_hour_with_far_more_than_the_others_is_a_spike() -> None:
    day = datetime(2026, 11, 23, tzinfo=UTC)
    quiet = {day + timedelta(hours=hour): 2 for hour in range(12)}
    loud = {day + timedelta(hours=hour): 34 for hour in (14, 15)}
    assert spikes({**quiet, **loud}, 336) == loud
    assert spikes(loud, 336) == loud, "also where nobody has told anything before"
    assert spikes({**quiet, day: 19}, 336) == {}, "few is never many"
    busy = {day + timedelta(hours=hour): 20 for hour in range(336)}
    assert spikes({**busy, day: 60}, 336) == {}, "a busy town has busy hours"
    assert spikes({}, 336) == {}
