"""hydesk demo: a ledger of 388 made-up projects, two months of every unit's returns taken in, a report printed.

The project list and the returns are real workbooks and go the same way as a clerk's files. The figures are
invented, and the ledger's settings and every report made from it say so (演示数据).
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path

from hydesk.dataclass import dataclass
from hydesk.db import sqlite_file
from hydesk.db.clock import machine_time
from hydesk.db.ledger import Ledger
from hydesk.db.locations import file_of, is_url, shown
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.job_progress import Progress
from hydesk.domain.periods import Month, Period
from hydesk.excel.demo_shapes import SHAPES
from hydesk.excel.write_demo_list import write_demo_list
from hydesk.excel.write_demo_returns import DemoReturn, write_demo_return
from hydesk.services.demonstration.demo_desk import add_demo_nodes, add_demo_problems
from hydesk.services.demonstration.demo_last_year import LAST_YEAR, write_last_year
from hydesk.services.demonstration.demo_progress import LATE_UNIT, demo_months, plant_mistakes
from hydesk.services.demonstration.demo_projects import YEAR, DemoProject, demo_projects
from hydesk.services.demonstration.demo_registers import add_demo_registers
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.returns.import_projects import import_projects
from hydesk.services.returns.know_ledger import know_ledger
from hydesk.services.returns.list_returns import list_returns
from hydesk.services.returns.read_return import read_return
from hydesk.services.rules.settings import DEMO, get_setting, mark_ledger
from hydesk.services.upkeep.open_ledger import create_ledger, discard, open_ledger
from hydesk.temporary import temporary_folder

ACTOR = Actor("演示")
PERIODS = (Period.month(YEAR, 5), Period.month(YEAR, 6))
"""The two months that units report in the demonstration."""


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What ``make_demo`` left behind. ``held_back`` counts rows that wait for a person."""

    ledger: str
    projects: int
    returns_folder: Path
    files: int
    held_back: int
    reports: tuple[Path, ...]


def make_demo(location: str, out: Path, progress: Progress | None = None) -> DemoResult:
    """Makes the demonstration ledger at ``location`` and writes the returns and the monthly report into ``out``.

    A demonstration ledger that stands there is made anew, the old one kept beside it. Raises HydeskError where
    anything else stands there or ``out`` cannot be written.
    """
    from hydesk.services.reports.compile_report import ReportKind, compile_report
    from hydesk.services.reports.print_report import print_report

    said = progress or _silent
    _make_folder(out)
    folder = out / "收报"
    with _fresh(location) as ledger:
        written = _write_files(out, folder)
        held_back = _take_in(ledger, out / LIST_NAME, written, _share(said, 0.05, 0.75))
        said(0.75, "正在编写月度通报")
        report = compile_report(ledger, ReportKind.MONTHLY, PERIODS[-1])
        paths = print_report(report, out, ("pdf",), _share(said, 0.8, 1.0))
    said(1.0, "演示做好了")
    return DemoResult(shown(location), len(demo_projects()), folder, len(written), held_back, tuple(paths))


def make_demo_ledger(location: str | Path, progress: Progress | None = None) -> Ledger:
    """Makes the demonstration ledger only, for the first start of the window (about ten seconds); it stays open.

    A cancelled or failed attempt leaves nothing behind. Raises HydeskError where something stands there already.
    """
    with temporary_folder() as folder:
        out = Path(folder)
        written = _write_files(out, out / "收报")
        ledger = create_ledger(location)
        try:
            _take_in(ledger, out / LIST_NAME, written, progress or _silent)
        except BaseException:
            discard(ledger)
            raise
    return ledger


def holds_real_work(location: str) -> bool:
    """Whether something stands at ``location`` that is not a mere demonstration: another file, or files people took in."""
    if not is_url(location) and not file_of(location).exists():
        return False
    try:
        ledger = open_ledger(location)
    except HydeskError:
        return True
    try:
        own = all(r.actor == ACTOR.name for r in list_returns(ledger, kind=None))
        return not (get_setting(ledger, DEMO, False) and own)
    finally:
        ledger.close()


LIST_NAME = "演示项目清单.xlsx"
LAST_YEAR_NAME = "演示上年清单和各月数.xlsx"


def _write_files(out: Path, folder: Path) -> list[tuple[Month, Path]]:
    """The project list into ``out`` and the returns into ``folder``; each return with its period."""
    projects = demo_projects()
    write_demo_list([p.values for p in projects], out / LIST_NAME, YEAR)
    write_last_year(projects, out / LAST_YEAR_NAME)
    return _write_returns(projects, folder)


