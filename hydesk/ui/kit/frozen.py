"""A table whose first columns stay in sight: a second view lies over it and shows only those."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from hydesk.ui.kit import table as tables
from hydesk.ui.kit.drag_out import drag_out
from hydesk.ui.kit.table_model import TableModel
from hydesk.ui.kit.table_view import Choose, TableView
from hydesk.ui.style import Theme


class Covered(QStyledItemDelegate):
    """Paints nothing: what lies under the frozen view is never seen."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        return


class FrozenTable(TableView):
    """``frozen`` is the view of the first ``kept`` columns; selection, scrolling and widths are the table's own."""

    def __init__(self, model: TableModel, theme: Theme, name: str, kept: int, choose: Choose = Choose.CELLS,
                 parent: QWidget | None = None) -> None:
        super().__init__(model, theme, name, choose, parent)
        self.kept = kept
        self.frozen = self._make_frozen(model, theme, name)
        for i in range(kept):
            self.setItemDelegateForColumn(i, Covered(self))
        tables.RowHover(self, self.frozen)
        head = self.horizontalHeader()
        head.setSectionsMovable(True)
        head.sectionMoved.connect(self._keep_frozen_first)
        head.sectionResized.connect(self._follow_width)
        self.verticalScrollBar().valueChanged.connect(self.frozen.verticalScrollBar().setValue)
        self.frozen.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)

    def hover(self) -> None:
        """Marked in both views, once there are two."""

    def _make_frozen(self, model: TableModel, theme: Theme, name: str) -> QTableView:
        view = QTableView(self)
        tables.set_up(view, theme, model, name=f"{name}：固定列")
        view.setModel(model)
        view.setSelectionModel(self.selectionModel())
        view.setSelectionBehavior(self.selectionBehavior())
        view.setSelectionMode(self.selectionMode())
        drag_out(view).source = self
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        view.horizontalHeader().sectionResized.connect(self._take_width)
        for i in range(self.kept, model.breadth()):
            view.setColumnHidden(i, True)
        view.setStyleSheet(f"QTableView {{ border-right: 1px solid {theme.palette.line}; }}")
        self.viewport().stackUnder(view)
        return view

    def frozen_width(self) -> int:
        """How far the frozen columns reach, pixels."""
        return sum(self.columnWidth(i) for i in range(self.kept))

    def _follow_width(self, column: int, _old: int, new: int) -> None:
        if column < self.kept:
            self.frozen.setColumnWidth(column, new)
            self.place_frozen()

    def _take_width(self, column: int, _old: int, new: int) -> None:
        if column < self.kept and self.columnWidth(column) != new:
            self.setColumnWidth(column, new)

    def place_frozen(self) -> None:
        """Lay the frozen view over the columns it shows."""
        frame = self.frameWidth()
        for i in range(self.kept):
            self.frozen.setColumnWidth(i, self.columnWidth(i))
        self.frozen.setGeometry(
            frame, frame, self.frozen_width() + 1, self.viewport().height() + self.horizontalHeader().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place_frozen()

    def scrollTo(self, index: QModelIndex | QPersistentModelIndex, hint: QAbstractItemView.ScrollHint =
                 QAbstractItemView.ScrollHint.EnsureVisible) -> None:
        if index.column() < self.kept:
            bar = self.horizontalScrollBar().value()
            super().scrollTo(index, hint)
            self.horizontalScrollBar().setValue(bar)
            return
        super().scrollTo(index, hint)
        left = self.visualRect(index).left() - self.frozen_width()
        if left < 0:
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() + left)

    def edit(self, index: QModelIndex | QPersistentModelIndex,  # type: ignore[override]
             trigger: QAbstractItemView.EditTrigger = QAbstractItemView.EditTrigger.AllEditTriggers,
             event: QEvent | None = None) -> bool:
        if 0 <= index.column() < self.kept:  # the table's own cell lies under the frozen view
            return bool(self.frozen.edit(index, trigger, event))  # type: ignore[arg-type]
        return bool(super().edit(index, trigger, event))  # type: ignore[arg-type]

    def _keep_frozen_first(self, _logical: int, _old: int, _new: int) -> None:
        header = self.horizontalHeader()
        for i in range(self.kept):
            if header.visualIndex(i) != i:
                header.moveSection(header.visualIndex(i), i)
