"""The ledger's table with frozen first columns and the totals of what is shown below it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QSettings,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QScrollBar,
    QTableView,
    QWidget,
)

from hydesk.services.pages.ledger_columns import COLUMNS, FROZEN, INDEX
from hydesk.ui import tokens
from hydesk.ui.kit import table as tables
from hydesk.ui.kit.boxes import in_column
from hydesk.ui.kit.frozen import FrozenTable
from hydesk.ui.screens.ledger.keys import EditDelegate, Walker
from hydesk.ui.screens.ledger.model import LedgerModel
from hydesk.ui.screens.ledger.totals import TotalsBar
from hydesk.ui.style import Theme

_PAD = Qt.KeyboardModifier.KeypadModifier
_TRIGGERS = QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.AnyKeyPressed
"""Double click is the screen's: it edits or opens, by column."""


class LedgerTable(FrozenTable):
    """The ledger's table: walked and typed in as in Excel."""

    columns_changed = Signal()

    def __init__(self, model: LedgerModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(model, theme, "项目台账", FROZEN, parent=parent)
        self.ledger = model
        self.walker = Walker(self, model)
        for view in (self, self.frozen):
            view.setItemDelegate(EditDelegate(theme, view, model, self.walker))
            view.setEditTriggers(_TRIGGERS)
            view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            view.horizontalHeader().setSectionsClickable(True)
        self.frozen.itemDelegate().closeEditor.connect(lambda *_: self.setFocus())
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.selectionModel().currentChanged.connect(self.walker.take_anchor)
        self._remembered: dict[str, int] = {}
        """Widths in pixels of own columns that were shown when last seen, by their keys."""
        self._just_made = ""
        self._known: set[str] = set()
        """Keys of own columns that have been met; a new one is shown where it holds anything."""
        for i, column in enumerate(self.ledger.columns):
            self.setColumnWidth(i, tokens.wide(column.width))
            self.setColumnHidden(i, not column.shown)
        self.place_frozen()
        model.columnsAboutToBeRemoved.connect(self._remember_own)
        model.columns_renewed.connect(self._lay_own)

    def _remember_own(self, *_: object) -> None:
        for i, column in enumerate(self.ledger.columns[len(COLUMNS):], len(COLUMNS)):
            self._remembered.pop(column.key, None)
            if not self.isColumnHidden(i):
                self._remembered[column.key] = self.columnWidth(i)

    def _lay_own(self) -> None:
        """Widths of the own columns that came, and which of them are shown."""
        for i, column in enumerate(self.ledger.columns[len(COLUMNS):], len(COLUMNS)):
            self.frozen.setColumnHidden(i, True)
            new = column.key not in self._known
            shown = column.key in self._remembered or (new and column.shown)
            self.setColumnWidth(i, self._remembered.get(column.key) or tokens.wide(column.width))
            self.setColumnHidden(i, not shown)
            self._known.add(column.key)
        self.place_frozen()
        self.columns_changed.emit()
        if self._just_made and (at := self.ledger.index_of(self._just_made)) is not None and self.ledger.height():
            self._just_made = ""
            self.scrollTo(self.ledger.index(max(self.currentIndex().row(), 0), at))

    def show_own(self, key: str) -> None:
        """Show the own column of ``key`` once it is there: somebody has just made it."""
        self._known.add(key)
        self._remembered.setdefault(key, 0)
        self._just_made = key

    def _double(self, _index: QModelIndex) -> None:
        """A double click is the screen's: it edits or opens, by column."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() != QAbstractItemView.State.EditingState:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_PAD:
                self.opened.emit()
                return
            if self.walker.take(event):
                return
        QTableView.keyPressEvent(self, event)  # copying is the screen's: a block has other ways than a row

    def show_column(self, column: int, on: bool) -> None:
        """Show or hide a column; the frozen ones always stay."""
        self.setColumnHidden(column, not on and column >= FROZEN)
        self.columns_changed.emit()

    def keeping(self, act: Callable[[], None]) -> None:
        """Do ``act`` and make the same project current again, if it is still shown."""
        index = self.currentIndex()
        kept = self.ledger.project_id(index.row()) if index.isValid() else None
        act()
        if kept is not None and not self.currentIndex().isValid() and (row := self.ledger.row_of(kept)) >= 0:
            self.setCurrentIndex(self.ledger.index(row, index.column()))

    def show_usual_columns(self) -> None:
        """Columns, order and widths as they come with the program."""
        columns = self.ledger.columns
        self.show_columns([c.key for c in columns if c.shown], {c.key: tokens.wide(c.width) for c in columns})

    def show_columns(self, keys: Sequence[str], widths: Mapping[str, int]) -> None:
        """Show exactly the columns of ``keys``, in that order, behind the frozen ones."""
        header = self.horizontalHeader()
        found = (self.ledger.index_of(k) for k in keys)
        wanted = [i for i in found if i is not None and i >= FROZEN]
        for place, logical in enumerate(wanted, FROZEN):
            header.moveSection(header.visualIndex(logical), place)
        for i, column in enumerate(self.ledger.columns):
            if i >= FROZEN:
                self.setColumnHidden(i, i not in wanted)
            if column.key in widths:
                self.setColumnWidth(i, int(widths[column.key]))
        self.place_frozen()
        self.columns_changed.emit()

    def fit_columns(self) -> None:
        """Columns as wide as what is on screen asks for."""
        for i in range(len(self.ledger.columns)):
            if not self.isColumnHidden(i):
                content = self.frozen.sizeHintForColumn(i) if i < FROZEN else self.sizeHintForColumn(i)
                head = self.horizontalHeader().sectionSizeHint(i)
                self.setColumnWidth(i, min(420, max(content + 2 * tables.PAD, head, 48)))

    @property
    def compact(self) -> bool:
        """Whether the rows are low, so that more of them are in sight."""
        return self.verticalHeader().defaultSectionSize() < tokens.ROW_HEIGHT

    def set_compact(self, compact: bool) -> None:
        """Low rows, or those of every table."""
        height = tokens.COMPACT_ROW if compact else tokens.ROW_HEIGHT
        for view in (self, self.frozen):
            view.verticalHeader().setMinimumSectionSize(height)
            view.verticalHeader().setDefaultSectionSize(height)

    def save(self, settings: QSettings) -> None:
        """Remember widths and which columns are shown."""
        settings.setValue("ledger/compact", "true" if self.compact else "false")
        self._remember_own()
        header = self.horizontalHeader()
        order = [self.ledger.columns[c].key for c in (header.logicalIndex(v) for v in range(header.count())) if not self.isColumnHidden(c)]
        widths = {c.key: self.columnWidth(i) for i, c in enumerate(self.ledger.columns) if not self.isColumnHidden(i)}
        own = sorted(k for k in self._known if k not in self._remembered)
        settings.setValue("ledger/columns", json.dumps({"shown": order, "widths": widths, "away": own, "text": tokens.text_scale}))

    def restore(self, settings: QSettings) -> None:
        """Take up what was remembered, of the columns there are; own ones follow once they are read."""
        self.set_compact(str(settings.value("ledger/compact")) == "true")
        try:
            kept = json.loads(str(settings.value("ledger/columns") or "{}"))
            grown = tokens.text_scale / float(kept.get("text") or 1)
            widths = {str(k): round(int(w) * grown) for k, w in kept.get("widths", {}).items()}
            shown = [str(k) for k in kept.get("shown", [])]
            away = {str(k) for k in kept.get("away", [])}
        except (ValueError, TypeError, AttributeError):
            return  # another program's words
        if shown:
            self._known |= away
            self._remembered |= {k: widths.get(k, 0) for k in shown if k not in INDEX}
            self.show_columns(shown, {k: w for k, w in widths.items() if k in INDEX})


class LedgerBlock(QWidget):
    """Table, totals and the horizontal scroll bar below them."""

    def __init__(self, model: LedgerModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = LedgerTable(model, theme)
        self.totals = TotalsBar(self.table, model, theme)
        self.table.columns_changed.connect(self.totals.refresh)
        self._bar = QScrollBar(Qt.Orientation.Horizontal)
        in_column((self.table, 1), self.totals, self._bar, on=self, gap=0, margins=1)
        own = self.table.horizontalScrollBar()
        own.rangeChanged.connect(self._take_range)
        own.valueChanged.connect(self._bar.setValue)
        self._bar.valueChanged.connect(own.setValue)
        self._take_range(own.minimum(), own.maximum())
        self.table.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent):
            self._bar.setPageStep(self.table.viewport().width())
        return False

    def _take_range(self, low: int, high: int) -> None:
        self._bar.setRange(low, high)
        self._bar.setPageStep(max(1, self.table.viewport().width()))
        self._bar.setVisible(high > low)
