"""A project that stands over several rows: a row for each source of money, or one of the plan and one of what was done.

The name is merged over them or stands in the first only. Which of the rows speaks for the whole is told by their words
(合计 before 专项债) or by their figures (the first is the sum of the others); where neither tells, it is asked.
"""

from __future__ import annotations

import re
from dataclasses import replace

from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import CellValue, Sheet
from hydesk.domain.money import MoneyUnit
from hydesk.returns.aliases import TOTAL_WORDS
from hydesk.returns.columns import is_source_of_money
from hydesk.returns.read_rows import RowReading
from hydesk.returns.rows import RowKind, TableRow
from hydesk.returns.say_values import say_amount
from hydesk.returns.table import Table
from hydesk.returns.text import is_blank, shown, squeeze
from hydesk.returns.values import Amount, Reading, read_amount

_WHOLE = re.compile(r"^(总额|全部|总投资|整体|全项目|合计数?|总数)$")
_KINDS = re.compile(r"^(本?年?度?计划(数|投资|完成)?|目标(数|值)?|任务(数)?|实际(数|完成|投资)?|已?完成(数|投资|情况)?|其他|其它)$")
"""What a row of figures is, where a project has several."""


def join_parts(table: Table) -> None:
    """Rows of figures without a name that belong to the project above become its parts."""
    rows = table.rows
    if not any(r.kind is RowKind.UNTOLD for r in rows):
        return
    top: int | None = None
    for at, row in enumerate(rows):
        if row.kind is RowKind.PROJECT:
            top = at
        elif row.kind is RowKind.UNTOLD and top is not None:
            if not _is_part(table, rows[top], row.row):
                continue
            rows[at] = replace(row, kind=RowKind.CHILD)
            rows[top] = replace(rows[top], parts=(*rows[top].parts, row.row))
        elif row.kind is not RowKind.CHILD:
            top = None


def _is_part(table: Table, project: TableRow, row: int) -> bool:
    if _merged_over(table.sheet, table.layout.name, project.row, row):
        return True
    own, above = _label(table, row), _label(table, project.row)
    return own is not None and above is not None and own[0] == above[0] and own[1] != above[1]


def _merged_over(sheet: Sheet, column: int, top: int, row: int) -> bool:
    return any(m.left <= column <= m.right and m.top <= top and m.bottom >= row for m in sheet.merges)


def _label(table: Table, row: int) -> tuple[int, str] | None:
    """The column and the word that says what the row's figures are."""
    layout = table.layout
    for column in table.head.paths:
        if column in (layout.serial, layout.name) or column in layout.money:
            continue
        value: CellValue = table.sheet.cell(row, column)
        if isinstance(value, str) and not is_blank(value):
            words = squeeze(value)
            if is_source_of_money(words) or _KINDS.match(words) or _WHOLE.match(words) or TOTAL_WORDS.match(words):
                return column, words
    return None


def ask_which_row(reading: RowReading, parts: tuple[int, ...]) -> None:
    """An error where nothing tells which of a project's rows stands for all of it.

    What a person typed for the row answers it.
    """
    table = reading.table
    if reading.row in table.typed:
        return
    rows = (reading.row, *parts)
    labels = {r: label for r in rows if (label := _label(table, r)) is not None}
    whole = next((r for r in rows if r in labels and (_WHOLE.match(labels[r][1]) or TOTAL_WORDS.match(labels[r][1]))), None)
    if whole is not None:
        if whole != reading.row:
            _read_from(reading, whole)
        return
    label = labels.get(reading.row)
    words = [shown(table.sheet.cell(r, label[0])).strip() for r in rows] if label is not None else []
    kinds = any(_KINDS.match(squeeze(w)) for w in words)
    if (not kinds and _sum_up(reading, rows, words)) or _is_sum(reading, parts):
        return
    said = f"（{'、'.join(w for w in words if w)}）" if any(words) else ""
    reading.findings.append(Finding(
        Level.ERROR, "several_rows",
        f"表“{table.sheet.name}”第{reading.row}行：“{reading.name}”占了第{reading.row}至{parts[-1]}行{said}，各行都有数，"
        "不能确定哪一行是整个项目的数。请在核对时填写，或让填报单位改为一个项目一行。",
        table.sheet.name, reading.row, project=reading.project.code if reading.project else None, field=Field.NAME))


