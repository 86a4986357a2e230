"""A few rows of a county's sheet as evidence: its head rows and its name column always there, what each column was read
for over its letter, the cell in question framed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from hydesk.dataclass import dataclass
from hydesk.domain.findings import Level
from hydesk.domain.grid import Sheet, column_letter
from hydesk.ui import style, tokens
from hydesk.ui.kit.drag_out import DragOut
from hydesk.ui.kit.sheet_grid import said
from hydesk.ui.kit.table import Cell, block_data, copy_block
from hydesk.ui.kit.table_model import ColumnHead, TableModel
from hydesk.ui.plain import plain_text
from hydesk.ui.style import Theme

Index = QModelIndex | QPersistentModelIndex
ROW = 24
LEAST, MOST, NAMES_MOST = 64, 190, 250
"""Points of a column's width; the name column may be wider."""
MOST_HEADS = 3


@dataclass(frozen=True, slots=True)
class StripCut:
    """What of a sheet is shown: rows and columns count from 1, ``fields`` are the words over the letters."""

    sheet: Sheet
    heads: tuple[int, ...]
    rows: tuple[int, ...]
    names: int | None
    """The column of the names."""
    columns: tuple[int, ...]
    """The other columns worth showing, in order."""
    fields: dict[int, str] = field(default_factory=dict)
    marks: dict[tuple[int, int], Level] = field(default_factory=dict)
    """The cells in question."""
    first: frozenset[int] = frozenset()
    """Columns that are shown before others: those of figures."""


def cut_strip(sheet: Sheet, heads: Sequence[int], at: Sequence[tuple[int, int | None]], fields: dict[int, str], names: int | None,
              level: Level, first: frozenset[int] = frozenset()) -> StripCut:
    """The heads, the rows ``at`` (row, column or None) with their neighbours, and the columns that were understood."""
    last = len(sheet.rows)
    heads = tuple(h for h in heads if 1 <= h <= last)[-MOST_HEADS:]
    wanted: list[int] = []
    for row, _ in at:
        around = (row - 1, row, row + 1) if len(at) == 1 else (row,)
        wanted += [r for r in around if 1 <= r <= last and r not in heads and not (heads and r < min(heads) and r != row)]
    asked = {c for _, c in at if c is not None}
    columns = sorted({*fields, *asked} - ({names} if names is not None else set()) - (sheet.hidden_columns - asked))
    marks = {(r, c if c is not None else (names or 1)): level for r, c in at}
    return StripCut(sheet, heads, tuple(dict.fromkeys(sorted(wanted))), names, tuple(columns), fields, marks, first)


class _Model(TableModel):
    """The cut, heads first."""

    def __init__(self) -> None:
        super().__init__()
        self.cut: StripCut | None = None
        self.columns: list[int] = []
        self.lines: list[int] = []

    def show(self, cut: StripCut | None, columns: Sequence[int]) -> None:
        self.beginResetModel()
        self.cut, self.columns = cut, list(columns)
        self.lines = [*cut.heads, *cut.rows] if cut is not None else []
        self.endResetModel()

    def height(self) -> int:
        return len(self.lines)

    def breadth(self) -> int:
        return len(self.columns)

    def head(self, column: int) -> ColumnHead:
        number = self.columns[column]
        told = self.cut.fields.get(number, "") if self.cut is not None else ""
        return ColumnHead(f"{column_letter(number)} {told}".strip())

    def value(self, row: int, column: int) -> Any:
        """What stands there; in a head, what the merged cell around it says."""
        assert self.cut is not None
        line, number, sheet = self.lines[row], self.columns[column], self.cut.sheet
        held = sheet.cell(line, number)
        if held is None and line in self.cut.heads:
            over = next((m for m in sheet.merges if m.top <= line <= m.bottom and m.left <= number <= m.right), None)
            held = sheet.cell(over.top, over.left) if over is not None else None
        return held

    def cell(self, row: int, column: int) -> Cell:
        value = self.value(row, column)
        is_head = self.cut is not None and self.lines[row] in self.cut.heads
        return Cell(" ".join(said(value).split()), isinstance(value, int | float) and not isinstance(value, bool), None, is_head)

    def tip(self, row: int, column: int) -> str:
        return said(self.value(row, column))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical and role == Qt.ItemDataRole.DisplayRole:
            return str(self.lines[section])
        if role == Qt.ItemDataRole.ToolTipRole and orientation == Qt.Orientation.Horizontal:
            return plain_text(self.head(section).text)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        return super().headerData(section, orientation, role)


