"""likely themes: every theme that a report may be about, and what it tells of beside what others tell"""

import sqlalchemy as sa
from alembic import op

revision = "004"
down_revision = "003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("report") as table:
        table.add_column(sa.Column("likely", sa.JSON(), nullable=False, server_default="{}"))
        table.add_column(sa.Column("spot", sa.String(200), nullable=True))
        table.create_index(op.f("ix_report_spot"), ["spot"])
        table.drop_index(op.f("ix_report_sensitive"))
        table.create_index("ix_report_counted", ["sensitive", "state", "municipality"])
        table.create_index("ix_report_hours", ["channel", "external_id", "received_at", "municipality"])


def downgrade() -> None:
    with op.batch_alter_table("report") as table:
        table.drop_index("ix_report_hours")
        table.drop_index("ix_report_counted")
        table.create_index(op.f("ix_report_sensitive"), ["sensitive"])
        table.drop_index(op.f("ix_report_spot"))
        table.drop_column("spot")
        table.drop_column("likely")