def _read_from(reading: RowReading, row: int) -> None:
    """Takes the figures of a lower row, which stands for the whole project (小计 under its parts)."""
    table = reading.table
    for f in list(reading.amounts):
        column = table.column_of(f)
        if column is None:
            continue
        value = table.sheet.cell(row, column.number)
        amount = read_amount(value, column.unit or MoneyUnit.WAN)
        reading.findings = [x for x in reading.findings if x.field is not f]
        reading.values.pop(f, None)
        reading.amounts[f], reading.words[f] = amount, shown(value)
        if amount.yuan is not None:
            reading.values[f] = amount.yuan
        if amount.reading not in (Reading.NUMBER, Reading.BLANK):
            say_amount(reading, f, amount, shown(value))
    reading.cells.move(row, reading.amounts)


def _sum_up(reading: RowReading, rows: tuple[int, ...], words: list[str]) -> bool:
    """Adds the rows up where they are parts (of money, of the works), none the whole, and what the ledger holds bears
    the sum out: its total or plan, or last month's sum and this month's. What is proved for these holds for the others."""
    table, p = reading.table, reading.project
    if p is None or len(set(words)) < len(words):
        return False
    sums: dict[Field, Amount] = {}
    said: dict[Field, str] = {}
    for f in reading.amounts:
        column = table.column_of(f)
        if column is None:
            continue
        cells = [table.sheet.cell(r, column.number) for r in rows]
        read = [read_amount(v, column.unit or MoneyUnit.WAN) for v in cells]
        if not all(a.reading in (Reading.NUMBER, Reading.PLACEHOLDER, Reading.BLANK) for a in read):
            return False
        if any(a.yuan is not None for a in read):
            sums[f] = Amount(Reading.NUMBER, sum(a.yuan or 0 for a in read), sum(a.tolerance for a in read) + 100)
            said[f] = "＋".join(shown(v) for v, a in zip(cells, read, strict=True) if a.yuan is not None)
    known = {Field.TOTAL_INVESTMENT: p.total_investment, Field.ANNUAL_PLAN: p.annual_plan}
    before = p.previous.money.get(Field.YEAR_INVESTMENT) if p.previous is not None else None
    if before is not None and Field.MONTH_INVESTMENT in sums:
        known[Field.YEAR_INVESTMENT] = before + (sums[Field.MONTH_INVESTMENT].yuan or 0)
    if not any(v and f in sums and abs((sums[f].yuan or 0) - v) <= sums[f].tolerance for f, v in known.items()):
        return False
    for f, amount in sums.items():
        assert amount.yuan is not None
        reading.amounts[f], reading.values[f], reading.words[f] = amount, amount.yuan, said[f]
    named = f"（{'、'.join(w for w in words if w)}）" if any(words) else ""
    reading.find(Level.NOTE, "rows_summed", f"“{reading.name}”分 {len(rows)} 行{named}，已逐行相加，与台账相符", Field.NAME)
    return True


def _is_sum(reading: RowReading, parts: tuple[int, ...]) -> bool:
    """Whether the row's figures are the sums of its parts' wherever both stand, and somewhere they do."""
    told = 0
    for f, amount in reading.amounts.items():
        column = reading.table.column_of(f)
        if column is None or not amount.yuan:
            continue
        read = [read_amount(reading.table.sheet.cell(r, column.number), column.unit or MoneyUnit.WAN) for r in parts]
        figures = [a for a in read if a.reading is Reading.NUMBER]
        if not figures:
            continue
        if abs(sum(a.yuan or 0 for a in figures) - amount.yuan) > amount.tolerance + sum(a.tolerance for a in figures) + 100:
            return False
        told += 1
    return told > 0
