"""The sub-projects of packages (打包项目) in a project list: rows 其中：… below the package."""

from __future__ import annotations

import re

from hydesk.domain.fields import Field
from hydesk.domain.grid import cell_name
from hydesk.domain.money import MoneyUnit, Yuan
from hydesk.domain.understanding import ListedPart
from hydesk.returns.aliases import CHILD_WORDS, TOTAL_WORDS
from hydesk.returns.columns import is_source_of_money
from hydesk.returns.rows import RowKind
from hydesk.returns.table import Table
from hydesk.returns.text import is_blank, name_key, shown, squeeze
from hydesk.returns.values import Reading, read_amount

_NUMBER_BEFORE = re.compile(r"^[(（]?\d{1,3}(\.\d{1,2})?[)）.、]\s*")
_SHORTEST = 4
"""Letters of a name: 新建, 市级 and the like break a sum down and are no sub-projects."""


def read_parts(table: Table) -> dict[int, tuple[ListedPart, ...]]:
    """The parts by the row of the package above them. What breaks a sum down by its source is no part."""
    found: dict[int, list[ListedPart]] = {}
    above = 0
    for row in table.rows:
        if row.kind is RowKind.PROJECT:
            above = row.row
        elif row.kind is RowKind.CHILD and above:
            part = _part(table, row.row)
            if part is not None and part.name not in {p.name for p in found.get(above, ())}:
                found.setdefault(above, []).append(part)
        elif row.kind not in (RowKind.CONTINUATION, RowKind.BLANK):
            above = 0
    return {row: tuple(parts) for row, parts in found.items()}


def _part(table: Table, row: int) -> ListedPart | None:
    words = shown(table.sheet.cell(row, table.layout.name)).strip()
    name = _NUMBER_BEFORE.sub("", CHILD_WORDS.sub("", words).strip(" :：")).strip()
    if len(name_key(name)) < _SHORTEST or is_source_of_money(squeeze(name)) or TOTAL_WORDS.match(squeeze(name)):
        return None
    cells = {Field.NAME: cell_name(row, table.layout.name)}
    builder = ""
    if (column := table.column_of(Field.BUILDER)) is not None and not is_blank(table.sheet.cell(row, column.number)):
        builder, cells[Field.BUILDER] = shown(table.sheet.cell(row, column.number)).strip(), cell_name(row, column.number)
    total, plan = (_amount(table, row, f, cells) for f in (Field.TOTAL_INVESTMENT, Field.ANNUAL_PLAN))
    return ListedPart(row, name, builder, total, plan, cells)


def _amount(table: Table, row: int, f: Field, cells: dict[Field, str]) -> Yuan | None:
    column = table.column_of(f)
    if column is None:
        return None
    amount = read_amount(table.sheet.cell(row, column.number), column.unit or MoneyUnit.WAN)
    if amount.reading is not Reading.NUMBER or amount.yuan is None or amount.yuan < 0:
        return None
    cells[f] = cell_name(row, column.number)
    return amount.yuan
