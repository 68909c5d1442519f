"""Answers are stored, and people's assessments of them; dropping these tables loses nothing.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "assessment",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "slug", "file")),
        *(sa.Column(name, whole, nullable=False) for name in ("first_position", "last_position")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("body", "question", "certainty")),
        sa.PrimaryKeyConstraint("id", name="pk_assessment"),
    )
    op.create_index("ix_assessment_slug", "assessment", ["slug"])
    for table, key, value in (("answer", "question", "body"), ("bearing", "finding", "value")):
        op.create_table(
            table,
            *(sa.Column(name, sa.Text(), nullable=False) for name in (key, value)),
            sa.PrimaryKeyConstraint(key, name=f"pk_{table}"),
        )


def downgrade() -> None:
    for table in ("bearing", "answer", "assessment"):
        op.drop_table(table)
    op.execute("DELETE FROM meta WHERE key IN ('answers', 'projection')")
