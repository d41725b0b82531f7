"""Swedish typed without å, ä and ö is read as it was meant."""

import pytest

from feedback.domain.rings import with_rings


def test_common_words_get_their_rings_and_dots_back() -> None:
    assert with_rings("Det ar valdigt morkt pa kvallarna nar jag gar hem", "sv") == (
        "Det är väldigt mörkt på kvällarna när jag går hem"
    )


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Det är mörkt och kor gar här", "sv"),  # whoever types some rings types them all
        ("The path is too dark for the kids and there are no lamps", "en"),
        ("Nalka ma shaqeeyo, habeenkii waa mugdi", "so"),
        ("", None),
    ],
)
def test_other_texts_stay_as_they_are(text: str, lang: str | None) -> None:
    assert with_rings(text, lang) == text
