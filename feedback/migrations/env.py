"""Alembic's way in: migrates on the connection that web/migrate.py hands over."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import TypeDecorator

from feedback.store.tables import metadata


def plain_type(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Our own column types are written as what the database sees, so that a revision needs no code of ours."""
    return f"sa.{item.impl!r}" if kind == "type" and isinstance(item, TypeDecorator) else False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    render_item=plain_type,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
