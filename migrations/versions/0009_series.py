"""A finding may have no verdict, as a series has none.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("finding") as finding:
        finding.alter_column("verdict", existing_type=sa.Text(), nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM finding WHERE verdict IS NULL")
    op.execute("DELETE FROM meta WHERE key = 'projection'")  # these rows are missing: all tables are computed anew
    with op.batch_alter_table("finding") as finding:
        finding.alter_column("verdict", existing_type=sa.Text(), nullable=False)
