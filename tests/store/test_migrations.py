"""The migrations lead from nothing to exactly the tables that the models describe."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect
from sqlalchemy.orm import Session

from feedback.actions.set_up import set_up
from feedback.store.place import municipalities
from feedback.store.tables import metadata
from feedback.web.migrate import alembic_config, upgrade


def migrate(engine: Engine) -> None:
    with Session(engine) as session, session.begin():
        upgrade(session)


def test_upgrading_nothing_gives_the_tables_of_the_models(nothing: Engine) -> None:
    migrate(nothing)
    with nothing.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_every_foreign_key_and_unique_rule_is_there(nothing: Engine) -> None:
    """What the comparison overlooks on SQLite."""
    migrate(nothing)
    there = inspect(nothing)
    for table in metadata.sorted_tables:
        keys = {tuple(key["constrained_columns"]) for key in there.get_foreign_keys(table.name)}
        assert keys == {tuple(key.column_keys) for key in table.foreign_key_constraints}, table.name
        nullable = {column["name"]: column["nullable"] for column in there.get_columns(table.name)}
        assert nullable == {column.name: column.nullable for column in table.columns}, table.name


def test_a_second_upgrade_changes_nothing_and_keeps_the_data(nothing: Engine) -> None:
    migrate(nothing)
    with Session(nothing) as session, session.begin():
        set_up(session)
    migrate(nothing)
    with Session(nothing) as session:
        assert {row.slug for row in municipalities(session)} == {"karlskoga", "degerfors"}


def test_an_upgrade_that_is_undone_leaves_nothing(nothing: Engine) -> None:
    with Session(nothing) as session:
        upgrade(session)
        session.rollback()
    assert inspect(nothing).get_table_names() == []


def test_there_is_a_way_back(nothing: Engine) -> None:
    migrate(nothing)
    with Session(nothing) as session, session.begin():
        config = alembic_config()
        config.attributes["connection"] = session.connection()
        command.downgrade(config, "base")
    assert inspect(nothing).get_table_names() == ["alembic_version"]
