"""The ledger's table at 388, 3,880 and 38,800 projects: reading, a key in the search box, sorting, memory.

A key and a sort are timed from the key or the click to the end of the table's repainting. Each is compared with the
least that must be done: the figures' own rows read by SQLite alone, an empty table of as many rows repainted.
"""

from __future__ import annotations

import contextlib
import io
import json
import multiprocessing
import os
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from large_ledger import demo
from measuring import peak_mb, report, seconds

from hydesk.domain.periods import Period
from hydesk.services.pages.overview import overview
from hydesk.services.returns.take_snapshot import take_snapshot
from hydesk.services.standings.list_standings import list_standings

JUNE = Period.month(2023, 6)
SIZES = {1: "388", 10: "3,880", 100: "38,800"}
LIMITS = {"key": {1: 0.016, 10: 0.050, 100: 0.050}, "sort": {1: 0.050, 10: 0.500, 100: 0.500},
          "memory": {1: 200, 10: 500, 100: 500}}


def services(folder: Path, times: int) -> None:
    """Standings, snapshot and overview, beside SQLite handing out the rows they are made of."""
    ledger = demo(folder, times)
    path = ledger.path
    assert path is not None

    def rows() -> None:
        with closing(sqlite3.connect(path)) as c:
            for table in ("projects", "year_plans", "progress", "milestones"):
                c.execute(f"SELECT * FROM {table}").fetchall()

    floor = seconds(rows, 3)
    for word, use in (("列出项目", list_standings), ("为收报取台账", take_snapshot), ("首页", overview)):
        took = seconds(lambda use=use: use(ledger, JUNE), 3)  # type: ignore[misc]
        report(f"{word}，{SIZES[times]} 个项目", took, floor, "SQLite 只读出这些行")
    ledger.close()


def screen(folder: Path, times: int) -> None:
    """A key in the search box and a click on every head."""
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    desk, shown = _opened(app, folder, times)
    repainted = Repainting(app, (shown.table.viewport(), shown.empty))
    floor = min(repainted.seconds(shown.table.viewport().update) for _ in range(5))
    _time_keys(shown, repainted, floor, times)
    _time_sorts(shown, repainted, floor, times)
    desk.jobs.close()
    desk.ledger.close()


def _opened(app: Any, folder: Path, times: int) -> tuple[Any, Any]:
    """The desk and its ledger screen, all of which is read."""
    from PySide6.QtCore import QSettings
    from PySide6.QtTest import QTest

    from hydesk.ui import style
    from hydesk.ui.changes import Changes
    from hydesk.ui.desk import Desk
    from hydesk.ui.jobs import Jobs
    from hydesk.ui.screens.ledger.screen import LedgerScreen

    theme = style.Theme()
    style.dress(app, theme)
    settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    desk = Desk(demo(folder, times), Jobs(), Changes(), theme, settings, JUNE)
    shown = LedgerScreen(desk)
    shown.resize(1366, 700)
    shown.show()
    shown.shown()
    while desk.jobs.busy or not shown.model.rows.knows_initials:
        QTest.qWait(5)
    return desk, shown


class Repainting:
    """How long it is from an act to the end of the repainting of some widgets."""

    def __init__(self, app: Any, parts: Sequence[Any]) -> None:
        from PySide6.QtCore import QEvent, QObject, QTimer

        self._app, self._at = app, 0.0
        note = self._note

        class Watch(QObject):
            """Tells when one of the widgets was painted last."""

            def eventFilter(self, watched: QObject, event: QEvent) -> bool:
                if event.type() == QEvent.Type.Paint:
                    QTimer.singleShot(0, note)
                return False

        self._watch = Watch()
        for part in parts:
            part.installEventFilter(self._watch)

    def _note(self) -> None:
        self._at = time.perf_counter()

    def seconds(self, act: Callable[[], object]) -> float:
        """Do ``act``; the seconds until what it changed is painted."""
        begun = time.perf_counter()
        act()
        self._app.processEvents()
        idle = time.perf_counter()
        while self._at < begun and time.perf_counter() - idle < 0.1:
            self._app.processEvents()  # where nothing else is shown nothing is painted
        return (idle if self._at < begun else self._at) - begun


def _time_keys(shown: Any, repainted: Repainting, floor: float, times: int) -> None:
    from PySide6.QtTest import QTest

    keys = []
    for word in ("hzdd", "电缆", "HY2023-1"):
        for letter in word:
            keys.append(repainted.seconds(lambda c=letter: shown.look_for(shown.words + c)))  # type: ignore[misc]
            QTest.qWait(150)
        for _ in word:
            keys.append(repainted.seconds(lambda: shown.look_for(shown.words[:-1])))
            QTest.qWait(150)
    for word, key in (("中位", statistics.median(keys)), ("最慢", max(keys))):
        report(f"查找框按一键到重绘（{word}），{SIZES[times]} 个项目", key, floor, "原样重绘一次", LIMITS["key"][times])


def _time_sorts(shown: Any, repainted: Repainting, floor: float, times: int) -> None:
    from PySide6.QtTest import QTest

    from hydesk.services.pages.ledger_columns import COLUMNS

    sorts = []
    for column in range(len(COLUMNS)):
        shown.model.show_order()
        QTest.qWait(20)
        sorts.append((repainted.seconds(lambda c=column: (shown.look.sort_by(c), shown.table.viewport().update())), COLUMNS[column].head))  # type: ignore[misc]
    slowest = max(sorts)
    report(f"按一列排序到重绘（最慢的一列：{slowest[1]}），{SIZES[times]} 个项目", slowest[0], floor, "原样重绘一次",
           LIMITS["sort"][times])


def memory(folder: Path, times: int) -> None:
    """The peak memory of a process that shows the ledger, searches and sorts in it."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        peak = pool.apply(_peak, (str(folder), times))
    most = LIMITS["memory"][times]
    print(json.dumps({"what": f"台账屏内存峰值，{SIZES[times]} 个项目", "peak_mb": peak, "most": most,
                      "within": peak <= most}, ensure_ascii=False))


def _peak(folder: str, times: int) -> int:
    with contextlib.redirect_stdout(io.StringIO()):
        screen(Path(folder), times)
    return peak_mb()


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for times in SIZES:
            services(folder, times)
            screen(folder, times)
            memory(folder, times)


if __name__ == "__main__":
    main()
