"""The keyboard of the ledger's table, as in Excel."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QTableView

from hydesk.ui.kit.table import CellDelegate
from hydesk.ui.screens.ledger.model import LedgerModel
from hydesk.ui.style import Theme

_ARROWS = {Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1)}


class EditDelegate(CellDelegate):
    """Enter ends an edit and goes down, Tab goes right, with Shift the other way. No other key is looked at, so that
    an input method composes undisturbed."""

    def __init__(self, theme: Theme, view: QTableView, model: LedgerModel, walker: Walker) -> None:
        super().__init__(theme, view, model)
        self._walker = walker

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            step = {Qt.Key.Key_Return: (1, 0), Qt.Key.Key_Enter: (1, 0), Qt.Key.Key_Tab: (0, 1),
                    Qt.Key.Key_Backtab: (0, -1)}.get(Qt.Key(event.key()))
            if step is not None:
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
                rows = -step[0] if back and step[0] else step[0]
                self._walker.step(rows, step[1])
                return True
        return super().eventFilter(editor, event)


class Walker:
    """Moves the current cell of a table over the columns that are shown, in their order on screen."""

    def __init__(self, table: QTableView, model: LedgerModel) -> None:
        self._table, self._model = table, model
        self.anchor = QPersistentModelIndex()
        self._extending = False

    def columns(self) -> list[int]:
        """The columns shown, from left to right."""
        header = self._table.horizontalHeader()
        order = (header.logicalIndex(v) for v in range(header.count()))
        return [c for c in order if not header.isSectionHidden(c)]

    def step(self, rows: int, columns: int) -> None:
        """One cell on, without leaving the table."""
        at = self._table.currentIndex()
        shown = self.columns()
        if not at.isValid() or at.column() not in shown:
            return
        place = min(max(shown.index(at.column()) + columns, 0), len(shown) - 1)
        row = min(max(at.row() + rows, 0), self._model.rowCount() - 1)
        self._go(row, shown[place], extend=False)

    def take(self, event: QKeyEvent) -> bool:
        """Do what the key asks for; whether it asked for anything here."""
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        extend = bool(held & Qt.KeyboardModifier.ShiftModifier)
        control = bool(held & Qt.KeyboardModifier.ControlModifier)
        at, shown = self._table.currentIndex(), self.columns()
        if not shown or not self._model.rowCount():
            return False
        if key == Qt.Key.Key_Space and (control or extend):
            self._whole(at, column=control)
            return True
        if not at.isValid() or at.column() not in shown:
            return False
        place, last = shown.index(at.column()), self._model.rowCount() - 1
        if key == Qt.Key.Key_Home:
            self._go(0 if control else at.row(), shown[0], extend)
        elif key == Qt.Key.Key_End:
            self._go(last if control else at.row(), shown[-1], extend)
        elif key in _ARROWS:
            rows, columns = _ARROWS[key]
            row, place = self._jump(at.row(), place, rows, columns, shown) if control else (at.row() + rows, place + columns)
            self._go(min(max(row, 0), last), shown[min(max(place, 0), len(shown) - 1)], extend)
        else:
            return False
        return True

    def _whole(self, at: QModelIndex, *, column: bool) -> None:
        """Ctrl+Space selects the column, Shift+Space the row."""
        last = self._model.rowCount() - 1
        if column:
            self._select(0, last, [at.column()])
        else:
            self._select(at.row(), at.row(), self.columns())

    def _select(self, top: int, bottom: int, columns: list[int]) -> None:
        chosen = QItemSelection()
        for c in columns:
            chosen.append(QItemSelectionRange(self._model.index(top, c), self._model.index(bottom, c)))
        self._table.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _jump(self, row: int, place: int, rows: int, columns: int, shown: list[int]) -> tuple[int, int]:
        """To the edge of the block of filled or of empty cells, as Ctrl and an arrow do in Excel."""
        last = self._model.rowCount() - 1

        def filled(r: int, p: int) -> bool:
            return self._model.text(r, shown[p]) not in ("", "—")

        def inside(r: int, p: int) -> bool:
            return 0 <= r <= last and 0 <= p < len(shown)

        r, p = row + rows, place + columns
        if not inside(r, p):
            return row, place
        if filled(row, place) and filled(r, p):
            while inside(r + rows, p + columns) and filled(r + rows, p + columns):
                r, p = r + rows, p + columns
        else:
            while inside(r + rows, p + columns) and not filled(r, p):
                r, p = r + rows, p + columns
        return r, p

    def _go(self, row: int, column: int, extend: bool) -> None:
        index = self._model.index(row, column)
        selection = self._table.selectionModel()
        shown = self.columns()
        if extend and self.anchor.isValid() and self.anchor.column() in shown:
            a, b = sorted((shown.index(self.anchor.column()), shown.index(column)))
            self._select(min(self.anchor.row(), row), max(self.anchor.row(), row), shown[a:b + 1])
            self._extending = True
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self._extending = False
        else:
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._table.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)

    def take_anchor(self, current: QModelIndex) -> None:
        """A block that is selected with Shift begins at the last cell that was gone to without it."""
        pressed = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        dragged = pressed and QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier
        if not self._extending and not dragged:
            self.anchor = QPersistentModelIndex(current)
