"""The ledger's table by commands: shown, sorted and narrowed as in the window, kept as a view, written as it is shown."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from tests.cli.command_line import JUNE, CommandLine, answered, refused


def fill(run: CommandLine) -> None:
    for code, done in (("HY2023-001", 9000), ("HY2023-002", 100), ("HY2023-003", 19000)):
        run("project", "edit", code, f"年初至本月累计完成投资={done}", *JUNE)


def test_the_table_is_that_of_the_window_with_its_sums(run: CommandLine) -> None:
    fill(run)
    told = answered(run, "ledger", "table", *JUNE, "--columns", "完成率，年度计划,单位", "--order", "年初至本月累计完成投资", status=1)
    assert list(told["columns"]) == ["code", "name", "completion", "plan", "unit"]
    assert [p["code"][-3:] for p in told["projects"]] == ["003", "001", "002", "004"], "figures from the largest down, none last"
    assert [(p["plan"], p["completion"]) for p in told["projects"]] == [
        (200_000_000, "0.95"), (200_000_000, "0.45"), (200_000_000, "0.005"), (200_000_000, None)]
    assert told["tables"][0]["rows"][-1][:4] == ["合计", "4 个", "35.13%", "80,000.00"]
    up = answered(run, "ledger", "table", *JUNE, "--order", "完成率：升", "--scope", "编号=HY2023-001|HY2023-002", status=1)
    assert [p["code"][-3:] for p in up["projects"]] == ["002", "001"]


def test_a_view_is_kept_changed_shown_and_taken_back(run: CommandLine) -> None:
    (act,) = answered(run, "ledger", "views", "save", "衡南计划", "--columns", "年度计划,单位", "--order", "年度计划:降", "--unit", "亿元",
                      "--scope", "单位=衡南县")["acts"]
    held = {v["name"]: v for v in answered(run, "ledger", "views", "list")["views"]}
    assert held["衡南计划"] == {"name": "衡南计划", "built_in": False, "columns": ["plan", "unit"], "order": [["plan", True]], "unit": "亿元",
                            "scope": "unit=衡南县"}
    assert held["滞后"]["built_in"]
    assert answered(run, "ledger", "table", *JUNE, "--view", "衡南计划", status=1)["tables"][0]["rows"][-1][2] == "8.0000"
    assert "没有改动" in refused(run, "ledger", "views", "save", "衡南计划", "--unit", "亿元")
    answered(run, "ledger", "views", "save", "衡南计划", "--unit", "万元")
    held = {v["name"]: v for v in answered(run, "ledger", "views", "list")["views"]}
    assert (held["衡南计划"]["unit"], held["衡南计划"]["columns"]) == ("万元", ["plan", "unit"])
    run("undo")
    run("undo", act)
    assert "衡南计划" not in run("ledger", "views", "list").out


def test_a_view_is_written_as_it_is_shown(run: CommandLine, tmp_path: Path) -> None:
    fill(run)
    run("project", "edit", "HY2023-001", "联系电话=13800000000", *JUNE)
    run("ledger", "views", "save", "电话", "--columns", "联系电话,年度计划", "--order", "编号:降")
    book, paper = tmp_path / "表.xlsx", tmp_path / "纸.pdf"
    run("ledger", "table", *JUNE, "--view", "电话", "--out", book)
    page = load_workbook(book).active
    assert page is not None
    rows = [r for r in page.iter_rows(values_only=True) if any(r)]
    assert "排序：编号（降）；共 4 个项目" in str(rows[1][0])
    assert [r[0] for r in rows[3:]] == ["编号", "HY2023-004", "HY2023-003", "HY2023-002", "HY2023-001", "合计"]
    assert "联系电话" not in rows[3]
    run("ledger", "table", *JUNE, "--view", "电话", "--with-phones", "--out", book)
    page = load_workbook(book).active
    assert page is not None
    assert any("13800000000" in r for r in page.iter_rows(values_only=True))
    run("ledger", "table", *JUNE, "--view", "滞后", "--out", paper)
    assert paper.read_bytes().startswith(b"%PDF")


def test_what_is_not_there_is_told_with_the_nearest(run: CommandLine, tmp_path: Path) -> None:
    assert "相近的有：年度计划" in refused(run, "ledger", "table", *JUNE, "--columns", "年度计画")
    assert "栏目:降" in refused(run, "ledger", "table", *JUNE, "--order", "年度计划:倒")
    assert "相近的有：滞后" in refused(run, "ledger", "table", *JUNE, "--view", "滞後")
    assert "自带的视图" in refused(run, "ledger", "views", "save", "滞后", "--unit", "亿元")
    assert "不能删除" in refused(run, "ledger", "views", "remove", "滞后")
    assert "没有视图" in refused(run, "ledger", "views", "remove", "甲").replace("现在还没有", "没有")
    assert "至少写一个" in refused(run, "ledger", "views", "save", "甲", status=2)
    assert "后缀" in refused(run, "ledger", "table", *JUNE, "--out", tmp_path / "表.txt", status=2)
    assert "没有符合条件的项目" in refused(run, "ledger", "table", *JUNE, "--find", "没有这个")
    assert "最长" in refused(run, "ledger", "views", "save", "长" * 31, "--unit", "亿元")


def test_a_past_table_is_looked_at_and_no_view_kept_in_it(run: CommandLine) -> None:
    now = run.plain("--ledger", run.ledger, "--as-of", "2099-01-01", "ledger", "table", *JUNE)
    assert (now.status, "HY2023-001" in now.out) == (1, True)
    done = run.plain("--ledger", run.ledger, "--as-of", "2099-01-01", "ledger", "views", "save", "甲", "--unit", "亿元")
    assert done.status == 3
