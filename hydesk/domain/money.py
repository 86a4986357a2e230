"""Exact money.

An amount is a whole number of yuan in a plain ``int``; no float ever holds money. Screens and paper show
万元 (two decimals) or 亿元, and this module is the one place where that conversion is made.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_HALF_UP, Context, Decimal
from enum import Enum

Yuan = int
"""An amount in whole yuan."""

NO_FIGURE = "—"
"""What stands where no figure is known; a known zero prints as 0."""
RATE_PLACES = 2
"""Decimals of per cent and of 个百分点 wherever they are shown or printed: a difference is told as finely as its parts."""


_YUAN = {
    "元": 1, "千元": 1_000, "万元": 10_000, "百万元": 1_000_000, "千万元": 10_000_000, "亿元": 100_000_000,
}


class MoneyUnit(Enum):
    """The units in which offices write money."""

    YUAN = "元"
    THOUSAND = "千元"
    WAN = "万元"
    MILLION = "百万元"
    TEN_MILLION = "千万元"
    YI = "亿元"

    def __init__(self, label: str) -> None:
        self.yuan: int = _YUAN[label]
        """How many yuan one of this unit is."""

    __hash__ = object.__hash__
    """Members are single; enum's own hash is written in Python, and every cell of money asks for it."""

    @property
    def places(self) -> int:
        """Decimals shown on screen and paper."""
        return {MoneyUnit.YUAN: 0, MoneyUnit.YI: 4}.get(self, 2)


def to_yuan(amount: Decimal, unit: MoneyUnit) -> Yuan:
    """``amount`` counted in ``unit`` as whole yuan, halves away from zero."""
    return int((amount * unit.yuan).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def in_unit(amount: Yuan, unit: MoneyUnit) -> Decimal:
    """``amount`` counted in ``unit``, exactly (no rounding)."""
    return Decimal(amount) / unit.yuan


def round_half_up(value: Decimal, places: int) -> Decimal:
    """``value`` to ``places`` decimals, halves away from zero as offices round on paper."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def format_money(
    amount: Yuan | None, unit: MoneyUnit = MoneyUnit.WAN, places: int | None = None, *, group: bool = True
) -> str:
    """``amount`` as text in ``unit`` without the unit's name: 1,234.56; — where there is no figure; 0 for zero."""
    if amount is None:
        return NO_FIGURE
    if amount == 0:
        return "0"
    value = round_half_up(in_unit(amount, unit), unit.places if places is None else places)
    return f"{value:,f}" if group else f"{value:f}"


def format_percent(rate: Decimal | None, places: int = RATE_PLACES, *, sign: bool = True) -> str:
    """A rate (1 = 100 %) as text: 87.46%, or — where there is none. ``sign`` says whether % is written."""
    if rate is None:
        return NO_FIGURE
    return f"{round_half_up(rate * 100, places):f}" + ("%" if sign else "")


def rate(done: Yuan | None, plan: Yuan | None) -> Decimal | None:
    """done / plan, exactly (1 = 100 %); None without a plan or a figure."""
    if done is None or not plan:
        return None
    return Decimal(done) / Decimal(plan)


_SETTLED = Context(prec=24)


def settled(value: Decimal) -> Decimal:
    """A quotient, or a difference of quotients, fit to be set against a limit: without the last digits that dividing leaves.

    (5/12 × 0.8) ÷ (5/12) is a hair below 0.8 in 28 digits. Two rates of whole yuan that differ do so before the 24th.
    """
    return _SETTLED.plus(value)


def spread(amount: Yuan | Decimal, months: int) -> Yuan:
    """What is needed each month so that ``amount`` is reached in ``months``: rounded up to whole yuan, never below none."""
    return max(int((Decimal(amount) / months).to_integral_value(ROUND_CEILING)), 0) if months else 0


def points_between(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    """``one`` less ``other``, two rates, as whoever subtracts the two printed ones finds it (0.01 = one point); None
    where either is unknown. For showing only: what judges takes the exact difference (docs/rules.md §3.3)."""
    if one is None or other is None:
        return None
    return round_half_up(one, RATE_PLACES + 2) - round_half_up(other, RATE_PLACES + 2)


def format_points(points: Decimal | None) -> str:
    """A difference of rates as ``points_between`` gives it, in 个百分点, with a minus where behind."""
    return format_percent(points, sign=False)
