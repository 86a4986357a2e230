"""Checks over rows together: who a row is, the same project twice, and declared counts and totals."""

from __future__ import annotations

from collections.abc import Sequence

from hydesk.domain.fields import MONEY_FIELDS, Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import cell_name
from hydesk.domain.money import MoneyUnit, Yuan
from hydesk.returns.checks import wan
from hydesk.returns.matching import Doubt
from hydesk.returns.read_rows import RowReading
from hydesk.returns.rows import RowKind
from hydesk.returns.table import Column, Table
from hydesk.returns.text import has_mark, is_blank, shown
from hydesk.returns.values import Reading, read_amount


def check_matches(readings: Sequence[RowReading], unit: str | None) -> None:
    """Strangers, other units' projects, near names and the same project twice."""
    seen: dict[str, RowReading] = {}
    for r in readings:
        _say_doubt(r)
        p = r.project
        if p is None:
            continue
        if unit is not None and p.unit != unit:
            r.find(Level.ERROR, "foreign_project", (
                f"“{r.name}”是{p.unit}的项目（{p.code}），不属于{unit}。请核对是否报错，未入库"), Field.NAME)
        first = seen.get(p.code)
        if first is not None:
            _say_twice(first, r)
        else:
            seen[p.code] = r
        if has_mark(r.name):
            r.find(Level.NOTE, "mark_before_name", f"名称带有标记（{r.name}），按台账名称认定", Field.NAME)


def _say_twice(first: RowReading, second: RowReading) -> None:
    p = second.project
    assert p is not None
    second.find(Level.ERROR, "duplicate", (
        f"“{second.name}”与第{first.row}行（表“{first.table.sheet.name}”）是同一个项目 {p.code}，重复填报。已取前一行，请核实"),
        Field.NAME)
    differing = [
        f for f in Field  # in a fixed order: the same file is always told of in the same words
        if f in MONEY_FIELDS and f in first.values and f in second.values
        and first.values[f] != second.values[f]
    ]
    if differing:
        labels = "、".join(f.label for f in differing)
        first.find(Level.WARNING, "duplicate_differs", f"本项目在第{second.row}行又报了一次，{labels}不同。请确认以哪行为准", Field.NAME)


def _say_doubt(r: RowReading) -> None:
    p = r.project
    match r.match.doubt:
        case Doubt.NEAR_NAME if p is not None:
            r.find(Level.WARNING, "name_near", f"“{r.name}”与台账的“{p.name}”（{p.code}）相近，按同一项目读取。请确认", Field.NAME)
        case Doubt.NAME_DIFFERS if p is not None:
            r.find(Level.WARNING, "name_differs", f"编号对应台账的“{p.name}”（{p.code}），名称写作“{r.name}”。请确认", Field.NAME)
        case Doubt.CODE_NAME_CONFLICT if p is not None:
            other = f"，而名称像“{r.match.others[0].name}”（{r.match.others[0].code}）" if r.match.others else ""
            r.find(Level.ERROR, "code_name_conflict", (
                f"编号对应“{p.name}”（{p.code}），名称写作“{r.name}”{other}，不能确定是哪个项目。请核实"), Field.NAME)
        case Doubt.AMBIGUOUS:
            names = "、".join(f"“{o.name}”（{o.code}）" for o in r.match.others[:3])
            r.find(Level.ERROR, "name_ambiguous", f"“{r.name}”与{names}都相近，不能确定是哪个项目。请核实", Field.NAME)
        case Doubt.UNKNOWN:
            near = f"，最接近的是“{r.match.others[0].name}”（{r.match.others[0].code}）" if r.match.others else ""
            if r.name:
                said = f"台账里没有“{r.name}”{near}。请核实项目名称，或先列入台账"
            else:
                said = "没有写项目名称，编号也不在台账里，不能确定是哪个项目。请核实"
            r.find(Level.ERROR, "unknown_project", said, Field.NAME)
        case _:
            pass


def check_sums(tables: Sequence[Table], readings: Sequence[RowReading]) -> None:
    """Declared counts and totals against what was read; rows with figures and no name."""
    for table in tables:
        own = [r for r in readings if r.table is table]
        _check_untold(table)
        _check_counts(table)
        beside = [r for r in readings if r.table.sheet.name == table.sheet.name]
        _check_totals(table, own, beside)


