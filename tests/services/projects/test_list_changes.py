"""Dated acts on a year's list: added, adjusted, renamed, split, merged, left and back; counted both ways; undone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.lists import Ground, ListChange, SplitPart, count_packages, divide
from hydesk.domain.measures.totals import Totals, sum_up
from hydesk.domain.month_plan import MonthPlan
from hydesk.domain.own_columns import OwnColumn, OwnKind
from hydesk.domain.periods import Period
from hydesk.services.acts.undo_acts import redo_last, undo_last
from hydesk.services.projects.adjust_list import (
    add_project,
    adjust_project,
    exit_list,
    readmit_project,
    rename_project,
)
from hydesk.services.projects.list_adjustments import later_changes, list_adjustments
from hydesk.services.projects.list_batches import list_batches
from hydesk.services.projects.merge_projects import merge_nodes, merge_projects
from hydesk.services.projects.month_plans import set_month_plans
from hydesk.services.projects.own_columns import add_column
from hydesk.services.projects.own_values import set_own_value
from hydesk.services.projects.split_project import split_project
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.returns.take_snapshot import take_snapshot
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.standings.own_columns import list_own_columns, own_values
from hydesk.services.standings.sub_projects import (
    SubProjectLine,
    count_listed,
    list_packages,
    list_sub_projects,
    set_sub_projects,
)
from tests.services.made import JUNE, MAY, draft, exported, fill, money

WHY = Ground(date(2023, 6, 20), "市政府常务会议纪要", "衡重点〔2023〕5号")
JULY = Period.month(2023, 7)


@pytest.fixture
def ledger(any_ledger: Ledger) -> Ledger:
    """Of each store in turn: both must answer alike."""
    return any_ledger


def figures(ledger: Ledger) -> None:
    """Four projects with figures of May and June; one of them silent in June."""
    fill(ledger)
    apply_return(ledger, draft(ledger, MAY, {1: money(1_000_001, 5_000_003), 2: money(2, 20_000_001), 3: money(7, 9)}))
    apply_return(ledger, draft(ledger, JUNE, {1: money(2_000_000, 7_000_003, funds_arrived=33), 2: money(5, 20_000_006)}))


def totals(ledger: Ledger, period: Period) -> Totals:
    return sum_up(list_standings(ledger, period))


def sums(ledger: Ledger) -> list[tuple[int, ...]]:
    return [(t.total_investment, t.annual_plan, t.month_investment, t.year_investment, t.total_invested, t.funds_arrived,
             t.statistics_year) for t in (totals(ledger, p) for p in (MAY, JUNE, JULY))]


def test_an_added_project_is_listed_with_its_batch_and_reason(ledger: Ledger) -> None:
    fill(ledger)
    made = add_project(ledger, 2023, {Field.NAME: "新来的项目", Field.REPORTING_UNIT: "衡南县", Field.NATURE: "新建",
                                      Field.TOTAL_INVESTMENT: 5_000_000, Field.ANNUAL_PLAN: 1_000_000,
                                      Field.BATCH: "第二批"}, WHY, "乙").value
    last = list_standings(ledger, JUNE)[-1]
    assert (last.id, last.code, last.name, last.nature, last.batch) == (made, "HY2023-005", "新来的项目", "新建", "第二批")
    line = list_adjustments(ledger, 2023)[0]
    assert (line.kind, line.on, line.reason, line.document, line.batch, line.actor) == (
        ListChange.ADDED, WHY.on, WHY.reason, WHY.document, "第二批", "乙")
    assert line.figures == "总投资 空 → 500.00万元；年度计划投资 空 → 100.00万元"
    assert [(b.name, b.count) for b in list_batches(ledger, 2023)] == [("第二批", 1), ("", 4)]
    later = later_changes(ledger, MAY)
    assert later is not None
    assert str(later).startswith("2023年6月20日起有1项清单调整")
    assert later_changes(ledger, JUNE) is None
    undo_last(ledger, Actor("乙"))
    assert len(list_standings(ledger, JUNE)) == 4
    assert list_adjustments(ledger) == []
    assert later_changes(ledger, MAY) is None
    exit_list(ledger, list_standings(ledger, MAY)[0].id, 2023, WHY)
    assert later_changes(ledger, MAY) is None, "who left later still counts in May"
    redo_last(ledger)
    assert len(list_adjustments(ledger)) == 1


def test_an_act_needs_a_reason_and_something_to_change(ledger: Ledger) -> None:
    fill(ledger)
    first = list_standings(ledger, JUNE)[0]
    with pytest.raises(HydeskError, match="理由"):
        adjust_project(ledger, first.id, 2023, {Field.ANNUAL_PLAN: 1}, Ground(WHY.on, "  "))
    with pytest.raises(HydeskError, match="没有要调整"):
        adjust_project(ledger, first.id, 2023, {Field.ANNUAL_PLAN: first.annual_plan, Field.NATURE: "新建"}, WHY)
    with pytest.raises(HydeskError, match="已被"):
        add_project(ledger, 2023, {Field.NAME: "x", Field.REPORTING_UNIT: "衡南县", Field.CODE: first.code}, WHY)


def test_several_fields_are_adjusted_as_one_act_that_tells_old_and_new(ledger: Ledger) -> None:
    fill(ledger)
    first = list_standings(ledger, JUNE)[0]
    adjust_project(ledger, first.id, 2023, {Field.ANNUAL_PLAN: 300_000_000, Field.YEAR_GOAL: "主体封顶"}, WHY)
    line = list_adjustments(ledger, 2023)[0]
    assert line.kind is ListChange.ADJUSTED
    assert line.figures == "年度计划投资 20,000.0001万元 → 30,000.00万元；年度建设目标 空 → 主体封顶"
    undo_last(ledger)
    assert list_standings(ledger, JUNE)[0] == first


def test_a_return_still_finds_a_renamed_project(ledger: Ledger) -> None:
    fill(ledger)
    first = list_standings(ledger, JUNE)[0]
    rename_project(ledger, first.id, 2023, "新的名称", WHY)
    known = take_snapshot(ledger, JUNE).projects[0]
    assert (known.name, known.names) == ("新的名称", (first.name,))
    assert list_adjustments(ledger)[0].kind is ListChange.RENAMED


def test_a_project_leaves_on_a_day_and_comes_back(ledger: Ledger) -> None:
    fill(ledger)
    first = list_standings(ledger, JUNE)[0]
    exit_list(ledger, first.id, 2023, WHY)
    assert first.id in {s.id for s in list_standings(ledger, MAY)}
    assert first.id not in {s.id for s in list_standings(ledger, JUNE)}
    with pytest.raises(HydeskError, match="已于"):
        exit_list(ledger, first.id, 2023, WHY)
    readmit_project(ledger, first.id, 2023, WHY)
    assert first.id in {s.id for s in list_standings(ledger, JUNE)}
    assert [a.kind for a in list_adjustments(ledger)] == [ListChange.READMITTED, ListChange.DROPPED]


def test_splitting_keeps_every_total_of_every_period(ledger: Ledger) -> None:
    figures(ledger)
    before, whole, rows = sums(ledger), list_standings(ledger, JUNE)[0], exported(ledger)
    assert whole.total_investment is not None
    assert whole.annual_plan is not None
    parts = [SplitPart("甲段", 300_000_001, 60_000_000), SplitPart("乙段", 400_000_000, 70_000_000),
             SplitPart("丙段", whole.total_investment - 700_000_001, whole.annual_plan - 130_000_000)]
    ids = split_project(ledger, whole.id, 2023, parts, WHY).value
    assert sums(ledger) == before
    made = {s.id: s for s in list_standings(ledger, JUNE)}
    assert whole.id not in made
    assert [made[i].code for i in ids] == [f"{whole.code}-{n}" for n in (1, 2, 3)]
    assert made[ids[0]].planned_start == whole.planned_start
    lines = list_adjustments(ledger)
    assert {line.kind for line in lines} == {ListChange.SPLIT}
    assert sum(line.other.startswith(whole.code) for line in lines) == 3
    with pytest.raises(HydeskError, match="合并或拆分"):
        readmit_project(ledger, whole.id, 2023, WHY)
    undo_last(ledger)
    assert exported(ledger) == rows
    assert sums(ledger) == before


def test_a_split_that_loses_money_is_refused_with_the_difference(ledger: Ledger) -> None:
    fill(ledger)
    first = list_standings(ledger, JUNE)[0]
    with pytest.raises(HydeskError, match=r"少 10,000\.00 万元"):
        split_project(ledger, first.id, 2023, [SplitPart("甲", 400_000_001, 200_000_001), SplitPart("乙", 500_000_000, 0)], WHY)
    assert len(list_standings(ledger, JUNE)) == 4


def test_merging_sums_every_period_and_keeps_old_names_and_codes(ledger: Ledger) -> None:
    figures(ledger)
    before, rows = sums(ledger), exported(ledger)
    listed = list_standings(ledger, JUNE)
    merged = merge_projects(ledger, [s.id for s in listed[:3]], 2023, WHY, name="合并后的项目").value
    assert sums(ledger) == before
    after = list_standings(ledger, JUNE)
    assert [s.name for s in after] == ["合并后的项目", listed[3].name]
    assert merged == listed[0].id
    names = take_snapshot(ledger, JUNE).projects[0].names
    assert set(names) == {s.name for s in listed[:3]} | {s.code for s in listed[1:3]}
    undo_last(ledger)
    assert exported(ledger) == rows
    assert sums(ledger) == before


def test_plans_by_month_and_own_columns_go_over_and_come_back(ledger: Ledger) -> None:
    fill(ledger)
    one, two = list_standings(ledger, JUNE)[:2]
    add_column(ledger, OwnColumn("用地面积", OwnKind.NUMBER, measure="亩"))
    add_column(ledger, OwnColumn("用工", OwnKind.PERIOD_NUMBER, measure="人"))
    land, workers = list_own_columns(ledger)[-2:]
    for one_, area, men in ((one, "7", "30"), (two, "2.5", "12")):
        set_own_value(ledger, one_.id, land, area, JUNE)
        set_own_value(ledger, one_.id, workers, men, MAY)
    set_month_plans(ledger, JUNE, {one.id: MonthPlan((100, *(0,) * 11))})
    assert two.annual_plan is not None
    rows = exported(ledger)

    def held(period: Period) -> dict[int, tuple[object, ...]]:
        own = own_values(ledger, period)
        return {s.id: (own.get(s.id, {}).get(land.id), own.get(s.id, {}).get(workers.id),
                       s.month_plan.total if s.month_plan else None) for s in list_standings(ledger, period)}

    merge_projects(ledger, [one.id, two.id], 2023, WHY)
    assert held(JUNE)[one.id] == (Decimal("9.5"), Decimal(42), 100 + two.annual_plan)
    whole = list_standings(ledger, JUNE)[0]
    assert whole.total_investment is not None
    assert whole.annual_plan is not None
    ids = split_project(ledger, one.id, 2023, [
        SplitPart("甲段", 500_000_000, 1), SplitPart("乙段", whole.total_investment - 500_000_000, whole.annual_plan - 1)], WHY).value
    parts = [held(JUNE)[i] for i in ids]
    assert [sum(column) for column in zip(*parts, strict=True)] == [Decimal("9.5"), Decimal(42), 100 + two.annual_plan]  # type: ignore[arg-type]
    undo_last(ledger)
    undo_last(ledger)
    assert exported(ledger) == rows
    assert held(JUNE)[two.id] == (Decimal("2.5"), Decimal(12), None)


def test_merging_as_a_package_keeps_the_parts_and_counts_both_ways(ledger: Ledger) -> None:
    figures(ledger)
    listed = list_standings(ledger, JUNE)
    merge_projects(ledger, [s.id for s in listed[:3]], 2023, WHY, as_package=True)
    count = count_listed(ledger, JUNE)
    assert (count.listed, count.packages, count.split) == (2, 1, 4)
    package = list_packages(ledger, 2023)[0]
    assert [line.name for line in package.lines] == [s.name for s in listed[:3]]
    assert package.parts_total == package.total_investment


def test_a_merged_node_is_done_once_all_have_done_it() -> None:
    done = {"baseline": "2023-01-01/day", "forecast": None, "actual": "2023-02-01/day"}
    waiting = {"baseline": "2023-03-01/day", "forecast": None, "actual": None}
    merged = merge_nodes([{"开工": done, "竣工": done}, {"开工": waiting, "竣工": waiting}])
    assert merged["开工"] == {"baseline": "2023-01-01/day", "forecast": None, "actual": "2023-02-01/day"}
    assert merged["竣工"] == {"baseline": "2023-03-01/day", "forecast": None, "actual": None}


def test_sub_projects_are_set_taken_away_and_undone(ledger: Ledger) -> None:
    fill(ledger)
    first = list_standings(ledger, JUNE)[0].id
    lines = [SubProjectLine("一期", "甲公司", 100, 10), SubProjectLine("二期", remark="待定")]
    assert set_sub_projects(ledger, first, lines).value > 0
    assert list_sub_projects(ledger, first) == lines
    assert set_sub_projects(ledger, first, lines).value == 0
    set_sub_projects(ledger, first, lines[1:])
    assert list_sub_projects(ledger, first) == lines[1:]
    undo_last(ledger)
    assert list_sub_projects(ledger, first) == lines
    with pytest.raises(HydeskError, match="出现了两次"):
        set_sub_projects(ledger, first, [lines[0], lines[0]])
    assert count_listed(ledger, JUNE).sentence == "4 项，打包项目拆分后共 5 项（其中打包项目 1 项）"


def test_packages_are_counted_both_ways() -> None:
    count = count_packages([0] * 400 + [2] * 10 + [5] * 20 + [1] * 14)
    assert (count.listed, count.packages, count.split) == (444, 44, 534)


@given(amount=st.integers(-10**15, 10**15), weights=st.lists(st.integers(0, 10**12), min_size=1, max_size=8))
@settings(max_examples=60)
def test_dividing_loses_nothing(amount: int, weights: list[int]) -> None:
    parts = divide(amount, weights)
    assert sum(parts) == amount
    assert len(parts) == len(weights)


@given(may=st.dictionaries(st.integers(1, 4), st.integers(0, 10**10), max_size=4),
       june=st.dictionaries(st.integers(1, 4), st.integers(0, 10**10), max_size=4),
       which=st.lists(st.integers(0, 3), min_size=2, max_size=4, unique=True))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_merging_any_projects_keeps_what_was_reached(
    tmp_path_factory: pytest.TempPathFactory, may: dict[int, int], june: dict[int, int], which: list[int]
) -> None:
    from hydesk.services.upkeep.open_ledger import create_ledger

    ledger = create_ledger(tmp_path_factory.mktemp("合并") / "台账.hydesk")
    fill(ledger)
    for period, said in ((MAY, may), (JUNE, june)):
        if said:
            apply_return(ledger, draft(ledger, period, {n: money(year=v) for n, v in said.items()}))
    before = [(t.year_investment, t.total_invested, t.total_investment) for t in (totals(ledger, p) for p in (MAY, JUNE, JULY))]
    listed = list_standings(ledger, JUNE)
    merge_projects(ledger, [listed[i].id for i in which], 2023, WHY)
    assert before == [(t.year_investment, t.total_invested, t.total_investment)
                      for t in (totals(ledger, p) for p in (MAY, JUNE, JULY))]
    ledger.close()
