"""Asking for help: F1 anywhere opens the reader at the page that fits, also from dialogs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from hydesk.ui.help.topics import topic_of
from hydesk.ui.style import Theme

if TYPE_CHECKING:
    from hydesk.ui.help.reader import Reader


class Help(QObject):
    """Makes the reader when it is first wanted, and keeps it."""

    def __init__(self, theme: Theme, settings: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme, self._settings = theme, settings
        self.reader: Reader | None = None

    def ask(self, topic: str) -> Reader:
        """Show the handbook at ``topic``. Raises HydeskError where the handbook is not there."""
        if self.reader is None:
            from hydesk.ui.help.pages import Handbook
            from hydesk.ui.help.reader import Reader

            self.reader = Reader(Handbook(), self._theme, self._settings)
            self.reader.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.reader.ask(topic)
        return self.reader

    def close(self) -> None:
        """Close the reader; the program is about to end."""
        if self.reader is not None:
            self.reader.close()
            self.reader.deleteLater()
            self.reader = None


class DialogKeys(QObject):
    """Gives every dialog F1 when it is first in front: the main window's keys do not reach there."""

    def __init__(self, ask: Callable[[str], object], parent: QObject) -> None:
        super().__init__(parent)
        self._ask = ask
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusWindowChanged.connect(self._look)

    def _look(self, _window: QWindow | None) -> None:
        dialog = QApplication.activeWindow()
        if not isinstance(dialog, QDialog) or dialog.property("helped"):
            return
        dialog.setProperty("helped", True)
        QShortcut(QKeySequence("F1"), dialog).activated.connect(lambda: self._ask(topic_around(dialog)))


def topic_around(window: QWidget) -> str:
    """The page for what has the keyboard in ``window``, else for the window or what it belongs to."""
    return topic_of(window.focusWidget() or window)
