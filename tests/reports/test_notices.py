"""What notices say: patterns, their figures, what stays out and is told, the parts that the program ships."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from hydesk.domain.dates import LooseDate
from hydesk.domain.errors import HydeskError
from hydesk.domain.own_columns import OwnColumn, OwnKind
from hydesk.domain.periods import Period
from hydesk.domain.scopes.fields import ScopeMember
from hydesk.domain.standing import ProjectStanding
from hydesk.reports.basis import Basis, Judging
from hydesk.reports.check import disagreements
from hydesk.reports.figures import Figure
from hydesk.reports.form import OwnSentence, PartForm, ReportForm
from hydesk.reports.freeze import freeze, thaw
from hydesk.reports.grid import PrintTable
from hydesk.reports.kinds import KINDS, NOTICE_PARTS, ReportKind
from hydesk.reports.meanings import measure_of
from hydesk.reports.model import Report
from hydesk.reports.notices.catalogue import CATALOGUE
from hydesk.reports.notices.chosen import NoticeBasis
from hydesk.reports.notices.compose import compose, faults
from hydesk.reports.notices.grammar import read_pattern, typed_numbers
from hydesk.reports.notices.unlisted import LEAST
from hydesk.reports.sources import LastYear, NodeStanding, Sources
from hydesk.reports.work_out import work_out
from tests.reports.made import JUNE, UNITS, YI, many, report_of, standing, words_of

GROUPS = dict.fromkeys(UNITS[:12], "县市区") | {"高新区": "园区", "市直": "市直部门"}
LAND, GIVEN, CEREMONY = (OwnColumn("用地应交", OwnKind.NUMBER, measure="亩", id=1), OwnColumn("用地已交", OwnKind.NUMBER, measure="亩", id=2),
                         OwnColumn("集中开工批次", OwnKind.TEXT, id=3))
ONES = (
    standing(1, level="省", nature="续建", annual_plan=4 * YI, year_investment=3 * YI),
    standing(2, level="省重点", annual_plan=2 * YI, year_investment=YI, unit="常宁市"),
    standing(3, level="市", annual_plan=2 * YI, year_investment=0, unit="高新区", problem_text="用地未批", category="基础设施"),
    standing(4, level="市", nature="预备", annual_plan=None, year_investment=None, as_of=None, unit="常宁市", category="基础设施"),
)


def basis_of(*projects: ProjectStanding, sources: Sources | None = None, period: Period = JUNE) -> Basis:
    return work_out(ReportKind.MONTHLY, period, projects, judging=Judging(groups=GROUPS), unit_order=UNITS, previous=None, form=ReportForm(),
                    sources=sources)


def said(text: str, *projects: ProjectStanding, **more: Any) -> tuple[str, list[str]]:
    made = compose(read_pattern(text), NoticeBasis(basis_of(*(projects or ONES), **more)), "own:1", "自编句子")
    return "\n".join(p.text for p in made.paragraphs), made.left_out


def noticed(*keys: str, projects: tuple[ProjectStanding, ...] = ONES, form: ReportForm | None = None, **more: Any) -> Report:
    """The monthly report of these parts alone."""
    off = tuple(PartForm(k, on=False) for k in KINDS[ReportKind.MONTHLY].sections if k not in keys)
    form = replace(form or ReportForm(), parts=(*(PartForm(k) for k in keys), *off))
    return report_of(*projects, form=form, judging=more.pop("judging", Judging(groups=GROUPS)), **more)


# Patterns -----------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("text", "read"), [
    ("其中，{省重点.个数}个省重点项目完成投资{省重点.完成}亿元，占年度计划的{省重点.完成率}。", "其中，2个省重点项目完成投资4亿元，占年度计划的66.67%。"),
    ("完成投资{完成}，占{完成率}%。", "完成投资4亿元，占50.00%。"),
    ("完成{完成}万元。", "完成40000万元。"),
    ("省重点{省重点.比总体}，{省重点.超欠}。", "省重点高于总体16.67个百分点，超时间进度16.67个百分点。"),
    ("总体{超欠}个百分点。", "总体与时间进度持平。"),
    ("{各级别：{名}{个数}个；}。", "省重点1个；省重点1个；市重点2个。"),
    ("{各类别（市级）：{名}{个数}个、}。", "基础设施2个。"),
    ("{前1名单位：{名}（{完成率}）}居首。", "衡南县（75.00%）居首。"),
    ("{各分组：{名}{前1名单位：{名}}；}。", "县市区衡南县；园区高新区。"),
    ("{有提前开工：提前{提前开工}个，}已开工{已开工}个。", "已开工2个。"),
    ("{无提前开工：没有提前开工的。}", "没有提前开工的。"),
    ("{后1个项目按超欠（滞后）：{名}（{单位}，{原因}）}。", "第3号项目（高新区，用地未批）。"),
    ("｛滞后．个数｝个：{滞后.名单}。", "1个：第3号项目。"),
    ("{新建+省重点.完成率}", "50.00%"),
    ("{级别=省重点;性质=新建.个数}个，{总投资>=1.5亿.个数}个", "1个，4个"),
    ("{月份}，{全市}，{截至}，{本期}，{报告期}", "1-6月，全市，6月底，6月，2023年6月"),
    ("第一句{个数}。第二句{完成率}。\n另起一段{总投资}。", "第一句4。第二句50.00%。\n另起一段20亿元。"),
])
def test_blanks_become_the_figures_of_their_scope(text: str, read: str) -> None:
    assert said(text)[0] == read


@pytest.mark.parametrize(("text", "why"), [
    ("完成{完成", "没有“}”"), ("完成率}", "没有“{”"), ("{}", "空的花括号"), ("{省重点.}", "没有写是什么指标"), ("{完程率}", "没有“完程率”这个指标"),
    ("{省重店.完成率}", "不认识“省重店”是哪些项目"), ("{县重点.个数}", "台账里没有“县重点”这样的级别"), ("{各颜色：{名}}", "不能按“颜色”分开说"),
    ("{某种：{名}}", "不认识“{某种：”"), ("{各级别：没有}", "没有要填的指标"), ("{完成÷个数}", "不能用在“÷”的一边"), ("{前0名单位：{名}}", "名次要从1起"),
    ("{级别.个数}", "不认识“级别”是哪些项目"), ("   ", "什么也没有写"), ("{总投资>=三亿.个数}", "不是金额"), ("{省重点.完成÷}", "没有写是什么指标"),
    ("{a{b}}", "没有写“：”"), ("超{超欠}", "前面不要再写“超”"), ("比全市高于{比总体}", "前面不要再写“高于”"),
])
def test_what_names_nothing_is_refused_with_a_sentence(text: str, why: str) -> None:
    try:
        found = "；".join(faults(read_pattern(text), NoticeBasis(basis_of(*ONES))))
    except HydeskError as e:
        found = str(e)
    assert why in found


def test_near_names_of_measures_are_offered() -> None:
    assert "年度开工率" in "".join(faults(read_pattern("{年开工率}"), NoticeBasis(basis_of(*ONES)))) or "开工率" in "".join(
        faults(read_pattern("{年开工率}"), NoticeBasis(basis_of(*ONES))))


def test_numbers_typed_into_the_words_are_told() -> None:
    assert typed_numbers(read_pattern("{期间}316个项目完成{完成}，{各级别：{名}12.5亿元；}")) == ["316个", "12.5亿元"]
    assert typed_numbers(read_pattern("{前3名单位：{名}}，第一、二产业{完成}")) == []


def test_a_sentence_whose_data_lack_stays_out_and_is_told() -> None:
    words, left = said("第一句{个数}个。第二句完成序时{完成序时}。第三句{完成率}。")
    assert words == "第一句4个。第三句50.00%。"
    assert left == ["自编句子：“第二句完成序时{完成序时}。”这句没有写，{完成序时}没有序时计划，或到目前没有应完成的"]


def test_in_a_block_only_the_part_that_lacks_data_stays_out() -> None:
    words, left = said("{各性质：{名}{个数}个，计划{计划}，完成率{完成率}；}。")
    assert words == "新建2个，计划4亿元，完成率25.00%；续建1个，计划4亿元，完成率75.00%；预备1个。"
    assert left == ["自编句子：预备的{计划}没有写，没有数", "自编句子：预备的{完成率}没有写，没有年度计划"]


def test_an_empty_scope_counts_none_and_has_no_rate() -> None:
    assert said("{省重点+预备.个数}个。")[0] == "0个。"
    words, left = said("占{省重点+预备.完成率}。")
    assert (words, left) == ("", ["自编句子：“占{省重点+预备.完成率}。”这句没有写，{省重点+预备.完成率}没有项目"])


def test_a_rate_of_two_columns_is_over_those_that_tell_both() -> None:
    own = tuple(replace(p, own=held) for p, held in zip(ONES, ({1: Decimal(100), 2: Decimal(50)}, {1: Decimal(40)}, {1: Decimal(10), 2: Decimal("12.5")}, {}), strict=True))
    sources = Sources(own=(LAND, GIVEN))
    words, _ = said("应交地{用地应交}，已交{用地已交}亩，交地率{用地已交÷用地应交}。", *own, sources=sources)
    assert words == "应交地150亩，已交62.5亩，交地率56.82%。"
    assert "计量单位不同" in "".join(faults(read_pattern("{用地已交÷完成}"), NoticeBasis(basis_of(*own, sources=sources))))


# Parts --------------------------------------------------------------------------------------------------------

def test_every_part_is_off_until_the_office_switches_it_on() -> None:
    assert set(CATALOGUE) == set(NOTICE_PARTS)
    assert not {s.key for s in report_of(*many(28)).sections} & set(NOTICE_PARTS)


@pytest.fixture(scope="module")
def full() -> Report:
    """Every part over many projects with nodes, own columns, plans and last year's list."""
    may = Period.month(2023, 5)
    ceremonies = ("3月集中开工", "6月集中开工", "")
    projects = tuple(replace(
        p, level=("省", "市", "国家")[p.id % 3], industry=("电气设备", "")[p.id % 2], chain=("油茶", "")[p.id % 2], city_leader=("市领导甲", "市领导乙、市领导丙")[p.id % 2],
        planned_finish=date(2023, p.id % 12 + 1, 20), actual_finish=date(2023, 6, 10) if p.id % 5 == 0 else None,
        funds_arrived=p.year_investment, own={1: Decimal(p.id), 2: Decimal(p.id) / 2, 3: ceremonies[p.id % 3]}) for p in many(112))
    nodes = tuple(NodeStanding(p.id, name, stage, LooseDate(date(2023, 8, 1)), None, LooseDate(date(2023, 4, 1)) if p.id % k else None)
                  for p in projects for name, stage, k in (("立项", "招商引资", 9), ("施工许可", "招商引资", 2), ("竣工", "竣工达产", 1)))
    last = Period.month(2022, 6)
    then = tuple(ScopeMember(replace(p, as_of=last, as_of_day=last.day, year_investment=(p.year_investment or 0) // 2)) for p in projects[:90])
    sources = Sources(nodes=nodes, own=(LAND, GIVEN, CEREMONY), last_year=LastYear(last, last, then))
    before = [replace(p, as_of=may, as_of_day=may.day, year_investment=(p.year_investment or 0) // (p.id % 3 + 1)) for p in projects]
    return noticed("overall", "ranking", *NOTICE_PARTS, projects=projects, sources=sources, previous=before)


def test_all_parts_together_agree_with_each_other_and_are_kept_whole(full: Report) -> None:
    assert disagreements(full) == []
    assert thaw(freeze(full)) == full
    assert {s.key for s in full.sections} == {"overall", "ranking", *NOTICE_PARTS}


def test_every_figure_of_a_notice_names_its_measure_and_its_projects(full: Report) -> None:
    told = [f for s in full.sections if s.key in NOTICE_PARTS for b in s.blocks if hasattr(b, "sentences") for one in b.sentences
            for f in one.parts if isinstance(f, Figure)]
    assert len(told) > 200
    assert [f.key for f in told if not f.key or measure_of(f) is None] == []


def test_no_number_stands_in_the_words_of_a_notice(full: Report) -> None:
    """Every digit is a figure's, but for dates and the limit of 应统."""
    words = [p for s in full.sections if s.key in NOTICE_PARTS for b in s.blocks if hasattr(b, "sentences") for one in b.sentences
             for p in one.parts if isinstance(p, str)]
    typed = [w for w in words if any(c.isdigit() for c in w.replace("500万元", "").replace("1-6月", "").replace("6月", "").replace("3月", ""))
             and "号智能" not in w]
    assert typed == []


def test_the_summary_stands_by_subordination_with_the_sums_of_groups(full: Report) -> None:
    table = next(t for t in full.tables() if t.key == "by_unit.table")
    assert ["".join(c.head) for c in table.columns] == ["隶属", "项目个数", "年投资计划", "完成投资额", "完成率（%）"]
    names = [r.cells[0] for r in table.rows]
    assert names == ["县市区", *UNITS[:12], "小计", "高新区", "市直", "合计"]


def test_a_missing_own_column_is_told_with_what_to_do() -> None:
    made = noticed("land_told", "joint_starts", "by_unit")
    assert [s.key for s in made.sections] == ["by_unit"]
    assert any("没有“用地应交”这个指标" in x for x in made.left_out)
    assert any("没有叫“集中开工批次”的自建栏目" in x for x in made.left_out)


def test_sentences_and_tables_are_left_out_one_by_one() -> None:
    form = ReportForm(parts=(PartForm("by_level", without=("by_level.table",)), PartForm("by_unit", without=("by_unit.1",))))
    made = report_of(*ONES, form=form, judging=Judging(groups=GROUPS))
    held = {s.key: [type(b).__name__ for b in s.blocks] for s in made.sections}
    assert (held["by_level"], held["by_unit"]) == (["Paragraph"], ["PrintTable"])


def test_the_office_titles_orders_and_writes_anew() -> None:
    form = ReportForm(
        parts=(PartForm("by_class", heading="按类别"), PartForm("overall"), PartForm("own:1"), PartForm("own:2"), PartForm("by_level")),
        sentences=(OwnSentence("own:1", "重点", "省重点{省重点.个数}个。"), OwnSentence("own:2", "", "其中省重点完成{省重点.完成}。", "overall"),
                   OwnSentence("by_level", "", "省级重点{省重点.完成率}。")))
    made = report_of(*ONES, form=form, judging=Judging(groups=GROUPS))
    assert [s.heading for s in made.sections][:4] == ["一、按类别", "二、总体情况", "三、重点", "四、分级别情况"]
    words = words_of(made)
    assert next(p.text for p in made.paragraphs() if p.text.startswith("全市")).endswith("。其中省重点完成4亿元。")
    assert "省级重点66.67%。" in words
    assert disagreements(made) == []


def test_a_period_without_figures_says_once_what_was_not_written() -> None:
    made = noticed("by_class", "by_unit", projects=(standing(1, as_of=None, year_investment=None, month_investment=None),))
    assert [x for x in made.left_out if x.startswith("本期没有数")] == ["本期没有数，没有写：分类别情况、分地区情况"]


def test_money_is_told_by_source_with_how_many_told_it() -> None:
    bonds, paid = OwnColumn("专项债到位资金", OwnKind.PERIOD_MONEY, id=8), OwnColumn("已支付资金", OwnKind.PERIOD_MONEY, id=9)
    projects = (standing(1, funds_arrived=YI // 2, own={8: YI // 4, 9: YI // 5}), standing(2, own={9: YI // 5}))
    made = noticed("money_told", projects=projects, sources=Sources(own=(bonds, paid)))
    assert words_of(made).splitlines()[1] == ("1-6月到位资金5000万元，资金到位率50.00%。按来源分，专项债到位资金2500万元（1个项目填报）。资金支付：已支付资金4000万元。")
    assert made.left_out == ("资金来源和支付情况：没有填了数的缺口栏目（自建的逐期金额栏目，名称里写明，如“专项债缺口”），没有写",)


# Single rules -------------------------------------------------------------------------------------------------

def _node(project: int, name: str, done: bool, stage: str = "招商引资") -> NodeStanding:
    return NodeStanding(project, name, stage, None, None, LooseDate(date(2023, 4, 1)) if done else None)


def test_what_should_be_in_the_statistics_and_is_not_with_the_papers_it_lacks() -> None:
    projects = (standing(1, total_investment=LEAST), standing(2, total_investment=LEAST - 1), standing(3, statistics_year=1),
                standing(4, actual_start=None), standing(5), standing(6, nature="续建", actual_start=None))
    nodes = (_node(1, "立项", True), _node(1, "环评", False), _node(5, "入统", True, "在建实施"), _node(6, "立项", True), _node(6, "环评", False))
    made = noticed("unlisted", projects=projects, sources=Sources(nodes=nodes, unneeded=frozenset({(6, "环评")})))
    assert words_of(made).splitlines()[1] == ("已开工、总投资500万元及以上的应统项目4个，其中应统未统2个，完成投资1亿元。缺手续的分别是：缺环评1个。"
                                             "手续已齐、应抓紧申报入统的1个。")
    table = next(t for t in made.tables() if t.key == "unlisted.table")
    assert [r.cells[-1] for r in table.rows] == ["环评", "手续已齐，请申报入统"]
    unknown = noticed("unlisted", projects=projects, sources=Sources(nodes=nodes[:3]))
    assert "应统未统情况：1个项目没有登记手续节点，缺哪些手续没有写" in unknown.left_out
    assert "手续已齐" not in words_of(unknown)


def test_a_project_belongs_into_the_statistics_from_five_million_on() -> None:
    projects = (standing(1, total_investment=5_000_000), standing(2, total_investment=4_999_999), standing(3, total_investment=None))
    assert "应统项目1个，" in words_of(noticed("unlisted", projects=projects))


def test_a_look_back_at_a_ceremony_counts_works_not_money() -> None:
    projects = (standing(1, own={3: "3月集中开工"}), standing(2, own={3: "3月集中开工"}, actual_start=None),
                standing(3, own={3: "3月集中开工"}, actual_start=date(2023, 7, 1)), standing(4))
    made = noticed("joint_starts", projects=projects, sources=Sources(own=(CEREMONY,)))
    assert words_of(made).splitlines()[1] == ("3月集中开工项目3个、总投资15亿元，已实质性开工1个，今年完成投资1.5亿元；没有登记实质性开工的第2号项目、第3号项目2个。")


def test_starts_are_told_of_those_due_and_of_the_month() -> None:
    projects = (standing(1, actual_start=date(2023, 6, 1)), standing(2, planned_start=date(2023, 9, 1), actual_start=date(2023, 6, 30)),
                standing(3, actual_start=None), standing(4, planned_start=date(2023, 9, 1), actual_start=None))
    assert words_of(noticed("starts_told", projects=projects)).splitlines()[1] == (
        "今年计划新开工项目4个，其中截至6月底应开工2个；已开工2个，年度开工率50.00%，到期开工率100.00%，其中6月新开工2个。"
        "未到计划时间先开工1个，比计划月份提前开工1个。未按计划开工1个：第3号项目。")


def test_projects_that_reach_what_was_due_are_counted_at_the_edge() -> None:
    projects = (standing(1), standing(2, year_investment=YI // 2 - 1), standing(3, annual_plan=None), standing(4, as_of=Period.month(2023, 5)))
    assert said("{达到序时}个，{达到序时率}", *projects)[0] == "1个，50.00%"


def test_last_year_is_compared_over_its_own_list() -> None:
    last = Period.month(2022, 6)

    def then(number: int, **more: Any) -> ScopeMember:
        return ScopeMember(standing(number, as_of=last, **more))

    sources = Sources(last_year=LastYear(last, last, (then(1, year_investment=YI), then(9, level="省", annual_plan=4 * YI, year_investment=YI))))
    now = (standing(1, year_investment=YI), standing(2, level="省", year_investment=YI // 2))
    assert said("完成{完成}，{同比}，{比上年同期}；省重点{省重点.同比}。", *now, sources=sources)[0] == (
        "完成1.5亿元，同比下降25.00%，高于上年同期35.00个百分点；省重点同比下降50.00%。")
    words, left = said("{同比}。", *now)
    assert words == ""
    assert left == ["自编句子：“{同比}。”这句没有写，{同比}台账里没有2022年的清单"]


def test_the_projects_behind_a_figure_are_kept_with_the_report() -> None:
    form = ReportForm(parts=(PartForm("own:1"),), sentences=(OwnSentence("own:1", "重点", "省重点{省重点.个数}个，应开工{应开工}个。"),))
    made = report_of(*ONES, form=form)
    assert dict(made.behind)["measure:count|level=省／省重点"] == (1, 2)
    assert isinstance(next(made.tables()), PrintTable)


@pytest.mark.parametrize(("deep", "fine"), [(1, True), (5, True), (6, False), (9, False)])
def test_braces_stand_in_one_another_no_deeper_than_anybody_can_read(deep: int, fine: bool) -> None:
    text = "{有滞后：" * (deep - 1) + "{完成}" + "}" * (deep - 1)
    if fine:
        assert read_pattern(text).text == text
    else:
        with pytest.raises(HydeskError, match="套得太深"):
            read_pattern(text)
