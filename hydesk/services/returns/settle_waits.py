"""Decide what of a project list waits (待核): the list's word is taken, the ledger's stays, or the row is a new project."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from sqlalchemy import Connection, select

from hydesk.db.journal import Write, begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.db.models import Import, ImportCell, ImportFinding, ImportRow
from hydesk.db.places import Entity, Place, place_of, read_value
from hydesk.db.shelves import Shelves
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.findings import Level
from hydesk.domain.list_review import WaitKind
from hydesk.domain.understanding import ListedProject
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing
from hydesk.services.returns.keep_waits import OpenWait, mark_settled
from hydesk.services.returns.sort_list import ListSorting, text_of


class Settling(Enum):
    """How a thing that waits is settled."""

    TAKE = "take"
    """The list's word goes into the ledger; a row that may be renamed is the project it was compared with."""
    NEW = "new"
    """The row is a project of its own."""
    KEEP = "keep"
    """The ledger stays as it is."""

    @property
    def label(self) -> str:
        """In the office's words."""
        return {Settling.TAKE: "采用清单", Settling.NEW: "作为新项目", Settling.KEEP: "保留台账"}[self]


@writing
def settle_waits(ledger: Ledger, waits: Sequence[OpenWait], how: Settling, actor: Actor | None = None) -> int:
    """Settle all of ``waits`` alike in one act; how many values changed. Undoing the act opens them again.

    Raises HydeskError where one cannot be settled so, or the ledger was changed since; then nothing is settled.
    """
    if not waits:
        return 0
    with ledger.write() as connection:
        import_id = waits[0].import_id
        year = connection.execute(select(Import.year).where(Import.id == import_id)).scalar()
        if year is None or any(w.import_id != import_id for w in waits):
            raise HydeskError("这份清单已不在台账里，请刷新后再看")
        title = f"清单待核：{how.label} {len(waits)} 处" if len(waits) > 1 else f"清单待核：“{waits[0].wait.name}”{how.label}"
        act_id = begin_act(connection, "settle_list", title, actor or current_actor(ledger))
        shelves = Shelves(connection)
        writes = [] if how is Settling.KEEP else _writes(connection, import_id, year, waits, how, shelves)
        changed = record(connection, act_id, writes, import_id, shelves)
        mark_settled(connection, import_id, [w.number for w in waits], act_id)
        return changed


def _writes(
    connection: Connection, import_id: int, year: int, waits: Sequence[OpenWait], how: Settling, shelves: Shelves,
) -> list[Write]:
    values = [w for w in waits if w.wait.kind is WaitKind.VALUE]
    rows = [w for w in waits if w.wait.kind in (WaitKind.ROW, WaitKind.RENAMED)]
    if len(values) + len(rows) < len(waits):
        raise HydeskError("清单里没有的项目要退出，请在“退出/调整清单”里登记日期和理由；要保留，请点“保留台账”")
    if values and how is Settling.NEW:
        raise HydeskError("这一处是已有项目的内容，不能作为新项目")
    writes = [x for w in values for x in _of_value(connection, w, year, shelves)]
    return writes + _of_rows(connection, import_id, year, rows, how, shelves)


def _of_value(connection: Connection, one: OpenWait, year: int, shelves: Shelves) -> list[Write]:
    w = one.wait
    assert w.project_id is not None
    assert w.field is not None
    place = place_of(w.field, w.project_id, year, None)
    now = shelves.get([place])[place]
    if now != w.held:
        raise HydeskError(f"“{w.name}”的{w.field.label}在这之后又改过，请重新核对后再定")
    found = [Write(place, w.listed, w.sheet)]
    if w.field is Field.NAME and now:
        found.append(Write(Place(Entity.NAME, w.project_id, now, "kind"), "former"))
    return found


def _of_rows(
    connection: Connection, import_id: int, year: int, waits: Sequence[OpenWait], how: Settling, shelves: Shelves,
) -> list[Write]:
    if not waits:
        return []
    rows = [_row(connection, import_id, w) for w in waits]
    sorting = ListSorting(connection, year, {text_of(r, Field.CODE) for r in rows})
    found: list[tuple[ListedProject, int | None]] = []
    for w, row in zip(waits, rows, strict=True):
        same = w.wait.project_id if w.wait.kind is WaitKind.RENAMED and how is Settling.TAKE else None
        if not text_of(row, Field.NAME):
            raise HydeskError(f"“{row.sheet}”第{row.row}行没有项目名称，不能写入；请在清单里补上后重新导入")
        found.append((row, sorting.find(row, same)))
    if any(key is None for _, key in found):
        raise HydeskError("选中的几行是同一个项目，请一次只取一行")
    return sorting.settle(found, shelves)


def _row(connection: Connection, import_id: int, one: OpenWait) -> ListedProject:
    """The row as it was read, without the values that were found wrong."""
    w = one.wait
    key = connection.execute(select(ImportRow.id).where(
        ImportRow.import_id == import_id, ImportRow.sheet == w.sheet, ImportRow.row == w.row)).scalar()
    wrong = set(connection.execute(select(ImportFinding.field).where(
        ImportFinding.import_id == import_id, ImportFinding.sheet == w.sheet, ImportFinding.row == w.row,
        ImportFinding.level == Level.ERROR.value, ImportFinding.field != Field.NAME.value)).scalars())
    cells = [c for c in connection.execute(
        select(ImportCell.field, ImportCell.cell, ImportCell.words, ImportCell.value).where(ImportCell.row_id == key)).all() if c.field not in wrong]
    values = {Field(c.field): value for c in cells if (value := read_value(Field(c.field), c.value)) is not None}
    return ListedProject(w.sheet, w.row, values, {Field(c.field): c.cell for c in cells if c.cell},
                         {Field(c.field): c.words for c in cells if c.words})

