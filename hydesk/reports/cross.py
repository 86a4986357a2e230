"""A cross table as a report: one landscape table with sums, and its picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from hydesk.domain.measures.totals import Totals
from hydesk.domain.money import NO_FIGURE
from hydesk.domain.periods import Period
from hydesk.reports.figures import Figure, FigureStyle, Part
from hydesk.reports.form import ReportForm
from hydesk.reports.grid import Align, PrintColumn, PrintRow, PrintRowKind, PrintTable
from hydesk.reports.kinds import ReportKind
from hydesk.reports.model import Annex, Masthead, Report, Section
from hydesk.reports.pictures import Bar, BarChart
from hydesk.reports.words import clean, count, percent, wan

Amount = Callable[[Totals], int | Decimal | None]


_KEYS = {"项目个数": "count", "总投资": "total", "年度计划投资": "plan", "年初至今完成": "year", "完成率": "rate"}
"""By the name of what a cell shows: the end of its figures' keys."""


def _figure(unit: str, value: int | Decimal | None, key: str = "") -> Figure:
    if unit == "%":
        return percent(None if value is None else Decimal(value), key)
    if unit == "个":
        return count(int(value or 0), key)
    return wan(None if value is None else int(value), key)


def cross_report(
    period: Period, rows_by: str, columns_by: str, rows: Sequence[str], columns: Sequence[str],
    cells: Mapping[tuple[str, str], Totals], row_totals: Mapping[str, Totals], column_totals: Mapping[str, Totals],
    whole: Totals, measure: str, unit: str, of: Amount, *, form: ReportForm, issued: date, note: str = "",
) -> Report:
    """The report; ``of`` takes the measure from a group's sums, ``unit`` is 个, 万元 or %."""
    title = f"{form.whole}{form.subject}按{rows_by}{f'、{columns_by}' if columns_by else ''}统计表（{period.label}）"
    if columns_by:
        table = _crossed(title, rows_by, rows, columns, cells, row_totals, column_totals, whole, (measure, unit, of))
    else:
        table = _listed(title, rows_by, rows, row_totals, whole)
    notes = ["注：个数按列入清单的项目计，打包项目算一个；完成率=年初至今完成投资÷年度计划投资"]
    if note:
        notes.append(note)
    table = PrintTable(table.key, title, table.unit_note, table.columns, table.rows, tuple(notes), "统计表")
    bars = tuple(Bar(clean(r), _figure(unit, of(row_totals[r]), f"group:{r}.{_KEYS.get(measure, 'total')}")) for r in rows if of(row_totals[r]) is not None)
    chart = BarChart(f"{measure}（{unit}）", tuple(sorted(bars, key=lambda b: -Decimal(b.figure.raw or 0))))
    return Report(
        kind=ReportKind.STATISTICS, period=period, as_of=None, issued=issued, title_lines=(title,),
        masthead=Masthead(f"{form.city}{form.subject}统计表", "", form.office, "", form.remark), opening=None,
        sections=(Section("", (chart,), "chart"),) if bars else (), annexes=(Annex("", table),), printed_by=form.office,
        subject=f"{rows_by}{columns_by}")


def _listed(title: str, rows_by: str, rows: Sequence[str], row_totals: Mapping[str, Totals], whole: Totals) -> PrintTable:
    """One dimension: every measure in a column."""
    columns = (
        PrintColumn("name", (rows_by,), Align.LEFT, weight=1),
        PrintColumn("count", ("项目个数",), show=FigureStyle.COUNT, summed=True),
        PrintColumn("total", ("总投资",), show=FigureStyle.WAN, summed=True),
        PrintColumn("plan", ("年度计划投资",), show=FigureStyle.WAN, summed=True),
        PrintColumn("year", ("年初至今完成",), show=FigureStyle.WAN, summed=True),
        PrintColumn("rate", ("完成率（%）",), show=FigureStyle.RATE, ratio=("year", "plan")),
    )

    def row(name: str, t: Totals, kind: PrintRowKind) -> PrintRow:
        scope = "all" if kind is PrintRowKind.TOTAL else f"group:{name}"
        amounts = (wan(t.known(x), f"{scope}.{key}") for x, key in (
            ("total_investment", "total"), ("annual_plan", "plan"), ("year_investment", "year")))
        return PrintRow((clean(name), count(t.count, f"{scope}.count"), *amounts, percent(t.completion, f"{scope}.rate")), kind)

    body = [row(r, row_totals[r], PrintRowKind.ITEM) for r in rows]
    return PrintTable("cross", title, "单位：个、万元", columns, (*body, row("合计", whole, PrintRowKind.TOTAL)))


def _crossed(
    title: str, rows_by: str, rows: Sequence[str], columns: Sequence[str], cells: Mapping[tuple[str, str], Totals],
    row_totals: Mapping[str, Totals], column_totals: Mapping[str, Totals], whole: Totals, what: tuple[str, str, Amount],
) -> PrintTable:
    """Two dimensions: one measure in every cell. Rates are not summed."""
    measure, unit, of = what
    show = {"%": FigureStyle.RATE, "个": FigureStyle.COUNT}.get(unit, FigureStyle.WAN)
    summed = unit != "%"
    heads = tuple(
        PrintColumn(f"c{i}", _two_lines(clean(c)), show=show, summed=summed, group=measure) for i, c in enumerate(columns))
    own = (PrintColumn("name", (rows_by,), Align.LEFT, weight=1), *heads, PrintColumn("all", ("合计",), show=show, summed=summed))

    def cell(row: str, column: str) -> Part:
        t = cells.get((row, column))
        return NO_FIGURE if t is None else _figure(unit, of(t), f"cell:{row}|{column}.{key}")

    key = _KEYS.get(measure, "total")
    body = [PrintRow((clean(r), *(cell(r, c) for c in columns), _figure(unit, of(row_totals[r]), f"group:{r}.{key}"))) for r in rows]
    last = PrintRow(("合计", *(_figure(unit, of(column_totals[c]), f"column:{c}.{key}") for c in columns),
                _figure(unit, of(whole), f"all.{key}")), PrintRowKind.TOTAL)
    return PrintTable("cross", title, f"单位：{unit}", own, (*body, last))


def _two_lines(name: str) -> tuple[str, ...]:
    """A long head over two lines."""
    half = (len(name) + 1) // 2
    return (name,) if len(name) <= 5 else (name[:half], name[half:])
