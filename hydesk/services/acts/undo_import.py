"""Take back a return or a project list at any later time; what people wrote afterwards stays and is named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from hydesk.dataclass import dataclass
from hydesk.db import marks
from hydesk.db.built_on import BuiltOn, built_on
from hydesk.db.journal import Kept, undo
from hydesk.db.ledger import Ledger
from hydesk.db.models import Act, Import, LogEntry, Project
from hydesk.db.place_words import PlaceWords
from hydesk.db.places import OWN_LABELS, SOURCE, Entity
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.services.acts.name_actor import current_actor

WHOLE = "全部内容"
"""The field of a kept edit where a whole project stays, or in ``value`` a whole row of it."""


@dataclass(frozen=True, slots=True)
class KeptEdit:
    """A value that an undo left alone, because ``actor`` wrote it afterwards."""

    project: str
    project_name: str
    """Code and name of the project; both empty for what belongs to none."""
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
        of = f"{self.project} {self.project_name} 的" if self.project or self.project_name else ""
        what = WHOLE if self.value == self.project_name else self.value
        stays = f"{what}整个保留" if self.field == WHOLE else f"{self.field}保留“{self.value or '空'}”"
        return f"{of}{stays}：{self.at:%Y-%m-%d %H:%M} {self.actor} {self.act}"


@dataclass(frozen=True, slots=True)
class UndoResult:
    """How many values went back to what they were, and which stayed."""

    import_id: int
    restored: int
    kept: tuple[KeptEdit, ...]


def undo_import(ledger: Ledger, import_id: int, actor: Actor | None = None) -> UndoResult:
    """Undo a return or a project list. Raises HydeskError where there is none or it is undone already."""
    with ledger.write() as connection:
        found = connection.execute(select(Import.act_id, Import.file).where(Import.id == import_id)).first()
        if found is None:
            raise HydeskError(f"没有编号为 {import_id} 的导入记录，请用“报表清单”查看编号")
        if marks.is_undone(connection, found.act_id):
            raise HydeskError(f"“{found.file}”（编号 {import_id}）已经撤销过了")
        restored, kept = undo_act(connection, found.act_id, actor or current_actor(ledger))
        return UndoResult(import_id, restored, kept)


def undo_act(connection: Connection, act_id: int, actor: Actor) -> tuple[int, tuple[KeptEdit, ...]]:
    """Undo an act that holds, whoever did it: how many values went back, and what stays because it was edited since.

    A project, problem or other row it made stays whole where something was written to it afterwards. Raises HydeskError
    where undoing would let two projects bear one code.
    """
    stays = built_on(connection, act_id)
    try:
        restored, kept = undo(connection, act_id, Actor.of(actor), spare=[part for b in stays for part in b.parts])
    except IntegrityError as e:
        raise HydeskError("后来有别的项目用了同一个编号或名称，撤销后会重复，没有撤销；请先改掉那一个再撤销") from e
    return restored, _tell(connection, kept, stays)


def _tell(connection: Connection, kept: Sequence[Kept], stays: Sequence[BuiltOn]) -> tuple[KeptEdit, ...]:
    by = {k.act_id for k in kept} | {b.act_id for b in stays}
    acts = {row.id: row for row in connection.execute(select(Act.id, Act.title, Act.actor, Act.at).where(Act.id.in_(by)))}
    projects = {row.id: (row.code or "", row.name or "")
                for row in connection.execute(select(Project.id, Project.code, Project.name))} if by else {}
    told = []
    said = PlaceWords(connection)
    for k in kept:
        if k.place.field == SOURCE or k.value == k.undone_value:
            continue
        act = acts[k.act_id]
        p = k.place
        value, undone_value = (said.value(p.entity, p.scope, p.field, text) for text in (k.value, k.undone_value))
        told.append(KeptEdit(*projects.get(p.project_id, ("", "")), said.label(p.entity, p.scope, p.field), value, undone_value,
                             act.title, act.actor, act.at.astimezone()))
    for b in stays:
        project_id, entity, _ = b.row
        code, name = projects.get(project_id, ("", ""))
        act, what = acts[b.act_id], name if entity == Entity.PROJECT else _called(connection, b.row)
        told.append(KeptEdit(code, name, WHOLE, what, None, act.title, act.actor, act.at.astimezone()))
    return tuple(told)


def _called(connection: Connection, row: marks.Part) -> str:
    """A row of a project or of none, in the office's words: 问题“用地”, 2024年计划."""
    project_id, entity, scope = row
    if entity == Entity.PLAN:
        return f"{scope}年计划"
    called = OWN_LABELS[entity][0]
    name = connection.execute(select(LogEntry.new).where(
        LogEntry.project_id == project_id, LogEntry.entity == entity, LogEntry.scope == scope,
        LogEntry.field.in_(("title", "name")), marks.entry_holds()).order_by(LogEntry.id.desc()).limit(1)).scalar()
    return f"{called}“{name}”" if name else f"{called}{scope}"
