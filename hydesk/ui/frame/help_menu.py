"""帮助 at the foot of the navigation: the handbook at the page that fits, the keys, and 关于."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QMainWindow, QMenu, QWidget

from hydesk.domain.errors import HydeskError
from hydesk.ui.desk import Desk
from hydesk.ui.frame.shortcuts import ShortcutSheet
from hydesk.ui.help.ask import DialogKeys, Help
from hydesk.ui.help.topics import topic_of


class HelpMenu(QMenu):
    """Belongs to ``window``; makes what it shows when it is first asked for, since a start needs none of it."""

    def __init__(self, desk: Desk, window: QMainWindow) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self.setAccessibleName("帮助")
        self.addAction("使用手册\tF1").triggered.connect(lambda: self.show_handbook())
        self.addAction("快捷键\tShift+F1").triggered.connect(lambda: self.show_keys())
        self.addSeparator()
        self.addAction("关于…").triggered.connect(lambda: self.show_about())
        for keys, act in (("F1", self.show_handbook), ("Shift+F1", self.show_keys)):
            QShortcut(QKeySequence(keys), window).activated.connect(act)
        self.help = Help(desk.theme, desk.settings, self)
        self._dialogs = DialogKeys(self.ask, self)
        desk.help_asked.connect(self._open)

    def _open(self, name: str) -> None:
        """A page of the handbook, the keys or 关于."""
        {"keys": self.show_keys, "about": self.show_about}.get(name, lambda: self.ask(name))()

    def ask(self, topic: str) -> None:
        """Show the handbook at ``topic``."""
        try:
            self.help.ask(topic)
        except HydeskError as error:
            self._desk.notice(str(error), wrong=True)

    def show_handbook(self) -> None:
        """F1: the page for what has the keyboard."""
        screen = self._window.centralWidget()
        focused = self._window.focusWidget()
        current = getattr(self._window, "stack", None)
        front = current.currentWidget() if current is not None else screen
        inside = focused is not None and front is not None and front.isAncestorOf(focused)
        self.show_page_for(focused if inside else front)

    def show_page_for(self, widget: QWidget | None) -> None:
        """The page for ``widget``."""
        self.ask(topic_of(widget))

    def show_keys(self) -> None:
        """Shift+F1."""
        ShortcutSheet(self._window).open()

    def show_about(self) -> QDialog:
        """关于, which is given back."""
        from hydesk.ui.help.about import AboutDialog

        dialog = AboutDialog(self._desk.theme, self._desk.settings, self._desk.ledger.location, self._window)
        dialog.open()
        return dialog
