"""年度结转: who goes on, with what; sums agree; the whole undone; last year's report as it was."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.dates import LooseDate
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.lists import Ground
from hydesk.domain.month_plan import MonthPlan, PlanStep, by_quarter
from hydesk.domain.periods import Period
from hydesk.domain.rollover import sums
from hydesk.services.acts.undo_acts import redo_last, undo_last
from hydesk.services.projects.adjust_list import exit_list
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.projects.month_plans import set_month_plans
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.standings.list_standings import ledger_years, list_standings
from hydesk.services.upkeep.open_ledger import open_ledger
from hydesk.services.upkeep.roll_over_year import find_codes, plan_roll_over, roll_over_year
from tests.services.made import draft, exported, facts, money, take_list

NOVEMBER, DECEMBER, JANUARY = Period.month(2023, 11), Period.month(2023, 12), Period.month(2024, 1)


def year_end(ledger: Ledger) -> None:
    """Six projects: 1 goes on, 2 lacks December, 3 never began, 4 is finished, 5 left, 6 is to be finished in 2025."""
    take_list(ledger, *(facts(n, finish_year="2025") for n in range(1, 7)))
    apply_return(ledger, draft(ledger, NOVEMBER, {2: money(year=30_000_000)}))
    apply_return(ledger, draft(ledger, DECEMBER, {1: money(5, 100_000_000), 4: money(5, 988_000_000), 6: money(1, 87_654_328)}))
    ids = {s.code: s.id for s in list_standings(ledger, DECEMBER)}
    edit_project(ledger, ids["HY2023-004"], Field.FINISH_DATE, LooseDate(date(2023, 10, 31)), DECEMBER)
    exit_list(ledger, ids["HY2023-005"], 2023, Ground(date(2023, 1, 12), "用地未落实"))


def test_unfinished_projects_go_on_and_the_others_say_why(ledger: Ledger) -> None:
    year_end(ledger)
    plan = plan_roll_over(ledger, 2023)
    by = {c.code[-1]: c for c in plan.carried}
    assert [c.code[-1] for c in plan.chosen()] == ["1", "2", "3", "6"]
    assert by["4"].why == "2023-10-31 已竣工"
    assert by["5"].why == "2023-01-12 已退出2023年清单"
    assert by["1"].invested_before == 112_345_678
    assert by["1"].doubts == ()
    assert by["2"].doubts == ("缺 12 月的数字，按2023年11月的累计结转",)
    assert by["3"].doubts == ("2023年没有完成投资的数字，按 0 结转",)
    assert [by[n].nature for n in "123"] == ["续建", "续建", "新建"]
    assert by["6"].proposed_plan == (1_000_000_006 - 12_345_678 - 87_654_328) // 2 // 10_000 * 10_000
    assert sums(plan.chosen()).agrees


@pytest.mark.file_only("backup made before an act")
def test_the_new_list_holds_the_check_sums_and_last_year_stays_as_it_was(ledger: Ledger, tmp_path: Path) -> None:
    year_end(ledger)
    before, rows = list_standings(ledger, DECEMBER), exported(ledger)
    plan = plan_roll_over(ledger, 2023)
    done = roll_over_year(ledger, plan, with_plans=True, batch="第一批", actor="甲").value
    new = list_standings(ledger, JANUARY)
    assert [s.code[-1] for s in new] == ["1", "2", "3", "6"]
    assert done.sums.after == sum(s.invested_before or 0 for s in new) == done.sums.before + done.sums.done
    assert {s.batch for s in new} == {"第一批"}
    assert new[0].nature == "续建"
    assert new[0].annual_plan == plan.carried[0].proposed_plan
    assert list_standings(ledger, DECEMBER) == before
    assert before[0].nature == "新建"
    assert done.backup is not None
    kept = open_ledger(done.backup)
    assert ledger_years(kept) == [2023]
    kept.close()
    undo_last(ledger, Actor("甲"))
    assert ledger_years(ledger) == [2023]
    assert exported(ledger) == rows
    redo_last(ledger, Actor("甲"))
    assert list_standings(ledger, JANUARY) == new


def test_a_person_leaves_some_out_and_takes_others_in(ledger: Ledger, tmp_path: Path) -> None:
    year_end(ledger)
    plan = plan_roll_over(ledger, 2023)
    out, back = find_codes(plan, ["HY2023-001"]), find_codes(plan, ["HY2023-005"])
    roll_over_year(ledger, plan, out=out, back=back, backup=tmp_path / "备份.hydesk")
    assert [s.code[-1] for s in list_standings(ledger, JANUARY)] == ["2", "3", "5", "6"]
    assert all(s.annual_plan is None for s in list_standings(ledger, JANUARY))
    assert (tmp_path / "备份.hydesk").exists()
    again = plan_roll_over(ledger, 2023)
    assert [c.code[-1] for c in again.chosen()] == ["1"]
    assert again.carried[1].why == "已在2024年清单里"


def test_a_plan_that_is_out_of_date_is_not_done(ledger: Ledger) -> None:
    year_end(ledger)
    plan = plan_roll_over(ledger, 2023)
    edit_project(ledger, plan.carried[0].id, Field.TOTAL_INVESTMENT, 5, DECEMBER)
    with pytest.raises(HydeskError, match="请重新预览"):
        roll_over_year(ledger, plan)
    assert ledger_years(ledger) == [2023]
    with pytest.raises(HydeskError, match="没有2020年"):
        plan_roll_over(ledger, 2020)


@pytest.mark.file_only("backup made before an act")
def test_plans_by_month_go_on_in_their_proportions_where_plans_are_proposed(ledger: Ledger) -> None:
    year_end(ledger)
    ids = {s.code[-1]: s.id for s in list_standings(ledger, DECEMBER)}
    set_month_plans(ledger, DECEMBER, {ids["1"]: MonthPlan((0, 1, 3, *[0] * 9)), ids["6"]: by_quarter((1, 0, 0, 1))})
    plan = plan_roll_over(ledger, 2023)
    roll_over_year(ledger, plan, with_plans=True, batch="第一批", actor="甲")
    new = {s.code[-1]: s for s in list_standings(ledger, JANUARY)}
    amount = new["1"].annual_plan or 0
    assert new["1"].month_plan == MonthPlan((0, amount // 4, amount - amount // 4, *[0] * 9))
    assert new["6"].month_plan is not None
    assert (new["6"].month_plan.total, new["6"].month_plan.step) == (new["6"].annual_plan, PlanStep.QUARTER)
    assert new["2"].month_plan is None
