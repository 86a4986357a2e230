"""A table model for short lists: columns as data over a list of values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from hydesk.ui.clipboard import rows_data
from hydesk.ui.kit import table as tables
from hydesk.ui.kit.drag_out import drag_out
from hydesk.ui.kit.meant import head_role
from hydesk.ui.kit.widths import dragged
from hydesk.ui.plain import plain_text
from hydesk.ui.style import Theme

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class SimpleColumn:
    """One column: head, text of a value, and how it is set. ``width`` 0 takes the room that is left."""

    head: str
    text: Callable[[Any], str]
    width: int
    right: bool = False
    color: Callable[[Any], QColor | None] | None = None
    bold: Callable[[Any], bool] | None = None
    tip: Callable[[Any], str] | None = None
    copied: Callable[[Any], str] | None = None
    """What goes to Excel where the text shown is shortened."""
    measure: str = ""
    """Ids of the measures that stand in the column."""


def _one_line(text: str) -> str:
    """A county's line breaks do not belong in a row of 28 pixels."""
    return " ".join(text.splitlines()) if "\n" in text or "\r" in text else text


class SimpleModel(QAbstractTableModel):
    """Shows ``items``; a row's texts are worked out when it is first looked at, so that thousands cost nothing."""

    def __init__(self, columns: Sequence[SimpleColumn], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.items: list[Any] = []
        self._texts: list[list[str] | None] = []

    def show_items(self, items: Sequence[Any]) -> None:
        """Show other items."""
        self.beginResetModel()
        self.items = list(items)
        self._texts = [None] * len(self.items)
        self.endResetModel()

    def refresh_row(self, row: int) -> None:
        """Work the texts of one row out again."""
        self._texts[row] = None
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))

    def refresh_all(self) -> None:
        """Work all texts out again; selection and scroll stay."""
        if self.items:
            self._texts = [None] * len(self.items)
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.items) - 1, len(self.columns) - 1))

    def _row(self, row: int) -> list[str]:
        texts = self._texts[row]
        if texts is None:
            texts = self._texts[row] = [_one_line(c.text(self.items[row])) for c in self.columns]
        return texts

    def cell(self, row: int, column: int) -> tables.Cell:
        """How a cell is painted."""
        item, own = self.items[row], self.columns[column]
        return tables.Cell(self._row(row)[column], own.right, own.color(item) if own.color else None,
                           bool(own.bold and own.bold(item)))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.items)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._row(index.row())[index.column()]
        if role == Qt.ItemDataRole.EditRole and column.copied is not None:
            return column.copied(self.items[index.row()])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_text(column.tip(self.items[index.row()]) if column.tip else self._row(index.row())[index.column()])
        if role == Qt.ItemDataRole.ForegroundRole and column.color:
            return column.color(self.items[index.row()])
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.columns[section].head
            if role == Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
            return head_role(self.columns[section].measure, role)
        return None


class SimpleTable(QTableView):
    """A table in the house's form over a SimpleModel."""

    def __init__(self, columns: Sequence[SimpleColumn], theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.simple = SimpleModel(columns, self)
        self.setModel(self.simple)
        tables.set_up(self, theme, self.simple, name=name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        tables.RowHover(self)
        drag_out(self).content = self._drag_data
        self.set_widths()

    def set_widths(self) -> None:
        """Columns as wide as dragged, else as usual; one without a width takes the room that is left."""
        widths, head = dragged(self), self.horizontalHeader()
        for i, column in enumerate(self.simple.columns):
            if column.width:
                self.setColumnWidth(i, widths.of(i, column.width))
            else:
                head.setSectionResizeMode(i, QHeaderView.ResizeMode.Stretch)

    def _drag_data(self, table: QTableView, head: bool) -> QMimeData | None:
        """What Ctrl+C would copy: the row with its heads, or the block where several can be chosen."""
        if self.selectionMode() != QAbstractItemView.SelectionMode.SingleSelection:
            return tables.block_data(table, head)
        lines = tables.whole_rows(self, [self.currentIndex().row()])
        return rows_data(lines) if lines else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        whole = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if event.matches(QKeySequence.StandardKey.Copy):
            tables.copy_rows(self, [self.currentIndex().row()])
        elif event.key() == Qt.Key.Key_C and event.modifiers() == whole:
            tables.copy_rows(self)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = tables.copy_menu(self)
        menu.popup(event.globalPos())

    def current(self) -> Any:
        """The value of the current row, or None."""
        index = self.currentIndex()
        return self.simple.items[index.row()] if index.isValid() else None
