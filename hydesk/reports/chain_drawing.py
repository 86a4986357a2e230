"""The map of an industry chain: three columns of segments with what they hold, as data and as vectors in PDF."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from hydesk.dataclass import dataclass
from hydesk.reports.fonts import FontSet, Role
from hydesk.reports.pdf_text import draw_aligned, lay, lines_of

_WIDTH, _HEIGHT = 841.89, 595.28
"""A4 landscape, points."""
_MARGIN, _TOP, _GAP, _ARROW = 40.0, 96.0, 12.0, 26.0
_PAD, _HEAD, _LINE = 8.0, 16.0, 13.5
_READABLE, _LARGEST, _BAND = 8.0, 13.0, 9.5
"""The smallest and the largest type of segments, the largest of what stands below them, in points."""
_A3 = 2 ** 0.5
_SHEETS = ((1.0, 1), (_A3, 1), (_A3, 2), (2.0, 2), (2 * _A3, 3))
"""A4, A3, A2 and A1 by their sides, and how many segments stand beside each other in a column; tried in turn."""


@dataclass(frozen=True, slots=True)
class ChainItem:
    """One enterprise, project or gap. ``kind`` 已有, 在建 or 缺口; the words say it too."""

    kind: str
    words: str
    key: int = 0
    """The record it comes from; 0 for what is drawn from the ledger."""


@dataclass(frozen=True, slots=True)
class ChainBox:
    """A segment."""

    name: str
    items: tuple[ChainItem, ...]

    @property
    def gap(self) -> bool:
        """Whether nothing stands here but a gap."""
        return all(i.kind == "缺口" for i in self.items)


@dataclass(frozen=True, slots=True)
class ChainDrawing:
    """A chain: its columns from up- to downstream, each with its segments."""

    title: str
    columns: tuple[tuple[str, tuple[ChainBox, ...]], ...]
    legend: str
    remark: str = ""
    below: ChainBox | None = None
    """What stands across the page below the columns: the ledger's projects of the chain."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The paper of a drawing and how it is set on it."""

    width: float
    height: float
    abreast: int
    size: float = _READABLE

    @property
    def column(self) -> float:
        """How wide a position is."""
        return (self.width - 2 * _MARGIN - 2 * _ARROW) / 3

    @property
    def box(self) -> float:
        """How wide a segment is."""
        return (self.column - (self.abreast - 1) * _GAP) / self.abreast

    @property
    def band(self) -> float:
        """The width of each of the three columns below."""
        return (self.width - 2 * _MARGIN - 4 * _PAD) / 3


def print_chains(drawings: Sequence[ChainDrawing], path: Path, fonts: FontSet, day: str) -> None:
    """Write the drawings, a page each: in smaller type where a column would not fit, then on larger paper."""
    canvas = Canvas(str(path))
    canvas.setTitle("、".join(d.title for d in drawings))
    for drawing in drawings:
        _page(canvas, drawing, fonts, day)
        canvas.showPage()
    canvas.save()


def _sheet(drawing: ChainDrawing, fonts: FontSet) -> _Sheet:
    """The smallest paper on which the drawing fits in type that can be read, and the largest type there."""
    sheet = _Sheet(_WIDTH, _HEIGHT, 1)
    for scale, abreast in _SHEETS:
        size = _LARGEST
        while size >= _READABLE:
            sheet = _Sheet(_WIDTH * scale, _HEIGHT * scale, abreast, size)
            if _needed(drawing, fonts, sheet) <= sheet.height - _TOP - 60:
                return sheet
            size -= 0.5
    return sheet


def _page(canvas: Canvas, drawing: ChainDrawing, fonts: FontSet, day: str) -> None:
    sheet = _sheet(drawing, fonts)
    canvas.setPageSize((sheet.width, sheet.height))
    if drawing.remark:
        draw_aligned(canvas, lay(fonts, Role.HEI, f"【{drawing.remark}】", 11), _MARGIN, 200, sheet.height - 34, "left")
    draw_aligned(canvas, lay(fonts, Role.TITLE, drawing.title, 22), _MARGIN, sheet.width - 2 * _MARGIN, sheet.height - 56, "center")
    if drawing.below is not None:
        _band(canvas, drawing.below, fonts, sheet)
    for index, (name, boxes) in enumerate(drawing.columns):
        left, top = _MARGIN + index * (sheet.column + _ARROW), sheet.height - _TOP
        draw_aligned(canvas, lay(fonts, Role.HEI, name, 13), left, sheet.column, top + 8, "center")
        canvas.setLineWidth(1)
        canvas.line(left, top, left + sheet.column, top)
        if index < 2:
            _arrow(canvas, left + sheet.column + 4, top + 12)
        for place, own in enumerate(_abreast(boxes, fonts, sheet)):
            y = top - _GAP
            for box in own:
                y -= _box(canvas, box, fonts, left + place * (sheet.box + _GAP), y, sheet.box, sheet.size) + _GAP
    draw_aligned(canvas, lay(fonts, Role.SONG, f"{drawing.legend}　{day}", 9.5), _MARGIN, sheet.width - 2 * _MARGIN, 30, "left")


