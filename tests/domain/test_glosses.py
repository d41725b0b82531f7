"""What words of other languages mean, for a reviewer who cannot read them."""

import pytest

from feedback.domain.catalogue import names, read
from feedback.domain.classification import classify
from feedback.domain.glosses import gloss

LANGUAGES = [name.removeprefix("glosses/").removesuffix(".toml") for name in names("glosses")]


def test_every_language_we_offer_has_glosses() -> None:
    assert set(LANGUAGES) == {"ar", "en", "fa", "fi", "pl", "so", "uk"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_is_given_two_meanings(lang: str) -> None:
    listed = [cue for cues in read(f"glosses/{lang}.toml").values() for cue in cues]
    assert len(listed) == len(set(listed))
    assert gloss("", lang) is None


def test_the_longest_cue_says_what_is_meant() -> None:
    assert gloss("nalalka", "so") == "lampor"
    assert gloss("nalalka ma shaqeeyaan", "so") == "lamporna fungerar inte"


def test_swedish_needs_none() -> None:
    assert gloss("mörkt", "sv") is None


def test_a_reviewer_sees_what_the_deciding_words_mean() -> None:
    (why, *_) = classify("Alikulussa on ihan pimeää, yksikään lamppu ei pala", "fi").why
    assert "”pimeää” (mörkt)" in why, why
    assert "(" not in classify("Lamporna lyser inte", "sv").why[0]
