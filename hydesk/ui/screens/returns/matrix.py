"""历期: units × periods, each cell with its word and shape; Enter or a click opens the return."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from hydesk.domain.periods import Period
from hydesk.services.returns.returns_board import NOT_REPORTED, BoardLine, BoardMatrix
from hydesk.ui import tokens
from hydesk.ui.kit.table import Cell
from hydesk.ui.kit.table_model import ColumnHead, Index, TableModel
from hydesk.ui.kit.table_view import Choose, TableView
from hydesk.ui.screens.returns.board_words import color_of, early_or_late, story
from hydesk.ui.style import Theme

CELL_PADDING = 24
"""Pixels left and right of a cell's text."""


def said(line: BoardLine | None) -> str:
    """已入库 迟3天; what is in time needs no more than the status."""
    if line is None:
        return "—"
    late = line.days_late > 0 and (line.rounds or line.status == NOT_REPORTED)
    rounds = f" {line.rounds}次" if line.rounds > 1 else ""
    return line.status + (f" {early_or_late(line)}" if late else "") + rounds


class MatrixModel(TableModel):
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

    def cell(self, row: int, column: int) -> Cell:
        if not column:
            return Cell(self.matrix.units[row], bold=True)
        line = self.line(row, column)
        palette = self._theme.palette
        return Cell(said(line), color=color_of(line.status, palette) if line else None)

    def tip(self, row: int, column: int) -> str:
        line = self.line(row, column)
        return story(line) if line is not None else ""

    def height(self) -> int:
        return len(self.matrix.units)

    def breadth(self) -> int:
        return len(self.matrix.periods) + 1

    def head(self, column: int) -> ColumnHead:
        return ColumnHead("单位" if not column else self.matrix.periods[column - 1].label)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        asked = Qt.ItemDataRole.ToolTipRole if role == Qt.ItemDataRole.AccessibleTextRole else role
        return super().data(index, asked) or None


class MatrixView(TableView):
    """Single cells are current; arrow keys walk them. A click opens one too."""

    cell_opened = Signal(object, object)
    """The BoardLine and the Period of the cell."""
    fitted = Signal(int)
    """How many of the newest periods there is room for; 0 where all are shown."""

    def __init__(self, theme: Theme) -> None:
        self.matrix_model = MatrixModel(theme)
        super().__init__(self.matrix_model, theme, "各单位历期收报情况", Choose.CELLS)
        self.matrix_model.setParent(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.clicked.connect(self._open)
        self.opened.connect(lambda: self._open(self.currentIndex()))

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
        line = self.matrix_model.line(index.row(), index.column()) if index.isValid() else None
        if line is not None:
            self.cell_opened.emit(line, self.matrix_model.matrix.periods[index.column() - 1])

    def copy(self) -> None:
        self.copy_all()  # one cell alone says nothing


def periods_before(period: Period, count: int = 6) -> tuple[Period, ...]:
    """The last ``count`` periods of the same kind and year up to ``period``, oldest first."""
    found = [period]
    while len(found) < count and (earlier := found[-1].previous()).year == period.year:
        found.append(earlier)
    return tuple(reversed(found))
