"""Undoing and redoing as rows of their own, and who acted: acts, log and seals are only ever appended to from now on.

Every undoing and redoing that the seals tell of becomes a mark, with when and by whom. Where acts and log say otherwise
than the seals, what they say stays and one more mark says it, so that the check tells of it as before.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ACTS = sa.table("acts", sa.column("id"), sa.column("actor"), sa.column("at", sa.DateTime()),
                sa.column("undone_at", sa.DateTime()), sa.column("undone_by"))
LOG = sa.table("change_log", sa.column("act_id"), sa.column("project_id"), sa.column("undone", sa.Boolean()))
SEALS = sa.table("log_seals", *(sa.column(c) for c in ("id", "act_id", "event", "actor", "spared")),
                 sa.column("at", sa.DateTime()))


def upgrade() -> None:
    """Bring a ledger of 0006 up to this version."""
    marks = op.create_table(
        "act_marks", sa.Column("id", sa.Integer(), nullable=False), sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False), sa.Column("actor", sa.String(), nullable=False),
        sa.Column("account", sa.String()), sa.Column("machine", sa.String()),
        sa.Column("at", sa.DateTime(), nullable=False), sa.Column("newest_act", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["acts.id"], name="fk_act_marks_act_id_acts"),
        sa.PrimaryKeyConstraint("id", name="pk_act_marks"))
    op.create_index("ix_act_marks_act_id", "act_marks", ["act_id"])
    parts = op.create_table(
        "spared_parts", sa.Column("id", sa.Integer(), nullable=False), sa.Column("mark_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False), sa.Column("entity", sa.String(length=40), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["mark_id"], ["act_marks.id"], name="fk_spared_parts_mark_id_act_marks"),
        sa.PrimaryKeyConstraint("id", name="pk_spared_parts"))
    op.create_index("ix_spared_parts_mark_id", "spared_parts", ["mark_id"])
    made = told(op.get_bind())
    if made:
        op.bulk_insert(marks, [{c: v for c, v in m.items() if c != "spared"} for m in made])
    spared = [{"mark_id": m["id"], "project_id": p, "entity": "", "scope": ""} for m in made for p in sorted(m["spared"])]
    if spared:
        op.bulk_insert(parts, spared)
    op.add_column("log_seals", sa.Column("mark_id", sa.Integer()))
    for name in ("account", "machine"):
        op.add_column("acts", sa.Column(name, sa.String()))
    for name in ("undone_at", "undone_by", "undone_order", "redoable"):
        op.drop_column("acts", name)
    op.drop_column("change_log", "undone")


def told(connection: sa.Connection) -> list[dict[str, Any]]:
    """The marks in order: what the seals tell of, then what acts and log say otherwise."""
    made: list[dict[str, Any]] = []
    last: dict[int, dict[str, Any]] = {}
    newest = 0

    def mark(act_id: int, kind: str, actor: str, at: Any, spared: set[int]) -> None:
        made.append({"id": len(made) + 1, "act_id": act_id, "kind": kind, "actor": actor, "at": at, "newest_act": newest,
                     "spared": spared})
        last[act_id] = made[-1]

    for s in connection.execute(sa.select(SEALS).order_by(SEALS.c.id)):
        if s.event in ("undone", "redone"):
            mark(s.act_id, s.event, s.actor, s.at, projects(s.spared))
        else:
            newest = max(newest, s.act_id)
    spared = spared_by(connection)
    for a in connection.execute(sa.select(ACTS).order_by(ACTS.c.id)):
        said = last.get(a.id, {"kind": "redone", "spared": set()})
        if a.undone_at is None and said["kind"] == "undone":
            mark(a.id, "redone", a.actor, a.at, set())
        elif a.undone_at is not None and (said["kind"] != "undone" or said["spared"] != spared[a.id]):
            mark(a.id, "undone", a.undone_by or a.actor, a.undone_at, spared[a.id])
    return made


def projects(text: str | None) -> set[int]:
    """The projects that a seal says were spared; none where it says what no seal does."""
    try:
        said = json.loads(text or "[]")
    except ValueError:
        return set()
    return {p for p in said if isinstance(p, int)} if isinstance(said, list) else set()


def spared_by(connection: sa.Connection) -> dict[int, set[int]]:
    """Per undone act the projects whose entries still hold."""
    found: dict[int, set[int]] = defaultdict(set)
    for act_id, project_id in connection.execute(sa.select(LOG.c.act_id, LOG.c.project_id).join(
            ACTS, ACTS.c.id == LOG.c.act_id).where(ACTS.c.undone_at.is_not(None), sa.not_(LOG.c.undone)).distinct()):
        found[act_id].add(project_id)
    return found
