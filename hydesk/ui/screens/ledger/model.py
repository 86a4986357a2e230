"""The table model of the ledger: a list of row numbers over Rows; sorting and filtering move numbers only."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from hydesk.domain.indicators import LampRule, Meaning, Totals
from hydesk.domain.money import MoneyUnit, to_yuan
from hydesk.domain.periods import Period
from hydesk.ui.requests import LedgerQuery
from hydesk.ui.screens.ledger.columns import COLUMNS, INDEX
from hydesk.ui.screens.ledger.rows import Rows
from hydesk.ui.style import Theme
from hydesk.ui.widgets.table import Cell

Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_LAMP, _GAP = INDEX["meaning"], INDEX["gap"]


class LedgerModel(QAbstractTableModel):
    """What is shown of the ledger. ``edited`` asks for a write; the model itself changes nothing."""

    shown_changed = Signal()
    """Other rows, another order or another unit of money."""
    edited = Signal(int, object, object)
    """Project id, Field, new value (yuan or text)."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rows = Rows((), Period.month(2000, 1), LampRule())
        self.visible: list[int] = []
        self.query = LedgerQuery()
        self.unit = MoneyUnit.WAN
        self.sorted_by: tuple[int, bool] | None = None
        self._texts: list[list[str]] = []
        self._take_texts()

    def show_rows(self, rows: Rows) -> None:
        """Show other rows, keeping query and order."""
        self.beginResetModel()
        self.rows = rows
        self._take_texts()
        self.visible = self._choose()
        self.endResetModel()
        self.shown_changed.emit()

    def show_query(self, query: LedgerQuery) -> None:
        """Narrow to ``query``."""
        self.query = query
        self._rearrange()

    def show_order(self, column: int, descending: bool) -> None:
        """Sort by ``column``; -1 goes back to the ledger's own order."""
        self.sorted_by = None if column < 0 else (column, descending)
        self._rearrange()

    def show_unit(self, unit: MoneyUnit) -> None:
        """Show money in ``unit``."""
        self.unit = unit
        self._take_texts()
        if self.visible:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.visible) - 1, len(COLUMNS) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        self.shown_changed.emit()

    def _take_texts(self) -> None:
        self._texts = [self.rows.texts(i, self.unit) for i in range(len(COLUMNS))]

    def _choose(self) -> list[int]:
        order = self.rows.order(*self.sorted_by) if self.sorted_by else range(len(self.rows))
        return self.rows.select(self.query, order)

    def _rearrange(self) -> None:
        chosen = self._choose()
        if chosen != self.visible:
            self.beginResetModel()
            self.visible = chosen
            self.endResetModel()
        self.shown_changed.emit()

    def totals(self) -> Totals:
        """Sums of what is shown."""
        return self.rows.totals(self.visible)

    def project_id(self, row: int) -> int:
        """The id of the project at ``row`` of the table."""
        return self.rows.ids[self.visible[row]]

    def row_of(self, project_id: int) -> int:
        """Where the project stands in the table; -1 when it is not shown."""
        return next((r for r, i in enumerate(self.visible) if self.rows.ids[i] == project_id), -1)

    def cell(self, row: int, column: int) -> Cell:
        """How a cell is painted."""
        at = self.visible[row]
        return Cell(self._texts[column][at], COLUMNS[column].right, self._color(column, at))

    # What Qt asks for -------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.visible)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts[column][self.visible[index.row()]]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if COLUMNS[column].right else _LEFT
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._color(column, self.visible[index.row()])
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(column, self.visible[index.row()])
        if role == Qt.ItemDataRole.EditRole:
            text = self._texts[column][self.visible[index.row()]]
            return "" if text == "—" else text
        return None

    def _tip(self, column: int, row: int) -> str:
        if column == _LAMP:
            return self.rows.lines[row].lamp.reason
        return self._texts[column][row]

    def _color(self, column: int, row: int) -> QColor | None:
        palette = self._theme.palette
        if COLUMNS[column].quiet:
            return QColor(palette.quiet)
        meaning = self.rows.meaning(row)
        if column == _LAMP or (column == _GAP and meaning in (Meaning.LAGGING, Meaning.SERIOUSLY_LAGGING)):
            return palette.of_meaning(meaning)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if COLUMNS[section].right else _LEFT
        if role == Qt.ItemDataRole.DisplayRole:
            mark = ""
            if self.sorted_by and self.sorted_by[0] == section:
                mark = " ▼" if self.sorted_by[1] else " ▲"
            return COLUMNS[section].title(self.rows.period) + mark
        if role == Qt.ItemDataRole.ToolTipRole and COLUMNS[section].money:
            return f"{COLUMNS[section].title(self.rows.period)}（{self.unit.value}）"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if COLUMNS[index.column()].field is not None:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        column = COLUMNS[index.column()]
        text = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or column.field is None or text == self.data(index, role):
            return False
        new: int | str | None = text
        if column.money is not None:
            try:
                new = to_yuan(Decimal(text.replace(",", "").replace("，", "")), self.unit) if text else None
            except (InvalidOperation, ValueError):
                new = text  # the service refuses it with a sentence
        self.edited.emit(self.project_id(index.row()), column.field, new)
        return False  # shown once it is written
