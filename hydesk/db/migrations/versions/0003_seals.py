"""Seals of the change log; what older ledgers hold is sealed as it stands.

How the log was sealed then is kept here as it was, for the program's own way of sealing reads tables that this version
of a ledger does not have.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ACTS = sa.table("acts", *(sa.column(c) for c in ("id", "kind", "title", "actor", "undone_by")),
                *(sa.column(c, sa.DateTime()) for c in ("at", "undone_at")))
ENTRIES = ("id", "import_id", "entity", "project_id", "scope", "field", "old", "new", "sheet", "cell", "words", "reason")
LOG = sa.table("change_log", *(sa.column(c) for c in (*ENTRIES, "act_id")), sa.column("undone", sa.Boolean()))
IMPORTS = sa.table("imports", sa.column("id"), sa.column("sha256"))


def upgrade() -> None:
    """Bring a ledger of 0002 up to this version."""
    seals = op.create_table(
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
    if rows := sealed(op.get_bind()):
        op.bulk_insert(seals, rows)


def sealed(connection: sa.Connection) -> list[dict[str, Any]]:
    """A seal of every act as done and, where it is, as undone, by time."""
    spared: dict[int, set[int]] = defaultdict(set)
    for act_id, project_id in connection.execute(sa.select(LOG.c.act_id, LOG.c.project_id).join(
            ACTS, ACTS.c.id == LOG.c.act_id).where(ACTS.c.undone_at.is_not(None), sa.not_(LOG.c.undone)).distinct()):
        spared[act_id].add(project_id)
    acts = {a.id: a for a in connection.execute(sa.select(ACTS).order_by(ACTS.c.id))}
    events: list[tuple[datetime, int, str, str]] = []
    for act in acts.values():
        events.append((act.at, act.id, "done", act.actor))
        if act.undone_at is not None:
            events.append((max(act.at, act.undone_at), act.id, "undone", act.undone_by or act.actor))
    rows: list[dict[str, Any]] = []
    previous = "0" * 64
    for number, (at, act_id, event, actor) in enumerate(sorted(events), 1):
        left = sorted(spared.get(act_id, ())) if event == "undone" else []
        digest, first, last = written(connection, acts[act_id], event)
        row = {"id": number, "act_id": act_id, "event": event, "actor": actor, "spared": json.dumps(left) if left else None,
               "first_entry": first, "last_entry": last, "digest": digest}
        told = line([previous, at.replace(tzinfo=UTC).isoformat(), *row.values()])
        row |= {"at": at, "previous": previous, "hash": hashlib.sha256(told).hexdigest()}
        previous = str(row["hash"])
        rows.append(row)
    return rows


def written(connection: sa.Connection, act: Any, event: str) -> tuple[str, int, int]:
    """The digest of what an act wrote, with its first and last entry; of its undoing that of the act's head alone."""
    made = hashlib.sha256(line([act.id, act.kind, act.title, act.actor, act.at.replace(tzinfo=UTC).isoformat()]))
    entries: list[int] = []
    if event == "done":
        query = sa.select(*(LOG.c[c] for c in ENTRIES), IMPORTS.c.sha256).join(
            IMPORTS, IMPORTS.c.id == LOG.c.import_id, isouter=True).where(LOG.c.act_id == act.id).order_by(LOG.c.id)
        for row in connection.execute(query):
            made.update(line(list(row)))
            entries.append(row.id)
    return made.hexdigest(), min(entries, default=0), max(entries, default=0)


def line(values: list[Any]) -> bytes:
    """Values as the seals feed them to their digests."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"
