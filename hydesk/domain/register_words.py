"""A register's values as they are read on screen and in print."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from hydesk.domain.money import NO_FIGURE, format_money, round_half_up
from hydesk.domain.registers import RegisterKind, RegisterValue


def show_register_value(kind: RegisterKind, value: RegisterValue | None, projects: Mapping[str, str]) -> str:
    """``value`` in words: money in 万元 without its unit, a project by the name ``projects`` has for its code."""
    if value is None:
        return ""
    if kind is RegisterKind.MONEY and isinstance(value, int):
        return format_money(value)
    if isinstance(value, Decimal):
        return plain_number(value)
    if kind is RegisterKind.PROJECT:
        return projects.get(str(value), str(value))
    return str(value)


def plain_number(value: Decimal | None) -> str:
    """A number with thousands separated, at most two decimals and no trailing zeros; — where there is none."""
    if value is None:
        return NO_FIGURE
    rounded = round_half_up(value, 2)
    return f"{rounded:,f}".rstrip("0").rstrip(".") if rounded % 1 else f"{rounded.to_integral_value():,f}"


def score_words(value: Decimal | None) -> str:
    """Points with two decimals, so that they stand under each other; — where nothing was judged."""
    if value is None:
        return NO_FIGURE
    return f"{round_half_up(value, 2):,.2f}"


def shown_days(over: int | None) -> str:
    """■ 逾期 3 天, 剩 12 天, or nothing where there is no deadline."""
    if over is None:
        return ""
    return f"■ 逾期 {over} 天" if over > 0 else f"剩 {-over} 天"
