"""The lines of a cross table as the screen shows them: what stands in each cell by the measure chosen."""

from __future__ import annotations

from hydesk.dataclass import dataclass
from hydesk.domain.measures.totals import Totals
from hydesk.domain.money import NO_FIGURE
from hydesk.services.pages.cross_table import CrossOf


@dataclass(frozen=True)
class CrossLine:
    """One line of the table: a group, or (``whole``) the sums."""

    name: str
    own: Totals
    cells: tuple[Totals | None, ...]
    whole: bool = False


def shown(measure: CrossOf, totals: Totals | None) -> str:
    """A measure as the screen shows it."""
    return NO_FIGURE if totals is None else measure.show(totals)


def own_words(measure: CrossOf, line: CrossLine) -> str:
    """The measure of a whole line."""
    return shown(measure, line.own)


def cell_words(measure: CrossOf, index: int, line: CrossLine) -> str:
    """The measure of one cell of a line."""
    return shown(measure, line.cells[index])


def is_whole(line: CrossLine) -> bool:
    """Whether it is the line of sums, which is set bold."""
    return line.whole


def always(_line: CrossLine) -> bool:
    """For a column that is bold in every line."""
    return True
