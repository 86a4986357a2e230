"""hydesk fill at the prompt: what it answers, writes and says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.cli.command_line import CommandLine, write_book

NAME, OTHER = "云集镇污水处理厂提标扩容项目", "三塘镇冷链物流园项目"
JUNE = ("--period", "2023-06")
HEAD = ("序号", "项目名称", "总投资（万元）", "2023年计划投资（万元）")


def result(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8")))


def test_a_form_that_is_filled_whole_ends_with_0(with_projects: CommandLine, tmp_path: Path) -> None:
    form = write_book(tmp_path / "空表.xlsx", [HEAD, (1, NAME, None, None), (2, OTHER, None, None)])
    done = with_projects("fill", form, *JUNE, "--out", tmp_path / "填好.xlsx", "--json", tmp_path / "r.json")
    assert (done.status, "已填 4 格" in done.err) == (0, True), done.err
    sheet = load_workbook(tmp_path / "填好.xlsx").active
    assert [[c.value for c in row] for row in sheet["C2:D3"]] == [[20000, 6000], [30000, 12000]]
    told = result(tmp_path / "r.json")
    assert (told["schema"], told["file"], told["period"]) == ("hydesk.fill/1", "空表.xlsx", "2023-06")
    page = told["sheets"][0]
    assert (page["header_rows"], page["unfilled"]) == ([1], [])
    first = page["rows"][0]
    assert (first["row"], first["project"], first["scope"]) == (2, "HY2023-001", None)
    assert {k: first["cells"]["C2"][k] for k in ("field", "value", "written")} == {"field": "total_investment", "value": 200_000_000, "written": 20000}


def test_what_the_ledger_does_not_hold_stays_empty_and_ends_with_1(with_projects: CommandLine, tmp_path: Path) -> None:
    form = write_book(tmp_path / "空表.xlsx", [(*HEAD, "6月完成投资（万元）", "征拆户数（户）"), (1, NAME), (2, "没有这个项目的名称哟")])
    done = with_projects("fill", form, *JUNE, "--out", tmp_path / "填好.xlsx", "--json", tmp_path / "r.json")
    assert done.status == 1
    told = result(tmp_path / "r.json")
    left = {u["column"]: u["why"] for u in told["sheets"][0]["unfilled"] if not u["rows"] or 2 in u["rows"]}
    assert set(left) == {"E", "F"}
    assert "没有报过本月完成投资" in left["E"]
    assert [(f["code"], f["cell"]) for f in told["findings"] if f["level"] == "warning"] == [("project_unknown", "B3")]


def test_what_stands_already_is_compared_and_kept(with_projects: CommandLine, tmp_path: Path) -> None:
    form = write_book(tmp_path / "空表.xlsx", [HEAD, (1, NAME, 20001, None), (2, OTHER, 30000, None)])
    done = with_projects("fill", form, *JUNE, "--out", tmp_path / "填好.xlsx", "--json", tmp_path / "r.json")
    assert done.status == 1
    assert load_workbook(tmp_path / "填好.xlsx").active["C2"].value == 20001
    assert [(f["code"], f["cell"]) for f in result(tmp_path / "r.json")["findings"]] == [("form_differs", "C2")]


def test_empty_rows_take_the_projects_of_the_scope(with_projects: CommandLine, tmp_path: Path) -> None:
    form = write_book(tmp_path / "空表.xlsx", [("衡南县重点项目情况表",), HEAD, (1,), (2,)])
    assert with_projects("fill", form, *JUNE, "--out", tmp_path / "甲.xlsx").status == 0
    assert [r[1].value for r in load_workbook(tmp_path / "甲.xlsx").active.iter_rows(min_row=3)] == [NAME, OTHER, "车江街道标准厂房项目"]
    assert with_projects("fill", form, *JUNE, "--scope", "县市区=衡东县", "--out", tmp_path / "乙.xlsx").status == 0
    assert [r[1].value for r in load_workbook(tmp_path / "乙.xlsx").active.iter_rows(min_row=3)] == ["洣水镇人民医院住院楼项目", None]


@pytest.mark.parametrize(("rows", "said"), [([("说明",), ("请按要求填写",)], "没有填"), ([HEAD, (1, NAME, 20000, 6000)], "没有填")])
def test_nothing_to_fill_ends_with_3_and_writes_nothing(with_projects: CommandLine, tmp_path: Path, rows: list[tuple[object, ...]], said: str) -> None:
    form = write_book(tmp_path / "空表.xlsx", rows)
    done = with_projects("fill", form, *JUNE, "--out", tmp_path / "填好.xlsx", "--json", tmp_path / "r.json")
    assert done.status == 3
    assert said in done.err
    assert not (tmp_path / "填好.xlsx").exists()
    assert result(tmp_path / "r.json")["schema"] == "hydesk.fill/1"


def test_a_scope_that_is_not_there_is_wrong_usage(with_projects: CommandLine, tmp_path: Path) -> None:
    form = write_book(tmp_path / "空表.xlsx", [HEAD, (1,)])
    assert with_projects("fill", form, *JUNE, "--out", tmp_path / "a.xlsx", "--scope", "县市区=无此县").status == 2


def test_a_folder_of_forms_is_filled_in_one_go(with_projects: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "来表"
    folder.mkdir()
    write_book(folder / "一.xlsx", [HEAD, (1, NAME)])
    (folder / "二.csv").write_bytes("项目名称,总投资（万元）,建设单位\r\n三塘镇冷链物流园项目,,\r\n".encode("gb18030"))
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04nothing")
    done = with_projects("fill", folder, *JUNE, "--out", tmp_path / "交表", "--json", tmp_path / "r.json")
    assert done.status == 1, done.err
    assert load_workbook(tmp_path / "交表" / "一.xlsx").active["C2"].value == 20000
    assert (tmp_path / "交表" / "二.csv").read_bytes().decode("gb18030") == "项目名称,总投资（万元）,建设单位\r\n三塘镇冷链物流园项目,30000,湘衡物流有限公司\r\n"
    assert [len(f["sheets"]) for f in result(tmp_path / "r.json")["files"]] == [1, 1, 0]


def test_a_form_is_kept_listed_and_filled_again(with_projects: CommandLine, tmp_path: Path) -> None:
    form = write_book(tmp_path / "市局6月表.xlsx", [("衡南县2023年6月重点项目表",), HEAD, (1,)])
    assert with_projects("fill", "--list").status == 3
    assert with_projects("fill", form, *JUNE, "--out", tmp_path / "填好.xlsx").status == 0
    listed = with_projects("fill", "--list")
    assert listed.status == 0
    assert "市局6月表.xlsx" in listed.out
    number = next(w for w in listed.out.split() if w.isdigit())
    again = with_projects("fill", "--again", number, "--period", "2023-07", "--out", tmp_path / "七月.xlsx")
    assert again.status == 0, again.err
    assert load_workbook(tmp_path / "七月.xlsx").active["A1"].value == "衡南县2023年7月重点项目表"
    assert with_projects("fill", "--again", "99", *JUNE, "--out", tmp_path / "无.xlsx").status == 3
    assert with_projects("fill", form, "--again", number, *JUNE, "--out", tmp_path / "两样.xlsx").status == 2


def test_where_each_cell_came_from_is_written_beside_on_request(with_projects: CommandLine, tmp_path: Path) -> None:
    form = write_book(tmp_path / "空表.xlsx", [(*HEAD, "征拆户数（户）"), (1, NAME), (2, OTHER)])
    done = with_projects("fill", form, *JUNE, "--out", tmp_path / "填好.xlsx", "--sources", tmp_path / "来源.xlsx")
    assert "每一格的来源存为" in done.err
    rows = [[c.value for c in r] for r in load_workbook(tmp_path / "来源.xlsx").active.iter_rows(min_row=4)]
    first = next(r for r in rows if r[1] == "C2")
    assert (first[2], first[3]) == (f"HY2023-001 {NAME}", "20000")
    assert first[4]
    assert [r[1] for r in rows if "征拆户数" in str(r[4])] == ["E列"]
    folder = with_projects("fill", tmp_path, *JUNE, "--out", tmp_path / "出", "--sources", tmp_path / "来源.xlsx")
    assert (folder.status, "--json" in folder.err) == (2, True)
