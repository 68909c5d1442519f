"""A table for the units that seed files declare; dropping it loses nothing.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "unit",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "slug", "file")),
        *(sa.Column(name, whole, nullable=False) for name in ("first_position", "last_position")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("body", "kind", "equals", "code")),
        sa.PrimaryKeyConstraint("id", name="pk_unit"),
    )
    op.create_index("ix_unit_slug", "unit", ["slug"])
    op.execute("DELETE FROM meta WHERE key = 'projection'")  # the log may tell of units: all tables are computed anew


def downgrade() -> None:
    op.drop_table("unit")
