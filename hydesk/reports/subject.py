"""A table of one matter (竣工, 前期, 同比 …) as a report to print: figures by rows, with sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from hydesk.domain.measures.named import MEASURES, Quantity
from hydesk.domain.measures.subjects import Counted
from hydesk.domain.periods import Period
from hydesk.reports.figures import Figure, FigureStyle
from hydesk.reports.form import ReportForm
from hydesk.reports.grid import Align, PrintColumn, PrintRow, PrintRowKind, PrintTable
from hydesk.reports.kinds import ReportKind
from hydesk.reports.model import Annex, Masthead, Report
from hydesk.reports.words import clean, wan

_STYLES = {Quantity.AMOUNT: FigureStyle.WAN, Quantity.RATE: FigureStyle.RATE, Quantity.POINTS: FigureStyle.POINTS}


def _style(id: str) -> FigureStyle:
    return _STYLES.get(MEASURES[id].quantity, FigureStyle.COUNT)


def _head(id: str) -> tuple[str, ...]:
    name = MEASURES[id].name
    unit = {FigureStyle.RATE: "（%）", FigureStyle.WAN: "（万元）", FigureStyle.POINTS: "（百分点）"}.get(_style(id), "")
    half = (len(name) + 1) // 2
    lines = (name,) if len(name) <= 5 else (name[:half], name[half:])
    return (*lines, unit) if unit else lines


def _figure(told: Counted, row: str) -> Figure:
    key = f"measure:{told.id}|{row}"
    style = _style(told.id)
    if style is FigureStyle.WAN:
        return wan(None if told.value is None else int(told.value), key)
    return Figure(told.text.rstrip("%"), told.value, style, key)


def subject_report(
    period: Period, called: str, rows_by: str, columns: Sequence[str], rows: Mapping[str, Sequence[Counted]], whole: Sequence[Counted],
    notes: Sequence[str], *, form: ReportForm, issued: date,
) -> Report:
    """The table under the name ``called``; ``notes`` stand below it."""
    title = f"{form.whole}{form.subject}{called}（{period.label}）"
    heads = (PrintColumn("name", (rows_by,), Align.LEFT, weight=1), *(PrintColumn(id, _head(id), show=_style(id)) for id in columns))
    body = [PrintRow((clean(name), *(_figure(c, name) for c in line))) for name, line in rows.items()]
    last = PrintRow(("合计", *(_figure(c, "") for c in whole)), PrintRowKind.TOTAL)
    table = PrintTable("subject", title, "", heads, (*body, last), tuple(notes), called)
    return Report(
        kind=ReportKind.STATISTICS, period=period, as_of=None, issued=issued, title_lines=(title,),
        masthead=Masthead(f"{form.city}{form.subject}统计表", "", form.office, "", form.remark), opening=None, sections=(),
        annexes=(Annex("", table),), printed_by=form.office, subject=f"{called}{rows_by}")
