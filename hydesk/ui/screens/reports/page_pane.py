"""The pages at the right of a report: what is found in them above, where one is and how large below."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget

from hydesk.domain.job_progress import Progress
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import EmptyState, button
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.elided import ElidedLabel
from hydesk.ui.kit.pdf_pages import PageMark, PdfFile
from hydesk.ui.screens.reports.find_bar import FindBar
from hydesk.ui.screens.reports.page_button import PageButton
from hydesk.ui.screens.reports.page_view import PageView

_PAGES, _EMPTY = range(2)
_LEAST = 6
"""Fewer characters stand in too many places to show one of them."""


class PagePane(QFrame):
    """Pages, or one sentence where there are none."""

    def __init__(self, desk: Desk, view: PageView | None = None) -> None:
        super().__init__()
        self.setObjectName("card")
        self._desk = desk
        self._asked = 0
        self.view = view or PageView(desk)
        self.find_bar = FindBar(desk, self.view)
        self.note = ElidedLabel()
        self.page = PageButton(self.view)
        self.empty = EmptyState()
        inside = in_column(self.find_bar, on=self, gap=0, margins=1)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.view)
        self.pages.addWidget(self.empty)
        inside.addWidget(self.pages, 1)
        inside.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        foot = in_row((self.note, 1), self.page, gap=4, margins=(10, 4, 6, 4))
        for text, tip, act in (
            ("查找", "Ctrl+F", self.find_bar.start), ("－", "缩小　Ctrl+滚轮", lambda: self.view.step_zoom(-1)),
            ("＋", "放大　Ctrl+滚轮", lambda: self.view.step_zoom(1)), ("整页", "一次看到一整页　0", self.view.fit_page),
            ("适合宽度", "", self.view.fit_width),
        ):
            foot.addWidget(button(text, act, tip=tip))
        return foot

    def show_file(self, file: PdfFile, note: str, *, stay: bool) -> None:
        """Show pages with what is to be known about them; ``stay`` keeps the place."""
        self.note.say(note)
        self.view.show_file(file, stay=stay)
        self.pages.setCurrentIndex(_PAGES)
        if self.find_bar.isVisible():
            self.find_bar.look()

    def wait(self, words: str) -> None:
        """Say in place of pages what they wait for; the keyboard stays there."""
        self.view.waiting = words
        self.pages.setCurrentIndex(_PAGES)
        self.view.viewport().update()

    def say(self, sentence: str) -> None:
        """Show ``sentence`` instead of pages."""
        self.view.show_file(None)
        self.note.say("")
        self.empty.say(sentence)
        self.pages.setCurrentIndex(_EMPTY)

    def bring(self, words: str) -> None:
        """Bring the place where ``words`` stand into sight and mark it, unless something is being looked for."""
        file = self.view.file
        self._asked += 1
        if file is None or self.find_bar.isVisible() or len("".join(words.split())) < _LEAST:
            return
        number = self._asked

        def work(_progress: Progress) -> list[PageMark]:
            for page in range(len(file.sizes)):
                if found := file.search(words, page):
                    return found[:1]
            return []

        def done(found: list[PageMark]) -> None:
            if number == self._asked and file is self.view.file and not self.find_bar.isVisible():
                self.view.show_marks(found, 0)

        self._desk.jobs.start("查找", work, self, done=done, quiet=True)
