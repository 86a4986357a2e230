"""--scope of the commands that read: one list of projects for all of them, and a sentence for a scope written wrongly."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from docx import Document
from openpyxl import load_workbook

from hydesk.cli.commands import COMMANDS
from tests.cli.command_line import CommandLine

SCOPE = "level=省;总投资>=10亿"


@pytest.fixture(scope="module")
def demo(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    """The command line over a copy of the demonstration."""
    folder = tmp_path_factory.mktemp("scoped")
    shutil.copy(demo_file, folder / "台账.hydesk")
    return CommandLine(folder)


def codes(demo: CommandLine, scope: str) -> set[str]:
    """The projects that ``hydesk figures`` counts."""
    _, told = demo.json("figures", "--period", "2023-06", "--scope", scope)
    return set(told["projects"])


def test_every_command_reads_the_same_projects(demo: CommandLine) -> None:
    own = codes(demo, SCOPE)
    assert 5 < len(own) < 100
    nodes = demo("nodes", "list", "--period", "2023-06", "--due", "400", "--scope", SCOPE).out
    assert nodes
    assert {w for w in nodes.split() if w.startswith("HY2023-")} <= own
    assert demo("nodes", "export", "节点.xlsx", "--period", "2023-06", "--scope", SCOPE).err.startswith(f"已导出 {len(own)} 个项目")
    demo("ledger", "export", "清单.xlsx", "--scope", SCOPE)
    sheet = load_workbook(demo.folder / "清单.xlsx", read_only=True).worksheets[0]
    assert {r[0] for r in sheet.iter_rows(min_row=2, max_col=1, values_only=True)} == own
    _, doubts = demo.json("doubts", "--period", "2023-06", "--scope", SCOPE)
    assert all(set(d["projects"]) & own for d in doubts["doubts"])


def test_a_report_of_a_scope_says_so_and_counts_only_it(demo: CommandLine) -> None:
    done = demo("report", "monthly", "--period", "2023-06", "--out", ".", "--format", "xlsx", "--bound", "--scope", SCOPE)
    assert done.status in (0, 1), done.err
    book = load_workbook(next(demo.folder.glob("*通报*.xlsx")), read_only=True)
    words = "\n".join(str(c) for s in book.worksheets for row in s.iter_rows(values_only=True) for c in row if c)
    assert "只统计级别为省" in words
    assert "总投资不低于10亿元的项目" in words
    assert {w for w in words.split() if w.startswith("HY2023-")} == codes(demo, SCOPE)


@pytest.mark.parametrize(("scope", "said"), [
    ("level>省", "不能用 > 比较"), ("unit=长沙", "没有单位“长沙”，现有的是：雁峰区"), ("size>=10", "没有写单位"), ("级别", "没有写怎样比较")])
def test_a_scope_written_wrongly_is_said_and_nothing_done(demo: CommandLine, scope: str, said: str) -> None:
    for words in (("figures",), ("nodes", "list"), ("doubts",), ("report", "monthly", "--out", "new")):
        done = demo(*words, "--period", "2023-06", "--scope", scope)
        assert (done.status, said in done.err) == (2, True), (words, done.err)
    assert not (demo.folder / "new").exists()


WITHOUT_SCOPE: dict[str, tuple[str, ...]] = {
    "it writes, and names what it writes to": (
        "ledger new", "ledger import", "ledger settle", "ledger roll-over", "project edit", "project lamp", "project rename",
        "project exit", "project readmit", "columns add", "columns rename", "columns change", "columns retire",
        "columns restore", "columns set", "columns elements", "columns notices", "plans import", "returns receive", "returns take-in", "returns drop",
        "returns deadline", "returns name-columns", "returns import", "returns undo", "returns send-back", "nodes import",
        "nodes move", "problems add", "problems step", "register import", "register years", "register draw", "register land",
        "rules time-progress", "rules starts", "rules start-rates", "rules judged-by", "rules ranking", "rules groups",
        "rules close", "rules reopen", "rules deadline", "rules return-scores", "rules nothing-words add",
        "rules nothing-words remove", "rules doubts", "rules checks", "rules form", "rules lamps", "adjustments add",
        "adjustments change", "adjustments merge", "adjustments split", "register define", "register drop", "register enable",
        "register remove", "register renew", "register write", "sentences accept", "sentences reset", "sentences write",
        "sentences compose", "sentences drop", "sentences learn", "sentences part",
        "people add", "people password", "people remove", "people role", "people set-up", "undo", "redo", "demo", "restore",
        "units add", "units change", "units order", "units retire", "units take-up", "problems edit", "problems remove", "nodes standard",
        "project attach", "project detach", "project put-back", "project parts", "backups now", "ledger views remove",
        "rules assessment", "rules boards", "rules scale", "rules backward", "meeting assign",
        "chains add", "chains change", "chains gap", "chains move", "chains remove", "chains segment",
        "ledger batches", "problems track", "project known-as", "returns remember", "register views remove", "register views save"),
    "a chain is whole, with what its projects are to it": ("chains list", "chains show", "chains print"),
    "the province sets what is evaluated; plans and tours are whole": ("register city", "register targets", "register tours"),
    "it is about one record": ("register history",),
    "sentences a person wrote stand in reports of all projects only": ("sentences list",),
    "it is about one project": ("project mentions", "project show", "project attachments", "project history"),
    "it is about one problem": ("problems show",),
    "it is about one report, as it was issued": ("archive write",),
    "it is about the stops of one tour": ("register booklet",),
    "it is about one return, or about files, which hold what the unit sent": (
        "returns review",
        "returns list", "returns original", "returns show", "returns mark-up", "returns slip", "template"),
    "it is about how whole units report": ("returns scores",),
    "rows of a list that may be no project yet": ("ledger waits",),
    "it lists what the ledger is made of, not projects": ("sentences words", "sentences own", "sentences parts", "columns list", "register list", "register definition", "people list", "rules", "acts",
        "completion", "units list", "archive list", "returns remembered", "ledger views list", "register views list"),
    "it is about the whole file": ("backup", "backups list", "backups rehearse", "check", "rescue"),
}
"""Commands that take no --scope, by the reason."""


def _commands(command: click.Command, before: str = "") -> Iterator[tuple[str, click.Command]]:
    name = f"{before} {command.name}".strip()
    if not isinstance(command, click.Group) or command.invoke_without_command:
        yield name, command
    if isinstance(command, click.Group):
        for below in command.commands.values():
            yield from _commands(below, name)


def test_every_command_that_reads_projects_takes_a_scope() -> None:
    every = dict(found for command in COMMANDS for found in _commands(command))
    left_out = [name for names in WITHOUT_SCOPE.values() for name in names]
    assert len(left_out) == len(set(left_out))
    assert set(left_out) <= set(every), "no such command"
    scoped = {name for name, command in every.items() if any(p.name == "scope" for p in command.params)}
    assert not scoped & set(left_out)
    assert set(every) == scoped | set(left_out), "a command that reads needs scope_option, or its reason here"


def test_units_and_records_of_a_scope_are_told(demo: CommandLine) -> None:
    parks = ("--period", "2023-06", "--scope", "分组=园区")
    own = codes(demo, "分组=园区")
    units = {row["unit"] for row in demo.json("figures", *parks)[1]["rows"]}
    board = demo("returns", "board", *parks).out
    assert {line.split()[0] for line in board.splitlines()[1:]} == units
    assert "衡南县" not in demo("returns", "chase", *parks).out
    _, values = demo.json("columns", "values", "施工单位", "--scope", "分组=园区")
    assert {v["project"] for v in values["values"]} == own
    told = demo("problems", "told", *parks).out
    every = {row["unit"] for row in demo.json("figures", "--period", "2023-06")[1]["rows"]}
    assert {w for w in told.split() if w in every} <= units
    _, board = demo.json("register", "records", "红黄榜", *parks)
    assert {r["values"]["project"] for r in board["records"]} <= own
    _, promises = demo.json("register", "promises", *parks)
    assert all(p["project"] in own if p["project"] else p["unit"] in units for p in promises["promises"])
    renamed = [min(own), min(codes(demo, "分组=县市区"))]
    for code in renamed:
        assert demo("project", "rename", code, f"{code}项目", "--period", "2023-06", "--reason", "批复").status == 0
    _, changes = demo.json("adjustments", "list", "--scope", "分组=园区")
    assert [a["project"] for a in changes["adjustments"]] == renamed[:1]
    demo("register", "export", "红黄榜", "榜.xlsx", *parks)
    whole = demo("register", "export", "红黄榜", "全.xlsx", "--period", "2023-06")
    assert whole.status == 0
    of_parks, of_all = (len(list(load_workbook(demo.folder / f"{n}.xlsx").worksheets[0].values)) for n in ("榜", "全"))
    assert of_parks < of_all


def test_the_papers_say_their_scope_or_why_they_take_none(demo: CommandLine) -> None:
    done = demo("register", "paper", "会议纪要", "--period", "2023-06", "--out", "papers", "--format", "docx", "--scope", "分组=园区")
    assert done.status == 0, done.err
    [path] = (demo.folder / "papers").glob("*部分项目*.docx")
    assert "统计范围：只统计分组为园区的项目" in "".join(p.text for p in Document(str(path)).paragraphs)
    for name in ("规划评估", "省对市评价"):
        done = demo("register", "paper", name, "--period", "2023-06", "--out", "papers", "--scope", "分组=园区")
        assert (done.status, "不能另选范围" in done.err) == (3, True)


def test_a_scope_that_is_a_unit_or_a_group_is_forecast_as_it_is_among_all(demo: CommandLine) -> None:
    _, whole = demo.json("forecast", "--period", "2023-06")
    amounts = ("low", "mid", "high", "plan", "done")
    unit, group = whole["units"][0], whole["groups"][0]
    for of, name, told in (("unit", unit["unit"], unit), ("分组", group["group"], group)):
        _, own = demo.json("forecast", "--period", "2023-06", "--scope", f"{of}={name}")
        assert {k: own["city"][k] for k in amounts} == {k: told[k] for k in amounts}
    _, all_of = demo.json("forecast", "--period", "2023-06", "--scope", "size>=0元")
    assert all_of["city"] == whole["city"]
    mine = codes(demo, SCOPE)
    _, some = demo.json("forecast", "--period", "2023-06", "--scope", SCOPE)
    assert {p["project"]: p for p in some["projects"]} == {
        p["project"]: p for p in whole["projects"] if p["project"] in mine}


def test_a_scope_without_projects_is_said(demo: CommandLine) -> None:
    assert demo("figures", "--period", "2023-06", "--scope", "unit=雁峰区;unit=耒阳市").status == 3
    assert "没有2023年的项目" in demo("report", "monthly", "--period", "2023-06", "--out", ".", "--scope", "unit=雁峰区;unit=耒阳市").err


def test_figures_are_told_by_leader_and_group(demo: CommandLine) -> None:
    _, told = demo.json("figures", "--period", "2023-06", "--by", "city_leader")
    assert sum(row["count"] for row in told["rows"]) == told["count"] == 388
    assert {g["group"] for g in told["groups"]} == {"县市区", "园区", "市直部门"}
    for group in told["groups"]:
        places = [u["place"] for u in group["units"] if u["place"] is not None]
        assert places == sorted(places)
        assert places[:1] in ([], [1])
    assert json.dumps(told, ensure_ascii=False).count("市领导G") == 1


def test_a_leaders_projects_are_told(demo: CommandLine) -> None:
    done, told = demo.json("leaders", "--period", "2023-06")
    assert done.status == 0
    assert sum(x["count"] for x in told["leaders"]) == 388
    of_one = demo("leaders", "--period", "2023-06", "--name", "市领导G")
    assert {w for w in of_one.out.split() if w.startswith("HY2023-")} == codes(demo, "leader=市领导G")
    assert "现有的是：市领导" in demo("leaders", "--period", "2023-06", "--name", "王五").err
    assert demo("leaders", "--period", "2023-06", "--name", "市领导").status == 3


def test_a_chart_of_a_scope_is_drawn_and_told(demo: CommandLine, tmp_path: Path) -> None:
    done, told = demo.json("chart", "--period", "2023-06", "--scope", "单位=南岳区", "--paper", "A2", "--tiles", "A4", "--out", str(tmp_path))
    assert done.status == 0
    assert told["sheets"] == 1
    assert told["pages"] > 1
    assert told["type_points"] >= 8
    assert Path(told["file"]).name == "2023年南岳区重点建设项目作战图.pdf"
    assert demo("chart", "--period", "2023-06", "--leader", "甲", "--project", "乙", "--out", str(tmp_path)).status == 2
