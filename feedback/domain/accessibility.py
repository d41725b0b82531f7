"""The accessibility statement as dated data (catalogue/accessibility.toml)."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from feedback.domain.catalogue import CatalogueError, read

GOOD_FOR = timedelta(days=365)


@dataclass(frozen=True)
class Contact:
    name: str
    email: str
    phone: str


@dataclass(frozen=True)
class Statement:
    """faults: what is known not to be accessible, one Swedish sentence each; none means that all of it is."""

    assessed_on: date
    updated_on: date
    faults: tuple[str, ...]
    contacts: tuple[Contact, ...]
    supervisor: str
    supervisor_address: str

    def is_old(self, today: date) -> bool:
        """Older than twelve months: it must be assessed anew."""
        return today - self.assessed_on > GOOD_FOR


@cache
def statement() -> Statement:
    """Raises CatalogueError when the file lacks something the law asks for."""
    rows = read("accessibility.toml")
    try:
        return Statement(
            assessed_on=rows["assessed_on"],
            updated_on=rows["updated_on"],
            faults=tuple(rows["faults"]),
            contacts=tuple(Contact(**row) for row in rows["contact"]),
            supervisor=rows["supervisor"]["name"],
            supervisor_address=rows["supervisor"]["address"],
        )
    except (KeyError, TypeError) as error:
        raise CatalogueError(f"accessibility.toml: {error}") from None
