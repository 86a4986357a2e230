"""历期: units × periods, each cell with its word and shape; Enter or a click opens the return."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from hydesk.domain.periods import Period
from hydesk.services.returns.returns_board import NOT_REPORTED, BoardLine, BoardMatrix
from hydesk.ui import tokens
from hydesk.ui.kit import table as tables
from hydesk.ui.plain import plain_text
from hydesk.ui.screens.returns.board_words import color_of, early_or_late, in_words, story
from hydesk.ui.style import Theme

Index = QModelIndex | QPersistentModelIndex
CELL_PADDING = 24
"""Pixels left and right of a cell's text."""


def said(line: BoardLine | None) -> str:
    """● 已入库 迟3天; what is in time needs no more than the status."""
    if line is None:
        return "—"
    late = line.days_late > 0 and (line.rounds or line.status == NOT_REPORTED)
    rounds = f" {line.rounds}次" if line.rounds > 1 else ""
    return in_words(line.status) + (f" {early_or_late(line)}" if late else "") + rounds


class MatrixModel(QAbstractTableModel):
    """The unit at the left, then a column for each period."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.matrix = BoardMatrix((), (), {})

    def show_matrix(self, matrix: BoardMatrix) -> None:
        """Show ``matrix``."""
        self.beginResetModel()
        self.matrix = matrix
        self.endResetModel()

    def line(self, row: int, column: int) -> BoardLine | None:
        """What stands in a cell; None in the first column."""
        if not column:
            return None
        return self.matrix.cells.get((self.matrix.units[row], self.matrix.periods[column - 1]))

    def cell(self, row: int, column: int) -> tables.Cell:
        """How a cell is painted."""
        if not column:
            return tables.Cell(self.matrix.units[row], bold=True)
        line = self.line(row, column)
        palette = self._theme.palette
        return tables.Cell(said(line), color=color_of(line.status, palette) if line else None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.matrix.units)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.matrix.periods) + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(index.row(), index.column()).text
        line = self.line(index.row(), index.column())
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole) and line is not None:
            return plain_text(story(line))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return "单位" if not section else self.matrix.periods[section - 1].label
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class MatrixView(QTableView):
    """Single cells are current; arrow keys walk them."""

    opened = Signal(object, object)
    """The BoardLine and the Period of the cell."""
    fitted = Signal(int)
    """How many of the newest periods there is room for; 0 where all are shown."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.matrix_model = MatrixModel(theme, self)
        self.setModel(self.matrix_model)
        tables.set_up(self, theme, self.matrix_model, name="各单位历期收报情况")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.clicked.connect(self._open)

    def show_matrix(self, matrix: BoardMatrix) -> None:
        """Show ``matrix``; the newest period is in sight."""
        self.matrix_model.show_matrix(matrix)
        head = self.horizontalHeader()
        self.setColumnWidth(0, tokens.wide(108))
        for column in range(1, len(matrix.periods) + 1):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In a narrow window the oldest periods give way: a cell cut short would hide how late a return was."""
        model, metrics = self.matrix_model, self.fontMetrics()
        count = len(model.matrix.periods)
        texts = [said(line) for line in model.matrix.cells.values()] + [p.label for p in model.matrix.periods]
        widest = max((metrics.horizontalAdvance(t) for t in texts), default=0) + CELL_PADDING
        bar = self.verticalScrollBar().sizeHint().width()
        shown = max(1, min(count, (self.width() - self.columnWidth(0) - bar) // widest))
        for column in range(1, count + 1):
            hide = column <= count - shown
            if self.isColumnHidden(column) != hide:
                self.setColumnHidden(column, hide)
        self.fitted.emit(shown if shown < count else 0)

    def _open(self, index: QModelIndex) -> None:
        line = self.matrix_model.line(index.row(), index.column())
        if line is not None:
            self.opened.emit(line, self.matrix_model.matrix.periods[index.column() - 1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy) or (event.key() == Qt.Key.Key_C and event.modifiers() == (
                Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)):
            tables.copy_rows(self)
        else:
            super().keyPressEvent(event)


def periods_before(period: Period, count: int = 6) -> tuple[Period, ...]:
    """The last ``count`` periods of the same kind and year up to ``period``, oldest first."""
    found = [period]
    while len(found) < count and (earlier := found[-1].previous()).year == period.year:
        found.append(earlier)
    return tuple(reversed(found))
