"""hydesk columns, as commands within this process."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hydesk.cli.column_commands import KINDS
from hydesk.domain.own_columns import SHIPPED, OwnKind
from hydesk.services.upkeep.open_ledger import create_ledger
from tests.cli.command_line import CommandLine
from tests.services.made import fill


@pytest.fixture
def run(hydesk: CommandLine) -> CommandLine:
    """Runs a command on a ledger of four projects."""
    made = create_ledger(hydesk.ledger)
    fill(made)
    made.close()
    return hydesk


def test_every_kind_can_be_named() -> None:
    assert set(KINDS) == {k.value for k in OwnKind}


def test_a_column_is_made_filled_renamed_retired_and_brought_back(run: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "列.json"
    assert run("columns", "add", "用地面积", "--kind", "number", "--measure", "亩", "--also", "占地").status == 0
    assert run("columns", "set", "用地面积", "HY2023-001", "1,234.50").status == 0
    assert run("columns", "set", "占地", "第2号项目", "3亩").status == 0
    assert run("columns", "rename", "用地面积", "供地面积").status == 0
    told = run("columns", "values", "用地面积", "--json", out)
    assert told.status == 0
    assert "供地面积（亩）" in told.out
    assert "1,234.5" in told.out
    held = json.loads(out.read_text(encoding="utf-8"))
    assert (held["schema"], held["column"]) == ("hydesk.column-values/1", "供地面积")
    assert [v["value"] for v in held["values"]] == ["1234.5", "3", None, None]
    assert run("columns", "retire", "供地面积").status == 0
    assert run("columns", "list", "--json", out).status == 0
    columns = json.loads(out.read_text(encoding="utf-8"))["columns"]
    assert [c["name"] for c in columns] == [*(c.name for c in SHIPPED), "供地面积"]
    assert columns[-1] | {"column": 0} == {
        "column": 0, "name": "供地面积", "kind": "number", "choices": [], "measure": "亩", "names": ["占地", "用地面积"], "retired": True,
        "in_template": False, "filled": 2}
    assert "停用" in run("columns", "set", "供地面积", "HY2023-001", "1").err + run("columns", "list").out
    assert run("columns", "restore", "供地面积").status == 0
    assert "1,234.5" in run("columns", "values", "供地面积").out
    assert run("undo", "A2").status == 1  # the first act after the list: the column, built on since, stays
    assert "供地面积" in run("columns", "list").out


def test_what_cannot_be_is_refused_in_a_sentence(run: CommandLine) -> None:
    assert run("columns", "add", "责任单位").status == 3
    assert "台账已有的栏目" in run("columns", "add", "责任单位").err
    assert run("columns", "add", "方式", "--kind", "choice").status == 3
    assert run("columns", "add", "方式", "--kind", "选项").status == 2
    assert "没有名为“没有的”" in run("columns", "set", "没有的", "HY2023-001", "1").err
    assert "没有“HY2023-999”" in run("columns", "set", "施工单位", "HY2023-999", "1").err
    run("columns", "add", "供地方式", "--kind", "choice", "--choice", "划拨", "--choice", "出让")
    refused = run("columns", "set", "供地方式", "HY2023-001", "租用")
    assert (refused.status, "划拨、出让" in refused.err) == (3, True)
    assert "没有变化" in run("columns", "change", "供地方式").err
    assert run("columns", "change", "供地方式", "--choice", "出让", "--choice", "划拨", "--choice", "租赁").status == 0
    assert run("columns", "set", "供地方式", "HY2023-001", "租赁").status == 0
    assert "1 个项目" in run("columns", "change", "供地方式", "--choice", "划拨").err


def test_a_column_is_asked_for_in_templates_and_projects_are_counted_by_it(run: CommandLine, tmp_path: Path) -> None:
    run("columns", "add", "供地方式", "--kind", "choice", "--choice", "划拨", "--choice", "出让", "--in-template")
    run("columns", "set", "供地方式", "HY2023-001", "出让")
    assert "列入填报模板" in run("columns", "list").out
    told = run("figures", "--period", "2023-06", "--by", "供地方式")
    assert "出让" in told.out
    assert run("figures", "--period", "2023-06", "--by", "没有的").status == 2
    assert run("columns", "change", "供地方式", "--not-in-template").status == 0
    assert "列入填报模板" not in run("columns", "list").out
