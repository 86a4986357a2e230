"""ledger new, import and export; backup, restore and check."""

from __future__ import annotations

import json
from pathlib import Path

from openpyxl import load_workbook

from tests.cli.command_line import LIST_HEAD, PROJECTS, CommandLine, write_book, write_return


def cells(path: Path) -> list[list[tuple[object, ...]]]:
    """Every cell of every sheet."""
    return [list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(path).worksheets]


def test_a_new_ledger_is_made_once(hydesk: CommandLine) -> None:
    assert hydesk("ledger", "new").status == 0
    content = hydesk.ledger.read_bytes()
    again = hydesk("ledger", "new")
    assert again.status == 3
    assert "已经存在" in again.err
    assert hydesk.ledger.read_bytes() == content


def test_import_makes_the_ledger_and_says_what_came(hydesk: CommandLine) -> None:
    path = write_book(hydesk.folder / "清单.xlsx", [LIST_HEAD, *PROJECTS])
    done = hydesk("ledger", "import", path, "--year", "2023")
    assert done.status == 0, done.err
    assert "新增 4 个项目" in done.err
    again = hydesk("ledger", "import", path, "--year", "2023")
    assert again.status == 0
    assert "未变 4 个" in again.err


def test_an_export_imports_again_to_the_same_ledger(with_projects: CommandLine) -> None:
    first, second = with_projects.folder / "一.xlsx", with_projects.folder / "二.xlsx"
    other = with_projects.folder / "另一本.hydesk"
    assert with_projects("ledger", "export", first).status == 0
    assert with_projects("ledger", "import", first, "--year", "2023", ledger=other).status == 0
    assert with_projects("ledger", "export", second, ledger=other).status == 0
    assert cells(first) == cells(second)
    assert "HY2023-002" in {cell for row in cells(first)[0] for cell in row}


def test_an_import_of_projects_can_be_undone(with_projects: CommandLine) -> None:
    before, after = with_projects.folder / "前.xlsx", with_projects.folder / "后.xlsx"
    with_projects("ledger", "export", before)
    changed = [(*row[:8], 99999, *row[9:]) for row in PROJECTS]
    extra = (5, "HY2023-005", "新增的项目", "衡东县", "大浦镇", "产业发展", "新建", "某公司", 5000, 0, 1000)
    path = write_book(with_projects.folder / "调整.xlsx", [LIST_HEAD, *changed, extra])
    done = with_projects("ledger", "import", path, "--year", "2023")
    assert "新增 1 个项目，更新 4 个" in done.err
    assert with_projects("returns", "undo", "2").status == 0
    with_projects("ledger", "export", after)
    assert cells(before) == cells(after)


def test_words_never_become_formulas(hydesk: CommandLine) -> None:
    row = (1, "HY2023-001", "=1+1项目", "衡南县", "+云集镇", "@类", "-性质", "=cmd|' /C calc'!A0", 100, 0, 50)
    path = hydesk.folder / "清单.xlsx"
    write_book(path, [LIST_HEAD, *PROJECTS[1:]])
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for index, value in enumerate(row, 1):
        cell = sheet.cell(5, index)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
    book.save(path)
    hydesk("ledger", "import", path, "--year", "2023")
    out = hydesk.folder / "导出.xlsx"
    assert hydesk("ledger", "export", out).status == 0
    kinds = {cell.data_type for line in load_workbook(out).worksheets[0].iter_rows() for cell in line}
    assert "f" not in kinds
    assert "=1+1项目" in {cell for line in cells(out)[0] for cell in line}


def test_backup_restore_and_check(with_projects: CommandLine) -> None:
    kept = with_projects.folder / "备份.hydesk"
    before, after = with_projects.folder / "前.xlsx", with_projects.folder / "后.xlsx"
    with_projects("ledger", "export", before)
    assert with_projects("backup", kept).status == 0
    path = write_return(with_projects.folder / "衡南县6月.xlsx")
    assert with_projects("returns", "import", path, "--period", "2023-06").status in (0, 1)
    assert with_projects("restore", kept).status == 0
    assert "还没有收到报表" in with_projects("returns", "list", "--period", "2023-06").err
    with_projects("ledger", "export", after)
    assert cells(before) == cells(after)
    done = with_projects("check")
    assert done.status == 0
    assert "没有问题" in done.err


def test_a_bad_backup_restores_nothing(with_projects: CommandLine) -> None:
    wrong = with_projects.folder / "不是备份.hydesk"
    wrong.write_bytes(b"nothing of the kind" * 100)
    content = with_projects.ledger.read_bytes()
    assert with_projects("restore", wrong).status == 3
    assert with_projects("restore", with_projects.folder / "没有.hydesk").status == 3
    assert with_projects.ledger.read_bytes() == content


def test_a_list_is_only_tried_and_told_as_json(hydesk: CommandLine) -> None:
    path = write_book(hydesk.folder / "清单.xlsx", [[*LIST_HEAD, "施工单位", "挂图编号"], *((*row, "某建工", f"图{n}") for n, row in enumerate(PROJECTS, 1))])
    result = hydesk.folder / "结果.json"
    done = hydesk("ledger", "import", path, "--year", "2023", "--dry-run", "--json", result)
    assert (done.status, hydesk.ledger.exists()) == (0, False), done.err
    told = json.loads(result.read_text(encoding="utf-8"))
    assert (told["schema"], told["year"], told["file"]) == ("hydesk.list/1", 2023, "清单.xlsx")
    assert [(r["act"], r["project"]) for r in told["rows"]] == [("added", row[1]) for row in PROJECTS]
    assert told["rows"][0]["values"]["total_investment"] == PROJECTS[0][8] * 10_000
    assert told["rows"][0]["cells"]["total_investment"] == "I2"
    assert (told["rows"][0]["values"]["施工单位"], told["rows"][0]["cells"]["施工单位"]) == ("某建工", "L2")
    assert told["rows"][0]["kept"] == {"挂图编号": "图1"}
    assert [f["code"] for f in told["findings"]] == ["column_kept"]
    assert told["sheets"][0]["columns"][2]["field"] == "name"


def test_what_waits_of_a_list_is_told_by_the_status_listed_and_settled(with_projects: CommandLine) -> None:
    path = write_book(with_projects.folder / "缺一行.xlsx", [LIST_HEAD, *PROJECTS[1:], PROJECTS[1]])
    done = with_projects("ledger", "import", path, "--year", "2023")
    assert done.status == 1, done.err
    assert "ledger waits" in done.err
    listed = with_projects("ledger", "waits", "--year", "2023")
    assert listed.status == 1
    count = len(listed.out.strip().splitlines()) - 1
    assert count >= 1
    kept = with_projects("ledger", "settle", *(str(n) for n in range(1, count + 1)), "--year", "2023", "--how", "keep")
    assert kept.status == 0, kept.err
    assert with_projects("ledger", "waits", "--year", "2023").status == 0
    assert with_projects("ledger", "settle", "1", "--year", "2023", "--how", "keep").status == 3
