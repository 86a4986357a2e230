"""What a clerk waits for with a ledger that has lived ten years: whole programs, from the command until they have ended.

The ledger is made once and kept (``ten_years``); every act works on a copy of it. Each figure stands beside its floor,
taken in the same run: what the libraries alone take for the same, or the copying of the file.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from measuring import report
from processes import HYDESK, ROOT, Used, hydesk, run, usual

SAMPLES = ROOT / "tests" / "samples"
PEERS = [sys.executable, str(Path(__file__).with_name("peers.py"))]
REGISTER, RECORDS = "调度会议定事项", 50_000
_KEEP = """
import sys
from datetime import datetime, timedelta
from pathlib import Path
from hydesk.services.upkeep.keep_backups import keep_backup
from hydesk.services.upkeep.open_ledger import open_ledger
ledger = open_ledger(Path(sys.argv[1]))
keep_backup(ledger, now=datetime(2026, 1, 5) + timedelta(hours=int(sys.argv[2])))
ledger.close()
"""
_OPEN = "import sys; from pathlib import Path; from hydesk.services.upkeep.open_ledger import open_ledger; open_ledger(Path(sys.argv[1])).close()"
_MAKE = "import sys; sys.path.insert(0, sys.argv[1]); from ten_years import ten_years; ledger = ten_years(int(sys.argv[2])); print(ledger.path); ledger.close()"


class Desk:
    """A folder of its own with a copy of the ledger, and what was found there."""

    def __init__(self, folder: Path, kept: Path) -> None:
        self.folder, self.kept, self.ledger = folder, kept, folder / "台账.hydesk"
        self.copying = min(self.fresh() for _ in range(3))
        self.plain = usual(lambda: hydesk(self.ledger, "acts", "--limit", "1", home=folder))
        """The least a command on this ledger takes: the program is loaded, the ledger opened and looked at."""

    def fresh(self) -> float:
        """A new copy of the ledger, on the disk itself, without backups; how long the copying took."""
        shutil.rmtree(self.folder / "backups", ignore_errors=True)
        begun = time.perf_counter()
        shutil.copyfile(self.kept, self.ledger)
        handle = os.open(self.ledger, os.O_RDWR)
        os.fsync(handle)
        os.close(handle)
        return time.perf_counter() - begun

    def act(self, *words: str, past: str | None = None) -> Used:
        return hydesk(self.ledger, *words, home=self.folder, past=past)

    def changed(self, *words: str) -> Used:
        """The act on a fresh copy."""
        self.fresh()
        return self.act(*words)

    def peer(self, *words: str) -> Used:
        """One of ``peers``; raises SystemExit where it failed, for then it is no floor."""
        used = run([*PEERS, *words], self.folder)
        if used.status:
            raise SystemExit(f"peers.py {' '.join(words)} ended with status {used.status}")
        return used

    def newest(self) -> str:
        """The number of the newest act (A123)."""
        return max((w for w in self.act("acts", "--limit", "1").said.split() if w[:1] == "A" and w[1:].isdigit()), key=len)

    def say(self, what: str, used: Used, floor: float, floor_is: str, most: float | None = None, most_mb: int | None = None) -> None:
        report(f"{what}（处理器 {used.cpu:.2f} s）", used.wall, floor, floor_is, most)
        if most_mb is not None and used.peak_mb:
            print(json.dumps({"what": f"{what}：内存", "peak_mb": used.peak_mb, "most": most_mb, "within": used.peak_mb <= most_mb}, ensure_ascii=False))


def first_page(desk: Desk) -> None:
    runs = [_still(desk) for _ in range(3)]
    used = Used(min(u.wall for u in runs), runs[-1].cpu, max(u.peak_mb for u in runs), 0)
    bare = usual(lambda: desk.peer("window", str(desk.ledger)))
    desk.say("启动到首页静止", used, bare.wall, "PySide6 一张空表，读 388 个项目", 5 * bare.wall, 150)


def returns(desk: Desk) -> None:
    folder = str(SAMPLES / "messy" / "returns")
    used = usual(lambda: desk.act("returns", "import", folder, "--period", "2023-06", "--dry-run"))
    peer = usual(lambda: desk.peer("read", folder))
    desk.say("28 份报表只看不入", used, peer.wall, "openpyxl 只读出这些文件", 1.6 * peer.wall)
    tidy = str(SAMPLES / "tidy" / "returns")
    look = usual(lambda: desk.act("returns", "import", tidy, "--period", "2023-06", "--dry-run"))
    used = usual(lambda: desk.changed("returns", "import", tidy, "--period", "2023-06"))
    desk.say("14 份报表入库，先备份", used, look.wall, "只看不入", look.wall + 2 * desk.copying + 1.5)


def first_prints(desk: Desk) -> None:
    limits = {"pdf": 1.6, "docx": 1.2, "xlsx": 3.0}
    for form, times in limits.items():
        out = desk.folder / form
        used = usual(lambda form=form, out=out: desk.act("report", "monthly", "--period", "2025-06", "--out", str(out), "--format", form))  # type: ignore[misc]
        printed, words = next(out.glob(f"*.{form}")), desk.folder / f"{form}.json"
        desk.peer("gather", str(printed), str(words))
        peer = usual(lambda form=form, words=words: desk.peer("write", str(words), str(desk.folder / f"peer.{form}")))  # type: ignore[misc]
        who = {"pdf": "reportlab", "docx": "python-docx", "xlsx": "openpyxl"}[form]
        desk.say(f"第一份月报 {form}", used, peer.wall, f"{who} 写同样的字", times * peer.wall)


def upkeep(desk: Desk) -> None:
    least = desk.plain.wall
    used = usual(lambda: desk.act("acts", "--limit", "1", past="2025-07-05"))
    desk.say("看半年前的台账", used, least + desk.copying, "列出一步操作，加复制文件", least + 1.3 * desk.copying + 0.4)
    desk.say("检查", usual(lambda: desk.act("check")), desk.copying, "复制文件", 2.0, 200)
    desk.fresh()
    whole = run([sys.executable, "-c", _KEEP, str(desk.ledger), "0"], desk.folder)
    desk.say("备份，全部证明（每周一次）", whole, desk.copying, "复制文件", None, 200)
    opened = usual(lambda: run([sys.executable, "-c", _OPEN, str(desk.ledger)], desk.folder))
    hours = iter(range(1, 100))

    def keep() -> Used:
        return run([sys.executable, "-c", _KEEP, str(desk.ledger), str(next(hours))], desk.folder)

    desk.say("备份，接着证明", usual(keep), opened.wall + desk.copying, "打开台账，加复制文件", opened.wall + 2 * desk.copying + 0.3)
    desk.say("撤销最近一步", usual(lambda: desk.changed("undo", desk.newest())), least, "列出一步操作", 2 * least + 0.3)
    desk.say("全年评分", usual(lambda: desk.act("returns", "scores", "--year", "2024", "--out", str(desk.folder / "评分"))), least, "列出一步操作", 3 * least + 0.5)


def registers(desk: Desk) -> None:
    desk.fresh()
    desk.act("register", "enable", "--period", "2025-06")
    out, filled = desk.folder / "空.xlsx", desk.folder / "满.xlsx"
    desk.act("register", "export", REGISTER, str(out), "--period", "2025-06")
    _fill(filled)
    took = desk.act("register", "import", REGISTER, str(filled), "--period", "2025-06")
    read = run([sys.executable, "-c", "import sys; from python_calamine import CalamineWorkbook as W; W.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()", str(filled)], desk.folder)
    desk.say(f"导入 {RECORDS:,} 条记录", took, read.wall, "calamine 只读出这份文件", 6.0, 300)
    gave = desk.act("register", "export", REGISTER, str(out), "--period", "2025-06")
    words = desk.folder / "xlsx.json"
    desk.peer("gather", str(out), str(words))
    peer = desk.peer("write", str(words), str(desk.folder / "peer.xlsx"))
    desk.say(f"导出 {RECORDS:,} 条记录", gave, peer.wall, "openpyxl 写同样的字，不带样式", 6.0, 300)


def _fill(path: Path) -> None:
    from datetime import date

    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["序号", "会议日期", "议定事项", "责任单位", "办结期限", "办理情况", "备注"])
    for n in range(RECORDS):
        sheet.append([n + 1, date(2025, 1 + n % 12, 1 + n % 28), f"第{n}项议定事项，由责任单位牵头办理", "市发改委", date(2025, 12, 1 + n % 28),
                      ("办理中", "已办结")[n % 2], f"第{n}项的情况说明，已与各单位核对"])
    book.save(path)


def _still(desk: Desk) -> Used:
    """From the command until the first page stands still and nothing is left to read."""
    begun = time.time()
    used = run([*HYDESK, "--ledger", str(desk.ledger)], desk.folder, HYDESK_FIRST_PAINT="home")
    return Used(float(used.said.split()[1]) - begun, used.cpu, used.peak_mb, used.status)


def _print_as(form: str) -> Callable[[Desk], Used]:
    return lambda d: d.act("report", "monthly", "--period", "2025-06", "--out", str(d.folder / form), "--format", form)


def _undo(desk: Desk) -> Used:
    """The newest act of a fresh copy undone."""
    desk.fresh()
    return desk.act("undo", desk.newest())


def _keep_again(desk: Desk) -> Used:
    """A backup that goes on from the proof of the one before."""
    desk.fresh()
    for hour in "0", "1":
        used = run([sys.executable, "-c", _KEEP, str(desk.ledger), hour], desk.folder)
    return used


ACTS: dict[str, Callable[[Desk], Used]] = {
    "启动到首页静止": _still,
    "列出一步操作": lambda d: d.act("acts", "--limit", "1"),
    "看半年前的台账": lambda d: d.act("acts", "--limit", "1", past="2025-07-05"),
    "检查": lambda d: d.act("check"),
    "第一份月报 pdf": _print_as("pdf"),
    "第一份月报 docx": _print_as("docx"),
    "第一份月报 xlsx": _print_as("xlsx"),
    "28 份报表只看不入": lambda d: d.act("returns", "import", str(SAMPLES / "messy" / "returns"), "--period", "2023-06", "--dry-run"),
    "全市数字": lambda d: d.act("figures", "--period", "2025-06"),
    "全年评分": lambda d: d.act("returns", "scores", "--year", "2024", "--out", str(d.folder / "评分")),
    "14 份报表入库，先备份": lambda d: d.changed("returns", "import", str(SAMPLES / "tidy" / "returns"), "--period", "2023-06"),
    "撤销最近一步": _undo,
    "备份，接着证明": _keep_again,
}
"""What is done at 388 and at 3,880 projects."""


def ten_times(desk: Desk) -> None:
    """Ten times as many projects: no act takes more than twelve times as long, none holds more than 500 MB."""
    with tempfile.TemporaryDirectory() as name:
        large = Desk(Path(name), kept_ledger(Path(name), 10))
        for what, act in ACTS.items():
            small = act(desk)
            large.say(f"{what}，3,880 个项目", act(large), small.wall, "388 个项目", 12 * small.wall, 500)


def kept_ledger(home: Path, times: int = 1) -> Path:
    """Where the kept ledger is; made by another process, for what this one holds would count as its children's."""
    return Path(run([sys.executable, "-c", _MAKE, str(Path(__file__).parent), str(times)], home).said.split()[-1])


PARTS: tuple[Callable[[Desk], None], ...] = (first_page, returns, first_prints, upkeep, registers, ten_times)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        desk = Desk(Path(name), kept_ledger(Path(name)))
        asked = sys.argv[1:] or [part.__name__ for part in PARTS]
        for part in PARTS:
            if part.__name__ in asked:
                desk.fresh()
                part(desk)


if __name__ == "__main__":
    main()
