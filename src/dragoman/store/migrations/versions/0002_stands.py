"""Positions, agreements and outlooks, and the set of issues that a record is read with."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Their tables."""
    op.create_table(
        "settings",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "positions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("teller", sa.String(), nullable=True),
        sa.Column("addressee", sa.String(), nullable=True),
        sa.Column("issue", sa.String(), nullable=False),
        sa.Column("date_from", sa.String(), nullable=True),
        sa.Column("date_to", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_positions_party"), "positions", ["party"], unique=False)
    op.create_index(op.f("ix_positions_issue"), "positions", ["issue"], unique=False)
    op.create_index("positions_in_order", "positions", ["document", "position"], unique=True)
    op.create_table(
        "outlooks",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_outlooks_holder"), "outlooks", ["holder"], unique=False)
    op.create_index("outlooks_in_order", "outlooks", ["document", "position"], unique=True)
    op.create_table(
        "agreements",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("block", sa.String(), nullable=True),
        sa.Column("date_from", sa.String(), nullable=False),
        sa.Column("date_to", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_agreements_block"), "agreements", ["block"], unique=False)
    op.create_index("agreements_in_order", "agreements", ["date_from", "date_to", "id"], unique=False)
    op.create_table(
        "agreed",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("block", sa.String(), nullable=True),
        sa.Column("agreement", sa.String(), nullable=True),
        sa.Column("met", sa.String(), nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_agreed_agreement"), "agreed", ["agreement"], unique=False)
    op.create_index(op.f("ix_agreed_block"), "agreed", ["block"], unique=False)
    op.create_index(op.f("ix_agreed_document"), "agreed", ["document"], unique=False)
    op.create_table(
        "agreed_actors",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("profile", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["agreed.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account", "number"),
    )
    op.create_index(op.f("ix_agreed_actors_profile"), "agreed_actors", ["profile"], unique=False)
