"""Choosing the columns of the ledger: grouped, searchable, at once in effect."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from hydesk.domain.pinyin import initials
from hydesk.services.pages.ledger_columns import FROZEN, GROUPS, OWN
from hydesk.ui.kit.basic import button
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.screens.ledger.view import LedgerTable

_COLUMN = Qt.ItemDataRole.UserRole


class ColumnChooser(QFrame):
    """A popup beside its button; Space ticks, Esc closes."""

    own_wanted = Signal(bool)
    """The office's own columns are to be looked at; true where a new one is to be made."""

    def __init__(self, table: LedgerTable, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("panel")
        self.setAccessibleName("选择栏目")
        self._table = table
        self.search = QLineEdit()
        self.search.setPlaceholderText("查找栏目，可用拼音首字母")
        self.search.setAccessibleName("查找栏目")
        self.search.setClearButtonEnabled(True)
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setAccessibleName("栏目")
        self.tree.setFixedSize(260, 360)
        row = in_row(button("恢复默认", self._reset, kind="link"), button("列宽适合内容", table.fit_columns, kind="link"), 1)
        layout = in_column(self.search, self.tree, row, on=self, margins=(10, 10, 10, 8))
        own = in_row(
            button("新建栏目…", lambda: self._ask_own(True), kind="link", tip="台账没有的一栏，自己起名"),
            button("管理自建栏目…", lambda: self._ask_own(False), kind="link", tip="改名、选项、停用、恢复"), 1)
        layout.addLayout(own)
        self.compact = QCheckBox("紧凑行（一屏多看几行）")
        self.compact.toggled.connect(table.set_compact)
        layout.addWidget(self.compact)
        self.search.textChanged.connect(self._narrow)
        self._fill()
        self.tree.itemChanged.connect(self._take)

    def open_below(self, widget: QWidget) -> None:
        """Show the popup under ``widget``, inside the screen."""
        self._fill()
        self.compact.setChecked(self._table.compact)
        self.search.clear()
        self.adjustSize()
        at = widget.mapToGlobal(QPoint(widget.width() - self.sizeHint().width(), widget.height() + 4))
        self.move(max(at.x(), 0), at.y())
        self.show()
        self.search.setFocus()

    def _fill(self) -> None:
        self.tree.blockSignals(True)
        self.tree.clear()
        columns = self._table.ledger.columns
        for group in (*GROUPS, *([OWN] if columns[-1].group == OWN else ())):
            top = QTreeWidgetItem(self.tree, [group])
            top.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsAutoTristate)
            for i, column in enumerate(columns):
                if column.group == group and i >= FROZEN:
                    item = QTreeWidgetItem(top, [""])
                    item.setData(0, _COLUMN, i)
                    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable
                                  | Qt.ItemFlag.ItemIsSelectable)
            top.setExpanded(True)
        self.tree.blockSignals(False)
        self._mark()

    def _ask_own(self, new: bool) -> None:
        self.hide()
        self.own_wanted.emit(new)

    def items(self) -> list[QTreeWidgetItem]:
        """The items of single columns."""
        tops = (self.tree.topLevelItem(t) for t in range(self.tree.topLevelItemCount()))
        return [item for top in tops if top is not None for n in range(top.childCount())
                if (item := top.child(n)) is not None]

    def _mark(self) -> None:
        self.tree.blockSignals(True)
        for item in self.items():
            column = int(item.data(0, _COLUMN))
            item.setText(0, self._table.ledger.rows.title(column))
            hidden = self._table.isColumnHidden(column)
            item.setCheckState(0, Qt.CheckState.Unchecked if hidden else Qt.CheckState.Checked)
        self.tree.blockSignals(False)
        self.tree.viewport().update()

    def _narrow(self, text: str) -> None:
        word = text.strip().lower()
        for item in self.items():
            name = item.text(0)
            item.setHidden(bool(word) and word not in name.lower() and word not in initials(name))
        items = self.items()
        for t in range(self.tree.topLevelItemCount()):
            top = self.tree.topLevelItem(t)
            if top is not None:
                top.setHidden(all(i.isHidden() for i in items if i.parent() is top))

    def _take(self, item: QTreeWidgetItem, _at: int) -> None:
        column = item.data(0, _COLUMN)
        if column is not None:
            self._table.show_column(int(column), item.checkState(0) == Qt.CheckState.Checked)

    def _reset(self) -> None:
        self._table.show_usual_columns()
        self._mark()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.tree.setFocus()
            first = next((i for i in self.items() if not i.isHidden()), None)
            if first is not None:
                self.tree.setCurrentItem(first)
            return
        super().keyPressEvent(event)
