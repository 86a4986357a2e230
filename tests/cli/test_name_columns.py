"""returns name-columns as a process: guesses shown, columns named, the next import reads the sheet."""

from __future__ import annotations

from tests.cli.command_line import CommandLine, write_book

ROWS = [(1, "云集镇污水处理厂提标扩容项目", 20000, 6000, 400, 2400), (2, "三塘镇冷链物流园项目", 30000, 12000, 900, 5000)]
NAMED = ("--column", "B=项目名称", "--column", "D=年度计划投资（万元）", "--column", "E=本月完成投资:万元",
         "--column", "F=year_investment（万元）")


def test_a_sheet_without_a_head_is_named_and_read(with_projects: CommandLine) -> None:
    hydesk = with_projects
    path = write_book(hydesk.folder / "衡南县6月.xlsx", ROWS)
    assert hydesk("returns", "import", path, "--period", "2023-06").status == 3
    shown = hydesk("returns", "name-columns", path, "--period", "2023-06")
    assert shown.status == 1
    assert "看起来是" in shown.out
    assert "总投资（万元）" in shown.out
    named = hydesk("returns", "name-columns", path, "--period", "2023-06", *NAMED)
    assert "对上 2 个项目" in named.out + named.err
    done, result = hydesk.json("returns", "import", path, "--period", "2023-06")
    assert done.status in (0, 1)
    assert [r["cells"]["year_investment"] for r in result["files"][0]["rows"]] == ["F1", "F2"]


def test_what_cannot_be_meant_is_refused_in_words(with_projects: CommandLine) -> None:
    path = write_book(with_projects.folder / "衡南县6月.xlsx", ROWS)
    for wrong in (("--column", "B=什么"), ("--column", "B=项目名称"), ("--column", "F=项目名称", "--column", "D=年度计划投资"),
                  ("--sheet", "没有", "--column", "B=项目名称")):
        assert with_projects("returns", "name-columns", path, "--period", "2023-06", *wrong).status == 3
