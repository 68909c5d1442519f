"""A table for names that a person holds to be the same, or not; dropping it loses nothing.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "match",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "slug", "file")),
        *(sa.Column(name, whole, nullable=False) for name in ("first_position", "last_position")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("body", "left", "right")),
        sa.Column("same", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_match"),
    )
    op.create_index("ix_match_slug", "match", ["slug"])
    op.execute("DELETE FROM meta WHERE key = 'projection'")  # the log may tell of matches: all tables are computed anew


def downgrade() -> None:
    op.drop_table("match")
