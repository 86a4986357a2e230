"""A chart set on sheets of a paper: the largest type in which it fits on one sheet, else as few sheets as can be read."""

from __future__ import annotations

from hydesk.domain.job_progress import Progress
from hydesk.reports.fonts import FontSet
from hydesk.reports.wall.blocks import Block, Body, BodySetting, Line
from hydesk.reports.wall.chart import Density, WallChart
from hydesk.reports.wall.furniture import LEAST_TYPE, Furniture
from hydesk.reports.wall.paper import PAPERS
from hydesk.reports.wall.row_layout import RowMaker
from hydesk.reports.wall.shapes import WallSheet

_SIZES = (20.0, 17.0, 14.5, 12.5, 11.0, 10.0, 9.0, LEAST_TYPE)
"""Types of rows, tried in turn; the larger only on large paper."""
_LARGEST = 12.5
"""The largest type on A3."""
_EASY = 9.0
"""Whole words in this type on A3 (more on larger paper) are read sooner than single characters in larger type."""
_GUTTER = 1.6
"""Between two blocks, in sizes."""
_MOST_ABREAST = 8


def lay_out(chart: WallChart, fonts: FontSet, paper: str, progress: Progress | None = None) -> tuple[WallSheet, ...]:
    """The sheets of ``chart`` on ``paper`` (A4 … A0), lying or standing, whichever takes fewer of them."""
    long, short = PAPERS[paper]
    least: dict[Density, float] = {}
    ways = [_Way(chart, fonts, width, height, least) for width, height in ((long, short), (short, long))]
    if progress:
        progress(0.1, "正在排版")
    scale = ways[0].furnitures[Density.FULL].scale
    sizes = _sizes(scale)
    easy = [(size, Density.FULL) for size in sizes if size >= _EASY * max(scale, 1.0) ** 0.5]
    few = (Density.SHORT, Density.DENSE) if chart.close else (Density.SHORT,)
    for size, density in (*easy, *((size, density) for density in few for size in sizes)):
        for way in ways:
            if (found := way.on_one_sheet(size, density)) is not None:
                return way.sheets(*found)
    best: tuple[int, _Way, Body, list[Block]] | None = None
    for density in few:
        for way in ways:
            several = way.on_several(density, None if best is None else best[0])
            best = (several[0], way, several[1], several[2]) if several is not None else best
    assert best is not None
    return best[1].sheets(*best[2:])


def _sizes(scale: float) -> list[float]:
    return [s for s in _SIZES if s <= max(_LARGEST * scale, LEAST_TYPE)]


class _Way:
    """The paper in one of its two positions."""

    def __init__(self, chart: WallChart, fonts: FontSet, width: float, height: float, least: dict[Density, float]) -> None:
        """``least`` is shared by both: what the lying paper, asked first, has found holds for the narrower standing one."""
        short = Furniture(chart, fonts, width, height, full=False)
        self.furnitures = {Density.FULL: Furniture(chart, fonts, width, height, full=True), Density.SHORT: short, Density.DENSE: short}
        self._chart, self._fonts = chart, fonts
        self._makers: dict[tuple[float, Density], RowMaker] = {}
        self._least = least

    def _room(self, body: Body) -> float:
        """How high the rows of a block may be."""
        furniture = self.furnitures[body.setting.density]
        return furniture.top - furniture.bottom - body.head

    def _body(self, size: float, density: Density, abreast: int) -> Body:
        maker = self._makers.setdefault((size, density), RowMaker(self._fonts, size, density))
        gutter = _GUTTER * size
        width = (self.furnitures[density].room - (abreast - 1) * gutter) / abreast
        return Body(self._chart, self._fonts, BodySetting(size, density, abreast, width), maker)

    def _least_height(self, density: Density) -> float:
        """How high all lines are in sizes where they have most room; narrower blocks and larger type only take more."""
        if density not in self._least:
            self._least[density] = sum(x.height for x in self._body(LEAST_TYPE, density, 1).lines()) / LEAST_TYPE
        return self._least[density]

    def on_one_sheet(self, size: float, density: Density) -> tuple[Body, list[Block]] | None:
        """The body in blocks of one sheet; None where it is too much in type of ``size``."""
        for abreast in range(1, _MOST_ABREAST + 1):
            body = self._body(size, density, abreast)
            if not body.fits:
                break
            room = self._room(body)
            if self._least_height(density) * size > room * abreast:
                continue
            lines = body.lines()
            if sum(x.height for x in lines) <= room * abreast and len(blocks := body.flow(lines, room)) <= abreast:
                return body, self._even(body, lines, blocks, room, len(blocks))
        return None

    def on_several(self, density: Density, fewer: int | None) -> tuple[int, Body, list[Block]] | None:
        """In the smallest type on as few sheets as it takes; None where that is no fewer than ``fewer``."""
        best: tuple[int, Body, list[Line], list[Block]] | None = None
        for abreast in range(_MOST_ABREAST, 0, -1):
            body = self._body(LEAST_TYPE, density, abreast)
            if not body.fits and abreast > 1:
                continue
            room = self._room(body)
            if fewer is not None and self._least_height(density) * LEAST_TYPE > room * abreast * (fewer - 1):
                continue
            lines = body.lines()
            blocks = body.flow(lines, room)
            sheets = -(-len(blocks) // abreast)
            if fewer is None or sheets < fewer:
                best, fewer = (sheets, body, lines, blocks), sheets
        if best is None:
            return None
        sheets, body, lines, blocks = best
        return sheets, body, self._even(body, lines, blocks, self._room(body), sheets * body.setting.abreast)

    @staticmethod
    def _even(body: Body, lines: list[Line], blocks: list[Block], room: float, most: int) -> list[Block]:
        """At most ``most`` blocks of about the same height: the lowest in which there are no more of them."""
        low, high = sum(x.height for x in lines) / most, room
        for _ in range(8 if most > 1 else 0):
            middle = (low + high) / 2
            tried = body.flow(lines, middle)
            if len(tried) <= most:
                blocks, high = tried, middle
            else:
                low = middle
        return blocks

    def sheets(self, body: Body, blocks: list[Block]) -> tuple[WallSheet, ...]:
        """The blocks on their sheets."""
        abreast, furniture = body.setting.abreast, self.furnitures[body.setting.density]
        several = [blocks[i:i + abreast] for i in range(0, len(blocks), abreast)]
        made = []
        for number, own in enumerate(several, 1):
            shapes = furniture.draw(number, len(several))
            # Rows are given what is left of the height, up to their own size again: air reads better than a white foot.
            spare = min((self._room(body) - b.height) / max(sum(x.row is not None for x in b.lines), 1) for b in own)
            pad = max(0.0, min(spare, 1.6 * body.setting.size))
            x = furniture.left
            for block in own:
                shapes += body.draw(block, x, furniture.top, pad)
                x += body.setting.width + _GUTTER * body.setting.size
            made.append(WallSheet(furniture.width, furniture.height, tuple(shapes), body.setting.size))
        return tuple(made)
