"""The search box above a table: Enter or ↓ goes on to what was found."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit


def on_leaving(search: QLineEdit, act: Callable[[], object]) -> None:
    """Let Enter and ↓ in ``search`` call ``act``."""
    search.returnPressed.connect(act)
    down = QShortcut(QKeySequence("Down"), search)
    down.setContext(Qt.ShortcutContext.WidgetShortcut)
    down.activated.connect(act)
