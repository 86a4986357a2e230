"""建设性质: what a row means that does not say it (docs/rules.md §5.1)."""

from __future__ import annotations

from collections.abc import Mapping

from hydesk.domain.dates import LooseDate
from hydesk.domain.fields import CONTINUED, NATURES, NEW, Field
from hydesk.domain.understanding import ReadValue


def meant_nature(held: Mapping[Field, ReadValue], year: int) -> str:
    """建设性质 of a row: its own word; without one 续建 where money was spent or works begun before ``year``."""
    told = held.get(Field.NATURE)
    if told in NATURES:
        return str(told)
    before, begun = held.get(Field.INVESTED_BEFORE), held.get(Field.START_DATE)
    earlier = isinstance(begun, LooseDate) and begun.day.year < year
    return CONTINUED if earlier or (isinstance(before, int) and before > 0) else NEW
