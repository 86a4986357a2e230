"""Widths of columns that somebody has dragged, by the columns' heads; kept from one start to the next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QTableView

from hydesk.ui import tokens
from hydesk.ui.kit.table import ORDER_MARKS


class DraggedWidths(QObject):
    """Belongs to a table. ``widths`` are pixels at the standard size of text."""

    ended = Signal()
    """The mouse, which may have dragged, was let go."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self.widths: dict[str, int] = {}
        self.pressed = False
        """Whether the mouse is down on the head: columns that are laid out while it is down elsewhere, on the list from
        which a page is chosen, are not dragged."""
        table.horizontalHeader().sectionResized.connect(self._note)
        table.horizontalHeader().viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
            self.pressed = event.type() == QEvent.Type.MouseButtonPress
            if not self.pressed:
                self.ended.emit()
        return False

    def _note(self, section: int, _old: int, new: int) -> None:
        if self.pressed:
            self.widths[self.head(section)] = round(new / tokens.text_scale)

    def head(self, section: int) -> str:
        """The words over a column."""
        said = self._table.model().headerData(section, Qt.Orientation.Horizontal)
        return str(said or section).rstrip(ORDER_MARKS)

    def of(self, section: int, usual: int) -> int:
        """How wide a column is to be now: as dragged, else ``usual`` (at standard text)."""
        return tokens.wide(self.widths.get(self.head(section), usual))


def dragged(table: QTableView) -> DraggedWidths:
    """The widths of ``table``, which watches for dragging from now on."""
    known = table.findChild(DraggedWidths)
    return known if isinstance(known, DraggedWidths) else DraggedWidths(table)
