"""Push: devices, what people want to hear, the ledger; and the ways between halls."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "push_subscription",
        sa.Column("id", sa.String(length=32), nullable=False),
        person(),
        sa.Column("session_id", sa.String(length=32), nullable=True),
        sa.Column("endpoint", sa.String(length=1024), nullable=False),
        sa.Column("endpoint_hash", sa.String(length=64), nullable=False),
        sa.Column("p256dh", sa.String(length=100), nullable=False),
        sa.Column("auth", sa.String(length=32), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("device", sa.String(length=200), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("active_at", sa.BigInteger(), nullable=True),
        sa.Column("delivered_at", sa.BigInteger(), nullable=True),
        erased_with_person(),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("endpoint_hash"),
    )
    op.create_index("ix_push_subscription_user_id", "push_subscription", ["user_id"])
    op.create_index("ix_push_subscription_session_id", "push_subscription", ["session_id"])
    op.create_table(
        "push_preference",
        person(),
        sa.Column("lead_minutes", sa.Integer(), nullable=False),
        sa.Column("lead_matches", sa.Integer(), nullable=True),
        sa.Column("quiet_from", sa.Integer(), nullable=True),
        sa.Column("quiet_to", sa.Integer(), nullable=True),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        erased_with_person(),
        sa.PrimaryKeyConstraint("user_id"),
    )
    op.create_table(
        "push_choice",
        person(),
        sa.Column("event_id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        erased_with_person(),
        sa.PrimaryKeyConstraint("user_id", "event_id", "team_id", "kind"),
    )
    op.create_table(
        "push_bell",
        person(),
        event(),
        sa.Column("match_id", sa.BigInteger(), autoincrement=False, nullable=False),
        erased_with_person(),
        gone_with_event(),
        sa.PrimaryKeyConstraint("user_id", "event_id", "match_id"),
    )
    op.create_index("push_bell_by_match", "push_bell", ["event_id", "match_id"])
    op.create_table(
        "push_mute",
        person(),
        event(),
        erased_with_person(),
        gone_with_event(),
        sa.PrimaryKeyConstraint("user_id", "event_id"),
    )
    create_jobs()
    op.create_table(
        "push_turn",
        sa.Column("name", sa.String(length=24), nullable=False),
        sa.Column("holder", sa.String(length=32), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "walk",
        event(),
        sa.Column("hall", sa.String(length=80), nullable=False),
        sa.Column("other", sa.String(length=80), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        gone_with_event(),
        sa.PrimaryKeyConstraint("event_id", "hall", "other"),
    )


def create_jobs() -> None:
    op.create_table(
        "push_job",
        person(),
        sa.Column("event_id", sa.String(length=64), nullable=False),
        sa.Column("match_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("occasion", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("why_dropped", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=8), nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=True),
        sa.Column("subscription_id", sa.String(length=32), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("claimed_until", sa.BigInteger(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("delivered", sa.JSON(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("body", sa.String(length=400), nullable=False),
        sa.Column("url", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        erased_with_person(),
        sa.PrimaryKeyConstraint("user_id", "event_id", "match_id", "kind", "occasion"),
    )
    op.create_index("push_job_by_due", "push_job", ["state", "due_at"])
    op.create_index("push_job_by_person", "push_job", ["user_id", "created_at"])
    op.create_index("push_job_by_match", "push_job", ["event_id", "match_id"])


def person() -> sa.Column[str]:
    return sa.Column("user_id", sa.String(length=32), nullable=False)


def event() -> sa.Column[str]:
    return sa.Column("event_id", sa.String(length=64), nullable=False)


def erased_with_person() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["user_id"], ["person.id"], ondelete="CASCADE")


def gone_with_event() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["event_id"], ["event.id"], ondelete="CASCADE")


def downgrade() -> None:
    for table in ("walk", "push_turn", "push_job", "push_mute", "push_bell", "push_choice",
                  "push_preference", "push_subscription"):  # fmt: skip
        op.drop_table(table)
