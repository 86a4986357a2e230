"""Attachments of a ledger on a server stand in the database; those of a file stay beside it."""

from __future__ import annotations

from alembic import op

from hydesk.db.server_files import MAKE

revision = "0015"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring a ledger of 0010 up to this version."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(MAKE)
