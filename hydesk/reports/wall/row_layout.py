"""One row of a chart: how high it is, and the shapes it consists of."""

from __future__ import annotations

from collections.abc import Sequence

from hydesk.dataclass import dataclass
from hydesk.domain.stage_bars import PieceKind
from hydesk.reports.fonts import FontSet, Role
from hydesk.reports.pdf_text import lay, lines_of
from hydesk.reports.wall import shapes as ink
from hydesk.reports.wall.axis import Axis, PlacedMark, place, shown_pieces, zones
from hydesk.reports.wall.chart import ChartColumn, ChartMark, ChartRow, Density, MarkKind, WallChart
from hydesk.reports.wall.shapes import Box, Hatch, Path, Shape, Words

GAP = 0.10
"""Between two marks of a lane, in sizes."""
_ZONE_LANES = 2
"""Lines that marks outside the window take in nine rows of ten."""
_BESIDE = 0.36
"""What a frame is wider than its words, in sizes."""


@dataclass(frozen=True, slots=True)
class _Heights:
    """What makes up the height of a row, in sizes."""

    pitch: float
    """From line to line of a cell."""
    around: float
    """Above and below the lines of a cell together."""
    frame: float
    """Of a mark's frame."""
    above: float
    """Above the first lane."""
    between: float
    """Between two lanes."""
    lined: float
    """For the line of the first plan, below the first lane where others follow."""
    below: float
    """Below the last lane."""
    drop: float
    """From the first lane's frames down to the line of the plan."""
    tick: float
    """Half a tick of that line."""


_USUAL = _Heights(1.16, 0.42, 1.28, 0.26, 0.14, 0.30, 0.34, 0.17, 0.16)
_CLOSE = _Heights(1.12, 0.30, 1.14, 0.14, 0.06, 0.22, 0.22, 0.10, 0.10)


@dataclass(frozen=True, slots=True)
class CellLines:
    """The lines of a cell with their widths."""

    lines: tuple[str, ...]
    widths: tuple[float, ...]


