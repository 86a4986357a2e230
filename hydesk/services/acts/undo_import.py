"""Take back a return or a project list at any later time; what people wrote afterwards stays and is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from hydesk.db.journal import Kept, projects_written_after, undo
from hydesk.db.ledger import Ledger
from hydesk.db.models import Act, Import, LogEntry, Project
from hydesk.db.places import PRESENT, SOURCE, Entity, field_label, show_value
from hydesk.domain.errors import HydeskError
from hydesk.services.acts.name_actor import current_actor

WHOLE = "全部内容"
"""The field of a kept edit where a whole project stays."""


@dataclass(frozen=True, slots=True)
class KeptEdit:
    """A value that an undo left alone, because ``actor`` wrote it afterwards."""

    project: str
    project_name: str
    field: str
    """The field in the office's words."""
    value: str | None
    """What stays, as the office reads it."""
    undone_value: str | None
    """What the undone import had said."""
    act: str
    """What was done afterwards."""
    actor: str
    at: datetime

    def __str__(self) -> str:
        stays = f"保留“{self.value or '空'}”" if self.field != WHOLE else "整个保留"
        return f"{self.project} {self.project_name} 的{self.field}{stays}：{self.at:%Y-%m-%d %H:%M} {self.actor} {self.act}"


@dataclass(frozen=True, slots=True)
class UndoResult:
    """How many values went back to what they were, and which stayed."""

    import_id: int
    restored: int
    kept: tuple[KeptEdit, ...]


def undo_import(ledger: Ledger, import_id: int, actor: str | None = None) -> UndoResult:
    """Undo a return or a project list. Raises HydeskError where there is none or it is undone already."""
    with ledger.write() as connection:
        found = connection.execute(
            select(Import.act_id, Import.file, Act.undone_at).join(Act, Act.id == Import.act_id)
            .where(Import.id == import_id)).first()
        if found is None:
            raise HydeskError(f"没有编号为 {import_id} 的导入记录，请用“报表清单”查看编号")
        if found.undone_at is not None:
            raise HydeskError(f"“{found.file}”（编号 {import_id}）已经撤销过了")
        restored, kept = undo_act(connection, found.act_id, actor or current_actor())
        return UndoResult(import_id, restored, kept)


def undo_act(connection: Connection, act_id: int, actor: str) -> tuple[int, tuple[KeptEdit, ...]]:
    """Undo an act; a project it added stays whole where something was written to it afterwards."""
    added = connection.execute(select(LogEntry.project_id).where(
        LogEntry.act_id == act_id, LogEntry.entity == Entity.PROJECT.value, LogEntry.field == PRESENT)).scalars()
    written = projects_written_after(connection, act_id, added)
    restored, kept = undo(connection, act_id, actor, spare=written)
    return restored, _tell(connection, kept, written)


def _tell(connection: Connection, kept: Sequence[Kept], spared: dict[int, int]) -> tuple[KeptEdit, ...]:
    acts = {row.id: row for row in connection.execute(select(Act.id, Act.title, Act.actor, Act.at).where(
        Act.id.in_({k.act_id for k in kept} | set(spared.values()))))}
    projects = {row.id: row for row in connection.execute(select(Project.id, Project.code, Project.name))}
    told = []
    for k in kept:
        if k.place.field == SOURCE or k.value == k.undone_value:
            continue
        act, project = acts[k.act_id], projects[k.place.project_id]
        label = field_label(k.place.entity, k.place.scope, k.place.field)
        told.append(KeptEdit(project.code or "", project.name or "", label, show(k, k.value), show(k, k.undone_value),
                             act.title, act.actor, act.at.astimezone()))
    for project_id, by in spared.items():
        act, project = acts[by], projects[project_id]
        told.append(KeptEdit(project.code or "", project.name or "", WHOLE, project.name, None, act.title,
                             act.actor, act.at.astimezone()))
    return tuple(told)


def show(kept: Kept, text: str | None) -> str | None:
    """A value of the change log as the office reads it."""
    return show_value(kept.place.entity, kept.place.field, text)
