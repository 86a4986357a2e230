"""栏目=内容 as a person types it, as exact values: amounts in 万元, dates as precise as they are written."""

from __future__ import annotations

from collections.abc import Mapping

from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.money import MoneyUnit
from hydesk.domain.understanding import ReadValue
from hydesk.returns.corrections import NOT_TYPED, read_typed


def read_typed_values(words: Mapping[Field, str], year: int) -> dict[Field, ReadValue | None]:
    """What was typed for each field; None empties it. Raises HydeskError with the sentence of the first that cannot stand.

    ``year`` is the one meant by dates such as 6月.
    """
    found: dict[Field, ReadValue | None] = {}
    for own, text in words.items():
        if own in NOT_TYPED:
            found[own] = text.strip() or None
            continue
        try:
            found[own] = read_typed(own, text, MoneyUnit.WAN, year).value
        except ValueError as error:
            raise HydeskError(f"{error}。台账没有改动。") from error
    return found
