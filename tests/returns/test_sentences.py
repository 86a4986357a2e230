"""Amounts that stand only in sentences: proposed where the words say what they are, else said; never taken by themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hydesk.domain.fields import Field
from hydesk.domain.grid import Book, CellValue, Sheet
from hydesk.domain.periods import Period
from hydesk.domain.snapshot import KnownProject, LedgerSnapshot, PeriodFigures, ReportingUnit
from hydesk.domain.understanding import Understanding
from hydesk.returns.differences import differences
from hydesk.returns.pipeline import understand
from hydesk.returns.sentences import spoken_amounts

F = Field
JUNE = Period.month(2023, 6)
MAY = PeriodFigures(Period.month(2023, 5), {F.YEAR_INVESTMENT: 36_880_000})
PROJECTS = tuple(KnownProject(f"HY2023-00{n}", name, "衡南县", total_investment=204_800_000, invested_before=24_710_000, annual_plan=74_600_000, previous=MAY)
                 for n, name in enumerate(("三塘镇职业学校迁建项目", "长丰生猪全产业链项目", "云集污水处理厂扩容项目"), 1))
LEDGER = LedgerSnapshot(2023, JUNE, (ReportingUnit("衡南县"),), PROJECTS)


def said(text: str) -> dict[Field | None, int]:
    return {s.field: s.yuan // 10_000 for s in spoken_amounts(text, JUNE)}


@pytest.mark.parametrize(("text", "told"), [
    ("主体结构施工至三层。6月完成投资525.38万元，1-6月累计完成投资4212.96万元。", {F.MONTH_INVESTMENT: 525, F.YEAR_INVESTMENT: 4212}),
    ("本月完成投资563.57万元，今年累计完成2508.09万元，占年度计划的52.6%；正在安装设备。", {F.MONTH_INVESTMENT: 563, F.YEAR_INVESTMENT: 2508}),
    ("年初至今完成投资0.42亿元", {F.YEAR_INVESTMENT: 4200}), ("自开工以来累计完成投资1.2亿元", {F.TOTAL_INVESTED: 12000}),
    ("截至6月底，累计完成投资4,212万元", {None: 4212}), ("当月完成投资１００万元", {F.MONTH_INVESTMENT: 100}),
])
def test_what_a_sentence_says_was_done(text: str, told: dict[Field | None, int]) -> None:
    assert said(text) == told


@pytest.mark.parametrize("text", [
    "本月完成设备投资525万元", "6月完成土建投资300万元，支付工程款100万元", "本月完成征地拆迁投资80万元", "1-6月入统投资累计完成3000万元",
    "5月完成投资500万元", "1-5月累计完成投资500万元", "下月计划完成投资500万元", "预计6月完成投资500万元", "项目总投资5000万元", "本月到位资金500万元",
    "6月完成产值500万元", "力争全年完成投资5000万元", "本月支付工程款500万元", "完成投资500万元", "去年累计完成投资500万元", "合同金额500万元", "管网铺设完成3.1公里",
    "专项债累计完成500万元",
])
def test_plans_other_money_and_other_months_are_no_investment_done(text: str) -> None:
    assert not {f for f in said(text) if f is not None}


_INTENT = st.sampled_from(("计划", "预计", "拟", "力争", "目标", "将", "确保", "承诺", "应"))
_WHEN = st.sampled_from(("本月", "6月", "1-6月累计", "今年", "年初至今", ""))


@given(_INTENT, _WHEN, st.integers(1, 99_999))
def test_no_word_of_intention_makes_an_amount_done(intent: str, when: str, amount: int) -> None:
    for text in (f"{intent}{when}完成投资{amount}万元", f"{when}{intent}完成投资{amount}万元"):
        assert said(text) == {}


def read(texts: list[str], extra: str | None = None) -> Understanding:
    head: list[CellValue] = ["序号", "项目名称", "总投资（万元）", "项目进展情况", *([extra] if extra else [])]
    rows: list[list[CellValue]] = [head]
    for n, (p, text) in enumerate(zip(PROJECTS, texts, strict=True), 1):
        rows.append([n, p.name, 20480, text, *([4200] if extra else [])])
    return understand(Book("衡南县6月.xlsx", (Sheet("6月", rows),), "xlsx"), LEDGER)


def test_figures_of_sentences_are_proposed_with_one_word_about_the_column() -> None:
    found = read(["6月完成投资525万元，1-6月累计完成投资4213万元。", "本月完成投资500万元，累计完成4188万元", "主体施工"])
    assert [(r.values.get(F.MONTH_INVESTMENT), r.values.get(F.YEAR_INVESTMENT)) for r in found.rows] == [
        (5_250_000, 42_130_000), (5_000_000, 41_880_000), (None, None)]
    assert found.rows[0].cells[F.YEAR_INVESTMENT] == "D2"
    assert [f.column for f in found.findings if f.code == "amounts_in_words"] == ["D"]
    changes = {(c.project, c.field): c.accepted for c in differences(found, LEDGER)}
    assert changes[("HY2023-001", F.YEAR_INVESTMENT)] is False
    assert changes[("HY2023-001", F.PROGRESS_TEXT)] is True


def test_a_column_of_the_figure_leaves_the_sentence_alone() -> None:
    found = read(["1-6月累计完成投资9999万元"] * 3, "1-6月累计完成投资（万元）")
    assert {r.values[F.YEAR_INVESTMENT] for r in found.rows} == {42_000_000}
    assert not [f for f in found.findings if f.code.startswith("amount")]


def test_amounts_whose_period_cannot_be_told_are_said() -> None:
    found = read(["完成投资525万元", "累计完成投资1234万元", "主体施工"])
    assert not any(F.MONTH_INVESTMENT in r.values or F.YEAR_INVESTMENT in r.values for r in found.rows)
    [told] = [f for f in found.findings if f.code == "amounts_in_words"]
    assert "2 行" in told.message
