"""Columns of the office's own. A ledger of before has none, and gets none by itself; that there are none is sealed."""

from __future__ import annotations

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring a ledger of 0007 up to this version."""
    op.create_table(
        "own_columns", sa.Column("id", sa.Integer(), nullable=False), sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String()), sa.Column("kind", sa.String()), sa.Column("choices", sa.Text()),
        sa.Column("measure", sa.String()), sa.Column("names", sa.Text()), sa.Column("position", sa.Integer()),
        sa.Column("retired", sa.Boolean()), sa.Column("asked", sa.Boolean()), sa.PrimaryKeyConstraint("id", name="pk_own_columns"))
    op.create_table(
        "own_values", sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False), sa.Column("column_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Text()),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name="fk_own_values_project_id_projects"),
        sa.ForeignKeyConstraint(["column_id"], ["own_columns.id"], name="fk_own_values_column_id_own_columns"),
        sa.PrimaryKeyConstraint("id", name="pk_own_values"),
        sa.UniqueConstraint("project_id", "column_id", name="uq_own_values_project_id_column_id"))
    seal_none(op.get_bind())


def seal_none(connection: sa.Connection) -> None:
    """Seal the table of columns as it is, empty, behind the newest seal of contents."""
    seals = sa.table("content_seals", *(sa.column(c) for c in ("id", "part", "digest", "previous", "hash")))
    last = connection.execute(sa.select(seals.c.id, seals.c.hash).order_by(seals.c.id.desc()).limit(1)).first()
    number, previous = (last.id, last.hash) if last else (0, "0" * 64)
    digest = hashlib.sha256(b"--\n").hexdigest()
    told = json.dumps([previous, number + 1, "own_columns", digest], ensure_ascii=False, separators=(",", ":")) + "\n"
    connection.execute(sa.insert(seals).values(
        id=number + 1, part="own_columns", digest=digest, previous=previous, hash=hashlib.sha256(told.encode()).hexdigest()))
