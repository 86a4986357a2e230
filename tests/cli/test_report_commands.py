"""hydesk report: every kind by name, issued and corrected."""

from __future__ import annotations

from tests.cli.command_line import CommandLine


def test_a_list_and_a_sheet_are_printed(with_projects: CommandLine) -> None:
    assert with_projects("report", "nodes", "--period", "2023-06", "--out", "o").status == 0
    unnamed = with_projects("report", "unit", "--period", "2023-06", "--out", "o")
    assert unnamed.status == 3
    assert "要指明单位" in unnamed.err
    assert len(list((with_projects.folder / "o").glob("*.pdf"))) == 1


def test_a_report_is_issued_once_and_corrected_only_where_something_changed(with_projects: CommandLine) -> None:
    words = ("report", "monthly", "--period", "2023-06", "--out", "o")
    assert "已归档：2023年第6期月度通报" in with_projects(*words, "--issue").err
    assert "已归档为第6期" in with_projects(*words, "--issue").err
    assert "没有不同" in with_projects(*words, "--issue", "--corrects", "6").err
    assert "没有2023年第9期" in with_projects(*words, "--issue", "--corrects", "9").err
    assert with_projects(*words, "--note", "x").status == 2
    assert "不是日期" in with_projects(*words, "--date", "7/5").err


def test_annexes_go_apart_or_are_bound_in(with_projects: CommandLine) -> None:
    words = ("report", "monthly", "--period", "2023-06", "--out", "p")
    assert "只能写一项" in with_projects(*words, "--annexes", "--bound").err
    with_projects(*words, "--annexes")
    names = sorted(p.name for p in (with_projects.folder / "p").iterdir())
    assert len([n for n in names if "附件" not in n]) == 1
    assert {n.rpartition(".")[2] for n in names if "附件1 " in n} == {"pdf", "xlsx"}


def test_the_form_of_a_kind_is_a_letter_or_a_bulletin(with_projects: CommandLine) -> None:
    assert "简报" in with_projects("rules", "form", "monthly").out
    assert with_projects("rules", "form", "monthly", "文式=公文", "上行文=是", "签发人=张三").status == 0
    assert "公文" in with_projects("rules", "form", "monthly").out
    assert "只能写" in with_projects("rules", "form", "monthly", "文式=函").err
