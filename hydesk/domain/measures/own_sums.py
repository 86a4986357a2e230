"""Sums over columns of the office's own that count something: 亩, 万元 (docs/rules.md §8.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from hydesk.dataclass import dataclass
from hydesk.domain.money import NO_FIGURE, MoneyUnit, Yuan, format_money, round_half_up
from hydesk.domain.own_columns import OwnColumn, OwnKind, OwnValue


@dataclass(frozen=True, slots=True)
class OwnSum:
    """What projects hold in a column together: yuan, or a number; None where none of them holds any. ``known`` of
    ``whole`` projects hold some."""

    amount: Decimal | Yuan | None
    known: int
    whole: int


def sum_own(column: OwnColumn, held: Iterable[Mapping[int, OwnValue]]) -> OwnSum:
    """The sum of ``column`` over projects that hold ``held``; words that were never a figure are none."""
    listed = [own.get(column.id) for own in held]
    values: list[Decimal | Yuan] = [
        v for v in listed if (isinstance(v, int) if column.kind.base is OwnKind.MONEY else isinstance(v, Decimal))]  # type: ignore[misc]
    return OwnSum(sum(values[1:], values[0]) if values else None, len(values), len(listed))


def show_sum(column: OwnColumn, amount: Decimal | Yuan | None) -> str:
    """A sum as a table shows it: money in 万元 without its name, numbers with two decimals where they have any; — where
    nothing is known."""
    if amount is None:
        return NO_FIGURE
    if column.kind.base is OwnKind.MONEY:
        return format_money(int(amount), MoneyUnit.WAN)
    value = round_half_up(Decimal(amount), 2)
    return f"{value:,.2f}" if value % 1 else f"{int(value):,}"
