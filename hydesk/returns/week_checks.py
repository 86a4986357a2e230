"""What a weekly return is checked for beside the rules for any return: weeks must join week to week and month.

A sum to last week's or last month's end that stands in the return is held against the ledger here; it is never taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import cell_name, column_letter
from hydesk.domain.money import MoneyUnit, Yuan, format_money
from hydesk.domain.periods import Period, Week
from hydesk.domain.snapshot import KnownProject, PeriodFigures
from hydesk.returns.row_reading import RowReading
from hydesk.returns.rows import RowKind
from hydesk.returns.table import Column, Table
from hydesk.returns.values import Reading, read_amount
from hydesk.returns.week_heads import week_head

WEEK, YEAR = Field.WEEK_INVESTMENT, Field.YEAR_INVESTMENT
_SAME_ROWS = 3
"""Rows from which a return that says last week's figures again is spoken of as a copy."""
_SAME = 50
"""Yuan below which two figures are the same."""


def _got(r: RowReading, f: Field) -> Yuan | None:
    amount = r.amounts.get(f)
    return amount.yuan if amount is not None else None


def _slack(r: RowReading, *fields: Field) -> Yuan:
    return r.slack + sum(r.amounts[f].tolerance for f in fields if f in r.amounts)


def _told(r: RowReading, *fields: Field) -> bool:
    """Whether an error stands at one of these figures already: its consequences need no second word."""
    return any(x.field in fields and x.level is Level.ERROR for x in r.findings)


def _wan(amount: Yuan | None) -> str:
    return format_money(amount, MoneyUnit.WAN)


def week_mismatch(r: RowReading, p: KnownProject, level: Level, code: str) -> None:
    """本周 ≠ this sum − last week's sum, where the ledger holds the week directly before."""
    week, year = _got(r, WEEK), _got(r, YEAR)
    before = p.week_before.money.get(YEAR) if p.week_before else None
    if week is None or year is None or before is None or week < 0 or _told(r, WEEK, YEAR):
        return
    gap = year - (before + week)
    if abs(gap) > _slack(r, WEEK, YEAR):
        r.find(level, code, (
            f"上周累计 {_wan(before)} ＋ 本周 {_wan(week)} ≠ 本周末累计 {_wan(year)} 万元，差 {_wan(abs(gap))} 万元。"
            "请核实是本周数还是累计数有误"), YEAR)


def week_over_year(r: RowReading, p: KnownProject, level: Level, code: str) -> None:
    """本周 above the whole year up to it; a first week that begins in December may hold days of the year before."""
    period, week, year = r.table.period, _got(r, WEEK), _got(r, YEAR)
    if week is None or year is None or year < 0 or week <= year + _slack(r, WEEK, YEAR) or _told(r, WEEK, YEAR):
        return
    if isinstance(period, Week) and period.number == 1 and not period.opens_year:
        return
    r.find(level, code, (
        f"本周 {_wan(week)} 万元，比年初至本周累计 {_wan(year)} 万元还多，必有一个不对（或两格填反）。请核实"), WEEK)


def week_over_total(r: RowReading, p: KnownProject, level: Level, code: str) -> None:
    """本周 without a sum beside it that carries the project above its total investment."""
    week, total = _got(r, WEEK), p.total_investment
    before = p.newest.money.get(YEAR) if p.newest else None
    if week is None or week <= 0 or before is None or not total or _got(r, YEAR) is not None or _told(r, WEEK):
        return
    held = (p.invested_before or 0) + before
    if held <= total < held + week - _slack(r, WEEK):
        r.find(level, code, f"本周 {_wan(week)} 万元加上此前累计，超过总投资 {_wan(total)} 万元。请核实", WEEK)


def week_blank(r: RowReading, p: KnownProject, level: Level, code: str) -> None:
    """本周 left empty where last week had an amount and no sum stands beside it: nothing new is 0."""
    amount = r.amounts.get(WEEK)
    told = p.week_before is not None and WEEK in p.week_before.money
    if told and amount is not None and amount.reading is Reading.BLANK and _got(r, YEAR) is None:
        r.find(level, code, "本周完成投资空着。请补填，没有新增请填 0", WEEK)


