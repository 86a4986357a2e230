"""The facts of a project, edited in place: F2 or a double click; each with where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from hydesk.domain.fields import Field, FieldKind
from hydesk.domain.measures.named import OF_FIELD
from hydesk.domain.money import MoneyUnit, format_money, to_yuan
from hydesk.domain.own_columns import YES_NO, LedgerField, OwnColumn, OwnKind, show_own_value
from hydesk.domain.understanding import ReadValue
from hydesk.services.pages.project_page import FACTS, ProjectPage
from hydesk.services.projects.project_history import Provenance
from hydesk.ui.kit.table import Cell, CellDelegate
from hydesk.ui.kit.table_model import ColumnHead, Index, TableModel
from hydesk.ui.kit.table_view import Choose, TableView
from hydesk.ui.style import Theme

Choices = Mapping[Field, tuple[str, ...]]
OWN = "自建栏目"
"""The block of the office's own columns, behind the others."""
_AMOUNTS = " ".join(OF_FIELD[f] for _, fields in FACTS for f in fields if f in OF_FIELD)
"""The measures among the facts."""


def where(source: Provenance | None) -> str:
    """Where a value came from, in one line: the file with its cell, or who changed it by hand."""
    if source is None:
        return ""
    if source.return_id is None:
        return f"{source.actor} {source.at:%Y-%m-%d} 手工修改" + (f"：{source.words}" if source.words else "")
    place = " · ".join(p for p in (source.file, source.sheet, source.cell) if p)
    return place + (f" 原文“{source.words}”" if source.words else "")


def _briefly(source: Provenance | None) -> str:
    """As ``where``, the cell first, for a narrow column."""
    if source is None or source.return_id is None:
        return where(source)
    return "　".join(p for p in (source.cell, source.file, source.sheet) if p)


class FactsModel(TableModel):
    """One row a field, after a row with its group's name. ``edited`` asks for a write; nothing is changed here."""

    edited = Signal(object, object)
    """Field and its new value (yuan, text or None), or own column and the words typed."""

    def __init__(self, theme: Theme, parent: QObject | None = None, *, looks_only: bool = False) -> None:
        super().__init__(parent)
        self._theme = theme
        self._heads = ("项目", "内容" if looks_only else "内容（F2 修改）", "来源")
        self._built_in: list[tuple[str, LedgerField | None]] = [
            row for name, fields in FACTS for row in [(name, None), *((f.label, f) for f in fields)]]
        self._rows = self._built_in
        self._page: ProjectPage | None = None

    def show_page(self, page: ProjectPage) -> None:
        """Show the facts of ``page``; the same rows, other values."""
        rows = [*self._built_in, *([(OWN, None)] if page.own else []), *((c.label, c) for c in page.own)]
        if rows != self._rows:
            self.beginResetModel()
            self._page, self._rows = page, rows
            self.endResetModel()
        self._page = page
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 2))

    def field(self, row: int) -> LedgerField | None:
        """The field of ``row``; None for a group's name."""
        return self._rows[row][1] if 0 <= row < len(self._rows) else None

    def source(self, row: int) -> Provenance | None:
        """What brought the value of ``row``."""
        field = self.field(row)
        if field is None or self._page is None:
            return None
        if not isinstance(field, Field):
            return self._page.own_sources.get(field.id)
        sources = self._page.sources
        return sources.get(("", field)) or sources.get((str(self._page.period.year), field))

    def value(self, row: int) -> str:
        """The value of ``row`` as shown; money in 万元."""
        field = self.field(row)
        if field is None or self._page is None:
            return ""
        if not isinstance(field, Field):
            return show_own_value(self._page.own_values.get(field.id))
        value = self._page.facts.get(field)
        if field.kind is FieldKind.MONEY:
            return format_money(value if isinstance(value, int) else None)
        return " ".join(str(value).split()) if value is not None else ""

    def _own_head(self, field: OwnColumn) -> str:
        """An own column's head; of a figure told by period with the period it is of."""
        at = self._page.own_periods.get(field.id) if self._page is not None else None
        return field.head if at is None else f"{field.head} {at.short_label}"

    def cell(self, row: int, column: int) -> Cell:
        """How a cell is painted."""
        name, field = self._rows[row]
        quiet = QColor(self._theme.palette.quiet)
        if column == 0:
            unit = "（万元）" if isinstance(field, Field) and field.kind is FieldKind.MONEY else ""
            name = self._own_head(field) if isinstance(field, OwnColumn) else name
            return Cell(name + unit, color=None if field is None else quiet, bold=field is None)
        if column == 1:
            return Cell(self.value(row))
        return Cell(_briefly(self.source(row)), color=quiet)

    def tip(self, row: int, column: int) -> str:
        return where(self.source(row)) if column == 2 else self.text(row, column)

    def entered(self, row: int, column: int) -> str:
        text = self.value(row)
        return "" if text == "—" else text

    def height(self) -> int:
        return len(self._rows)

    def breadth(self) -> int:
        return 3

    def head(self, column: int) -> ColumnHead:
        return ColumnHead(self._heads[column], measure=_AMOUNTS if column == 1 else "")

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == 1 and self.field(index.row()) is not None:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        field, text = self.field(index.row()), str(value).strip()
        if field is None or role != Qt.ItemDataRole.EditRole or text == self.data(index, role):
            return False
        self.edited.emit(field, _read(field, text) if isinstance(field, Field) else text)
        return False  # shown once it is written


