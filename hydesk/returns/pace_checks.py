"""What one month may bring: most of a year's plan in it, or ten times the months before, is asked about.

A nought too many in the month's figure is carried into the year's sum, so that both join with last month's and no
rule of sums sees it; only the pace of the months before and the plan do.
"""

from __future__ import annotations

from hydesk.domain.fields import Field
from hydesk.domain.findings import Level
from hydesk.domain.money import MoneyUnit, Yuan, format_money
from hydesk.domain.snapshot import KnownProject
from hydesk.returns.row_reading import RowReading

_MOST_OF_PLAN, _MUCH_OF_PLAN = 2, 4
"""A half and a quarter of the year's plan."""
_TIMES = 6
"""How many times the usual month a figure is when a nought too many is likely, beside a quarter of the plan."""
_SMALL = 1_000_000
"""Yuan; below it a month may well be all of a small plan's work."""


def month_leaps(r: RowReading, p: KnownProject, level: Level, code: str) -> None:
    """Most of the year's plan in one month, or a good part of it and many times what the months before brought."""
    f, month = _of_month(r, p)
    plan = p.annual_plan
    if month is None or f is None or month < _SMALL or any(x.field is f and x.level is not Level.NOTE for x in r.findings):
        return
    usual = _usual(r, p)
    much = usual is not None and usual > 0 and month >= usual * _TIMES
    if plan and (month * _MOST_OF_PLAN > plan or (month * _MUCH_OF_PLAN > plan and much)):
        beside = f"，是此前月均 {_wan(usual)} 万元的 {month / usual:.1f} 倍" if usual else ""
        r.find(level, code, f"一个月完成 {_wan(month)} 万元，占全年计划 {_wan(plan)} 万元的 {month * 100 / plan:.1f}%{beside}，疑似多写了一位。请核实", f)


def _of_month(r: RowReading, p: KnownProject) -> tuple[Field | None, Yuan | None]:
    """The month's figure, or what the sums grew by since the month before."""
    month = r.amounts.get(Field.MONTH_INVESTMENT)
    if month is not None:
        return Field.MONTH_INVESTMENT, month.yuan
    year, before = r.amounts.get(Field.YEAR_INVESTMENT), p.previous
    if year is None or year.yuan is None or before is None or before.period != r.table.period.last_month.previous():
        return None, None
    held = before.money.get(Field.YEAR_INVESTMENT)
    return Field.YEAR_INVESTMENT, year.yuan - held if held is not None else None


def _usual(r: RowReading, p: KnownProject) -> Yuan | None:
    """What a month of this year has brought so far; None where nothing is held."""
    if p.previous is None:
        return None
    held = p.previous.money.get(Field.YEAR_INVESTMENT)
    return held // p.previous.period.last_month.number if held is not None else None


def _wan(amount: Yuan | None) -> str:
    return format_money(amount, MoneyUnit.WAN)
