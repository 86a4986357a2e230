"""Amounts as clerks write them into a cell: what is read, and what is left to a person."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hydesk.domain.fields import Field
from hydesk.domain.grid import Book, Sheet
from hydesk.domain.money import MoneyUnit
from hydesk.domain.periods import Period
from hydesk.domain.snapshot import KnownProject, LedgerSnapshot, PeriodFigures, ReportingUnit
from hydesk.returns.amount_words import AmountSaid
from hydesk.returns.pipeline import understand
from hydesk.returns.say_values import settled
from hydesk.returns.values import Reading, read_amount

WAN = MoneyUnit.WAN
READ = (Reading.NUMBER, Reading.WORDS)


def wan(words: str) -> Decimal | None:
    """What the words mean in a column of 万元; None where a person is asked."""
    amount = read_amount(words, WAN)
    return Decimal(amount.yuan) / 10_000 if amount.yuan is not None and amount.reading in READ else None


@pytest.mark.parametrize(("words", "meant"), [
    ("3863①", 3863), ("5000²", 5000), ("1420¹", 1420), ("92696（注1）", 92696), ("5000*", 5000), ("5000［1］", 5000), ("5000注1", 5000),
    ("5000万元①", 5000), ("5000①万元", 5000), ("5000⑴", 5000), ("①5000", 5000), ("5000（见注）", 5000), ("5000※", 5000), ("★5000", 5000),
])
def test_a_mark_of_a_note_never_joins_the_figure(words: str, meant: int) -> None:
    assert wan(words) == meant
    assert read_amount(words, WAN).said is AmountSaid.MARKED


@pytest.mark.parametrize(("words", "meant"), [
    ("完成投资2508万元（53%）", 2508), ("完成7016万元，占年计划47%", 7016), ("717（占50%）", 717), ("累计完成3864万元，占年度计划的15%", 3864),
    ("完成5000万元, 占年计划50%", 5000), ("5000万元（占总投资的12.5%）", 5000), ("5000，完成率50%", 5000), ("1-6月完成5000万元", 5000),
    ("6月份完成500万元", 500), ("1420（其中专项债568）", 1420), ("241170\n其中:设备96468", 241170), ("5000，其中专项债2000", 5000),
    ("5000其中债券2000", 5000), ("5000（含专项债2000、自筹3000）", 5000), ("5000万元（其中：中央资金1000万元，地方配套500万元）", 5000),
])
def test_a_share_or_a_part_beside_the_figure_is_left_aside(words: str, meant: int) -> None:
    assert wan(words) == meant


@pytest.mark.parametrize(("words", "meant"), [
    ("0.2亿+1670万", 3670), ("2.4亿元＋11649万元", 35649), ("0.5亿+2000万", 7000), ("2亿3000万元", 23000), ("1亿2,500万元", 12500),
    ("5000+2000", 7000), ("=1200+35.5", "1235.5"), ("3000万+2000万+500万", 5500), ("五千万元", 5000), ("一亿二千万元", 12000), ("三点五亿元", 35000),
])
def test_amounts_made_up_of_several_are_summed(words: str, meant: object) -> None:
    assert wan(words) == Decimal(str(meant))


@pytest.mark.parametrize("words", [
    "645.71（更正为717.45）", "645.71→717.45", "645.71改717.45", "原645.71，现717.45", "由645.71调整为717.45", "645.71（应为717.45）", "645.71->717.45",
    "645.71万元改为717.45", "717.45（原645.71）",
])
def test_of_a_figure_and_its_correction_the_newer_counts(words: str) -> None:
    assert wan(words) == Decimal("717.45")


@pytest.mark.parametrize("words", [
    "(3,000.50)", "（3000.50）", "－3000.5", "−3000.5", "–3000.5", "—3000.5", "△3000.5", "▲3000.5", "3000.5-", "3000.5－", "负3000.5", "-¥3000.5",
    "¥-3000.5", "(¥3,000.50)", "-3000.5万元", "（3000.5万元）", "(3000.5)万元", "-3,000.50",
])
def test_a_negative_is_read_as_one_in_every_dress(words: str) -> None:
    assert wan(words) == Decimal("-3000.5")
    assert read_amount(words, WAN).reading is Reading.NUMBER


@pytest.mark.parametrize("words", [
    "1278\n1420", "14210.1 15789", "3000-3500", "3000~3500万元", "3000/5000", "3000、5000", "3000,5000", "3000；5000", "12.3.4", "1亿500", "2000+0.5亿",
    "5000(1)", "1200万美元", "3,5", "1O5", "一", "十", "50%", "本月完成500万元，累计完成3000万元", "5000m²", "5000元/平方米", "500万元/月", "1#", "未完成投资",
    "减少500", "第3季度", "3000左右待核",
])
def test_what_may_mean_two_things_is_left_to_a_person(words: str) -> None:
    assert wan(words) is None


@pytest.mark.parametrize(("field", "words", "taken"), [
    (Field.YEAR_INVESTMENT, "预计完成3000万元", False), (Field.ANNUAL_PLAN, "计划3000", True), (Field.MONTH_INVESTMENT, "累计完成3000", False),
    (Field.YEAR_INVESTMENT, "累计完成3000", True), (Field.YEAR_INVESTMENT, "1-5月完成3000", False), (Field.YEAR_INVESTMENT, "1-6月完成3000", True),
    (Field.MONTH_INVESTMENT, "5月完成300", False), (Field.MONTH_INVESTMENT, "6月完成300", True), (Field.YEAR_INVESTMENT, "本月完成300", False),
    (Field.MONTH_INVESTMENT, "力争完成300万元", False), (Field.YEAR_INVESTMENT, "约3000", True),
])
def test_intention_and_other_periods_in_a_cell_are_never_taken_as_done(field: Field, words: str, taken: bool) -> None:
    amount = settled(field, read_amount(words, WAN), 6)
    assert (amount.reading is not Reading.TEXT) is taken


_AMOUNT = st.decimals(min_value=Decimal("0.01"), max_value=Decimal(999_999), places=2)
_DRESSES = (
    "{n}①", "{n}（注2）", "{n}万元", "完成{n}万元", "{n}（占62.5%）", "{n}，占年计划的62.5%", "{n}（其中专项债100）", "100（更正为{n}）", "100→{n}", "约{n}万元",
    "累计完成{n}万元，占年度计划的12%", "{n}\n其中：设备50", "人民币{n}万元", "{n}*", " {n} ", "{n}万元（含自筹20万元）",
)


@given(_AMOUNT, st.sampled_from(_DRESSES), st.booleans())
def test_every_dress_of_an_amount_gives_the_amount(amount: Decimal, dress: str, grouped: bool) -> None:
    number = f"{amount:,}" if grouped else str(amount)
    assert wan(dress.format(n=number)) == amount


@given(_AMOUNT, _AMOUNT, st.sampled_from(("{a}-{b}", "{a}/{b}", "{a} {b}", "{a}\n{b}", "{a}、{b}", "{a}；{b}", "{a}或{b}", "{a}至{b}")))
def test_two_figures_never_become_one(one: Decimal, other: Decimal, between: str) -> None:
    assert wan(between.format(a=one, b=other)) is None


def _told_of(cells: list[object], before: int = 36_870_000) -> set[str]:
    """Falls found in a return whose year to date stands in 亿元, after ``before`` yuan in May."""
    may = PeriodFigures(Period.month(2023, 5), {Field.YEAR_INVESTMENT: before})
    projects = tuple(
        KnownProject(f"HY2023-{n:03d}", f"云集污水处理厂扩容第{n}期", "衡南县", total_investment=2_000_000_000, invested_before=0,
                     annual_plan=500_000_000, previous=may) for n in range(1, len(cells) + 1))
    rows = [("序号", "项目名称", "总投资（亿元）", "1-6月累计完成投资（亿元）"),
            *((n, p.name, 20, c) for (n, p), c in zip(enumerate(projects, 1), cells, strict=True))]
    snapshot = LedgerSnapshot(2023, Period.month(2023, 6), (ReportingUnit("衡南县"),), projects)
    found = understand(Book("衡南县6月.xlsx", (Sheet("6月", tuple(rows)),), "xlsx"), snapshot)
    return {f"{f.code} {f.row}" for f in found.findings if f.code == "ytd_fell"}


def test_a_nothing_in_a_column_of_many_decimals_was_not_rounded() -> None:
    assert _told_of([0, 0.4213, 0.5, 0.6617]) == {"ytd_fell 2"}
    assert _told_of([0, 0, 0, 0.4213]) == {"ytd_fell 2", "ytd_fell 3", "ytd_fell 4"}


def test_a_column_of_few_decimals_may_be_rounded() -> None:
    assert _told_of([0.3, 0.4, 0.5], 32_000_000) == set()
    assert _told_of([0.3, 0.4213, 0.5], 32_000_000) == {"ytd_fell 2"}


def test_a_struck_figure_is_said_beside_the_new_one_and_asked_about_alone() -> None:
    project = KnownProject("HY2023-001", "云集污水处理厂扩容项目", "衡南县", total_investment=200_000_000)
    rows = [("序号", "项目名称", "1-6月累计完成投资（万元）"), (1, project.name, "5729")]
    snapshot = LedgerSnapshot(2023, Period.month(2023, 6), (ReportingUnit("衡南县"),), (project,))
    for whole, yuan, code in (("5156.15729", 57_290_000, "value_from_words"), ("", None, "struck_out")):
        sheet = Sheet("6月", tuple(rows), struck={(2, 3): whole})
        found = understand(Book("衡南县6月.xlsx", (sheet,), "xlsx"), snapshot)
        assert found.rows[0].values.get(Field.YEAR_INVESTMENT) == yuan
        assert code in {f.code for f in found.findings}
