"""The body of a chart: rows under their headings, flowed over the blocks of as many sheets as it takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field

from hydesk.dataclass import dataclass
from hydesk.reports.fonts import FontSet, Role
from hydesk.reports.pdf_text import lay, lines_of
from hydesk.reports.wall import shapes as ink
from hydesk.reports.wall.axis import Axis, PlacedMark
from hydesk.reports.wall.chart import ChartColumn, ChartGroup, ChartRow, Density, WallChart
from hydesk.reports.wall.row_layout import RowMaker
from hydesk.reports.wall.shapes import Box, Path, Shape, Words

_HEAD, _FLAG = 3.0, 1.6
"""The heights of a block's axis and of the flag of today above it, in sizes."""
_TO_COLUMNS = 0.4
"""What the columns of words take at most of the width that is to spare; the time line has the rest."""
_MONTH = {Density.FULL: 1.25, Density.SHORT: 0.72, Density.DENSE: 0.72}
"""The least width of a month in sizes."""
_CONTINUED = "（续）"


@dataclass(frozen=True, slots=True)
class Line:
    """A row or, with ``row`` None, a heading in words; where it comes in the chart and how high it is."""

    group: ChartGroup
    row: ChartRow | None
    placed: tuple[PlacedMark, ...]
    words: tuple[str, ...]
    height: float


@dataclass(slots=True)
class Block:
    """What stands in one block, from above."""

    lines: list[Line] = field(default_factory=list)
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class BodySetting:
    """How a chart is set: type, how dense, blocks abreast and their width."""

    size: float
    density: Density
    abreast: int
    width: float


