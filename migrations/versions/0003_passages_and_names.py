"""Passages that were not found again, and names that entities had before; both are computed from the log.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def text(name: str) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "missed",
        text("entity"),
        sa.Column("passage", whole, autoincrement=False, nullable=False),
        text("document"),
        text("body"),
        sa.PrimaryKeyConstraint("entity", "passage", name="pk_missed"),
    )
    op.create_table(
        "former",
        text("kind"),
        text("slug"),
        text("entity"),
        sa.Column("position", whole, nullable=False),
        sa.PrimaryKeyConstraint("kind", "slug", name="pk_former"),
    )
    op.create_index("ix_former_entity", "former", ["entity"])


def downgrade() -> None:
    for name in ("former", "missed"):
        op.drop_table(name)
