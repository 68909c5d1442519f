"""The tables that are computed from the log; dropping them loses nothing.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

ENTITIES = {
    "source": "title type language reliability issued document translation_of?",
    "measure": "label unit kind",
    "term": "key label part_of?",
    "figure": "places source measure stance confidence low? high? unit bound hedge origin depends_on?",
    "claim": "places source text stance confidence origin",
    "question": "text",
    "argument": "kind conclusion_kind conclusion source?",
    "calculation": "label formula unit",
    "ruling": "finding digest decision accepted?",
}


def texts(names: str) -> list[sa.Column]:
    return [sa.Column(name.rstrip("?"), sa.Text(), nullable=name.endswith("?")) for name in names.split()]


def wholes(names: str) -> list[sa.Column]:
    return [sa.Column(name, whole, nullable=False) for name in names.split()]


def upgrade() -> None:
    for name, own in ENTITIES.items():
        positions = wholes("first_position last_position")
        key = sa.PrimaryKeyConstraint("id", name=f"pk_{name}")
        op.create_table(name, *texts("id slug file"), *positions, *texts("body"), *texts(own), key)
        op.create_index(f"ix_{name}_slug", name, ["slug"])
    op.create_table(
        "document",
        *texts("sha256"),
        *wholes("first_position last_position"),
        *texts("body"),
        sa.PrimaryKeyConstraint("sha256", name="pk_document"),
    )
    op.create_table(
        "anchor",
        *texts("entity"),
        sa.Column("passage", whole, autoincrement=False, nullable=False),
        *texts("document body"),
        sa.PrimaryKeyConstraint("entity", "passage", name="pk_anchor"),
    )
    op.create_table(
        "batch",
        *texts("id"),
        *wholes("first_position last_position events"),
        *texts("recorded_at actor reason"),
        sa.PrimaryKeyConstraint("id", name="pk_batch"),
    )
    op.create_table(
        "finding",
        *texts("id kind verdict measure? calculation? severity digest body"),
        sa.PrimaryKeyConstraint("id", name="pk_finding"),
    )
    op.create_index("ix_finding_measure", "finding", ["measure"])
    op.create_table("meta", *texts("key value"), sa.PrimaryKeyConstraint("key", name="pk_meta"))


def downgrade() -> None:
    for name in ("meta", "finding", "batch", "anchor", "document", *reversed(ENTITIES)):
        op.drop_table(name)
