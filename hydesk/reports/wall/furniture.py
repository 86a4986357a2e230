"""What stands around the blocks of a sheet: the title, the figures, the legend and the foot, large enough to read from afar."""

from __future__ import annotations

from collections.abc import Callable

from hydesk.domain.stage_bars import PieceKind
from hydesk.reports.fonts import FontSet, Role
from hydesk.reports.pdf_page import MM
from hydesk.reports.pdf_text import lay, lines_of
from hydesk.reports.wall import shapes as ink
from hydesk.reports.wall.chart import PROBLEM_SHORT, MarkKind, WallChart
from hydesk.reports.wall.row_layout import mark_shapes, moved_shape, piece_shapes
from hydesk.reports.wall.shapes import Path, Shape, Words

LEAST_TYPE = 8.0
"""The smallest type of a printed chart, points."""
_A3_HEIGHT = 297 * MM
_SHEETS = "　第{}张，共{}张"
Sign = tuple[str, float, Callable[[float, float], list[Shape]]]
"""The words of a sign, how wide it is, and what draws it at a place."""


class Furniture:
    """Of sheets of one size; everything grows with the shorter side of the paper."""

    def __init__(self, chart: WallChart, fonts: FontSet, width: float, height: float, *, full: bool) -> None:
        self._chart, self._fonts, self._full = chart, fonts, full
        self.width, self.height = width, height
        self.scale = min(width, height) / _A3_HEIGHT
        self.margin = (7 + 3 * self.scale) * MM
        self.left, self.right = self.margin, width - self.margin
        self.type = max(LEAST_TYPE, 8.0 * self.scale)
        """The legend's type."""
        self._legend = self._legend_lines()
        self._notes = [line for note in chart.notes for line in
                       lines_of(lay(fonts, Role.SONG, note, self.type * 0.9 if self.type > 9 else self.type), self.room, self.room)]

    @property
    def room(self) -> float:
        """The width of what stands on the sheet."""
        return self.right - self.left

    @property
    def top(self) -> float:
        """The upper edge of the blocks."""
        return self.height - self.margin - self._title_height - self._line * len(self._legend) - 0.4 * self._line

    @property
    def bottom(self) -> float:
        """The lower edge of the blocks."""
        return self.margin + self.type * 1.5 * (len(self._notes) + 1) + 0.4 * self.type

    @property
    def _line(self) -> float:
        return self.type * 1.75

    @property
    def _title_height(self) -> float:
        return (63 if self._stacked else 44) * self.scale

    @property
    def _stacked(self) -> bool:
        """Whether the figures need a line of their own below the title."""
        return self._title_width + sum(w for w, *_ in self._counts()) > self.room

    @property
    def _title_width(self) -> float:
        return max(self._fonts.width(Role.TITLE, self._chart.title) * self._title_size,
                   self._fonts.width(Role.SONG, self._chart.subtitle + _SHEETS.format(10, 10)) * self._type(10)) + 12 * self.scale

    @property
    def _title_size(self) -> float:
        """As large as it fits on the sheet."""
        return min(27 * self.scale, self.room / max(self._fonts.width(Role.TITLE, self._chart.title), 1.0))

    def _type(self, points: float) -> float:
        """Type of so many points on A3, never too small to read."""
        return max(points * self.scale, LEAST_TYPE)

    def _counts(self) -> list[tuple[float, str, str]]:
        k = self.scale
        return [(max(self._fonts.width(Role.HEI, value) * 20 * k, self._fonts.width(Role.SONG, label) * self._type(9)) + 14 * k, label, value)
                for label, value in self._chart.counts]

    def draw(self, number: int, of: int) -> list[Shape]:
        """The furniture of sheet ``number``."""
        chart, k = self._chart, self.scale
        top = self.height - self.margin
        made: list[Shape] = []
        if chart.remark:
            made.append(self._words(f"【{chart.remark}】", self.left, top + 2.2 * k, self._type(9), Role.HEI, ink.RED))
        made.append(self._words(chart.title, self.left, top - 25 * k, self._title_size, Role.TITLE))
        sub = chart.subtitle + (_SHEETS.format(number, of) if of > 1 else "")
        made.append(self._words(sub, self.left, top - 39 * k, self._type(10), Role.SONG, ink.QUIET))
        made += self._figures(top)
        y = top - self._title_height
        made.append(Path(((self.left, y + 1.5 * k), (self.right, y + 1.5 * k)), ink.INK, line=1.4 * k))
        for signs in self._legend:
            x = self.left
            for words, width, draw in signs:
                made += draw(x, y - self._line + 0.25 * self.type)
                made.append(self._words(words, x + width, y - self._line + 0.5 * self.type, self.type, Role.SONG))
                x += self._sign_width(words, width)
            y -= self._line
        made += self._foot(number, of)
        return made

    def _words(self, text: str, x: float, baseline: float, size: float, role: Role, color: ink.Color = ink.INK) -> Words:
        return Words(x, baseline, text, size, self._fonts.width(role, text) * size, role, color)

    def _figures(self, top: float) -> list[Shape]:
        k, counts = self.scale, self._counts()
        made: list[Shape] = []
        drop = 55 * k if self._stacked else 22 * k
        x = self.left if self._stacked else self.right - sum(w for w, *_ in counts)
        for width, label, value in counts:
            if self._stacked:
                made.append(self._words(label, x, top - drop, self._type(9), Role.SONG, ink.QUIET))
                wide = self._fonts.width(Role.SONG, label) * self._type(9)
                made.append(self._words(value, x + wide + 3 * k, top - drop, 13 * k, Role.HEI))
                x += wide + self._fonts.width(Role.HEI, value) * 13 * k + 14 * k
                continue
            shown = self._words(value, x, top - drop, 20 * k, Role.HEI)
            named = self._words(label, x, top - 37 * k, self._type(9), Role.SONG, ink.QUIET)
            made += [Words(x + width - shown.width, shown.baseline, value, shown.size, shown.width, Role.HEI),
                     Words(x + width - named.width, named.baseline, label, named.size, named.width, Role.SONG, ink.QUIET)]
            x += width
        return made

    def _foot(self, number: int, of: int) -> list[Shape]:
        size = self.type * 0.9 if self.type > 9 else self.type
        y = self.margin + 1.5 * self.type * (len(self._notes)) + 0.2 * self.type
        made: list[Shape] = []
        for i, line in enumerate(self._notes):
            made.append(Words(self.left, y - i * 1.5 * self.type, line.text, size, line.width, Role.SONG))
        foot = self._words(self._chart.foot + (f"　{number}／{of}" if of > 1 else ""), 0, self.margin, size, Role.SONG, ink.QUIET)
        made.append(Words(self.right - foot.width, self.margin - 0.2 * self.type, foot.text, size, foot.width, Role.SONG, ink.QUIET))
        return made

    # Legend -----------------------------------------------------------------------------------------------

    def _sign_width(self, words: str, width: float) -> float:
        return width + (self._fonts.width(Role.SONG, words) + 1.0) * self.type

    def _legend_lines(self) -> list[list[Sign]]:
        """The signs in as many lines as they take."""
        lines: list[list[Sign]] = [[]]
        x = 0.0
        for sign in self._signs():
            wide = self._sign_width(sign[0], sign[1])
            if lines[-1] and x + wide - self.type > self.room:
                lines.append([])
                x = 0.0
            lines[-1].append(sign)
            x += wide
        return lines

    def _signs(self) -> list[Sign]:
        s = self.type

        def mark(kind: MarkKind, text: str) -> tuple[float, Callable[[float, float], list[Shape]]]:
            words = self._fonts.width(Role.HEI, text) * s
            return words + 0.72 * s, lambda x, y: mark_shapes(kind, text, x, y, words + 0.36 * s, words, s)

        def bar(kind: PieceKind) -> tuple[float, Callable[[float, float], list[Shape]]]:
            return 2.6 * s, lambda x, y: piece_shapes(kind, x, y + 0.3 * s, 2.2 * s, 0.62 * s)

        def plan(x: float, y: float) -> list[Shape]:
            low = y + 0.6 * s
            return [Path(((x, low), (x + 2.2 * s, low)), ink.QUIET, line=0.09 * s),
                    Path(((x + 0.5 * s, low - 0.2 * s), (x + 0.5 * s, low + 0.2 * s)), ink.QUIET, line=0.09 * s),
                    moved_shape(x + 1.5 * s, low, s)]

        short = next((short for short, _ in self._chart.names), "节")
        signs: list[Sign] = [(f" {word}", *mark(kind, text)) for word, kind, text in (
            ("节点已完成", MarkKind.DONE, short), ("完成但晚于计划", MarkKind.DONE_LATE, short), ("计划", MarkKind.PLANNED, short),
            ("预计", MarkKind.FORECAST, short), ("逾期未完成", MarkKind.OVERDUE, f"{short}!"),
            ("问题办结期限", MarkKind.PROBLEM, PROBLEM_SHORT), ("问题逾期", MarkKind.PROBLEM_LATE, f"{PROBLEM_SHORT}!"))]
        signs += [(f"阶段{kind.label}", *bar(kind)) for kind in PieceKind]
        signs.append(("最初计划（竖线为节点，△为后来又改过的计划）", 2.6 * s, plan))
        signs += [(f"{a}={b}", 0.0, lambda _x, _y: []) for a, b in self._chart.names if a != b and not self._full]
        return signs
