"""The catalogue of themes, focus areas and agreements holds together."""

from datetime import date

import pytest

from feedback.domain import themes as module
from feedback.domain.catalogue import CatalogueError
from feedback.domain.themes import Theme, agreement_on, agreements, default_agreement, focus_areas, themes


def test_the_form_offers_seven_areas_and_something_else_last() -> None:
    assert len(focus_areas()) == 8
    assert list(focus_areas())[-1] == "other"
    assert set(default_agreement().areas) == set(focus_areas())


def test_every_theme_has_an_area_and_every_area_a_theme() -> None:
    agreement = default_agreement()
    assert set(agreement.themes) == set(themes())
    assert set(agreement.themes.values()) == set(focus_areas())


@pytest.mark.parametrize("theme", themes().values(), ids=lambda theme: theme.slug)
def test_a_theme_can_be_read_aloud(theme: Theme) -> None:
    assert theme.name[0].isupper()
    assert theme.noun[0].islower() or theme.noun.startswith("A-")
    assert theme.help.endswith(".")


def test_themes_that_are_one_problem_lie_in_one_focus_area() -> None:
    areas: dict[str, set[str]] = {}
    for theme in themes().values():
        areas.setdefault(theme.problem, set()).add(default_agreement().focus_area(theme.slug))
    assert all(len(found) == 1 for found in areas.values())


def test_the_agreement_of_2016_had_other_areas_and_has_ended() -> None:
    old = agreements()["2016"]
    assert old.covers(date(2016, 6, 28))
    assert old.covers(date(2019, 12, 31))
    assert not old.covers(date(2020, 1, 1))
    assert len(set(old.areas) - {"other"}) == 7
    assert old.focus_area("hate") == "rights"
    assert old.focus_area("speed") == "other"


def test_the_standing_agreement_has_no_end() -> None:
    assert default_agreement().covers(date(2099, 1, 1))


def test_a_wrong_number_is_refused_with_file_and_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"name": "X", "help": "X.", "seriousness": 6, "influence": 1, "noun": "x"}
    monkeypatch.setattr(module, "read", lambda name: {"lighting": row})
    with pytest.raises(CatalogueError, match=r"themes\.toml line \d+: \[lighting\] seriousness"):
        module.themes.__wrapped__()


def test_the_agreement_of_the_day_decides_the_focus_area() -> None:
    then, now = agreement_on(date(2017, 5, 1)), agreement_on(date(2026, 11, 23))
    assert (then.slug, now.slug) == ("2016", "standard")
    assert (then.focus_area("dealing"), now.focus_area("dealing")) == ("andt", "drugs")
