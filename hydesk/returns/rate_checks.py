"""The county's own 完成率 beside its figures: where most rows agree which figures it divides, a row that does not is told.

Which figures a rate divides is told by the rows, not by its head: 占年度计划, 完成率 and 进度 name it too loosely.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import CellValue, cell_name
from hydesk.domain.money import Yuan
from hydesk.returns.row_reading import RowReading
from hydesk.returns.table import Column, Table
from hydesk.returns.text import squeeze
from hydesk.returns.values import clean_number

_PAIRS = (
    (Field.YEAR_INVESTMENT, Field.ANNUAL_PLAN), (Field.TOTAL_INVESTED, Field.TOTAL_INVESTMENT), (Field.MONTH_INVESTMENT, Field.ANNUAL_PLAN),
    (Field.FUNDS_ARRIVED, Field.ANNUAL_PLAN), (Field.FUNDS_ARRIVED, Field.TOTAL_INVESTMENT), (Field.YEAR_INVESTMENT, Field.TOTAL_INVESTMENT),
)
_LEAST_ROWS, _AGREE = 4, Decimal("0.75")
"""Rows from which, and the share of them by which, a rate is known to divide two figures."""
_LOOSE_OF = {100: Decimal("0.02"), 1: Decimal("0.0002")}
"""By scale: what a rate may be off beside the rounding of its own last digit, 0.02 points."""


def check_rates(table: Table, readings: Sequence[RowReading]) -> None:
    """Tells the rows whose rate is not what their figures make."""
    for column in table.columns.values():
        if column.field is None and column.guess.rate:
            _check_rate(table, column, readings)


def _check_rate(table: Table, column: Column, readings: Sequence[RowReading]) -> None:
    told = [(r, n) for r in readings if (n := _number(table.sheet.cell(r.row, column.number))) is not None and n != 0]
    if len(told) < _LEAST_ROWS:
        return
    loose = max(_half(n) for _, n in told[:50])
    best: tuple[int, Field, Field, int] | None = None
    for part, whole in _PAIRS:
        made = [(n, x) for r, n in told if (x := _rate(r, part, whole)) is not None]
        if len(made) < _LEAST_ROWS:
            continue
        for scale in (100, 1):
            fits = sum(_fits(n, x, scale, loose) for n, x in made)
            if fits >= _AGREE * len(made) and (best is None or fits > best[0]):
                best = (fits, part, whole, scale)
    if best is not None:
        for finding in _that_differ(table, column, told, best, loose):
            table.findings.append(finding)


def _that_differ(
    table: Table, column: Column, told: Sequence[tuple[RowReading, Decimal]], best: tuple[int, Field, Field, int], loose: Decimal
) -> Iterator[Finding]:
    _, part, whole, scale = best
    for r, n in told:
        made = _rate(r, part, whole)
        if made is None or _fits(n, made, scale, loose) or any(
                f.level is not Level.NOTE and f.field in (part, whole) for f in r.findings):
            continue
        cell = cell_name(r.row, column.number)
        yield Finding(
            Level.WARNING, "rate_differs",
            f"表“{table.sheet.name}”{cell}：“{column.header}”写 {_shown(n, scale)}%，按{part.label}和{whole.label}算是 {made * 100:.2f}%。"
            "请核实是哪一个数有误。", table.sheet.name, r.row, cell, project=r.project.code if r.project else None, field=part)


def _rate(r: RowReading, part: Field, whole: Field) -> Decimal | None:
    above, below = _yuan(r, part), _yuan(r, whole)
    return Decimal(above) / Decimal(below) if above is not None and below else None


def _yuan(r: RowReading, f: Field) -> Yuan | None:
    """What the row says, else what the ledger holds of it."""
    if (a := r.amounts.get(f)) is not None and a.yuan is not None:
        return a.yuan
    if r.project is None:
        return None
    if f is Field.ANNUAL_PLAN:
        return r.project.annual_plan
    return r.project.total_investment if f is Field.TOTAL_INVESTMENT else None


def _fits(said: Decimal, made: Decimal, scale: int, loose: Decimal) -> bool:
    return abs(said - made * scale) <= loose + _LOOSE_OF[scale]


def _half(n: Decimal) -> Decimal:
    """Half a unit of the last digit that a rate is written with, six at most."""
    exponent = n.normalize().as_tuple().exponent
    places = min(max(0, -exponent), 6) if isinstance(exponent, int) else 0
    return Decimal(1).scaleb(-places) / 2


def _shown(n: Decimal, scale: int) -> str:
    return f"{n * 100 / scale:.2f}"


def _number(value: CellValue) -> Decimal | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float) and value == value and abs(value) < 1e6:
        return clean_number(float(value))
    if isinstance(value, str):
        text = squeeze(value).rstrip("%")
        try:
            return Decimal(text) if text and len(text) <= 12 and all(c in "0123456789.-" for c in text) else None
        except ArithmeticError:
            return None
    return None
