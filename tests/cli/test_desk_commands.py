"""Nodes and problems from the command line."""

from __future__ import annotations

from openpyxl import load_workbook

from tests.cli.command_line import PROJECTS, RETURN_HEAD, CommandLine, write_book

JUNE = ("--period", "2023-06")


def test_a_node_table_is_taken_in_listed_and_given_out(with_projects: CommandLine) -> None:
    hydesk = with_projects
    name = PROJECTS[0][2]
    path = write_book(hydesk.folder / "节点表.xlsx", [
        ("序号", "项目名称", "竣工计划时间", "投产预计时间", "立项"), (1, name, "2023.5", "2023.12", "2023.1"), (2, "没有这个项目", "2023.5", "", "")])
    tried = hydesk("nodes", "import", path, *JUNE, "--dry-run")
    assert "会写入 2 处" in tried.err
    done = hydesk("nodes", "import", path, *JUNE)
    assert done.status == 1
    assert "没有这个项目" in done.err
    assert "没有写明是计划、预计还是实际" in done.err
    assert "已入库 2 处" in done.err
    listed = hydesk("nodes", "list", *JUNE)
    assert str(name) in listed.out
    assert "竣工" in listed.out
    out = hydesk.folder / "出.xlsx"
    assert hydesk("nodes", "export", out, *JUNE).status == 0
    again = hydesk("nodes", "import", out, *JUNE)
    assert (again.status, "已入库 0 处" in again.err) == (0, True)
    refused = hydesk("nodes", "import", write_book(hydesk.folder / "别的.xlsx", [("姓名", "电话", "住址"), ("张", "1", "2")]), *JUNE)
    assert (refused.status, "没有找到节点表" in refused.err) == (3, True)


def test_problems_of_returns_are_adopted_listed_and_printed(with_projects: CommandLine) -> None:
    hydesk = with_projects
    row = (1, PROJECTS[0][1], PROJECTS[0][2], 20000, 6000, 100, 200, "基础施工", "1.征拆滞后；2.资金缺口较大")
    path = write_book(hydesk.folder / "衡南县6月.xlsx", [RETURN_HEAD, row])
    hydesk("returns", "import", path, *JUNE, "--unit", "衡南县")
    told = hydesk("problems", "told", *JUNE)
    assert told.status == 1
    assert "本期新增" in told.out
    assert hydesk("problems", "told", *JUNE, "--adopt").status == 0
    assert "仍然反映" in hydesk("problems", "told", *JUNE).out
    listed = hydesk("problems", "list", *JUNE)
    assert "共 2 个问题" in listed.err
    assert "资金缺口较大" in listed.out
    out = hydesk.folder / "清单.xlsx"
    assert hydesk("problems", "export", out, *JUNE, "--list", "困难问题").status == 0
    assert load_workbook(out).active.title == "困难问题清单"
