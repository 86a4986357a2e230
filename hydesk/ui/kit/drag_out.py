"""What is selected in a table can be dragged into Excel, WPS or a message; the same as a copy would bring there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, Qt
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView


class DragOut(QObject):
    """Belongs to a table. A press on what is selected already waits: moved, it drags; let go, it was a usual click.

    Qt's own dragging would take the place of selecting by drawing the mouse over the cells.
    """

    def __init__(self, table: QTableView, content: Callable[[QTableView, bool], QMimeData | None]) -> None:
        super().__init__(table)
        self._table, self.content = table, content
        self.source = table
        """The table whose selection is dragged: another one where two show the same rows side by side."""
        self.head = False
        """Whether the columns' heads go along."""
        self._pressed: QMouseEvent | None = None
        self._passing = False
        table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._passing or not isinstance(event, QMouseEvent):
            return False
        if event.type() == QEvent.Type.MouseButtonPress:
            self._pressed = None
            if self._may_drag(event):
                self._pressed = event.clone()
                self._table.setFocus(Qt.FocusReason.MouseFocusReason)
                return True
        elif event.type() == QEvent.Type.MouseMove and self._pressed is not None:
            if self._far(event.position().toPoint()):
                self._pressed = None
                self.drag()
            return True
        elif event.type() == QEvent.Type.MouseButtonRelease and self._pressed is not None:
            pressed, self._pressed = self._pressed, None
            self._pass_on(pressed)
            self._pass_on(event)
            return True
        return False

    def _far(self, at: QPoint) -> bool:
        pressed = self._pressed
        return pressed is not None and (
            at - pressed.position().toPoint()).manhattanLength() >= QApplication.startDragDistance()

    def _pass_on(self, event: QMouseEvent) -> None:
        self._passing = True
        try:
            QApplication.sendEvent(self._table.viewport(), event)
        finally:
            self._passing = False

    def _may_drag(self, event: QMouseEvent) -> bool:
        if event.button() != Qt.MouseButton.LeftButton or event.modifiers() != Qt.KeyboardModifier.NoModifier:
            return False
        index = self._table.indexAt(event.position().toPoint())
        chosen = self._table.selectionModel()
        if not index.isValid() or chosen is None or not chosen.isSelected(index):
            return False
        if self._table.state() == QAbstractItemView.State.EditingState:
            return False
        if self._table.selectionBehavior() == QAbstractItemView.SelectionBehavior.SelectItems:
            # One cell alone: from it somebody starts to select a block.
            blocks = chosen.selection()
            return blocks.count() > 1 or (blocks.count() == 1 and blocks.at(0).width() * blocks.at(0).height() > 1)
        return True

    def drag(self) -> None:
        """Begin to drag what is selected."""
        data = self.content(self.source, self.head)
        if data is not None:
            drag = QDrag(self._table)
            drag.setMimeData(data)
            drag.exec(Qt.DropAction.CopyAction)


def drag_out(table: QTableView) -> DragOut:
    """What drags out of ``table``, which ``set_up`` has prepared."""
    found = table.findChild(DragOut)
    assert isinstance(found, DragOut)
    return found