def last_sum_differs(r: RowReading, p: KnownProject, level: Level, code: str) -> None:
    """Columns that repeat an earlier sum (上周累计, 1-6月 in a week of July), held against what the ledger has."""
    week = r.table.period
    if isinstance(week, Week):
        for column in r.table.columns.values():
            if column.field is None and (head := week_head(column.path, week)) is not None and head.was is not None:
                _compare(r, p, column, head.was, level, code)


def _compare(r: RowReading, p: KnownProject, column: Column, was: Period, level: Level, code: str) -> None:
    figures = _held(p, was)
    if figures is None:
        return
    year, since = figures.money.get(YEAR), figures.money.get(Field.TOTAL_INVESTED)
    beside = r.table.column_of(YEAR) or r.table.column_of(WEEK)
    unit = column.said_unit or r.table.words.unit or (beside.unit if beside else None) or MoneyUnit.WAN
    said = read_amount(r.table.sheet.cell(r.row, column.number), unit)
    if said.reading is not Reading.NUMBER or said.yuan is None or year is None:
        return
    slack = r.slack + said.tolerance
    if abs(said.yuan - year) <= slack or (since is not None and abs(said.yuan - since) <= slack):
        return
    label = "上周末" if isinstance(was, Week) else f"{was.short_label}底"
    cell = cell_name(r.row, column.number)
    r.findings.append(Finding(level, code, (
        f"表“{r.table.sheet.name}”{cell}：{label}累计写 {_wan(said.yuan)} 万元，台账{was.label}累计为 {_wan(year)} 万元，"
        f"差 {_wan(abs(said.yuan - year))} 万元。请核实以哪个为准。"), r.table.sheet.name, r.row, cell, project=p.code))


def _held(p: KnownProject, was: Period) -> PeriodFigures | None:
    return next((f for f in (p.week_before, p.closing, p.newest) if f is not None and f.period == was), None)


def said_of_weeks(table: Table) -> Iterator[Finding]:
    """Columns of figures that a weekly return has and that are not the week's: said once each, for nobody must wonder."""
    week = table.period
    if not isinstance(week, Week):
        return
    rows = [r.row for r in table.rows if r.kind is RowKind.PROJECT]
    for column in table.columns.values():
        head = week_head(column.path, week) if column.field is None else None
        if head is None or not head.left_out:
            continue
        if any(isinstance(table.sheet.cell(r, column.number), int | float) for r in rows):
            letter = column_letter(column.number)
            yield Finding(Level.NOTE, "column_not_of_week", (
                f"表“{table.sheet.name}”{letter}列：“{column.header}”是{head.reason}。"), table.sheet.name, column=letter)


def check_copied_week(table: Table, readings: Sequence[RowReading]) -> Iterator[Finding]:
    """Last week's return sent again: every amount of the week, and every sum beside it, is last week's to the digit.

    One project may well do twice the same; a whole return does not, so it is said once and of the whole.
    """
    column = table.column_of(WEEK)
    if column is None or not isinstance(table.period, Week):
        return
    pairs = [(week, p.week_before.money[WEEK], _got(r, YEAR), p.week_before.money.get(YEAR)) for r in readings
             if (p := r.project) is not None and p.week_before is not None and (week := _got(r, WEEK))
             and WEEK in p.week_before.money]
    same = sum(abs(now - then) <= _SAME and (year is None or held is None or abs(year - held) <= _SAME)
               for now, then, year, held in pairs)
    if same >= _SAME_ROWS and same * 10 >= len(pairs) * 9:
        yield Finding(Level.WARNING, "return_copied", (
            f"表“{table.sheet.name}”{same} 个项目的本周数与上周一分不差，疑似把上周的表又报了一次。请与填报单位核实。"),
            table.sheet.name)
