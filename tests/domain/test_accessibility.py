"""The accessibility statement is dated, and says what it knows."""

from datetime import timedelta

import pytest

from feedback.domain import accessibility
from feedback.domain.accessibility import statement
from feedback.domain.catalogue import CatalogueError


def test_it_is_old_after_a_year() -> None:
    found = statement()
    assert not found.is_old(found.assessed_on + timedelta(days=365))
    assert found.is_old(found.assessed_on + timedelta(days=366))


def test_it_names_somebody_to_write_to_in_every_municipality() -> None:
    assert [contact.name for contact in statement().contacts] == ["Karlskoga kommun", "Degerfors kommun"]
    assert all(contact.email and contact.phone for contact in statement().contacts)


def test_a_file_that_lacks_what_the_law_asks_for_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accessibility, "read", lambda _name: {"assessed_on": statement().assessed_on})
    with pytest.raises(CatalogueError, match=r"accessibility\.toml.*updated_on"):
        statement.__wrapped__()
