"""The quiet line at the bottom, and the line of work under way."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QPushButton, QWidget

from hydesk.ui import tokens
from hydesk.ui.desk import Notice
from hydesk.ui.jobs import Job
from hydesk.ui.kit.basic import label
from hydesk.ui.kit.boxes import in_row
from hydesk.ui.kit.delayed import Delayed
from hydesk.ui.plain import plain_text

STAY_MS = 6000
JUST_SAID = 1.0
"""Seconds within which an error belongs to the page that comes, whose opening it was about."""
ROOM, MOST_LINES, EDGE = 300, 5, 10
"""Points of a line of words, and how many lines at most: bottom left it covers no answer and no figure of a page."""


class Toast(QFrame):
    """Done: a quiet line with 撤销, not a dialog, that goes by itself. Wrong: it stays until it is read, or its page is left."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = parent
        self.setObjectName("toast")
        self._notice: Notice | None = None
        self._said_at = 0.0
        self.text = QLabel()
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.undo = QPushButton("撤销")
        self.undo.clicked.connect(self._undo)
        self.close_button = QPushButton("知道了")
        self.close_button.clicked.connect(self.hide)
        in_row(self.text, self.undo, self.close_button, on=self, margins=(16, 7, 8, 7))
        self._timer = Delayed(self, self._leave)
        parent.installEventFilter(self)
        self.hide()

    def show_notice(self, notice: Notice) -> None:
        """Show ``notice`` for a while; the pointer on it keeps it."""
        self._notice = notice
        text = ("■ " if notice.wrong else "") + notice.text
        metrics, room = self.text.fontMetrics(), tokens.wide(ROOM)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, (MOST_LINES - 1) * room)
        self.text.setText(shown)
        self.text.setFixedWidth(min(room, metrics.horizontalAdvance(shown) + 4))
        self.text.setToolTip(plain_text(notice.text))
        self.setAccessibleName(notice.text)
        self.undo.setVisible(notice.undo is not None)
        self.undo.setText(notice.undo_label)
        undoes = notice.undo_label == "撤销"
        self.undo.setToolTip(plain_text(QKeySequence(QKeySequence.StandardKey.Undo).toString() if undoes else ""))
        self.close_button.setVisible(notice.wrong)
        self._said_at = time.monotonic()
        if notice.wrong:
            self._timer.stop()
        else:
            self._timer.start(STAY_MS)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))  # readers say it aloud

    def leave_page(self) -> None:
        """Another page comes to the front: what went wrong on the one before is over."""
        if self._notice is not None and self._notice.wrong and time.monotonic() - self._said_at > JUST_SAID:
            self.hide()

    def _leave(self) -> None:
        """Time is up; somebody who has come to its buttons by Tab keeps it."""
        if self.undo.hasFocus() or self.close_button.hasFocus():
            self._timer.start(STAY_MS)
        else:
            self.hide()

    def _undo(self) -> None:
        self.hide()
        if self._notice and self._notice.undo:
            self._notice.undo()

    def _place(self) -> None:
        ground = self._ground
        self.move(EDGE, ground.height() - self.height() - EDGE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent) and self.isVisible():
            self._place()
        return False


class WorkLine(QFrame):
    """Working: what is being done, how far, and 取消; the rest of the window stays usable."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topline")
        self._jobs: list[Job] = []
        self.setFixedHeight(tokens.wide(36))
        self.text = label("", "quiet")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 1000)
        self.bar.setFixedWidth(260)
        self.bar.setAccessibleName("进度")
        self.cancel = QPushButton("取消")
        self.cancel.setAutoDefault(False)  # over the start page, a dialog, Enter anywhere would press it
        self.cancel.clicked.connect(self._cancel)
        in_row(self.bar, (self.text, 1), self.cancel, on=self, margins=(tokens.PAGE_MARGIN, 2, tokens.PAGE_MARGIN, 3))
        self._late = Delayed(self, self._appear)
        self.hide()

    def follow(self, job: Job) -> None:
        """Show ``job`` while it runs, unless it is a quiet one or over at once."""
        if job.quiet:
            return
        self._jobs.append(job)
        job.progressed.connect(self._told)
        job.ended.connect(self._drop)
        if not self.isVisible() and not self._late.isActive():
            self._late.start(250)
        self._show(self._jobs[-1], 0.0, "")

    def _appear(self) -> None:
        if self._jobs:
            self.show()

    def _show(self, job: Job, fraction: float, text: str) -> None:
        if self._jobs and job is self._jobs[-1]:
            self.bar.setValue(round(fraction * 1000))
            more = f"　（还有 {len(self._jobs) - 1} 件）" if len(self._jobs) > 1 else ""
            stopping = "　正在取消…" if job.stopping else ""
            self.text.setText(f"{job.title}{'：' + text if text else ''}{more}{stopping}")
            self.cancel.setEnabled(not job.stopping)

    def _told(self, fraction: float, text: str) -> None:
        job = self.sender()
        if isinstance(job, Job):
            self._show(job, fraction, text)

    def _drop(self) -> None:
        job = self.sender()
        if isinstance(job, Job) and job in self._jobs:
            self._jobs.remove(job)
        if not self._jobs:
            self.hide()
        else:
            self._show(self._jobs[-1], 0.0, "")

    def _cancel(self) -> None:
        if self._jobs:
            self._jobs[-1].cancel()
            self._show(self._jobs[-1], self.bar.value() / 1000, "")
