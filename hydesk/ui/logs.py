"""The program's log: a rotating file without names and figures, and what Qt says."""

from __future__ import annotations

import faulthandler
import logging
import logging.handlers
import os
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from hydesk.domain.plain_trace import plain_trace


class _PlainFormatter(logging.Formatter):
    """Errors without their words, and sentences without what was put into them: those may hold names and figures."""

    def format(self, record: logging.LogRecord) -> str:
        if record.args and record.name != "qt":
            record = logging.makeLogRecord({
                **record.__dict__, "msg": re.sub(r"%[-+0-9.]*[a-z]", "…", str(record.msg)), "args": None})
        return super().format(record)

    def formatException(self, ei: Any) -> str:
        return plain_trace(ei[1]) if ei[1] is not None else ""


class _SharedFile(logging.handlers.RotatingFileHandler):
    """A log that several windows write: where another holds it open (Windows), it goes on growing until it can be turned."""

    def doRollover(self) -> None:
        try:
            super().doRollover()
        except OSError:
            self.maxBytes *= 2  # not tried again for every line
            if self.stream is None:
                self.stream = self._open()


def set_up_log(path: Path) -> None:
    """Log to a rotating file; without permission there, to standard error."""
    handler: logging.Handler
    try:
        path.parent.mkdir(0o700, parents=True, exist_ok=True)
        handler = _SharedFile(path, maxBytes=1_000_000, backupCount=3, encoding="utf-8")
        path.chmod(0o600)
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(_PlainFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    with suppress(OSError, ValueError, RuntimeError):  # what ends the whole program at once leaves its trace here
        faulthandler.enable(path.with_name("hard-crash.log").open("a", encoding="utf-8"))
    qInstallMessageHandler(_log_qt)


_QT_LEVEL = {QtMsgType.QtDebugMsg: logging.DEBUG, QtMsgType.QtInfoMsg: logging.INFO,
             QtMsgType.QtWarningMsg: logging.WARNING}


def _log_qt(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    logging.getLogger("qt").log(_QT_LEVEL.get(kind, logging.ERROR), "%s", message)
    if kind is QtMsgType.QtFatalMsg and sys.stderr is not None:  # the program ends with this: the log alone would keep it silent
        sys.stderr.write(_why_it_ends(message) + "\n")


def _why_it_ends(message: str) -> str:
    """What somebody who started the window is told where Qt gives up."""
    if "platform plugin" in message:
        display = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or "没有设置"
        return f"窗口打不开：连不上图形界面（DISPLAY：{display}）。请在桌面上运行；不开窗口的命令照常可用，见 hydesk --help。"
    return f"窗口打不开，程序停下了：{message}"
