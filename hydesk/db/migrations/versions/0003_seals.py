"""Seals of the change log; what older ledgers hold is sealed as it stands."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from hydesk.db.seals import seal_all

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring a ledger of 0002 up to this version."""
    op.create_table(
        "log_seals", sa.Column("id", sa.Integer(), nullable=False), sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False), sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False), sa.Column("spared", sa.Text()),
        sa.Column("first_entry", sa.Integer(), nullable=False), sa.Column("last_entry", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String()), sa.Column("previous", sa.String()), sa.Column("hash", sa.String()),
        sa.ForeignKeyConstraint(["act_id"], ["acts.id"], name="fk_log_seals_act_id_acts"),
        sa.PrimaryKeyConstraint("id", name="pk_log_seals"),
        sa.UniqueConstraint("previous", name="uq_log_seals_previous"),
        sa.UniqueConstraint("hash", name="uq_log_seals_hash"))
    op.create_index("ix_log_seals_act_id", "log_seals", ["act_id"])
    seal_all(op.get_bind())