class Body:
    """A chart set in one way."""

    def __init__(self, chart: WallChart, fonts: FontSet, setting: BodySetting, maker: RowMaker) -> None:
        self._chart, self._fonts, self.setting, self.maker = chart, fonts, setting, maker
        size, spare = setting.size, setting.width
        columns = chart.columns_in(setting.density)
        before, after = (z * size for z in maker.zones_of(chart))
        months = (chart.last.year - chart.first.year) * 12 + chart.last.month - chart.first.month + 1
        least = sum(c.least for c in columns) * size
        self.narrowest = least + before + after + months * _MONTH[setting.density] * size
        spare -= self.narrowest
        grow = [min(c.chars - c.least, 40.0) * size for c in columns]
        share = min(1.0, max(0.0, spare) * _TO_COLUMNS / sum(grow)) if sum(grow) else 0.0
        self.columns: tuple[tuple[ChartColumn, float], ...] = tuple(
            (c, c.least * size + g * share) for c, g in zip(columns, grow, strict=True))
        self.axis = Axis(chart.first, chart.last, setting.width - sum(w for _, w in self.columns), before, after)

    @property
    def fits(self) -> bool:
        """Whether a block is wide enough for its columns and the time line."""
        return self.narrowest <= self.setting.width

    @property
    def head(self) -> float:
        """The height of what stands above the rows of each block."""
        return (_HEAD + _FLAG) * self.setting.size

    def lines(self) -> list[Line]:
        """All lines in order."""
        return [line for group in self._chart.groups for line in self._of(group)]

    def _of(self, group: ChartGroup) -> Iterator[Line]:
        if group.heading:
            yield self._heading(group, group.heading)
        for row in group.rows:
            placed = tuple(self.maker.place(row, self.axis))
            yield Line(group, row, placed, (), self.maker.height(row, placed, self.columns))

    def _heading(self, group: ChartGroup, text: str) -> Line:
        size = self.setting.size * 1.1
        room = self.setting.width - size
        words = tuple(x.text for x in lines_of(lay(self._fonts, Role.HEI, text, size), room, room))
        return Line(group, None, (), words, (len(words) * 1.3 + 0.6) * size)

    def flow(self, lines: Sequence[Line], room: float) -> list[Block]:
        """The lines in blocks no higher than ``room`` below their axis; a heading stays with its first row and is said again."""
        blocks = [Block()]
        for i, line in enumerate(lines):
            block = blocks[-1]
            needed = line.height + (lines[i + 1].height if line.row is None and i + 1 < len(lines) else 0.0)
            if block.lines and block.height + needed > room:
                block = Block()
                blocks.append(block)
                if line.row is not None and line.group.heading:
                    again = self._heading(line.group, line.group.heading.split("　")[0] + _CONTINUED)
                    block.lines.append(again)
                    block.height += again.height
            block.lines.append(line)
            block.height += line.height
        return blocks

    # Shapes -----------------------------------------------------------------------------------------------

    def draw(self, block: Block, left: float, top: float, pad: float) -> list[Shape]:
        """A block whose upper left corner is given; ``pad`` points more are given to every row."""
        size, width = self.setting.size, self.setting.width
        made: list[Shape] = []
        top -= _FLAG * size
        y = top - _HEAD * size
        time = left + sum(w for c, w in self.columns if not c.right)
        bottom = y - sum(x.height + (pad if x.row is not None else 0.0) for x in block.lines)
        marks: list[Shape] = []
        made += self._grid(time, y, bottom) + self._uprights(left, top, bottom)
        for line in block.lines:
            height = line.height + (pad if line.row is not None else 0.0)
            if line.row is None:
                made.append(Box(left, y - height, width, height, fill=ink.HAIR))
                made += [Words(left + 0.5 * size, y - 0.4 * size - (i + 0.85) * 1.43 * size + 0.1 * size, text, size * 1.1,
                               self._fonts.width(Role.HEI, text) * size * 1.1, Role.HEI) for i, text in enumerate(line.words)]
            else:
                below, above = self.maker.draw(line.row, line.placed, self.columns, self.axis, left, y - pad / 2, line.height)
                made += below
                marks += above
            y -= height
            made.append(Path(((left, y), (left + width, y)), ink.LINE, line=0.5))
        made += self._head(left, time, top)
        made += self._today(time, top, bottom) + marks  # no line runs through the words of a mark
        made.append(Box(left, bottom, width, top - bottom, stroke=ink.INK, line=0.9))
        return made

    def _grid(self, time: float, top: float, bottom: float) -> list[Shape]:
        """Months as hairlines, years stronger, the zones outside the window in grey."""
        axis = self.axis
        made: list[Shape] = []
        for x, w in ((time, axis.before), (time + axis.width - axis.after, axis.after)):
            if w:
                made.append(Box(x, bottom, w, top - bottom, fill=ink.GROUND))
        for day, _ in axis.months():
            x = time + axis.x(day)
            year = day.month == 1
            made.append(Path(((x, bottom), (x, top)), ink.QUIET if year else ink.HAIR, line=0.8 if year else 0.4))
        if axis.after:
            x = time + axis.width - axis.after
            made.append(Path(((x, bottom), (x, top)), ink.QUIET, line=0.8))
        return made

    def _head(self, left: float, time: float, top: float) -> list[Shape]:
        size, width, high = self.setting.size, self.setting.width, _HEAD * self.setting.size
        made: list[Shape] = [Box(left, top - high, width, high, fill=ink.GROUND)]
        x = left
        for column, wide in self.columns:
            if column.right:
                continue
            made.append(self._centred(column.head, x, wide, top - high / 2 - 0.36 * size, size))
            x += wide
        made += self._scale(time, top)
        x = time + self.axis.width
        for column, wide in self.columns:
            if column.right:
                made.append(self._centred(column.head, x, wide, top - high / 2 - 0.36 * size, size))
                x += wide
        return made

    def _centred(self, text: str, x: float, width: float, baseline: float, size: float, color: ink.Color = ink.INK) -> Words:
        wide = self._fonts.width(Role.HEI, text) * size
        return Words(x + (width - wide) / 2, baseline, text, size, wide, Role.HEI, color)

    def _scale(self, time: float, top: float) -> list[Shape]:
        """Years above, below them as many of the months as can be told apart."""
        axis, size, high = self.axis, self.setting.size, _HEAD * self.setting.size
        made: list[Shape] = []
        first, last = axis.first, axis.last
        if axis.before:
            said = (f"{first.year}年", f"{first.month}月前") if first.month > 1 else (f"{first.year - 1}年", "及以前")
            made += self._zone(said, time, axis.before, top)
        if axis.after:
            said = (f"{last.year}年", f"{last.month}月后") if last.month < 12 else (f"{last.year + 1}年", "起")
            made += self._zone(said, time + axis.width - axis.after, axis.after, top)
        months = list(axis.months())
        years: dict[int, tuple[float, float]] = {}
        for begin, end in months:
            a, b = time + axis.x(begin), time + axis.x(end)
            years[begin.year] = (years.get(begin.year, (a, b))[0], b)
        for year, (a, b) in years.items():
            words = f"{year}年" if self._fonts.width(Role.HEI, f"{year}年") * size < b - a else ""
            if words:
                made.append(Words(a + 0.3 * size, top - 1.15 * size, words, size, self._fonts.width(Role.HEI, words) * size, Role.HEI))
        step = next((n for n in (1, 2, 3, 6) if axis.inner / max(len(months), 1) * n > (1.5 if n == 1 else 1.25) * size), 12)
        for begin, end in months:
            if (begin.month - 1) % step == 0:
                x = time + axis.x(begin)
                words = str(begin.month)
                wide = self._fonts.width(Role.SONG, words) * size
                room = axis.x(end) - axis.x(begin)
                made.append(Words(x + ((room - wide) / 2 if step == 1 else 0.1 * size), top - high + 0.55 * size, words, size, wide))
                made.append(Path(((x, top - high), (x, top - high + 1.5 * size)), ink.QUIET, line=0.5))
        return made

    def _zone(self, said: tuple[str, str], x: float, width: float, top: float) -> list[Shape]:
        size = self.setting.size
        return [self._centred(part, x, width, top - (1.15 + i * 1.3) * size, size) for i, part in enumerate(said)]

    def _today(self, time: float, top: float, bottom: float) -> list[Shape]:
        """The day judged by: a heavy line with its date above."""
        on, size = self._chart.on, self.setting.size
        if not self.axis.inside(on):
            return []
        x, words = time + self.axis.x(on), f"截至 {on.month}月{on.day}日"
        wide = self._fonts.width(Role.HEI, words) * size
        left = min(max(x - wide / 2 - 0.3 * size, time), time + self.axis.width - wide - 0.6 * size)
        return [Path(((x, bottom), (x, top)), ink.RED, line=max(1.2, 0.13 * size)),
                Box(left, top, wide + 0.6 * size, 1.4 * size, fill=ink.RED),
                Words(left + 0.3 * size, top + 0.4 * size, words, size, wide, Role.HEI, ink.WHITE)]

    def _uprights(self, left: float, top: float, bottom: float) -> list[Shape]:
        """The lines between the columns."""
        x = left
        at = []
        for column, wide in self.columns:
            if not column.right:
                x += wide
                at.append(x)
        x += self.axis.width
        for column, wide in self.columns:
            if column.right:
                at.append(x)
                x += wide
        return [Path(((a, bottom), (a, top)), ink.LINE, line=0.5) for a in at]
