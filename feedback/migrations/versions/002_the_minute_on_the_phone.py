"""the minute on the phone: answers given after the report, and where places lie"""

import sqlalchemy as sa
from alembic import op

revision = "002"
down_revision = "001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("attempt")  # what it held is worth nothing after an hour
    op.create_table(
        "attempt",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "at", name=op.f("pk_attempt")),
    )
    op.create_index(op.f("ix_attempt_at"), "attempt", ["at"])
    with op.batch_alter_table("report") as report:
        report.add_column(sa.Column("times", sa.JSON(), nullable=False, server_default="[]"))
        report.add_column(sa.Column("often", sa.String(12), nullable=True))
        report.add_column(sa.Column("age", sa.String(12), nullable=True))
        report.add_column(sa.Column("relation", sa.String(12), nullable=True))
        report.add_column(sa.Column("added_to", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("place") as place:
        place.add_column(sa.Column("latitude", sa.Double(), nullable=True))
        place.add_column(sa.Column("longitude", sa.Double(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("place") as place:
        place.drop_column("longitude")
        place.drop_column("latitude")
    with op.batch_alter_table("report") as report:
        for column in ("added_to", "relation", "age", "often", "times"):
            report.drop_column(column)
    op.drop_table("attempt")
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("key", sa.String(64), nullable=False, index=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, index=True),
    )
