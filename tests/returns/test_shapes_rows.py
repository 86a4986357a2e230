"""Rows of returns that were once misread."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hydesk.domain.findings import Level
from hydesk.domain.grid import Book, Sheet, Span
from hydesk.domain.understanding import Understanding
from hydesk.returns.pipeline import understand
from tests.returns.test_shapes import (
    ALL,
    LEDGER,
    MONTH,
    NAMES,
    PLAN,
    TOTAL,
    UNIT,
    YEAR,
    Row,
    code,
    lines,
    snapshot,
    wan,
)

HEAD: Row = ["序号", "项目名称", "总投资（万元）", "本月完成投资（万元）", "1-6月累计完成投资（万元）", "形象进度"]


def read(rows: list[Row]) -> Understanding:
    return understand(Book(f"{UNIT}6月.xlsx", (Sheet("6月", [HEAD, *rows]),), "xlsx"), snapshot())


def wrong(u: Understanding) -> list[str]:
    return [f.message for f in u.findings if f.level is not Level.NOTE]


def all_read(u: Understanding) -> bool:
    return [r.project for r in u.rows] == [code(at) for at in ALL] and all(MONTH in r.values for r in u.rows)


def body() -> list[Row]:
    return lines(TOTAL, MONTH, YEAR, "施工中")


def test_a_towns_sums_in_the_name_column_are_no_project() -> None:
    u = read([["", "白果镇", 145300.0, 4096.0, 21936.8, ""], *body()])
    assert all_read(u)
    assert wrong(u) == []


@pytest.mark.parametrize("serials", [("（1）", "（2）"), ("(1)", "(2)"), ("①", "②")])
def test_bracketed_parts_of_a_project_are_counted_in_it(serials: tuple[str, str]) -> None:
    rows = body()
    rows[1:1] = [[serials[0], "一期", 26000.0, 660.25, 3280.5, ""], [serials[1], "二期", 26000.0, 660.25, 3280.5, ""]]
    u = read(rows)
    assert all_read(u)
    assert wrong(u) == []


def test_a_closing_word_below_a_halved_name_is_joined_to_it() -> None:
    rows = body()
    name = NAMES[5]
    assert name.endswith("项目")
    rows[5:] = [["", name[:-2], "", "", "", ""], [6.0, "项目", *rows[5][2:]]]
    u = read(rows)
    assert all_read(u)
    assert wrong(u) == []


def test_a_number_of_no_amount_below_a_halved_name_makes_no_project_of_its_second_half() -> None:
    rows: list[Row] = [[*r, 35.5] for r in body()]
    name = NAMES[5]
    rows[5:] = [[6.0, name[:-2], *rows[5][2:]], ["", "项目", "", "", "", "", 12.0]]
    u = understand(Book(f"{UNIT}6月.xlsx", (Sheet("6月", [[*HEAD, "用地面积（亩）"], *rows]),), "xlsx"), snapshot())
    assert all_read(u)
    assert wrong(u) == []


def test_words_of_a_note_in_the_third_column_are_a_name() -> None:
    rows = [[r[0], UNIT, *r[1:]] for r in body()]
    rows.append([7.0, UNIT, "制表机械厂扩建项目", 3000.0, 100.0, 500.0, "施工中"])
    u = understand(Book(f"{UNIT}6月.xlsx", (Sheet("6月", [["序号", "县市区", *HEAD[1:]], *rows]),), "xlsx"), snapshot())
    assert len(u.rows) == 7
    assert [r.name for r in u.rows if r.project is None] == ["制表机械厂扩建项目"]


def test_figures_right_beside_the_table_are_asked_about() -> None:
    rows = [[*r, 88.5] for r in body()]
    u = read(rows)
    assert [(f.code, f.column) for f in u.findings if f.level is not Level.NOTE] == [("column_without_head", "G")]


def three_rows(first: str, merged: bool, share: tuple[float, float] = (0.6, 0.4)) -> Understanding:
    """Every project over three rows: the whole, a bond's part, the builder's own."""
    rows: list[Row] = []
    spans: list[Span] = []
    for at in ALL:
        top = len(rows) + 2
        figures = [wan(at, f) for f in (TOTAL, MONTH, YEAR)]
        rows.append([float(at + 1), NAMES[at], first, *figures])
        rows += [["", "", words, *(round(x * part, 4) for x in figures)] for words, part in zip(("专项债", "自筹"), share, strict=True)]
        spans += [Span(top, 2, top + 2, 2)] if merged else []
    head: Row = ["序号", "项目名称", "资金来源", "总投资（万元）", "本月完成投资（万元）", "1-6月累计完成投资（万元）"]
    return understand(Book(f"{UNIT}6月.xlsx", (Sheet("6月", [head, *rows], tuple(spans)),), "xlsx"), snapshot())


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("first", ["合计", "中央预算内"])
def test_rows_by_source_of_money_below_a_project_are_its_parts(first: str, merged: bool) -> None:
    u = three_rows(first, merged)
    assert all_read(u)
    assert wrong(u) == []


def test_a_project_over_several_rows_of_which_none_is_the_whole_waits_for_a_person() -> None:
    u = three_rows("中央预算内", merged=True, share=(0.3, 0.3))
    assert [f.code for f in u.findings if f.level is Level.ERROR] == ["several_rows"] * len(ALL)
    assert not any(r.accepted for r in u.rows)


def test_a_row_of_the_plan_above_a_row_of_what_was_done_is_the_plan_and_never_what_was_done() -> None:
    rows: list[Row] = []
    for at in ALL:
        rows += [[float(at + 1), NAMES[at], "计划", 900.0, 5400.0], ["", "", "完成", wan(at, MONTH), wan(at, YEAR)]]
    head: Row = ["序号", "项目名称", "指标", "本月完成投资（万元）", "1-6月累计完成投资（万元）"]
    u = understand(Book(f"{UNIT}6月.xlsx", (Sheet("6月", [head, *rows]),), "xlsx"), snapshot())
    assert [(r.accepted, r.values[MONTH], r.values[YEAR]) for r in u.rows] == [(True, round(wan(at, MONTH) * 10_000), round(wan(at, YEAR) * 10_000)) for at in ALL]


@pytest.mark.parametrize("section", [["一", "产业项目（6个）", "", "", "", ""], ["一、产业项目（6个）", "", "", "", "", ""]])
def test_a_groups_words_reaching_into_the_code_column_are_no_code(section: Row) -> None:
    head: Row = ["序号", "项目编号", "项目名称", "总投资（万元）", "本月完成投资（万元）", "1-6月累计完成投资（万元）"]
    rows = [[r[0], code(at), *r[1:-1]] for at, r in enumerate(body())]
    foot: Row = ["单位负责人：", "审核人：李某", "", "联系电话：8866123", "", ""]
    u = understand(Book(f"{UNIT}6月.xlsx", (Sheet("6月", [head, section, *rows, foot]),), "xlsx"), snapshot())
    assert all_read(u)
    assert wrong(u) == []


def test_column_numbers_pass_over_a_blank_column_and_a_note_beside_the_table() -> None:
    numbers: Row = ["甲", "乙", 1.0, 2.0, 3.0, 4.0, "", "核对"]
    u = read([numbers, *body()])
    assert all_read(u)
    assert wrong(u) == []


@pytest.mark.parametrize("words", ["{}（国家级）", "{}（打包，含3个子项目）", "{}（原华星码头）", "华星码头（原{}）", "衡山{}", "衡山县{}"])
def test_a_renamed_or_marked_name_is_the_same_project(words: str) -> None:
    rows = body()
    rows[5][1] = words.format(NAMES[5])
    u = read(rows)
    assert all_read(u)
    assert {f.code for f in u.findings if f.level is not Level.NOTE} <= {"name_near"}


def section(words: str, at: range, wrong_by: float = 0.0) -> Row:
    return ["", words, *(sum(wan(i, f) for i in at) for f in (TOTAL, MONTH)), sum(wan(i, YEAR) for i in at) + wrong_by, ""]


def test_the_figures_beside_a_sections_name_are_added_up() -> None:
    rows = body()
    u = read([section("一、产业（3个）", range(3)), *rows[:3], section("二、民生（3个）", range(3, 6), 100), *rows[3:]])
    assert [(f.code, f.cell) for f in u.findings if f.level is not Level.NOTE] == [("subtotal_differs", "E6")]


def test_a_小计_below_its_rows_is_added_up() -> None:
    rows = body()
    u = read([*rows[:3], section("小计", range(3)), *rows[3:], section("小计", range(3, 6), 100)])
    assert [(f.code, f.cell) for f in u.findings if f.level is not Level.NOTE] == [("subtotal_differs", "E9")]


def test_a_column_of_months_above_the_sums_is_asked_about_and_no_row_taken() -> None:
    u = read(lines(TOTAL, YEAR, MONTH, "施工中"))
    assert {f.column for f in u.findings if f.code == "columns_swapped"} == {"D", "E"}
    assert not any(r.accepted for r in u.rows)


def test_what_is_left_to_spend_is_neither_taken_nor_asked_about() -> None:
    head: Row = [*HEAD[:5], "剩余投资（万元）"]
    u = understand(Book(f"{UNIT}6月.xlsx", (Sheet("6月", [head, *lines(TOTAL, MONTH, YEAR, 900.5)]),), "xlsx"), snapshot())
    assert all_read(u)
    assert wrong(u) == []


def test_last_months_sheet_is_told_by_its_name() -> None:
    old = [HEAD, *([*r[:3], round(r[3] * 0.8, 2), round(r[4] * 0.8, 2), r[5]] for r in body())]  # type: ignore[operator]
    u = understand(Book(f"{UNIT}6月.xlsx", (Sheet("上月", old), Sheet("本期", [HEAD, *body()])), "xlsx"), snapshot())
    assert all_read(u)
    assert wrong(u) == []


def test_a_month_in_亿元_among_万元_is_told_by_the_month_before() -> None:
    rows = [[*r[:2], r[3]] for r in body()]
    rows[2][2] = round(wan(2, MONTH) / 10_000, 6)
    head: Row = ["序号", "项目名称", "本月完成投资（万元）"]
    u = understand(Book(f"{UNIT}6月.xlsx", (Sheet("6月", [head, *rows]),), "xlsx"), snapshot())
    assert [(f.code, f.cell, f.suggestion) for f in u.findings if f.level is Level.ERROR] == [("unit_slip", "C4", 3_850_000)]


def test_a_near_name_with_other_facts_waits_for_a_person() -> None:
    head: Row = ["序号", "项目名称", "总投资（万元）", "年度计划投资（万元）", "本月完成投资（万元）"]
    rows = lines(TOTAL, PLAN, MONTH)
    rows[1][1] = "白衣污水处理厂提标改造项目"
    same = understand(Book(f"{UNIT}6月.xlsx", (Sheet("6月", [head, *rows]),), "xlsx"), snapshot())
    assert [r.accepted for r in same.rows] == [True] * len(ALL)
    rows[1][2:4] = [3000.0, 900.0]
    other = understand(Book(f"{UNIT}6月.xlsx", (Sheet("6月", [head, *rows]),), "xlsx"), snapshot())
    assert [r.row for r in other.rows if not r.accepted] == [3]
    assert "near_but_other" in {f.code for f in other.findings}


@pytest.mark.parametrize(("one", "other"), [("A区", "B区"), ("东区", "西区"), ("一标段", "二标段"), ("一期", "三期")])
def test_names_that_differ_in_what_tells_them_apart_are_never_near(one: str, other: str) -> None:
    held = snapshot()
    project = replace(held.projects[3], name=f"渣江冷链仓储基地建设项目（{one}）")
    held = replace(held, projects=(*held.projects[:3], project, *held.projects[4:]))
    rows = body()
    rows[3][1] = f"渣江冷链仓储基地建设项目（{other}）"
    u = understand(Book(f"{UNIT}6月.xlsx", (Sheet("6月", [HEAD, *rows]),), "xlsx"), held)
    assert [f.code for f in u.findings if f.level is Level.ERROR] == ["unknown_project"]


def test_last_months_return_sent_again_is_said_once_for_the_sheet() -> None:
    rows = [[*r[:3], LEDGER[at][1][3], LEDGER[at][1][4], r[5]] for at, r in enumerate(body())]
    assert [f.code for f in read(rows).findings if f.row is None and f.level is not Level.NOTE] == ["return_copied"]


def test_nobody_is_chased_for_projects_that_another_file_has_brought() -> None:
    book = Book(f"{UNIT}6月.xlsx", (Sheet("6月", [HEAD, *body()[:-2]]),), "xlsx")
    ledger = snapshot()
    chased = [f for f in understand(book, ledger).findings if f.code == "missing_projects"]
    assert [(f.level, code(ALL[-1]) in f.message, code(ALL[-2]) in f.message) for f in chased] == [(Level.WARNING, True, True)]
    brought = replace(ledger, projects=tuple(
        replace(p, current=p.previous) if p.code == code(ALL[-1]) else p for p in ledger.projects))
    lacking = [f for f in understand(book, brought).findings if f.code == "missing_projects"]
    assert [(f.level, code(ALL[-1]) in f.message, code(ALL[-2]) in f.message) for f in lacking] == [
        (Level.WARNING, False, True), (Level.NOTE, True, False)]
