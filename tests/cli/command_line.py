"""The command line, called or as a process, and small workbooks to feed it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from hydesk.cli import main

PROGRAM = (sys.executable, "-c", "import sys; from hydesk.cli import main; sys.exit(main())")

LIST_HEAD = ("序号", "项目编号", "项目名称", "县市区", "建设地点", "项目类别", "建设性质", "建设单位", "总投资（万元）",
             "截至2022年底累计完成投资（万元）", "2023年计划投资（万元）")
PROJECTS: tuple[tuple[object, ...], ...] = (
    (1, "HY2023-001", "云集镇污水处理厂提标扩容项目", "衡南县", "云集镇", "生态环保", "续建", "衡南县城投公司", 20000, 8000, 6000),
    (2, "HY2023-002", "三塘镇冷链物流园项目", "衡南县", "三塘镇", "产业发展", "新建", "湘衡物流有限公司", 30000, 0, 12000),
    (3, "HY2023-003", "车江街道标准厂房项目", "衡南县", "车江街道", "基础设施", "新建", "衡南县城投公司", 15000, 0, 5000),
    (4, "HY2023-004", "洣水镇人民医院住院楼项目", "衡东县", "洣水镇", "社会民生", "续建", "衡东县卫生健康局", 9000, 3000, 2500),
)
RETURN_HEAD = ("序号", "编号", "项目名称", "总投资", "2023年计划投资", "6月完成投资", "1-6月累计完成投资", "形象进度", "存在问题")


@dataclass(frozen=True, slots=True)
class Done:
    """A finished command."""

    status: int
    out: str
    err: str


_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


class CommandLine:
    """Runs hydesk with one ledger, in a folder of its own.

    A call is as good as a process for what a command reads, writes, says and answers, and takes a tenth of the time.
    What a process has of its own (its start, its end, its streams) is for ``process``.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ledger = folder / "台账.hydesk"

    def __call__(self, *arguments: str | Path, ledger: Path | None = None) -> Done:
        return self.plain("--ledger", ledger or self.ledger, *arguments)

    def plain(self, *arguments: str | Path) -> Done:
        """Without naming the ledger, and without a display."""
        words = [str(a) for a in arguments]
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="ascii") for _ in range(2))
        hidden = {name: os.environ.pop(name) for name in _DISPLAYS if name in os.environ}
        argv, stdin, told = sys.argv, sys.stdin, sys.unraisablehook
        try:
            with chdir(self.folder), redirect_stdout(out), redirect_stderr(err), open(os.devnull) as sys.stdin:
                sys.argv = ["hydesk", *words]
                status = main(words)
        finally:
            sys.argv, sys.stdin, sys.unraisablehook = argv, stdin, told
            os.environ.update(hidden)
        return _without_trace(Done(status, _text(out), _text(err)))

    def process(self, *arguments: str | Path) -> Done:
        """As ``__call__``, in a process of its own."""
        environment = {k: v for k, v in os.environ.items() if k not in _DISPLAYS}
        done = subprocess.run([*PROGRAM, "--ledger", self.ledger, *arguments], cwd=self.folder, env=environment,
                              capture_output=True, check=False, timeout=120)
        return _without_trace(Done(done.returncode, _lines(done.stdout), _lines(done.stderr)))

    def json(self, *arguments: str | Path) -> tuple[Done, dict[str, Any]]:
        """``returns import`` with its JSON."""
        path = self.folder / "result.json"
        path.unlink(missing_ok=True)
        done = self(*arguments, "--json", path)
        return done, json.loads(path.read_text(encoding="utf-8"))


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    bare = stream.buffer
    assert isinstance(bare, io.BytesIO)
    return _lines(bare.getvalue())


def _lines(told: bytes) -> str:
    """As text whose lines end alike on every system."""
    return told.decode().replace("\r\n", "\n")


def _without_trace(done: Done) -> Done:
    assert "Traceback" not in done.err + done.out, done.err
    return done


def write_book(path: Path, rows: Sequence[Sequence[object]], sheet: str = "Sheet1") -> Path:
    """A workbook with one sheet."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(list(row))
    book.save(path)
    return path


Rows = Sequence[Sequence[object]]
GOOD_ROWS: Rows = (
    (1, "HY2023-001", "云集镇污水处理厂提标扩容项目", 20000, 6000, 500, 3000, "主体完工", None),
    (2, "HY2023-002", "三塘镇冷链物流园项目", 30000, 12000, 1000, 5500.5, "主体施工至三层", "资金缺口较大"),
    (3, "HY2023-003", "车江街道标准厂房项目", 15000, 5000, 0, 0, "正在办理施工许可", None),
)


def write_return(path: Path, rows: Rows = GOOD_ROWS, unit: str = "衡南县") -> Path:
    """A June return of ``unit`` in 万元."""
    width = len(RETURN_HEAD) - 2
    top = [[f"{unit}重点建设项目进度表（1-6月）"], [f"填报单位：{unit}", *[None] * width, "单位：万元"]]
    return write_book(path, [*top, RETURN_HEAD, *rows], "6月")


JUNE = ("--period", "2023-06")


def answered(run: CommandLine, *words: str | Path, status: int = 0) -> dict[str, Any]:
    """What a command answered; it must end with ``status``."""
    done, answer = run.json(*words)
    assert (done.status, answer["status"]) == (status, status), done.err
    return answer


def refused(run: CommandLine, *words: str | Path, status: int = 3) -> str:
    """What a command said that did nothing."""
    before = run("acts").out
    done = run(*words)
    assert done.status == status, done.out + done.err
    assert run("acts").out == before
    return done.err
