"""The ledger's table with frozen first columns and the totals of what is shown below it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import (
    QByteArray,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSettings,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QScrollBar,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from hydesk.ui import tokens
from hydesk.ui.kit import table as tables
from hydesk.ui.kit.drag_out import drag_out
from hydesk.ui.screens.ledger.columns import COLUMNS, FROZEN, INDEX
from hydesk.ui.screens.ledger.keys import EditDelegate, Walker
from hydesk.ui.screens.ledger.model import LedgerModel
from hydesk.ui.screens.ledger.totals import TotalsBar
from hydesk.ui.style import Theme

_PAD = Qt.KeyboardModifier.KeypadModifier
_TRIGGERS = QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.AnyKeyPressed
"""Double click is the screen's: it edits or opens, by column."""


def _as_cells(view: QTableView) -> None:
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)


class Covered(QStyledItemDelegate):
    """Paints nothing: what lies under the frozen view is never seen."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        return


class LedgerTable(QTableView):
    """A table whose first columns stay in sight: a second view lies over it and shows only those."""

    opened = Signal(QModelIndex)
    """Enter on a row: its project is asked for."""
    columns_changed = Signal()

    def __init__(self, model: LedgerModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tables.set_up(self, theme, model, name="项目台账")
        self.ledger = model
        self.setModel(model)
        self.setItemDelegate(EditDelegate(theme, self, model))
        self.walker = Walker(self, model)
        _as_cells(self)
        self.setEditTriggers(_TRIGGERS)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head = self.horizontalHeader()
        head.setSectionsClickable(True)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.setSectionsMovable(True)
        head.sectionMoved.connect(self._keep_frozen_first)
        self.selectionModel().currentChanged.connect(self.walker.take_anchor)
        self.frozen = self._make_frozen(model, theme)
        for i in range(FROZEN):
            self.setItemDelegateForColumn(i, Covered(self))
        tables.RowHover(self, self.frozen)
        for i, column in enumerate(COLUMNS):
            self.setColumnWidth(i, tokens.wide(column.width))
            self.setColumnHidden(i, not column.shown)
        head.sectionResized.connect(self._follow_width)
        self.verticalScrollBar().valueChanged.connect(self.frozen.verticalScrollBar().setValue)
        self.frozen.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self._place_frozen()

    def _make_frozen(self, model: LedgerModel, theme: Theme) -> QTableView:
        view = QTableView(self)
        tables.set_up(view, theme, model, name="项目台账：固定列")
        view.setModel(model)
        view.setSelectionModel(self.selectionModel())
        view.setItemDelegate(EditDelegate(theme, view, model))
        view.walker = self.walker  # type: ignore[attr-defined]
        _as_cells(view)
        drag_out(view).source = self
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setEditTriggers(_TRIGGERS)
        view.itemDelegate().closeEditor.connect(lambda *_: self.setFocus())
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.horizontalHeader().setSectionsClickable(True)
        view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        view.horizontalHeader().sectionResized.connect(self._take_width)
        for i in range(FROZEN, len(COLUMNS)):
            view.setColumnHidden(i, True)
        view.setStyleSheet(f"QTableView {{ border-right: 1px solid {theme.palette.line}; }}")
        self.viewport().stackUnder(view)
        return view

    def frozen_width(self) -> int:
        """How far the frozen columns reach, pixels."""
        return sum(self.columnWidth(i) for i in range(FROZEN))

    def _follow_width(self, column: int, _old: int, new: int) -> None:
        if column < FROZEN:
            self.frozen.setColumnWidth(column, new)
            self._place_frozen()

    def _take_width(self, column: int, _old: int, new: int) -> None:
        if column < FROZEN and self.columnWidth(column) != new:
            self.setColumnWidth(column, new)

    def _place_frozen(self) -> None:
        frame = self.frameWidth()
        for i in range(FROZEN):
            self.frozen.setColumnWidth(i, self.columnWidth(i))
        self.frozen.setGeometry(
            frame, frame, self.frozen_width() + 1, self.viewport().height() + self.horizontalHeader().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_frozen()

    def scrollTo(self, index: QModelIndex | QPersistentModelIndex, hint: QAbstractItemView.ScrollHint =
                 QAbstractItemView.ScrollHint.EnsureVisible) -> None:
        if index.column() < FROZEN:
            bar = self.horizontalScrollBar().value()
            super().scrollTo(index, hint)
            self.horizontalScrollBar().setValue(bar)
            return
        super().scrollTo(index, hint)
        left = self.visualRect(index).left() - self.frozen_width()
        if left < 0:
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() + left)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() != QAbstractItemView.State.EditingState:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_PAD:
                self.opened.emit(self.currentIndex())
                return
            if self.walker.take(event):
                return
        super().keyPressEvent(event)

    def edit(self, index: QModelIndex | QPersistentModelIndex,  # type: ignore[override]
             trigger: QAbstractItemView.EditTrigger = QAbstractItemView.EditTrigger.AllEditTriggers,
             event: QEvent | None = None) -> bool:
        if 0 <= index.column() < FROZEN:  # the table's own cell lies under the frozen view
            return bool(self.frozen.edit(index, trigger, event))  # type: ignore[arg-type]
        return bool(super().edit(index, trigger, event))  # type: ignore[arg-type]

    def _keep_frozen_first(self, _logical: int, _old: int, _new: int) -> None:
        header = self.horizontalHeader()
        for i in range(FROZEN):
            if header.visualIndex(i) != i:
                header.moveSection(header.visualIndex(i), i)

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

    def bind(self, keys: Iterable[tuple[str, Callable[[], object]]]) -> None:
        """Keys that do something while the table has the keyboard."""
        for text, act in keys:
            shortcut = QShortcut(QKeySequence(text), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)

    def show_usual_columns(self) -> None:
        """Columns, order and widths as they come with the program."""
        self.show_columns([c.key for c in COLUMNS if c.shown], {c.key: tokens.wide(c.width) for c in COLUMNS})

    def show_columns(self, keys: Sequence[str], widths: Mapping[str, int]) -> None:
        """Show exactly the columns of ``keys``, in that order, behind the frozen ones."""
        header = self.horizontalHeader()
        wanted = [INDEX[k] for k in keys if k in INDEX and INDEX[k] >= FROZEN]
        for place, logical in enumerate(wanted, FROZEN):
            header.moveSection(header.visualIndex(logical), place)
        for i, column in enumerate(COLUMNS):
            if i >= FROZEN:
                self.setColumnHidden(i, i not in wanted)
            if column.key in widths:
                self.setColumnWidth(i, int(widths[column.key]))
        self._place_frozen()
        self.columns_changed.emit()

    def fit_columns(self) -> None:
        """Columns as wide as what is on screen asks for."""
        for i in range(len(COLUMNS)):
            if not self.isColumnHidden(i):
                content = self.frozen.sizeHintForColumn(i) if i < FROZEN else self.sizeHintForColumn(i)
                head = self.horizontalHeader().sectionSizeHint(i)
                self.setColumnWidth(i, min(420, max(content + 2 * tables.PAD, head, 48)))

    def save(self, settings: QSettings) -> None:
        """Remember widths and which columns are shown."""
        settings.setValue("ledger/table", self.horizontalHeader().saveState())
        settings.setValue("ledger/table_columns", len(COLUMNS))
        settings.setValue("ledger/table_text", tokens.text_scale)

    def restore(self, settings: QSettings) -> None:
        """Take up what was remembered; another version's columns are not taken."""
        state = settings.value("ledger/table")
        if isinstance(state, QByteArray) and str(settings.value("ledger/table_columns")) == str(len(COLUMNS)):
            self.horizontalHeader().restoreState(state)
            self.horizontalHeader().setFixedHeight(tokens.HEAD_HEIGHT)
            grown = tokens.text_scale / float(str(settings.value("ledger/table_text") or 1))
            for i in range(len(COLUMNS)):
                self.setColumnWidth(i, round(self.columnWidth(i) * grown))
            for i in range(FROZEN):
                self.setColumnHidden(i, False)
            self._place_frozen()


class LedgerBlock(QWidget):
    """Table, totals and the horizontal scroll bar below them."""

    def __init__(self, model: LedgerModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = LedgerTable(model, theme)
        self.totals = TotalsBar(self.table, model, theme)
        self.table.columns_changed.connect(self.totals.refresh)
        self._bar = QScrollBar(Qt.Orientation.Horizontal)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.totals)
        layout.addWidget(self._bar)
        own = self.table.horizontalScrollBar()
        own.rangeChanged.connect(self._take_range)
        own.valueChanged.connect(self._bar.setValue)
        self._bar.valueChanged.connect(own.setValue)
        self._take_range(own.minimum(), own.maximum())
        self.table.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._bar.setPageStep(self.table.viewport().width())
        return super().eventFilter(watched, event)

    def _take_range(self, low: int, high: int) -> None:
        self._bar.setRange(low, high)
        self._bar.setPageStep(max(1, self.table.viewport().width()))
        self._bar.setVisible(high > low)
