"""A cross table as a report: one landscape table with sums, and its picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from hydesk.dataclass import dataclass
from hydesk.domain.measures.totals import Totals
from hydesk.domain.money import NO_FIGURE
from hydesk.domain.periods import Period
from hydesk.reports.figures import Figure, FigureStyle, Part
from hydesk.reports.form import ReportForm
from hydesk.reports.grid import Align, PrintColumn, PrintRow, PrintRowKind, PrintTable
from hydesk.reports.kinds import ReportKind
from hydesk.reports.model import Annex, Masthead, Report, Section
from hydesk.reports.pictures import Bar, BarChart
from hydesk.reports.words import clean, count, number, percent, wan

Amount = Callable[[Totals], int | Decimal | None]


@dataclass(frozen=True, slots=True)
class CrossFigure:
    """What is counted or summed. ``key`` ends the keys of its figures; ``unit`` is 个, 万元, %, 亩 …; ``over`` the keys of
    what a rate divides."""

    name: str
    unit: str
    key: str
    show: FigureStyle
    of: Amount
    over: tuple[str, str] | None = None

    @property
    def head(self) -> str:
        """Its head where the table says 个 and 万元 for all."""
        return self.name if self.unit in ("个", "万元", "") else f"{self.name}（{self.unit}）"

    def figure(self, totals: Totals | None, of: str) -> Part:
        """The figure of a group, keyed by whose it is."""
        if totals is None:
            return NO_FIGURE
        value, key = self.of(totals), f"{of}.{self.key}"
        if self.show is FigureStyle.RATE:
            return percent(None if value is None else Decimal(value), key)
        if self.show is FigureStyle.COUNT:
            return count(int(value or 0), key)
        if self.show is FigureStyle.NUMBER:
            return number(None if value is None else Decimal(value), key)
        return wan(None if value is None else int(value), key)


def cross_report(
    period: Period, rows_by: str, columns_by: str, rows: Sequence[str], columns: Sequence[str],
    cells: Mapping[tuple[str, str], Totals], row_totals: Mapping[str, Totals], column_totals: Mapping[str, Totals],
    whole: Totals, measure: CrossFigure, every: Sequence[CrossFigure], *, form: ReportForm, issued: date, note: str = "",
) -> Report:
    """The report: with two dimensions ``measure`` in every cell, with one ``every`` measure in a column."""
    title = f"{form.whole}{form.subject}按{rows_by}{f'、{columns_by}' if columns_by else ''}统计表（{period.label}）"
    if columns_by:
        table = _crossed(title, rows_by, rows, columns, cells, row_totals, column_totals, whole, measure)
    else:
        table = _listed(title, rows_by, rows, row_totals, whole, every)
    notes = ["注：个数按列入清单的项目计，打包项目算一个；完成率=年初至今完成投资÷年度计划投资"]
    if note:
        notes.append(note)
    table = PrintTable(table.key, title, table.unit_note, table.columns, table.rows, tuple(notes), "统计表")
    bars = tuple(Bar(clean(r), made) for r in rows if isinstance(made := measure.figure(row_totals[r], f"group:{r}"), Figure)
                 and made.raw is not None)
    chart = BarChart(f"{measure.name}（{measure.unit}）" if measure.unit else measure.name,
                     tuple(sorted(bars, key=lambda b: -Decimal(b.figure.raw or 0))))
    return Report(
        kind=ReportKind.STATISTICS, period=period, as_of=None, issued=issued, title_lines=(title,),
        masthead=Masthead(f"{form.city}{form.subject}统计表", "", form.office, "", form.remark), opening=None,
        sections=(Section("", (chart,), "chart"),) if bars else (), annexes=(Annex("", table),), printed_by=form.office,
        subject=f"{rows_by}{columns_by}")


def _listed(
    title: str, rows_by: str, rows: Sequence[str], row_totals: Mapping[str, Totals], whole: Totals, every: Sequence[CrossFigure],
) -> PrintTable:
    """One dimension: every measure in a column."""
    columns = [PrintColumn("name", (rows_by,), Align.LEFT, weight=1)]
    columns += [PrintColumn(m.key, (m.head,), show=m.show, summed=m.over is None, ratio=m.over) for m in every]

    def row(name: str, of: str, t: Totals, kind: PrintRowKind) -> PrintRow:
        return PrintRow((clean(name), *(m.figure(t, of) for m in every)), kind)

    body = [row(r, f"group:{r}", row_totals[r], PrintRowKind.ITEM) for r in rows]
    return PrintTable("cross", title, "单位：个、万元", tuple(columns), (*body, row("合计", "all", whole, PrintRowKind.TOTAL)))


def _crossed(
    title: str, rows_by: str, rows: Sequence[str], columns: Sequence[str], cells: Mapping[tuple[str, str], Totals],
    row_totals: Mapping[str, Totals], column_totals: Mapping[str, Totals], whole: Totals, measure: CrossFigure,
) -> PrintTable:
    """Two dimensions: one measure in every cell. Rates are not summed."""
    show, summed = measure.show, measure.over is None
    heads = tuple(
        PrintColumn(f"c{i}", _two_lines(clean(c)), show=show, summed=summed, group=measure.name) for i, c in enumerate(columns))
    own = (PrintColumn("name", (rows_by,), Align.LEFT, weight=1), *heads, PrintColumn("all", ("合计",), show=show, summed=summed))
    body = [PrintRow((clean(r), *(measure.figure(cells.get((r, c)), f"cell:{r}|{c}") for c in columns),
                      measure.figure(row_totals[r], f"group:{r}"))) for r in rows]
    last = PrintRow(("合计", *(measure.figure(column_totals[c], f"column:{c}") for c in columns), measure.figure(whole, "all")),
                    PrintRowKind.TOTAL)
    return PrintTable("cross", title, f"单位：{measure.unit}" if measure.unit else "", own, (*body, last))


def _two_lines(name: str) -> tuple[str, ...]:
    """A long head over two lines."""
    half = (len(name) + 1) // 2
    return (name,) if len(name) <= 5 else (name[:half], name[half:])
