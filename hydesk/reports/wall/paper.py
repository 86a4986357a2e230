"""Sizes of paper, and a large sheet cut into pages of an ordinary printer."""

from __future__ import annotations

from collections.abc import Iterator

from hydesk.dataclass import dataclass
from hydesk.reports.pdf_page import MM

PAPERS: dict[str, tuple[float, float]] = {
    name: (long * MM, short * MM)
    for name, long, short in (("A4", 297, 210), ("A3", 420, 297), ("A2", 594, 420), ("A1", 841, 594), ("A0", 1189, 841))}
"""Long and short side, points."""
UNPRINTED = 8 * MM
"""What an ordinary printer leaves white at each edge."""
OVERLAP = 12 * MM
"""What two neighbouring pages have in common, to be glued."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One page of a sheet cut up: its place, and which part of the sheet it shows, points from the sheet's lower left."""

    row: int
    column: int
    rows: int
    columns: int
    left: float
    bottom: float
    width: float
    height: float

    @property
    def label(self) -> str:
        """第1行第2列（共3行4列）."""
        return f"第{self.row}行第{self.column}列（共{self.rows}行{self.columns}列）"


def tiles_of(width: float, height: float, page: tuple[float, float]) -> tuple[tuple[float, float], tuple[Tile, ...]]:
    """The pages that cover a sheet, rows from the top, and the page turned so that there are fewest of them."""
    ways = [((w, h), tuple(_tiles(width, height, w - 2 * UNPRINTED, h - 2 * UNPRINTED - LABEL))) for w, h in (page, page[::-1])]
    return min(ways, key=lambda way: len(way[1]))


LABEL = 6 * MM
"""The strip above each page's part that says which it is."""


def _tiles(width: float, height: float, wide: float, high: float) -> Iterator[Tile]:
    columns, rows = _times(width, wide), _times(height, high)
    for row in range(rows):
        for column in range(columns):
            left, top = column * (wide - OVERLAP), height - row * (high - OVERLAP)
            w, h = min(wide, width - left), min(high, top)
            yield Tile(row + 1, column + 1, rows, columns, left, top - h, w, h)


def _times(whole: float, part: float) -> int:
    """How many parts that overlap cover the whole."""
    return 1 if whole <= part + 0.01 else 1 + -int(-(whole - part - 0.01) // (part - OVERLAP))
