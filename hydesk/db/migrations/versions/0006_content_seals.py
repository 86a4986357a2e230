"""Seals of what the change log does not speak of; what older ledgers hold is sealed as it stands."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from hydesk.db.content_seals import seal_all

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring a ledger of 0005 up to this version."""
    op.create_table(
        "content_seals", sa.Column("id", sa.Integer(), nullable=False), sa.Column("part", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False), sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False), sa.PrimaryKeyConstraint("id", name="pk_content_seals"),
        sa.UniqueConstraint("previous", name="uq_content_seals_previous"),
        sa.UniqueConstraint("hash", name="uq_content_seals_hash"))
    op.create_index("ix_content_seals_part", "content_seals", ["part"])
    seal_all(op.get_bind())
