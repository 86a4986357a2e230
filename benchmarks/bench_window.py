"""The window through a long day: what it holds after many actions on a ledger of ten years, and whether that still grows.

    python benchmarks/bench_window.py [ACTIONS] [LEDGER]        2000 for a long day

The program itself, offscreen: pages are turned to, periods changed, letters typed into the search, projects opened, columns
sorted, amounts corrected and undone, in an order drawn once; after each the window is let come to rest. Memory that only
comes back with the next page is counted too.
"""

# ruff: noqa: E402  Qt is loaded first, as the program does it
from __future__ import annotations

import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from hydesk.load_qt import load_qt
from hydesk.numpy_aside import keep_aside

keep_aside()
load_qt()

from PySide6.QtCore import QSettings, Qt

from hydesk.app import Start, application
from hydesk.domain.fields import Field
from hydesk.domain.periods import Period
from hydesk.services.acts.undo_acts import undo_last
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.standings.list_standings import list_standings
from hydesk.ui import style
from hydesk.ui.changes import EVERYTHING
from hydesk.ui.garbage import UiGarbage, share_one_heap
from hydesk.ui.requests import OpenProject
from hydesk.ui.screens import SCREENS

MOST_MB = 300
GROWTH = 1.05
"""How much more the second half of the day may hold than the first: what is flat but for noise."""
_PATIENCE = 30.0
_USUAL = 300
"""Actions where none are asked for: ``make bench`` has six minutes for everything."""
_WORDS = "衡南园区道路厂房学校医院一二三"


def held_mb() -> int:
    """What this process holds now, MB; 0 where the system does not say."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return 0
    return int(next(line for line in status.read_text().splitlines() if line.startswith("VmRSS:")).split()[1]) // 1024


class Day:
    """A clerk's day in the window that ``start`` shows."""

    def __init__(self, start: Start, app: Any) -> None:
        self._app, self._rng = app, random.Random(7)
        self._jobs = start._jobs
        self._until(lambda: start.window is not None)
        assert start.window is not None
        assert start.desk is not None
        self.window, self.desk = start.window, start.desk
        self.rest()
        self._ids = [s.id for s in list_standings(self.desk.ledger, self.desk.period)]
        self._year = self.desk.period.year

    def _until(self, come: Callable[[], bool]) -> None:
        until = time.monotonic() + _PATIENCE
        while not come() and time.monotonic() < until:
            self._app.processEvents()
            time.sleep(0.002)

    def rest(self) -> None:
        """Let everything that was begun come to its end."""
        calm = 0
        until = time.monotonic() + _PATIENCE
        while calm < 3 and time.monotonic() < until:
            self._app.processEvents()
            calm = 0 if self._jobs.busy else calm + 1
            time.sleep(0.001)

    def act(self) -> None:
        """One of the things a clerk does, drawn; those he does most are drawn most."""
        todo: tuple[Callable[[], None], ...] = (self._turn, self._search, self._open, self._sort, self._period, self._correct)
        self._rng.choices(todo, (4, 5, 3, 2, 1, 1))[0]()
        self.rest()

    def _turn(self) -> None:
        self.window.go_to(self._rng.choice([k for k in SCREENS if k != "project"]))

    def _ledger(self) -> Any:
        if self.window.current != "ledger":
            self.window.go_to("ledger")
            self.rest()
        return self.window.made("ledger")

    def _search(self) -> None:
        self._ledger()
        box = self.window.topline.finder
        if self._rng.random() < 0.3:
            box.clear()
        else:
            box.insert(self._rng.choice(_WORDS))

    def _open(self) -> None:
        self.window.go_to("project", OpenProject(self._rng.choice(self._ids)))

    def _sort(self) -> None:
        table = self._ledger().table
        order = self._rng.choice((Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder))
        table.sortByColumn(self._rng.randrange(table.model().columnCount()), order)

    def _period(self) -> None:
        self.desk.set_period(Period.month(self._year, self._rng.randrange(1, 13)))

    def _correct(self) -> None:
        edit_project(self.desk.ledger, self._rng.choice(self._ids), Field.REMARK, f"第{self._rng.random()}次核对")
        self.desk.changes.tell(*EVERYTHING)
        self.rest()
        undo_last(self.desk.ledger)
        self.desk.changes.tell(*EVERYTHING)


def main() -> None:
    actions = int(sys.argv[1]) if len(sys.argv) > 1 else _USUAL
    with tempfile.TemporaryDirectory() as name:
        if len(sys.argv) > 2:
            kept = Path(sys.argv[2])
        else:
            from bench_clerk import kept_ledger  # made by another process: what that takes is not this one's

            kept = kept_ledger(Path(name))
        ledger = Path(shutil.copy(kept, Path(name, "台账.hydesk")))
        share_one_heap()
        app = application([])
        garbage = UiGarbage(app)
        wrong: list[BaseException] = []
        settings = QSettings(str(Path(name, "window.ini")), QSettings.Format.IniFormat)
        start = Start(str(ledger), style.Theme(), settings, wrong.append)
        start.begin()
        day = Day(start, app)
        held = [held_mb()]
        for done in range(1, actions + 1):
            day.act()
            if done % max(1, actions // 4) == 0:
                held.append(held_mb())
                print(f"{done}: {held[-1]} MB", file=sys.stderr, flush=True)
        day.window.close()
        start.close()
        garbage.collect_what_is_due()
        if wrong:
            raise wrong[0]
    first, last = max(held[:3]), max(held[3:])
    print(json.dumps({"what": f"窗口里 {actions:,} 步之后的内存（先后 {' → '.join(map(str, held))} MB）", "peak_mb": last, "most": MOST_MB,
                      "within": last <= MOST_MB}, ensure_ascii=False))
    print(json.dumps({"what": "后一半比前一半多占的内存", "peak_mb": last - first, "most": round(first * (GROWTH - 1)),
                      "within": last <= first * GROWTH}, ensure_ascii=False))


if __name__ == "__main__":
    main()
