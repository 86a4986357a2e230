"""One project, its nodes and its problems on the command line: what the window does, with its words and its refusals."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hydesk.services.upkeep.open_ledger import create_ledger
from tests.cli.command_line import CommandLine
from tests.services.sheets import fill_ledger

JUNE = ("--period", "2023-06")


@pytest.fixture
def run(hydesk: CommandLine) -> CommandLine:
    """Runs a command on a ledger of four projects of 衡南县, plan 2 亿 each."""
    made = create_ledger(hydesk.ledger)
    fill_ledger(made)
    made.close()
    return hydesk


@pytest.fixture
def shown(run: CommandLine, tmp_path: Path) -> Callable[[str], dict[str, Any]]:
    """A project as ``project show --json`` has it."""
    def show(name: str) -> dict[str, Any]:
        run("project", "show", name, *JUNE, "--json", tmp_path / "项目.json")
        return dict(json.loads((tmp_path / "项目.json").read_text(encoding="utf-8")))

    return show


def test_values_are_written_as_in_the_window_and_undone(run: CommandLine, shown: Callable[[str], dict[str, Any]]) -> None:
    assert run("project", "edit", "HY2023-002", "年初至本月累计完成投资=1200.5", "形象进度=主体封顶", *JUNE).status == 0
    held = shown("HY2023-002")
    assert (held["schema"], held["project"], held["on_list"]) == ("hydesk.project/1", "HY2023-002", True)
    assert held["values"]["year_investment"] == 12_005_000
    assert held["values"]["progress_text"] == "主体封顶"
    assert "手工" in held["sources"]["progress_text"]
    assert run("undo", run("acts").out.split("A", 1)[1].split()[0].join(("A", ""))).status in (0, 1)
    assert shown("HY2023-002")["values"].get("progress_text") is None


def test_a_plan_wants_a_reason_and_a_trial_writes_nothing(run: CommandLine, shown: Callable[[str], dict[str, Any]]) -> None:
    refused = run("project", "edit", "第1号项目", "年度计划投资=30000", *JUNE)
    assert refused.status == 3
    assert "理由" in refused.err
    trial = run("project", "edit", "第1号项目", "年度计划投资=30000", *JUNE, "--reason", "市政府常务会议调整", "--dry-run")
    assert trial.status == 0
    assert "会写入 1 处" in trial.err + trial.out
    assert shown("第1号项目")["values"]["annual_plan"] == 200_000_000
    assert run("project", "edit", "第1号项目", "年度计划投资=30000", *JUNE, "--reason", "市政府常务会议调整").status == 0
    assert shown("第1号项目")["values"]["annual_plan"] == 300_000_000


@pytest.mark.parametrize(("words", "said"), [
    (("project", "show", "没有这个", *JUNE), "没有“没有这个”这个项目"),
    (("project", "show", "号项目", *JUNE), "有 4 个“号项目”"),
    (("project", "edit", "HY2023-001", "计划=1", *JUNE), "没有“计划”这一栏"),
    (("project", "edit", "HY2023-001", "形象进度", *JUNE), "没有等号"),
    (("project", "lamp", "HY2023-001", "滞后", *JUNE), "理由"),
    (("nodes", "move", "HY2023-001", "揭幕", "计划", "9月底", *JUNE), "没有“揭幕”这个节点"),
    (("nodes", "move", "HY2023-001", "开工", "计划", "吉日", *JUNE), "认不出是哪一天"),
    (("problems", "step", "99", "受理"), "不在清单里"),
])
def test_what_cannot_be_is_said_and_nothing_written(run: CommandLine, words: tuple[str, ...], said: str) -> None:
    before = run("acts").out
    done = run(*words)
    assert done.status == 3, done.out
    assert said in done.err
    assert "Traceback" not in done.err
    assert run("acts").out == before


def test_a_project_is_judged_by_hand_and_given_back_to_the_rule(run: CommandLine, shown: Callable[[str], dict[str, Any]]) -> None:
    assert run("project", "lamp", "HY2023-003", "严重滞后", *JUNE, "--reason", "停工三个月").status == 0
    assert shown("HY2023-003")["lamp"]["meaning"] == "seriously_lagging"
    assert run("project", "lamp", "HY2023-003", "按规则", *JUNE).status == 0
    assert shown("HY2023-003")["lamp"]["meaning"] != "seriously_lagging"


def test_a_project_is_renamed_leaves_the_list_and_comes_back(run: CommandLine, shown: Callable[[str], dict[str, Any]]) -> None:
    ground = ("--on", "2023-06-20", "--reason", "业主变更", "--document", "衡重办〔2023〕12号")
    assert run("project", "rename", "HY2023-004", "湘江大道项目", *JUNE, *ground).status == 0
    assert shown("HY2023-004")["name"] == "湘江大道项目"
    assert run("project", "exit", "湘江大道项目", *JUNE, *ground).status == 0
    assert run("project", "exit", "湘江大道项目", *JUNE, *ground).status == 3
    assert run("project", "readmit", "HY2023-004", *JUNE, *ground).status == 0
    assert shown("HY2023-004")["on_list"]


def test_a_node_is_moved_and_what_is_doubtful_is_said(run: CommandLine, shown: Callable[[str], dict[str, Any]]) -> None:
    assert run("nodes", "move", "HY2023-001", "主体封顶", "计划", "9月底", *JUNE).status == 0
    done = run("nodes", "move", "HY2023-001", "竣工", "计划", "2023-3-1", *JUNE)
    assert done.status == 1, "竣工 before 开工 is written and asked about"
    nodes = {n["node"]: n["planned"] for n in shown("HY2023-001")["nodes"]}
    assert (nodes["主体封顶"], nodes["竣工"]) == ("2023-09", "2023-03-01")
    late = run("nodes", "move", "HY2023-001", "主体封顶", "计划", "2023-12-1", *JUNE)
    assert late.status == 3
    assert "要写明原因" in late.err


def test_a_problem_goes_its_way(run: CommandLine, shown: Callable[[str], dict[str, Any]]) -> None:
    told = run("problems", "add", "HY2023-001", "征地未完成，剩余12亩", *JUNE, "--responsible", "衡南县", "--on", "2023-06-01")
    assert told.status == 0
    number = "".join(c for c in told.err + told.out if c.isdigit())[-1]
    assert run("problems", "step", number, "受理", "--on", "2023-06-02").status == 0
    assert run("problems", "step", number, "交办", "--on", "2023-06-03", "--unit", "衡南县自然资源局", "--due", "2023-06-20").status == 0
    (problem,) = shown("HY2023-001")["problems"]
    assert (problem["status"], problem["due"]) == ("assigned", "2023-06-20")
    again = run("problems", "step", number, "受理", "--on", "2023-06-04")
    assert again.status == 3
