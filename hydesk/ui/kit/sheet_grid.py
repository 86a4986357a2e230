"""The county's own sheet as it looks: merged cells, widths, and the cells in question marked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from hydesk.domain.findings import Level
from hydesk.domain.grid import CellValue, Sheet, column_letter
from hydesk.ui import style, tokens
from hydesk.ui.kit.drag_out import DragOut
from hydesk.ui.kit.table import block_data, copy_block
from hydesk.ui.plain import plain_text
from hydesk.ui.style import Theme

Index = QModelIndex | QPersistentModelIndex
ROW = 24
MOST_SPANS = 3000
_CELL = re.compile(r"([A-Z]+)(\d+)")


def place_of(cell: str) -> tuple[int, int] | None:
    """H7 → (7, 8)."""
    found = _CELL.fullmatch(cell)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def said(value: CellValue) -> str:
    """A cell as a spreadsheet would show it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.10g}" if value != int(value) or abs(value) > 1e15 else str(int(value))
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d") if not (value.hour or value.minute) else value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


class SheetModel(QAbstractTableModel):
    """One sheet with its letters and row numbers; ``marks`` colours cells, by (row, column) from 1."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.sheet: Sheet | None = None
        self._marks: Mapping[tuple[int, int], Level] = {}
        self._heads: frozenset[int] = frozenset()
        self._tinted: frozenset[tuple[int, int]] = frozenset()
        self._fields: Mapping[int, str] = {}
        self._bold = QFont(style.font(tokens.SMALL_PT, bold=True))
        self._centred: set[tuple[int, int]] = set()
        self._width = 0

    def show_sheet(self, sheet: Sheet | None, marks: Mapping[tuple[int, int], Level], heads: frozenset[int]) -> None:
        """Show ``sheet``; ``heads`` are its head rows."""
        self.beginResetModel()
        self.sheet, self._marks, self._heads = sheet, marks, heads
        self._width = sheet.width if sheet else 0
        self._centred = {(m.top, m.left) for m in sheet.merges} if sheet else set()
        self.endResetModel()

    def mark(self, marks: Mapping[tuple[int, int], Level]) -> None:
        """Colour other cells of the same sheet."""
        self._marks = marks
        if self.sheet is not None and self.sheet.rows and self._width:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.sheet.rows) - 1, self._width - 1))

    def tint(self, cells: frozenset[tuple[int, int]]) -> None:
        """Show ``cells`` as proposed and not yet written."""
        self._tinted = cells
        self.mark(self._marks)

    def grey(self, heads: frozenset[int]) -> None:
        """Other rows of the same sheet are its head."""
        self._heads = heads
        self.mark(self._marks)

    def name_fields(self, fields: Mapping[int, str]) -> None:
        """What columns (from 1) were read for, said beside their letters."""
        if fields != self._fields:
            self._fields = dict(fields)
            if self._width:
                self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self._width - 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self.sheet is None else len(self.sheet.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._width

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.sheet is None:
            return None
        at = (index.row() + 1, index.column() + 1)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_text(said(self.sheet.cell(*at)))
        if role == Qt.ItemDataRole.DisplayRole:
            return said(self.sheet.cell(*at))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            if at[0] in self._heads or at in self._centred:
                return Qt.AlignmentFlag.AlignCenter
            number = isinstance(self.sheet.cell(*at), int | float)
            return (Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.BackgroundRole:
            return self._ground(at)
        if role == Qt.ItemDataRole.FontRole and at[0] in self._heads:
            return self._bold
        return None

    def _ground(self, at: tuple[int, int]) -> QColor | None:
        palette = self._theme.palette
        level = self._marks.get(at)
        if level is Level.ERROR:
            return QColor(palette.mark_error)
        if level is Level.WARNING:
            return QColor(palette.mark_warning)
        if at in self._tinted:
            return palette.pending()
        return QColor(palette.faint) if at[0] in self._heads else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            if orientation != Qt.Orientation.Horizontal:
                return str(section + 1)
            return f"{column_letter(section + 1)} {self._fields.get(section + 1, '')}".strip()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        return None


class MarkDelegate(QStyledItemDelegate):
    """Draws a frame round the cell in question."""

    def __init__(self, theme: Theme, view: QTableView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if index == self._view.currentIndex():
            painter.setPen(QPen(QColor(self._theme.palette.serious), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))


class SheetGrid(QTableView):
    """Shows one sheet and jumps to a cell."""

    edit_wanted = Signal(int, int)
    """Row and column, from 1, of the cell whose value a person wants to correct (F2, Enter or a double click)."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("grid")
        self.setAccessibleName("来表原样")
        self.sheet_model = SheetModel(theme, self)
        self.setModel(self.sheet_model)
        self.setItemDelegate(MarkDelegate(theme, self))
        DragOut(self, block_data)
        self.setWordWrap(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.setMinimumSectionSize(18)
        rows.setDefaultSectionSize(tokens.wide(ROW))
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setHighlightSections(False)
        self.horizontalHeader().setFixedHeight(tokens.wide(22))
        self.horizontalHeader().setHighlightSections(False)
        self.setFont(style.font(tokens.SMALL_PT))
        self.doubleClicked.connect(lambda index: self.edit_wanted.emit(index.row() + 1, index.column() + 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.edit_wanted.emit(index.row() + 1, index.column() + 1)
        elif event.matches(QKeySequence.StandardKey.Copy):
            copy_block(self)
        else:
            super().keyPressEvent(event)

    def show_sheet(self, sheet: Sheet | None, marks: Mapping[tuple[int, int], Level], heads: frozenset[int]) -> None:
        """Show ``sheet`` with its merged cells and widths."""
        if sheet is self.sheet_model.sheet and sheet is not None:
            self.sheet_model.mark(marks)
            return
        self.clearSpans()
        self.sheet_model.show_sheet(sheet, marks, heads)
        if sheet is None:
            return
        for span in sheet.merges[:MOST_SPANS]:
            high, wide = span.bottom - span.top + 1, span.right - span.left + 1
            if high * wide > 1 and span.top <= len(sheet.rows):
                self.setSpan(span.top - 1, span.left - 1, high, wide)
        for column in range(1, sheet.width + 1):
            said_width = sheet.column_widths.get(column)
            self.setColumnWidth(column - 1, int(said_width * 7.5) + 8 if said_width else self._guess(sheet, column))
            self.setColumnHidden(column - 1, column in sheet.hidden_columns)

    def _guess(self, sheet: Sheet, column: int) -> int:
        metrics = self.fontMetrics()
        merged = {(m.top, m.left) for m in sheet.merges if m.right > m.left}
        shown = (said(sheet.cell(r, column))[:24] for r in range(1, min(len(sheet.rows), 60) + 1) if (r, column) not in merged)
        return min(220, max(44, max((metrics.horizontalAdvance(t) for t in shown), default=0) + 16))

    def show_cell(self, cell: str | None, row: int | None) -> None:
        """Bring a cell, or a row, into sight and frame it."""
        at = place_of(cell) if cell else None
        if at is None and row:
            at = (row, 1)
        if at is None:
            return
        index = self.sheet_model.index(at[0] - 1, at[1] - 1)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
