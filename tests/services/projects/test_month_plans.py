"""序时计划 in the ledger: set with a reason, undone, spread, out to a template and in from what offices send."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import insert

from hydesk.db.ledger import Ledger
from hydesk.db.models import Progress
from hydesk.db.places import show_value
from hydesk.domain.dates import LooseDate
from hydesk.domain.errors import HydeskError
from hydesk.domain.findings import Level
from hydesk.domain.meaning import Meaning
from hydesk.domain.measures.schedule import JudgedBy
from hydesk.domain.month_plan import MonthPlan, PlanStep, Spreading, by_quarter
from hydesk.domain.periods import Month
from hydesk.reports.kinds import ReportKind
from hydesk.services.acts.undo_acts import undo_named
from hydesk.services.pages.overview import overview
from hydesk.services.projects.import_month_plans import (
    MonthPlanImport,
    import_month_plans,
    write_plan_template,
)
from hydesk.services.projects.month_plans import list_month_plans, propose_plans, set_month_plans
from hydesk.services.reports.compile_report import compile_report
from hydesk.services.rules.office_rules import set_judged_by
from hydesk.services.standings.period_view import view_at
from tests.services.made import JUNE, facts, take_list

PLAN = 12_000_000
EVEN = MonthPlan((1_000_000,) * 12)


@pytest.fixture
def planned(ledger: Ledger) -> Ledger:
    """Four projects with 1200 万元 each for the year, half of it done by June."""
    take_list(ledger, *(facts(n, annual_plan=PLAN, planned_start=LooseDate.of_month(2023, 4 if n == 2 else 1)) for n in range(1, 5)))
    with ledger.write() as connection:
        connection.execute(insert(Progress), [
            {"project_id": n, "year": 2023, "period": "2023-06", "ends_on": JUNE.day, "year_investment": PLAN // 2} for n in range(1, 5)])
    return ledger


def plans(ledger: Ledger) -> dict[int, MonthPlan | None]:
    return {line.project_id: line.plan for line in list_month_plans(ledger, JUNE)}


def test_a_plan_is_set_changed_with_a_reason_and_undone(planned: Ledger) -> None:
    assert set_month_plans(planned, JUNE, {1: EVEN}).value == 1
    assert set_month_plans(planned, JUNE, {1: EVEN}).value == 0
    with pytest.raises(HydeskError, match="改动要写明理由"):
        set_month_plans(planned, JUNE, {1: None})
    done = set_month_plans(planned, JUNE, {1: by_quarter((1, 2, 3, 4)), 3: EVEN}, "年中调整")
    assert "年中调整" in done.title
    assert show_value("plan", "month_plan", by_quarter((10_000, 0, 20_001, 4)).written) == (
        "一季度1.00，二季度0，三季度2.0001，四季度0.0004（万元）")
    undo_named(planned, done.acts[0])
    assert plans(planned) == {1: EVEN, 2: None, 3: None, 4: None}
    with pytest.raises(HydeskError, match="不在2023年的清单上"):
        set_month_plans(planned, JUNE, {99: EVEN})


def test_plans_judge_once_nine_tenths_have_one_or_the_office_says_so(planned: Ledger) -> None:
    late = MonthPlan((0,) * 11 + (PLAN,))
    early = MonthPlan((PLAN,) + (0,) * 11)
    set_month_plans(planned, JUNE, {1: late, 2: early, 3: EVEN})
    assert [lamp.meaning for lamp in view_at(planned, JUNE).lamps().values()] == [Meaning.ON_TRACK] * 4
    set_judged_by(planned, JudgedBy.SCHEDULE)
    assert [lamp.meaning for lamp in view_at(planned, JUNE).lamps().values()] == [
        Meaning.AHEAD, Meaning.SERIOUSLY_LAGGING, Meaning.ON_TRACK, Meaning.ON_TRACK]
    set_judged_by(planned, JudgedBy.AUTO)
    set_month_plans(planned, JUNE, {4: EVEN})
    assert view_at(planned, JUNE).yardstick.schedule
    seen = overview(planned, JUNE)
    assert seen.schedule is not None
    assert (seen.schedule.planned, seen.schedule.done) == (PLAN + PLAN // 2 * 2, PLAN * 2)
    set_judged_by(planned, JudgedBy.TIME)
    assert not view_at(planned, JUNE).yardstick.schedule


def test_spreading_begins_with_the_start_leaves_what_stands_and_says_whom_it_cannot(planned: Ledger) -> None:
    set_month_plans(planned, JUNE, {3: by_quarter((PLAN, 0, 0, 0))})
    found = propose_plans(planned, JUNE, Spreading.EVEN)
    assert set(found.plans) == {1, 2, 4}
    assert found.plans[1] == EVEN
    assert found.plans[2].amounts[:4] == (0, 0, 0, PLAN // 9)
    assert propose_plans(planned, JUNE, Spreading.EVEN, [3], whole=True).plans.keys() == {3}
    assert [why for _, why in propose_plans(planned, JUNE, Spreading.LAST_YEAR).left] == ["台账里没有上年的月度数"] * 3
    with planned.write() as connection:
        connection.execute(insert(Progress), [
            {"project_id": 1, "year": 2022, "period": str(Month(2022, m)), "ends_on": Month(2022, m).day, "year_investment": done}
            for m, done in ((3, 100), (6, 300), (12, 400))])
    assert propose_plans(planned, JUNE, Spreading.LAST_YEAR, [1]).plans[1].amounts == (
        0, 0, PLAN // 4, 0, 0, PLAN // 2, 0, 0, 0, 0, 0, PLAN // 4)


def test_a_template_goes_out_and_comes_back_the_same(planned: Ledger, tmp_path: Path) -> None:
    set_month_plans(planned, JUNE, {1: EVEN, 3: by_quarter((PLAN, 0, 0, 0))})
    for step in PlanStep:
        path = tmp_path / f"{step.value}.xlsx"
        assert write_plan_template(planned, path, JUNE, step=step) == 4
    same = import_month_plans(planned, tmp_path / "m.xlsx", JUNE, dry_run=True).value
    assert (same.added, same.changed, same.unchanged) == (0, 1, 1)  # the plan by quarter comes back by month
    book = load_workbook(tmp_path / "q.xlsx")
    sheet = book.active
    for column, amount in enumerate((100, 300, 300, 500), 5):
        sheet.cell(5, column, amount)
    book.save(tmp_path / "filled.xlsx")
    with pytest.raises(HydeskError, match="改动要写明理由"):
        import_month_plans(planned, tmp_path / "filled.xlsx", JUNE)
    done = import_month_plans(planned, tmp_path / "filled.xlsx", JUNE, "改为按季")
    assert (done.value.added, done.value.changed, done.value.unchanged, done.value.findings) == (1, 1, 1, ())
    assert plans(planned)[2] == by_quarter((1_000_000, 3_000_000, 3_000_000, 5_000_000))
    undo_named(planned, done.acts[0])
    assert plans(planned)[2] is None


MONTHS = [f"{m}月" for m in range(1, 13)]


def taken(ledger: Ledger, path: Path, *rows: Sequence[object]) -> MonthPlanImport:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    book.save(path / "县里.xlsx")
    return import_month_plans(ledger, path / "县里.xlsx", JUNE).value


@pytest.mark.parametrize(("head", "row", "plan"), [
    (["序号", "项目名称", "年度计划", *MONTHS, "合计"], [1, "第1号项目", 1200, *[100] * 12, 1200], EVEN),
    (["市重点编号", *(f"2023年{m}月份计划投资（万元）" for m in range(1, 13))], ["HY2023-001", *["100"] * 12], EVEN),
    (["项目名称", *(f"{w}月" for w in "一二三四五六七八九"), "十月", "十一月", "十二月"], ["第1号项目", *[100] * 12], EVEN),
    (["编号", "1-3月累计", *MONTHS], ["HY2023-001", 9999, *[100] * 11, None], MonthPlan((1_000_000,) * 11 + (0,))),
    (["项目名称", "第一季度", "第二季度", "第三季度", "第四季度"], ["第1号项目", 300, 300, "—", 600], by_quarter((3_000_000, 3_000_000, 0, 6_000_000))),
    (["项目名称", "1季度（亿元）", "2季度（亿元）", "3季度（亿元）", "4季度（亿元）"], ["第1号项目", 0.03, 0.03, 0.03, 0.03], by_quarter((3_000_000,) * 4)),
])
def test_what_offices_send_is_understood(
        planned: Ledger, tmp_path: Path, head: list[object], row: list[object], plan: MonthPlan) -> None:
    got = taken(planned, tmp_path, ["某县序时计划表"], ["单位：万元"], head, row, ["", "合计", *[1] * 14])
    assert (got.added, got.held_back) == (1, 0), got.findings
    assert plans(planned)[1] == plan


def test_rows_that_cannot_be_right_wait_and_are_said(planned: Ledger, tmp_path: Path) -> None:
    head = ["编号", "项目名称", *MONTHS]
    got = taken(planned, tmp_path, head, ["HY2023-001", "第1号项目", *[100] * 11, "待定"], ["HY2023-002", "第3号项目", *[100] * 12],
                ["HY2023-003", "第3号项目", *[1_000_000] * 12], ["HY2023-004", "第4号项目", *[50] * 12], ["", "没有的项目", *[1] * 12],
                ["HY2023-004", "", *[100] * 12], ["HY2023-002", "第2号项目", *[None] * 12])
    assert [f.code for f in got.findings] == ["no_amount", "other_name", "stranger", "twice", "slip", "sum"]
    assert plans(planned) == {1: None, 2: None, 3: None, 4: MonthPlan((500_000,) * 12)}
    assert [(f.row, f.level, f.message) for f in got.findings[1:]] == [
        (3, Level.ERROR, "编号HY2023-002在台账里是“第2号项目”，表里写的是“第3号项目”，没有收。请核对"),
        (6, Level.ERROR, "“没有的项目”不在这一年的清单上，没有收。请核对编号或名称"),
        (7, Level.ERROR, "“第4号项目”在表里有两行（Sheet第5行和这一行），只收了前一行。请核对"),
        (4, Level.ERROR, "“第3号项目”各月合计 12,000,000.00 万元，年度计划 1,200.00 万元，相差百倍以上，没有收。请核对单位是万元还是亿元"),
        (5, Level.WARNING, "“第4号项目”各月合计 600.00 万元，年度计划 1,200.00 万元，差 -600.00 万元，已收。请核对是哪一个要改")]


def test_a_row_is_known_by_its_code_or_by_a_name_that_only_one_project_bears(planned: Ledger, tmp_path: Path) -> None:
    take_list(planned, *(facts(n, name="同名项目", annual_plan=PLAN) for n in (5, 6)), facts(7, annual_plan=None))
    got = taken(planned, tmp_path, ["编号", "项目名称", *MONTHS], ["HY2023-999", "", *[100] * 12], ["", "同名项目", *[100] * 12], ["HY2023-005", "", *[100] * 12],
                ["HY2023-999", "第 1 号项目", *[100] * 12], ["HY2023-003", "第3号 项目", *[12] * 11, 0.1], ["HY2023-002", "", *[100] * 11, 100.01], ["HY2023-007", "", *[1] * 12])
    assert [(f.row, f.code, f.message[:9]) for f in got.findings] == [
        (2, "stranger", "“HY2023-9"), (3, "stranger", "“同名项目”不在这"), (6, "sum", "“第3号项目”各月"), (7, "sum", "“第2号项目”各月"), (8, "sum", "“第7号项目”各月")]
    assert (got.added, got.changed, got.unchanged) == (5, 0, 0)
    assert {i for i, plan in plans(planned).items() if plan is not None} == {1, 2, 3, 5, 7}
    assert "年度计划 没有填" in got.findings[-1].message
    assert (taken(planned, tmp_path, ["编号", *MONTHS], ["HY2023-001", *[100] * 12]).unchanged) == 1


@pytest.mark.parametrize(("months", "code"), [((10_000,) * 12, "sum"), ((10_000,) * 11 + (10_000.01,), "slip"), ((1,) * 12, "sum"), ((1,) * 11 + (0.99,), "slip"), ((0,) * 12, "sum")])
def test_sums_a_hundred_times_too_large_or_small_are_a_slip_of_the_unit_and_nothing_less_is(
        planned: Ledger, tmp_path: Path, months: tuple[float, ...], code: str) -> None:
    got = taken(planned, tmp_path, ["编号", *MONTHS], ["HY2023-001", *months])
    assert [f.code for f in got.findings] == [code]
    assert plans(planned)[1] is not None or code == "slip"


def test_a_table_of_sums_to_date_only_is_refused(planned: Ledger, tmp_path: Path) -> None:
    got = taken(planned, tmp_path, ["项目名称", *(f"1-{m}月" for m in range(1, 13))], ["第1号项目", *[100] * 12])
    assert got.rejected
    assert "1-3月这样的累计列" in got.findings[0].message


def test_papers_say_what_was_due_and_by_what_projects_are_judged(planned: Ledger) -> None:
    before = compile_report(planned, ReportKind.MONTHLY, JUNE)
    assert "序时" not in "\n".join(p.text for p in before.paragraphs()) + "".join(before.rules)
    set_month_plans(planned, JUNE, {1: EVEN, 2: MonthPlan((0,) * 6 + (PLAN // 6,) * 6)})
    half = "\n".join(p.text for p in compile_report(planned, ReportKind.MONTHLY, JUNE).paragraphs())
    assert "按序时计划应完成1800万元，完成序时133.33%（2／4个项目有序时计划，其余按时间进度计）" in half
    assert "对照时间进度" in half
    set_month_plans(planned, JUNE, {3: EVEN, 4: EVEN})
    made = compile_report(planned, ReportKind.MONTHLY, JUNE)
    words = "\n".join(p.text for p in made.paragraphs())
    assert "按序时计划应完成1800万元，完成序时133.33%。" in words
    assert "对照序时计划" in words
    assert "有序时计划的项目与序时计划比" in made.rules[0]
