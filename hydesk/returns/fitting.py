"""What a doubted figure would have to be, where the ledger or the figures beside it tell it to the last digit.

A value is only ever offered to a person where it fits exactly, or where nothing is known that could speak against it.
"""

from __future__ import annotations

from decimal import Decimal

from hydesk.domain.fields import LEDGER_MONEY, Field
from hydesk.domain.money import Yuan
from hydesk.domain.snapshot import KnownProject
from hydesk.returns.row_reading import RowReading

_POWERS = (4, -4, 3, -3, 1, -1, 2, -2, 5, -5)
"""Powers of ten by which units are taken for one another, and noughts lost: 万元 for 元 first."""
_ROUNDED = 20_000
"""Yuan that rounding on paper may make."""


def wanted_exactly(r: RowReading, p: KnownProject, f: Field) -> Yuan | None:
    """What the figure would have to be for the ledger's facts, or for the sums, to be right."""
    if f in LEDGER_MONEY:
        return {Field.TOTAL_INVESTMENT: p.total_investment, Field.INVESTED_BEFORE: p.invested_before, Field.ANNUAL_PLAN: p.annual_plan}[f]
    held = p.previous.money.get(Field.YEAR_INVESTMENT) if p.previous else None
    month, year = (a.yuan if (a := r.amounts.get(x)) else None for x in (Field.MONTH_INVESTMENT, Field.YEAR_INVESTMENT))
    if f is Field.MONTH_INVESTMENT and year is not None and held is not None:
        return year - held
    if f is Field.YEAR_INVESTMENT and month is not None and held is not None:
        return held + month
    return None


def worth_offering(r: RowReading, p: KnownProject, f: Field, value: Yuan, right: Yuan) -> Yuan | None:
    """What to offer for ``value``: ``right`` where it fits or nothing tells, else the power of ten of it that fits."""
    wanted = wanted_exactly(r, p, f)
    if wanted is None:
        return right
    near = max(_ROUNDED, abs(wanted) // 100_000)
    candidates = (right, *(int(Decimal(value).scaleb(n)) for n in _POWERS))
    return next((c for c in candidates if abs(c - wanted) <= near), None)
