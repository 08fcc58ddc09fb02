"""Stands in rows of their own: to compare some, or to read them all, no findings have to be parsed."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """The column; what was read before is taken from the findings until it is read again."""
    op.add_column("positions", sa.Column("data", sa.Text(), nullable=True))
