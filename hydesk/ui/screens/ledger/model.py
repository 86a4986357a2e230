"""The table model of the ledger: a list of row numbers over Rows; sorting and filtering move numbers only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QColor

from hydesk.domain.meaning import Meaning
from hydesk.domain.measures.reach import as_of
from hydesk.domain.measures.totals import Totals
from hydesk.domain.money import MoneyUnit
from hydesk.domain.own_columns import key_of
from hydesk.domain.periods import Period
from hydesk.services.pages.ledger_columns import COLUMNS, INDEX, LedgerColumn, index_in
from hydesk.services.pages.ledger_query import LedgerQuery
from hydesk.services.pages.ledger_rows import LedgerRows, Order
from hydesk.services.pages.ledger_shown import ShownLedger
from hydesk.services.standings.period_view import empty_view
from hydesk.ui.kit.meant import QUOTED
from hydesk.ui.kit.table import Cell
from hydesk.ui.kit.table_model import ColumnHead, Index, TableModel
from hydesk.ui.style import Theme

_LAMP, _GAP = INDEX["meaning"], INDEX["gap"]
_TO_DATE = frozenset(INDEX[k] for k in ("year", "completion", "gap", "since", "funds", "statistics"))
"""Columns whose figures are sums to date, or made from them."""
_PLACES = "①②③④⑤⑥⑦⑧⑨"


class LedgerModel(TableModel):
    """What is shown of the ledger. ``edited`` asks for a write; the model itself changes nothing."""

    shown_changed = Signal()
    """Other rows, another order or another unit of money."""
    columns_renewed = Signal()
    """The office's own columns became others."""
    pending_changed = Signal()
    """Other cells, or none, hold what is not written yet."""
    edited = Signal(int, object, str)
    """Project id, Field or own column, and what was typed, money in the unit shown."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rows = LedgerRows(empty_view(Period.month(2000, 1)))
        self.columns: tuple[LedgerColumn, ...] = COLUMNS
        """The program's own and behind them the office's."""
        self.looks_only = False
        """Whether no cell can be changed."""
        self.visible: list[int] = []
        self.query = LedgerQuery()
        self.unit = MoneyUnit.WAN
        self.sorted_by: Order = ()
        self._quiet: dict[str, QColor] = {}
        self._typed: dict[tuple[int, int], str] = {}

    def show_rows(self, rows: LedgerRows) -> None:
        """Show other rows, keeping query and order; where the same projects stay in place, so does the selection."""
        renewed = self._renew_columns(rows)
        before = self.rows, self.visible
        self.rows, self._typed = rows, {}
        chosen = self._choose()
        same = len(before[1]) == len(chosen) and all(
            before[0].ids[a] == rows.ids[b] for a, b in zip(before[1], chosen, strict=True))
        if same and chosen:
            self.visible = chosen
            self.redraw()
            self.redraw_heads()
        else:
            self.beginResetModel()
            self.visible = chosen
            self.endResetModel()
        if renewed:
            self.columns_renewed.emit()
        self.shown_changed.emit()

    def _renew_columns(self, rows: LedgerRows) -> bool:
        """Take up the own columns of ``rows``, and whether they are others; what was sorted by stays so, where it is there."""
        if [c.field for c in rows.columns] == [c.field for c in self.columns]:
            self.columns = rows.columns
            return False
        order = [(self.columns[c].key, down) for c, down in self.sorted_by]
        if len(self.columns) > len(COLUMNS):
            self.beginRemoveColumns(QModelIndex(), len(COLUMNS), len(self.columns) - 1)
            self.columns = COLUMNS
            self.endRemoveColumns()
        if len(rows.columns) > len(COLUMNS):
            self.beginInsertColumns(QModelIndex(), len(COLUMNS), len(rows.columns) - 1)
            self.columns = rows.columns
            self.endInsertColumns()
        self.sorted_by = tuple((at, down) for key, down in order if (at := self.index_of(key)) is not None)
        return True

    def index_of(self, key: str) -> int | None:
        """The column of that key; None where there is none."""
        return index_in(self.columns, key)

    def show_query(self, query: LedgerQuery) -> None:
        """Narrow to ``query``."""
        self.query = query
        self._rearrange()

    def show_order(self, *by: tuple[int, bool]) -> None:
        """Sort by columns, the first one first; none at all goes back to the ledger's own order."""
        self.sorted_by = by
        self._rearrange()
        self.redraw_heads()

    def show_unit(self, unit: MoneyUnit) -> None:
        """Show money in ``unit``."""
        self.unit = unit
        self.redraw()
        self.redraw_heads()
        self.shown_changed.emit()

    def show_typed(self, texts: Mapping[tuple[int, str], str]) -> None:
        """Show what is being written, by project and the key of its field, until the rows are read again."""
        for column, c in enumerate(self.columns):
            key = key_of(c.field) if c.field is not None else ""
            for (project, field), text in texts.items():
                if key == field and project in self.rows.at:
                    self._typed[self.rows.at[project], column] = text
        self.redraw()
        self.pending_changed.emit()

    def forget_typed(self) -> None:
        """Show again what the ledger holds."""
        self._typed = {}
        self.redraw()
        self.pending_changed.emit()

    @property
    def pending(self) -> int:
        """How many cells show what is not written yet; no sum has it."""
        return len(self._typed)

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

    def shown(self, columns: Sequence[int], widths: Mapping[int, int]) -> ShownLedger:
        """What is shown now in ``columns``, to be written or printed in a job. What is typed and not written yet is not in it."""
        return ShownLedger(self.rows, list(columns), list(self.visible), self.query, self.sorted_by, self.unit, dict(widths))

    def totals(self) -> Totals:
        """Sums of what is shown."""
        return self.rows.totals(self.visible)

    def said(self) -> str:
        """How many projects there are, and how many of them are shown."""
        if not self.rows.whole:
            return "正在读取全部项目…"
        shown, all_ = len(self.visible), len(self.rows)
        return f"{all_:,} 个项目" if shown == all_ else f"{all_:,} 个项目中的 {shown:,} 个"

    def project_id(self, row: int) -> int:
        """The id of the project at ``row`` of the table."""
        return self.rows.ids[self.visible[row]]

    def row_of(self, project_id: int) -> int:
        """Where the project stands in the table; -1 when it is not shown."""
        at = self.rows.at.get(project_id)
        return self.visible.index(at) if at in self.visible else -1

    def text(self, row: int, column: int) -> str:
        """The text of a cell of the table. Worked out when asked for: only what is on screen ever is."""
        at = self.visible[row]
        if self._typed and (at, column) in self._typed:
            return self._typed[at, column]
        return self.columns[column].display(self.rows.lines[at], self.unit)

    def cell(self, row: int, column: int) -> Cell:
        """How a cell is painted."""
        at = self.visible[row]
        return Cell(self.text(row, column), self.columns[column].right, self._color(column, at),
                    pending=bool(self._typed) and (at, column) in self._typed)

    def height(self) -> int:
        return len(self.visible)

    def breadth(self) -> int:
        return len(self.columns)

    def entered(self, row: int, column: int) -> str:
        text = self.text(row, column)
        return "" if text == "—" else text

    def tip(self, row: int, column: int) -> str:
        if column == _LAMP:
            return self.rows.lines[self.visible[row]].lamp.reason
        at = as_of(self.rows.lines[self.visible[row]].project) if self._is_older(column, self.visible[row]) else None
        return self.text(row, column) if at is None else f"{self.text(row, column)}（截至{at.full_label}）"

    def _is_older(self, column: int, row: int) -> bool:
        """Whether a figure to date is of an earlier period than the one shown: the project wears 未报."""
        return column in _TO_DATE and not self.rows.yardstick.reported(self.rows.lines[row].project)

    def _color(self, column: int, row: int) -> QColor | None:
        palette = self._theme.palette
        if self.columns[column].quiet or self._is_older(column, row):
            return self._quiet.setdefault(palette.quiet, QColor(palette.quiet))
        if column not in (_LAMP, _GAP):
            return None
        meaning = self.rows.meaning(row)
        if column == _LAMP or meaning in (Meaning.LAGGING, Meaning.SERIOUSLY_LAGGING):
            return palette.of_meaning(meaning)
        return None

    def head(self, column: int) -> ColumnHead:
        own = self.columns[column]
        title = own.title(self.rows.period, self.rows.reach.as_of)
        unit = f"（{self.unit.value}）" if own.money else ""
        measure = own.measure or (QUOTED if own.field is not None and own.kind == "words" else "")
        return ColumnHead(title + self._order_mark(column), own.right, measure,
                    f"{title}{unit}：单击排序，按住 Shift 单击再加一列")

    def _order_mark(self, section: int) -> str:
        """▲ or ▼, with its place where several columns are sorted by."""
        for place, (column, descending) in enumerate(self.sorted_by):
            if column == section:
                number = _PLACES[place] if len(self.sorted_by) > 1 and place < len(_PLACES) else ""
                return f" {'▼' if descending else '▲'}{number}"
        return ""

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.columns[index.column()].field is not None and not self.looks_only:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        column = self.columns[index.column()]
        text = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or column.field is None or text == self.data(index, role):
            return False
        self.edited.emit(self.project_id(index.row()), column.field, text)
        return False  # shown once it has been judged
