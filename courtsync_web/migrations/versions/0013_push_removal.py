"""Browsers whose owner has removed them: they do not come back by themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "push_removal",
        sa.Column("endpoint_hash", sa.String(length=64), nullable=False),
        sa.Column("removed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("endpoint_hash"),
    )


def downgrade() -> None:
    op.drop_table("push_removal")
