"""What a reviewer corrects holds for the next report like it, and for no other."""

from collections.abc import Sequence

import pytest

from feedback.domain import classification
from feedback.domain.classification import classify
from feedback.domain.corrections import Correction, Corrections
from feedback.domain.examples import examples

TAUGHT = "Killarna med epan står och rusar utanför Coop varje kväll, vi kan inte sova"


@pytest.fixture(params=["with embeddings", "by words alone"], autouse=True)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "by words alone":
        monkeypatch.setattr(classification, "is_installed", lambda: False)


def learnt(theme: str, text: str = TAUGHT) -> Corrections:
    return Corrections([Correction("17", text, theme)])


@pytest.mark.parametrize(
    "text",
    [
        TAUGHT,
        "killarna med epan står och rusar utanför coop igen, kan inte sova",
        "Killarna med epan rusar utanför Coop varje kväll och vi kan inte sova!!",
    ],
)
def test_the_next_report_like_it_gets_the_corrected_theme(text: str) -> None:
    assert classify(text, "sv").theme != "hidden"
    answer = classify(text, "sv", corrections=learnt("hidden"))
    assert answer.theme == "hidden"
    assert "rapport 17" in answer.why[0]


@pytest.mark.parametrize("theme", ["fraud", "not_safety", "hate"])
def test_one_absurd_correction_does_not_carry_other_texts_away(theme: str) -> None:
    flipped = _flipped(learnt(theme), _others())
    assert flipped == []


def test_many_corrections_that_say_the_same_do_not_add_up() -> None:
    same = [Correction(str(number), f"{TAUGHT} {number}", "fraud") for number in range(50)]
    assert _flipped(Corrections(same), _others()) == []


def test_a_short_correction_pulls_only_what_is_as_short_and_the_same() -> None:
    learnt_short = learnt("lighting", "stationen")
    assert (
        classify("Någon blev rånad vid stationen i går kväll", "sv", corrections=learnt_short).theme
        == "robbery"
    )


def test_an_undone_correction_leaves_the_answer_as_it_was() -> None:
    assert classify(TAUGHT, "sv", corrections=Corrections([])) == classify(TAUGHT, "sv")


def _others() -> Sequence[str]:
    """Every twentieth Swedish example: none of them is about that Coop."""
    return [one.text for one in examples() if one.lang == "sv"][::20]


def _flipped(learnt: Corrections, texts: Sequence[str]) -> list[str]:
    return [
        text for text in texts if classify(text, "sv", corrections=learnt).theme != classify(text, "sv").theme
    ]
