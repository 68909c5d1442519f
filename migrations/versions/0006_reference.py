"""What an event touches is found through indexes; the new columns are filled when the tables are rebuilt.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

PLAIN = (
    ("figure", "source"),
    ("figure", "measure"),
    ("source", "translation_of"),
    ("measure", "kind"),
    ("term", "part_of"),
    ("match", "left"),
    ("match", "right"),
)
SPARSE = (("figure", "depends_on"), ("finding", "calculation"), ("finding", "claim"), ("finding", "other_claim"))


def upgrade() -> None:
    op.create_table(
        "reference",
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("target", "entity", name="pk_reference"),
        sqlite_with_rowid=False,
    )
    op.add_column("finding", sa.Column("claim", sa.Text(), nullable=True))
    op.add_column("finding", sa.Column("other_claim", sa.Text(), nullable=True))
    for table, column in PLAIN:
        op.create_index(f"ix_{table}_{column}", table, [column])
    for table, column in SPARSE:
        given = sa.text(f"{column} IS NOT NULL")
        op.create_index(f"ix_{table}_{column}", table, [column], sqlite_where=given, postgresql_where=given)


def downgrade() -> None:
    for table, column in (*PLAIN, *SPARSE):
        op.drop_index(f"ix_{table}_{column}", table)
    op.drop_column("finding", "other_claim")
    op.drop_column("finding", "claim")
    op.drop_table("reference")
