"""Weekly amounts and the day a return states; a year's last week counts as of 31 December."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring a ledger of 0004 up to this version."""
    op.add_column("progress", sa.Column("week_investment", sa.BigInteger()))
    op.add_column("progress", sa.Column("day", sa.Date()))
    progress = sa.table("progress", sa.column("year", sa.Integer), sa.column("ends_on", sa.Date))
    connection = op.get_bind()
    for year in connection.execute(sa.select(progress.c.year).distinct()).scalars().all():
        last = date(year, 12, 31)
        connection.execute(sa.update(progress).where(
            progress.c.year == year, progress.c.ends_on > last).values(ends_on=last))
