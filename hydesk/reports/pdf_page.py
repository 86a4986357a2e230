"""The page of an official document by the millimetre (GB/T 9704-2012) and the canvas it is drawn on."""

from __future__ import annotations

from hydesk.dataclass import dataclass

MM = 72 / 25.4
"""One millimetre in points."""

CHARS = 28
LINES = 22
PITCH = 28.99
"""Line pitch in points: 22 lines fill 225 mm."""
BODY_SIZE = 16.0
"""3号."""
GRID = 156 * MM / CHARS
"""The advance of one character of body text: 28 of them fill 156 mm."""


@dataclass(frozen=True, slots=True)
class Geometry:
    """A page and its text block, in points from the lower left corner."""

    width: float
    height: float
    left: float
    top: float
    block_width: float
    block_height: float

    @property
    def right(self) -> float:
        """The block's right edge."""
        return self.left + self.block_width

    @property
    def block_top(self) -> float:
        """The block's upper edge."""
        return self.height - self.top

    @property
    def block_bottom(self) -> float:
        """The block's lower edge."""
        return self.block_top - self.block_height


PORTRAIT = Geometry(210 * MM, 297 * MM, 28 * MM, 37 * MM, 156 * MM, 225 * MM)
LANDSCAPE = Geometry(297 * MM, 210 * MM, 35 * MM, 28 * MM, 225 * MM, 156 * MM)
"""A portrait page turned a quarter to the left: its margins turn with it."""

WIDE_LANDSCAPE = Geometry(420 * MM, 297 * MM, 35 * MM, 28 * MM, 348 * MM, 243 * MM)
"""A3 with the margins of the landscape page, for tables of many columns."""

SHEET = Geometry(210 * MM, 297 * MM, 25 * MM, 18 * MM, 160 * MM, 261 * MM)
"""A one-page sheet: not an official document, so that it may use more of the paper."""

NUMBER_SIZE = 14.0
"""4号."""
NUMBER_DROP = 7 * MM
"""From the block's lower edge to the top of the line that holds the page number."""
