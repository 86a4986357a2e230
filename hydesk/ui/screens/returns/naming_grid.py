"""The county's sheet with a chooser over each column, and the rows above the first project greyed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from hydesk.domain.fields import MONEY_FIELDS, PROGRESS_TEXTS, Field
from hydesk.domain.grid import Sheet, column_letter
from hydesk.domain.money import MoneyUnit
from hydesk.domain.sheet_layout import SheetLayout
from hydesk.services.returns.name_columns import FIELDS_TO_NAME, UNITS_TO_NAME
from hydesk.ui import tokens
from hydesk.ui.kit.sheet_grid import SheetGrid, SheetModel
from hydesk.ui.style import Theme

Index = QModelIndex | QPersistentModelIndex
_USUAL = 3
"""Fields of names and codes, which stand first among those that can be named."""
NOT_READ = "不取"


class NamingModel(SheetModel):
    """The head over each column says what it is taken for."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.layout_: SheetLayout = SheetLayout(1, {})

    def say(self, column: int) -> str:
        """项目名称 ▾, 总投资（万元）▾ or 不取 ▾."""
        field, unit = self.layout_.columns.get(column), self.layout_.units.get(column)
        if field is None:
            return f"{NOT_READ} ▾"
        return f"● {field.label}{f'（{unit.value}）' if unit and field in MONEY_FIELDS else ''} ▾"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return f"{column_letter(section + 1)}\n{self.say(section + 1)}"
        if role == Qt.ItemDataRole.ToolTipRole and orientation == Qt.Orientation.Horizontal:
            return "这一列是什么：点一下，或在格子上按 Enter"
        return super().headerData(section, orientation, role)


class FieldMenu(QMenu):
    """这一列是…: a Field, a MoneyUnit, or None where it is not read."""

    told = Signal(object)

    def __init__(self, letter: str, field: Field | None, unit: MoneyUnit | None, parent: QWidget) -> None:
        super().__init__(parent)
        title = self.addAction(f"{letter}列是…")
        title.setEnabled(False)
        self._offer(self, f"{NOT_READ}这一列", None, field is None)
        groups = (FIELDS_TO_NAME[:_USUAL], [f for f in FIELDS_TO_NAME if f in MONEY_FIELDS], PROGRESS_TEXTS)
        for group in groups:
            self.addSeparator()
            for one in group:
                self._offer(self, one.label, one, one is field)
        rest = self.addMenu("其他内容")
        for one in FIELDS_TO_NAME:
            if not any(one in g for g in groups):
                self._offer(rest, one.label, one, one is field)
        if field in MONEY_FIELDS:
            self.addSeparator()
            for each in UNITS_TO_NAME:
                self._offer(self, f"单位是{each.value}", each, each is unit)
        self.aboutToHide.connect(self.deleteLater)

    def _offer(self, menu: QMenu, text: str, answer: Field | MoneyUnit | None, now: bool) -> None:
        action = menu.addAction(text)
        if now:
            action.setCheckable(True)
            action.setChecked(True)
            self.setActiveAction(action)
        action.triggered.connect(lambda _=False: self.told.emit(answer))


class NamingGrid(SheetGrid):
    """A click on a head, or Enter in a column, chooses; Ctrl+Enter stays with the page."""

    named = Signal()
    """``naming`` has changed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setAccessibleName("来表，逐列指定")
        self.naming = NamingModel(theme, self)
        self.sheet_model = self.naming
        self.setModel(self.naming)
        head = self.horizontalHeader()
        head.setFixedHeight(tokens.wide(46))
        head.setSectionsClickable(True)
        head.sectionClicked.connect(lambda section: self.choose(section + 1))
        self.edit_wanted.connect(lambda _row, column: self.choose(column))
        self.verticalHeader().setSectionsClickable(True)
        self.verticalHeader().sectionDoubleClicked.connect(lambda section: self.begin_at(section + 1))

    def show_layout(self, sheet: Sheet, layout: SheetLayout) -> None:
        """Show ``sheet`` with what is guessed or was chosen."""
        self.naming.layout_ = layout
        self.sheet_model.sheet = None
        self.show_sheet(sheet, {}, frozenset(range(1, layout.first_row)))
        self._widen()
        first = next((c for c, f in layout.columns.items() if f is Field.NAME), min(layout.columns, default=1))
        self.setCurrentIndex(self.naming.index(max(layout.first_row - 1, 0), first - 1))

    def _widen(self) -> None:
        """No chooser's words are cut."""
        metrics = self.horizontalHeader().fontMetrics()
        for column in range(1, self.naming.columnCount() + 1):
            wanted = metrics.horizontalAdvance(self.naming.say(column)) + 24
            if self.columnWidth(column - 1) < wanted:
                self.setColumnWidth(column - 1, wanted)

    def choose(self, column: int) -> None:
        """Ask what a column is."""
        layout = self.naming.layout_
        menu = FieldMenu(column_letter(column), layout.columns.get(column), layout.units.get(column), self)
        menu.told.connect(lambda answer: self.take(column, answer))
        head = self.horizontalHeader()
        menu.popup(head.mapToGlobal(QPoint(head.sectionViewportPosition(column - 1), head.height())))

    def take(self, column: int, answer: Field | MoneyUnit | None) -> None:
        """A field goes to one column only: the one that had it before is not read any more."""
        layout = self.naming.layout_
        columns, units = dict(layout.columns), dict(layout.units)
        if isinstance(answer, MoneyUnit):
            units[column] = answer
        else:
            columns = {c: f for c, f in columns.items() if c != column and f is not answer}
            if answer is not None:
                columns[column] = answer
            if answer not in MONEY_FIELDS:
                units.pop(column, None)
        self._show(layout.first_row, columns, {c: u for c, u in units.items() if c in columns})

    def begin_at(self, row: int) -> None:
        """The first project stands in ``row``."""
        layout = self.naming.layout_
        if row != layout.first_row:
            self._show(row, layout.columns, layout.units)

    def _show(self, first_row: int, columns: Mapping[int, Field], units: Mapping[int, MoneyUnit]) -> None:
        self.naming.layout_ = SheetLayout(first_row, columns, units)
        self.naming.grey(frozenset(range(1, first_row)))
        self.naming.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(self.naming.columnCount() - 1, 0))
        self._widen()
        self.named.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.choose(self.currentIndex().column() + 1)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)
