"""Finding words in the pages: Ctrl+F, Enter for the next one, Shift+Enter for the one before, Esc to leave."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from hydesk.domain.job_progress import Progress
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.boxes import in_row
from hydesk.ui.kit.pdf_pages import PageMark
from hydesk.ui.screens.reports.page_view import PageView


class _Words(QLineEdit):
    def __init__(self, bar: FindBar) -> None:
        super().__init__()
        self._bar = bar

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._bar.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self._bar.leave()
        else:
            super().keyPressEvent(event)


class FindBar(QWidget):
    """A line of words and how many places have them."""

    def __init__(self, desk: Desk, view: PageView) -> None:
        super().__init__()
        self._desk, self._view = desk, view
        self._marks: list[PageMark] = []
        self._at = -1
        self._asked = ("", 0)
        self.words = _Words(self)
        self.words.setPlaceholderText("在报告里查找")
        self.words.setAccessibleName("在报告里查找")
        self.words.setMaximumWidth(260)
        self.said = label("", "quiet")
        in_row(
            self.words, button("上一处", lambda: self.step(-1), tip="Shift+Enter"), button("下一处", lambda: self.step(1), tip="Enter"),
            self.said, 1, button("关闭", self.leave, tip="Esc"), on=self, gap=6, margins=(8, 6, 8, 6))
        self.words.textChanged.connect(lambda _t: self.look())
        self.hide()

    def start(self) -> None:
        """Open the line and select what stands in it."""
        self.show()
        self.words.setFocus()
        self.words.selectAll()

    def leave(self) -> None:
        """Close the line and take the marks away."""
        self.hide()
        self._view.show_marks([], -1)
        self._view.setFocus()

    def look(self) -> None:
        """Look through all pages in a job."""
        file, words = self._view.file, self.words.text().strip()
        self._asked = (words, self._asked[1] + 1)
        number = self._asked[1]
        if file is None or not words:
            self._take(number, [])
            return

        def work(progress: Progress) -> list[PageMark]:
            found: list[PageMark] = []
            for page in range(len(file.sizes)):
                progress(page / len(file.sizes), "正在查找")
                found += file.search(words, page)
            return found

        self._desk.jobs.start("查找", work, self, done=lambda found: self._take(number, found), quiet=True)

    def _take(self, number: int, found: list[PageMark]) -> None:
        if number != self._asked[1]:
            return
        self._marks, self._at = found, 0 if found else -1
        self._show()

    def step(self, by: int) -> None:
        """The next or the previous place, round and round."""
        if self._marks:
            self._at = (self._at + by) % len(self._marks)
            self._show()

    def _show(self) -> None:
        many = len(self._marks)
        self.said.setText(f"第 {self._at + 1}／{many} 处" if many else "没有找到" if self.words.text().strip() else "")
        self._view.show_marks(self._marks, self._at)
