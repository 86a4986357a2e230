"""Stage 'values': amounts of money as people write them (dates: ``dates``)."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from enum import Enum

from hydesk.dataclass import dataclass
from hydesk.domain.grid import CellValue
from hydesk.domain.money import MoneyUnit, Yuan, to_yuan
from hydesk.returns.amount_words import AmountSaid, read_words
from hydesk.returns.text import is_blank, squeeze


class Reading(Enum):
    """How a value was told from a cell."""

    NUMBER = "number"
    BLANK = "blank"
    PLACEHOLDER = "placeholder"
    """— / 无: the county says there is none; read as zero."""
    WORDS = "words"
    """A number told from words such as 约3000: to be confirmed."""
    ERROR_VALUE = "error_value"
    TEXT = "text"
    """No single number can be told."""
    FORMULA = "formula"
    """A formula without a stored result that could not be computed."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A money cell: the amount in yuan, if told, and half a unit of its last written digit (yuan)."""

    reading: Reading
    yuan: Yuan | None = None
    tolerance: Yuan = 0
    unit: MoneyUnit | None = None
    """The unit said in the cell itself, else None."""
    said: AmountSaid = AmountSaid.PLAIN
    """How the number was told from the cell's words."""
    intended: bool = False
    """Words of intention stand beside it (预计完成3000)."""
    around: str = ""
    """All words beside the number."""


_ERRORS = frozenset(
    {"#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#GETTING_DATA", "#SPILL!", "#CALC!", "#####"}
)
_PLACEHOLDERS = frozenset({"-", "--", "---", "/", "\\", "//", "无", "没有", "暂无", "无。", "〇", "——", "*", ".", "…", "·", "空"})


def is_placeholder(words: str) -> bool:
    """Whether words say that there is nothing: — / 无."""
    text = squeeze(words)
    return text in _PLACEHOLDERS or set(text) <= {"-"}


_LARGEST = Decimal(10) ** 15
"""Yuan; a figure beyond it is a code or a telephone number that strayed into the column, no money."""
_PLAIN = re.compile(r"^[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$", re.ASCII)
_ROUNDED = 51
"""Half of a hundred yuan and a little: the second decimal of 万元."""
_SCIENTIFIC = re.compile(r"^[-+]?\d+(?:\.\d+)?[eE][-+]?\d+$")


def clean_number(value: float) -> Decimal:
    """A stored double as the number that was meant: 30370.00000000637 → 30370 (floating noise cut off).

    Money has at most two decimals of a yuan, so 12 significant digits keep every real amount whole.
    """
    exact = Decimal(repr(value))
    if exact == 0:
        return Decimal(0)
    if len(exact.as_tuple().digits) <= 12 or exact.adjusted() > 17:
        return exact  # beyond any money, and beyond what can be rounded
    exponent = exact.adjusted()
    short = round(exact, max(0, min(8, 11 - exponent)))
    return short.normalize() if short else exact


def _tolerance(number: Decimal, unit: MoneyUnit) -> Yuan:
    exponent = number.normalize().as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return int(Decimal(unit.yuan).scaleb(-places) / 2) + 1


def _amount(reading: Reading, number: Decimal, unit: MoneyUnit, said: MoneyUnit | None) -> Amount:
    used = said or unit
    exact = number * used.yuan
    if abs(exact) > _LARGEST:
        return Amount(Reading.TEXT)
    if exact != exact.to_integral_value():
        # Finer than a yuan: a sum or a float's noise (172.480102 万元 is 172.48). Offices write 万元 with two
        # decimals, so a value this close to a whole hundred yuan is that hundred.
        near = exact.quantize(Decimal("1E2"))
        if abs(exact - near) <= max(Decimal(2), abs(exact) * Decimal("2E-6")):
            return Amount(reading, int(near), 51, said)
    return Amount(reading, to_yuan(number, used), _tolerance(number, used), said)


_ZEROS = {u: len(str(u.yuan)) - 1 for u in MoneyUnit}
"""Every unit of money is a power of ten yuan."""


def _short(value: float, unit: MoneyUnit) -> Amount | None:
    """A figure of at most twelve digits that comes to whole yuan, as nearly all do; None for any other."""
    if value.is_integer():
        return Amount(Reading.NUMBER, int(value) * unit.yuan, unit.yuan // 2 + 1) if -1e6 < value < 1e7 else None
    text = repr(value)
    if len(text) > 13 or "e" in text:
        return None
    whole, _, decimals = text.partition(".")
    decimals = decimals.rstrip("0")
    zeros = _ZEROS[unit] - len(decimals)
    if zeros < 0 or len(whole) > 7:
        return None
    last = 10**zeros
    return Amount(Reading.NUMBER, int(whole + decimals) * last, last // 2 + 1)


def read_amount(value: CellValue, unit: MoneyUnit, *, formula: str | None = None) -> Amount:
    """The money in a cell of a column counted in ``unit``.

    ``formula`` is the formula's text when the cell holds one; without a stored result the amount is unknown,
    never zero.
    """
    if is_blank(value):
        return Amount(Reading.FORMULA if formula else Reading.BLANK)
    if isinstance(value, bool):
        return Amount(Reading.TEXT)
    if isinstance(value, int):
        return _amount(Reading.NUMBER, Decimal(value), unit, None)
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            return Amount(Reading.ERROR_VALUE)
        return _short(value, unit) or _amount(Reading.NUMBER, clean_number(value), unit, None)
    if not isinstance(value, str):
        return Amount(Reading.TEXT)
    return _read_words(value, unit)


def _read_words(words: str, unit: MoneyUnit) -> Amount:
    if words.strip().upper() in _ERRORS:
        return Amount(Reading.ERROR_VALUE)
    if is_placeholder(words):
        return Amount(Reading.PLACEHOLDER, 0, 0)
    if _PLAIN.match(words):
        return _amount(Reading.NUMBER, _without_noise(Decimal(words.replace(",", ""))), unit, None)
    text = squeeze(words)
    if _SCIENTIFIC.match(text):
        return _amount(Reading.NUMBER, clean_number(float(text)), unit, None)
    told = read_words(words)
    if told is None:
        return Amount(Reading.TEXT)
    number = _without_noise(told.number)
    reading = Reading.WORDS if told.said in (AmountSaid.ABOUT, AmountSaid.CORRECTED) else Reading.NUMBER
    amount = _amount(reading, number, unit, told.unit)
    if told.said is AmountSaid.SUMMED and told.unit is MoneyUnit.YUAN:
        amount = replace(amount, tolerance=_ROUNDED)
    return amount if told.said is AmountSaid.PLAIN else replace(amount, said=told.said, intended=told.intended, around=told.around)


def _without_noise(number: Decimal) -> Decimal:
    """Numbers typed as text may carry floating noise as well."""
    return clean_number(float(number)) if len(number.as_tuple().digits) > 12 else number
