"""Plans by month (序时计划), one value of a project's year."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring a ledger of 0009 up to this version."""
    op.add_column("year_plans", sa.Column("month_plan", sa.Text()))
