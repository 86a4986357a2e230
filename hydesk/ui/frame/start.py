"""The small window while the ledger is opened or the demonstration made."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QIcon
from PySide6.QtWidgets import QApplication, QProgressBar, QWidget

from hydesk.resource_files import resource
from hydesk.ui.jobs import Job
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.delayed import Delayed


class StartWindow(QWidget):
    """Shown only when opening takes a while or fails."""

    others_wanted = Signal()
    """Another ledger is to be chosen, or another way to begin."""

    def __init__(self, location: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setWindowTitle("衡阳重点项目")
        self.setWindowIcon(QIcon(str(resource("icons", "app.svg"))))
        self.setFixedWidth(520)
        self._job: Job | None = None
        self._done = False
        self.title = label("正在打开台账…", "heading")
        self.text = label(location, "quiet", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 1000)
        self.bar.setAccessibleName("进度")
        self.others = button("打开别的台账…", self._others)
        self.read_only = button("只读打开", self._read, kind="primary")
        self._to_read: Callable[[], None] | None = None
        self.quit = button("退出", self.close)
        row = in_row(1, self.read_only, self.others, self.quit)
        in_column(self.title, self.text, self.bar, row, on=self, gap=12, margins=(24, 20, 24, 20))
        for one in (self.others, self.read_only, self.quit):
            one.hide()
        self._late = Delayed(self, self.show)

    def follow(self, job: Job, *, new: bool) -> None:
        """Show how far ``job`` is."""
        self._job = job
        if new:
            self.title.setText("正在准备演示台账（388 个项目，演示数据）")
            self.quit.setText("取消")
            self.quit.show()
        job.progressed.connect(self._show)
        self._late.start(400)

    def _show(self, fraction: float, text: str) -> None:
        self.bar.setValue(round(fraction * 1000))
        self.text.setText(text)

    def say_failed(self, sentence: str) -> None:
        """Show why the ledger cannot be opened."""
        self._late.stop()
        self.title.setText("台账没有打开")
        self.text.setText(sentence)
        self.bar.hide()
        self.others.show()
        self.quit.setText("退出")
        self.quit.show()
        self.show()

    def offer_read_only(self, sentence: str, read: Callable[[], None]) -> None:
        """Somebody else has the ledger open: say who, and offer to look at it without changing it."""
        self.say_failed(sentence)
        self.title.setText("台账正由另一个窗口使用")
        self._to_read = read
        self.read_only.show()
        self.read_only.setFocus()

    def _read(self) -> None:
        if self._to_read is not None:
            self.title.setText("正在只读打开…")
            self.read_only.hide()
            self._to_read()

    def _others(self) -> None:
        self.others_wanted.emit()

    def done(self) -> None:
        """The main window is there."""
        self._done = True
        self._late.stop()
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._done:
            if self._job is not None:
                self._job.cancel()
            QApplication.exit(3)
        super().closeEvent(event)
