from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from hydesk.domain.indicators import LampMode, LampRule, Meaning, sum_up
from hydesk.domain.periods import Period
from hydesk.reports.check import disagreements
from hydesk.reports.compile import compile_standings
from hydesk.reports.model import Figure, Report, ReportKind, Row, RowKind, Table
from hydesk.reports.words import wan
from tests.reports.made import JUNE, UNITS, YI, many, report_of, standing, words_of


def table(report: Report, key: str) -> Table:
    return next(t for t in report.tables() if t.key == key)


def texts(row: Row) -> list[str]:
    return [c if isinstance(c, str) else c.text for c in row.cells]


def raw(one: Table, row: Row, column: str) -> int | Decimal | None:
    index = one.column(column)
    assert index is not None
    cell = row.cells[index]
    assert isinstance(cell, Figure)
    return cell.raw


def total_row(one: Table) -> Row:
    return next(r for r in one.rows if r.kind is RowKind.TOTAL)


def test_the_first_sentence_says_how_many_how_much_and_how_far() -> None:
    report = report_of(
        standing(1, total_investment=351_460_000_00 * 10, annual_plan=100_530_000_000, year_investment=87_920_000_000)
    )
    first = words_of(report)
    assert "全市重点项目1个，总投资3514.6亿元，年度计划投资1005.3亿元" in first
    assert "1-6月完成投资879.2亿元，占年度计划的87.46%，超时间进度（50.00%）37.5个百分点。" in first


