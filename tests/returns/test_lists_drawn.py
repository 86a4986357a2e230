"""Project lists as offices write them: every value what a careful clerk reads, every planted fault told, no ghosts."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from hydesk.db import seed
from hydesk.domain.fields import Field
from hydesk.domain.findings import Level
from hydesk.domain.grid import Book, Sheet
from hydesk.domain.list_known import ListChoices, ListKnown, SectionChoice
from hydesk.domain.snapshot import ReportingUnit
from hydesk.domain.understanding import ProjectList
from hydesk.returns.project_list import understand_project_list
from tests.returns.lists_drawn import DRAW, DrawnList, Row

F = Field
OF_TRUTH = {
    "unit": F.REPORTING_UNIT, "category": F.CATEGORY, "nature": F.NATURE, "total": F.TOTAL_INVESTMENT, "plan": F.ANNUAL_PLAN,
    "before": F.INVESTED_BEFORE, "start": F.START_YEAR, "finish": F.FINISH_YEAR, "builder": F.BUILDER,
    "responsible": F.RESPONSIBLE_UNIT, "city_leader": F.CITY_LEADER, "county_leader": F.COUNTY_LEADER}
KNOWN = ListKnown(
    (*(ReportingUnit(n, "县市区", c, (s,) if s else ()) for n, c, s in seed.COUNTIES),
     *(ReportingUnit(n, "园区", None, tuple(s.split("\n"))) for n, s in seed.PARKS)),
    {F.CATEGORY: seed.CATEGORIES, F.INDUSTRY: seed.INDUSTRIES, F.CHAIN: seed.CHAINS})
HEAD: Row = ["序号", "项目名称", "县市区", "总投资（万元）", "2023年计划投资（万元）"]


def understood(*rows: Row, choices: ListChoices | None = None, sheet: str = "清单") -> ProjectList:
    return understand_project_list(Book("清单.xlsx", (Sheet(sheet, list(rows)),), "xlsx"), 2023, KNOWN, choices)


def codes(read: ProjectList) -> list[str]:
    return [f.code for f in read.findings if f.level is not Level.NOTE]


@pytest.mark.parametrize("seed_number", range(4))
@pytest.mark.parametrize("planted", [False, True])
@pytest.mark.parametrize("draw", DRAW, ids=[d.__name__ for d in DRAW])
def test_a_drawn_list_is_read_as_a_careful_clerk_reads_it(
        draw: Callable[[random.Random, bool], DrawnList], planted: bool, seed_number: int) -> None:
    drawn = draw(random.Random(seed_number), planted)
    read = understand_project_list(drawn.book, 2023, KNOWN)
    taken = [p for p in read.projects if p.accepted]
    assert Counter(str(p.values[F.NAME]) for p in taken) == Counter(p.name for p in drawn.projects)
    meant = {p.name: p for p in drawn.projects}
    for p in taken:
        truth = meant[str(p.values[F.NAME])]
        assert {f: str(p.values.get(OF_TRUTH[f])) for f in drawn.fields} == {f: str(getattr(truth, f)) for f in drawn.fields}
    for words in drawn.planted:
        assert any(w in f.message for f in read.findings for w in words), f"{words} is not told"
    if drawn.quiet:
        assert codes(read) == []


@pytest.mark.parametrize(("said", "total", "asked"), [
    (ListChoices(), 1_000_000, True), (ListChoices(columns={"投资（万元）": None}), None, False),
    (ListChoices(columns={"投资（万元）": F.TOTAL_INVESTMENT}), 1_000_000, False), (ListChoices(columns={"投资（万元）": F.ANNUAL_PLAN}), None, False)])
def test_an_investment_that_does_not_say_which_is_the_total_unless_a_person_says_else(said: ListChoices, total: int | None, asked: bool) -> None:
    read = understood(["序号", "项目名称", "县市区", "投资（万元）"], [1, "甲甲公路", "衡南县", 100.0], choices=said)
    assert [p.values.get(F.TOTAL_INVESTMENT) for p in read.projects] == [total]
    assert ("column_unclear" in codes(read)) is asked


def test_a_county_alone_in_the_name_column_heads_a_section_whatever_its_number() -> None:
    read = understood(["序号", "项目名称", "总投资（万元）"], [None, "1.衡南县"], [1, "甲甲公路", 100.0], [None, "2.祁东县（1个）"], [2, "乙乙公路", 200.0])
    assert [(p.values[F.NAME], p.values[F.REPORTING_UNIT]) for p in read.projects] == [("甲甲公路", "衡南县"), ("乙乙公路", "祁东县")]


def test_a_section_of_the_office_own_words_is_told_and_changed_by_a_person() -> None:
    rows: list[Row] = [HEAD, ["一、装备制造（1个）"], [1, "甲甲基地", "衡南县", 100.0, 10.0], ["二、续建交通基础设施"], [2, "乙乙公路", "祁东县", 200.0, 20.0]]
    read = understood(*rows)
    assert F.CATEGORY not in read.projects[0].values
    assert (read.projects[1].values[F.CATEGORY], read.projects[1].values[F.NATURE]) == ("基础设施", "续建")
    assert "section_unknown" in [f.code for f in read.findings]
    changed = understood(*rows, choices=ListChoices(sections={"装备制造": SectionChoice(F.CATEGORY, "产业发展")}))
    assert changed.projects[0].values[F.CATEGORY] == "产业发展"
    assert "section_unknown" not in [f.code for f in changed.findings]


def test_a_projects_own_cell_goes_before_its_section_and_the_difference_is_told() -> None:
    read = understood([*HEAD, "建设性质"], ["一、续建项目"], [1, "甲甲基地", "衡南县", 100.0, 10.0, "新建"], [2, "乙乙基地", "衡南县", 100.0, 10.0, "续建"])
    assert read.projects[0].values[F.NATURE] == "新建"
    assert codes(read) == ["section_differs"]


def test_section_numbers_begin_a_name_no_more_than_a_place_does() -> None:
    read = understood(["序号", "项目名称", "总投资（万元）"], [None, "三塘镇"], [1, "甲甲公路", 100.0])
    assert [p.values[F.NAME] for p in read.projects] == ["甲甲公路"]
    assert [s.words for s in read.sections] == ["三塘镇"]


@pytest.mark.parametrize(("figures", "unit"), [([8.2, 12.5, 30.0], "亿元"), ([82000.0, 12500.0, 30000.0], "万元")])
def test_a_unit_that_nothing_names_is_told_by_the_size_and_asked_about(figures: list[float], unit: str) -> None:
    read = understood(["序号", "项目名称", "总投资"], *([n, f"第{n}号公路", v] for n, v in enumerate(figures, 1)))
    assert codes(read) == ["unit_unknown"]
    assert f"已按{unit}读取" in next(f.message for f in read.findings if f.code == "unit_unknown")


@pytest.mark.parametrize(("total", "told"), [(199.0, True), (200.0, False)])
def test_a_total_far_below_all_others_is_likely_in_hundreds_of_millions(total: float, told: bool) -> None:
    rows: list[Row] = [[n, f"第{n}号公路", "衡南县", 50000.0, 10.0] for n in range(1, 6)]
    read = understood(HEAD, *rows, [6, "第6号公路", "衡南县", total, 10.0])
    assert codes(read) == (["unit_slip"] if told else [])


@pytest.mark.parametrize(("plan", "told"), [(100.5, False), (100.6, True)])
def test_a_plan_above_the_total_is_told(plan: float, told: bool) -> None:
    read = understood(HEAD, [1, "甲甲公路", "衡南县", 100.0, plan])
    assert codes(read) == (["over_total"] if told else [])


def test_two_leaders_and_two_offices_are_never_one_for_another() -> None:
    read = understood([*HEAD, "联系领导", "包联领导", "业主", "责任单位", "主管部门"],
                      [1, "甲甲公路", "衡南县", 100.0, 10.0, "刘某", "王某", "甲公司", "县交通局", "市交通局"])
    values = read.projects[0].values
    assert (values[F.CITY_LEADER], values[F.COUNTY_LEADER]) == ("刘某", "王某")
    assert (values[F.BUILDER], values[F.RESPONSIBLE_UNIT]) == ("甲公司", "县交通局")
    assert read.projects[0].extras["主管部门"] == "市交通局"


def test_names_that_differ_in_their_last_word_alone_are_likely_one_project() -> None:
    read = understood(HEAD, [1, "归阳疏港公路", "衡南县", 100.0, 10.0], [2, "归阳疏港公路项目", "衡南县", 100.0, 20.0], [3, "归阳疏港公路工程", "衡南县", 101.0, 20.0])
    assert codes(read) == ["near_duplicate"]


def test_what_a_person_typed_or_said_of_a_column_goes_before_what_stands_there() -> None:
    read = understood([*HEAD, "专班编组"], [1, "甲甲公路", "衡南县", "约1200万美元", 10.0, "第一组"],
                      choices=ListChoices(columns={"专班编组": F.INDUSTRY, "县市区": None}, values={("清单", 2, F.TOTAL_INVESTMENT): "8600"}))
    p = read.projects[0]
    assert (p.values[F.TOTAL_INVESTMENT], p.values[F.INDUSTRY], p.accepted) == (86_000_000, "第一组", True)
    assert F.REPORTING_UNIT not in p.values
    assert p.extras == {"县市区": "衡南县"}


def test_a_county_with_a_number_of_its_own_heads_a_group() -> None:
    read = understood(["序号", "项目名称", "总投资（万元）"], [1, "衡南县", 300.0], [None, "甲甲公路", 300.0], [2, "祁东县", 200.0], [None, "乙乙公路", 200.0])
    assert [(p.values[F.NAME], p.values[F.REPORTING_UNIT]) for p in read.projects] == [("甲甲公路", "衡南县"), ("乙乙公路", "祁东县")]


def test_a_groups_word_in_its_first_row_only_holds_for_those_below_and_is_told() -> None:
    rows: list[Row] = [["县市区", "序号", "项目名称", "总投资（万元）"], ["衡南县", 1, "甲甲公路", 100.0], [None, 2, "乙乙公路", 200.0], ["祁东县", 3, "丙丙公路", 300.0]]
    read = understood(*rows)
    assert [p.values.get(F.REPORTING_UNIT) for p in read.projects] == ["衡南县", "衡南县", "祁东县"]
    assert codes(read) == ["filled_down"]


def test_a_row_of_units_below_the_head_belongs_to_it() -> None:
    read = understood(["序号", "项目名称", "县市区", "总投资", "合同外资"], [None, None, None, "亿元", "万美元"], [1, "甲甲公路", "衡南县", 2.0, 5.0])
    assert [p.values[F.TOTAL_INVESTMENT] for p in read.projects] == [200_000_000]
    assert codes(read) == ["foreign_currency"]


@pytest.mark.parametrize(("title", "nature"), [
    ("衡阳市2023年续建重点项目表", "续建"), ("2023年重点项目表（含续建）", None), ("2023年新建、续建项目表", None)])
def test_a_title_says_the_nature_of_all_only_where_it_names_one(title: str, nature: str | None) -> None:
    read = understood([title], HEAD, [1, "甲甲公路", "衡南县", 100.0, 10.0])
    assert read.projects[0].values.get(F.NATURE) == nature


def test_a_sheet_named_after_a_class_says_it() -> None:
    read = understood(HEAD, [1, "甲甲公路", "衡南县", 100.0, 10.0], sheet="基础设施")
    assert read.projects[0].values[F.CATEGORY] == "基础设施"


@pytest.mark.parametrize(("line", "told"), [
    ("全市共安排市重点项目2个，其中新建项目1个；涉及12个县市区", False), ("全市共安排市重点项目3个", True), ("总投资0.03亿元", False), ("总投资0.04亿元", True)])
def test_a_titles_count_and_sum_are_of_all_projects(line: str, told: bool) -> None:
    read = understood([line], HEAD, [1, "甲甲公路", "衡南县", 100.0, 10.0], [2, "乙乙公路", "衡南县", 200.0, 10.0])
    assert bool(codes(read)) is told


def test_what_breaks_a_total_down_heads_no_rows() -> None:
    read = understood(HEAD, ["合计", None, None, 300.0, 20.0], ["其中：", "续建（1个）", None, 100.0, 10.0], [None, "新建（1个）", None, 200.0, 10.0],
                      ["一、续建"], [1, "甲甲公路", "衡南县", 100.0, 10.0], ["二、新建"], [2, "乙乙公路", "衡南县", 200.0, 10.0])
    assert codes(read) == []
    assert [p.values[F.NATURE] for p in read.projects] == ["续建", "新建"]


_STRAY: Row = ["合计", "总计", "（一）", "一、产业发展（3个）", "1.衡南县（2个）", "其中：", "衡南县", "续建", "万元", "亿元", "万美元", "2022年", "#REF!", None, "", 0,
               -5.0, 1e300, True, "①", "项目名称", "总投资（万元）", "序号", "注：", "第三批（4项）", "（）", "(一", "20\n23", "2023-2021", "约3亿", "★", "=1+1", "1" * 400]


def mangled(rng: random.Random, sheet: Sheet) -> Sheet:
    """The sheet with cells, rows and merges that stand where they should not."""
    rows = [list(r) for r in sheet.rows]
    for _ in range(rng.randrange(1, 40)):
        at = rng.randrange(len(rows))
        how = rng.random()
        if how < 0.6 and rows[at]:
            rows[at][rng.randrange(len(rows[at]))] = rng.choice(_STRAY)
        elif how < 0.7 and len(rows) > 1:
            del rows[at]
        elif how < 0.85:
            rows.insert(at, [rng.choice(_STRAY) for _ in range(rng.randrange(1, 10))])
        else:
            rng.shuffle(rows[at])
    return replace(sheet, rows=rows, merges=sheet.merges if rng.random() < 0.5 else ())


@pytest.mark.parametrize("first", range(0, 60, 15))
def test_a_mangled_list_is_read_or_refused_and_never_breaks(first: int) -> None:
    for number in range(first, first + 15):
        rng = random.Random(number)
        drawn = rng.choice(DRAW[:5])(rng, rng.random() < 0.5)
        book = replace(drawn.book, sheets=tuple(mangled(rng, s) for s in drawn.book.sheets))
        read = understand_project_list(book, 2023, KNOWN)
        assert read.rejected is not bool(read.projects)


def test_a_form_whose_name_stands_beside_another_label_is_no_card_and_breaks_nothing() -> None:
    read = understood(["项目名称", "总投资（万元）", 100.0], ["建设地点", "建设性质", "新建"], ["业主单位", "年度计划投资（万元）", 5.0], ["备注", "责任单位", "某局"])
    assert (read.rejected, read.projects) == (True, ())
