"""Edges of single readers that whole returns seldom reach: old figures beside new ones, heads said again, several names in a cell."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest

from hydesk.domain.fields import Field
from hydesk.domain.grid import Book, CellValue, Sheet
from hydesk.domain.money import MoneyUnit
from hydesk.domain.periods import Period
from hydesk.domain.snapshot import LedgerSnapshot, ReportingUnit
from hydesk.returns.amount_words import AmountSaid, read_words
from hydesk.returns.columns import guess_column
from hydesk.returns.dates import is_impossible_date
from hydesk.returns.head import find_head
from hydesk.returns.head_times import When, settled, time_at
from hydesk.returns.matching import ProjectIndex
from hydesk.returns.money_heads import never_done
from hydesk.returns.named_columns import guess_layout
from hydesk.returns.pipeline import understand
from hydesk.returns.rows import Layout, RowKind, sort_rows
from hydesk.returns.sheets import units_said
from tests.returns.drawing import make_ledger

F = Field
JUNE = Period.month(2023, 6)


@pytest.mark.parametrize("words", ["500万元,原300万元", "500万元；原报300万元", "500万元(原值300)", "500万元。误报300万元"])
def test_an_old_figure_beside_the_new_one_is_left_out(words: str) -> None:
    told = read_words(words)
    assert told is not None
    assert (told.number, told.unit, told.said) == (Decimal(500), MoneyUnit.WAN, AmountSaid.PARTED)


@pytest.mark.parametrize("words", ["500万元,上月300万元", "500万元，现300万元"])
def test_two_figures_of_which_neither_is_old_are_not_guessed_between(words: str) -> None:
    assert read_words(words) is None


@pytest.mark.parametrize(("words", "number"), [("6月300万元", 300), ("1-6月300万元", 300), ("1~6月500", 500), ("300,6月", 300)])
def test_numbers_of_months_are_no_amounts(words: str, number: int) -> None:
    told = read_words(words)
    assert told is not None
    assert told.number == number


@pytest.mark.parametrize("words", ["5月", "1月-6月", "500-6月"])
def test_months_alone_are_none(words: str) -> None:
    assert read_words(words) is None


def test_a_part_that_names_no_time_is_left_out_and_one_that_does_is_read() -> None:
    assert guess_column(("其中：一期",), JUNE).reason == "“其中”是分项，不是整项数"
    assert guess_column(("其中：6月",), JUNE).field is F.MONTH_INVESTMENT
    assert guess_column(("投资", "其中：1-6月"), JUNE).field is F.YEAR_INVESTMENT


@pytest.mark.parametrize(("words", "month", "when", "number"), [
    ("2023年以前", 6, When.BEFORE, 2022), ("2023年前", 12, When.BEFORE, 2022), ("2023年底前", 6, When.OTHER, 2023), ("2023年底前", 12, When.UP_TO, 0),
    ("2023年及以前", 6, When.OTHER, 2023), ("2023年及以前", 12, When.UP_TO, 0), ("2022年以前", 6, When.BEFORE, 2022)])
def test_before_a_year_ends_with_the_one_before_it_and_up_to_its_end_does_not(words: str, month: int, when: When, number: int) -> None:
    time = time_at(words, 0, True)
    assert time is not None
    found = settled(time, 2023, month)
    assert (found.when, found.number) == (when, number)


def test_of_a_unit_whose_name_holds_anothers_the_longest_is_meant() -> None:
    town, county, zone = ReportingUnit("衡阳"), ReportingUnit("衡阳县"), ReportingUnit("松木经开区", short_names=("松木", "经开区"))
    assert units_said("衡阳县6月报表", (town, county)) == [county]
    assert units_said("衡阳、衡阳县", (town, county)) == [town, county]
    assert units_said("松木、衡阳县和松木经开区", (zone, county)) == [county, zone]
    assert units_said("别处", (town, county, zone)) == []


# Rows ------------------------------------------------------------------------------------------------------------

HEAD: list[CellValue] = ["序号", "项目名称", "编号", "总投资（万元）", "本月完成投资（万元）", "形象进度"]


def kinds(*rows: list[CellValue]) -> list[RowKind]:
    sheet = Sheet("6月", [HEAD, *rows])
    head = find_head(sheet)
    assert head is not None
    layout = Layout(serial=1, name=2, codes=(3,), money=(4, 5), texts={6: F.PROGRESS_TEXT})
    return [r.kind for r in sort_rows(sheet, head, layout, lambda words: words.startswith("湘江"), lambda words: words == "衡南县")]


@pytest.mark.parametrize(("row", "kind"), [
    ([None, None, "HY2023-001", None, None, None], RowKind.PROJECT), ([1.0, "湘江电缆", "HY2023-001", 5.0, 1.0, ""], RowKind.PROJECT),
    (HEAD, RowKind.HEAD), ([None, "项目名称", None, "总投资（万元）", None, None], RowKind.HEAD), ([None, "项目名称", None, "总投资", "形象进度", None], RowKind.HEAD),
    (["序号", "湘江电缆", None, None, None, None], RowKind.PROJECT), ([None, "建设单位", "业主", "备注", None, None], RowKind.HEAD)])
def test_a_head_said_again_is_no_project(row: list[CellValue], kind: RowKind) -> None:
    assert kinds(row)[0] is kind


# Several names, units that cannot be -----------------------------------------------------------------------------

def _ledger() -> LedgerSnapshot:
    return make_ledger(random.Random(11), 9)


def test_a_cell_of_many_projects_names_five_and_says_how_many() -> None:
    ledger = _ledger()
    own = [p for p in ledger.projects if p.unit == "衡南县"][:7]
    rows: list[list[CellValue]] = [["衡南县2023年6月进展情况表"], ["序号", "项目名称", "总投资（万元）", "本月完成投资（万元）", "1-6月累计完成投资（万元）"],
                                   [1.0, "、".join(p.name for p in own), 1.0, 1.0, 1.0], *([float(i), p.name, float((p.total_investment or 0) / 10_000), 1.0, 2.0]
                                                                                       for i, p in enumerate(ledger.projects[:3], 2))]
    found = understand(Book("衡南县6月.xlsx", (Sheet("6月", rows),), "xlsx"), ledger, "衡南县")
    (said,) = [f for f in found.findings if f.code == "several_projects"]
    assert "一格里写了 7 个台账项目" in said.message
    assert said.message.count("（HY2023-") == 5


@pytest.mark.parametrize(("unit", "times", "taken", "conflict"), [("万元", 10_000, MoneyUnit.WAN, False), ("亿元", 10_000, MoneyUnit.WAN, True), ("元", 10_000, MoneyUnit.WAN, True),
                                                                  ("亿元", 10**8, MoneyUnit.YI, False)])
def test_a_unit_that_the_ledgers_figures_contradict_is_read_by_them_and_told(unit: str, times: int, taken: MoneyUnit, conflict: bool) -> None:
    ledger = _ledger()
    own = [p for p in ledger.projects if p.unit == "衡南县"]
    rows: list[list[CellValue]] = [["衡南县2023年6月进展情况表"], ["序号", "项目名称", f"总投资（{unit}）", f"年度计划投资（{unit}）", "形象进度"], *(
        [float(i), p.name, (p.total_investment or 0) / times, (p.annual_plan or 0) / times, "主体施工"] for i, p in enumerate(own, 1))]
    found = understand(Book("衡南县6月.xlsx", (Sheet("6月", rows),), "xlsx"), ledger, "衡南县")
    columns = {c.field: c.unit for s in found.sheets for c in s.columns if c.field in (F.TOTAL_INVESTMENT, F.ANNUAL_PLAN)}
    assert columns == {F.TOTAL_INVESTMENT: taken, F.ANNUAL_PLAN: taken}
    told = [f.message for f in found.findings if f.code == "unit_conflict"]
    assert bool(told) is conflict
    assert all("10,000 倍" in m and "已按万元读取" in m for m in told)


@pytest.mark.parametrize("count", [59, 60, 61, 70])
def test_no_more_than_sixty_rows_of_projects_are_looked_at_for_a_guess(count: int) -> None:
    ledger = _ledger()
    own = tuple(replace(p, code=f"HY2023-{n:03d}", names=(f"第{n}座跨江特大桥梁",)) for n, p in enumerate([ledger.projects[0]] * count, 1))
    sheet = Sheet("表", [["填报说明"], *([p.names[0], p.code, "施工"] for p in own)])
    found = guess_layout(sheet, ProjectIndex(replace(ledger, projects=own)), JUNE)
    assert sorted(found.rows) == list(range(2, 2 + min(count, 60)))
    assert (found.layout.first_row, found.layout.columns) == (2, {1: F.NAME, 2: F.CODE})


@pytest.mark.parametrize(("head", "why"), [
    ("下达文号情况", "台账没有这一栏，不取"), ("债券开工时间6月", "台账没有这一栏，不取"), ("投资批复数", "台账没有这一栏，不取"), ("支付文号数", "台账没有这一栏，不取"),
    ("到位资金批复项目", "台账没有这一栏，不取"), ("债券工作内容项目", None), ("剩余投资", "余下的数，不取数"), ("完成投资", None), ("计划投资", "计划数，不是完成数")])
def test_what_a_head_is_of_stands_last_and_no_words_of_time_or_state_after_it_make_it_money(head: str, why: str | None) -> None:
    found = never_done((head,), 2023, 6)
    assert (found and found.reason) == why


@pytest.mark.parametrize(("head", "field"), [
    ("形像进度", F.PROGRESS_TEXT), ("项目名稱", F.NAME), ("开工令时间", None), ("实际开工时问", F.START_DATE), ("实际开工令时间", F.START_DATE), ("实标开工时问", None), ("实标开工间", None)])
def test_a_slip_of_one_letter_is_forgiven_and_of_two_in_seven(head: str, field: Field | None) -> None:
    assert guess_column((head,), JUNE).field is field


@pytest.mark.parametrize(("written", "impossible"), [
    ("2023年5月", False), ("2023-5-31", False), ("2023-5-32", True), ("2023-5-0", True), ("2023-0-5", True), ("2023年1月1日", False), ("2023年12月", False), ("2023年13月", True), ("2203年5月", True), ("2023", False)])
def test_a_date_that_no_calendar_has_is_told_from_one_of_its_first_days(written: str, impossible: bool) -> None:
    assert is_impossible_date(written) is impossible


@pytest.mark.parametrize(("leaf", "field"), [
    ("6月", None), ("其中：6月", F.MONTH_INVESTMENT), ("6月完成", F.MONTH_INVESTMENT), ("6月累计", None), ("其中：6月累计", None), ("截至6月", None), ("其中：截至6月", None)])
def test_a_month_below_a_sum_to_date_may_be_either_unless_it_is_a_part_of_it_or_says_that_it_was_done(leaf: str, field: Field | None) -> None:
    assert guess_column(("累计完成投资", leaf), JUNE).field is field


@pytest.mark.parametrize(("numbers", "counts"), [((1, 2, 4), True), ((3, 4, 5), True), ((4, 5, 6), False), ((1, 4, 7), True), ((1, 5, 6), False), ((2, 2, 3), False), ((3, 2, 1), False)])
def test_a_column_that_numbers_the_rows_holds_no_amounts(numbers: tuple[int, ...], counts: bool) -> None:
    ledger = _ledger()
    own = [replace(p, annual_plan=n * 10_000) for n, p in zip(numbers, ledger.projects, strict=False)]
    index = ProjectIndex(replace(ledger, projects=tuple(own)))
    sheet = Sheet("表", [[p.name, float(n)] for n, p in zip(numbers, own, strict=True)])
    found = guess_layout(sheet, index, JUNE)
    assert found.layout.columns[1] is F.NAME
    assert (2 not in found.layout.columns) is counts
    assert set(found.rows) == {1, 2, 3}
