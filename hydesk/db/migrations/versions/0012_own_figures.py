"""Figures of own columns by period, and the scope of an issued report."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring a ledger of the version before up to this one."""
    op.create_table(
        "own_figures", sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False), sa.Column("column_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=40), nullable=False), sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("value", sa.Text()),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name="fk_own_figures_project_id_projects"),
        sa.ForeignKeyConstraint(["column_id"], ["own_columns.id"], name="fk_own_figures_column_id_own_columns"),
        sa.PrimaryKeyConstraint("id", name="pk_own_figures"),
        sa.UniqueConstraint("project_id", "column_id", "period", name="uq_own_figures_project_id_column_id_period"))
    op.create_index("ix_own_figures_column_id_ends_on", "own_figures", ["column_id", "ends_on"])
    op.add_column("report_issues", sa.Column("scope", sa.Text()))
