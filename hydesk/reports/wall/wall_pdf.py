"""Sheets drawn as PDF: each on a page of its size, or cut into pages of an ordinary printer with crop marks and labels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path as File
from typing import BinaryIO

from hydesk.domain.job_progress import Progress
from hydesk.reports.fonts import FontSet, Role
from hydesk.reports.pdf_canvas import PAINT, PageCanvas, Piece
from hydesk.reports.wall import shapes as ink
from hydesk.reports.wall.paper import LABEL, PAPERS, UNPRINTED, Tile, tiles_of
from hydesk.reports.wall.shapes import Box, Hatch, Path, Shape, WallSheet, Words, moved

_MARK = 5.0
"""The length of a crop mark, points."""


def print_sheets(sheets: Sequence[WallSheet], out: File | BinaryIO, fonts: FontSet, title: str, author: str, *, tiles: str = "",
                 progress: Progress | None = None) -> int:
    """Write the sheets; with ``tiles`` (A4, A3) cut up for printers of that paper. How many pages it came to."""
    face = fonts.chains[Role.SONG][0].name
    canvas = PageCanvas(str(out) if isinstance(out, File) else out, pageCompression=1, invariant=1, initialFontName=face)
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setCreator("hydesk")
    pages = 0
    for number, sheet in enumerate(sheets):
        if progress:
            progress(0.3 + 0.7 * number / len(sheets), f"正在画第{number + 1}张，共{len(sheets)}张")
        if not tiles:
            canvas.setPageSize((sheet.width, sheet.height))
            Pen(canvas, fonts).draw(sheet.shapes)
            canvas.showPage()
            pages += 1
            continue
        page, cut = tiles_of(sheet.width, sheet.height, PAPERS[tiles])
        for tile in cut:
            canvas.setPageSize(page)
            _tile(canvas, fonts, sheet, tile, page, number + 1 if len(sheets) > 1 else 0)
            canvas.showPage()
            pages += 1
    canvas.save()
    return pages


def _tile(canvas: PageCanvas, fonts: FontSet, sheet: WallSheet, tile: Tile, page: tuple[float, float], number: int) -> None:
    """One part of a sheet, the words that stand on it only; crop marks where it is to be cut, its label above."""
    left, bottom = UNPRINTED, page[1] - UNPRINTED - LABEL - tile.height
    canvas.saveState()
    clip = canvas.beginPath()
    clip.rect(left, bottom, tile.width, tile.height)
    canvas.clipPath(clip, stroke=0, fill=0)
    dx, dy = left - tile.left, bottom - tile.bottom
    Pen(canvas, fonts).draw(moved(s, dx, dy) for s in sheet.shapes if _touches(s, tile))
    canvas.restoreState()
    pen = Pen(canvas, fonts)
    right, top = left + tile.width, bottom + tile.height
    marks = [((x, y), (x + dx * _MARK, y)) for x, dx in ((left, -1), (right, 1)) for y in (bottom, top)]
    marks += [((x, y), (x, y + dy * _MARK)) for x in (left, right) for y, dy in ((bottom, -1), (top, 1))]
    pen.draw(Path(m, ink.INK, line=0.5) for m in marks)
    words = (f"第{number}张　" if number else "") + f"{tile.label}　沿四角的裁切线裁开，与相邻各页重叠12毫米粘贴"
    pen.draw([Words(left + 8, top + _MARK + 1.5, words, 8, fonts.width(Role.SONG, words) * 8)])


def _touches(shape: Shape, tile: Tile) -> bool:
    x1, y1, x2, y2 = shape.box
    return x1 <= tile.left + tile.width and x2 >= tile.left and y1 <= tile.bottom + tile.height and y2 >= tile.bottom


class Pen:
    """Draws shapes; what was set already is not set again."""

    def __init__(self, canvas: PageCanvas, fonts: FontSet) -> None:
        self._canvas, self._fonts = canvas, fonts
        self._stroke: ink.Color | None = None
        self._fill: ink.Color | None = None
        self._line = -1.0
        self._dash = False
        self._known: dict[tuple[Role, str], tuple[Piece, ...]] = {}

    def draw(self, shapes: Iterable[Shape]) -> None:
        """Draw them one over the other."""
        canvas = self._canvas
        for shape in shapes:
            match shape:
                case Words():
                    self._set(fill=shape.color)
                    canvas.words(shape.x, shape.baseline, shape.size, self._pieces(shape.role, shape.text))
                case Box():
                    self._set(shape.stroke, shape.fill, shape.line, shape.dashed)
                    canvas.rect(shape.x, shape.y, shape.width, shape.height, int(shape.stroke is not None), int(shape.fill is not None))
                case Hatch():
                    self._set(shape.color, line=shape.line)
                    canvas.operators(" ".join(f"{a:.2f} {b:.2f} m {c:.2f} {d:.2f} l" for a, b, c, d in shape.strokes()) + " S")
                case Path():
                    self._set(shape.stroke, shape.fill, shape.line, shape.dashed)
                    (x, y), *rest = shape.points
                    drawn = "".join(f" {a:.2f} {b:.2f} l" for a, b in rest) + (" h " if shape.closed else " ")
                    canvas.operators(f"{x:.2f} {y:.2f} m{drawn}{PAINT[shape.stroke is not None, shape.fill is not None]}")

    def _pieces(self, role: Role, text: str) -> tuple[Piece, ...]:
        if (role, text) not in self._known:
            glyphs = self._fonts.glyphs(role, text)
            self._known[role, text] = tuple((face.name, 0.0, "".join(g[0] for g in own)) for face, own in groupby(glyphs, key=lambda g: g[1]))
        return self._known[role, text]

    def _set(self, stroke: ink.Color | None = None, fill: ink.Color | None = None, line: float | None = None, dashed: bool = False) -> None:
        code = []
        if stroke is not None and stroke != self._stroke:
            code.append("{:.3f} {:.3f} {:.3f} RG".format(*stroke))
            self._stroke = stroke
        if fill is not None and fill != self._fill:
            code.append("{:.3f} {:.3f} {:.3f} rg".format(*fill))
            self._fill = fill
        if line is not None and line != self._line:
            code.append(f"{line:.2f} w")
            self._line = line
        if dashed != self._dash:
            code.append("[2.2 1.5] 0 d" if dashed else "[] 0 d")
            self._dash = dashed
        if code:
            self._canvas.operators(" ".join(code))
