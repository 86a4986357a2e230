"""The same ledger in a file and on a PostgreSQL server: what every screen reads, an import, and whole commands, in one run.

What screens read and what an import writes are timed in turn on either, so that a busy machine is busy for both, the best of
each counting; whole commands as programs.

Skipped where there is no server: one of the tests' own is started where the machine has its programs, and
HYDESK_TEST_SERVER names another.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from measuring import report
from processes import HYDESK, ROOT, Used, run, usual

sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from hydesk.db.ledger import Ledger
from hydesk.domain.periods import Period
from hydesk.reports.kinds import ReportKind
from hydesk.services.acts.undo_acts import acts
from tests.stores import Server

JUNE = Period.month(2023, 6)
COMMANDS = {
    "总体数": ("figures", "--period", "2023-06"),
    "28 份报表只看不入": ("returns", "import", str(ROOT / "tests" / "samples" / "messy" / "returns"), "--period", "2023-06", "--dry-run"),
    "一个月的月报": ("report", "monthly", "--period", "2023-06", "--out", "{out}", "--format", "pdf"),
}


def screens() -> dict[str, Callable[[Ledger], object]]:
    """What each screen of the window reads when it is opened."""
    from hydesk.services.doubts.list_doubts import list_doubts
    from hydesk.services.milestones.list_milestones import list_milestones, list_projects
    from hydesk.services.pages.leaders import leaders_page
    from hydesk.services.pages.overview import overview
    from hydesk.services.pages.period_work import period_work
    from hydesk.services.pages.project_page import project_page
    from hydesk.services.pages.returns_page import returns_page
    from hydesk.services.problems.list_problems import list_problems
    from hydesk.services.projects.list_more_facts import list_more_facts
    from hydesk.services.registers.list_registers import list_registers
    from hydesk.services.reports.compile_report import compile_report
    from hydesk.services.returns.keep_received import list_received
    from hydesk.services.returns.take_snapshot import take_snapshot
    from hydesk.services.rules.office_rules import office_rules
    from hydesk.services.rules.settings import list_check_rules
    from hydesk.services.standings.list_standings import known_periods, list_standings, list_units

    months = [Period.month(2023, n) for n in range(1, 7)]
    return {
        "本期工作": lambda ledger: (period_work(ledger, JUNE), overview(ledger, JUNE)),
        "台账": lambda ledger: (list_standings(ledger, JUNE), list_more_facts(ledger, JUNE)),
        "项目页": lambda ledger: project_page(ledger, 1, JUNE),
        "收报": lambda ledger: (returns_page(ledger, JUNE, months), list_received(ledger, JUNE)),
        "读来表之前看台账": lambda ledger: take_snapshot(ledger, JUNE),
        "节点": lambda ledger: (list_milestones(ledger, JUNE), list_projects(ledger, JUNE)),
        "问题": lambda ledger: list_problems(ledger, JUNE),
        "各项机制": lambda ledger: list_registers(ledger, JUNE.end),
        "联系领导": lambda ledger: leaders_page(ledger, JUNE),
        "请核实的数": lambda ledger: list_doubts(ledger, JUNE),
        "月报": lambda ledger: compile_report(ledger, ReportKind.MONTHLY, JUNE),
        "操作记录": lambda ledger: acts(ledger),
        "设置": lambda ledger: (list_units(ledger), office_rules(ledger), known_periods(ledger), list_check_rules(ledger)),
    }


def in_turn(work: Callable[[Ledger], object], file: Ledger, server: Ledger, rounds: int = 7) -> tuple[float, float]:
    """The best time of ``work`` on the file and on the server, each asked in turn."""
    best = [float("inf"), float("inf")]
    for at, ledger in [(0, file), (1, server)] * rounds:
        began = time.perf_counter()
        work(ledger)
        best[at] = min(best[at], time.perf_counter() - began)
    return best[0], best[1]


def opened(file: Ledger, server: Ledger, folder: Path, rounds: int = 5) -> dict[str, tuple[float, float]]:
    """How long each screen of the window takes to read again and show, on the file and on the server, in turn."""
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    from hydesk.app import application
    from hydesk.ui import style
    from hydesk.ui.changes import Changes
    from hydesk.ui.desk import Desk
    from hydesk.ui.frame.main_window import MainWindow
    from hydesk.ui.jobs import Jobs
    from hydesk.ui.requests import OpenProject
    from hydesk.ui.screens import SCREENS

    app, theme = application(["bench"]), style.Theme()
    style.dress(app, theme)
    windows = []
    for number, ledger in enumerate((file, server)):
        settings = QSettings(str(folder / f"{number}.ini"), QSettings.Format.IniFormat)
        desk = Desk(ledger, Jobs(), Changes(), theme, settings, JUNE)
        windows.append(MainWindow(desk, "台账", SCREENS, lambda _error: None))

    def wait(window: MainWindow) -> None:
        calm = 0
        while calm < 3:
            QApplication.processEvents()
            calm = 0 if window._desk.jobs.busy else calm + 1
            time.sleep(0.0005)

    best: dict[str, list[float]] = {}
    for window in windows:
        window.show()
        for key in SCREENS:
            window.go_to(key, OpenProject(1) if key == "project" else None)
            wait(window)
    for at, window in [(0, windows[0]), (1, windows[1])] * rounds:
        for key in SCREENS:
            window.go_to(key)
            wait(window)
            again = getattr(window.made(key), "reload", None)
            if again is None:
                continue
            began = time.perf_counter()
            again()
            wait(window)
            held = best.setdefault(key, [float("inf"), float("inf")])
            held[at] = min(held[at], time.perf_counter() - began)
    for window in windows:
        window.hide()
        window._desk.jobs.finish()
    return {key: (a, b) for key, (a, b) in best.items()}


def imports(server: Server, folder: Path) -> None:
    """A list of 388 projects and a county's return come in, each time into new ledgers."""
    from hydesk.services.returns.apply_return import apply_return
    from hydesk.services.returns.import_projects import import_projects
    from hydesk.services.returns.read_return import read_return
    from hydesk.services.upkeep.open_ledger import create_ledger

    samples = ROOT / "tests" / "samples" / "tidy"
    best: dict[tuple[str, bool], float] = {}

    def timed(what: str, on_server: bool, work: Callable[[], object]) -> None:
        began = time.perf_counter()
        work()
        best[what, on_server] = min(best.get((what, on_server), float("inf")), time.perf_counter() - began)

    for number in range(4):
        with server.bare() as address:
            for on_server, place in ((False, str(folder / f"{number}.hydesk")), (True, address)):
                ledger = create_ledger(place)
                timed("导入项目清单", on_server, partial(import_projects, ledger, samples / "ledger.xlsx", 2023))
                draft = read_return(ledger, samples / "history.xlsx", JUNE.previous())
                timed("报表入库", on_server, partial(apply_return, ledger, draft))
                ledger.close()
    for what in ("导入项目清单", "报表入库"):
        file = best[what, False]
        report(f"{what}，台账在 PostgreSQL 上", best[what, True], file, "台账是一个文件", 3 * file)


