"""``feedback …``: thin commands, each calling one action. English here; people's words come from the catalogue."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import click
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import Session

IMPORT_BATCH = 200


class Commands(click.Group):
    """A mistake in a catalogue file ends any command with one line that says where it is."""

    def invoke(self, context: click.Context) -> Any:
        from feedback.domain.catalogue import CatalogueError

        try:
            return super().invoke(context)
        except CatalogueError as error:
            raise click.ClickException(str(error)) from None


@click.group(cls=Commands)
@click.version_option(package_name="trygghetsloftet")
def main() -> None:
    """Trygghetslöftet: what residents tell, and what the council promises because of it."""
    os.umask(0o077)  # what we write holds what people told: nobody else on the machine may read it


@contextmanager
def database() -> Iterator[Session]:
    """A session on the configured database: stored if all went well, undone if not."""
    from feedback.web.app import create_app
    from feedback.web.db import db, session

    with create_app().app_context():
        try:
            yield session
            session.commit()
        except (OperationalError, ProgrammingError) as error:
            why = (
                "is busy or away"
                if "lock" in str(error.orig) or "connect" in str(error.orig)
                else "has no tables"
            )
            raise click.ClickException(
                f"the database {why}; `feedback db upgrade` makes the tables"
            ) from None
        finally:
            db.session.remove()
            db.engine.dispose()


def _check_municipality(session: Session, slug: str | None) -> None:
    from feedback.store.place import municipalities

    known = [row.slug for row in municipalities(session)]
    if slug and slug not in known:
        raise click.ClickException(f"no municipality {slug}; there are: {', '.join(known) or 'none'}")


def settings_of_app() -> Any:
    from feedback.web.access import settings

    return settings()


def write_lines(rows: Iterable[Any], file: Any = None) -> None:
    """One row a line, in UTF-8 whatever the terminal speaks."""
    out = file or sys.stdout.buffer
    for row in rows:
        out.write(_encoded(row) + b"\n")
    out.flush()


def _encoded(row: Any) -> bytes:
    try:
        return json.dumps(row, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        # Half a surrogate pair can only be written as it came: escaped.
        return json.dumps(row).encode()


def line_command(name: str, help_text: str) -> None:
    """A command that answers each JSON line of stdin with one on stdout."""

    @main.command(name, help=help_text)
    def command() -> None:
        from feedback.actions import answer_lines

        answer: Callable[..., Any] = getattr(answer_lines, f"{name}_line")
        write_lines(answer_lines.answer(sys.stdin.buffer, answer))


line_command("mask", "Mask personal data: {id,text} in, {id,masked,found} out, one JSON line each.")
line_command("screen", "Flag what needs care: {id,text} in, {id,flags} out, one JSON line each.")
line_command(
    "classify", "Find the theme: {id,text,lang?} in, {id,theme,focus_area,confidence,why,second} out."
)


@main.command()
@click.argument("file", type=click.File("rb"), required=False)
@click.option("--misses", is_flag=True, help="Also list every text that was answered wrongly.")
def evaluate(file: Any, misses: bool) -> None:
    """Measure the understanding on labelled JSON lines: {text,theme or focus_area,lang?,tags?}.

    Without FILE on the project's own test set, which nothing has learnt from.
    """
    from feedback.actions.evaluate import labelled_lines, lines, own_test_set

    answers, wrong = labelled_lines(file) if file else (own_test_set(), [])
    for line in wrong:
        click.echo(line, err=True)
    if not answers:
        raise click.ClickException("no labelled texts")
    for line in lines(answers, misses):
        click.echo(line)


@main.command()
@click.option(
    "--drafts",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write one JSON line per candidate here.",
)
@click.option(
    "--today", type=click.DateTime(["%Y-%m-%d"]), help="The day drafts are written for (default: today)."
)
def group(drafts: Path | None, today: datetime | None) -> None:
    """Group reports: {id,submitted_at,municipality,place?,text} in, {id,candidate} out. Touches no database."""
    from feedback.actions.answer_lines import group_lines

    answers, written = group_lines(sys.stdin.buffer, (today or datetime.now(UTC)).date())
    write_lines(answers)
    if drafts:
        with drafts.open("wb") as file:
            write_lines(written, file)


@main.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--municipality", help="Where rows go whose own municipality is not set up.")
@click.option("--channel", default="import", show_default=True, help="The channel of rows that name none.")
def import_(file: Any, municipality: str | None, channel: str) -> None:
    """Store reports from other channels (CSV or JSON Lines). Safe to run twice; a bad line is reported."""
    from feedback.actions.import_reports import Imported, import_reports, lines_of

    with database() as session:
        _check_municipality(session, municipality)
        result, lines = Imported(), lines_of(file.read())
        while batch := list(islice(lines, IMPORT_BATCH)):
            result += import_reports(
                session, batch, now=datetime.now(UTC), channel=channel, municipality=municipality
            )
            session.commit()  # in small bites, so that residents can send meanwhile
    for number, why in result.rejected:
        click.echo(f"line {number}: {why}", err=True)
    write_lines([{
        "read": result.read, "stored": result.stored, "already_there": result.already_there,
        "rejected": len(result.rejected),
    }])  # fmt: skip


@main.command()
def refresh() -> None:
    """Classify, group and draft what is new."""
    from dataclasses import asdict

    from feedback.actions.refresh import refresh as run
    from feedback.actions.timer import daily
    from feedback.web.timer import priority_settings

    with database() as session:
        daily(session, datetime.now(UTC))
        write_lines(
            [asdict(run(session, now=datetime.now(UTC), settings=priority_settings(settings_of_app())))]
        )


@main.command()
def weekly() -> None:
    """Do the weekly work, once per ISO week however often it is run."""
    from feedback.actions.timer import weekly as run

    with database() as session:
        write_lines([{"done_now": run(session, datetime.now(UTC))}])


@main.command()
@click.option("--if-empty", is_flag=True, help="Do nothing when there are reports already.")
def demo(if_empty: bool) -> None:
    """Load a believable month of made-up reports, promises and decisions."""
    from feedback.actions.demo import load_demo
    from feedback.store.report import is_empty

    with database() as session:
        if not is_empty(session):
            if not if_empty:
                raise click.ClickException("there are reports already; the demo wants an empty database")
            return
        write_lines([load_demo(session, now=datetime.now(UTC))])


@main.group()
def db() -> None:
    """The database."""


@db.command()
def upgrade() -> None:
    """Bring the tables up to date and add the municipalities and places of the catalogue."""
    from feedback.actions.set_up import set_up
    from feedback.web.migrate import upgrade as run

    with database() as session:
        run(session)
        set_up(session)


@main.group()
def user() -> None:
    """The council's people."""


