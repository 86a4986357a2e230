"""An unexpected error: written to the log, and shown once with a report that can be copied."""

from __future__ import annotations

import logging
import platform
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QWidget

from hydesk import __version__
from hydesk.domain.errors import machine_sentence
from hydesk.domain.plain_trace import plain_trace
from hydesk.ui.clipboard import put_words
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.style import clothe

log = logging.getLogger(__name__)


class CrashDialog(QDialog):
    """Says what happened, that the ledger is safe, and gives the report to pass on."""

    def __init__(self, report: str, log_path: Path, parent: QWidget | None = None, said: str | None = None) -> None:
        super().__init__(parent)
        clothe(self)
        self.report = report
        self.setWindowTitle("程序出错")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(640, 420)
        text = QPlainTextEdit(report)
        text.setReadOnly(True)
        text.setAccessibleName("错误报告")
        buttons = in_row(1, button("复制报告", lambda: put_words(report)), button("继续使用", self.accept, kind="primary"))
        in_column(
            label(said or "程序出了意外的错误，刚才这一步没有完成。", "heading", wrap=True),
            label("台账是好的：每一步要么整个写入，要么完全没写，此前保存的内容都在。可以继续使用；"
                  "请把下面的报告复制给维护人员，里面没有项目名称、金额和电话。", "quiet", wrap=True),
            (text, 1), label(f"日志：{log_path}", "small", wrap=True), buttons, on=self, margins=(20, 16, 20, 16))


class CrashReporter:
    """Takes what nobody else took. While one dialog is open further errors only go to the log."""

    def __init__(self, log_path: Path) -> None:
        self._log_path = log_path
        self._open = False
        self.takes: Callable[[BaseException], bool] = lambda _error: False
        """Whether an error is told in another way; asked first."""

    def hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """For ``sys.excepthook``."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.report(error.with_traceback(trace))

    def report(self, error: BaseException) -> None:
        """Log ``error`` and show it."""
        log.error("unexpected", exc_info=error)
        said = machine_sentence(error)
        if self.takes(error):
            return
        if self._open or QApplication.instance() is None:
            return
        self._open = True
        dialog = CrashDialog(report_of(error), self._log_path, QApplication.activeWindow(), said)
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self, _result: int) -> None:
        self._open = False


def report_of(error: BaseException) -> str:
    """Version, machine and where it happened; no name, figure or folder of the office."""
    return f"hydesk {__version__}\nPython {platform.python_version()}\n{platform.platform()}\n\n{plain_trace(error)}\n"
