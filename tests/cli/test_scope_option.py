"""--scope of the commands that read: one list of projects for all of them, and a sentence for a scope written wrongly."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

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
    done = demo("report", "monthly", "--period", "2023-06", "--out", ".", "--format", "xlsx", "--scope", SCOPE)
    assert done.status in (0, 1), done.err
    book = load_workbook(next(demo.folder.glob("*通报*.xlsx")), read_only=True)
    words = "\n".join(str(c) for s in book.worksheets for row in s.iter_rows(values_only=True) for c in row if c)
    assert "只统计级别为省" in words
    assert "总投资不低于10亿元的项目" in words
    assert {w for w in words.split() if w.startswith("HY2023-")} == codes(demo, SCOPE)


@pytest.mark.parametrize(("scope", "said"), [
    ("level>省", "不能用 > 比较"), ("unit=长沙", "没有县市区“长沙”，现有的是：雁峰区"), ("size>=10", "没有写单位"), ("级别", "没有写怎样比较")])
def test_a_scope_written_wrongly_is_said_and_nothing_done(demo: CommandLine, scope: str, said: str) -> None:
    for words in (("figures",), ("nodes", "list"), ("doubts",), ("report", "monthly", "--out", "new")):
        done = demo(*words, "--period", "2023-06", "--scope", scope)
        assert (done.status, said in done.err) == (2, True), (words, done.err)
    assert not (demo.folder / "new").exists()


def test_a_scope_without_projects_is_said(demo: CommandLine) -> None:
    assert demo("figures", "--period", "2023-06", "--scope", "unit=雁峰区;unit=耒阳市").status == 3
    assert "没有2023年的项目" in demo("report", "monthly", "--period", "2023-06", "--out", ".", "--scope", "unit=雁峰区;unit=耒阳市").err
    assert "归档" in demo("report", "monthly", "--period", "2023-06", "--out", ".", "--issue", "--scope", SCOPE).err


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