def _check_untold(table: Table) -> None:
    for row in table.rows:
        if row.kind is RowKind.UNTOLD:
            table.findings.append(Finding(
                Level.ERROR, "row_without_name",
                f"表“{table.sheet.name}”第{row.row}行有数字而没有项目名称，未取数。请核实是哪个项目。",
                table.sheet.name, row.row))


def _check_counts(table: Table) -> None:
    """（15个） after a section's name, counted to the next section of the same depth."""
    rows = table.rows
    for at, row in enumerate(rows):
        if row.kind is not RowKind.SECTION or row.declared is None:
            continue
        counted = 0
        for below in rows[at + 1 :]:
            if below.kind is RowKind.SECTION and _depth(below.name) <= _depth(row.name):
                break
            counted += below.kind is RowKind.PROJECT
        if counted != row.declared:
            table.findings.append(Finding(
                Level.WARNING, "count_differs",
                f"表“{table.sheet.name}”第{row.row}行写“{row.name}”，实际读到 {counted} 个。请核实是否漏报。",
                table.sheet.name, row.row))


def _depth(name: str) -> int:
    if name.startswith(("(", "（")):
        return 2
    return 3 if name[:1].isdigit() else 1


def _as_written(table: Table, column: Column, f: Field, unit: MoneyUnit, readings: Sequence[RowReading]) -> Yuan:
    """The sum of a column before a person corrected any of it: the county's own arithmetic was right by that too."""
    total = 0
    for r in readings:
        if f in r.county:
            total += read_amount(table.sheet.cell(r.row, column.number), unit).yuan or 0
        elif f in r.amounts:
            total += r.amounts[f].yuan or 0
    return total


def _check_totals(table: Table, readings: Sequence[RowReading], sheet: Sequence[RowReading]) -> None:
    """The grand total, at the top or the bottom, against the sum of the rows read.

    Of several tables on one sheet (``sheet`` holds the rows of all) it may count its own or all of them.
    """
    totals = [r for r in table.rows if r.kind is RowKind.TOTAL and not r.name.startswith(("小计", "本页"))]
    if not totals:
        return
    sections = any(r.kind is RowKind.SECTION for r in table.rows)
    row = totals[0] if len(totals) == 1 or not sections else totals[-1]
    if row.declared is not None and row.declared not in (len(readings), len(sheet)):
        table.findings.append(Finding(
            Level.WARNING, "total_count_differs",
            f"表“{table.sheet.name}”第{row.row}行写共 {row.declared} 个项目，实际读到 {len(readings)} 个。请核实是否漏报。",
            table.sheet.name, row.row))
    for column in table.columns.values():
        if column.field not in MONEY_FIELDS or column.unit is None or column.field is None:
            continue
        value = table.sheet.cell(row.row, column.number)
        stated = read_amount(value, column.unit) if not is_blank(value) else None
        if stated is None or stated.reading is not Reading.NUMBER or stated.yuan is None:
            continue
        told = [r.amounts[column.field] for r in readings if column.field in r.amounts]
        total = sum(a.yuan or 0 for a in told)
        slack = stated.tolerance + sum(a.tolerance for a in told) + 100
        if len(sheet) > len(readings):
            every = [r.amounts[column.field] for r in sheet if column.field in r.amounts]
            if abs(sum(a.yuan or 0 for a in every) - stated.yuan) <= stated.tolerance + sum(a.tolerance for a in every) + 100:
                continue
        as_written = _as_written(table, column, column.field, column.unit, readings)
        if abs(total - stated.yuan) > slack and abs(as_written - stated.yuan) > slack:
            cell = cell_name(row.row, column.number)
            table.findings.append(Finding(
                Level.WARNING, "sum_differs",
                f"表“{table.sheet.name}”{cell}：{column.field.label}合计写 {shown(value)}"
                f"（{wan(stated.yuan)} 万元），逐行相加为 {wan(total)} 万元，差 {wan(abs(total - stated.yuan))} 万元。请核实。",
                table.sheet.name, row.row, cell, field=column.field))

