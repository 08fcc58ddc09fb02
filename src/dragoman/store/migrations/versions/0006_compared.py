"""What was found when claims were compared, so that one more document need not be compared with all others anew."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """An empty table: what stands in none is compared as a whole when it is touched."""
    op.create_table(
        "compared",
        sa.Column("block", sa.String(), nullable=False, primary_key=True),
        sa.Column("data", sa.Text(), nullable=False),
    )