def _abreast(boxes: Sequence[ChainBox], fonts: FontSet, sheet: _Sheet) -> list[list[ChainBox]]:
    """The segments of a position in columns of about the same height, in order down each."""
    heights = [_height(b, fonts, sheet.box, sheet.size) + _GAP for b in boxes]
    columns: list[list[ChainBox]] = [[] for _ in range(sheet.abreast)]
    fair, above = sum(heights) / sheet.abreast, 0.0
    for box, height in zip(boxes, heights, strict=True):
        columns[min(sheet.abreast - 1, int((above + height / 2) / (fair or 1.0)))].append(box)
        above += height
    return columns


def _needed(drawing: ChainDrawing, fonts: FontSet, sheet: _Sheet) -> float:
    """How high the columns and what stands below them are."""
    below = 0.0 if drawing.below is None else _band_height(drawing.below, fonts, sheet) + _GAP
    return below + max(_column_height(own, fonts, sheet.box, sheet.size)
                       for _, boxes in drawing.columns for own in _abreast(boxes, fonts, sheet))


def _band_lines(box: ChainBox, fonts: FontSet, sheet: _Sheet) -> list[list[object]]:
    """The lines of each of the band's three columns; items run down the columns."""
    per, size = -(-len(box.items) // 3) or 1, min(sheet.size, _BAND)
    return [[line for item in box.items[i * per:(i + 1) * per]
             for line in lines_of(lay(fonts, Role.SONG, item.words, size), sheet.band, sheet.band)] for i in range(3)]


def _band_height(box: ChainBox, fonts: FontSet, sheet: _Sheet) -> float:
    size = min(sheet.size, _BAND)
    return _HEAD * size / 10.5 + 2 * _PAD + max(len(x) for x in _band_lines(box, fonts, sheet)) * _LINE * size / 10.5


def _band(canvas: Canvas, box: ChainBox, fonts: FontSet, sheet: _Sheet) -> None:
    """Draw what stands below, its foot above the legend."""
    size, height, foot = min(sheet.size, _BAND), _band_height(box, fonts, sheet), 50.0
    canvas.setLineWidth(0.6)
    canvas.roundRect(_MARGIN, foot, sheet.width - 2 * _MARGIN, height, 4, stroke=1, fill=0)
    top = foot + height - _PAD - size * 0.85
    draw_aligned(canvas, lay(fonts, Role.HEI, box.name, size + 0.5), _MARGIN + _PAD, sheet.width - 2 * _MARGIN - 2 * _PAD, top, "left")
    for index, lines in enumerate(_band_lines(box, fonts, sheet)):
        y = top - _HEAD * size / 10.5
        for line in lines:
            draw_aligned(canvas, line, _MARGIN + _PAD + index * (sheet.band + _PAD), sheet.band, y, "left")  # type: ignore[arg-type]
            y -= _LINE * size / 10.5


def _arrow(canvas: Canvas, x: float, y: float) -> None:
    canvas.setLineWidth(1.2)
    canvas.line(x, y, x + _ARROW - 10, y)
    canvas.line(x + _ARROW - 10, y, x + _ARROW - 15, y + 4)
    canvas.line(x + _ARROW - 10, y, x + _ARROW - 15, y - 4)


def _lines(box: ChainBox, fonts: FontSet, width: float, size: float) -> list[object]:
    room = width - 2 * _PAD
    return [line for item in box.items for line in lines_of(lay(fonts, Role.SONG, item.words, size), room, room)]


def _height(box: ChainBox, fonts: FontSet, width: float, size: float) -> float:
    return _HEAD * size / 10.5 + 2 * _PAD + len(_lines(box, fonts, width, size)) * _LINE * size / 10.5


def _column_height(boxes: Sequence[ChainBox], fonts: FontSet, width: float, size: float) -> float:
    return sum(_height(b, fonts, width, size) + _GAP for b in boxes)


def _box(canvas: Canvas, box: ChainBox, fonts: FontSet, left: float, top: float, width: float, size: float) -> float:
    """Draw a segment below ``top``; its height. A gap has a dashed border."""
    height = _height(box, fonts, width, size)
    canvas.setLineWidth(0.9 if box.gap else 0.6)
    canvas.setDash(*((4, 3) if box.gap else ()))
    canvas.roundRect(left, top - height, width, height, 4, stroke=1, fill=0)
    canvas.setDash()
    draw_aligned(canvas, lay(fonts, Role.HEI, box.name, size + 0.5), left + _PAD, width - 2 * _PAD, top - _PAD - size * 0.85, "left")
    y = top - _PAD - _HEAD * size / 10.5 - size * 0.85
    for line in _lines(box, fonts, width, size):
        draw_aligned(canvas, line, left + _PAD, width - 2 * _PAD, y, "left")  # type: ignore[arg-type]
        y -= _LINE * size / 10.5
    return height
