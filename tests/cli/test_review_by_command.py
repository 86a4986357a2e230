"""A return reviewed by commands: what was found, cells corrected, rows named and taken over, then taken in as one act."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command_line import JUNE, CommandLine, Rows, answered, refused, write_return

ROWS: Rows = (
    (1, "HY2023-001", "云集镇污水处理厂提标扩容项目", 20000, 6000, 500, 3000, "主体完工", None),
    (2, "HY2023-002", "三塘镇冷链物流园项目", 30000, 12000, 1000, -500, "主体施工至三层", "资金缺口较大"),
    (3, None, "车江街道厂房二号楼", 15000, 5000, 0, 100, "正在办理施工许可", None),
)


@pytest.fixture
def waiting(with_projects: CommandLine, tmp_path: Path) -> tuple[CommandLine, str]:
    """Runs a command on a ledger where a return with a negative sum and a stranger waits; its number."""
    with_projects("returns", "receive", write_return(tmp_path / "衡南县6月.xlsx", ROWS), *JUNE)
    listed = with_projects("returns", "list", *JUNE).out.splitlines()
    return with_projects, listed[1].split()[0]


def done_of(run: CommandLine) -> dict[str, int | None]:
    table = run.json("ledger", "table", *JUNE, "--columns", "年初至本月累计完成投资")[1]
    return {p["code"][-3:]: p["year"] for p in table["projects"]}


def test_what_was_found_is_told_and_nothing_written(waiting: tuple[CommandLine, str]) -> None:
    run, number = waiting
    told = answered(run, "returns", "review", number, status=1)
    errors = {(f["row"], f["level"]) for f in told["findings"] if f["level"] == "error"}
    assert {row for row, _ in errors} == {5, 6}
    assert told["acts"] == []
    assert {c["row"] for c in told["changes"] if c["comes_in"]} == {4}
    assert "不在待核之列" in refused(run, "returns", "review", "99")


def test_corrected_cells_and_named_rows_come_in_and_go_back(waiting: tuple[CommandLine, str]) -> None:
    run, number = waiting
    told = answered(run, "returns", "take-in", number, "--correct", "G5=5500.5", "--row", "6=HY2023-003")
    assert "0 行等人核对" in told["said"][-1]
    assert done_of(run) == {"001": 30_000_000, "002": 55_005_000, "003": 1_000_000, "004": None}
    answered(run, "undo", told["acts"][-1])
    assert done_of(run)["002"] is None
    assert answered(run, "returns", "review", number, status=1)["findings"], "it waits again"


def test_a_row_that_is_left_alone_waits(waiting: tuple[CommandLine, str]) -> None:
    run, number = waiting
    assert "2 行等人核对" in run("returns", "take-in", number).err
    assert done_of(run) == {"001": 30_000_000, "002": None, "003": None, "004": None}


def test_a_row_is_taken_over_as_it_is_where_the_ledger_may_hold_it(with_projects: CommandLine, tmp_path: Path) -> None:
    rows = ((1, "HY2023-001", "云集镇污水处理厂提标扩容项目", 20000, 6000, 3500, 3000, "主体完工", None),
            (2, "HY2023-002", "三塘镇冷链物流园项目", 30000, 13000, 1000, 5000, "主体施工至三层", None))
    with_projects("returns", "receive", write_return(tmp_path / "衡南县6月.xlsx", rows), *JUNE)
    number = with_projects("returns", "list", *JUNE).out.splitlines()[1].split()[0]
    assert "--reason" in refused(with_projects, "returns", "take-in", number, "--take", "5")
    told = answered(with_projects, "returns", "take-in", number, "--take", "4", "--take", "6月!5", "--reason", "县里调整计划")
    assert "0 行等人核对" in told["said"][-1]
    table = with_projects.json("ledger", "table", *JUNE, "--columns", "年初至本月累计完成投资,年度计划")[1]
    assert {p["code"][-3:]: (p["year"], p["plan"]) for p in table["projects"]}["001"] == (30_000_000, 60_000_000)
    assert {p["code"][-3:]: (p["year"], p["plan"]) for p in table["projects"]}["002"] == (50_000_000, 130_000_000)
    assert "县里调整计划" in with_projects("adjustments", "list").out


@pytest.mark.parametrize(("words", "said", "status"), [
    (("--correct", "G5"), "格=值", 2), (("--correct", "第五行=3"), "不是单元格", 3), (("--correct", "Z5=3"), "没有读成台账的栏目", 3),
    (("--correct", "G99=3"), "第99行不是项目行", 3), (("--correct", "7月!G5=3"), "没有“7月”这个表", 3), (("--correct", "G5=很多"), "G5", 3),
    (("--row", "6=没有的项目"), "没有“没有的项目”这个项目", 3), (("--row", "六=HY2023-003"), "不是行号", 3),
    (("--take", "6"), "还没有指明是台账里的哪个项目", 3)])
def test_what_cannot_be_decided_is_said_and_nothing_written(waiting: tuple[CommandLine, str], words: tuple[str, ...], said: str, status: int) -> None:
    run, number = waiting
    assert said in refused(run, "returns", "take-in", number, *words, status=status)
