"""How the ledger's table looks: its order, its unit of money, its columns, and views that keep all of these."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QToolButton, QWidget

from hydesk.domain.money import MoneyUnit
from hydesk.services.pages.ledger_query import LedgerQuery
from hydesk.services.pages.ledger_rows import next_order
from hydesk.services.pages.ledger_views import BUILT_IN, View, read_order, read_query
from hydesk.ui.desk import Desk
from hydesk.ui.plain import plain_text
from hydesk.ui.screens.ledger.chooser import ColumnChooser
from hydesk.ui.screens.ledger.filters import LedgerFilters
from hydesk.ui.screens.ledger.view import LedgerTable
from hydesk.ui.screens.ledger.views import ViewMenu, written_view


class TableLook(QObject):
    """Belongs to the ledger's screen, ``parent``; the buttons 视图, 万元 and 列 are its own."""

    def __init__(self, desk: Desk, table: LedgerTable, filters: LedgerFilters, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._table, self._model, self._filters = desk, table, table.ledger, filters
        self.views = ViewMenu(desk)
        self.chooser = ColumnChooser(table, parent)
        self.unit, self.columns = QToolButton(), QToolButton()
        for tool in (self.unit, self.columns):
            tool.setObjectName("menu")
        self.columns.setText("列 ▾")
        self.columns.setAccessibleName("选择栏目")
        self.unit.clicked.connect(self.switch_unit)
        self.columns.clicked.connect(self.open_chooser)
        self.views.built_in_wanted.connect(self._show_built_in)
        self.views.wanted.connect(self.show_view)
        self.views.asked_to_save.connect(lambda name: self.views.save(name, self.view()))
        for view in (table, table.frozen):
            header = view.horizontalHeader()
            header.sectionClicked.connect(self._sort)
            header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            header.customContextMenuRequested.connect(lambda _at: self.open_chooser())

    def open_chooser(self) -> None:
        """列: which columns are shown."""
        self.chooser.open_below(self.columns)

    def restore(self) -> None:
        """Widths, columns and unit as they were left."""
        self._table.restore(self._desk.settings)
        if str(self._desk.settings.value("ledger/unit")) == MoneyUnit.YI.value:
            self.switch_unit()
        self._say_unit()

    def save(self) -> None:
        """Remember them."""
        self._table.save(self._desk.settings)
        self._desk.settings.setValue("ledger/unit", self._model.unit.value)

    # Order and unit ---------------------------------------------------------------------------------------

    def _sort(self, column: int) -> None:
        """One click sorts by a column, the next the other way, the third not at all; with Shift beside the others."""
        adding = bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.sort_by(column, adding=adding)

    def sort_by(self, column: int, *, adding: bool = False) -> None:
        """Sort by ``column`` as ``next_order`` says, with the first rows in sight."""
        self._table.keeping(lambda: self._model.show_order(*next_order(
            self._model.sorted_by, column, figures=self._model.columns[column].right, adding=adding)))
        self._table.verticalScrollBar().setValue(0)  # the greatest or least is what one sorts for

    def open_filter(self) -> None:
        """Alt+Down: the choices by which the current column can be narrowed, below its head."""
        index = self._table.currentIndex()
        if not index.isValid():
            return
        head = self._table.horizontalHeader()
        at = head.viewport().mapToGlobal(QPoint(head.sectionViewportPosition(index.column()), head.height()))
        if not self._filters.open_for(self._model.columns[index.column()].key, at):
            self._desk.notice(f"“{self._model.rows.title(index.column())}”没有可选的筛选；按 Ctrl+F 查找，或点表头排序")

    def switch_unit(self) -> None:
        """万元 or 亿元."""
        self._model.show_unit(MoneyUnit.YI if self._model.unit is MoneyUnit.WAN else MoneyUnit.WAN)
        self._say_unit()

    def _say_unit(self) -> None:
        other = MoneyUnit.YI if self._model.unit is MoneyUnit.WAN else MoneyUnit.WAN
        self.unit.setText(self._model.unit.value)
        self.unit.setAccessibleName(f"金额单位：{self._model.unit.value}")
        self.unit.setToolTip(plain_text(f"换成{other.value}"))

    # Views ------------------------------------------------------------------------------------------------

    def say_query(self, query: LedgerQuery) -> None:
        """Name the view on its button, where ``query`` is one that the program has."""
        self.views.say(next((name for name, q in BUILT_IN.items() if q == query), ""))

    def view(self) -> View:
        """What is shown now, as a view keeps it."""
        return written_view(self._table)

    def show_view(self, name: str, view: View) -> None:
        """Show a kept view."""
        self._table.show_columns(view.get("columns", []), view.get("widths", {}))
        if view.get("unit") in (MoneyUnit.WAN.value, MoneyUnit.YI.value) and view["unit"] != self._model.unit.value:
            self.switch_unit()
        self._model.show_order(*read_order(view.get("order"), self._model.index_of))
        self._filters.show_query(read_query(view.get("query", {}), self.views.fields))
        self.views.say(name)

    def _show_built_in(self, name: str) -> None:
        self._filters.show_query(BUILT_IN[name])
        self.views.say(name)
