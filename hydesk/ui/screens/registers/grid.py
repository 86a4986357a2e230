"""The table of a register: typed in place, what is wrong said beside the cell, sums in a fixed row below."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QCompleter,
    QLabel,
    QLineEdit,
    QStyleOptionViewItem,
    QWidget,
)

from hydesk.domain.registers import RegisterField, RegisterKind
from hydesk.services.registers.register_figures import figure_measure
from hydesk.ui import style, tokens
from hydesk.ui.kit import table as tables
from hydesk.ui.kit.completing import offer_any_part
from hydesk.ui.kit.listing import ListColumn, Listing, ListModel
from hydesk.ui.kit.meant import QUOTED
from hydesk.ui.kit.table_model import Index
from hydesk.ui.kit.table_sums import TableSums
from hydesk.ui.screens.registers.rows import SheetRow, SheetRows
from hydesk.ui.style import Theme

LEFT = "\n left"
"""The column that says how long a record is over its deadline."""
_WIDTH = {RegisterKind.TEXT: 120, RegisterKind.LONG_TEXT: 200, RegisterKind.NUMBER: 90, RegisterKind.MONEY: 118,
          RegisterKind.DATE: 98, RegisterKind.CHOICE: 96, RegisterKind.UNIT: 86, RegisterKind.PROJECT: 190}
_MOST = 260


class RegisterModel(ListModel[SheetRow]):
    """A register's records; fields a person fills can be typed in."""

    rows: SheetRows | None = None

    def field(self, column: int) -> RegisterField | None:
        """The field of a column that can be typed in."""
        if self.rows is None:
            return None
        key = self.columns[column].key
        return next((f for f in self.rows.sheet.definition.stored if f.key == key), None)

    def flags(self, index: Index) -> Qt.ItemFlag:
        held = super().flags(index)
        return held | Qt.ItemFlag.ItemIsEditable if index.isValid() and self.field(index.column()) else held

    def entered(self, row: int, column: int) -> str:
        return self.items[row].texts.get(self.columns[column].key, "")


def _id(row: SheetRow) -> int:
    return row.id


def sheet_columns(rows: SheetRows, theme: Theme, fields: list[RegisterField]) -> list[ListColumn[SheetRow]]:
    """The table's columns: the deadline's state beside what names a record, widths by what stands in them."""
    metrics = QFontMetrics(style.figures(tokens.TABLE_PT))

    def quiet(_row: SheetRow) -> QColor:
        return QColor(theme.palette.quiet)

    def late(row: SheetRow) -> QColor | None:
        return QColor(theme.palette.serious) if row.late else None

    def width(own: RegisterField) -> int:
        head = metrics.horizontalAdvance(rows.sheet.head(own) + " ▲") + 2 * tables.PAD + 4
        body = max((metrics.horizontalAdvance(r.texts[own.key][:24]) for r in rows.rows[:60]), default=0) + 2 * tables.PAD + 4
        least = min(_WIDTH.get(rows.sheet.kind(own), 100), max(body, 64))
        return max(head, least, min(body, _MOST))

    made = []
    for own in fields:
        kind = rows.sheet.kind(own)
        number = kind in (RegisterKind.MONEY, RegisterKind.NUMBER)
        made.append(ListColumn(
            rows.sheet.head(own), _reader(own.key), width(own), _order(own.key) if number or kind is RegisterKind.DATE else None,
            right=number, color=quiet if own.kind is RegisterKind.FIGURE else None, measure=_measure(own, number),
            key=own.key))
    if rows.sheet.definition.due:
        named = max((i for i, f in enumerate(fields) if f.key in rows.sheet.definition.identity), default=-1)
        made.insert(named + 1, ListColumn("期限情况", lambda r: r.days, 112, lambda r: r.over, color=late, key=LEFT))
    return made


def _measure(own: RegisterField, number: bool) -> str:
    """What a column of figures means: one of the ledger's measures where it is drawn, else what was entered."""
    return figure_measure(own.figure) or QUOTED if own.kind is RegisterKind.FIGURE else "registered" if number else QUOTED


def _reader(key: str) -> Callable[[SheetRow], str]:
    return lambda row: row.texts[key]


def _order(key: str) -> Callable[[SheetRow], Any]:
    def read(row: SheetRow) -> Any:
        value = row.record.get(key)
        return getattr(value, "day", value)
    return read


