"""A table over a list of values: columns as data, several rows selected, sorted by a click on the head."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from hydesk.ui import tokens
from hydesk.ui.kit import table as tables
from hydesk.ui.kit.drag_out import drag_out
from hydesk.ui.kit.meant import head_role
from hydesk.ui.kit.widths import dragged
from hydesk.ui.plain import plain_text
from hydesk.ui.style import Theme

Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column. ``order`` is the sort key where the text's own order is not meant; None sorts last."""

    key: str
    head: str
    text: Callable[[Any], str]
    width: int
    order: Callable[[Any], Any] | None = None
    right: bool = False
    color: Callable[[Any], QColor | None] | None = None
    bold: Callable[[Any], bool] | None = None
    tip: Callable[[Any], str] | None = None
    stretch: bool = False
    """Takes of the room that is left; ``width`` is then the least."""
    measure: str = ""
    """Ids of the measures that stand in the column."""


class ListModel(QAbstractTableModel):
    """Shows ``items`` in an order; texts are worked out once when the items are set."""

    def __init__(self, columns: Sequence[ListColumn], key: Callable[[Any], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.items: list[Any] = []
        self.sorted_by: tuple[int, bool] | None = None
        self._key = key
        self._given: list[Any] = []
        self._texts: dict[int, list[str]] = {}

    def show_items(self, items: Sequence[Any]) -> None:
        """Show other items, in the order chosen before."""
        self.beginResetModel()
        self._given = list(items)
        self._arrange()
        self.endResetModel()

    def show_order(self, column: int, descending: bool) -> None:
        """Sort by ``column``; -1 goes back to the order given."""
        self.beginResetModel()
        self.sorted_by = None if column < 0 else (column, descending)
        self._arrange()
        self.endResetModel()

    def show_columns(self, columns: Sequence[ListColumn]) -> None:
        """Show other columns of the same items."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.sorted_by = None
        self._arrange()
        self.endResetModel()

    def _arrange(self) -> None:
        self.items = self._given
        if self.sorted_by is not None:
            column, descending = self.columns[self.sorted_by[0]], self.sorted_by[1]
            order = column.order or column.text
            known = [(k, i) for i, x in enumerate(self._given) if (k := order(x)) not in (None, "")]
            known.sort(key=lambda pair: pair[0], reverse=descending)
            placed = {i for _, i in known}
            rest = [x for i, x in enumerate(self._given) if i not in placed]
            self.items = [self._given[i] for _, i in known] + rest
        self._texts = {}

    def text(self, row: int, column: int) -> str:
        """The text of a cell; a row's texts are worked out when it is first seen."""
        held = self._texts.get(row)
        if held is None:
            item = self.items[row]
            held = self._texts[row] = [" ".join(c.text(item).split()) for c in self.columns]
        return held[column]

    def row_of(self, key: Any) -> int:
        """Where the item of this key stands; -1 when it is not shown."""
        return next((r for r, x in enumerate(self.items) if self._key(x) == key), -1)

    def key(self, row: int) -> Any:
        """The key of the item in ``row``."""
        return self._key(self.items[row])

    def cell(self, row: int, column: int) -> tables.Cell:
        """How a cell is painted."""
        item, own = self.items[row], self.columns[column]
        return tables.Cell(self.text(row, column), own.right, own.color(item) if own.color else None,
                           bool(own.bold and own.bold(item)))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.items)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.right else _LEFT
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_text(column.tip(self.items[row]) if column.tip else column.text(self.items[row]))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                mark = ""
                if self.sorted_by and self.sorted_by[0] == section:
                    mark = " ▼" if self.sorted_by[1] else " ▲"
                return self.columns[section].head + mark
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if self.columns[section].right else _LEFT
            return head_role(self.columns[section].measure, role)
        return None


class Listing(QTableView):
    """The table: Enter opens, Ctrl+C copies, a click on the head sorts; selection is kept by key."""

    opened = Signal()
    """Enter or a double click on a row."""
    chosen = Signal()
    """Other rows are selected."""
    copied = Signal(int)

    MODEL: type[ListModel] = ListModel
    """The kind of model; one whose cells can be typed in is another."""

    def __init__(self, columns: Sequence[ListColumn], key: Callable[[Any], Any], theme: Theme, name: str,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = self.MODEL(columns, key, self)
        self.setModel(self.list)
        tables.set_up(self, theme, self.list, name=name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.horizontalHeader().setSectionsClickable(True)
        self.horizontalHeader().sectionClicked.connect(self._sort)
        tables.RowHover(self)
        drag_out(self).head = True
        self.set_widths()
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit())
        self.doubleClicked.connect(lambda _i: self.opened.emit())
        copy = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self.copy)

    def set_widths(self) -> None:
        """Columns as wide as dragged, else as usual; what is left goes to those that stretch."""
        widths = dragged(self)
        for i, column in enumerate(self.list.columns):
            self.setColumnWidth(i, widths.of(i, column.width))
        self._stretch()

    def _stretch(self) -> None:
        """Share the room that is left among the columns that stretch."""
        widths = dragged(self)
        stretching = [i for i, c in enumerate(self.list.columns) if c.stretch and widths.head(i) not in widths.widths]
        if stretching:
            used = sum(tokens.wide(c.width) if i in stretching else self.columnWidth(i)
                       for i, c in enumerate(self.list.columns))
            more = max(0, self.viewport().width() - used) // len(stretching)
            for i in stretching:
                self.setColumnWidth(i, tokens.wide(self.list.columns[i].width) + more)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stretch()

    def show_columns(self, columns: Sequence[ListColumn]) -> None:
        """Other columns, the same rows selected."""
        self._keeping(lambda: self.list.show_columns(columns))
        self.set_widths()

    def show_items(self, items: Sequence[Any]) -> None:
        """Other items; those still there stay selected and in sight."""
        self._keeping(lambda: self.list.show_items(items))

    def _sort(self, section: int) -> None:
        now = self.list.sorted_by
        first = self.list.columns[section].right
        if now is None or now[0] != section:
            self._keeping(lambda: self.list.show_order(section, first))
        elif now[1] == first:
            self._keeping(lambda: self.list.show_order(section, not first))
        else:
            self._keeping(lambda: self.list.show_order(-1, False))

    def _keeping(self, act: Callable[[], None]) -> None:
        keys = self.selected_keys()
        current = self.list.key(self.currentIndex().row()) if self.currentIndex().isValid() else None
        scroll = self.verticalScrollBar().value()
        act()
        self.select(keys, current)
        self.verticalScrollBar().setValue(scroll)

    def select(self, keys: Sequence[Any], current: Any = None) -> None:
        """Select the rows of ``keys`` that are shown and make ``current`` the current one."""
        if not keys and current is None:
            return
        rows = {self.list.key(r): r for r in range(self.list.rowCount())}
        last = self.list.columnCount() - 1
        chosen = QItemSelection()
        found = sorted(r for key in keys if (r := rows.get(key)) is not None)
        while found:  # neighbours in one range: thousands of single rows are slow to select
            end = next((i for i in range(1, len(found)) if found[i] != found[i - 1] + 1), len(found))
            chosen.select(self.list.index(found[0], 0), self.list.index(found[end - 1], last))
            found = found[end:]
        model, flags = self.selectionModel(), QItemSelectionModel.SelectionFlag
        if current is not None and (r := rows.get(current)) is not None:
            model.setCurrentIndex(self.list.index(r, 0), flags.NoUpdate)
        model.select(chosen, flags.ClearAndSelect)

    def enter(self) -> None:
        """The keyboard comes here, if there is anything: the first row is selected where none is."""
        if not self.isVisible():
            return  # focus given to what is hidden is taken later, in the middle of the next word
        self.setFocus()
        if not self._rows() and self.list.rowCount():
            self.selectRow(max(0, self.currentIndex().row()))

    def selected_keys(self) -> list[Any]:
        """The keys of the selected rows, from the top."""
        return [self.list.key(r) for r in self._rows()]

    def selected(self) -> list[Any]:
        """The selected items, from the top."""
        return [self.list.items[r] for r in self._rows()]

    def _rows(self) -> list[int]:
        return sorted({i.row() for i in self.selectionModel().selectedRows()})

    def copy(self) -> None:
        """Ctrl+C: the selected rows, to be pasted into Excel."""
        rows = tables.copy_block(self, head=True)
        if rows:
            self.copied.emit(rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
            return
        super().keyPressEvent(event)
