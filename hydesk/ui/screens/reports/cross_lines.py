"""The lines of a cross table as the screen shows them: what stands in each cell by the measure chosen."""

from __future__ import annotations

from dataclasses import dataclass

from hydesk.domain.measures.totals import Totals
from hydesk.domain.money import NO_FIGURE, MoneyUnit, format_money, format_percent
from hydesk.services.pages.cross_table import CrossMeasure


@dataclass(frozen=True)
class CrossLine:
    """One line of the table: a group, or (``whole``) the sums."""

    name: str
    own: Totals
    cells: tuple[Totals | None, ...]
    whole: bool = False


def shown(measure: CrossMeasure, totals: Totals | None) -> str:
    """A measure as the screen shows it."""
    if totals is None:
        return NO_FIGURE
    value = measure.of(totals)
    if measure is CrossMeasure.COUNT:
        return str(value)
    if measure is CrossMeasure.RATE:
        return format_percent(totals.completion, sign=False)
    return format_money(None if value is None else int(value), MoneyUnit.WAN)


def own_words(measure: CrossMeasure, line: CrossLine) -> str:
    """The measure of a whole line."""
    return shown(measure, line.own)


def cell_words(measure: CrossMeasure, index: int, line: CrossLine) -> str:
    """The measure of one cell of a line."""
    return shown(measure, line.cells[index])


def is_whole(line: CrossLine) -> bool:
    """Whether it is the line of sums, which is set bold."""
    return line.whole


def always(_line: CrossLine) -> bool:
    """For a column that is bold in every line."""
    return True
