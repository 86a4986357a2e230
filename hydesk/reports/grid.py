"""The tables of a report: columns, rows and what each of them is."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from hydesk.dataclass import dataclass
from hydesk.reports.figures import Figure, FigureStyle, Part


class Align(Enum):
    """How a column's cells stand."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class PrintColumn:
    """A column. ``head`` holds the lines of its name; neighbours with the same ``group`` share a head above theirs.
    ``weight`` above zero makes it a text column that shares the width left over by the others."""

    key: str
    head: tuple[str, ...]
    align: Align = Align.RIGHT
    show: FigureStyle | None = None
    weight: float = 0.0
    summed: bool = False
    """Whether subtotals and totals of this column are the sums of its items."""
    ratio: tuple[str, str] | None = None
    """The columns this one is the quotient of: done, plan."""
    lack: tuple[str, str, int] | None = None
    """Plan, done and a number of months: this column is what is lacking, spread over them and rounded up."""
    group: str = ""
    label: bool = False
    """Whether the cells are labels of the cells beside them, set in 黑体."""

    @property
    def name(self) -> str:
        """The head on one line."""
        return "".join(self.head)


class PrintRowKind(Enum):
    """What a row is."""

    ITEM = "item"
    GROUP = "group"
    """A heading over the items that follow, spanning the table."""
    SUBTOTAL = "subtotal"
    """The sums of the items since the last group or subtotal."""
    TOTAL = "total"
    """The sums of all items of the table."""
    WIDE = "wide"
    """A label and words that span the rest of the table."""


@dataclass(frozen=True, slots=True)
class PrintRow:
    """One row, as many cells as the table has columns; a GROUP row has one cell."""

    cells: tuple[Part, ...]
    kind: PrintRowKind = PrintRowKind.ITEM
    scope: str = ""
    """Whose figures these are (all, unit:衡南县 …); with the column's key it makes the cells' keys."""


@dataclass(frozen=True, slots=True)
class PrintTable:
    """A table: its title above, the unit at the top right, notes (formula, rule) below."""

    key: str
    title: str
    unit_note: str
    columns: tuple[PrintColumn, ...]
    rows: tuple[PrintRow, ...]
    notes: tuple[str, ...] = ()
    place: str = ""
    """Where it stands, in words for messages: 第四部分排名表, 附件1."""
    headless: bool = False
    """Facts rather than a list: no head is printed."""

    def column(self, key: str) -> int | None:
        """The index of the column ``key``."""
        return next((i for i, c in enumerate(self.columns) if c.key == key), None)

    def items(self) -> Iterator[PrintRow]:
        """The rows that are neither groups nor sums."""
        return (r for r in self.rows if r.kind is PrintRowKind.ITEM)


def align_of(row: PrintRow, column: PrintColumn, part: Part) -> Align:
    """How ``part`` stands in its cell: figures at the right even where the column holds words, names of sums in the middle."""
    if row.kind in (PrintRowKind.SUBTOTAL, PrintRowKind.TOTAL) and column.show is None and column.align is not Align.RIGHT:
        return Align.CENTER
    if row.kind is PrintRowKind.ITEM and column.show is None and isinstance(part, Figure):
        return Align.RIGHT
    return Align.LEFT if row.kind is PrintRowKind.GROUP else column.align
