"""Starts and finishes in returns: how they are read, when one is taken, what is said where it cannot be right."""

from __future__ import annotations

from datetime import date

import pytest

from hydesk.domain.dates import LooseDate, Precision
from hydesk.domain.fields import Field
from hydesk.domain.grid import Book, Sheet
from hydesk.domain.periods import Period
from hydesk.domain.snapshot import KnownProject, LedgerSnapshot, ReportingUnit
from hydesk.returns.dates import may_be_october, read_date, read_start_finish
from hydesk.returns.differences import differences
from hydesk.returns.pipeline import understand

JUNE = Period.month(2023, 6)
WAN = 10_000
MARCH = LooseDate.of_month(2023, 3)
Said = tuple[set[str], dict[Field, tuple[str, bool]]]


def taken(words: str, progress: str = "主体结构施工至三层", spent: int = 800, head: str = "开工时间",
          nodes: dict[Field, LooseDate] | None = None, nature: str = "新建") -> Said:
    """Codes of what is found and, by field, what would be written and whether without a person."""
    project = KnownProject("HY2023-001", "云集污水处理厂扩容项目", "衡南县", nature=nature, total_investment=2000 * WAN,
                           invested_before=0, annual_plan=1500 * WAN, nodes=nodes or {})
    rows = [("序号", "项目名称", "总投资（万元）", "1-6月累计完成投资（万元）", "形象进度", head),
            (1, project.name, 2000, spent, progress, words)]
    snapshot = LedgerSnapshot(2023, JUNE, (ReportingUnit("衡南县"),), (project,))
    found = understand(Book("衡南县6月.xlsx", (Sheet("6月", tuple(rows)),), "xlsx"), snapshot)
    changes = {c.field: (str(c.new), c.accepted) for c in differences(found, snapshot)
               if c.field in (Field.START_DATE, Field.FINISH_DATE, Field.PRODUCTION_DATE, Field.CAPACITY_DATE)}
    return {f.code for f in found.findings}, changes


def test_a_start_that_works_bear_out_is_taken() -> None:
    codes, changes = taken("2023年3月")
    assert changes == {Field.START_DATE: ("2023-03", True)}
    assert not {c for c in codes if c.startswith(("start", "finish"))}


@pytest.mark.parametrize(("words", "progress", "spent"), [
    ("2023年9月", "主体结构施工至三层", 800),
    ("2023年二季度", "主体结构施工至三层", 800),
    ("2023年3月", "尚未开工，正在办理手续", 800),
    ("2023年3月", "正在施工", 0),
    ("2023年3月", "完成场地平整", 800),
])
def test_a_plan_or_a_start_without_works_is_not_taken(words: str, progress: str, spent: int) -> None:
    assert taken(words, progress, spent)[1] == {}


def test_ground_works_are_said_to_be_no_start() -> None:
    assert "start_of_ground" in taken("2023年3月", "完成场地平整")[0]


def test_another_start_than_the_ledgers_is_asked_about() -> None:
    codes, changes = taken("2023年5月", nodes={Field.START_DATE: MARCH})
    assert "start_changed" in codes
    assert changes == {Field.START_DATE: ("2023-05", False)}


def test_the_same_start_said_less_exactly_is_no_change() -> None:
    codes, changes = taken("2023年3月", nodes={Field.START_DATE: LooseDate(date(2023, 3, 15))})
    assert ("start_changed" in codes, changes) == (False, {})


def test_a_start_that_is_taken_back_is_said() -> None:
    assert "start_undone" in taken("2023年10月", nodes={Field.START_DATE: MARCH})[0]


def test_a_plan_put_off_is_noted() -> None:
    assert "start_later" in taken("2023年10月", spent=0, nodes={Field.PLANNED_START: LooseDate.of_month(2023, 7)})[0]
    assert "start_later" not in taken("2023年7月底", spent=0, nodes={Field.PLANNED_START: LooseDate(date(2023, 7, 3))})[0]


def test_both_dates_in_one_cell() -> None:
    both = "开工、竣工投产时间"
    _, changes = taken("2023.1开工/2023.5投产", "已竣工投产", 1950, both)
    assert changes == {Field.START_DATE: ("2023-01", True), Field.FINISH_DATE: ("2023-05", True)}
    codes, changes = taken("2023.1开工，2023.5竣工", "已竣工投产", 900, both)
    assert "finished_unspent" in codes
    assert Field.FINISH_DATE not in changes
    assert "finish_before_start" in taken("2023年5月开工，2023年1月竣工", head=both)[0]


@pytest.mark.parametrize(("words", "start", "finish"), [
    ("2021.3/2024.12", None, None), ("2021年3月开工，2024年12月竣工", "2021-03", "2024-12"),
    ("2024年12月竣工", None, "2024-12"), ("开工：2021-03-05；投产：2024-12", "2021-03-05", "2024-12"),
    ("2021年3月", None, None), ("已开工", None, None)])
def test_which_of_two_dates(words: str, start: str | None, finish: str | None) -> None:
    assert tuple(None if x is None else str(x) for x in read_start_finish(words)) == (start, finish)


def test_a_day_without_a_year_is_of_the_returns_year() -> None:
    assert read_date("7月15日", 2023) == LooseDate(date(2023, 7, 15), Precision.DAY)
    assert read_date("2月30日", 2023) is None


@pytest.mark.parametrize("words", ["2023年13月", "2203年5月", "2023-02-45", date(1905, 7, 15)])
def test_a_date_that_cannot_be_is_named_and_not_taken(words: object) -> None:
    codes, changes = taken(words)  # type: ignore[arg-type]
    assert "date_impossible" in codes
    assert changes == {}


