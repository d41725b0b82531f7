"""Only what has changed is grouped anew, and the end is what a full rebuild would give."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.actions.read_reports import hand_over
from feedback.actions.refresh import Refreshed, refresh
from feedback.store.group import Group
from feedback.store.report import Report, of_group
from feedback.store.timer import REGROUP, ask_for
from tests.make import NOW, Maker

DRUGS = (
    "de säljer knark vid bänken",
    "det luktar gräs och de langar öppet",
    "knarkhandel varje kväll på torget",
)


def two_places(session: Session, make: Maker) -> None:
    make.dark_tunnel()
    for number, text in enumerate(DRUGS):
        make.report(text, place_typed="Skranta torg", days_ago=7 * number)
    refresh(session, now=NOW)


def spots(session: Session) -> dict[int, str | None]:
    session.expire_all()
    return {report.id: report.spot for report in session.scalars(select(Report))}


def test_a_new_report_leaves_the_groups_of_other_districts_alone(session: Session, make: Maker) -> None:
    two_places(session, make)
    make.report("lamporna i tunneln är fortfarande trasiga, kolsvart")
    assert refresh(session, now=NOW) == Refreshed(reports=1, groups=1, drafted=0, updated=1)


def test_step_by_step_ends_where_a_rebuild_does(session: Session, make: Maker) -> None:
    two_places(session, make)
    for text, place in (("klotter i hela gångtunneln", "Sandviken"), ("krossade lampor", "vid macken"), ("trasigt", "macken")):  # fmt: skip
        make.report(text, place_typed=place)
        refresh(session, now=NOW)
    before = spots(session)
    ask_for(session, REGROUP, NOW)
    refresh(session, now=NOW)
    assert spots(session) == before


def test_who_leaves_a_group_is_missed_there_at_once(session: Session, make: Maker) -> None:
    two_places(session, make)
    tunnel = session.scalars(select(Group).where(Group.key.endswith("lighting"))).one()
    voices, (report, *_) = tunnel.voices, of_group(session, tunnel.id)
    hand_over(session, report, "Karlskoga Energi", who=make.user(), now=NOW)
    assert refresh(session, now=NOW) == Refreshed(reports=0, groups=1, drafted=0, updated=1)
    session.refresh(tunnel)
    assert tunnel.voices == voices - 1
    assert refresh(session, now=NOW) == Refreshed()


def test_a_group_that_everybody_leaves_says_so(session: Session, make: Maker) -> None:
    two_places(session, make)
    tunnel = session.scalars(select(Group).where(Group.key.endswith("lighting"))).one()
    for report in of_group(session, tunnel.id):
        hand_over(session, report, "Karlskoga Energi", who=make.user(), now=NOW)
    refresh(session, now=NOW)
    session.refresh(tunnel)
    assert (tunnel.voices, tunnel.sentence) == (0, "Inga rapporter finns kvar")


def test_what_two_have_typed_gathers_those_who_only_mention_it(session: Session, make: Maker) -> None:
    for text, place in (
        ("gungorna är sönderslagna igen", "Grankullen"),
        ("någon har krossat bänken", "vid grankullen"),
        ("rutorna på Grankullen är inslagna och ingen lagar", ""),
    ):
        make.report(text, place_typed=place)
    refresh(session, now=NOW)
    (group,) = session.scalars(select(Group))
    assert (group.voices, group.place_id) == (3, None)
