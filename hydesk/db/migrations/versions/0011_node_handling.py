"""Where a node stands that has no date of its own: 办理中, or 不需办理."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring a ledger of 0012 up to this version."""
    op.add_column("milestones", sa.Column("handling", sa.Text()))
