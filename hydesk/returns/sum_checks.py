"""Checks of a table as a whole: declared counts, totals and subtotals, columns that changed places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import takewhile

from hydesk.dataclass import dataclass
from hydesk.domain.fields import MONEY_FIELDS, Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import cell_name
from hydesk.domain.money import MoneyUnit, Yuan
from hydesk.returns.column_checks import check_columns
from hydesk.returns.rate_checks import check_rates
from hydesk.returns.read_rows import RowReading
from hydesk.returns.row_amounts import wan
from hydesk.returns.rows import RowKind, TableRow, section_depth
from hydesk.returns.table import Column, Table
from hydesk.returns.text import is_blank, shown
from hydesk.returns.values import Amount, Reading, read_amount


def check_sums(tables: Sequence[Table], readings: Sequence[RowReading]) -> None:
    """Declared counts and totals against what was read; rows with figures and no name."""
    titled: set[str] = set()
    for table in tables:
        own = [r for r in readings if r.table is table]
        _check_untold(table)
        check_columns(table, own)
        check_rates(table, own)
        _check_counts(table)
        beside = [r for r in readings if r.table.sheet.name == table.sheet.name]
        _check_totals(table, own, beside)
        if table.sheet.name not in titled:
            titled.add(table.sheet.name)
            _check_title(table, beside, readings)
        _check_subtotals(table, own)


def check_declared(tables: Sequence[Table], readings: Sequence[RowReading]) -> None:
    """Counts, totals, subtotals and rates that a project list declares, against its rows."""
    for table in tables:
        own = [r for r in readings if r.table is table]
        check_rates(table, own)
        _check_counts(table)
        _check_totals(table, own, [r for r in readings if r.table.sheet.name == table.sheet.name])
        _check_subtotals(table, own)


_IN_TITLE = re.compile(r"[(（](?:共计?|合计)?(\d{1,4})[个项](?:重点|建设|在建|新建|续建)*(?:项目)?[,，、；;)）]")


def _check_title(table: Table, own: Sequence[RowReading], readings: Sequence[RowReading]) -> None:
    """衡南县重点项目进展情况表（共26个项目）: how many the title claims, of its sheet or of the whole book."""
    m = _IN_TITLE.search(table.words.title)
    if m is not None and own and int(m[1]) not in (len(own), len(readings)):
        table.findings.append(Finding(
            Level.WARNING, "count_differs",
            f"表“{table.sheet.name}”的标题写 {m[1]} 个项目，实际读到 {len(own)} 个。请核实是否漏报。", table.sheet.name))


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
        at_sums: set[int] = set()  # the next group may open with its sum instead of a section
        for below in rows[at + 1 :]:
            if below.kind is RowKind.SECTION and _depth(below.name) <= _depth(row.name):
                break
            if below.kind is RowKind.TOTAL:
                at_sums.add(counted)
            counted += below.kind is RowKind.PROJECT
        if row.declared not in {counted, *at_sums}:
            table.findings.append(Finding(
                Level.WARNING, "count_differs",
                f"表“{table.sheet.name}”第{row.row}行写“{row.name}”，实际读到 {counted} 个。请核实是否漏报。",
                table.sheet.name, row.row))


def _depth(name: str) -> int:
    return section_depth(name) or 1


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
    sums = [r for r in table.rows if r.kind is RowKind.TOTAL and not r.name.startswith(("小计", "本页"))]
    # 衡山县合计 is its group's where other groups, their sums or a grand total stand beside it.
    sections = any(r.kind is RowKind.SECTION for r in table.rows)
    totals = [r for r in sums if not _of_a_group(r)] or (sums if len(sums) == 1 and not sections else [])
    if not totals:
        return
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
            slip = _slip_of_a_row(readings, column.field, stated.yuan - total)
            table.findings.append(Finding(
                Level.WARNING, "sum_differs",
                f"表“{table.sheet.name}”{cell}：{column.field.label}合计写 {shown(value)}"
                f"（{wan(stated.yuan)} 万元），逐行相加为 {wan(total)} 万元，差 {wan(abs(total - stated.yuan))} 万元{'；' + slip if slip else ''}。请核实。",
                table.sheet.name, row.row, cell, field=column.field))


_GRAND = re.compile(r"^(合计|总计|总合计|共计|累计|小计|本页|全[市县区省]|[*★▲、.\s]*[合总共]计)")


def _of_a_group(row: TableRow) -> bool:
    """Whether a row of sums names whose they are (衡山县合计, 新建项目小计)."""
    return not _GRAND.match(row.name)


def _slip_of_a_row(readings: Sequence[RowReading], f: Field, missing: Yuan) -> str:
    """The one row that a power of ten would make the total right, in words; "" where none or several would."""
    found: list[tuple[RowReading, Yuan]] = []
    for r in readings:
        a = r.amounts.get(f)
        if a is None or not a.yuan:
            continue
        meant = a.yuan + missing
        if meant and any(abs(int(Decimal(a.yuan).scaleb(n)) - meant) <= 100 for n in (1, 2, 3, 4, -1, -2, -3, -4)):
            found.append((r, meant))
    if len(found) != 1:
        return ""
    r, meant = found[0]
    return f"第{r.row}行“{r.name}”的 {wan(r.amounts[f].yuan)} 万元若为 {wan(meant)} 万元，合计正好相符"


def _check_subtotals(table: Table, readings: Sequence[RowReading]) -> None:
    """The figures beside a section's name, and 小计 rows, against the sum of their own rows."""
    if not any(r.kind in (RowKind.SECTION, RowKind.TOTAL) for r in table.rows):
        return
    by_row = {r.row: r for r in readings}
    money = [c for c in table.columns.values() if c.field in MONEY_FIELDS and c.unit is not None]
    for at, row in enumerate(table.rows):
        if row.kind is RowKind.SECTION:
            groups = list(_rows_below(table.rows, at))
        elif row.kind is RowKind.TOTAL and (row.name.startswith("小计") or _of_a_group(row)):
            groups = [*_rows_above(table.rows, at), *_rows_to_next_sum(table.rows, at)]
        else:
            continue
        own = [[by_row[n] for n in g if n in by_row] for g in groups]
        told = [s for c in money if (s := _subtotal(table, row, c, own)) is not None]
        wrong = [s for s in told if s.nearest is not None]
        if len(wrong) > 1 and len(wrong) * 2 > len(told) and row.declared not in [len(g) for g in own]:
            continue  # nearly all differ: these are not the rows it counts, or some are missing, which is said elsewhere
        for s in wrong:
            table.findings.append(_subtotal_differs(table, row, s))


