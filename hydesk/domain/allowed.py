"""What the ledger takes in no way at all, typed, pasted, read or accepted (docs/rules.md §7.5)."""

from __future__ import annotations

from hydesk.domain.fields import Field, FieldKind
from hydesk.domain.money import format_money

AMOUNT_LIMIT = 10**15
"""Yuan. No project comes near; an amount from here on is a slip of the keyboard."""


def why_refused(field: object, value: object) -> str:
    """Why ``value`` can never stand in ``field``, in a sentence; empty where it can.

    Of money, in yuan: nothing below zero and nothing from ``AMOUNT_LIMIT`` on. A correction downwards is made in the sum.
    """
    if not isinstance(field, Field) or field.kind is not FieldKind.MONEY or value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, int):
        return f"“{field.label}”应是金额，不能填“{value}”"
    if value < 0 or value >= AMOUNT_LIMIT:
        return f"“{field.label}”不能是{format_money(value)}万元，请核对"
    return ""
