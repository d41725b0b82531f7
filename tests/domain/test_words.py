"""Words and cues: how the rules read free text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.domain.words import Cues, fold, tokens

CUES = Cues(
    {
        "light": ["mörk*", "lyser inte", "belysning*", "lampstolp*"],
        "place": ["*tunnel*", "*torget"],
        "vehicle": ["A-traktor*"],
        "whole": ["öl", "sly"],
    },
    lenient=True,
)
STRICT = Cues({"light": ["belysning*", "lampstolp*"]})


def labels(text: str, cues: Cues = CUES) -> set[str]:
    return {hit.label for hit in cues.find(text)}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Det är MÖRKT", "light"),
        ("mööörkt är det", "light"),
        ("mo\u0308rkt", "light"),
        ("be\u00adlys\u200bningen", "light"),
        ("Lampan lyser  inte", "light"),
        ("gångtunneln", "place"),
        ("gång-tunneln", "place"),
        ("på Nobeltorget", "place"),
        ("A‑traktorer", "vehicle"),
        ("a traktorn", "vehicle"),
        ("öl", "whole"),
    ],
)
def test_a_cue_is_found_however_it_is_written(text: str, label: str) -> None:
    assert label in labels(text)


@pytest.mark.parametrize("text", ["lyser gult inte", "torgets", "ölet", "slyna", "omörk"])
def test_a_cue_is_not_found_where_it_does_not_stand(text: str) -> None:
    assert labels(text) == set()


def test_a_text_written_without_rings_and_dots_meets_its_cue_but_less_surely() -> None:
    (hit,) = CUES.find("det ar morkt")
    assert (hit.label, hit.exact) == ("light", False)


def test_a_text_with_a_swedish_keyboard_is_taken_at_its_letters() -> None:
    assert labels("här bor familjen Mork") == set()


def test_a_two_letter_word_without_its_dots_means_nothing() -> None:
    assert labels("ol") == set()


@pytest.mark.parametrize("text", ["belysnig saknas", "lamp stolpen", "belsyningen"])
def test_only_a_lenient_list_forgives(text: str) -> None:
    assert labels(text) == {"light"}
    assert labels(text, STRICT) == set()


def test_offsets_are_in_the_original_text() -> None:
    text = "I TUNNELN: det lyser inte."
    assert {text[hit.start : hit.end] for hit in CUES.find(text)} == {"TUNNELN", "lyser inte"}


def test_arabic_forms_are_one() -> None:
    assert Cues({"dark": ["*مظلم*"]}).find("النفق مُظْلِم")
    assert fold("أحمد") == fold("احمد")


@pytest.mark.parametrize("cue", ["", "*", "!", "a*", "gång*tunnel"])
def test_what_is_not_a_cue_is_refused(cue: str) -> None:
    with pytest.raises(ValueError, match="not a cue"):
        Cues({"x": [cue]})


def test_a_long_text_with_many_cues_is_read_to_its_end() -> None:
    many = Cues({f"t{i}": [f"ord{i}*", f"*del{i}*", f"lång fras {i}"] for i in range(1_000)}, lenient=True)
    assert len(many.find("a" * 20_000 + " ord7" * 1_000)) == 1_000


@given(st.text())
def test_reading_any_text_gives_words_and_hits_inside_it(text: str) -> None:
    ends = [0]
    for token in tokens(text):
        assert ends[-1] <= token.start < token.end <= len(text)
        assert token.text == fold(token.text)
        ends.append(token.end)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in CUES.find(text))


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