def main() -> None:
    from large_ledger import demo

    from hydesk.services.upkeep.open_ledger import carry_to_server, open_ledger
    from tests.postgres import NoServer, shared_server

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            server = Server(os.environ.get("HYDESK_TEST_SERVER") or shared_server(folder))
        except NoServer as why:
            print(f"没有 PostgreSQL，不量：{why}", file=sys.stderr)
            return
        with server.bare() as address:
            held = demo(folder)
            carry_to_server(held, address)
            remote = open_ledger(address)
            for what, work in screens().items():
                file_took, server_took = in_turn(work, held, remote)
                report(f"读“{what}”，台账在 PostgreSQL 上", server_took, file_took, "台账是一个文件", 1.5 * file_took)
            for what, (file_took, server_took) in opened(held, remote, folder).items():
                report(f"窗口里再读“{what}”这一页，台账在 PostgreSQL 上", server_took, file_took, "台账是一个文件", 1.5 * file_took)
            remote.close()
            held.close()
            imports(server, folder)
            for what, words in COMMANDS.items():
                asked = [w.format(out=folder / "out") for w in words]

                def on(ledger: str, asked: list[str] = asked) -> Used:
                    return usual(lambda: run([*HYDESK, "--ledger", ledger, *asked], folder))

                file = on(str(held.path))
                report(f"{what}，台账在 PostgreSQL 上", on(address).wall, file.wall, "台账是一个文件", 2.5 * file.wall)
        server.close()


if __name__ == "__main__":
    main()
