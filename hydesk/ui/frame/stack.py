"""The screens, one in front of the others."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QStackedWidget


class ScreenStack(QStackedWidget):
    """Asks for the room of the screen in front only, not of the widest that was ever shown."""

    room_asked = Signal()
    """The screen in front asks for other room than before."""

    def minimumSizeHint(self) -> QSize:
        front = self.currentWidget()
        return front.minimumSizeHint() if front is not None else super().minimumSizeHint()

    def event(self, event: QEvent) -> bool:
        taken = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.room_asked.emit()
        return taken
