"""Links that were given out, and matches that the schedule dropped."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shared_link",
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("event_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("key_id", sa.String(length=8), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "event_id", "kind"),
        sa.UniqueConstraint("code_hash"),
    )
    op.create_index(op.f("ix_shared_link_event_id"), "shared_link", ["event_id"])
    op.create_table(
        "dropped_match",
        sa.Column("event_id", sa.String(length=64), nullable=False),
        sa.Column("match_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("team1_id", sa.BigInteger(), nullable=True),
        sa.Column("team2_id", sa.BigInteger(), nullable=True),
        sa.Column("work_team_id", sa.BigInteger(), nullable=True),
        sa.Column("title", sa.String(length=400), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", "match_id"),
    )


def downgrade() -> None:
    op.drop_table("dropped_match")
    op.drop_table("shared_link")