class RowMaker:
    """Lays out rows in type of ``size``."""

    def __init__(self, fonts: FontSet, size: float, density: Density) -> None:
        self._fonts, self.size, self.density, self.full = fonts, size, density, density is Density.FULL
        self._heights = _CLOSE if density is Density.DENSE else _USUAL
        self._cells: dict[tuple[str, float, bool], CellLines] = {}
        self._wide: dict[str, float] = {}
        self._of_rows: dict[int, list[float]] = {}
        self._zones: tuple[float, float] | None = None

    def width_of(self, mark: ChartMark) -> float:
        """The width of a mark's frame."""
        text = mark.said(self.full)
        found = self._wide.get(text)
        if found is None:
            found = self._wide[text] = (self._fonts.width(Role.HEI, text) + _BESIDE) * self.size
        return found

    def zones_of(self, chart: WallChart) -> tuple[float, float]:
        """How wide the zones before and after the window are, in sizes."""
        if self._zones is None:
            rows = [r for g in chart.groups for r in g.rows]
            before, after = zones(rows, [self.widths(r) for r in rows], chart.first, chart.last, GAP * self.size, _ZONE_LANES)
            head = max(self._fonts.width(Role.HEI, said) for said in ("2099年", "12月前", "及以前")) + 0.2
            self._zones = (max(before / self.size, head) if before else 0.0, max(after / self.size, head) if after else 0.0)
        return self._zones

    def widths(self, row: ChartRow) -> list[float]:
        """Of all marks of a row; of one that was looked at before they are known."""
        if (found := self._of_rows.get(id(row))) is None:
            found = self._of_rows[id(row)] = [self.width_of(m) for m in row.marks]
        return found

    def cell(self, text: str, width: float, *, bold: bool) -> CellLines:
        """The lines of a cell of ``width``, which keeps the lines that are given in it."""
        key = (text, width, bold)
        if (found := self._cells.get(key)) is None:
            found = self._cells[key] = self._broken(text, width, Role.HEI if bold else Role.SONG)
        return found

    def _broken(self, text: str, width: float, role: Role) -> CellLines:
        room, lines, widths = width - 0.5 * self.size, list[str](), list[float]()
        for part in text.split("\n"):
            if (wide := self._fonts.width(role, part) * self.size) <= room:
                lines.append(part)
                widths.append(wide)
                continue
            for line in lines_of(lay(self._fonts, role, part, self.size), room, room):
                lines.append(line.text)
                widths.append(line.width)
        return CellLines(tuple(lines), tuple(widths))

    def height(self, row: ChartRow, placed: Sequence[PlacedMark], columns: Sequence[tuple[ChartColumn, float]]) -> float:
        """The least height of a row."""
        lanes = max((p.lane for p in placed), default=0) + 1
        words = max((len(self.cell(text, width, bold=c.bold).lines) for text, (c, width) in zip(row.words_in(self.density), columns, strict=True)), default=1)
        h = self._heights
        return max(self._lane_top(lanes - 1) + (h.frame + h.below) * self.size, (words * h.pitch + h.around) * self.size)

    def _lane_top(self, lane: int) -> float:
        """How far below the row's upper edge a lane's frames begin; the line of the plan stands below the first."""
        h = self._heights
        return (h.above + lane * (h.frame + h.between) + (h.lined if lane else 0.0)) * self.size

    def place(self, row: ChartRow, axis: Axis) -> list[PlacedMark]:
        """The marks of a row."""
        return place(row.marks, self.widths(row), axis, GAP * self.size)

    # Shapes -----------------------------------------------------------------------------------------------

    def draw(self, row: ChartRow, placed: Sequence[PlacedMark], columns: Sequence[tuple[ChartColumn, float]], axis: Axis,
             left: float, top: float, height: float) -> tuple[list[Shape], list[Shape]]:
        """The shapes of a row whose upper left corner is given: words and bar, and above them its marks."""
        made: list[Shape] = []
        x = left
        for (column, width), text in zip(columns, row.words_in(self.density), strict=True):
            if column.right:
                continue
            made += self._words(text, column, x, width, top, height)
            x += width
        made += self._bar(row, axis, x, top)
        marks = [shape for one in placed for shape in self._mark(one, x, top)]
        x += axis.width
        for (column, width), text in zip(columns, row.words_in(self.density), strict=True):
            if column.right:
                made += self._words(text, column, x, width, top, height)
                x += width
        return made, marks

    def _words(self, text: str, column: ChartColumn, x: float, width: float, top: float, height: float) -> list[Shape]:
        cell, s, pitch = self.cell(text, width, bold=column.bold), self.size, self._heights.pitch
        first = top - (height - len(cell.lines) * pitch * s) / 2 - (pitch - 0.18) * s
        role = Role.HEI if column.bold else Role.SONG
        return [Words(x + ((width - w) / 2 if column.centred else 0.25 * s), first - i * pitch * s, line, s, w, role)
                for i, (line, w) in enumerate(zip(cell.lines, cell.widths, strict=True)) if line]

    def _bar(self, row: ChartRow, axis: Axis, x: float, top: float) -> list[Shape]:
        """The bar of the stages behind the first lane, below it the line of the first plan with what was changed since."""
        s, made, h = self.size, list[Shape](), self._heights
        high = 0.62 * s
        y = top - self._lane_top(0) - (h.frame * s + high) / 2
        for piece, a, b in shown_pieces(row.pieces, axis):
            made += piece_shapes(piece.kind, x + a, y, b - a, high)
        low = top - self._lane_top(0) - (h.frame + h.drop) * s
        for begin, end in row.planned:
            if (a := axis.x(begin)) < (b := axis.x(end)):
                made.append(Path(((x + a, low), (x + b, low)), ink.QUIET, line=0.09 * s))
        made += [Path(((x + axis.x(d), low - h.tick * s), (x + axis.x(d), low + h.tick * s)), ink.QUIET, line=0.07 * s)
                 for d in row.plans if axis.inside(d)]
        made += [moved_shape(x + axis.x(d), low, s) for d in row.moved if axis.inside(d)]
        return made

    def _mark(self, one: PlacedMark, x: float, top: float) -> list[Shape]:
        s = self.size
        frame = self._heights.frame
        y = top - self._lane_top(one.lane) - frame * s
        text = one.mark.said(self.full)
        width = self._fonts.width(Role.HEI, text) * s
        return mark_shapes(one.mark.kind, text, x + one.left, y, one.width, width, s, frame)


