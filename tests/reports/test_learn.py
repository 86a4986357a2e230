"""Sentences learned from a notice: what is recognised, what stays, and that what the program prints is learned back to itself."""

from __future__ import annotations

import pytest

from hydesk.reports.form import ReportForm
from hydesk.reports.kinds import NOTICE_PARTS
from hydesk.reports.notices.chosen import NoticeBasis
from hydesk.reports.notices.compose import compose
from hydesk.reports.notices.grammar import read_pattern
from hydesk.reports.notices.learn import LearnedSentence, learn
from tests.reports.made import YI, many, standing, words_of
from tests.reports.test_notices import GROUPS, ONES, basis_of, noticed


def usual() -> NoticeBasis:
    return NoticeBasis(basis_of(*ONES))


def one(text: str, world: NoticeBasis | None = None) -> LearnedSentence:
    found = learn(text, world or usual())
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(("text", "pattern"), [
    ("2022年1—9月，全市316个重点项目完成投资294.9亿元，占年度计划的40.4%，超时间进度2.3个百分点。",
     "{期间}，{全市}{个数}个重点项目完成投资{完成}亿元，占年度计划的{完成率}%，{超欠}。"),
    ("其中，16个省重点项目完成投资28.8亿元，占年度计划的44%。", "其中，{省重点.个数}个省重点项目完成投资{省重点.完成}亿元，占年度计划的{省重点.完成率}%。"),
    ("完成投资12亿元，比去年同期快7.28个百分点。", "完成投资{完成}亿元，比去年同期快7.28个百分点。"),
    ("占年度计划的67.99%，比去年同期快7.28个百分点。", "占年度计划的{完成率}%，{比上年同期}。"),
    ("完成投资313.64亿元，较去年同期增加153.34亿元，同比增长95.66%。", "完成投资{完成}亿元，{同比增减}，{同比}。"),
    ("计划新开工项目255个，其中1-10月应开工223个，已开工206个，开工率80.8%，提前开工11个，未按计划开工33个。",
     "计划新开工项目{计划开工}个，其中{期间}应开工{应开工}个，已开工{已开工}个，开工率{开工率}%，提前开工{提前开工}个，未按计划开工{到期未开工}个。"),
    ("产业发展项目20个，完成投资3亿元；基础设施项目9个，完成投资1亿元。", "{各类别：{名}项目{个数}个，完成投资{完成}亿元；}。"),
    ("按级别分，省重点项目13个，完成投资2亿元；市重点项目46个，完成投资2亿元。", "按级别分，{各级别：{名}项目{个数}个，完成投资{完成}亿元；}。"),
    ("排名居前的是衡南县（75.00%）、常宁市（50.00%），靠后的是高新区（0.00%）。", "排名居前的是{前2名单位：{名}（{完成率}）、}，靠后的是{后1名单位：{名}（{完成率}）、}。"),
    ("高新区26个项目完成投资72.26亿元，占年度计划的20%，高于全市平均14个百分点。", "高新区{高新区.个数}个项目完成投资{高新区.完成}亿元，占年度计划的{高新区.完成率}%，{高新区.比总体}。"),
    ("已落实资金159.5亿元，占年度计划的39.7%。", "已落实资金{到位资金}亿元，占年度计划的{资金到位率}%。"),
])
def test_numbers_become_blanks_by_the_words_around_them(text: str, pattern: str) -> None:
    assert one(text).pattern == pattern


@pytest.mark.parametrize("text", [
    "武进区项目12个，完成投资30亿元，占年度计划的50%。", "手续办结率94.8%，办理率80%。", "集中开工项目36个，总投资427.6亿元。", "交通运输项目12个，完成投资15亿元。",
    "全年力争完成投资1000亿元。", "300个在建项目完成投资200亿元。", "长沙市完成投资30亿元，占年度计划的60%。", "衡南县、常宁市完成投资30亿元。",
    "连续3个月居全省第1位，7次观摩58个项目。", "列入清单的问题100个，已销号90个。", "总投资500万元及以上的项目9个。",
    "较好的有某项目（常宁市，完成1.74亿元，占年度计划的133.31%）。"])
def test_numbers_of_which_nothing_is_known_stay_and_are_named(text: str) -> None:
    made = one(text)
    assert made.pattern == text
    assert made.kept


