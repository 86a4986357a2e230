"""A table over a list of values: columns as data, sorted by a click on the head, what is selected kept by key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, Signal
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QWidget

from hydesk.dataclass import dataclass
from hydesk.ui import tokens
from hydesk.ui.kit.table import Cell
from hydesk.ui.kit.table_model import ColumnHead, TableModel
from hydesk.ui.kit.table_view import Choose, TableView
from hydesk.ui.kit.widths import dragged
from hydesk.ui.style import Theme

T = TypeVar("T")
_HEAD_PAD = 22
"""Pixels beside the words of a head: what the style sheet gives, and a hair."""


@dataclass(frozen=True, slots=True)
class ListColumn(Generic[T]):
    """One column of a list of values."""

    head: str
    text: Callable[[T], str]
    width: int
    """Points; 0 takes the room that is left, at least that of its head."""
    order: Callable[[T], Any] | None = None
    """The sort key where the text's own order is not meant; None sorts last."""
    right: bool = False
    color: Callable[[T], QColor | None] | None = None
    bold: Callable[[T], bool] | None = None
    tip: Callable[[T], str] | None = None
    stretch: bool = False
    """Takes of the room that is left; ``width`` is then the least."""
    copied: Callable[[T], str] | None = None
    """What goes to Excel where the text shown is shortened."""
    measure: str = ""
    """Ids of the measures that stand in the column."""
    key: str = ""
    """What the column is asked for by, where a screen does."""


def _one_line(text: str) -> str:
    """A county's line breaks do not belong in a row of 28 pixels."""
    return " ".join(text.split()) if "\n" in text or "\r" in text or "\t" in text else text.strip()


