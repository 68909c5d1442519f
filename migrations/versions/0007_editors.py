"""A claim that the editors infer has no source.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("claim") as claim:
        claim.alter_column("source", existing_type=sa.Text(), nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM claim WHERE source IS NULL")
    op.execute("DELETE FROM meta WHERE key = 'projection'")  # these rows are missing: all tables are computed anew
    with op.batch_alter_table("claim") as claim:
        claim.alter_column("source", existing_type=sa.Text(), nullable=False)
