from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from hydesk.domain.lamps import LampMode, LampRule
from hydesk.domain.meaning import Meaning
from hydesk.domain.measures.totals import sum_up
from hydesk.domain.periods import Period
from hydesk.reports.basis import Judging
from hydesk.reports.check import disagreements
from hydesk.reports.compile import compile_standings
from hydesk.reports.figures import Figure
from hydesk.reports.form import PartForm, ReportForm
from hydesk.reports.grid import PrintRow, PrintRowKind, PrintTable
from hydesk.reports.kinds import ReportKind
from hydesk.reports.model import Report
from hydesk.reports.prose import Paragraph
from hydesk.reports.words import wan
from tests.reports.made import ALL_IN_TEXT, JUNE, UNITS, YI, many, report_of, standing, words_of


def table(report: Report, key: str) -> PrintTable:
    return next(t for t in report.tables() if t.key == key)


def texts(row: PrintRow) -> list[str]:
    return [c if isinstance(c, str) else c.text for c in row.cells]


def raw(one: PrintTable, row: PrintRow, column: str) -> int | Decimal | None:
    index = one.column(column)
    assert index is not None
    cell = row.cells[index]
    assert isinstance(cell, Figure)
    return cell.raw


def total_row(one: PrintTable) -> PrintRow:
    return next(r for r in one.rows if r.kind is PrintRowKind.TOTAL)


def test_the_first_sentence_says_how_many_how_much_and_how_far() -> None:
    report = report_of(
        standing(1, total_investment=351_460_000_00 * 10, annual_plan=100_530_000_000, year_investment=87_920_000_000)
    )
    first = words_of(report)
    assert "全市重点项目1个，总投资3514.6亿元，年度计划投资1005.3亿元" in first
    assert "1-6月完成投资879.2亿元，占年度计划的87.46%，超时间进度（50.00%）37.46个百分点。" in first


def test_a_printed_difference_is_that_of_the_two_printed_rates() -> None:
    """44.134 % less 5/12 is 2.467 points: to whoever holds the paper 44.13 less 41.67 is 2.46."""
    may = Period.month(2023, 5)
    report = report_of(standing(annual_plan=100_000 * YI, year_investment=44_134 * YI, as_of=may), period=may)
    assert "占年度计划的44.13%，超时间进度（41.67%）2.46个百分点" in words_of(report)


