"""The review of a 5,000-row return: how long the window is silent while it is read, shown, filtered and scrolled."""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from bench_returns_large import ledger, workbook
from measuring import report
from openpyxl import Workbook
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from hydesk.app import application
from hydesk.domain.fields import Field
from hydesk.domain.periods import Period
from hydesk.services.returns.import_projects import import_projects
from hydesk.services.upkeep.open_ledger import create_ledger
from hydesk.ui import style
from hydesk.ui.changes import Changes
from hydesk.ui.desk import Desk
from hydesk.ui.garbage import UiGarbage
from hydesk.ui.jobs import Jobs
from hydesk.ui.screens.returns.projects import RowsShown
from hydesk.ui.screens.returns.screen import ReturnsScreen

ROWS = 5000
BEAT = 0.005
MOST = 0.05
"""Seconds within which the window must answer."""


class Heartbeat:
    """The longest silence of the event loop, in seconds, beyond the beat itself; and where the UI thread stood then."""

    def __init__(self) -> None:
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self.worst = 0.0
        self.over = 0
        self.where = ""
        self._last = 0.0

    def _beat(self) -> None:
        now = time.perf_counter()
        silent = now - self._last - BEAT
        self.over += silent > MOST
        self.worst = max(self.worst, silent)
        self._last = now

    def _watch(self, ui: int) -> None:
        deepest = MOST
        while self._timer_on:
            time.sleep(0.01)
            silent = time.perf_counter() - self._last
            if silent > deepest:
                deepest = silent
                frame = sys._current_frames().get(ui)
                names = []
                while frame is not None and len(names) < 6:
                    names.append(f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno}")
                    frame = frame.f_back
                self.where = " < ".join(names)

    def __enter__(self) -> Heartbeat:
        self._last = time.perf_counter()
        self._timer.start(int(BEAT * 1000))
        self._timer_on = True
        threading.Thread(target=self._watch, args=(threading.get_ident(),), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer_on = False
        self._timer.stop()


def project_list(folder: Path, times: int) -> Path:
    """A project list as a workbook, of the sample's projects ``times`` over."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("清单")
    sheet.append(["项目编号", "项目名称", "县市区", "总投资（万元）", "截至2022年底累计完成投资（万元）", "2023年计划投资（万元）"])
    for p in ledger(times).projects:
        assert p.total_investment is not None
        assert p.invested_before is not None
        assert p.annual_plan is not None
        sheet.append([p.code, p.name, "衡阳县", p.total_investment / 1e4, p.invested_before / 1e4, p.annual_plan / 1e4])
    path = folder / "清单.xlsx"
    book.save(path)
    return path


def main() -> None:
    """Prints the figures, one JSON line each."""
    application(["bench"])
    theme = style.Theme()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    style.dress(app, theme)
    garbage = UiGarbage(app)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        times = ROWS // 388 + 1
        made = create_ledger(folder / "l.hydesk")
        import_projects(made, project_list(folder, times), 2023)
        source = folder / "衡阳县6月.xlsx"
        source.write_bytes(workbook(ledger(times), ROWS))
        settings = QSettings(str(folder / "w.ini"), QSettings.Format.IniFormat)
        desk = Desk(made, Jobs(), Changes(), theme, settings, Period.month(2023, 6))
        screen = ReturnsScreen(desk)
        screen.resize(1214, 720)
        screen.show()
        screen.shown()
        settle(desk)
        run(desk, screen, source)
        screen.close()
        desk.jobs.close()
        made.close()
    garbage.collect_what_is_due()


def settle(desk: Desk) -> None:
    """Let the event loop run until no job is under way."""
    QTest.qWait(20)
    while desk.jobs.busy:
        QTest.qWait(20)
    QTest.qWait(50)


def run(desk: Desk, screen: ReturnsScreen, source: Path) -> None:
    """Read, review, filter, scroll, correct."""
    with Heartbeat() as beat:
        screen.intake.take([str(source)])
        settle(desk)
    say("the longest silence while a return of 5,000 rows is read and kept", beat)
    (waiting,) = screen.pile
    assert len(waiting.draft.understanding.rows) == ROWS
    review = screen.review

    def measured(what: str, act: Callable[[], object]) -> None:
        with Heartbeat() as beat:
            act()
            settle(desk)
        say(what, beat)

    measured("the longest silence while its review opens", lambda: screen.open_review(waiting))
    measured("the longest silence while rows are filtered",
             lambda: [review.projects.narrow(s) for s in (RowsShown.WRONG, RowsShown.CHANGED, RowsShown.ALL)])

    def scroll() -> None:
        bar = review.projects.verticalScrollBar()
        for at in range(0, bar.maximum(), max(1, bar.maximum() // 60)):
            bar.setValue(at)
            QTest.qWait(1)

    measured("the longest silence while the rows are scrolled", scroll)
    measured("the longest silence while ten findings or rows are walked",
             lambda: [review.projects.selectRow(i) for i in range(0, 1000, 100)])
    row = waiting.draft.understanding.rows[10]
    measured("the longest silence while a value is corrected and all is checked again",
             lambda: screen.mending.type_value(waiting, row.sheet, row.row, Field.MONTH_INVESTMENT, "1.5"))


def say(what: str, beat: Heartbeat) -> None:
    """One JSON line; where the window was silent too long, the place goes to standard error."""
    report(what, beat.worst, MOST, "50 ms, the silence that a clerk notices", MOST)
    if beat.worst > MOST and beat.where:
        print(f"{beat.over} times; {beat.where}", file=sys.stderr)


if __name__ == "__main__":
    main()
