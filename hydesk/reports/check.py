"""Proves that a report agrees with itself; what does not is not issued.

It reads only the report, knows nothing of how it was compiled, and works every number out again: what is shown
against the exact value, sums against items, rates against their parts, equal keys against each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from hydesk.domain.errors import HydeskError
from hydesk.domain.money import RATE_PLACES, spread
from hydesk.reports.figures import Figure, FigureStyle
from hydesk.reports.grid import PrintRow, PrintRowKind, PrintTable
from hydesk.reports.model import Report

_SCALE = {
    FigureStyle.COUNT: (Decimal(1), 0),
    FigureStyle.WAN: (Decimal(1) / 10_000, 2),
    FigureStyle.WAN_TEXT: (Decimal(1) / 10_000, 2),
    FigureStyle.YI: (Decimal(1) / 100_000_000, 2),
    FigureStyle.YI_COLUMN: (Decimal(1) / 100_000_000, 2),
    FigureStyle.RATE: (Decimal(100), RATE_PLACES),
    FigureStyle.NUMBER: (Decimal(1), 2),
    FigureStyle.POINTS: (Decimal(100), RATE_PLACES),
}


def disagreements(report: Report) -> list[str]:
    """Every disagreement as a sentence; empty when the report agrees with itself."""
    figures = list(report.figures())
    found = [*_shown(figures), *_same_keys(figures), *_counts(report, figures), *_parts(figures)]
    for table in report.tables():
        found += _sums(table)
        found += _ratios(table)
        found += _lacks(table)
    return list(dict.fromkeys(found))


def ensure_agreement(report: Report) -> None:
    """Raise HydeskError naming the first disagreements; a report that disagrees with itself is never printed."""
    found = disagreements(report)
    if found:
        more = f"等{len(found)}处" if len(found) > 3 else ""
        raise HydeskError(f"报告数字前后不一致，未出报告：{'；'.join(found[:3])}{more}。请重新生成；仍然如此请检查台账。")


def _shown(figures: Sequence[Figure]) -> list[str]:
    """What is written must be the exact value rounded once."""
    found = []
    for figure in figures:
        if figure.raw is None:
            if figure.text != "—":
                found.append(f"“{figure.text}”没有对应的数据")
            continue
        factor, places = _SCALE[figure.show]
        want = (Decimal(figure.raw) * factor).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        try:
            agrees = Decimal(figure.text.replace(",", "")) == want
        except ArithmeticError:
            agrees = False
        if not agrees:
            found.append(f"写的是{figure.text}，应为{want}")
    return found


def _same_keys(figures: Sequence[Figure]) -> list[str]:
    """Figures with one key are one number."""
    seen: dict[str, Figure] = {}
    found = []
    for figure in figures:
        if not figure.key:
            continue
        first = seen.setdefault(figure.key, figure)
        if first.raw != figure.raw:
            found.append(f"同一个数前后不同：{first.text}与{figure.text}")
    return found


def _counts(report: Report, figures: Sequence[Figure]) -> list[str]:
    """A number of rows said in the text is the number of rows of the table it speaks of."""
    tables = {t.key: t for t in report.tables()}
    found = []
    for figure in figures:
        key = "projects" if figure.key == "all.count" else figure.key.removeprefix("rows:")
        if key == figure.key or key not in tables:
            continue
        rows = sum(1 for _ in tables[key].items())
        if figure.raw != rows:
            found.append(f"{tables[key].place}有{rows}个项目，文中写的是{figure.text}个")
    return found


def _parts(figures: Sequence[Figure]) -> list[str]:
    """Figures whose key is a whole's with a part's name behind it (rows:lagging|资金) add up to the whole."""
    held = {f.key: f for f in figures if f.key and f.raw is not None}
    sums: dict[str, int | Decimal] = {}
    for key, figure in held.items():
        whole, mark, _ = key.rpartition("|")
        if mark:
            sums[whole] = sums.get(whole, 0) + (figure.raw or 0)
    return [f"分项之和为{total}，合计写的是{held[whole].text}" for whole, total in sums.items()
            if whole in held and held[whole].raw != total]


def _raw(row: PrintRow, index: int) -> int | Decimal:
    cell = row.cells[index]
    return cell.raw if isinstance(cell, Figure) and cell.raw is not None else 0


def _sums(table: PrintTable) -> list[str]:
    """Subtotals and totals are the sums of the items above them."""
    found = []
    for index, column in enumerate(table.columns):
        if not column.summed:
            continue
        part: int | Decimal = 0
        whole: int | Decimal = 0
        for row in table.rows:
            if row.kind is PrintRowKind.ITEM:
                part += _raw(row, index)
                whole += _raw(row, index)
            elif row.kind is PrintRowKind.GROUP:
                part = 0
            else:
                want = part if row.kind is PrintRowKind.SUBTOTAL else whole
                if _raw(row, index) != want:
                    found.append(f"{table.place}的{''.join(column.head)}合计与各行之和不符")
                if row.kind is PrintRowKind.SUBTOTAL:
                    part = 0
    return found


def _ratios(table: PrintTable) -> list[str]:
    """Rates are the quotients of the cells beside them."""
    found = []
    for index, column in enumerate(table.columns):
        if column.ratio is None:
            continue
        done, plan = (table.column(key) for key in column.ratio)
        if done is None or plan is None:
            continue
        for row in table.rows:
            if row.kind is PrintRowKind.GROUP:
                continue
            cell, top, base = row.cells[index], row.cells[done], row.cells[plan]
            if not (isinstance(cell, Figure) and isinstance(top, Figure) and isinstance(base, Figure)):
                continue
            want = Decimal(top.raw) / Decimal(base.raw) if top.raw is not None and base.raw else None
            if cell.raw != want:
                found.append(f"{table.place}的{''.join(column.head)}与所在行的数不符")
    return found


def _lacks(table: PrintTable) -> list[str]:
    """What is needed a month is what is lacking, spread over the months left and rounded up."""
    found = []
    for index, column in enumerate(table.columns):
        if column.lack is None:
            continue
        plan, done = (table.column(key) for key in column.lack[:2])
        if plan is None or done is None:
            continue
        for row in table.items():
            cell, want = row.cells[index], spread(_raw(row, plan) - _raw(row, done), column.lack[2])
            if isinstance(cell, Figure) and cell.raw is not None and cell.raw != want:
                found.append(f"{table.place}的{column.name}与所在行的数不符")
    return found