def test_points_are_rounded_once_from_the_exact_difference() -> None:
    october = Period.month(2023, 10)
    report = report_of(standing(annual_plan=6474 * YI // 10, year_investment=629 * YI, as_of=october), period=october)
    assert "占年度计划的97.16%，超时间进度（83.33%）13.8个百分点" in words_of(report)


def test_the_ranking_shows_the_rates_of_a_real_notice() -> None:
    rest_plan, rest_done = 19582 - 1752 - 4920, 11973 - 754 - 2306
    amounts = {"甲县": (1752, 754), "乙县": (4920, 2306), "丙县": (rest_plan, rest_done)}
    projects = [
        standing(n, unit=unit, annual_plan=plan * 1_000_000, year_investment=done * 1_000_000)
        for n, (unit, (plan, done)) in enumerate(amounts.items(), 1)
    ]
    ranking = table(report_of(*projects), "ranking")
    rates = {texts(r)[1]: texts(r)[6] for r in ranking.rows}
    assert rates["甲县"] == "43.04"
    assert rates["乙县"] == "46.87"
    assert rates["全市"] == "61.14"
    assert [texts(r)[1] for r in ranking.rows] == ["丙县", "乙县", "甲县", "全市"]


def test_units_without_a_plan_are_listed_not_ranked() -> None:
    report = report_of(standing(1), standing(2, unit="南岳区", annual_plan=None), standing(3, unit="常宁市"))
    ranking = table(report, "ranking")
    assert [texts(r)[:2] for r in ranking.rows] == [["1", "衡南县"], ["1", "常宁市"], ["—", "南岳区"], ["", "全市"]]
    assert any("不参加排名" in note for note in ranking.notes)


@pytest.mark.parametrize("key", ["ranking", "category", "nature", "projects"])
def test_every_table_of_all_projects_ends_in_the_sums_of_the_standings(key: str) -> None:
    sums = sum_up(many())
    one = table(report_of(*many()), key)
    last = total_row(one)
    assert raw(one, last, "total") == sums.total_investment
    assert raw(one, last, "plan") == sums.annual_plan
    assert raw(one, last, "year") == sums.year_investment
    assert raw(one, last, "month") == sums.month_investment


def test_the_annex_holds_every_project_once_by_unit() -> None:
    annex = table(report_of(*many()), "projects")
    assert sorted(texts(r)[1] for r in annex.items()) == sorted(p.code for p in many())
    groups = [texts(r)[0] for r in annex.rows if r.kind is RowKind.GROUP]
    assert [g.split("（")[0] for g in groups] == list(UNITS)


def test_lagging_projects_come_with_reason_and_rule_the_worst_first() -> None:
    report = report_of(
        standing(1, year_investment=YI * 35 // 100, problem_text="用地未批"),
        standing(2, year_investment=YI // 10, problem_text="无"),
        standing(3),
    )
    lagging = table(report, "lagging")
    rows = [texts(r) for r in lagging.rows]
    assert [r[1] for r in rows] == ["HY2023-002", "HY2023-001"]
    assert rows[0][6:] == ["10.00", "40.0", "■严重滞后", "未报原因"]
    assert rows[1][6:] == ["35.00", "15.0", "◆滞后", "用地未批"]
    assert LampRule().sentence in lagging.notes[0]
    assert "滞后项目共2个，其中严重滞后1个" in words_of(report)


def test_only_the_worst_stand_in_the_text_and_all_in_an_annex() -> None:
    report = report_of(*many())
    said = next(f for f in report.figures() if f.key == "rows:lagging_all")
    assert said.raw == len(list(table(report, "lagging_all").items())) > 15
    assert len(list(table(report, "lagging").items())) == 15
    assert [a.label for a in report.annexes] == ["附件1", "附件2", "附件3", "附件4"]


def test_another_rule_is_used_and_printed() -> None:
    rule = LampRule(LampMode.RATIO, lagging=Decimal("0.8"), serious=Decimal("0.6"))
    report = report_of(standing(year_investment=YI * 35 // 100), rule=rule)
    assert texts(table(report, "lagging").rows[0])[8] == f"{Meaning.LAGGING.mark}滞后"
    assert "80%" in table(report, "lagging").notes[0]


def test_starts_name_what_is_overdue() -> None:
    report = report_of(
        standing(1),
        standing(2, actual_start=None, year_investment=None, as_of=None, planned_start=date(2023, 5, 10)),
        standing(3, actual_start=date(2023, 1, 5)),
        standing(4, nature="续建"),
    )
    words = words_of(report)
    assert "计划新开工项目3个，已开工2个，开工率66.67%" in words
    assert "提前开工1个" in words
    assert "到期未开工1个" in words
    assert texts(table(report, "overdue").rows[0])[1:5] == ["HY2023-002", "第2号项目", "衡南县", "2023年5月10日"]


def test_funds_and_statistics_stand_only_where_there_are_figures() -> None:
    assert "到位" not in words_of(report_of(standing()))
    words = words_of(report_of(standing(funds_arrived=40_000_000, statistics_year=25_000_000)))
    assert "累计到位资金4000万元，资金到位率40.00%" in words
    assert "入统投资2500万元，相当于形象进度投资的50.00%" in words


def test_change_since_the_month_before_and_moves_in_the_ranking_are_told() -> None:
    now = [standing(1), standing(2, unit="常宁市", year_investment=60_000_000)]
    before = [replace(p, month_investment=6_000_000, year_investment=40_000_000 - p.id) for p in now]
    words = words_of(report_of(*now, previous=before))
    assert "比上月增加800万元" in words
    assert "常宁市上升1位，衡南县下降1位" in words


def test_who_has_not_reported_is_said() -> None:
    late = standing(2, unit="常宁市", reported=False, month_investment=None, as_of=Period.month(2023, 5))
    words = words_of(report_of(standing(1), late))
    assert "本期未报项目1个（常宁市1个），沿用其最近一次上报数" in words


def test_a_weekly_report_counts_days_and_says_as_of_when_its_amounts_are() -> None:
    week = Period.week(2023, 25)
    report = report_of(standing(as_of=Period.month(2023, 5), reported=False), period=week)
    words = words_of(report)
    assert report.file_stem == "衡阳市重点建设项目周报（2023年第25周）"
    assert "2023年第25周（6月19日至6月25日）" in words
    assert "投资数据截至2023年5月底，时间进度按日计算" in words
    assert "时间进度（48.22%）" in words


def test_an_empty_ledger_one_project_and_no_figures_still_make_a_report() -> None:
    assert "没有项目" in words_of(report_of())
    bare = standing(
        as_of=None, annual_plan=None, total_investment=None, month_investment=None, year_investment=None,
        total_invested=None, reported=False, nature="", category="", unit="",
    )
    for standings in ((), (bare,), (standing(),), (standing(year_investment=YI * 3 // 2),)):
        assert disagreements(report_of(*standings)) == []
    assert "尚无完成投资数据" in words_of(report_of(bare))
    assert "150.00%" in words_of(report_of(standing(year_investment=YI * 3 // 2)))


def test_sections_are_numbered_without_gaps() -> None:
    headings = [s.heading for s in report_of(*many()).sections]
    assert [h[:2] for h in headings] == [f"{n}、" for n in "一二三四五六七"[: len(headings)]]
    assert JUNE.label in report_of(*many()).file_stem


def test_what_nobody_knows_prints_as_unknown_not_as_nothing_done() -> None:
    silent = standing(3, unit="南岳区", year_investment=None, month_investment=None, total_invested=None, reported=False, as_of=None)
    report = report_of(standing(1), standing(2, unit="衡东县"), silent)
    ranking = table(report, "ranking")
    row = next(r for r in ranking.rows if "南岳区" in r.cells)
    assert texts(row) == ["—", "南岳区", "1", "50000.00", "10000.00", "—", "—", "—"]
    assert any("尚未报送数据" in note for note in ranking.notes)
    annex = report.annexes[0].table
    sums = next(r for r in annex.rows if r.kind is RowKind.SUBTOTAL and "南岳区小计" in r.cells)
    assert [raw(annex, sums, column) for column in ("month", "year", "rate", "since")] == [None] * 4
    assert disagreements(report) == []
    # A known nothing stays a nothing.
    assert wan(0).text == "0.00"
    assert "南岳区" not in next(s for s in words_of(report).split("。") if "居前的是" in s)


def test_the_month_is_compared_over_the_projects_that_have_both_months() -> None:
    before = [standing(n, month_investment=10_000_000 if n < 3 else None, as_of=Period.month(2023, 5)) for n in (1, 2, 3)]
    now = [standing(n, month_investment=n * 20_000_000) for n in (1, 2)] + [standing(3, month_investment=90_000_000)]
    assert "6月新增完成投资1.5亿元，两月都有数的2个项目比上月增加4000万元。" in words_of(report_of(*now, previous=before))
    whole = [standing(n, month_investment=10_000_000) for n in (1, 2, 3)]
    assert "6月新增完成投资1.5亿元，比上月增加1.2亿元。" in words_of(report_of(*now, previous=whole))
    assert "，与上月持平。" in words_of(report_of(*whole, previous=whole))
    silent = [standing(1), standing(2, month_investment=None)]
    assert "6月新增完成投资1000万元（1个项目没有当月数，未计入）。" in words_of(report_of(*silent))


def test_ties_and_nothings_are_worded_as_an_official_would() -> None:
    units = UNITS[:4]
    before = [standing(n, unit=u, year_investment=n * 10_000_000) for n, u in enumerate(units, 1)]
    # The last two change places with the first two: two rise as far as two fall.
    now = [standing(n, unit=u, year_investment=((n + 1) % 4 + 1) * 10_000_000) for n, u in enumerate(units, 1)]
    moved = next(s for s in words_of(report_of(*now, previous=before)).split("。") if s.startswith("与上期相比") and "位" in s)
    assert moved == "与上期相比，雁峰区、石鼓区均上升2位，珠晖区、蒸湘区均下降2位，变动最大"
    text = words_of(report_of(standing(1, year_investment=0), standing(2, year_investment=35_000_000, annual_plan=YI)))
    assert "衡南县第1号项目（尚未完成投资）" in text
    assert not re.search(r"(?<!\d)0个", text)
    level = words_of(report_of(standing(1, year_investment=YI // 2 + 1)))
    assert "与时间进度（50.00%）基本持平" in level
    mild = words_of(report_of(standing(1, year_investment=35_000_000)))
    assert "滞后项目共1个。" in mild


def test_units_as_often_named_stand_in_the_offices_order() -> None:
    text = words_of(report_of(*(standing(n, unit=u, year_investment=0) for n, u in enumerate(("祁东县", "南岳区", "雁峰区"), 1))))
    assert "按地区分，雁峰区1个、南岳区1个、祁东县1个。" in text


def test_a_notice_about_a_project_does_not_say_project_twice() -> None:
    def title(name: str) -> str:
        return compile_standings(ReportKind.SUPERVISION, JUNE, [standing(1, name=name)], issued=date(2023, 7, 5), subject="HY2023-001").title

    assert title("鸿运产业园项目") == "关于督办鸿运产业园项目进度滞后的通知"
    assert title("衡州大道改造") == "关于督办衡州大道改造项目进度滞后的通知"


def test_december_asks_for_no_more_months_and_one_project_is_not_divided() -> None:
    last = Period.month(2023, 12)
    text = words_of(report_of(standing(1, as_of=last), standing(2, as_of=last, year_investment=YI), period=last))
    assert "全年距年度计划还差5000万元" in text
    assert "时间进度同步" not in text
    assert "按地区分" not in text
    assert "对照时间进度" not in words_of(report_of(standing(1, year_investment=None, month_investment=None, as_of=None)))
