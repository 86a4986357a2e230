"""What the models of all tables answer alike: texts, sides, tips and heads, from a few words about rows and columns."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from hydesk.dataclass import dataclass
from hydesk.ui.kit.meant import MEASURE_ROLE, head_words
from hydesk.ui.kit.table import Cell
from hydesk.ui.plain import plain_text

Index = QModelIndex | QPersistentModelIndex
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """The head of a column."""

    text: str
    right: bool = False
    measure: str = ""
    """Ids of the measures that stand in the column."""
    tip: str = ""
    """What is said on hover after the measures' words."""


class TableModel(QAbstractTableModel):
    """A model says how many rows and columns it has, each column's head and how each cell is painted; the rest follows.

    ``text`` may be given too where a cell's words are had for less than the whole cell.
    """

    def height(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def breadth(self) -> int:
        """How many columns there are."""
        raise NotImplementedError

    def head(self, column: int) -> ColumnHead:
        """The head of ``column``."""
        raise NotImplementedError

    def cell(self, row: int, column: int) -> Cell:
        """How a cell is painted."""
        raise NotImplementedError

    def text(self, row: int, column: int) -> str:
        """The words of a cell."""
        return self.cell(row, column).text

    def tip(self, row: int, column: int) -> str:
        """What is said on hover; the words, which may be elided, where nothing else is."""
        return self.text(row, column)

    def entered(self, row: int, column: int) -> str:
        """What is copied, and edited, in place of the words shown; empty where those are meant."""
        return ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self.height()

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self.breadth()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if self.head(column).right else LEFT
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_text(self.tip(row, column))
        if role == Qt.ItemDataRole.EditRole:
            return self.entered(row, column)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self.cell(row, column).color
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.head(section).text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if self.head(section).right else LEFT
        if role == MEASURE_ROLE:
            return self.head(section).measure or None
        if role == Qt.ItemDataRole.ToolTipRole:
            own = self.head(section)
            return plain_text("\n".join(t for t in (head_words(own.measure), own.tip) if t)) or None
        return None

    def redraw(self) -> None:
        """Say that every cell may have changed, the rows staying what they are."""
        if self.height() and self.breadth():
            self.dataChanged.emit(self.index(0, 0), self.index(self.height() - 1, self.breadth() - 1))

    def redraw_heads(self) -> None:
        """Say that every head may have changed."""
        if self.breadth():
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.breadth() - 1)
