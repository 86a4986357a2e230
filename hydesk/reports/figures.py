"""A number as a report shows it, with the exact value it was made from."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum

from hydesk.dataclass import dataclass


class FigureStyle(Enum):
    """How a figure is written; the raw value is always in yuan, whole things or an exact rate (1 = 100 %)."""

    COUNT = "count"
    WAN = "wan"
    """万元, two decimals: tables and annexes."""
    YI_COLUMN = "yi_column"
    """亿元, two decimals: tables of the text."""
    YI = "yi"
    """亿元, at most two decimals without trailing zeros: sentences."""
    WAN_TEXT = "wan_text"
    """万元, at most two decimals without trailing zeros: small amounts in sentences."""
    RATE = "rate"
    """A rate in per cent with two decimals, the sign written beside it in sentences and in the head of tables."""
    NUMBER = "number"
    """A number that counts things in part, such as 亩, two decimals."""
    POINTS = "points"
    """A difference of rates in 个百分点, without a sign: the words say 超 or 欠."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as shown and the exact value behind it. ``key`` says what it is, such as ``all.annual_plan``;
    figures with one key must be equal wherever they stand."""

    text: str
    raw: int | Decimal | None
    show: FigureStyle
    key: str = ""


Part = str | Figure
