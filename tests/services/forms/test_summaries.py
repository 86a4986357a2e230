"""Summary tables of other offices: rows and columns that ask for measures over scopes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.services.forms.conftest import FilledRows
from tests.services.forms.exported import Exported

Fill = Callable[..., FilledRows]


def count(exported: Exported, **wanted: str) -> int:
    return len(codes(exported, **wanted))


def codes(exported: Exported, **wanted: str) -> list[str]:
    return [c for c, f in exported.facts.items() if all(f[k] == v for k, v in wanted.items())]


def total(exported: Exported, name: str, unit: int, **wanted: str) -> float:
    return float(sum(exported.facts[c][name] or 0 for c in codes(exported, **wanted))) / unit


def test_a_column_may_count_some_of_a_rows_projects(filled: Fill, exported: Exported) -> None:
    rows, told = filled([("分级情况表",), ("单位：亿元",), ("类别", "省重点", "", "合计", ""), ("", "个数", "总投资", "个数", "总投资"), ("产业发展",), ("合计",)],
                        ["B3:C3", "D3:E3", "A3:A4"])
    province = {"category": "产业发展", "level": "省"}
    assert rows[4] == ["产业发展", count(exported, **province), total(exported, "total_investment", 10**8, **province),
                       count(exported, category="产业发展"), total(exported, "total_investment", 10**8, category="产业发展")]
    assert rows[5][3] == rows[4][3]
    assert told.sheets[0].rows[0].scope == {"scope": "class=产业发展", "words": "类别为产业发展"}


def test_sums_are_over_the_rows_they_close(filled: Fill, exported: Exported) -> None:
    rows, _ = filled([("分组", "单位", "个数", "年度计划投资（万元）"), ("县市区", "雁峰区"), ("", "石鼓区"), ("", "小计"), ("园区", "高新区"), ("", "小计"), ("合计", "")],
                     ["A2:A4", "A5:A6"])
    counts = [count(exported, reporting_unit=u) for u in ("雁峰区", "石鼓区", "高新区")]
    assert [r[2] for r in rows[1:]] == [counts[0], counts[1], counts[0] + counts[1], counts[2], counts[2], sum(counts)]


def test_a_sum_above_its_rows_counts_those_said_to_be_within_it(filled: Fill, exported: Exported) -> None:
    rows, _ = filled([("建设性质", "个数", "总投资（万元）", "占年度计划%"), ("合计",), ("其中：新建",), ("续建",), ("预备",)])
    assert [r[1] for r in rows[1:]] == [388, *(count(exported, nature=n) for n in ("新建", "续建", "预备"))]
    assert rows[1][2] == 35_146_000
    assert rows[4][3] is None  # nothing planned, no rate


def test_empty_rows_are_written_for_every_unit_and_numbered_through(filled: Fill, exported: Exported) -> None:
    rows, _ = filled([("排名表",), ("序号", "县市区", "项目数", "年度计划（万元）", "完成率", "排名"), (1,), (2,), (3,), ("合计",)])
    units = list(dict.fromkeys(f["reporting_unit"] for f in exported.facts.values()))
    lines = rows[2:-1]
    assert [r[0] for r in lines] == list(range(1, len(units) + 1))
    assert {r[1]: r[2] for r in lines} == {u: count(exported, reporting_unit=u) for u in units}
    assert sorted(r[5] for r in lines if r[5] is not None) == list(range(1, len([r for r in lines if r[4] is not None]) + 1))
    assert rows[-1][:4] == ["合计", None, 388, 10_053_000]


def test_starts_and_places_are_the_offices_own(filled: Fill) -> None:
    rows, told = filled([("开工情况表",), ("县市区", "计划新开工（个）", "已开工（个）", "开工率（%）", "到期未开工（个）", "超（欠）时间进度（百分点）", "贷款户数（户）"), ("雁峰区",), ("全市",)])
    planned, started, rate, overdue, gap = rows[3][1:6]
    assert (planned, started, overdue) == (140, 95, 5)
    assert (rate, round(gap, 2)) == (67.86, 3.42)
    assert [u.column for u in told.sheets[0].unfilled] == ["G"]


def test_a_row_that_nobody_knows_is_told_and_left(filled: Fill) -> None:
    rows, told = filled([("县市区", "个数", "总投资（万元）"), ("雁峰区",), ("不知道县",)])
    assert rows[2][1:] == [None, None]
    assert [f.code for f in told.findings if f.cell == "A3"] == ["row_unknown"]


def test_what_differs_from_the_measure_is_told_and_kept(filled: Fill) -> None:
    rows: list[list[Any]]
    rows, told = filled([("县市区", "个数", "总投资（万元）"), ("雁峰区", 17, None), ("石鼓区", 18, None)])
    assert [r[1] for r in rows[1:]] == [17, 18]
    assert [(f.code, f.cell) for f in told.findings] == [("form_differs", "B2")]


@pytest.mark.parametrize("head", [
    "本月新开工项目数", "6月新开工项目数", "当月开工个数", "在建项目数", "纳统项目个数", "投产项目个数", "应开工项目个数", "存在问题个数", "已解决问题个数", "上报项目个数",
    "新开工项目年度计划投资（万元）", "产业项目总投资（万元）", "开工项目总投资（万元）", "银行贷款项目总投资（万元）", "二季度开工率", "民间投资项目完成率",
])
def test_a_head_with_a_word_that_nobody_understood_is_asked_about_and_never_filled(filled: Fill, head: str) -> None:
    rows, told = filled([("重点项目推进情况汇总表",), ("县市区", "项目个数", head), ("衡南县",), ("耒阳市",), ("全市合计",)])
    assert [r[2] for r in rows[2:]] == [None, None, None]
    assert rows[2][1] == 30
    assert [u.column for u in told.sheets[0].unfilled] == ["C"]


@pytest.mark.parametrize(("head", "of_one", "of_all"), [
    ("列入年度计划项目个数", 30, 388), ("重点项目数", 30, 388), ("其中：省重点项目个数", 5, 79), ("新建项目个数", 13, 140), ("截至6月底已开工项目数", 9, 95),
    ("10亿元以上项目数", 7, 106), ("滞后项目数", 9, 106), ("严重滞后项目数", 6, 58), ("未报送项目数", 0, 16), ("资金到位率（%）", 46.42, 51.73),
    ("项目总投资（亿元）", 254.305, 3514.6), ("今年计划完成投资（亿元）", 71.67, 1005.3),
])
def test_a_head_whose_every_word_is_understood_is_filled(filled: Fill, head: str, of_one: float, of_all: float) -> None:
    rows, _ = filled([("重点项目推进情况汇总表",), ("县市区", head, "完成率排名"), ("衡南县",), ("耒阳市",), ("全市合计",)])
    assert [rows[2][1], rows[4][1]] == [of_one, of_all]


def test_an_amount_without_a_number_is_one_of_it(filled: Fill, exported: Exported) -> None:
    rows, _ = filled([("重点项目推进情况汇总表",), ("县市区", "项目个数", "亿元以上项目数"), ("衡南县",), ("全市合计",)])
    assert rows[3][2] == sum((f["total_investment"] or 0) >= 10**8 for f in exported.facts.values())


def test_those_behind_are_counted_apart_where_the_table_does(filled: Fill) -> None:
    rows, _ = filled([("重点项目推进情况汇总表",), ("县市区", "滞后项目数", "严重滞后项目数"), ("衡南县",), ("全市合计",)])
    assert rows[3][1:3] == [48, 58]


def test_a_few_units_have_their_places_among_all_and_a_whole_group_among_itself(filled: Fill) -> None:
    rows, _ = filled([("县市区", "完成率（%）", "排名"), ("衡南县",), ("耒阳市",), ("石鼓区",)])
    assert [r[2] for r in rows[1:]] == [13, 12, 18]
    counties = ["雁峰区", "石鼓区", "珠晖区", "蒸湘区", "南岳区", "衡阳县", "衡南县", "衡山县", "衡东县", "祁东县", "耒阳市", "常宁市"]
    rows, _ = filled([("县市区", "完成率（%）", "排名"), *((c,) for c in counties)])
    assert sorted(r[2] for r in rows[1:] if r[2] is not None) == list(range(1, 12))  # one has not reported


def test_a_rate_of_completion_is_of_works_whatever_money_stands_beside_it(filled: Fill, exported: Exported) -> None:
    code, facts = next((c, f) for c, f in exported.facts.items() if f["annual_plan"] and exported.value(c, "year_investment", "2023-06"))
    rows, _ = filled([("6月重点项目情况表",), ("项目编号", "项目名称", "年度计划投资（万元）", "到位资金（万元）", "完成比例（%）"), (code, facts["name"])])
    done, plan = exported.value(code, "year_investment", "2023-06"), facts["annual_plan"]
    assert rows[2][4] == pytest.approx(float(done) / float(plan) * 100, abs=0.005)


@pytest.mark.parametrize("between", [(), (("",),), (("其他情况",),), (("祁东县情况表",),)])
def test_a_summary_below_another_is_not_narrowed_by_its_rows(filled: Fill, exported: Exported, between: tuple[tuple[str, ...], ...]) -> None:
    """衡南县 of the first table was taken for the second one's scope, which counted 0 then."""
    head = ("县市区", "项目个数", "总投资（亿元）")
    rows, _ = filled([("重点项目汇总表",), head, ("衡南县",), ("南岳区",), ("合计",), *between, head, ("高新区",), ("衡山县",), ("合计",)])
    below = {r[0]: r[1] for r in rows[6:]}
    one, other = count(exported, reporting_unit="高新区"), count(exported, reporting_unit="衡山县")
    if between == (("祁东县情况表",),):
        assert below["高新区"] in (0, None), "a title of its own narrows it"
    else:
        assert (below["高新区"], below["衡山县"], below["合计"]) == (one, other, one + other)


def test_what_a_column_of_one_summary_counts_narrows_no_other(filled: Fill, exported: Exported) -> None:
    rows, _ = filled([("重点项目汇总表",), ("类别", "新建项目个数", "总投资（亿元）"), ("产业发展",), ("合计",), ("",), ("县市区", "项目个数", "总投资（亿元）"), ("衡山县",), ("合计",)])
    assert [r[1] for r in rows if r[0] == "衡山县"] == [count(exported, reporting_unit="衡山县")]