@user.command()
@click.argument("email")
@click.option("--name", required=True)
@click.option(
    "--role",
    type=click.Choice(["clerk", "reviewer", "decider", "coordinator", "administrator"]),
    required=True,
)
@click.option("--organisation", default="municipality", show_default=True, help="The giver whose yes it is.")
@click.option("--municipality", help="Leave out for the whole council.")
@click.password_option()
def add(email: str, name: str, role: str, organisation: str, municipality: str | None, password: str) -> None:
    """Add a user; the password is asked for."""
    from feedback.actions.errors import NotAllowed
    from feedback.actions.manage_staff import SHORTEST_PASSWORD, NewUser, add_user
    from feedback.domain.owners import givers
    from feedback.store.staff import Role

    if organisation not in givers():
        raise click.ClickException(f"no giver {organisation}; there are: {', '.join(givers())}")
    if len(password) < SHORTEST_PASSWORD:
        raise click.ClickException(f"the password needs at least {SHORTEST_PASSWORD} characters")
    with database() as session:
        _check_municipality(session, municipality)
        try:
            add_user(session, NewUser(email, name, password, Role(role), organisation, municipality))
        except NotAllowed as error:
            raise click.ClickException(str(error)) from None


@main.command()
@click.option(
    "--timer/--no-timer",
    default=True,
    help="Keep the queue fresh from here (default), or leave it to others.",
)
@click.option(
    "--with-demo", is_flag=True, help="Prepare the database and load the demo into an empty one first."
)
def serve(timer: bool, with_demo: bool) -> None:
    """Run the production server."""
    from feedback.web.serve import serve as run

    run(timer=timer, with_demo=with_demo)


@main.command(hidden=True)
@click.option("--parent", type=int, help="End when this process is gone (default: whoever started us).")
def timer(parent: int | None) -> None:
    """The process that `serve` keeps running beside the server."""
    from feedback.web.timer import run

    run(parent)


@main.command()
def doctor() -> None:
    """Say what is set up, and what works less well without an optional part."""
    from feedback.web.doctor import findings

    with database() as session:
        for line in findings(session, settings_of_app()):
            click.echo(line)