@dataclass(frozen=True, slots=True)
class _Subtotal:
    """A section's figure in one column; ``nearest`` is the sum of its rows where that differs."""

    field: Field
    column: int
    stated: Yuan
    nearest: Yuan | None


def _subtotal(table: Table, row: TableRow, column: Column, groups: list[list[RowReading]]) -> _Subtotal | None:
    f, unit = column.field, column.unit
    value = table.sheet.cell(row.row, column.number)
    if f is None or unit is None or is_blank(value):
        return None
    stated = read_amount(value, unit)
    if stated.reading is not Reading.NUMBER or not stated.yuan:
        return None
    sums: list[Yuan] = []
    for group in groups:
        told: list[Amount] = [r.amounts[f] for r in group if f in r.amounts]
        if not told:
            continue
        total, slack = sum(a.yuan or 0 for a in told), stated.tolerance + sum(a.tolerance for a in told) + 100
        if abs(total - stated.yuan) <= slack or abs(_as_written(table, column, f, unit, group) - stated.yuan) <= slack:
            return _Subtotal(f, column.number, stated.yuan, None)
        sums.append(total)
    aim = stated.yuan
    return _Subtotal(f, column.number, aim, min(sums, key=lambda s: abs(s - aim))) if sums else None


def _subtotal_differs(table: Table, row: TableRow, s: _Subtotal) -> Finding:
    assert s.nearest is not None
    cell = cell_name(row.row, s.column)
    return Finding(
        Level.WARNING, "subtotal_differs",
        f"表“{table.sheet.name}”{cell}：“{row.name}”的{s.field.label}写 {shown(table.sheet.cell(row.row, s.column))}"
        f"（{wan(s.stated)} 万元），所属各行相加为 {wan(s.nearest)} 万元，差 {wan(abs(s.nearest - s.stated))} 万元。请核实。",
        table.sheet.name, row.row, cell, field=s.field)


def _rows_below(rows: Sequence[TableRow], at: int) -> Iterator[list[int]]:
    """What a section's figures may count: its rows to the next section of its depth, or to the next one at all."""
    near: list[int] = []
    far: list[int] = []
    nested = False
    for below in rows[at + 1 :]:
        if below.kind is RowKind.SECTION:
            if _depth(below.name) <= _depth(rows[at].name):
                break
            nested = True
        elif below.kind is RowKind.PROJECT:
            far.append(below.row)
            if not nested:
                near.append(below.row)
    yield far
    if nested and near:
        yield near


def _rows_to_next_sum(rows: Sequence[TableRow], at: int) -> Iterator[list[int]]:
    """The rows below a group's sum that stands above them, up to the next sum or section."""
    found = [r.row for r in takewhile(lambda r: r.kind not in (RowKind.TOTAL, RowKind.SECTION), rows[at + 1 :]) if r.kind is RowKind.PROJECT]
    if found:
        yield found


def _rows_above(rows: Sequence[TableRow], at: int) -> Iterator[list[int]]:
    """What a 小计 may count: the rows since the last sum or section, since the last great section, or all."""
    found: list[int] = []
    for above in reversed(rows[:at]):
        if above.kind is RowKind.PROJECT:
            found.append(above.row)
        elif above.kind in (RowKind.TOTAL, RowKind.SECTION) and found:
            yield list(found)
    if found:
        yield found