@pytest.mark.parametrize(("text", "pattern", "kept"), [
    ("开工率72.4%，超序时22.4个百分点。", "开工率{开工率}%，超序时22.4个百分点。", ("22.4个百分点",)),
    ("已开工188个，占67.6%。", "已开工{已开工}个，占67.6%。", ("67.6%",)),
    ("到位资金100亿元，同比增长20%。", "到位资金{到位资金}亿元，同比增长20%。", ("20%",)),
    ("全市10个省重点项目、20个市重点项目完成投资100亿元。", "{全市}{省重点.个数}个省重点项目、{市重点.个数}个市重点项目完成投资100亿元。", ("100亿元",)),
    ("产业发展项目2个，完成投资4亿元；某类项目9个，完成投资2亿元。", "产业发展项目{产业发展.个数}个，完成投资{产业发展.完成}亿元；某类项目9个，完成投资2亿元。", ("9个", "2亿元")),
])
def test_a_difference_of_another_rate_and_a_sum_of_several_are_not_guessed(text: str, pattern: str, kept: tuple[str, ...]) -> None:
    made = one(text)
    assert (made.pattern, made.kept) == (pattern, kept)


def test_of_what_the_same_words_mean_the_one_that_comes_to_the_number_is_taken() -> None:
    world = NoticeBasis(basis_of(standing(1), standing(2, planned_start=None, actual_start=None)))
    assert one("计划开工项目1个，已开工1个，开工率100%。", world).pattern == "计划开工项目{应开工}个，已开工{已开工}个，开工率{到期开工率}%。"
    assert one("计划开工项目2个，开工率50.00%。", world).differing == ()


def test_a_number_that_nothing_comes_to_is_told_with_ours() -> None:
    assert one("全市4个重点项目完成投资5亿元。").differing == (("5亿元", "4", "{完成}"),)


@pytest.mark.parametrize(("written", "differing"), [
    ("占年度计划的33.3%。", False), ("占年度计划的33.33%。", False), ("占年度计划的33%。", True), ("占年度计划的33.4%。", True), ("欠时间进度16.7个百分点。", False)])
def test_a_number_agrees_as_finely_as_the_notice_writes_it(written: str, differing: bool) -> None:
    world = NoticeBasis(basis_of(standing(1, annual_plan=3 * YI, year_investment=YI)))
    assert bool(one(f"完成投资1亿元，{written}", world).differing) is differing


def test_headings_go_with_their_sentences_and_braces_never_come_in() -> None:
    found = learn("一、总体情况\n全市{4}个重点项目完成投资4亿元。没有数的一句。\n■按类别\n产业发展项目2个。", usual())
    assert [(x.heading, x.pattern) for x in found] == [
        ("总体情况", "全市（4）个重点项目完成投资{完成}亿元。"), ("按类别", "产业发展项目{产业发展.个数}个。")]


def test_what_the_program_prints_is_learned_back_to_the_same_words() -> None:
    keys = tuple(k for k in NOTICE_PARTS if k not in ("joint_starts", "land_told", "money_told"))
    report = noticed("overall", *keys, projects=many(56))
    world = NoticeBasis(basis_of(*many(56)))
    found = learn(words_of(report), world)
    assert len(found) > 10
    for x in found:
        made = compose(read_pattern(x.pattern), world, "own:1", "")
        assert ("\n".join(p.text for p in made.paragraphs), x.differing) == (x.original, ()), x.pattern
    assert sum("{" in x.pattern for x in found) > 6


def test_a_long_text_is_learned_in_a_moment_and_to_its_limit() -> None:
    text = "全市4个重点项目完成投资4亿元，占年度计划的50.00%。" * 400 + "（" * 2000 + "1个" * 2000
    assert len(learn(text, usual())) == 60


def test_typed_numbers_of_the_office_are_told_beside_the_report() -> None:
    from hydesk.reports.form import OwnSentence, PartForm
    from tests.reports.made import report_of

    form = ReportForm(parts=(PartForm("own:1"),), sentences=(OwnSentence("own:1", "观摩", "7次观摩58个项目，完成{完成}。"),))
    made = report_of(*ONES, standing(9, year_investment=YI), form=form)
    assert "观摩：58个是写在句式里的，不会跟着台账变，请核对" in made.left_out
    assert GROUPS
