"""Numbers as figures: the one place where a report turns an exact value into text, rounding once."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from hydesk.domain.money import (
    NO_FIGURE,
    MoneyUnit,
    Yuan,
    format_money,
    format_percent,
    format_points,
    in_unit,
    round_half_up,
)
from hydesk.domain.periods import Month
from hydesk.reports.figures import Figure, FigureStyle, Part
from hydesk.reports.prose import WORDS, Sentence

_YI = MoneyUnit.YI.yuan


def count(value: int, key: str = "") -> Figure:
    """A number of things."""
    return Figure(str(value), value, FigureStyle.COUNT, key)


def wan(amount: Yuan | None, key: str = "") -> Figure:
    """An amount in 万元 for tables: thousands parted, two decimals, zero too, so that columns stand even; — where none is known."""
    text = "0.00" if amount == 0 else format_money(amount, MoneyUnit.WAN)
    return Figure(text, amount, FigureStyle.WAN, key)


def yi_column(amount: Yuan | None, key: str = "") -> Figure:
    """An amount in 亿元 for tables of the text, two decimals; — where none is known."""
    text = NO_FIGURE if amount is None else f"{round_half_up(in_unit(amount, MoneyUnit.YI), 2):,.2f}"
    return Figure(text, amount, FigureStyle.YI_COLUMN, key)


def money(amount: Yuan, key: str = "") -> tuple[Part, ...]:
    """An amount for a sentence with its unit: 亿元 from one 亿 up, else 万元; trailing zeros left out."""
    if 0 < abs(amount) < _YI:
        return Figure(short_number(in_unit(amount, MoneyUnit.WAN)), amount, FigureStyle.WAN_TEXT, key), "万元"
    return Figure(short_number(in_unit(amount, MoneyUnit.YI)), amount, FigureStyle.YI, key), "亿元"


def short_number(value: Decimal) -> str:
    """At most two decimals, trailing zeros left out."""
    text = f"{round_half_up(value, 2):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def number(value: Decimal | None, key: str = "") -> Figure:
    """A number that is neither money nor whole things, two decimals; — where none is known."""
    return Figure(NO_FIGURE if value is None else f"{round_half_up(value, 2):.2f}", value, FigureStyle.NUMBER, key)


def percent(rate: Decimal | None, key: str = "") -> Figure:
    """A rate in per cent without the sign, two decimals."""
    return Figure(format_percent(rate, sign=False), rate, FigureStyle.RATE, key)


def points(difference: Decimal | None, key: str = "") -> Figure:
    """A difference of rates as printed (``money.points_between``) in 个百分点, without a sign: the words say which way."""
    if difference is None:
        return Figure(NO_FIGURE, None, FigureStyle.POINTS, key)
    return Figure(format_points(abs(difference)), abs(difference), FigureStyle.POINTS, key)


def sentence(*parts: Part | tuple[Part, ...], key: str = "") -> Sentence:
    """A sentence of words, figures and amounts with their units; ``key`` names it for whoever edits it."""
    flat: list[Part] = []
    for part in parts:
        if isinstance(part, tuple):
            flat.extend(part)
        else:
            flat.append(part)
    figures = [(p.key, p.text) for p in flat if isinstance(p, Figure)]
    around = "".join("{}" if isinstance(p, Figure) else p for p in flat)
    return Sentence(tuple(flat), key, basis=(*figures, (WORDS, around)))


def joined(lists: Iterable[tuple[Part, ...]], mark: str = "、") -> tuple[Part, ...]:
    """Several clauses with ``mark`` between them."""
    parts: list[Part] = []
    for index, one in enumerate(lists):
        if index:
            parts.append(mark)
        parts.extend(one)
    return tuple(parts)


def months(as_of: Month) -> str:
    """1-6月; of January 1月."""
    return "1月" if as_of.number == 1 else f"1-{as_of.number}月"


_DIGITS = "〇一二三四五六七八九"


def ordinal(number: int) -> str:
    """1 → 一, 12 → 十二 (to 99): how sections are numbered."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def clean(text: str) -> str:
    """Words from the ledger on one line: breaks and tabs become blanks, control characters go."""
    spaced = " ".join(text.split())
    return "".join(c for c in spaced if c.isprintable() or c == "\u3000")


def yi(amount: Yuan, key: str = "") -> Figure:
    """An amount in 亿元 for charts, at most two decimals."""
    return Figure(short_number(in_unit(amount, MoneyUnit.YI)), amount, FigureStyle.YI, key)
