"""A conflict that was looked at, and what stood kept."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conflict", sa.Column("set_aside_at", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("conflict", "set_aside_at")
