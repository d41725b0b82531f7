"""The past of the demo: each decision is taken by the same actions as a real one, on its own day."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from feedback.actions.decide_candidate import Verdict, decide, edit, mark_prepared
from feedback.actions.follow_up_promise import Entry, follow_up_promise
from feedback.domain.drafting import Draft, Facts, draft
from feedback.domain.lifecycle import CandidateState, Decision
from feedback.domain.workdays import swedish_date
from feedback.store import event
from feedback.store.candidate import Candidate
from feedback.store.place import places_by_key
from feedback.store.promise import Promise
from feedback.store.staff import Role, User


def load_history(session: Session, file: Path, now: datetime) -> None:
    """Play the decisions of the file in the order they were taken."""
    told = tomllib.loads(file.read_text("utf-8"))
    deciders = _deciders(session)
    open_targets = {row["id"]: _promised(session, row, now) for row in told["promises"]}
    for row in sorted(told["decisions"], key=lambda row: -int(row["days_ago"])):
        candidate = _candidate(
            session, row, _undecided(session, row, now), now - timedelta(days=row["days_ago"])
        )
        _decide_otherwise(session, candidate, row, open_targets, deciders[0], now)
    for row in told["promises"]:
        promise = _decide_yes(session, open_targets[row["id"]], row, deciders, now)
        for entry in row["follow_ups"]:
            on = now - timedelta(days=entry["days_ago"])
            follow_up_promise(
                session, promise, Entry(on.date(), entry["text"].strip(), entry["value"], entry["result"]),
                who=deciders[0], now=on,
            )  # fmt: skip


def _deciders(session: Session) -> tuple[User, User]:
    """The two who decided then. Nobody can log in as them."""
    people = tuple(
        User(
            email=f"{organisation}@demo.invalid", name=f"Demo: {name}", password_hash="", active=False,
            role=Role.DECIDER, organisation=organisation, municipality=None,
        )
        for organisation, name in (("municipality", "beslutsfattare i kommunen"), ("police", "beslutsfattare i polisen"))
    )  # fmt: skip
    session.add_all(people)
    session.flush()
    return people[0], people[1]


def _promised(session: Session, row: Mapping[str, Any], now: datetime) -> Candidate:
    starts = now.date() - timedelta(days=row["starts_days_ago"])
    due = now.date() + timedelta(days=row["due_in_days"])
    follow_up = now.date() + timedelta(days=row["follow_up_in_days"])
    dates = {"start": swedish_date(starts), "due": swedish_date(due), "follow_up": swedish_date(follow_up)}
    texts = {name: row[name].strip() for name in ("title", "situation", "doing", "outcome", "measure")}
    texts["doing"] = row["decision"].get("drafted_doing", row["doing"]).strip()
    written = Draft(
        catalogue_id=row["id"], kind=row["kind"], target=row["target"], unit=row["unit"],
        givers=tuple(row["givers"]), owner=row["owner"], external=row.get("external"),
        starts_on=starts, due_on=due, follow_up_on=follow_up,
        **{name: _filled(text, dates) for name, text in texts.items()},
    )  # fmt: skip
    # Two weeks pass between the first draft and the decision.
    candidate = _candidate(session, row, written, now - timedelta(days=row["decision"]["days_ago"] + 14))
    candidate.cause = row["cause"]
    return candidate


def _undecided(session: Session, row: Mapping[str, Any], now: datetime) -> Draft:
    place = places_by_key(session)[f"{row['municipality']}/{row['place']}"].as_rule
    day = now.date() - timedelta(days=row["days_ago"])
    reports = row["reports"]
    facts = Facts(
        row["municipality"], row["theme"], place.in_place, reports, reports, 3, day - timedelta(days=21), day, {}, []
    )  # fmt: skip
    return replace(draft(facts, day), title=row["title"])


def _candidate(session: Session, row: Mapping[str, Any], written: Draft, at: datetime) -> Candidate:
    candidate = Candidate(
        municipality=row["municipality"], theme=row["theme"], state=CandidateState.DRAFTED, reports=row["reports"],
        created_at=at,
    )  # fmt: skip
    candidate.use(written)
    session.add(candidate)
    session.flush()
    event.record(session, "candidate", candidate.id, at, CandidateState.DRAFTED)
    return candidate


def _decide_yes(
    session: Session, candidate: Candidate, row: Mapping[str, Any], deciders: tuple[User, User], now: datetime
) -> Promise:
    at = now - timedelta(days=row["decision"]["days_ago"])
    decision = Decision(row["decision"]["kind"])
    if decision == Decision.APPROVE_WITH_CHANGES:
        dates = {
            "start": swedish_date(candidate.starts_on), "due": swedish_date(candidate.due_on),
            "follow_up": swedish_date(candidate.follow_up_on),
        }  # fmt: skip
        edit(session, candidate, {"doing": _filled(row["doing"].strip(), dates)}, who=deciders[0], now=at)
    mark_prepared(session, candidate, who=deciders[0], now=at)
    verdict = Verdict(decision, note=row["decision"]["public_note"].strip())
    promise = None
    for decider in deciders:
        promise = decide(session, candidate, verdict, who=decider, now=at)
    if promise is None:
        raise ValueError(f"{row['id']}: not every giver of the demo has decided")
    return promise


def _decide_otherwise(
    session: Session, candidate: Candidate, row: Mapping[str, Any], targets: Mapping[str, Candidate], who: User,
    now: datetime,
) -> None:  # fmt: skip
    at = now - timedelta(days=row["days_ago"])
    until = now.date() + timedelta(days=row["until_in_days"]) if "until_in_days" in row else None
    note = _filled(row["public_note"].strip(), {"until": swedish_date(until) if until else ""})
    target = targets.get(row.get("merge_into", ""))
    mark_prepared(session, candidate, who=who, now=at)
    verdict = Verdict(
        Decision(row["kind"]), row["reason"], note, until, target.id if target else None, row.get("refer_to", "")
    )  # fmt: skip
    decide(session, candidate, verdict, who=who, now=at)


def _filled(text: str, dates: Mapping[str, str]) -> str:
    for name, day in dates.items():
        text = text.replace(f"{{{name}}}", day)
    return text