class ListModel(TableModel, Generic[T]):
    """Shows ``items`` in an order. A row's texts are worked out when it is first seen, so that thousands cost nothing."""

    def __init__(self, columns: Sequence[ListColumn[T]], key: Callable[[T], Any] | None = None,
                 parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.items: list[T] = []
        self.sorted_by: tuple[int, bool] | None = None
        self._key = key
        self._given: list[T] = []
        self._texts: dict[int, list[str]] = {}

    def show_items(self, items: Sequence[T]) -> None:
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

    def show_columns(self, columns: Sequence[ListColumn[T]]) -> None:
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
        """The text of a cell."""
        held = self._texts.get(row)
        if held is None:
            item = self.items[row]
            held = self._texts[row] = [_one_line(c.text(item)) for c in self.columns]
        return held[column]

    def refresh_all(self) -> None:
        """Work all texts out again; selection and scroll stay."""
        self._texts = {}
        self.redraw()

    @property
    def keyed(self) -> bool:
        """Whether items are known again by a key."""
        return self._key is not None

    def row_of(self, key: Any) -> int:
        """Where the item of this key stands; -1 when it is not shown."""
        return next((r for r in range(len(self.items)) if self.key(r) == key), -1)

    def key(self, row: int) -> Any:
        """The key of the item in ``row``; its place where the list has no keys."""
        return row if self._key is None else self._key(self.items[row])

    def height(self) -> int:
        return len(self.items)

    def breadth(self) -> int:
        return len(self.columns)

    def head(self, column: int) -> ColumnHead:
        own, mark = self.columns[column], ""
        if self.sorted_by and self.sorted_by[0] == column:
            mark = " ▼" if self.sorted_by[1] else " ▲"
        return ColumnHead(own.head + mark, own.right, own.measure)

    def cell(self, row: int, column: int) -> Cell:
        item, own = self.items[row], self.columns[column]
        return Cell(self.text(row, column), own.right, own.color(item) if own.color else None, bool(own.bold and own.bold(item)))

    def tip(self, row: int, column: int) -> str:
        item, own = self.items[row], self.columns[column]
        return own.tip(item) if own.tip else own.text(item)

    def entered(self, row: int, column: int) -> str:
        copied = self.columns[column].copied
        return copied(self.items[row]) if copied is not None else ""


class Listing(TableView, Generic[T]):
    """A list of values as a table.

    With ``key`` several rows can be selected and stay so when other items come, and a click on a head sorts; without it
    the list stands in the order given and one row is current.
    """

    chosen = Signal()
    """Other rows are selected."""

    def __init__(self, columns: Sequence[ListColumn[T]], theme: Theme, name: str, *, key: Callable[[T], Any] | None = None,
                 choose: Choose | None = None, model: ListModel[T] | None = None, parent: QWidget | None = None) -> None:
        self.list: ListModel[T] = model if model is not None else ListModel(columns, key)
        super().__init__(self.list, theme, name, choose or (Choose.ROWS if key is not None else Choose.ROW), parent)
        self.list.setParent(self)
        if key is not None:
            self.horizontalHeader().setSectionsClickable(True)
            self.horizontalHeader().sectionClicked.connect(self._sort)
        self._stretching = False
        self.horizontalHeader().sectionResized.connect(self._resized)
        dragged(self).ended.connect(self.share_room)
        self.set_widths()
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit())

    def set_widths(self) -> None:
        """Columns as wide as dragged, else as usual and never narrower than their heads; what is left goes to those that stretch."""
        widths = dragged(self)
        for i, column in enumerate(self.list.columns):
            self.setColumnWidth(i, widths.of(i, column.width) if widths.head(i) in widths.widths else self._least(i))
        self.share_room()

    def stretches(self, column: int) -> bool:
        """Whether a column takes of the room that is left: as declared, and not dragged."""
        widths, own = dragged(self), self.list.columns[column]
        return (own.stretch or not own.width) and widths.head(column) not in widths.widths

    def _least(self, column: int) -> int:
        """Pixels that a column takes at least: as declared, and its head whole."""
        words = self.list.head(column).text
        return max(tokens.wide(self.list.columns[column].width), self.horizontalHeader().fontMetrics().horizontalAdvance(words) + _HEAD_PAD)

    def _resized(self, _section: int, _old: int, new: int) -> None:
        if new:  # a column that is about to be hidden comes to nothing first
            self.share_room()

    def share_room(self) -> None:
        """Share the room that is left among the columns that stretch."""
        columns = [i for i in range(len(self.list.columns)) if not self.isColumnHidden(i)]
        stretching = [i for i in columns if self.stretches(i)]
        if not stretching or self._stretching or dragged(self).pressed:
            return
        self._stretching = True
        least = {i: self._least(i) if i in stretching else self.columnWidth(i) for i in columns}
        spare = max(0, self.viewport().width() - sum(least.values()))
        for n, i in enumerate(stretching):
            more = spare // (len(stretching) - n)
            spare -= more
            if self.columnWidth(i) != least[i] + more:
                self.setColumnWidth(i, least[i] + more)
        self._stretching = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share_room()

    def show_columns(self, columns: Sequence[ListColumn[T]]) -> None:
        """Other columns, the same rows selected."""
        self._keeping(lambda: self.list.show_columns(columns))
        self.set_widths()

    def show_items(self, items: Sequence[T]) -> None:
        """Other items; those still there stay selected and in sight, where the list has keys."""
        if self.list.keyed:
            self._keeping(lambda: self.list.show_items(items))
        else:
            self.list.show_items(items)

    def _sort(self, section: int) -> None:
        now = self.list.sorted_by
        first = self.list.columns[section].right
        if now is None or now[0] != section:
            self._keeping(lambda: self.list.show_order(section, first))
        elif now[1] == first:
            self._keeping(lambda: self.list.show_order(section, not first))
        else:
            self._keeping(lambda: self.list.show_order(-1, False))
        self.set_widths()  # the mark of the order stands in the head
        self.verticalScrollBar().setValue(0)  # the greatest or least is what one sorts for

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
        if not self.chosen_rows() and self.list.rowCount():
            self.selectRow(max(0, self.currentIndex().row()))

    def selected_keys(self) -> list[Any]:
        """The keys of the selected rows, from the top."""
        return [self.list.key(r) for r in self.chosen_rows()]

    def selected(self) -> list[T]:
        """The selected items, from the top."""
        return [self.list.items[r] for r in self.chosen_rows()]

    def current(self) -> T | None:
        """The item of the current row."""
        index = self.currentIndex()
        return self.list.items[index.row()] if index.isValid() and index.row() < len(self.list.items) else None

    def go_to(self, row: int, column: int = 0) -> None:
        """Make a row current and bring it into sight."""
        index = self.list.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)