def _write_returns(projects: list[DemoProject], folder: Path) -> list[tuple[Month, Path]]:
    """A workbook for each unit and period, each unit in a shape of its own; the late one has none for June."""
    months = demo_months(projects)
    plant_mistakes(months[6], months[5])
    shutil.rmtree(folder, ignore_errors=True)
    written = []
    for period in PERIODS:
        for index, (unit, rows) in enumerate(months[period.number].items()):
            if unit == LATE_UNIT and period is PERIODS[-1]:
                continue
            ret = DemoReturn(unit, YEAR, period.number, rows, SHAPES[index % len(SHAPES)])
            written.append((period, write_demo_return(ret, folder / str(period))))
    return written


def _take_in(ledger: Ledger, project_list: Path, returns: list[tuple[Month, Path]], progress: Progress) -> int:
    """Project list and returns into ``ledger``; answers how many rows wait for a person."""
    mark_ledger(ledger, DEMO, True)
    day = _Days(ledger)
    day.at(date(YEAR, 2, 15))
    progress(0.0, "正在导入项目清单")
    import_projects(ledger, project_list, YEAR, ACTOR)
    progress(0.02, "正在登记节点")
    add_demo_nodes(ledger, demo_projects(), ACTOR)
    held_back = 0
    known = {}
    for index, (period, path) in enumerate(returns):
        progress((index + 1) / (len(returns) + 1), f"正在收报 {path.name}")
        if index and period != returns[index - 1][0]:
            add_demo_problems(ledger, returns[index - 1][0], ACTOR)
            add_demo_registers(ledger, returns[index - 1][0], ACTOR)
        if period not in known:
            known[period] = know_ledger(ledger, period)
            came = 0
        # Four units a day from the second of the next month on; the deadline is the fifth.
        day.at(period.end + timedelta(days=2 + came // 4))
        came += 1
        draft = read_return(ledger, path, period, known=known[period])
        applied = apply_return(ledger, draft, ACTOR).value
        held_back += applied.held_back
    # Last, so that nothing of this year is read with it in the ledger: an office keys earlier years in when it has time.
    import_projects(ledger, project_list.with_name(LAST_YEAR_NAME), LAST_YEAR, ACTOR)
    ledger.clock = machine_time
    return held_back


class _Days:
    """The days on which the made-up acts were done: each a minute after the last, in office hours."""

    def __init__(self, ledger: Ledger) -> None:
        self._moment = datetime.now(UTC)
        self._begun = self._moment
        ledger.clock = self._tell

    def at(self, day: date) -> None:
        """The next acts are of ``day``, never before what was done already."""
        began = datetime.combine(day, time(9), tzinfo=timezone(timedelta(hours=8))).astimezone(UTC)
        self._moment = began if self._moment == self._begun else max(self._moment, began)

    def _tell(self) -> datetime:
        self._moment += timedelta(seconds=20)
        return self._moment


@contextlib.contextmanager
def _fresh(location: str) -> Iterator[Ledger]:
    """A new, empty ledger at ``location``; when the work fails, what stood there before is put back."""
    old = None if is_url(location) else file_of(location).absolute()
    kept = None
    if old is not None and old.exists():
        if holds_real_work(location):
            raise HydeskError(f"“{old}”里有人收过的报表或别的内容，没有改动它。请用 --ledger 给演示台账另起一个文件名。")
        kept = old.with_name(f"{old.stem}.旧演示{old.suffix}")
        _move(old, kept)
    try:
        ledger = create_ledger(location)
        try:
            yield ledger
        finally:
            ledger.close()
    except BaseException:
        if kept is not None and old is not None:
            sqlite_file.remove(old)
            _move(kept, old)
        raise


def _move(source: Path, target: Path) -> None:
    try:
        sqlite_file.remove_journals(source)
        os.replace(source, target)
    except OSError as error:
        raise HydeskError(f"“{source}”正在使用，换不了。请先关闭打开它的窗口，再做演示。") from error


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise HydeskError(f"文件夹“{out}”建不了，请检查权限，或用 --out 换一个位置") from error


def _share(progress: Progress, start: float, end: float) -> Progress:
    return lambda fraction, text: progress(start + (end - start) * fraction, text)


def _silent(_fraction: float, _text: str) -> None:
    """Nobody wants to know."""
