"""The panel beside a report's pages, opened on demand: its text as a list, its form, the office's own
sentences, what changed since the last issue."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.kit.escape import on_escape
from hydesk.ui.kit.list_frame import tabbed
from hydesk.ui.kit.side_panel import headed
from hydesk.ui.screens.reports.changes_list import ChangesList
from hydesk.ui.screens.reports.composer import Composer
from hydesk.ui.screens.reports.form_panel import FormPanel
from hydesk.ui.screens.reports.sentences import SentenceList

TEXT, FORM, OWN, CHANGES = range(4)


class ReportPanel(QFrame):
    """Four pages under tabs; Esc or × closes it."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAccessibleName("文字、模板、自编、和上期比")
        self.setFixedWidth(tokens.PANEL_WIDTH)
        self.sentences, self.form, self.composer, self.changes = SentenceList(), FormPanel(), Composer(desk), ChangesList(desk)
        self.tabs, self.sides = tabbed((("文字", self.sentences), ("模板", self.form), ("自编", self.composer), ("和上期比", self.changes)), "文字和模板")
        layout = headed(self, self.tabs, desk, self.close_panel)
        layout.setContentsMargins(1, 4, 1, 1)
        layout.addWidget(self.sides, 1)
        on_escape(self, self.close_panel)
        self.hide()

    def open_page(self, page: int) -> None:
        """Show ``page`` (TEXT, FORM or CHANGES); again, put it away."""
        if self.isVisible() and self.tabs.currentIndex() == page:
            self.close_panel()
            return
        self.tabs.setCurrentIndex(page)
        self.show()
        self.tabs.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_panel(self) -> None:
        """Put the panel away and give the keyboard back."""
        self.hide()
        self.closed.emit()