@pytest.mark.parametrize(("head", "said"), [("实际开工时间", True), ("实际（计划）开工时间", False), ("开工时间", False)])
def test_an_actual_start_after_the_period_is_named(head: str, said: bool) -> None:
    assert ("start_to_come" in taken("2023年10月", head=head)[0]) is said


@pytest.mark.parametrize(("words", "read"), [
    ("2022.4.16前", "2022-04-16"), ("2023年3月25号", "2023-03-25"), ("去年11月", "2022-11"), ("202305", "2023-05"), ("2026．10．9", "2026-10-09"),
    ("2023年2月上旬", "2023-02"), ("二〇二四年十月", "2024-10"), ("二零二三年六月十五日", "2023-06-15"), ("22.11.18", "2022-11-18"), ("23.06.15", "2023-06-15"),
    ("9月9日", "2023-09-09"), ("6月16号", "2023-06-16"), ("23年9月", "2023-09"), ("今年6月", "2023-06"), ("明年3月", "2024-03"), ("已于5月开工", "2023-05"),
    ("2023.2.13前", "2023-02-13"), ("2023年10月（计划）", "2023-10"), ("拟于2023年10月底开工", "2023-10"), ("十二月三十日", "2023-12-30"), ("2023Q2", "2023年二季度"),
    ("年底", "2023年"), ("23年底", "2023年"), ("2023年6月15日(星期四)", "2023-06-15"), ("2023年6月中下旬", "2023-06"),
    ("12.11", None), ("6.15", None), ("2022年3月未开工", None), ("2023.6-2025.12", None), ("尽快", None),
])
def test_days_and_months_as_people_write_them(words: str, read: str | None) -> None:
    found = read_date(words, 2023)
    assert (None if found is None else str(found)) == read


@pytest.mark.parametrize(("value", "shown", "read"), [
    (2022.1, None, None), (2022.1, "2022.10", "2022-10"), (2022.1, "2022.1", None), (2022.12, None, "2022-12"), (2022.03, None, "2022-03"), (2022.0, None, "2022年"),
])
def test_a_number_of_year_and_month_is_told_by_its_format_or_asked(value: float, shown: str | None, read: str | None) -> None:
    found = read_date(value, 2023, shown=shown)
    assert (None if found is None else str(found)) == read
    assert may_be_october(value, shown) is (read is None)


@pytest.mark.parametrize(("words", "start", "finish"), [
    ("2022.3-2025.12", "2022-03", "2025-12"), ("2022年3月至2025年12月", "2022-03", "2025-12"), ("2022-2025", "2022年", "2025年"),
    ("2022-03至2025-12", "2022-03", "2025-12"), ("2022/3-2025/12", "2022-03", "2025-12"), ("（2022.3.1—2025.12.31）", "2022-03-01", "2025-12-31"),
    ("2022-03-15", None, None), ("2025.3-2022.1", None, None),
])
def test_a_span_gives_both_ends(words: str, start: str | None, finish: str | None) -> None:
    assert tuple(None if x is None else str(x) for x in read_start_finish(words)) == (start, finish)


@pytest.mark.parametrize(("words", "code"), [
    ("尽快", "date_unread"), ("12.11", "date_unread"), ("已开工", "date_unread"), ("待定", "date_none_yet"), ("未开工", "date_none_yet"), (2022.1, "date_unclear"),
])
def test_a_date_that_cannot_be_read_is_always_said(words: object, code: str) -> None:
    codes, changes = taken(words)  # type: ignore[arg-type]
    assert {c for c in codes if c.startswith("date_")} == {code}
    assert changes == {}


def test_a_placeholder_in_a_dates_place_needs_no_word() -> None:
    assert not {c for c in taken("—")[0] if c.startswith("date_")}


def test_a_bare_number_in_a_workbook_that_counts_from_1904_is_read_by_it_and_asked_about() -> None:
    assert read_date(43548, 2023, from_1904=True) == LooseDate(date(2023, 3, 25))
    assert read_date(43548, 2023) == LooseDate(date(2019, 3, 24))


def test_both_dates_under_one_head() -> None:
    _, changes = taken("2023.1-2025.12", head="开竣工时间")
    assert changes == {Field.START_DATE: ("2023-01", True)}


@pytest.mark.parametrize(("head", "words", "progress", "wanted"), [
    ("投产时间", "2023年4月", "一期已投产，二期主体施工", {Field.PRODUCTION_DATE: ("2023-04", True)}),
    ("实际达产时间", "2023-05-20", "已达产达效", {Field.CAPACITY_DATE: ("2023-05-20", True)}),
    ("投产时间", "2023年4月", "设备安装，暂未投产", {}), ("投产时间", "2023年4月", "计划年底投产", {}), ("投产时间", "2023年9月", "正常生产", {}),
    ("达产时间", "2023年4月", "已投产", {}), ("竣工投产时间", "2023年4月", "已投产", {}), ("计划投产时间", "2023年4月", "已投产", {})])
def test_what_is_in_use_is_told_by_the_words(head: str, words: str, progress: str, wanted: dict[Field, tuple[str, bool]]) -> None:
    assert taken(words, progress, head=head)[1] == wanted


def test_production_is_asked_about_as_starts_are() -> None:
    held = {Field.START_DATE: MARCH, Field.PRODUCTION_DATE: LooseDate.of_month(2023, 4)}
    assert "start_changed" in taken("2023年5月", "已投产", head="实际投产时间", nodes=held)[0]
    assert "start_undone" in taken("2023年10月", "设备安装", head="投产时间", nodes=held)[0]
    assert "start_to_come" in taken("2023年10月", "设备安装", head="实际投产时间")[0]
    assert "finish_before_start" in taken("2023年2月", "已投产", head="投产时间", nodes=held)[0]
