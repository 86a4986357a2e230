"""What opens at the right of the ledger's table: the details of the current project, or the office's own columns."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject
from PySide6.QtWidgets import QWidget

from hydesk.ui.desk import Desk
from hydesk.ui.screens.ledger.detail import DetailPanel
from hydesk.ui.screens.ledger.own_columns import OwnColumnsPanel
from hydesk.ui.screens.ledger.view import LedgerTable


class LedgerPanels(QObject):
    """Belongs to the ledger's screen, ``parent``: one of them at a time, the keyboard back in the table when it closes."""

    def __init__(self, desk: Desk, table: LedgerTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._table, self._model = table, table.ledger
        self.detail, self.own = DetailPanel(desk), OwnColumnsPanel(desk)
        self.detail.hide()
        self.own.made.connect(table.show_own)
        self.own.closed.connect(table.setFocus)
        self.detail.closed.connect(self.close_detail)
        table.selectionModel().currentChanged.connect(self._follow)

    def open_own(self, new: bool = False) -> None:
        """Show the office's own columns in place of the project."""
        self.detail.hide()
        self.own.open(new)

    def open_detail(self) -> None:
        """Show the details of the current project."""
        self.own.hide()
        index = self._table.currentIndex()
        if index.isValid():
            self.detail.show()
            self._follow(index)

    def toggle_detail(self) -> None:
        """Space: the details, or none."""
        if self.detail.isVisible():
            self.close_detail()
        else:
            self.open_detail()

    def close_detail(self) -> None:
        """Hide the details, if they are shown."""
        if self.detail.isVisible():
            self.detail.hide()
            self._table.setFocus()

    def _follow(self, index: QModelIndex, _old: QModelIndex | None = None) -> None:
        if index.isValid() and self.detail.isVisible():
            self.detail.show_project(self._model.rows.lines[self._model.visible[index.row()]], self._model.rows.own)
