"""Checks of returns at limits that whole returns seldom meet: two sums over the total, a week's slack, sums copied from the month before."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding
from hydesk.domain.grid import Book, CellValue, Sheet
from hydesk.domain.periods import Period
from hydesk.domain.snapshot import KnownProject, LedgerSnapshot, PeriodFigures
from hydesk.returns.checks import RuleSet
from hydesk.returns.pipeline import understand
from tests.returns.drawing import make_ledger

F = Field
WAN = 10_000
JUNE, WEEK = Period.month(2023, 6), Period.parse("2023-W28")


def ledger(per_unit: int = 8) -> LedgerSnapshot:
    return make_ledger(random.Random(21), per_unit)


def read(held: LedgerSnapshot, heads: list[str], *rows: list[CellValue], title: str = "衡南县2023年6月进展情况表", rules: RuleSet | None = None) -> list[Finding]:
    sheet = Sheet("表", [[title], ["填报单位：衡南县", "单位：万元"], ["序号", "项目名称", *heads], *([float(i), *r] for i, r in enumerate(rows, 1))])
    return list(understand(Book("衡南县.xlsx", (sheet,), "xlsx"), held, "衡南县", rules).findings)


def _first(held: LedgerSnapshot) -> KnownProject:
    return next(p for p in held.projects if p.unit == "衡南县")


def _with(held: LedgerSnapshot, project: KnownProject) -> LedgerSnapshot:
    return replace(held, projects=tuple(project if p.code == project.code else p for p in held.projects))


@pytest.mark.parametrize(("year", "since", "told"), [
    (1_500.0, 2_500.0, set()), (2_004.0, None, {F.YEAR_INVESTMENT}), (2_003.0, None, set()), (2_000.0, None, set()), (None, 3_001.0, {F.TOTAL_INVESTED}), (None, 3_000.0, set()), (0.0, 3_001.0, {F.TOTAL_INVESTED}),
    (2_500.0, 3_500.0, {F.YEAR_INVESTMENT, F.TOTAL_INVESTED})])
def test_each_sum_over_the_total_is_told_by_itself(year: float | None, since: float | None, told: set[Field]) -> None:
    base = ledger()
    p = replace(_first(base), total_investment=3_000 * WAN, invested_before=1_000 * WAN, annual_plan=1_500 * WAN,
                previous=PeriodFigures(Period.month(2023, 5), {F.YEAR_INVESTMENT: 500 * WAN, F.TOTAL_INVESTED: 1_500 * WAN}))
    found = read(_with(base, p), ["年初至本月累计完成投资", "开工累计完成投资"], [p.name, year, since])
    assert {f.field for f in found if f.code == "over_total"} == told


@pytest.mark.parametrize(("gap", "told"), [(0, False), (1.5, False), (1.51, True), (-1.51, True), (50.0, True)])
def test_a_weeks_amount_and_its_sums_may_differ_by_what_is_let_pass_and_half_of_what_is_written(gap: float, told: bool) -> None:
    base = ledger()
    before = PeriodFigures(Period.parse("2023-W27"), {F.YEAR_INVESTMENT: 5_000 * WAN})
    p = replace(_first(base), week_before=before, previous=before, newest=before, annual_plan=20_000 * WAN)
    held = replace(_with(base, p), period=WEEK)
    found = read(held, ["本周完成投资", "年初至本周累计完成投资"], [p.name, 100.0, 5_100.0 + gap], title="衡南县重点项目周报（第28周）", rules=RuleSet(tolerance=WAN))
    assert any(f.code == "week_mismatch" for f in found) is told


@pytest.mark.parametrize(("column", "same", "told"), [("年初至本月累计完成投资", 7, True), ("年初至本月累计完成投资", 3, False), ("开工累计完成投资", 7, True)])
def test_sums_that_are_last_months_are_a_table_sent_again(column: str, same: int, told: bool) -> None:
    base = ledger()
    f = F.YEAR_INVESTMENT if "年初" in column else F.TOTAL_INVESTED
    own = [p for p in base.projects if p.unit == "衡南县"]
    rows: list[list[CellValue]] = [[p.name, (p.previous.money[f] if p.previous else 0) / WAN + (0 if i < same else 321.5)] for i, p in enumerate(own)]
    assert any(x.code == "return_copied" for x in read(base, [column], *rows)) is told


@pytest.mark.parametrize(("year", "told"), [(1_500.0, False), (1_500.01, True)])
def test_a_plan_met_to_the_yuan_is_not_passed(year: float, told: bool) -> None:
    base = ledger()
    p = replace(_first(base), total_investment=9_000 * WAN, annual_plan=1_500 * WAN, previous=None)
    assert any(f.code == "over_plan" for f in read(_with(base, p), ["年初至本月累计完成投资"], [p.name, year])) is told