def test_a_real_notice_s_points_are_told_with_the_decimals_of_its_rates() -> None:
    october = Period.month(2023, 10)
    report = report_of(standing(annual_plan=6474 * YI // 10, year_investment=629 * YI, as_of=october), period=october)
    assert "占年度计划的97.16%，超时间进度（83.33%）13.83个百分点" in words_of(report)


def test_the_ranking_shows_the_rates_of_a_real_notice() -> None:
    rest_plan, rest_done = 19582 - 1752 - 4920, 11973 - 754 - 2306
    amounts = {"甲县": (1752, 754), "乙县": (4920, 2306), "丙县": (rest_plan, rest_done)}
    projects = [
        standing(n, unit=unit, annual_plan=plan * 1_000_000, year_investment=done * 1_000_000)
        for n, (unit, (plan, done)) in enumerate(amounts.items(), 1)
    ]
    ranking = table(report_of(*projects), "ranking")
    rates = {texts(r)[1]: texts(r)[5] for r in ranking.rows}
    assert rates["甲县"] == "43.04"
    assert rates["乙县"] == "46.87"
    assert rates["全市"] == "61.14"
    assert [texts(r)[1] for r in ranking.rows] == ["丙县", "乙县", "甲县", "全市"]


def test_units_without_a_plan_are_listed_not_ranked() -> None:
    report = report_of(standing(1), standing(2, unit="南岳区", annual_plan=None), standing(3, unit="常宁市"))
    ranking = table(report, "ranking")
    assert [texts(r)[:2] for r in ranking.rows] == [["1", "衡南县"], ["1", "常宁市"], ["—", "南岳区"], ["", "全市"]]
    assert any("不参加排名" in note for note in ranking.notes)


@pytest.mark.parametrize("key", ["ranking_all", "category", "nature", "projects"])
def test_every_table_of_all_projects_ends_in_the_sums_of_the_standings(key: str) -> None:
    sums = sum_up(many())
    one = table(report_of(*many(), form=ALL_IN_TEXT), key)
    last = total_row(one)
    assert raw(one, last, "total") == sums.total_investment
    assert raw(one, last, "plan") == sums.annual_plan
    assert raw(one, last, "year") == sums.year_investment
    assert raw(one, last, "gain") == sums.year_investment  # nothing is known before: all of it came in


def test_the_annex_holds_every_project_once_by_unit() -> None:
    annex = table(report_of(*many()), "projects")
    assert sorted(texts(r)[1] for r in annex.items()) == sorted(p.code for p in many())
    groups = [texts(r)[0] for r in annex.rows if r.kind is PrintRowKind.GROUP]
    assert [g.split("（")[0] for g in groups] == list(UNITS)


def test_lagging_projects_come_with_reason_and_rule_the_worst_first() -> None:
    report = report_of(
        standing(1, year_investment=YI * 35 // 100, problem_text="用地未批"),
        standing(2, year_investment=YI // 10, problem_text="无"),
        standing(3),
        form=ALL_IN_TEXT,
    )
    lagging = table(report, "lagging")
    rows = [texts(r) for r in lagging.rows]
    assert [r[1] for r in rows] == ["HY2023-002", "HY2023-001"]
    assert rows[0][6:] == ["10.00", "40.00", "■严重滞后", "未报原因"]
    assert rows[1][6:] == ["35.00", "15.00", "◆滞后", "用地未批"]
    assert LampRule().sentence in lagging.notes[0]
    assert "滞后项目共2个，其中严重滞后1个" in words_of(report)


def test_only_the_worst_stand_in_the_text_and_all_in_an_annex() -> None:
    report = report_of(*many(), form=ALL_IN_TEXT)
    said = next(f for f in report.figures() if f.key == "rows:lagging_all")
    assert said.raw == len(list(table(report, "lagging_all").items())) > 15
    assert len(list(table(report, "lagging").items())) == 15
    assert [a.table.key for a in report.annexes] == ["projects", "ranking_all", "classes_all", "lagging_all", "overdue_all", "problems_all"]
    assert [a.label for a in report.annexes] == [f"附件{n}" for n in range(1, 7)]


def test_a_text_has_one_table_in_hundred_millions_and_what_it_names_not_is_in_annexes_in_ten_thousands() -> None:
    report = report_of(*many())
    [own] = [b for s in report.sections for b in s.blocks if not isinstance(b, Paragraph)]
    assert isinstance(own, PrintTable)
    assert (own.key, own.unit_note) == ("ranking", "单位：亿元")
    assert [c.name for c in own.columns] == ["位次", "地区", "项目个数", "年度计划投资", "1-6月完成投资", "完成率（%）"]
    assert {a.table.unit_note for a in report.annexes} == {"单位：万元", ""}
    plan, whole = texts(total_row(own))[3], raw(own, total_row(own), "plan")
    assert Decimal(plan.replace(",", "")) == (Decimal(whole or 0) / YI).quantize(Decimal("0.01"))
    assert {p.code for p in many()} == {texts(r)[1] for r in table(report, "projects").items()}


def test_a_small_list_needs_no_annex_that_its_text_holds_and_says_so_no_more() -> None:
    form = ReportForm(parts=(PartForm("table:lagging"), *(PartForm(k, on=False) for k in ("lagging_all", "problems_all", "overdue_all"))))
    words = words_of(report_of(standing(1, year_investment=0), form=form))
    assert "滞后项目及原因见下表。" in words
    assert "附件" not in words


def test_another_rule_is_used_and_printed() -> None:
    rule = LampRule(LampMode.RATIO, lagging=Decimal("0.8"), serious=Decimal("0.6"))
    report = report_of(standing(year_investment=YI * 35 // 100), judging=Judging(rule), form=ALL_IN_TEXT)
    assert texts(table(report, "lagging").rows[0])[8] == f"{Meaning.LAGGING.mark}滞后"
    assert "80%" in table(report, "lagging").notes[0]


def test_starts_name_what_is_overdue() -> None:
    report = report_of(
        standing(1),
        standing(2, actual_start=None, year_investment=None, as_of=None, planned_start=date(2023, 5, 10)),
        standing(3, actual_start=date(2023, 1, 5)),
        standing(4, nature="续建"),
        form=ALL_IN_TEXT,
    )
    words = words_of(report)
    assert "计划新开工项目3个，已开工2个，年度开工率66.67%" in words
    assert "截至6月30日应开工3个，到期开工率66.67%" in words
    assert "提前开工1个" in words
    assert "到期未开工1个" in words
    assert texts(table(report, "overdue").rows[0])[1:5] == ["HY2023-002", "第2号项目", "衡南县", "2023年5月10日"]


def test_funds_and_statistics_stand_only_where_there_are_figures() -> None:
    assert "到位" not in words_of(report_of(standing()))
    words = words_of(report_of(standing(funds_arrived=40_000_000, statistics_year=25_000_000)))
    assert "1-6月到位资金4000万元，资金到位率40.00%" in words
    assert "入统投资2500万元，入统率50.00%（入统投资÷同一批项目的完成投资）" in words


def test_a_rate_of_money_is_over_the_projects_that_tell_it_and_not_told_below_half_of_the_plan() -> None:
    def said(told: int) -> str:
        return words_of(report_of(*(standing(n, funds_arrived=40_000_000 if n <= told else None) for n in range(1, 5))))

    assert "资金到位率40.00%（到位资金÷报了资金的项目的年度计划投资，2／4个项目报了）" in said(2)  # exactly half of the plan
    assert "1-6月到位资金4000万元，资金到位率—（1／4个项目报了，不足计划的一半，不计算）" in said(1)


def test_change_since_the_month_before_and_moves_in_the_ranking_are_told() -> None:
    now = [standing(1), standing(2, unit="常宁市", year_investment=60_000_000)]
    may = Period.month(2023, 5)
    before = [replace(p, as_of=may, as_of_day=may.day, year_investment=40_000_000 - p.id) for p in now]
    words = words_of(report_of(*now, previous=before))
    assert "6月新增完成投资3000万元" in words
    assert "常宁市上升1位，衡南县下降1位" in words


def test_who_has_not_reported_is_said() -> None:
    late = standing(2, unit="常宁市", reported=False, month_investment=None, as_of=Period.month(2023, 5))
    words = words_of(report_of(standing(1), late))
    assert "本期1个单位未报；未报项目1个（常宁市1个），按其最近一次上报数（5月底）计入" in words


def test_a_weekly_report_counts_days_and_says_as_of_when_its_amounts_are() -> None:
    week = Period.week(2023, 25)
    report = report_of(standing(as_of=Period.month(2023, 5), reported=False), period=week)
    words = words_of(report)
    assert report.file_stem == "衡阳市重点建设项目周报（2023年第25周）"
    assert "本期为6月19日至6月25日的情况" in words
    assert "第25周尚无单位报送，投资数据截至2023年5月底" in words
    assert "时间进度（41.67%）" in words  # figures of May are set against May
    own = words_of(report_of(standing(as_of=week), period=week))
    assert "投资数据截至2023年6月25日，时间进度按日计算" in own
    assert "年初至6月25日完成投资5000万元" in own
    assert "时间进度（48.22%）" in own


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
    row = next(r for r in ranking.rows if "南岳区（未报）" in r.cells)
    assert texts(row) == ["—", "南岳区（未报）", "1", "1.00", "—", "—"]
    assert any("本期未报" in note for note in ranking.notes)
    annex = table(report, "projects")
    sums = next(r for r in annex.rows if r.kind is PrintRowKind.SUBTOTAL and "南岳区小计" in r.cells)
    assert [raw(annex, sums, column) for column in ("gain", "year", "rate", "since")] == [None] * 4
    assert disagreements(report) == []
    # A known nothing stays a nothing.
    assert wan(0).text == "0.00"
    assert "南岳区" not in next(s for s in words_of(report).split("。") if "居前的是" in s)


def test_what_a_month_brought_is_the_difference_of_two_closings_and_what_first_came_in() -> None:
    may, april = Period.month(2023, 5), Period.month(2023, 4)
    before = [standing(1, as_of=may, year_investment=30_000_000), standing(2, as_of=april, year_investment=10_000_000)]
    now = [standing(1), standing(2), standing(3, year_investment=7_000_000), standing(4, as_of=may)]
    text = words_of(report_of(*now, previous=before))
    # 1: 5000 − 3000; 2 skipped May: 5000 − 1000 of April; 3 came in for the first time; 4 has not reported.
    assert "6月新增完成投资6700万元（其中2个项目上月无数、本月报来4700万元）" in text
    # 1's own 当月数 is 1000, the two closings differ by 2000.
    assert "1个项目（第1号项目）填报的当月数与两期累计之差不一致，合计少1000万元，新增按累计之差计算。" in text
    january = Period.month(2023, 1)
    first = words_of(report_of(standing(1, as_of=january, year_investment=10_000_000), period=january))
    assert "1月新增完成投资1000万元。" in first


def test_ties_and_nothings_are_worded_as_an_official_would() -> None:
    units = UNITS[:4]
    before = [standing(n, unit=u, year_investment=n * 10_000_000) for n, u in enumerate(units, 1)]
    # The last two change places with the first two: two rise as far as two fall.
    now = [standing(n, unit=u, year_investment=((n + 1) % 4 + 1) * 10_000_000) for n, u in enumerate(units, 1)]
    moved = next(s for s in words_of(report_of(*now, previous=before)).split("。") if s.startswith("与上期都参加排名的单位相比") and "位" in s)
    assert moved == "与上期都参加排名的单位相比，雁峰区、石鼓区均上升2位，珠晖区、蒸湘区均下降2位，变动最大"
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
