"""The further sheets of an exported ledger: who left, other names, sub-projects, figures by period, nodes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from hydesk.domain.fields import PROGRESS_MONEY
from hydesk.domain.ledger_parts import (
    ADJUSTMENTS,
    DROPPED,
    FIGURES,
    HEADS,
    NAME_KINDS,
    NAMES,
    NODES,
    OWN_COLUMNS,
    OWN_FIGURES,
    PROGRESS,
    RETIRED_VALUES,
    SUB_PROJECTS,
    LedgerParts,
)
from hydesk.domain.own_columns import write_own_value
from hydesk.excel.value_cells import head_cell, value_cell


class Money(int):
    """Yuan, to be written in 万元."""


def write_parts(book: Workbook, parts: LedgerParts) -> None:
    """Add the sheets to ``book``; a sheet that would be empty is left out."""
    _sheet(book, DROPPED, [(code, day) for code, day in parts.dropped.items()])
    _sheet(book, NAMES, [(n.code, n.name, NAME_KINDS.get(n.kind, n.kind)) for n in parts.names])
    _sheet(book, SUB_PROJECTS, [
        (s.code, s.position, s.name, s.builder, _money(s.total_investment), _money(s.annual_plan), s.remark)
        for s in parts.sub_projects])
    _sheet(book, FIGURES, [
        (line.code, line.period, *(_money(v) if f in PROGRESS_MONEY and isinstance(v := line.values.get(f), int)
                                   else line.values.get(f) for f in PROGRESS), line.stated) for line in parts.figures])
    _sheet(book, ADJUSTMENTS, [
        (a.code, a.name, a.on, a.kind, a.figures, a.reason, a.document, a.batch, a.other, a.actor)
        for a in parts.adjustments])
    _sheet(book, NODES, [(n.code, n.node, n.baseline, n.forecast, n.actual, n.handling or None) for n in parts.nodes])
    _sheet(book, OWN_COLUMNS, [
        (c.name, c.kind.short, "\n".join(c.choices), c.measure, "\n".join(c.names), "列入" if c.asked else "", "停用" if c.retired else "") for c in parts.columns])
    _sheet(book, OWN_FIGURES, [(f.code, f.column, f.period, Decimal(f.digits)) for f in parts.own_figures])
    retired = [c for c in parts.columns if c.retired]
    _sheet(book, RETIRED_VALUES, [
        (code, c.name, write_own_value(values[c.id])) for code, values in parts.own.items() for c in retired if c.id in values])


def _money(amount: int | None) -> Money | None:
    return None if amount is None else Money(amount)


def _sheet(book: Workbook, name: str, rows: Iterable[Sequence[Any]]) -> None:
    lines = list(rows)
    if not lines:
        return
    sheet: Any = book.create_sheet(name)
    sheet.freeze_panes = "B2"
    for index in range(1, len(HEADS[name]) + 1):
        sheet.column_dimensions[get_column_letter(index)].width = 14 if index == 1 else 18
    sheet.append([head_cell(sheet, text) for text in HEADS[name]])
    for line in lines:
        sheet.append([value_cell(sheet, value, money=isinstance(value, Money)) for value in line])