class _Delegate(QStyledItemDelegate):
    """Heads on their ground, the cell in question tinted and framed."""

    def __init__(self, theme: Theme, model: _Model, view: QTableView) -> None:
        super().__init__(view)
        self._theme, self._model = theme, model
        self._font, self._bold = style.figures(tokens.SMALL_PT), style.figures(tokens.SMALL_PT, bold=True)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        palette, model, cut = self._theme.palette, self._model, self._model.cut
        if cut is None:
            return
        rect = option.rect
        line, number = model.lines[index.row()], model.columns[index.column()]
        level, is_head = cut.marks.get((line, number)), line in cut.heads
        asked = any(r == line for r, _ in cut.marks)
        ground = palette.faint if is_head else palette.surface
        if level is not None:
            ground = {Level.ERROR: palette.mark_error, Level.WARNING: palette.mark_warning}.get(level, palette.faint)
        painter.fillRect(rect, QColor(ground))
        painter.setPen(QColor(palette.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        cell = model.cell(index.row(), index.column())
        painter.setFont(self._bold if cell.bold else self._font)
        painter.setPen(QColor(palette.text if asked or is_head else palette.quiet))
        side = Qt.AlignmentFlag.AlignCenter if is_head else Qt.AlignmentFlag.AlignRight if cell.right else Qt.AlignmentFlag.AlignLeft
        room = rect.adjusted(6, 0, -6, 0)
        shown = painter.fontMetrics().elidedText(cell.text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, shown)
        if level is not None:
            painter.setPen(QPen(palette.of_level(level), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))


class SheetStrip(QTableView):
    """As many columns as have room, the one in question always; the whole sheet is somewhere else (``whole_wanted``)."""

    whole_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("grid")
        self.setAccessibleName("来表这几行")
        self.strip = _Model()
        self.setModel(self.strip)
        self.setItemDelegate(_Delegate(theme, self.strip, self))
        DragOut(self, block_data)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setFont(style.font(tokens.SMALL_PT))
        rows, head = self.verticalHeader(), self.horizontalHeader()
        rows.setMinimumSectionSize(18)
        rows.setDefaultSectionSize(tokens.wide(ROW))
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setHighlightSections(False)
        head.setFixedHeight(tokens.wide(24))
        head.setHighlightSections(False)
        head.setMinimumSectionSize(30)
        self._cut: StripCut | None = None
        self.doubleClicked.connect(lambda _i: self.whole_wanted.emit())

    def show_cut(self, cut: StripCut | None) -> None:
        """Show ``cut``; nothing for None."""
        self._cut = cut
        self._fit()
        self.setVisible(cut is not None and bool(cut.rows))

    def _fit(self) -> None:
        """Choose the columns that have room and set their widths."""
        cut = self._cut
        if cut is None:
            self.strip.show(None, ())
            return
        widths = {c: self._width_of(cut, c) for c in (*((cut.names,) if cut.names is not None else ()), *cut.columns)}
        room = self.width() - self.verticalHeader().sizeHint().width() - 2 * self.frameWidth() - 2
        chosen = _that_fit(cut, widths, room)
        shown = [*((cut.names,) if cut.names is not None else ()), *chosen]
        self.strip.show(cut, shown)
        spare = max(0, room - sum(widths[c] for c in shown))
        for i, c in enumerate(shown):
            more = spare if c == cut.names else 0
            self.setColumnWidth(i, widths[c] + (min(more, tokens.wide(120)) if more else 0))
        self.updateGeometry()

    def _width_of(self, cut: StripCut, column: int) -> int:
        metrics, small = QFontMetrics(style.figures(tokens.SMALL_PT, bold=True)), QFontMetrics(self.font())
        texts = [" ".join(said(cut.sheet.cell(r, column)).split())[:30] for r in (*cut.heads, *cut.rows)]
        told = small.horizontalAdvance(f"{column_letter(column)} {cut.fields.get(column, '')}") + 18
        most = NAMES_MOST if column == cut.names else MOST
        return max(min(tokens.wide(most), max([told, *(metrics.horizontalAdvance(t) + 18 for t in texts)])), tokens.wide(LEAST), min(told, tokens.wide(MOST)))

    def sizeHint(self) -> QSize:
        rows = len(self.strip.lines)
        return QSize(400, self.horizontalHeader().height() + rows * tokens.wide(ROW) + 2 * self.frameWidth() + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, min(self.sizeHint().height(), tokens.wide(24 + 4 * ROW)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            copy_block(self)
        else:
            super().keyPressEvent(event)


def _that_fit(cut: StripCut, widths: dict[int, int], room: int) -> list[int]:
    """The columns in question first, then those that were understood nearest to them, in the sheet's order."""
    asked = [c for c in dict.fromkeys(c for _, c in cut.marks) if c in widths and c != cut.names]
    left = room - (widths[cut.names] if cut.names is not None else 0)
    chosen: list[int] = []
    middle = asked[0] if asked else (cut.columns[0] if cut.columns else 0)
    for c in [*asked, *sorted((c for c in cut.columns if c not in asked), key=lambda c: (c not in cut.first, c not in cut.fields, abs(c - middle)))]:
        if widths[c] <= left or c in asked[:1]:
            chosen.append(c)
            left -= widths[c]
    return sorted(chosen)
