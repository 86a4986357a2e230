"""The amounts that checks of a row set beside one another, and how a sentence names them."""

from __future__ import annotations

from hydesk.domain.fields import Field
from hydesk.domain.money import MoneyUnit, Yuan, format_money
from hydesk.domain.snapshot import KnownProject
from hydesk.returns.row_reading import RowReading


def wan(amount: Yuan | None) -> str:
    """An amount in 万元 for a sentence."""
    return format_money(amount, MoneyUnit.WAN)


def got(r: RowReading, f: Field) -> Yuan | None:
    """What a row says of an amount; None where it says none."""
    a = r.amounts.get(f)
    return a.yuan if a is not None else None


def tolerance(r: RowReading, *fields: Field) -> Yuan:
    """The difference that rounding of these amounts, and the office, let pass."""
    return r.slack + sum(r.amounts[f].tolerance for f in fields if f in r.amounts)


def held_before(p: KnownProject, f: Field) -> Yuan | None:
    """What the ledger held of an amount the period before."""
    return p.previous.money.get(f) if p.previous else None
