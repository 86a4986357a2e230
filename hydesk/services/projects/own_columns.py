"""Name a column of the office's own (自建栏目), rename it, retire it, take it up again: each one act that can be undone.

What stands in a column is a fact of its project: it is typed, pasted and filled like any other (``edit_block``), comes in
with lists and returns, and stays where the column is retired (docs/rules.md §8.2).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Connection, func, select

from hydesk.db.journal import Write, begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.db.models import ColumnDefinition, ColumnFigure, ColumnValue, Project
from hydesk.db.places import PRESENT, Entity, Place
from hydesk.db.shelves import Shelves
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.own_columns import (
    ELEMENTS,
    OwnColumn,
    OwnKind,
    OwnValue,
    column_faults,
    same_name,
    tidy,
    write_own_value,
)
from hydesk.domain.periods import Period
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing
from hydesk.services.standings.own_columns import read_own_columns

_MOST = 60
"""Columns that are not retired; more than anybody can find his way among."""


@writing
def add_column(ledger: Ledger, column: OwnColumn, actor: Actor | None = None) -> int:
    """Add a column; its id. Raises HydeskError where the definition cannot be used or its name is taken."""
    return add_columns(ledger, [column], actor).value[0]


@writing
def add_columns(ledger: Ledger, columns: Sequence[OwnColumn], actor: Actor | None = None) -> list[int]:
    """Add several columns in one act; their ids."""
    with ledger.write() as connection:
        shelves = Shelves(connection)
        made, writes = column_writes(connection, shelves, [replace(c, retired=False) for c in columns])
        title = f"新建栏目“{made[0].name}”" + (f"等 {len(made)} 个" if len(made) > 1 else "")
        act_id = begin_act(connection, "column", title, actor or current_actor(ledger))
        record(connection, act_id, writes, shelves=shelves)
        return [c.id for c in made]


@writing
def add_elements(ledger: Ledger, actor: Actor | None = None, columns: Sequence[OwnColumn] = ELEMENTS) -> list[str]:
    """Add the columns of 要素 (``ELEMENTS``), or such others, whose names nothing bears yet, in one act; their names."""
    with ledger.read() as connection:
        known = {same_name(h) for c in read_own_columns(connection, retired=True) for h in c.heads}
    fresh = [replace(c, names=tuple(n for n in c.names if same_name(n) not in known)) for c in columns if same_name(c.name) not in known]
    if fresh:
        add_columns(ledger, fresh, actor)
    return [c.name for c in fresh]


def column_writes(
    connection: Connection, shelves: Shelves, columns: Sequence[OwnColumn]
) -> tuple[list[OwnColumn], list[Write]]:
    """New columns with the ids they will have, and what makes them, for an act that does more (an import); one may be retired
    from the start.

    Raises HydeskError where a definition cannot be used.
    """
    held = read_own_columns(connection, retired=True)
    last = connection.execute(select(func.max(ColumnDefinition.position))).scalar() or 0
    keys = shelves.new_keys(Entity.COLUMN, len(columns))
    made: list[OwnColumn] = []
    writes: list[Write] = []
    for position, (key, draft) in enumerate(zip(keys, columns, strict=True), last + 1):
        column = replace(tidy(draft), id=int(key))
        _refuse(column, [*held, *made])
        made.append(column)
        writes += [_write(key, PRESENT, "1"), _write(key, "kind", column.kind.value), _write(key, "position", str(position)),
                   *_shape(column), *([_write(key, "retired", "1")] if column.retired else [])]
    if sum(not c.retired for c in (*held, *made)) > _MOST:
        raise HydeskError(f"自建栏目最多 {_MOST} 个，请先停用不再需要的")
    return made, writes


@writing
def change_column(
    ledger: Ledger, column_id: int, *, name: str | None = None, choices: Sequence[str] | None = None,
    measure: str | None = None, names: Sequence[str] | None = None, asked: bool | None = None, actor: Actor | None = None,
) -> None:
    """Rename a column, or give it other choices, another unit of count, other heads it comes under, or let templates ask for
    it or not; None leaves as it is.

    Returns and lists with the earlier name are still understood. Raises HydeskError where that cannot be, such as for a
    choice that some projects still have.
    """
    with ledger.write() as connection:
        held = column_of(connection, column_id)
        earlier = (*held.names, held.name) if name is not None and name.strip() != held.name else held.names
        column = tidy(replace(
            held, name=held.name if name is None else name, choices=held.choices if choices is None else tuple(choices),
            measure=held.measure if measure is None else measure, names=earlier if names is None else tuple(names), asked=held.asked if asked is None else asked))
        _refuse(column, read_own_columns(connection, retired=True))
        _refuse_lost_choices(connection, held, column)
        if column == held:
            return
        title = f"栏目“{held.name}”改名为“{column.name}”" if column.name != held.name else f"修改栏目“{held.name}”的设置"
        act_id = begin_act(connection, "column", title, actor or current_actor(ledger))
        record(connection, act_id, _shape(column))


@writing
def retire_column(ledger: Ledger, column_id: int, actor: Actor | None = None) -> None:
    """Retire a column (停用): it is shown and asked for nowhere any more; what stands in it stays."""
    _set_retired(ledger, column_id, True, actor)


@writing
def restore_column(ledger: Ledger, column_id: int, actor: Actor | None = None) -> None:
    """Take a retired column up again, with all that stands in it."""
    _set_retired(ledger, column_id, False, actor)


def _set_retired(ledger: Ledger, column_id: int, retired: bool, actor: Actor | None) -> None:
    with ledger.write() as connection:
        held = column_of(connection, column_id)
        if held.retired is retired:
            return
        if not retired and sum(not c.retired for c in read_own_columns(connection)) >= _MOST:
            raise HydeskError(f"自建栏目最多 {_MOST} 个，请先停用不再需要的")
        title = f"{'停用' if retired else '恢复'}栏目“{held.name}”"
        act_id = begin_act(connection, "column", title, actor or current_actor(ledger))
        record(connection, act_id, [_write(str(column_id), "retired", "1" if retired else None)])


def column_of(connection: Connection, column_id: int) -> OwnColumn:
    """The column of that id, retired or not. Raises HydeskError where there is none."""
    found = next((c for c in read_own_columns(connection, retired=True) if c.id == column_id), None)
    if found is None:
        raise HydeskError("没有这个自建栏目，请刷新后再试")
    return found


def column_called(columns: Iterable[OwnColumn], name: str) -> OwnColumn:
    """The one of ``columns`` that bears ``name``, now or as another of its heads. Raises HydeskError where none does."""
    wanted = same_name(name)
    listed = list(columns)
    found = next((c for c in listed if same_name(c.name) == wanted), None) or next(
        (c for c in listed if wanted in {same_name(h) for h in c.heads}), None)
    if found is None:
        known = "、".join(c.name for c in listed if not c.retired) or "（还没有）"
        raise HydeskError(f"没有名为“{name}”的自建栏目；现有：{known}")
    return found


def count_values(ledger: Ledger) -> dict[int, int]:
    """How many projects hold something in each column, retired ones too, by the columns' ids."""
    with ledger.read() as connection:
        found: dict[int, int] = {}
        for table in (ColumnValue, ColumnFigure):
            query = select(table.column_id, func.count(table.project_id.distinct())).join(Project, Project.id == table.project_id).where(
                Project.present, table.value.is_not(None)).group_by(table.column_id)
            found |= dict(connection.execute(query).tuples().all())
        return found


