"""The view of every table: the house's form, Enter opens, Ctrl+C copies what is selected with its heads."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum

from PySide6.QtCore import QMimeData, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from hydesk.ui.clipboard import rows_data
from hydesk.ui.kit import table as tables
from hydesk.ui.kit.drag_out import drag_out
from hydesk.ui.kit.keys import Keys, bind
from hydesk.ui.kit.table_model import TableModel
from hydesk.ui.style import Theme

_PAD = Qt.KeyboardModifier.KeypadModifier


class Choose(Enum):
    """What can be selected."""

    ROW = "one row"
    ROWS = "several rows"
    CELLS = "blocks of cells"


class TableView(QTableView):
    """A table over a TableModel. What is selected is copied, and dragged, as Excel takes it."""

    opened = Signal()
    """Enter or a double click on a row."""
    copied = Signal(int)
    """How many rows Ctrl+C has copied."""

    def __init__(self, model: TableModel, theme: Theme, name: str, choose: Choose = Choose.ROW,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choose = choose
        self.setModel(model)
        tables.set_up(self, theme, model, name=name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection if choose is Choose.ROW
                              else QAbstractItemView.SelectionMode.ExtendedSelection)
        if choose is Choose.CELLS:
            self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        else:
            drag_out(self).content = self._dragged
        self.hover()
        self.doubleClicked.connect(self._double)

    def hover(self) -> None:
        """The row under the pointer is marked."""
        tables.RowHover(self)

    def _double(self, _index: QModelIndex) -> None:
        self.opened.emit()

    def chosen_rows(self) -> list[int]:
        """The rows of which something is selected, from the top."""
        return sorted({r for block in tables.selected_blocks(self) for r in range(block.top(), block.bottom() + 1)})

    def copy(self) -> None:
        """Ctrl+C: what is selected, to be pasted into Excel; whole rows go with their heads, columns left out too."""
        if self.choose is Choose.CELLS:
            rows = tables.copy_block(self, head=drag_out(self).head)
        else:
            rows = tables.copy_rows(self, self.chosen_rows())
        if rows:
            self.copied.emit(rows)

    def copy_all(self) -> None:
        """Ctrl+Shift+C: the whole table with its heads."""
        if rows := tables.copy_rows(self):
            self.copied.emit(rows)

    def _dragged(self, _table: QTableView, _head: bool) -> QMimeData | None:
        lines = tables.whole_rows(self, self.chosen_rows())
        return rows_data(lines) if lines else None

    def bind(self, keys: Iterable[tuple[Keys, Callable[[], object]]]) -> None:
        """Keys that do something while the table has the keyboard."""
        bind(self, keys, alone=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        whole = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_PAD:
            self.opened.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_C and event.modifiers() == whole:
            self.copy_all()
        else:
            super().keyPressEvent(event)

    def on_menu(self, open_at: Callable[[QPoint], object]) -> None:
        """The right button asks for a menu of the screen's own, at a point of the desktop."""
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda at: open_at(self.viewport().mapToGlobal(at)))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        tables.copy_menu(self, self.copy, self.copy_all).popup(event.globalPos())
