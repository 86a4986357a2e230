"""Amounts as they are typed into forms, in 万元."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from hydesk.domain.errors import HydeskError
from hydesk.domain.money import MoneyUnit, Yuan, in_unit, to_yuan


def read_wan(text: str, called: str) -> Yuan | None:
    """An amount typed in 万元, yuan; None for nothing. Raises HydeskError where it is no amount."""
    bare = text.replace(",", "").replace("，", "").strip()
    if not bare or bare == "—":
        return None
    try:
        return to_yuan(Decimal(bare), MoneyUnit.WAN)
    except InvalidOperation as e:
        raise HydeskError(f"{called}“{text.strip()}”不是金额，请填数字，单位万元") from e


def show_wan(amount: Yuan | None) -> str:
    """An amount as it is typed: exactly, without separators."""
    return "" if amount is None else f"{in_unit(amount, MoneyUnit.WAN).normalize():f}"
