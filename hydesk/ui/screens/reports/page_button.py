"""Where one is among the pages; opened, the parts of the report with the pages they begin on, to go there."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QToolButton

from hydesk.ui.plain import plain_text
from hydesk.ui.screens.reports.page_view import PageView

_LONGEST = 30
"""Characters of a heading that the list shows."""


class PageButton(QToolButton):
    """第 3／34 页; a report of one page has nothing to open."""

    def __init__(self, view: PageView) -> None:
        super().__init__()
        self._view = view
        self.setObjectName("menu")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.parts = QMenu(self)
        self.parts.aboutToShow.connect(self._fill)
        self.setMenu(self.parts)
        view.page_changed.connect(self._say)
        QShortcut(QKeySequence("Ctrl+G"), view, self.open_parts)
        self._say(0, 0)

    def open_parts(self) -> None:
        """Open the list of parts."""
        if self.isEnabled():
            self.showMenu()

    def _say(self, page: int, pages: int) -> None:
        several = pages > 1
        self.setText(f"第 {page}／{pages} 页{' ▾' if several else ''}" if pages else "")
        self.setAccessibleName(f"第{page}页，共{pages}页，按部分跳转" if several else f"共{pages}页")
        self.setToolTip(plain_text("按部分跳转　Ctrl+G" if several else ""))
        self.setEnabled(several)
        self.setVisible(bool(pages))

    def _fill(self) -> None:
        self.parts.clear()
        file = self._view.file
        entries = file.outline if file is not None else ()
        here = max((i for i, e in enumerate(entries) if self._view.reached(e.page, e.top)), default=-1)
        self._add("首页", 1, 0, 0.0, marked=here < 0)
        for index, entry in enumerate(entries):
            words = entry.words if len(entry.words) <= _LONGEST else entry.words[: _LONGEST - 1] + "…"
            self._add(words, entry.page + 1, entry.page, entry.top, marked=index == here)
        if file is not None:
            self._add("末页", len(file.sizes), len(file.sizes) - 1, 0.0)

    def _add(self, words: str, number: int, page: int, top: float, *, marked: bool = False) -> None:
        action = QAction(f"{words.replace('&', '&&')}\t{number}", self.parts)
        action.setCheckable(marked)
        action.setChecked(marked)
        action.triggered.connect(partial(self._view.show_place, page, top))
        self.parts.addAction(action)
