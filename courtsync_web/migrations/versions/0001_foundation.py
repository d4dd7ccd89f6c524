"""Events, schedules, people, scores and claims."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("password_hash", sa.String(length=255), nullable=True),
        sa.Column("display_name", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("email"),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("location", sa.String(length=200), nullable=False),
        sa.Column("start_date", sa.String(length=10), nullable=False),
        sa.Column("end_date", sa.String(length=10), nullable=False),
        sa.Column("visibility", sa.String(length=8), nullable=False),
        sa.Column("scoring_policy", sa.String(length=8), nullable=False),
        sa.Column("owner_id", sa.String(length=32), nullable=True),
        sa.Column("source", sa.String(length=8), nullable=False),
        sa.Column("format", sa.JSON(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("schedule_seq", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "session",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.Column("device", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_session_previous_hash"), ["previous_hash"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_session_token_hash"), ["token_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix_session_user_id"), ["user_id"], unique=False)

    op.create_table(
        "verdict",
        sa.Column("event_id", sa.String(length=64), nullable=False),
        sa.Column("update_id", sa.String(length=36), nullable=False),
        sa.Column("match_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("author_id", sa.String(length=32), nullable=True),
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("problem", sa.JSON(), nullable=True),
        sa.Column("answer", sa.JSON(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("event_id", "update_id"),
    )
    with op.batch_alter_table("verdict", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_verdict_author_id"), ["author_id"], unique=False)

    op.create_table(
        "club",
        sa.Column("event_id", sa.String(length=64), nullable=False),
        sa.Column("club_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", "club_id"),
    )
    op.create_table(
        "court",
        sa.Column("event_id", sa.String(length=64), nullable=False),
        sa.Column("court_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("video_link", sa.String(length=500), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", "court_id"),
    )
    op.create_table(
        "division",
        sa.Column("event_id", sa.String(length=64), nullable=False),
        sa.Column("division_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("code", sa.String(length=120), nullable=False),
        sa.Column("color", sa.String(length=7), nullable=True),
        sa.Column("format", sa.JSON(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", "division_id"),
    )
    op.create_table(
        "match",
        sa.Column("event_id", sa.String(length=64), nullable=False),
        sa.Column("match_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("division_id", sa.BigInteger(), nullable=True),
        sa.Column("stage_id", sa.BigInteger(), nullable=True),
        sa.Column("court_id", sa.BigInteger(), nullable=True),
        sa.Column("team1_id", sa.BigInteger(), nullable=True),
        sa.Column("team2_id", sa.BigInteger(), nullable=True),
        sa.Column("work_team_id", sa.BigInteger(), nullable=True),
        sa.Column("team1_text", sa.String(length=200), nullable=False),
        sa.Column("team2_text", sa.String(length=200), nullable=False),
        sa.Column("work_team_text", sa.String(length=200), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=True),
        sa.Column("starts_at", sa.BigInteger(), nullable=True),
        sa.Column("ends_at", sa.BigInteger(), nullable=True),
        sa.Column("format", sa.JSON(), nullable=True),
        sa.Column("vanished_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", "match_id"),
    )
    with op.batch_alter_table("match", schema=None) as batch_op:
        batch_op.create_index("match_by_court", ["event_id", "court_id"], unique=False)
        batch_op.create_index("match_by_day", ["event_id", "day"], unique=False)
        batch_op.create_index("match_by_start", ["event_id", "starts_at"], unique=False)
        batch_op.create_index("match_by_team1", ["event_id", "team1_id"], unique=False)
        batch_op.create_index("match_by_team2", ["event_id", "team2_id"], unique=False)
        batch_op.create_index("match_by_work_team", ["event_id", "work_team_id"], unique=False)

    op.create_table(
        "stage",
        sa.Column("event_id", sa.String(length=64), nullable=False),
        sa.Column("stage_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("division_id", sa.BigInteger(), nullable=True),
        sa.Column("round", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("format", sa.JSON(), nullable=True),
        sa.Column("finished", sa.Boolean(), nullable=False),
        sa.Column("ranks", sa.JSON(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", "stage_id"),
    )
    with op.batch_alter_table("stage", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stage_division_id"), ["division_id"], unique=False)

    op.create_table(
        "team",
        sa.Column("event_id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("club_id", sa.BigInteger(), nullable=True),
        sa.Column("division_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", "team_id"),
    )
    with op.batch_alter_table("team", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_team_club_id"), ["club_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_team_division_id"), ["division_id"], unique=False)

    op.create_table(
        "claim",
        sa.Column("event_id", sa.String(length=64), nullable=False),
        sa.Column("match_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("holder_id", sa.String(length=32), nullable=True),
        sa.Column("claimed_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.Column("asked_by_id", sa.String(length=32), nullable=True),
        sa.Column("asked_until", sa.BigInteger(), nullable=True),
        sa.Column("refused_until", sa.BigInteger(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["event_id", "match_id"],
            ["match.event_id", "match.match_id"],
            name="claim_match",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["holder_id"], ["person.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("event_id", "match_id"),
    )
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.create_index("claim_by_seq", ["event_id", "seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_holder_id"), ["holder_id"], unique=False)

    op.create_table(
        "conflict",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("event_id", sa.String(length=64), nullable=False),
        sa.Column("match_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("update_id", sa.String(length=36), nullable=True),
        sa.Column("author_id", sa.String(length=32), nullable=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("fence", sa.BigInteger(), nullable=True),
        sa.Column("won_revision", sa.BigInteger(), nullable=False),
        sa.Column("happened_at", sa.BigInteger(), nullable=False),
        sa.Column("arrived_at", sa.BigInteger(), nullable=False),
        sa.Column("restored_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["event_id", "match_id"],
            ["match.event_id", "match.match_id"],
            name="conflict_match",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("conflict", schema=None) as batch_op:
        batch_op.create_index("conflict_by_match", ["event_id", "match_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_conflict_author_id"), ["author_id"], unique=False)

    op.create_table(
        "hold",
        sa.Column("event_id", sa.String(length=64), nullable=False),
        sa.Column("match_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("fence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("holder_id", sa.String(length=32), nullable=True),
        sa.Column("claimed_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "match_id"],
            ["match.event_id", "match.match_id"],
            name="hold_match",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["holder_id"], ["person.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("event_id", "match_id", "fence"),
    )
    with op.batch_alter_table("hold", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hold_holder_id"), ["holder_id"], unique=False)

    op.create_table(
        "score",
        sa.Column("event_id", sa.String(length=64), nullable=False),
        sa.Column("match_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("sets", sa.JSON(), nullable=False),
        sa.Column("sets_won1", sa.Integer(), nullable=False),
        sa.Column("sets_won2", sa.Integer(), nullable=False),
        sa.Column("winner", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("serving", sa.Integer(), nullable=True),
        sa.Column("timeouts", sa.JSON(), nullable=False),
        sa.Column("warnings", sa.JSON(), nullable=False),
        sa.Column("provenance", sa.String(length=8), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("fence", sa.BigInteger(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("author_id", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["event_id", "match_id"],
            ["match.event_id", "match.match_id"],
            name="score_match",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "match_id"),
    )
    with op.batch_alter_table("score", schema=None) as batch_op:
        batch_op.create_index("score_by_seq", ["event_id", "seq"], unique=False)

    op.create_table(
        "score_update",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("event_id", sa.String(length=64), nullable=False),
        sa.Column("match_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("update_id", sa.String(length=36), nullable=True),
        sa.Column("base_revision", sa.BigInteger(), nullable=True),
        sa.Column("fence", sa.BigInteger(), nullable=True),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.Column("author_id", sa.String(length=32), nullable=True),
        sa.Column("happened_at", sa.BigInteger(), nullable=False),
        sa.Column("arrived_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["event_id", "match_id"],
            ["match.event_id", "match.match_id"],
            name="score_update_match",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("score_update", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_score_update_author_id"), ["author_id"], unique=False)
        batch_op.create_index(
            "score_update_by_revision", ["event_id", "match_id", "revision"], unique=True
        )


def downgrade() -> None:
    with op.batch_alter_table("score_update", schema=None) as batch_op:
        batch_op.drop_index("score_update_by_revision")
        batch_op.drop_index(batch_op.f("ix_score_update_author_id"))

    op.drop_table("score_update")
    with op.batch_alter_table("score", schema=None) as batch_op:
        batch_op.drop_index("score_by_seq")

    op.drop_table("score")
    with op.batch_alter_table("hold", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hold_holder_id"))

    op.drop_table("hold")
    with op.batch_alter_table("conflict", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conflict_author_id"))
        batch_op.drop_index("conflict_by_match")

    op.drop_table("conflict")
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_claim_holder_id"))
        batch_op.drop_index("claim_by_seq")

    op.drop_table("claim")
    with op.batch_alter_table("team", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_team_division_id"))
        batch_op.drop_index(batch_op.f("ix_team_club_id"))

    op.drop_table("team")
    with op.batch_alter_table("stage", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stage_division_id"))

    op.drop_table("stage")
    with op.batch_alter_table("match", schema=None) as batch_op:
        batch_op.drop_index("match_by_work_team")
        batch_op.drop_index("match_by_team2")
        batch_op.drop_index("match_by_team1")
        batch_op.drop_index("match_by_start")
        batch_op.drop_index("match_by_day")
        batch_op.drop_index("match_by_court")

    op.drop_table("match")
    op.drop_table("division")
    op.drop_table("court")
    op.drop_table("club")
    with op.batch_alter_table("verdict", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_verdict_author_id"))

    op.drop_table("verdict")
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_user_id"))
        batch_op.drop_index(batch_op.f("ix_session_token_hash"))
        batch_op.drop_index(batch_op.f("ix_session_previous_hash"))

    op.drop_table("session")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_owner_id"))

    op.drop_table("event")
    op.drop_table("person")