def own_place(project_id: int, column: OwnColumn, period: Period) -> Place:
    """Where a project's value in a column stands; of what is told by period, that of ``period``."""
    if column.kind.by_period:
        return Place(Entity.COLUMN_FIGURE, project_id, f"{column.id}/{period}", "value")
    return Place(Entity.COLUMN_VALUE, project_id, str(column.id), "value")


def own_write(
    project_id: int, column: OwnColumn, value: OwnValue | None, period: Period, sheet: str | None = None, cell: str | None = None,
    words: str | None = None,
) -> Write:
    """What gives a project ``value`` in ``column`` at ``period``, with the sheet, cell and words it came from."""
    return Write(own_place(project_id, column, period), write_own_value(value), sheet, cell, words)


def _refuse(column: OwnColumn, others: Sequence[OwnColumn]) -> None:
    from hydesk.returns.own_values import built_in_name

    faults = column_faults(column, others)
    if not faults and (own := built_in_name(column.name)) is not None:
        faults = [f"“{column.name}”在清单和报表里就是“{own}”，台账已有这一栏，不用另建"]
    if faults:
        raise HydeskError("；".join(faults))


def _refuse_lost_choices(connection: Connection, held: OwnColumn, column: OwnColumn) -> None:
    lost = [c for c in held.choices if c not in column.choices] if held.kind is OwnKind.CHOICE else []
    if not lost:
        return
    query = select(ColumnValue.value, func.count()).where(
        ColumnValue.column_id == held.id, ColumnValue.value.in_(lost)).group_by(ColumnValue.value)
    used = dict(connection.execute(query).tuples().all())
    if used:
        said = "、".join(f"“{c}”（{used[c]} 个项目）" for c in lost if c in used)
        raise HydeskError(f"选项{said}还有项目在用，不能删去；请先改掉这些项目，或保留这个选项")


def _write(key: str, field: str, text: str | None) -> Write:
    return Write(Place(Entity.COLUMN, 0, key, field), text)


def _shape(column: OwnColumn) -> list[Write]:
    told = {"asked": "1" if column.asked else "", "name": column.name, "choices": "\n".join(column.choices), "measure": column.measure, "names": "\n".join(column.names)}
    return [_write(str(column.id), field, text or None) for field, text in told.items()]