class RegisterGrid(Listing[SheetRow]):
    """F2 or typing changes the current cell; ``typed`` tells what was entered once it can stand there."""

    typed = Signal(int, str, str)
    """Record, field and words."""
    refused = Signal(str)
    """What was typed and left could not stand there."""

    def __init__(self, theme: Theme, name: str) -> None:
        self.sheet = RegisterModel([], _id)
        super().__init__([], theme, name, key=_id, model=self.sheet)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.AnyKeyPressed)
        self.typist = CellTypist(theme, self)
        self.setItemDelegate(self.typist)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Space):
            event.ignore()
            return
        super().keyPressEvent(event)


class CellTypist(tables.CellDelegate):
    """The line that a cell is typed in; it stays while what stands in it is wrong, with the sentence below it."""

    def __init__(self, theme: Theme, grid: RegisterGrid) -> None:
        super().__init__(theme, grid, grid.sheet)
        self._grid, self._theme_of = grid, theme
        self.said = QLabel(grid.viewport())
        self.said.setObjectName("cell_error")
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.hide()
        self._index = QPersistentModelIndex()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem,
                     index: QModelIndex | QPersistentModelIndex) -> QWidget:
        own = self._grid.sheet.field(index.column())
        editor = QLineEdit(parent)
        editor.setFont(style.figures(tokens.TABLE_PT))
        if own is None or self._grid.sheet.rows is None:
            return editor
        editor.setAccessibleName(own.label)
        choices = self._grid.sheet.rows.sheet.choices(own)
        if choices:
            completer = QCompleter(list(choices), editor)
            offer_any_part(completer)
            editor.setCompleter(completer)
        self._index = QPersistentModelIndex(index)
        editor.textEdited.connect(lambda _t: self.said.hide())
        editor.destroyed.connect(lambda: self.said.hide())
        return editor

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))

    def wrong(self, text: str) -> str | None:
        """Why ``text`` cannot stand in the cell being typed in."""
        own = self._grid.sheet.field(self._index.column()) if self._index.isValid() else None
        if own is None or self._grid.sheet.rows is None:
            return None
        return self._grid.sheet.rows.sheet.check(own, text)[1]

    def setModelData(self, editor: QWidget, model: object, index: QModelIndex | QPersistentModelIndex) -> None:
        if not isinstance(editor, QLineEdit):
            return
        text, old = editor.text().strip(), str(index.data(Qt.ItemDataRole.EditRole))
        if text == old:
            return
        why = self.wrong(text)
        if why is not None:
            self._grid.refused.emit(f"{why}；没有修改")
            return
        row: SheetRow = self._grid.list.items[index.row()]
        self._grid.typed.emit(row.id, self._grid.list.columns[index.column()].key, text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (isinstance(watched, QLineEdit) and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
                and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)):
            why = self.wrong(watched.text().strip())
            if why is not None:
                self._say(watched, why)
                return True
            self.commitData.emit(watched)
            self.closeEditor.emit(watched, QAbstractItemDelegate.EndEditHint.NoHint)
            return True
        return super().eventFilter(watched, event)

    def _say(self, editor: QLineEdit, why: str) -> None:
        palette = self._theme_of.palette
        self.said.setStyleSheet(f"background: {palette.mark_error}; color: {palette.serious}; padding: 4px 8px;")
        self.said.setText(why)
        self.said.adjustSize()
        below = editor.geometry().bottomLeft() + QPoint(0, 2)
        room = self._grid.viewport()
        x = max(0, min(below.x(), room.width() - self.said.width()))
        y = below.y() if below.y() + self.said.height() < room.height() else editor.y() - self.said.height() - 2
        self.said.move(x, y)
        self.said.raise_()
        self.said.show()


class SumLine(TableSums):
    """How many records are shown and the sums of their amounts."""

    def __init__(self, grid: RegisterGrid, theme: Theme) -> None:
        super().__init__(grid, theme)
        self._grid = grid

    def show_sums(self, texts: dict[str, str]) -> None:
        """Show sums by column."""
        self.texts = texts
        for i, column in enumerate(self._grid.list.columns):
            if column.right:
                self._make_room(i, column.key)
        heads = {c.key: c.head for c in self._grid.list.columns}
        self.setAccessibleDescription("，".join(f"{heads.get(k, '')}{t}" for k, t in texts.items() if t))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self._ground()
        header, columns = self._grid.horizontalHeader(), self._grid.list.columns
        for i, column in enumerate(columns):
            text = self.texts.get(column.key)
            if text:
                # The count may run on over columns without a sum; a sum stays in its own.
                later = next((j for j in range(i + 1, len(columns)) if self.texts.get(columns[j].key)), None)
                begin = header.sectionViewportPosition(i)
                end = begin + header.sectionSize(i) if column.right else (
                    self.width() if later is None else header.sectionViewportPosition(later))
                self._write(painter, text, begin, end - begin, right=column.right)
