"""Esc leaves the innermost thing that can be left: a form before its panel, a panel before its screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget


class _Escape(QObject):
    """Claims Esc before any shortcut does: of two shortcuts for one key in sight of the focus, Qt acts on neither."""

    def __init__(self, widget: QWidget, act: Callable[[], object]) -> None:
        super().__init__(widget)
        self._act = act
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
                and event.key() == Qt.Key.Key_Escape and event.modifiers() == Qt.KeyboardModifier.NoModifier):
            event.accept()
            # Once the key is done with: what takes the keyboard next must not be handed the same Esc.
            QTimer.singleShot(0, self, self._act)
            return True
        return False


def on_escape(widget: QWidget, act: Callable[[], object]) -> None:
    """Let Esc anywhere in ``widget`` call ``act``, unless something further inside takes it."""
    _Escape(widget, act)
