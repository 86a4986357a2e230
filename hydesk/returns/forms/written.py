"""How a value stands in a form's cell: money in the form's unit, shares as the head and the cell's format want them,
days in the form's own manner; and whether what stands there already is that value."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from hydesk.domain.cell_manner import CellManner
from hydesk.domain.dates import LooseDate, Precision
from hydesk.domain.fields import Field
from hydesk.domain.filled_form import Written
from hydesk.domain.grid import CellValue
from hydesk.domain.money import MoneyUnit, in_unit, round_half_up
from hydesk.returns.dates import read_date
from hydesk.returns.forms.asked import Ask, AskKind
from hydesk.returns.forms.holdings import HeldValue
from hydesk.returns.text import is_blank, name_key, shown, squeeze
from hydesk.returns.values import Reading, read_amount


def write_held(ask: Ask, value: HeldValue, unit: MoneyUnit | None, manner: CellManner) -> tuple[int | Decimal | str, Written]:
    """``value`` in the ledger's own terms, and as it stands in the cell."""
    if ask.kind is AskKind.RATE:
        assert isinstance(value, Decimal)
        return value, write_rate(value, manner)
    if isinstance(value, LooseDate):
        return value.day.isoformat(), write_day(value, manner)
    if isinstance(value, int) and _is_amount(ask):
        return value, plain(in_unit(value, MoneyUnit(manner.unit) if manner.unit else unit or MoneyUnit.WAN) * manner.divisor)
    return (value, value) if isinstance(value, int | Decimal) else (str(value), str(value))


def _is_amount(ask: Ask) -> bool:
    """Whether a whole number held for it is an amount in yuan; what an own column counts otherwise is no int."""
    return ask.money or ask.kind is AskKind.OWN


def write_rate(value: Decimal, manner: CellManner) -> Decimal:
    """0.5632 in a cell that shows percent; 56.32 elsewhere, as offices write it."""
    if manner.percent:
        return round_half_up(value, 8).normalize()
    places = manner.places
    return round_half_up(value * 100, 2 if places is None else max(places, 6))


def plain(value: Decimal) -> Decimal:
    """Without trailing zeros and exponent."""
    made = value.normalize()
    return made.quantize(Decimal(1)) if made == made.to_integral_value() else made


_DOTTED, _DASHED, _SLASHED = re.compile(r"^\d{4}\.\d{1,2}"), re.compile(r"^\d{4}-\d{1,2}"), re.compile(r"^\d{4}/\d{1,2}")


def write_day(value: LooseDate, manner: CellManner) -> Written:
    """A day in the form's manner: a real date where the cell shows dates, else words as they stand elsewhere in the column."""
    d = value.day
    if manner.shows_days and value.precision in (Precision.DAY, Precision.MONTH):
        return d if value.precision is Precision.DAY else d.replace(day=1) if not manner.shows_day_of_month else _in_words(value, manner)
    return _in_words(value, manner)


def _in_words(value: LooseDate, manner: CellManner) -> str:
    d = value.day
    if value.precision is Precision.QUARTER:
        return str(value)
    if value.precision is Precision.YEAR:
        return f"{d.year}年"
    exact = value.precision is Precision.DAY
    for pattern, sign in ((_DOTTED, "."), (_DASHED, "-"), (_SLASHED, "/")):
        if pattern.match(manner.dates_like):
            return f"{d.year}{sign}{d.month}" + (f"{sign}{d.day}" if exact else "")
    return f"{d.year}年{d.month}月" + (f"{d.day}日" if exact else "")


def dates_like(cells: Iterable[CellValue]) -> str:
    """How the first written day among ``cells`` is written; "" where there is none."""
    for v in cells:
        if isinstance(v, str) and not is_blank(v) and re.match(r"^\s*(?:19|20)\d\d[.\-/年]\d{1,2}", v):
            return squeeze(v)
    return ""


def same_as_held(ask: Ask, value: HeldValue, standing: CellValue, unit: MoneyUnit | None, year: int) -> bool:
    """Whether what stands in a cell is ``value``, as far as the cell is written exactly."""
    if ask.kind is AskKind.RATE and isinstance(value, Decimal):
        return _same_rate(value, standing)
    if isinstance(value, int) and _is_amount(ask):
        amount = read_amount(standing, unit or MoneyUnit.WAN)
        if amount.reading is Reading.PLACEHOLDER:
            return value == 0
        return amount.yuan is not None and abs(amount.yuan - value) <= max(amount.tolerance, 51)
    if isinstance(value, LooseDate):
        return _same_day(value, standing, year)
    if isinstance(value, Decimal):
        return squeeze(shown(standing)).replace(",", "") == f"{value:f}"
    said, held = squeeze(shown(standing)), squeeze(str(value))
    return said == held or name_key(said) == name_key(held) or ask.field in (Field.NAME, Field.YEARS)


def _same_rate(value: Decimal, standing: CellValue) -> bool:
    text = squeeze(shown(standing)).rstrip("%")
    try:
        said = Decimal(text)
    except ArithmeticError:
        return False
    return any(abs(said - value * scale) <= Decimal("0.006") * scale / 100 + Decimal(5) * Decimal(scale) / 100_000 for scale in (1, 100))


def _same_day(value: LooseDate, standing: CellValue, year: int) -> bool:
    if isinstance(standing, datetime):
        standing = standing.date()
    if isinstance(standing, date):
        return standing == value.day or (value.precision is not Precision.DAY and (standing.year, standing.month) == (value.day.year, value.day.month))
    said = read_date(standing, year)
    if said is None:
        return False
    rough = {said.precision, value.precision} - {Precision.DAY}
    return said.day == value.day or (bool(rough) and (said.day.year, said.day.month) == (value.day.year, value.day.month))
