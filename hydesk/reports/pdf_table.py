"""Tables on the canvas: widths from the content, heads repeated on every page, rows never cut."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate, groupby

from hydesk.reports.column_widths import LEAST, PAD, face_of, measure, measure_dense, words
from hydesk.reports.fonts import Role
from hydesk.reports.grid import Align, PrintRow, PrintRowKind, PrintTable, align_of
from hydesk.reports.pdf_flow import Flow
from hydesk.reports.pdf_page import MM
from hydesk.reports.pdf_text import ASCENT, LaidText, draw_aligned, lay, lines_of

_NOTE_SIZE = 10.5
_NOTE_PITCH = 15.0
_NOTE_LEADING = 1.43
_HEAD_LINES = 6
"""About as high as head, unit and notes are, in lines of the table."""
_SHORT = 16
"""Words of fewer characters are laid out once."""
_CUT = "……（详见台账）"


class TablePrinter:
    """Draws one table through a flow; ``step`` is called after every row. Of two sizes the larger is taken where the
    table fits on the page or would hardly be shorter in the smaller."""

    def __init__(self, flow: Flow, table: PrintTable, size: float | tuple[float, float], step: Callable[[], None],
                 least: float = LEAST) -> None:
        self.flow = flow
        self.table = table
        width = flow.page.block_width
        if isinstance(size, tuple):
            self.grid = measure_dense(flow.fonts, table, width, flow.room - _HEAD_LINES * size[0], size)
        else:
            self.grid = measure(flow.fonts, table, width, size, least=least)
        self.edges = [flow.page.left, *(flow.page.left + edge for edge in accumulate(self.grid.widths))]
        self.note_size = min(_NOTE_SIZE, self.grid.size + 1.0)
        self.step = step
        self.laid: dict[tuple[Role, str, float], list[LaidText]] = {}
        self.head = [[lay(flow.fonts, Role.HEI, t, self.grid.size) for t in c.head] for c in table.columns]
        self.grouped = any(c.group for c in table.columns)

    def draw(self) -> None:
        """Unit line, head, rows over as many pages as it takes, notes."""
        flow = self.flow
        self._head()
        rows = list(self.table.rows)
        for index, row in enumerate(rows):
            cells = self._cells(row)
            height = self._height(cells)
            follow = 0.0
            # Neither the sums nor the notes stand alone on the last page.
            if index == len(rows) - 1:
                follow = self._notes_height()
            elif index == len(rows) - 2 and rows[-1].kind is not PrintRowKind.ITEM:
                follow = self._height(self._cells(rows[-1])) + self._notes_height()
            elif row.kind is PrintRowKind.GROUP:
                follow = self._height(self._cells(rows[index + 1]))
            if height + follow > flow.room:
                flow.begin_page()
                self._head()
            self._row(row, cells, height)
            self.step()
        for line in self._notes():
            flow.line(line, pitch=self.note_size * _NOTE_LEADING)
        flow.y -= min(4 * MM, max(flow.room, 0.0))

    def _notes(self) -> list[LaidText]:
        width = self.flow.page.block_width
        laid = [lay(self.flow.fonts, Role.SONG, note, self.note_size) for note in self.table.notes]
        return [line for note in laid for line in lines_of(note, width, width)]

    def _notes_height(self) -> float:
        """Room for the notes, which stay with the last row; none kept for notes that would fill half a page."""
        height = len(self._notes()) * self.note_size * _NOTE_LEADING
        return height if height < self.flow.page.block_height / 2 else 0.0

    @property
    def head_height(self) -> float:
        """The head, with the line of the unit above it."""
        unit = _NOTE_PITCH if self.table.unit_note else 0.0
        if self.table.headless:
            return unit
        lines = max(len(h) for h in self.head)
        group = self.grid.leading + 2 * PAD if self.grouped else 0.0
        return group + lines * self.grid.leading + 2 * PAD + unit

    @property
    def whole_height(self) -> float:
        """All of it on one page: head, rows, notes and what is left below them."""
        return self.head_height + sum(self._height(self._cells(row)) for row in self.table.rows) + self._notes_height() + 4 * MM

    @property
    def first_height(self) -> float:
        """The first row, with the one below it where it is a heading."""
        lead = self.table.rows[: 2 if self.table.rows and self.table.rows[0].kind is PrintRowKind.GROUP else 1]
        return sum(self._height(self._cells(row)) for row in lead)

    def _head(self) -> None:
        flow, grid = self.flow, self.grid
        flow.canvas.setLineWidth(0.5)
        if self.table.unit_note:
            flow.line(lay(flow.fonts, Role.SONG, self.table.unit_note, min(_NOTE_SIZE, flow.size)), "right", pitch=_NOTE_PITCH)
        if self.table.headless:
            return
        names = max(len(h) for h in self.head) * grid.leading + 2 * PAD
        above = grid.leading + 2 * PAD if self.grouped else 0.0
        top = flow.y
        for index, column in enumerate(self.table.columns):
            upper = top - (above if column.group else 0.0)
            height = names if column.group else names + above
            self._box(index, 1, upper, height, self.head[index], Align.CENTER)
        start = 0
        for group, columns in groupby(self.table.columns, key=lambda c: c.group):
            span = len(list(columns))
            if group:
                self._box(start, span, top, above, [lay(flow.fonts, Role.HEI, group, grid.size)], Align.CENTER)
            start += span
        flow.y -= names + above

    def _cells(self, row: PrintRow) -> list[list[LaidText]]:
        grid, fonts, role = self.grid, self.flow.fonts, face_of(row.kind)
        if row.kind is PrintRowKind.GROUP:
            width = sum(grid.widths) - 2 * PAD
            return [lines_of(lay(fonts, role, words(row.cells[0]), grid.size), width, width)]
        most = self._most_lines()
        made: list[list[LaidText]] = []
        for index, cell in enumerate(row.cells):
            across = row.kind is PrintRowKind.WIDE and index == 1
            width = (sum(grid.widths[1:]) if across else grid.widths[index]) - 2 * (PAD if across else grid.pad(index))
            face = Role.HEI if self.table.columns[index].label else role
            # Many cells say the same: 新建, 0.00, ●正常.
            said = (face, words(cell), width)
            lines = self.laid.get(said) or lines_of(lay(fonts, face, said[1], grid.size), width, width)
            if len(said[1]) < _SHORT:
                self.laid[said] = lines
            if len(lines) > most:
                lines = [*lines[: most - 1], lay(fonts, role, _CUT, grid.size)]
            made.append(lines)
        return made

    def _most_lines(self) -> int:
        """How many lines a row may have so that it fits on a page of its own."""
        room = self.flow.page.block_height - self.head_height - 2 * PAD
        return max(int(room / self.grid.leading), 2)

    def _height(self, cells: Sequence[Sequence[LaidText]]) -> float:
        return max((len(lines) for lines in cells), default=1) * self.grid.leading + 2 * PAD

    def _row(self, row: PrintRow, cells: Sequence[Sequence[LaidText]], height: float) -> None:
        flow = self.flow
        if row.kind is PrintRowKind.GROUP:
            self._box(0, len(self.table.columns), flow.y, height, cells[0], Align.LEFT)
        elif row.kind is PrintRowKind.WIDE:
            self._box(0, 1, flow.y, height, cells[0], Align.CENTER)
            self._box(1, len(self.table.columns) - 1, flow.y, height, cells[1], Align.LEFT)
        else:
            for index, (lines, part) in enumerate(zip(cells, row.cells, strict=True)):
                self._box(index, 1, flow.y, height, lines, align_of(row, self.table.columns[index], part))
        flow.y -= height

    def _box(self, index: int, span: int, top: float, height: float, lines: Sequence[LaidText], align: Align) -> None:
        """A bordered cell ``span`` columns wide with its lines in the middle of its height."""
        grid, canvas = self.grid, self.flow.canvas
        left, width = self.edges[index], self.edges[index + span] - self.edges[index]
        canvas.rect(left, top - height, width, height, stroke=1, fill=0)
        y = top - (height - len(lines) * grid.leading) / 2 - (grid.leading - grid.size) / 2 - ASCENT * grid.size
        pad = grid.pad(index) if span == 1 and align is Align.RIGHT else PAD
        for line in lines:
            draw_aligned(canvas, line, left + pad, width - 2 * pad, y, align.value)
            y -= grid.leading
