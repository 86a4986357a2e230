"""What a cell's number format makes the eye see: scales (0!.0,"万"), units in words, percentages, years with months.

A format may divide by thousands (a comma after the digits), set a point between digits of a whole number (0!.0), or
write a unit behind the figure. What is shown is what the county means; the stored number is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from hydesk.dataclass import dataclass
from hydesk.domain.grid import CellValue

BUILTIN = {9: "0%", 10: "0.00%", 2: "0.00", 4: "#,##0.00", 39: "#,##0.00", 40: "#,##0.00"}
"""Formats that every workbook knows by number, as far as they matter here (ECMA-376, 18.8.30)."""
_UNIT = re.compile(r"(千万元?|百万元?|千元|万元|亿元|元|万|亿)$")
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_DATE_LETTER = re.compile(r"[ymdhs]|年|月|日", re.IGNORECASE)
_YEAR_MONTH = re.compile(r"(?:19[89]\d|20\d\d)\.\d")


@dataclass(frozen=True, slots=True)
class _Section:
    """One of a format's sections: what it divides by and writes behind, for which numbers."""

    divisor: int
    decimals: int
    unit: str
    percent: bool
    condition: tuple[str, Decimal] | None = None

    def holds(self, value: Decimal) -> bool:
        if self.condition is None:
            return True
        sign, limit = self.condition
        return {"<": value < limit, ">": value > limit, "<=": value <= limit, ">=": value >= limit,
                "=": value == limit, "<>": value != limit}[sign]


@dataclass(frozen=True, slots=True)
class ShownNumber:
    """What a cell shows. ``scaled`` where that is another number than the stored one."""

    value: CellValue
    scaled: bool


def matters(code: str) -> bool:
    """Whether a format may show another figure than the stored one, or a unit or a per cent sign with it."""
    return any(s.divisor != 1 or s.unit or s.percent for s in _sections(code))


def two_decimals(code: str) -> bool:
    """Whether a format shows two decimals and nothing else: October is 2022.10 in it."""
    sections = _sections(code)
    return bool(sections) and sections[0].decimals == 2 and not matters(code)


def shown(code: str, value: CellValue) -> ShownNumber | None:
    """What ``value`` looks like in a format; None where it looks as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value or abs(value) > 1e15:
        return None
    number = Decimal(repr(value))
    section = _section_for(_sections(code), number)
    if section is None:
        return None
    if section.percent:
        return ShownNumber(f"{_plain(number * 100)}%", False)
    if section.divisor == 1 and not section.unit:
        if section.decimals == 2 and _YEAR_MONTH.fullmatch(repr(value)):
            return ShownNumber(f"{number:.2f}", False)
        return None
    figure = number / section.divisor
    scaled = section.divisor != 1
    return ShownNumber(f"{_plain(figure)}{section.unit}" if section.unit else float(figure), scaled)


def scaling(code: str) -> tuple[int, str]:
    """By what a format divides what is stored, and the unit of money it writes behind; (1, "") where it does neither."""
    section = _section_for(_sections(code), Decimal(1))
    if section is None:
        return 1, ""
    unit = {"万": "万元", "亿": "亿元", "千万": "千万元"}.get(section.unit, section.unit)
    return section.divisor, unit


_DISPLAYED = re.compile(r"([-(]?)(\d+(?:\.(\d+))?)(?:\)|-)?(%|千万元?|百万元?|千元|万元|亿元|元|万|亿)?")
_DIVISORS = tuple(10**n for n in range(9))


def seen(text: str, value: float) -> ShownNumber | None:
    """What a cell means that stores ``value`` and displays ``text``, as documents say that keep both (ods); None where
    it looks as it is, or the text is not the number's."""
    m = _DISPLAYED.fullmatch(re.sub(r"[\s,，¥￥]", "", text))
    if m is None or value != value or abs(value) > 1e15:
        return None
    number, told, decimals = Decimal(repr(value)), Decimal(m[2]), len(m[3] or "")
    if m[4] == "%":
        return ShownNumber(f"{_plain(number * 100)}%", False)
    half = Decimal(1).scaleb(-decimals) * Decimal("0.51")
    divisor = next((d for d in _DIVISORS if abs(abs(number) / d - told) <= half), None)
    if divisor is None:
        return None
    if divisor == 1 and not m[4]:
        return ShownNumber(f"{number:.2f}", False) if decimals == 2 and _YEAR_MONTH.fullmatch(repr(value)) else None
    figure = number / divisor
    return ShownNumber(f"{_plain(figure)}{m[4]}" if m[4] else float(figure), divisor != 1)


def _plain(number: Decimal) -> str:
    text = format(number.normalize(), "f")
    return text if len(text) < 20 else f"{number:.6f}"


def _section_for(sections: tuple[_Section, ...], number: Decimal) -> _Section | None:
    if not sections:
        return None
    if any(s.condition for s in sections):
        return next((s for s in sections if s.holds(number)), sections[-1])
    if number < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if number == 0 and len(sections) > 2 else sections[0]


@lru_cache(maxsize=2048)
def _sections(code: str) -> tuple[_Section, ...]:
    """The sections of a format; none for dates, text, fractions and General, which show what is stored."""
    if code.casefold() in ("general", "g/通用格式", "@", "") or len(code) > 250:
        return ()
    found: list[_Section] = []
    for text in _split(code):
        section = _section(text)
        if section is None:
            return ()
        found.append(section)
    return tuple(found[:3])


def _split(code: str) -> Iterator[str]:
    """The sections between the semicolons that are no letters."""
    begin = at = 0
    while at < len(code):
        at += _step(code, at)
        if at < len(code) and code[at] == ";":
            yield code[begin:at]
            begin = at = at + 1
    yield code[begin:]


def _step(code: str, at: int) -> int:
    """How many letters the mark at ``at`` takes."""
    if at < len(code) and code[at] == ";":
        return 0
    if code[at] == '"':
        end = code.find('"', at + 1)
        return (end if end >= 0 else len(code) - 1) - at + 1
    if code[at] == "[":
        end = code.find("]", at + 1)
        return (end if end >= 0 else len(code) - 1) - at + 1
    return 2 if code[at] in "\\!_*" else 1


def _section(text: str) -> _Section | None:
    """A section's digits, points, commas and words; None where it shows a date or text."""
    digits = decimals = commas = inserted = 0
    point = percent = False
    pointed = -1
    behind = ""
    condition: tuple[str, Decimal] | None = None
    at = 0
    while at < len(text):
        mark, step = text[at], _step(text, at) or 1
        piece = text[at : at + step]
        if mark == "[":
            if m := _CONDITION.fullmatch(piece):
                condition = (m[1], Decimal(m[2]))
        elif mark in '"\\!':
            words = piece[1:-1] if mark == '"' else piece[1:]
            if words == "." and digits and not point:
                pointed = digits
            behind += words
        elif mark in "0#?":
            digits, commas, behind = digits + 1, 0, ""
            decimals += point
        elif mark == ".":
            point = True
        elif mark == ",":
            commas += 1
        elif mark == "%":
            percent = True
        elif mark in "_*":
            pass
        elif mark in "@/" or _DATE_LETTER.match(mark) or mark in "eE":
            return None
        else:
            behind += mark
        at += step
    if pointed >= 0:
        inserted = digits - decimals - pointed
    unit = _UNIT.search(behind.strip())
    return _Section(10**inserted * 1000**commas, decimals + max(0, inserted), unit[1] if unit else "", percent, condition)
