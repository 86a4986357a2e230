"""Registers: the lists an office keeps beside the ledger."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring a ledger of 0003 up to this version."""
    op.create_table(
        "registers", sa.Column("id", sa.Integer(), nullable=False), sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("key", sa.String()), sa.Column("name", sa.String()), sa.Column("definition", sa.Text()),
        sa.Column("position", sa.Integer()), sa.PrimaryKeyConstraint("id", name="pk_registers"))
    op.create_table(
        "records", sa.Column("id", sa.Integer(), nullable=False), sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("register_id", sa.Integer()),
        sa.ForeignKeyConstraint(["register_id"], ["registers.id"], name="fk_records_register_id_registers"),
        sa.PrimaryKeyConstraint("id", name="pk_records"))
    op.create_index("ix_records_register_id", "records", ["register_id"])
    op.create_table(
        "record_values", sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False), sa.Column("field", sa.String(), nullable=False),
        sa.Column("value", sa.Text()),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"], name="fk_record_values_record_id_records"),
        sa.PrimaryKeyConstraint("id", name="pk_record_values"),
        sa.UniqueConstraint("record_id", "field", name="uq_record_values_record_id_field"))
