"""Things for tests, with good defaults."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from feedback.actions.decide_candidate import Verdict, decide, edit, mark_prepared
from feedback.actions.manage_staff import NewUser, add_user
from feedback.actions.receive_report import Receipt, Submission, prepare, receive_report
from feedback.actions.refresh import refresh
from feedback.store import candidate as candidates
from feedback.store.candidate import Candidate
from feedback.store.staff import Role, User, user_by_email

NOW = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)
SECRET = "test"
PASSWORD = "fyra vanliga ord tillsammans"

DARK_TUNNEL = (
    "kolsvart i tunneln, lamporna lyser inte",
    "Belysningen i gångtunneln är trasig sedan två veckor",
    "Man ser ingenting där nere på kvällen, lyset är släckt",
    "ingen lampa fungerar, min dotter vågar inte gå där",
    "Det är mörkt i tunneln. Lyktorna är trasiga.",
    "Trasig belysning, jag tar omvägen",
)


JOINT = {
    "owner": "gata och park, samhällsbyggnadsnämnden",
    "givers": ["municipality", "police"],
    "doing": "Karlskoga kommun lagar alla trasiga lampor i gångtunneln i Sandviken och kontrollerar dem varje "
    "månad. Polisen går genom tunneln varje vecka tills alla lyser.",
}
"""What makes the dark tunnel's draft a promise of the municipality and the police."""


class Maker:
    """Makes what a test needs in one session; nothing is committed."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.count = 0

    def report(self, text: str = DARK_TUNNEL[0], *, days_ago: int = 0, **more: Any) -> Receipt:
        self.count += 1
        values = {
            "municipality": "karlskoga",
            "place_typed": "Sandvikstunneln",
            "nonce": f"n{self.count}",
            **more,
        }
        submission = Submission(text=text, **values)
        kept = prepare(text, submission.place_typed)
        return receive_report(
            self.session, submission, kept, now=NOW - timedelta(days=days_ago), secret=SECRET
        )

    def dark_tunnel(self, **more: Any) -> None:
        """Six voices in three weeks about the same dark tunnel."""
        for number, text in enumerate(DARK_TUNNEL):
            self.report(text, days_ago=number * 4, **more)

    def candidate(self, **more: Any) -> Candidate:
        """The candidate that the dark tunnel leads to."""
        self.dark_tunnel(**more)
        refresh(self.session, now=NOW)
        return candidates.queue(self.session, None, 0, 1)[0]

    def decided(self, verdict: Verdict) -> Candidate:
        """The dark tunnel's candidate, prepared for the municipality alone and decided."""
        candidate = self.candidate()
        edit(self.session, candidate, {**JOINT, "givers": ["municipality"]}, who=self.user(), now=NOW)
        mark_prepared(self.session, candidate, who=self.user(), now=NOW)
        decide(self.session, candidate, verdict, who=self.user(), now=NOW)
        return candidate

    def user(self, role: Role = Role.DECIDER, organisation: str = "municipality", **more: Any) -> User:
        email = f"{role}-{organisation}@example.se"
        return user_by_email(self.session, email) or add_user(
            self.session, NewUser(email, f"{role} {organisation}", PASSWORD, role, organisation, **more)
        )
