"""Where pages lie: one below the other, or, whole, as many beside each other as there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QRect, QSize

from hydesk.dataclass import dataclass
from hydesk.ui.kit.pdf_pages import PageSize

GAP = 16
SCREEN_POINT = 96 / 72
LARGEST_FIT = 1.5
"""Pages are not blown up further than this to fit a wide screen."""
SMALLEST = 0.2


class Fit(Enum):
    """How pages follow the room there is."""

    WIDTH = "width"
    """As wide as the room; landscape pages shrink to it too."""
    PAGE = "page"
    """Each whole in sight."""


Zoom = float | Fit
"""1.0 is the size on paper."""


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """A page's box, logical pixels from the upper left corner of all of them, and pixels to the point."""

    box: QRect
    scale: float


def place_pages(sizes: Sequence[PageSize], room: QSize, zoom: Zoom) -> list[PlacedPage]:
    """The pages as they lie in a view of ``room``."""
    made: list[PlacedPage] = []
    y, row = GAP, 0
    while row < len(sizes):
        scales: list[float] = []
        boxes: list[QRect] = []
        x = GAP
        for size in sizes[row:]:
            scale = _scale(size, sizes, room, zoom)
            width, height = round(size.width * scale), round(size.height * scale)
            turned = (size.width > size.height) is not (sizes[row].width > sizes[row].height)
            if boxes and (zoom is not Fit.PAGE or turned or x + width > room.width()):
                break  # landscape annexes begin a row of their own
            boxes.append(QRect(x, y, width, height))
            scales.append(scale)
            x += width + GAP
        shift = max(0, (room.width() - x) // 2)
        made += [PlacedPage(b.translated(shift, 0), s) for b, s in zip(boxes, scales, strict=True)]
        y += max(b.height() for b in boxes) + GAP
        row += len(boxes)
    return made


def _scale(size: PageSize, sizes: Sequence[PageSize], room: QSize, zoom: Zoom) -> float:
    if not isinstance(zoom, Fit):
        return zoom * SCREEN_POINT
    fit = (room.width() - 2 * GAP) / size.width  # each page by itself: landscape annexes shrink to the same room
    if zoom is Fit.PAGE:
        fit = min((room.height() - 2 * GAP) / max(s.height for s in sizes), fit)
    return min(max(SMALLEST, fit), LARGEST_FIT * SCREEN_POINT)
