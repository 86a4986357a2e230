"""Amounts that are off by ten thousand: 万元, 亿元 and 元 taken for one another (docs/rules.md §7.2)."""

from __future__ import annotations

from hydesk.domain.fields import LEDGER_MONEY, PROGRESS_MONEY, Field
from hydesk.domain.findings import Level
from hydesk.domain.money import Yuan
from hydesk.domain.snapshot import KnownProject
from hydesk.returns.fitting import worth_offering
from hydesk.returns.row_amounts import got, held_before, wan
from hydesk.returns.row_reading import RowReading

_SLIP = 10_000
_ROUNDED = 20_000
"""Yuan by which sums in 万元 may miss; an amount smaller than that fits any sum, which tells nothing of its unit."""
_LEAST_MONTH = 10_000
"""Yuan; a month's investment below one 万元 beside thousands of times as much the month before was meant in another unit."""


def unit_slip(r: RowReading, p: KnownProject, level: Level, code: str) -> None:
    """×10,000 up or down against what the ledger leads one to expect: 万元, 亿元 and 元 taken for one another."""
    for f in (*LEDGER_MONEY, *PROGRESS_MONEY):
        value = got(r, f)
        if not value or value < 0:
            continue
        right = _slip_of(r, p, f, value)
        if right is not None:
            offered = worth_offering(r, p, f, value, right)
            should = f"，应为 {wan(offered)} 万元" if offered is not None else ""
            r.find(level, code, (
                f"{f.label}写作“{r.words[f]}”，合 {wan(value)} 万元，与台账相差约一万倍，疑似单位写错{should}。请核实"), f, offered)


def _slip_of(r: RowReading, p: KnownProject, f: Field, value: Yuan) -> Yuan | None:
    """The value that would be right, when ``value`` is off by about ten thousand either way."""
    known = {Field.TOTAL_INVESTMENT: p.total_investment, Field.INVESTED_BEFORE: p.invested_before,
             Field.ANNUAL_PLAN: p.annual_plan}.get(f)
    if known:
        if 3_000 <= value / known <= 30_000:
            return value // _SLIP
        return value * _SLIP if 3_000 <= known / value <= 30_000 else None
    if f in LEDGER_MONEY:
        return None
    cap = p.total_investment or (p.annual_plan or 0) * 5
    year = got(r, Field.YEAR_INVESTMENT)
    if cap and value > cap * 20 and value // _SLIP <= cap:
        return value // _SLIP
    if f in (Field.MONTH_INVESTMENT, Field.WEEK_INVESTMENT) and year and value > year and year > 0 and value // _SLIP <= year:
        joined = _joined(p, f)
        meant = value // _SLIP
        if value > year * 100 or (joined is not None and abs(joined + meant - year) <= min(_ROUNDED, meant // 2)):
            return meant
    return _slip_down(r, p, f, value)


def _joined(p: KnownProject, f: Field) -> Yuan | None:
    """The sum to date that an amount of the month or the week is added to."""
    if f is Field.MONTH_INVESTMENT:
        return held_before(p, Field.YEAR_INVESTMENT)
    return p.week_before.money.get(Field.YEAR_INVESTMENT) if p.week_before else None


def _slip_down(r: RowReading, p: KnownProject, f: Field, value: Yuan) -> Yuan | None:
    before = None if f in (Field.MONTH_INVESTMENT, Field.WEEK_INVESTMENT) else held_before(p, f)
    if before and before / value >= 2_000:
        return value * _SLIP
    if f in (Field.MONTH_INVESTMENT, Field.WEEK_INVESTMENT):
        year, joined = got(r, Field.YEAR_INVESTMENT), _joined(p, f)
        if f is Field.MONTH_INVESTMENT and year is None and value < _LEAST_MONTH and 3_000 <= (held_before(p, f) or 0) / value <= 30_000:
            return value * _SLIP  # no sum stands beside it: the month before tells
        if year is not None and joined is not None and year - joined > 0 and 5_000 <= (year - joined) / value <= 20_000:
            return value * _SLIP
    return None
