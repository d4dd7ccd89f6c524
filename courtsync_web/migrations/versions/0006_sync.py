"""Verdicts on whatever a phone sends, each id once; losing updates of one log belong together."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KEPT = (
    "update_id", "event_id", "match_id", "author_id",
    "body_hash", "outcome", "problem", "answer", "created_at",
)  # fmt: skip


def upgrade() -> None:
    op.rename_table("verdict", "verdict_before")
    op.drop_index("ix_verdict_author_id", "verdict_before")
    op.create_table(
        "verdict",
        sa.Column("update_id", sa.String(length=36), nullable=False),
        sa.Column("event_id", sa.String(length=64), nullable=True),
        sa.Column("match_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("author_id", sa.String(length=32), nullable=True),
        sa.Column("device_id", sa.String(length=64), nullable=True),
        sa.Column("device_seq", sa.BigInteger(), nullable=True),
        *told(),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("update_id", name="verdict_key"),
    )
    op.create_index("ix_verdict_author_id", "verdict", ["author_id"])
    op.create_index("verdict_by_device", "verdict", ["device_id", "device_seq"], unique=True)
    before = rows("verdict_before", "event_id")
    other = before.alias("other")
    twice = sa.exists().where(
        other.c.update_id == before.c.update_id, other.c.event_id < before.c.event_id
    )  # an id that two events knew (none should be) keeps its first verdict
    op.execute(
        rows("verdict", "kind")
        .insert()
        .from_select(
            [*KEPT, "kind"],
            sa.select(*(before.c[name] for name in KEPT), sa.literal("score")).where(~twice),
        )
    )
    op.drop_table("verdict_before")
    op.add_column("conflict", sa.Column("log", sa.String(length=100), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("conflict") as batch:
        batch.drop_column("log")
    op.rename_table("verdict", "verdict_after")
    op.drop_index("verdict_by_device", "verdict_after")
    op.drop_index("ix_verdict_author_id", "verdict_after")
    op.create_table(
        "verdict",
        sa.Column("event_id", sa.String(length=64), nullable=False),
        sa.Column("update_id", sa.String(length=36), nullable=False),
        sa.Column("match_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("author_id", sa.String(length=32), nullable=True),
        *told(),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("event_id", "update_id", name="verdict_key_of_event"),
    )
    op.create_index("ix_verdict_author_id", "verdict", ["author_id"])
    after = rows("verdict_after", "kind")
    op.execute(
        rows("verdict")
        .insert()
        .from_select(
            KEPT,
            sa.select(*(after.c[name] for name in KEPT)).where(
                after.c.kind == "score", after.c.outcome.in_(("applied", "conflict"))
            ),
        )
    )
    op.drop_table("verdict_after")


def told() -> list[sa.Column[object]]:
    """What was said, and when: the same before and after."""
    return [
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("problem", sa.JSON(), nullable=True),
        sa.Column("answer", sa.JSON(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
    ]


def rows(table: str, *more: str) -> sa.TableClause:
    """A table as far as its rows are copied."""
    return sa.table(table, *(sa.column(name) for name in {*KEPT, *more}))
