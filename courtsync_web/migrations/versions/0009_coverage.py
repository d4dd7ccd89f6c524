"""Matches that were shot, and how somebody means to cover an event."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    of_a_plan(
        "shot_match",
        sa.Column("match_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("shot", sa.Boolean(), nullable=False),
        key=["match_id"],
    )
    of_a_plan(
        "plan_setting",
        sa.Column("stay", sa.String(length=8), nullable=False),
        sa.Column("aim", sa.String(length=24), nullable=False),
        key=[],
    )


def of_a_plan(table: str, *columns: "sa.Column[Any]", key: list[str]) -> None:
    """A table of a person's latest choices about an event."""
    op.create_table(
        table,
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("event_id", sa.String(length=64), nullable=False),
        *columns,
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "event_id", *key),
    )


def downgrade() -> None:
    op.drop_table("plan_setting")
    op.drop_table("shot_match")