def piece_shapes(kind: PieceKind, x: float, y: float, width: float, height: float) -> list[Shape]:
    """A piece of a bar: solid, hatched, crossed or hollow."""
    line = height * 0.12
    match kind:
        case PieceKind.DONE:
            return [Box(x, y, width, height, fill=ink.RAIL)]
        case PieceKind.WORKING:
            return [Box(x, y, width, height, fill=ink.WHITE, stroke=ink.RAIL, line=line), Hatch(x, y, width, height, height * 0.75, ink.RAIL, line)]
        case PieceKind.LATE:
            return [Box(x, y, width, height, fill=ink.WHITE, stroke=ink.RED, line=line),
                    Hatch(x, y, width, height, height * 0.55, ink.RED, line, crossed=True)]
        case PieceKind.AHEAD:
            return [Box(x, y, width, height, fill=ink.WHITE, stroke=ink.RAIL, line=line)]


def moved_shape(x: float, y: float, size: float) -> Shape:
    """A hollow triangle that stands on the line of the plan: a plan that was changed later."""
    r = 0.2 * size
    return Path(((x - r, y - r), (x + r, y - r), (x, y + r)), ink.QUIET, ink.WHITE, 0.06 * size, closed=True)


def mark_shapes(kind: MarkKind, text: str, x: float, y: float, width: float, words: float, size: float, frame: float = _USUAL.frame) -> list[Shape]:
    """A frame of ``width``, ``frame`` sizes high, with its words, ``words`` wide, in the middle."""
    high, line = frame * size, 0.07 * size
    inside = Words(x + (width - words) / 2, y + (frame - 0.72) / 2 * size, text, size, words, Role.HEI,
                   ink.WHITE if kind in (MarkKind.DONE, MarkKind.DONE_LATE) else ink.RED if kind.late else ink.INK)
    match kind:
        case MarkKind.DONE:
            return [Box(x, y, width, high, fill=ink.DONE), inside]
        case MarkKind.DONE_LATE:
            edge = 0.17 * size
            return [Box(x + line / 2, y + line / 2, width - line, high - line, fill=ink.WHITE, stroke=ink.LATE_DONE, line=line),
                    Box(x + edge, y + edge, width - 2 * edge, high - 2 * edge, fill=ink.LATE_DONE), inside]
        case MarkKind.PLANNED:
            return [Box(x + line / 2, y + line / 2, width - line, high - line, fill=ink.WHITE, stroke=ink.INK, line=line), inside]
        case MarkKind.FORECAST:
            return [Box(x + line / 2, y + line / 2, width - line, high - line, fill=ink.WHITE, stroke=ink.FORECAST, line=line * 1.3, dashed=True), inside]
        case MarkKind.OVERDUE:
            thick = 0.17 * size
            return [Box(x + thick / 2, y + thick / 2, width - thick, high - thick, fill=ink.WHITE, stroke=ink.RED, line=thick), inside]
        case MarkKind.PROBLEM | MarkKind.PROBLEM_LATE:
            cut, thick = 0.36 * size, line * (2.0 if kind.late else 1.2)
            a, b, c, d = x + thick / 2, y + thick / 2, x + width - thick / 2, y + high - thick / 2
            points = ((a + cut, b), (c - cut, b), (c, b + cut), (c, d - cut), (c - cut, d), (a + cut, d), (a, d - cut), (a, b + cut))
            return [Path(points, ink.RED if kind.late else ink.INK, ink.WHITE, thick, closed=True), inside]