def _read(field: Field, text: str) -> ReadValue | None:
    if field.kind is FieldKind.MONEY and text:
        try:
            return to_yuan(Decimal(text.replace(",", "").replace("，", "")), MoneyUnit.WAN)
        except (InvalidOperation, ValueError):
            return text  # the service refuses it with a sentence
    return text or None


class _FactDelegate(CellDelegate):
    """Offers what there is to choose from where the office keeps a list."""

    def __init__(self, theme: Theme, view: QTableView, model: FactsModel) -> None:
        super().__init__(theme, view, model)
        self._facts = model
        self.choices: Choices = {}

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        field = self._facts.field(index.row())
        offered = self.choices.get(field) if isinstance(field, Field) else None
        if isinstance(field, OwnColumn):
            choices = field.choices or (YES_NO if field.kind is OwnKind.YES_NO else ())
            offered = ("", *choices) if choices else None
        if not offered:
            return super().createEditor(parent, option, index)
        box = QComboBox(parent)
        box.setEditable(field is not Field.REPORTING_UNIT)
        box.addItems(list(offered))
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            text = str(index.data(Qt.ItemDataRole.EditRole) or "")
            editor.setCurrentIndex(editor.findText(text))
            if editor.isEditable():
                editor.setEditText(text)
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentText(), Qt.ItemDataRole.EditRole)
        else:
            super().setModelData(editor, model, index)


class FactsTable(TableView):
    """The table of facts. ``source_asked`` when Enter is pressed on where a value came from."""

    source_asked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, looks_only: bool = False) -> None:
        self.facts = FactsModel(theme, looks_only=looks_only)
        super().__init__(self.facts, theme, "项目情况", Choose.CELLS, parent)
        self.facts.setParent(self)
        self._delegate = _FactDelegate(theme, self, self.facts)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
        head = self.horizontalHeader()
        self.setColumnWidth(0, 168)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.opened.connect(lambda: self._ask(self.currentIndex()))
        self.setCurrentIndex(self.facts.index(2, 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is known comes before where it came from."""
        room = self.viewport().width() - self.columnWidth(0)
        self.setColumnWidth(2, max(48, min(250, room - 230)))
        super().resizeEvent(event)

    def offer(self, choices: Choices) -> None:
        """What there is to choose from, by field."""
        self._delegate.choices = choices

    def _ask(self, index: QModelIndex) -> None:
        source = self.facts.source(index.row())
        if index.column() == 2 and source is not None:
            self.source_asked.emit(source)
