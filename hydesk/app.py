"""The one place of wiring: paths, log, ledger, jobs, main window."""

from __future__ import annotations

import faulthandler
import logging
import logging.handlers
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from platformdirs import user_config_path
from PySide6.QtCore import (
    QLibraryInfo,
    QMessageLogContext,
    QObject,
    QSettings,
    Qt,
    QTimer,
    QtMsgType,
    QTranslator,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from hydesk import __version__
from hydesk.domain.errors import HydeskError
from hydesk.domain.periods import Period
from hydesk.domain.plain_trace import plain_trace
from hydesk.services.default_ledger import default_ledger, log_file
from hydesk.services.ledger_as_of import PastLedger, ledger_as_of
from hydesk.services.lock_ledger import Holder, LedgerHeld, LedgerLock, place_warning, take_lock
from hydesk.services.open_ledger import Ledger, create_ledger, open_ledger
from hydesk.services.open_or_create import PastLocation
from hydesk.services.settings import DEMO, get_setting
from hydesk.ui import style
from hydesk.ui.changes import Changes
from hydesk.ui.crash import CrashReporter
from hydesk.ui.desk import Desk
from hydesk.ui.frame import first_paint
from hydesk.ui.frame.backup import BackupKeeper
from hydesk.ui.frame.main_window import MainWindow
from hydesk.ui.frame.start import StartWindow
from hydesk.ui.garbage import UiGarbage
from hydesk.ui.jobs import Jobs, Progress
from hydesk.ui.screens import SCREENS

log = logging.getLogger(__name__)


def run(ledger_location: str | None = None, pictures: Path | None = None, size: tuple[int, int] = (1366, 768)) -> int:
    """Open the window on the ledger at ``ledger_location`` (default: the user's own); the exit status.

    With ``pictures`` every screen is painted once at ``size`` (pixels), saved in that folder, and the window closes.
    """
    set_up_log(log_file())
    app = application(sys.argv[:1])
    garbage = UiGarbage(app)
    settings = QSettings(str(user_config_path("hydesk", appauthor=False) / "window.ini"), QSettings.Format.IniFormat)
    theme = style.Theme(style.palette_for(str(settings.value("theme", "light"))))
    style.dress(app, theme)
    reporter = CrashReporter(log_file())
    sys.excepthook = reporter.hook
    start = Start(ledger_location or default_ledger(), theme, settings, reporter.report)
    start.pictures, start.size = pictures, size
    QTimer.singleShot(0, start.begin)
    status = app.exec()
    start.close()
    garbage.collect_what_is_due()
    return status


def application(arguments: list[str]) -> QApplication:
    """The QApplication, with Qt's own texts in Chinese."""
    # A job that computes lets the window have its turn after half a millisecond instead of Python's five: painting a
    # screenful asks for it hundreds of times.
    sys.setswitchinterval(0.0005)
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    app = QApplication(arguments)
    app.setApplicationName("hydesk")
    app.setApplicationDisplayName("衡阳重点项目")
    app.setApplicationVersion(__version__)
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    return app


class _PlainFormatter(logging.Formatter):
    """Errors without their words, and sentences without what was put into them: those may hold names and figures."""

    def format(self, record: logging.LogRecord) -> str:
        if record.args and record.name != "qt":
            record = logging.makeLogRecord({
                **record.__dict__, "msg": re.sub(r"%[-+0-9.]*[a-z]", "…", str(record.msg)), "args": None})
        return super().format(record)

    def formatException(self, ei: Any) -> str:
        return plain_trace(ei[1]) if ei[1] is not None else ""


def set_up_log(path: Path) -> None:
    """Log to a rotating file; without permission there, to standard error."""
    handler: logging.Handler
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(path, maxBytes=1_000_000, backupCount=3, encoding="utf-8")
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


class Start(QObject):
    """Opens the ledger off the UI thread, or makes the demonstration one on first start, then the main window."""

    def __init__(self, location: str, theme: style.Theme, settings: QSettings,
                 report: Callable[[BaseException], None]) -> None:
        super().__init__()
        self._location, self._theme, self._settings, self._report = location, theme, settings, report
        self._jobs = Jobs(self)
        self._waiting = StartWindow(location)
        self.window: MainWindow | None = None
        self.desk: Desk | None = None
        self._ledger: Ledger | None = None
        self._past: PastLedger | None = None
        self._lock: LedgerLock | None = None
        self.pictures: Path | None = None
        self.size = (1366, 768)

    def begin(self) -> None:
        """Open the ledger; shows a small window only when that takes a while."""
        new = "://" not in self._location and not Path(self._location).exists()
        self._waiting.empty_wanted.connect(self._make_empty)
        job = self._jobs.start("打开台账", lambda p: self._open(new, p), self, done=self._opened,
                               failed=self._failed, cancelled=self._make_empty, writes=True)
        self._waiting.follow(job, new=new)

    def _open(self, new: bool, progress: Progress) -> tuple[Ledger, Period, list[Period]]:
        if new:
            from hydesk.services.make_demo import make_demo_ledger

            ledger: Ledger = make_demo_ledger(self._location, progress=progress)
        else:
            self._take_lock()
            ledger = open_ledger(self._location, check_beside=True)
        if isinstance(self._location, PastLocation):
            self._ledger = ledger
            ledger = ledger_as_of(ledger, self._location.moment)
        return self._known(ledger)

    def _take_lock(self) -> None:
        """Raises LedgerHeld where another window has the ledger open."""
        if self._lock is not None or "://" in self._location or not Path(self._location).is_file():
            return
        taken = take_lock(Path(self._location).absolute())
        if isinstance(taken, Holder):
            raise LedgerHeld(f"{taken}。同一本台账只能有一个窗口修改；可以只读打开，先看不改。")
        self._lock = taken

    def _open_to_read(self) -> None:
        self._waiting.read_only.hide()
        self._jobs.start("只读打开台账", lambda _p: self._known(open_ledger(self._location, read_only=True)), self,
                         done=self._opened, failed=self._failed)

    def _known(self, ledger: Ledger) -> tuple[Ledger, Period, list[Period]]:
        from hydesk.services.list_standings import known_periods, ledger_years

        months = [p for p in known_periods(ledger) if p.is_month]
        years = ledger_years(ledger)
        offered = months + [Period.month(y, 12) for y in years]
        return ledger, self._first_period(months, years), offered

    def _first_period(self, months: list[Period], years: list[int]) -> Period:
        kept = self._settings.value("period")
        if kept:
            try:
                period = Period.parse(str(kept))
                if period.is_month and period.year in years:
                    return period
            except ValueError:
                pass
        today = date.today()
        if months:
            return months[-1]
        return Period.month(years[-1] if years else today.year, 1 if years else today.month)

    def _make_empty(self) -> None:
        self._jobs.start("新建台账", lambda _p: self._known(create_ledger(self._location)), self, done=self._opened,
                         failed=self._failed, writes=True)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, HydeskError):
            self._report(error)
        if self.pictures is not None:
            log.error("没有打开台账，画面没有保存")
            QApplication.exit(3)
        if isinstance(error, LedgerHeld):
            self._waiting.offer_read_only(str(error), self._open_to_read)
            return
        self._waiting.say_failed(str(error) if isinstance(error, HydeskError) else f"打不开台账：{error}")

    def _opened(self, found: tuple[Ledger, Period, list[Period]]) -> None:
        ledger, period, offered = found
        if isinstance(ledger, PastLedger):
            self._past = ledger
        else:
            self._ledger = ledger
        self.desk = Desk(ledger, self._jobs, Changes(self), self._theme, self._settings, period)
        name = ledger.path.stem if ledger.path else "服务器台账"
        shown = "市重点项目台账" if name == "ledger" else name
        if get_setting(ledger, DEMO, False):
            shown += "（演示数据）"
        self.window = MainWindow(self.desk, shown, SCREENS, self._report)
        self.window.topline.offer(offered)
        self.desk.past_asked.connect(self._look_back, Qt.ConnectionType.QueuedConnection)
        self.desk.restore_asked.connect(self._restore, Qt.ConnectionType.QueuedConnection)
        self.window.show()
        self._waiting.done()
        QTimer.singleShot(0, self._after_paint)

    def _after_paint(self) -> None:
        if self.window is None or self.desk is None:
            return
        if first_paint.wanted():
            self._first_paint = first_paint.FirstPaint(self.window)
            return
        self.window.go_to("home")
        if self.pictures is not None:
            self._take_pictures(self.window, self.desk, self.pictures)
            return
        if self._past is not None:
            self.window.topline.say_saved("只读", "过去的台账只能看，不能改")
            return
        ledger = self.desk.ledger
        # A large ledger shows before all its pages are checked; where one is damaged, that is said and nothing is written.
        self._jobs.start("检查台账", lambda _p: ledger.wait_until_checked(), self, quiet=True)
        self._backup = BackupKeeper(self.desk, self.window.topline.say_saved)
        if self.desk.ledger.path is not None:
            if self._lock is None and not self.desk.ledger.read_only:
                self._take_lock()  # a ledger just made
            left = self._lock.left_by if self._lock is not None else None
            if left is not None:
                self.desk.notice(f"上次（{left.since:%m月%d日 %H:%M}）程序没有正常退出。已保存的内容都在，台账检查完好。")
            if warning := place_warning(self.desk.ledger.path):
                self.desk.notice(warning, wrong=True)

    def _take_pictures(self, window: MainWindow, desk: Desk, folder: Path) -> None:
        from PySide6.QtCore import QSize

        from hydesk.ui.frame.pictures import ScreenPictures

        def done(missed: list[str]) -> None:
            if missed:
                log.error("没有保存的画面：%s", "、".join(missed))
            QApplication.exit(3 if missed else 0)

        ScreenPictures(window, desk, folder, QSize(*self.size), done).begin()

    def _restore(self, path: str) -> None:
        """Put a backup in the ledger's place and open the window again; on any fault the ledger is as before."""
        if self.window is None or self._ledger is None:
            return
        self._waiting = StartWindow(self._location)
        self._waiting.show()
        if not self.window.close():
            self._waiting.done()
            return
        self.window.deleteLater()
        self._ledger.close()

        def work(_progress: Progress) -> tuple[tuple[Ledger, Period, list[Period]], str]:
            from hydesk.services.backup_ledger import restore_ledger

            try:
                kept = restore_ledger(self._location, Path(path))
                said = f"已恢复备份，原台账另存为 {kept.name}" if kept else "已恢复备份"
            except HydeskError as e:
                said = f"没有恢复，台账没有改动：{e}"
            return self._known(open_ledger(self._location)), said

        def done(result: tuple[tuple[Ledger, Period, list[Period]], str]) -> None:
            self._opened(result[0])
            if self.desk is not None:
                self.desk.notice(result[1])

        self._jobs.start("恢复备份", work, self, done=done, failed=self._failed, writes=True)

    def _look_back(self, when: object) -> None:
        """Show the ledger as it stood at the end of a day or after an act, or (None) as it is now; a new window."""
        present = self._ledger
        if present is None:
            return

        def work(_progress: Progress) -> tuple[Ledger, Period, list[Period]]:
            if when is None:
                return self._known(present)
            act = when if isinstance(when, int) else None
            return self._known(ledger_as_of(present, when if isinstance(when, date) else None, act))

        # Errors, such as a day before the ledger began, are said in the window that is open.
        self._jobs.start("打开过去的台账" if when is not None else "返回现在", work, self, done=self._swap)

    def _swap(self, found: tuple[Ledger, Period, list[Period]]) -> None:
        """Let a window on another ledger take the place of the one that is open."""
        QApplication.setQuitOnLastWindowClosed(False)
        try:
            if self.window is None or not self.window.close():
                if isinstance(found[0], PastLedger):
                    found[0].close()
                return
            self.window.deleteLater()
            if self._past is not None:
                self._past.close()
                self._past = None
            self._opened(found)
        finally:
            QApplication.setQuitOnLastWindowClosed(True)

    def close(self) -> None:
        """Wait for what is under way and give the ledger back."""
        self._jobs.close()
        if self._past is not None:
            self._past.close()
        if self._ledger is not None:
            self._ledger.close()
        if self._lock is not None:
            self._lock.release()
