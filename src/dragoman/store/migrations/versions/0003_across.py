"""What shows only across documents: dates, copies, claims, disagreements, and what is due to be worked out anew."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Their tables; everything is read again by whoever reads next, since the extractor is another."""
    op.create_table(
        "disagreements",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("block", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "block"),
    )
    op.create_index("disagreements_in_order", "disagreements", ["rank", "id"], unique=False)
    op.create_index(op.f("ix_disagreements_about"), "disagreements", ["about"], unique=False)
    op.create_index(op.f("ix_disagreements_block"), "disagreements", ["block"], unique=False)
    op.create_table(
        "due",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "key"),
    )
    op.create_table(
        "families",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "claims",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_claims_document"), "claims", ["document"], unique=False)
    op.create_table(
        "dating",
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("sidecar", sa.String(), nullable=True),
        sa.Column("own", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document"),
    )
    op.create_table(
        "keys",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("kind", "key", "owner", "document"),
    )
    op.create_index(op.f("ix_keys_document"), "keys", ["document"], unique=False)
    op.create_table(
        "links",
        sa.Column("first", sa.String(), nullable=False),
        sa.Column("second", sa.String(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["first"], ["documents.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["second"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("first", "second"),
    )
    op.create_index(op.f("ix_links_second"), "links", ["second"], unique=False)
    op.create_table(
        "members",
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("family", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document"),
    )
    op.create_index(op.f("ix_members_family"), "members", ["family"], unique=False)
    op.create_table(
        "bands",
        sa.Column("band", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("band", "document"),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_bands_document"), "bands", ["document"], unique=False)
    # What was read before keeps its dates and encounters until it is read again.
    op.execute("INSERT INTO dating (document, own, reasons) SELECT id, dated, '[]' FROM documents")
    op.add_column("accounts", sa.Column("month", sa.String(), nullable=False, server_default=""))
    op.execute("UPDATE accounts SET month = substr(day, 1, 7) WHERE day IS NOT NULL")
    op.drop_index(op.f("ix_accounts_day"), table_name="accounts")
    op.create_index(op.f("ix_accounts_month"), "accounts", ["month"], unique=False)
    op.drop_column("accounts", "day")
    op.drop_index(op.f("ix_meetings_day"), table_name="meetings")
    op.drop_column("meetings", "day")
