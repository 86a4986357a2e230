"""Stage 'values': numbers and dates as people write them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import Enum

from hydesk.domain.dates import LooseDate
from hydesk.domain.grid import CellValue
from hydesk.domain.money import MoneyUnit, Yuan, to_yuan
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


_ERRORS = frozenset(
    {"#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#GETTING_DATA", "#SPILL!", "#CALC!", "#####"}
)
_PLACEHOLDERS = frozenset({"-", "--", "---", "/", "\\", "//", "无", "没有", "暂无", "无。", "〇", "——", "*", ".", "…", "·", "空"})


def is_placeholder(words: str) -> bool:
    """Whether words say that there is nothing: — / 无."""
    text = squeeze(words)
    return text in _PLACEHOLDERS or set(text) <= {"-"}


_UNITS = {
    "元": MoneyUnit.YUAN, "千元": MoneyUnit.THOUSAND, "万": MoneyUnit.WAN, "万元": MoneyUnit.WAN,
    "百万": MoneyUnit.MILLION, "百万元": MoneyUnit.MILLION, "千万": MoneyUnit.TEN_MILLION,
    "千万元": MoneyUnit.TEN_MILLION, "亿": MoneyUnit.YI, "亿元": MoneyUnit.YI,
}
_NUMBER = r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?"
_PLAIN = re.compile(
    rf"^(?:¥|人民币|rmb)?({_NUMBER})(?:(元|千元|百万元?|千万元?|万元?|亿元?)|\((元|千元|百万元?|千万元?|万元?|亿元?)\))?(?:人民币)?$",
    re.IGNORECASE)
_NEGATIVE = re.compile(rf"^\(({_NUMBER})\)$")
_IN_WORDS = re.compile(
    rf"^(?:约为?|大约|近|将近|接近|预计|计划|暂估|估算|累计|已?完成|投资|完成投资|左右|约计|合计|>|<|≈|≥|≤)*"
    rf"({_NUMBER})(元|千元|百万元?|千万元?|万元?|亿元?)?(?:人民币)?(?:左右|上下|余|多|以上|以内|许)*(元|万元?|亿元?)?[。,;]?$"
)
_LARGEST = Decimal(10) ** 15
"""Yuan; a figure beyond it is a code or a telephone number that strayed into the column, no money."""
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
        return _amount(Reading.NUMBER, clean_number(value), unit, None)
    if not isinstance(value, str):
        return Amount(Reading.TEXT)
    return _read_words(value, unit)


def _read_words(words: str, unit: MoneyUnit) -> Amount:
    if words.strip().upper() in _ERRORS:
        return Amount(Reading.ERROR_VALUE)
    text = squeeze(words).replace("，", ",").replace("'", "")
    if is_placeholder(words):
        return Amount(Reading.PLACEHOLDER, 0, 0)
    if _SCIENTIFIC.match(text):
        return _amount(Reading.NUMBER, clean_number(float(text)), unit, None)
    for pattern, reading in ((_PLAIN, Reading.NUMBER), (_IN_WORDS, Reading.WORDS)):
        if (m := pattern.match(text)) and (number := _decimal(m[1])) is not None:
            said = next((_UNITS[g] for g in m.groups()[1:] if g), None)
            return _amount(reading, number, unit, said)
    if (m := _NEGATIVE.match(text)) and (number := _decimal(m[1])) is not None:
        return _amount(Reading.WORDS, -number, unit, None)
    return Amount(Reading.TEXT)


def _decimal(text: str) -> Decimal | None:
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    # Numbers typed as text may carry floating noise as well.
    return clean_number(float(number)) if len(number.as_tuple().digits) > 12 else number


_YEAR_MONTH_DAY = re.compile(r"^((?:19|20)\d\d)[-./年](\d{1,2})[-./月](\d{1,2})日?(?:\d\d:\d\d(?::\d\d)?)?$")
_YEAR_MONTH = re.compile(r"^((?:19|20)\d\d)[-./年](\d{1,2})月?(?:份|底|末|初|中旬|上旬|下旬|前|底前|左右|中)*$")
_COMPACT = re.compile(r"^((?:19|20)\d\d)(0[1-9]|1[0-2])(\d\d)?$")
_QUARTER = re.compile(r"^((?:19|20)\d\d)?年?第?([一二三四1234])季度?(?:底|末|前)*$")
_HALF = re.compile(r"^((?:19|20)\d\d)?年?(上|下)半年$")
_YEAR = re.compile(r"^((?:19|20)\d\d)年?(?:度|底|末|内|前)*$")
_MONTH_DAY = re.compile(r"^(\d{1,2})月(\d{1,2})[日号]?(?:前|左右)*$")
_MONTH_ONLY = re.compile(r"^(\d{1,2})月(?:份|底|末|初|中旬|上旬|下旬|前|底前)*$")
_EXCEL_EPOCH = date(1899, 12, 30)


def read_date(value: CellValue, year: int) -> LooseDate | None:
    """A date as precise as it was written; ``year`` is meant where none is said (二季度). None when not told."""
    if isinstance(value, datetime):
        return LooseDate(value.date())
    if isinstance(value, date):
        return LooseDate(value)
    if isinstance(value, bool) or is_blank(value):
        return None
    if isinstance(value, int | float):
        return _date_from_number(Decimal(repr(value)) if isinstance(value, float) else Decimal(value))
    if not isinstance(value, str):
        return None
    text = squeeze(unicodedata.normalize("NFKC", value)).lstrip("约预计拟")
    try:
        return _date_from_words(text, year)
    except ValueError:
        return None


_DATE_LIKE = re.compile(r"^(\d{4})[-./年](\d{1,2})(?!\d)(?:[-./月](\d{1,2})(?!\d))?")
_EARLIEST_YEAR, _LATEST_YEAR = 1980, 2100


def is_impossible_date(value: CellValue) -> bool:
    """Whether a cell was meant for a date and cannot be one: 2024年13月, 2203年5月, a day of 1905.

    A bare 2023 in a cell formatted as a date is stored as a day of 1905.
    """
    if isinstance(value, date):
        return not _EARLIEST_YEAR <= value.year <= _LATEST_YEAR
    m = _DATE_LIKE.match(squeeze(value)) if isinstance(value, str) else None
    if m is None:
        return False
    year, month, day = int(m[1]), int(m[2]), int(m[3] or 1)
    return not (_EARLIEST_YEAR <= year <= _LATEST_YEAR and 1 <= month <= 12 and 1 <= day <= 31)


def _date_from_number(number: Decimal) -> LooseDate | None:
    if 20_000 <= number <= 80_000:  # 1954 to 2119 as an Excel serial
        return LooseDate(_EXCEL_EPOCH + timedelta(days=int(number)))
    whole = int(number)
    if 1980 <= whole <= 2100:
        fraction = format(number, "f").partition(".")[2]
        if not fraction.strip("0"):
            return LooseDate.of_year(whole)
        # 2023.1 is January; October is written 2023.10 and loses its zero as a number, so it cannot be told.
        month = int(fraction)
        return LooseDate.of_month(whole, month) if 1 <= month <= 12 else None
    if 19_800_101 <= number <= 21_001_231 and number == whole:
        try:
            return LooseDate(date(whole // 10_000, whole // 100 % 100, whole % 100))
        except ValueError:
            return None
    return None


def _date_from_words(text: str, year: int) -> LooseDate | None:
    if m := _YEAR_MONTH_DAY.match(text):
        return LooseDate(date(int(m[1]), int(m[2]), int(m[3])))
    if m := _YEAR_MONTH.match(text):
        return LooseDate.of_month(int(m[1]), int(m[2])) if 1 <= int(m[2]) <= 12 else None
    if m := _QUARTER.match(text):
        return LooseDate.of_quarter(int(m[1] or year), "一二三四1234".index(m[2]) % 4 + 1)
    if m := _HALF.match(text):
        return LooseDate.of_quarter(int(m[1] or year), 2 if m[2] == "上" else 4)
    if m := _COMPACT.match(text):
        return LooseDate(date(int(m[1]), int(m[2]), int(m[3]))) if m[3] else LooseDate.of_month(int(m[1]), int(m[2]))
    if m := _YEAR.match(text):
        return LooseDate.of_year(int(m[1]))
    if m := _MONTH_DAY.match(text):
        return LooseDate(date(year, int(m[1]), int(m[2])))
    if m := _MONTH_ONLY.match(text):
        return LooseDate.of_month(year, int(m[1])) if 1 <= int(m[1]) <= 12 else None
    return None


_DATED = re.compile(r"((?:19|20)\d\d)[年./-](\d{1,2})(?!\d)(?:[月./-](\d{1,2})(?!\d)日?)?")
_BEGUN, _ENDED = re.compile(r"开工|动工|开建"), re.compile(r"竣工|完工|投产|建成")


def read_start_finish(value: CellValue) -> tuple[LooseDate | None, LooseDate | None]:
    """The dates of a cell for both 开工 and 竣工, by the words beside them.

    Dates without a word (2021.3/2024.12) are the years of building as planned, or may be either: they are not told.
    """
    text = squeeze(unicodedata.normalize("NFKC", str(value)))
    found = list(_DATED.finditer(text))
    start: LooseDate | None = None
    finish: LooseDate | None = None
    # 开工：2021.3，竣工：2024.12 or 2021.3开工，2024.12竣工.
    between = [text[a:b] for a, b in zip([0, *(m.end() for m in found)], [*(m.start() for m in found), len(text)], strict=True)]
    ahead = bool(_BEGUN.search(between[0]) or _ENDED.search(between[0]))
    for m, words in zip(found, between if ahead else between[1:], strict=False):
        read = _date_or_none(m)
        if _BEGUN.search(words):
            start = read
        elif _ENDED.search(words):
            finish = read
    return start, finish


def _date_or_none(m: re.Match[str]) -> LooseDate | None:
    try:
        return LooseDate(date(int(m[1]), int(m[2]), int(m[3]))) if m[3] else LooseDate.of_month(int(m[1]), int(m[2]))
    except ValueError:
        return None


_YEAR_SPAN = re.compile(r"((?:19|20)\d\d)(?:[年./-]\d{1,2}月?)?年?(?:\(?[-至到]+\)?)((?:19|20)\d\d)")


def read_years(value: CellValue) -> tuple[int | None, int | None]:
    """Start and finish year of 2020.3-2023.12, 2023年至2025年, 2023; None for what is not said."""
    text = squeeze(str(int(value)) if isinstance(value, float) and value.is_integer() else str(value or ""))
    if m := _YEAR_SPAN.search(text):
        return int(m[1]), int(m[2])
    if m := re.match(r"^((?:19|20)\d\d)", text):
        return int(m[1]), None
    return None, None
