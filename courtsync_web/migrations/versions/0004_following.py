"""Followed teams and coverage plans."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    chosen("follow", "team_id", "following", index="follow_by_team")
    chosen("planned_match", "match_id", "planned", index="planned_by_match")


def chosen(table: str, what: str, chosen: str, *, index: str) -> None:
    """A table of what a person last chose about something in an event."""
    op.create_table(
        table,
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("event_id", sa.String(length=64), nullable=False),
        sa.Column(what, sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column(chosen, sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "event_id", what),
    )
    op.create_index(index, table, ["event_id", what])


def downgrade() -> None:
    op.drop_table("planned_match")
    op.drop_table("follow")
