"""The office's mechanisms on a real ledger: lists, boards, promises, plans, meeting and assessment draw on it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from hydesk.domain.actors import Actor
from hydesk.domain.assessment import default_rules
from hydesk.domain.board_words import CURING, LEFT, RED, YELLOW
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.measures.totals import sum_up
from hydesk.domain.money import round_half_up
from hydesk.domain.periods import Period
from hydesk.domain.problems import Status, StepKind
from hydesk.domain.targets import Way
from hydesk.services.acts.undo_acts import undo_last
from hydesk.services.mechanisms.assess_city import assess_city, city_rules, set_city_rules
from hydesk.services.mechanisms.assess_units import assess_units, assessment_rules, set_assessment_rules
from hydesk.services.mechanisms.hold_meeting import DecisionDraft, agenda, decide
from hydesk.services.mechanisms.meeting_lines import minutes_notice
from hydesk.services.mechanisms.plan_standings import plan_standings
from hydesk.services.mechanisms.red_yellow import (
    BoardRule,
    adopt,
    cured,
    let_leave,
    propose,
    set_board_rule,
)
from hydesk.services.mechanisms.scale_lists import names_month, scale_lists
from hydesk.services.mechanisms.settle_promises import kept_share, settle_promises
from hydesk.services.problems.list_problems import list_problems, problem_detail
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.registers.fill_shipped import add_shipped, register_called
from hydesk.services.registers.list_registers import open_register
from hydesk.services.registers.write_records import RecordChange, write_records
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.upkeep.check_content import check_open
from hydesk.services.upkeep.open_ledger import Ledger
from tests.services.made import JUNE, draft, fill, money

JULY = Period.month(2023, 7)


@pytest.fixture
def office(ledger: Ledger) -> Ledger:
    """Four projects of which two reported for June, and all shipped registers."""
    fill(ledger)
    apply_return(ledger, draft(ledger, JUNE, {1: money(1_000_000, 2_000_000), 3: money(3_000_000, 400_000_000)}))
    add_shipped(ledger, 2023)
    return ledger


def put(ledger: Ledger, register: str, **values: str) -> int:
    key = register_called(ledger, register)
    assert key is not None
    return write_records(ledger, key, [RecordChange(None, f, v) for f, v in values.items()], 2023).value[0]


def test_the_plans_come_filled_once_and_are_judged_when_values_come(office: Ledger) -> None:
    add_shipped(office, 2023)
    found = plan_standings(office, JUNE)
    assert len(found) == 72
    assert {p.standing.way for p in found} == {Way.UNKNOWN}
    gdp = next(p for p in found if p.indicator == "地区生产总值" and p.target.year == 2030)
    register = register_called(office, "plan_targets")
    assert register is not None
    write_records(office, register, [RecordChange(gdp.record_id, f, v) for f, v in (
        ("base_year", "2025"), ("base", "5000"), ("latest_year", "2027"), ("latest", "6100"), ("unit", "市发展改革委"))], 2023)
    judged = next(p for p in plan_standings(office, JUNE) if p.record_id == gdp.record_id)
    assert (judged.standing.way, judged.standing.gap, judged.unit) == (Way.BEHIND, Decimal(-100), "市发展改革委")
    projects = register_called(office, "plan_projects")
    assert projects is not None
    records = open_register(office, projects, JUNE).records
    assert len(records) == 19
    assert sum(v for r in records if isinstance(v := r.values["amount"], int)) == 2430 * 10**8


def test_promises_are_settled_against_the_ledger_to_the_digit(office: Ledger) -> None:
    standings = list_standings(office, JUNE)
    unit = standings[2].unit
    done = sum_up([s for s in standings if s.unit == unit]).year_investment
    put(office, "commitments", unit=unit, scope="二季度", plan=f"{done / 10**4}")
    put(office, "commitments", unit=unit, scope="全年", plan=f"{(done + 10**6) / 10**4}", starts="5")
    put(office, "project_promises", project=standings[0].code, start_on="2023年3月", plan="1000000")
    found = {(p.about, p.project): p for p in settle_promises(office, JUNE)}
    assert found["二季度末累计完成投资", ""].kept is True
    assert found["全年完成投资", ""].kept is None
    assert "欠100.00万元" in found["全年完成投资", ""].reason
    start = found["开工", standings[0].code]
    assert (start.kept, "已过91天" in start.reason) == (False, True)
    assert found["年度投资", standings[0].code].at_risk
    assert kept_share(list(found.values())) == Decimal(1) / 2


def test_boards_praise_and_name_and_let_leave_who_is_cured(office: Ledger) -> None:
    set_board_rule(office, BoardRule(red=1, yellow=1, least_plan=0))
    found = propose(office, JUNE)
    assert [p.board for p in found] == [RED, YELLOW]
    assert found[1].reason.startswith("完成率")
    assert adopt(office, JUNE, found).value == 2
    assert adopt(office, JUNE, found).value == 0
    register = register_called(office, "red_yellow")
    assert register is not None
    named = {r.values["list"]: r for r in open_register(office, register, JUNE).records}
    assert named[YELLOW].values["state"] == CURING
    assert cured(office, JUNE) == ()
    plan = found[1].project.annual_plan
    assert plan is not None
    edit_project(office, found[1].project.id, Field.YEAR_INVESTMENT, plan, JULY)
    (well,) = cured(office, JULY)
    let_leave(office, JULY, [well.record_id])
    assert cured(office, JULY) == ()
    assert {r.values["state"] for r in open_register(office, register, JULY).records} >= {LEFT}
    assert "出榜" in (undo_last(office) or "")
    assert len(cured(office, JULY)) == 1


def test_lists_rank_units_and_say_who_moved(office: Ledger) -> None:
    unit, other = "衡南县", "祁东县"
    for month, first, second in (("2023年5月", "100", "300"), ("2023-06", "500", "400")):
        put(office, "scale", unit=unit, month=month, attracted=first)
        put(office, "scale", unit=other, month=month, attracted=second)
    lists = {x.key: x for x in scale_lists(office, JUNE)}
    assert [(x.unit, x.place, x.moved) for x in lists["attracted"].lines[:2]] == [(unit, 1, "↑1"), (other, 2, "↓1")]
    assert lists["attracted"].lines[2].place is None
    shown = {x.unit: x.value for x in lists["completion"].lines}
    for name in {s.unit for s in list_standings(office, JUNE)} & set(shown):
        assert shown[name] == sum_up([s for s in list_standings(office, JUNE) if s.unit == name]).completion
    assert names_month("6月份", JUNE)
    assert not names_month("2022年6月", JUNE)


def test_a_decision_of_the_meeting_is_one_act_from_problem_to_minutes(office: Ledger) -> None:
    day = date(2023, 6, 30)
    project = list_standings(office, JUNE)[0]
    assert project.id in {s.id for s, _ in agenda(office, JUNE, today=day).lagging}
    key = decide(office, DecisionDraft(project.id, "缺少高压专线，请供电公司倒排工期", "国网衡阳供电公司", date(2023, 7, 7)), day, "李四", day).value
    (listed,) = list_problems(office, day)
    assert (listed.id, listed.status, listed.responsible) == (key, Status.ASSIGNED, "国网衡阳供电公司")
    assert [s.kind for s in problem_detail(office, key, day).steps] == [StepKind.REPORT, StepKind.ASSIGN]
    register = register_called(office, "meeting")
    assert register is not None
    (minute,) = open_register(office, register, JUNE).records
    assert minute.values["problem"] == key
    assert minute.values["project"] == project.code
    late = agenda(office, JULY, today=date(2023, 7, 10))
    assert [p.id for p in late.problems] == [key]
    with pytest.raises(HydeskError, match="要写明责任单位"):
        decide(office, DecisionDraft(project.id, "催办", "", date(2023, 7, 20)), date(2023, 7, 11), None, date(2023, 7, 11))
    decide(office, DecisionDraft(project.id, "催办", "市发展改革委", date(2023, 7, 20), key), date(2023, 7, 11), None, date(2023, 7, 11))
    assert list_problems(office, date(2023, 7, 11))[0].responsible == "市发展改革委"
    minutes = minutes_notice(office, JULY, on=date(2023, 7, 11), today=date(2023, 7, 11))
    assert minutes.table is not None
    assert [r.cells for r in minutes.table.items()] == [("1", "催办", project.name, "市发展改革委", "2023-07-20", "—")]
    assert "召开重点项目调度会" in minutes.body[0]
    assert minutes.body[1] == "会议议定事项1项，明确责任单位和办结期限如下："
    none = minutes_notice(office, JULY, on=date(2023, 7, 12), today=date(2023, 7, 11))
    assert (none.table, none.body[1], none.ending) == (None, "会议议定事项0项，没有交办事项。", ())
    assert "调度会交办" in (undo_last(office) or "")
    assert "调度会交办" in (undo_last(office, Actor("李四")) or "")
    assert list_problems(office, date(2023, 7, 11)) == []
    assert open_register(office, register, JUNE).records == ()
    assert check_open(office) == []


def test_every_score_is_explained_by_figures_of_the_ledger(office: Ledger) -> None:
    scored = assess_units(office, JUNE, today=date(2023, 7, 10))
    # Of 18 counties and parks the two that have projects.
    assert {s.unit for s in scored} == {s.unit for s in list_standings(office, JUNE)}
    for s in scored:
        assert s.total is not None
        points = sum((line.points or Decimal(0) for line in s.lines), Decimal(0))
        assert s.total == round_half_up(points * s.whole / s.judged, 2) + s.adjusted
        assert all(line.reason for line in s.lines)
        promises = next(x for x in s.lines if x.rule.measure == "promises")
        assert (promises.points, promises.reason) == (None, "没有到期的承诺，不计分")
    assert scored[-1].total is not None
    put(office, "appeals", unit=scored[-1].unit, item="迟报1次", state="采纳", points="3")
    again = {s.unit: s for s in assess_units(office, JUNE, today=date(2023, 7, 10))}
    assert again[scored[-1].unit].total == scored[-1].total + 3
    assert "申诉采纳" in again[scored[-1].unit].adjustment
    rules = assessment_rules(office)[:2]
    trial = assess_units(office, JUNE, rules, date(2023, 7, 10))
    set_assessment_rules(office, rules)
    assert assessment_rules(office) == rules
    assert assess_units(office, JUNE, today=date(2023, 7, 10)) == trial
    assert undo_last(office) == "修改考核规则"
    with pytest.raises(HydeskError, match="至少要有一条"):
        set_assessment_rules(office, ())


def test_the_city_is_evaluated_from_the_same_figures_and_after_appeal(office: Ledger) -> None:
    today = date(2023, 7, 10)
    assert (assess_city(office, JUNE, today=today).scored.total, assess_city(office, JUNE, today=today).projects) == (None, 0)
    listed = list_standings(office, JUNE)
    for s in listed[2:3]:
        edit_project(office, s.id, Field.LEVEL, "省", JUNE)
    found = assess_city(office, JUNE, today=today)
    assert found.projects == 1
    totals = sum_up(listed[2:3])
    pace = found.scored.lines[0]
    assert totals.completion is not None
    assert pace.reading.value == totals.completion / Decimal("0.5")
    assert {s.unit for s in found.shares[0]} == {listed[2].unit}
    assert found.scored.total is not None
    points = sum((x.points or Decimal(0) for x in found.scored.lines), Decimal(0))
    assert round_half_up(points * found.scored.whole / found.scored.judged, 2) == found.scored.total
    put(office, "province_appeals", year="2023", item="入统情况", state="采纳", points="1.5")
    put(office, "province_appeals", year="2022", item="入统情况", state="采纳", points="9")
    assert assess_city(office, JUNE, today=today).scored.total == found.scored.total + Decimal("1.5")
    with pytest.raises(HydeskError, match="不能按名次计分"):
        set_city_rules(office, default_rules())
    set_city_rules(office, city_rules(office)[:1])
    assert len(assess_city(office, JUNE, today=today).scored.lines) == 1
    assert undo_last(office) == "修改省对市评价规则"


def test_a_promise_is_settled_as_its_deadline_found_the_ledger_and_for_its_own_year(office: Ledger) -> None:
    standings = list_standings(office, JUNE)
    own = standings[2]
    done = sum_up([s for s in standings if s.unit == own.unit]).year_investment
    put(office, "commitments", unit=own.unit, scope="二季度", year="2023", plan=f"{(done + 10**6) / 10**4}")
    put(office, "commitments", unit=own.unit, scope="全年", signed_on="2022-01-15", plan="1")
    (late,) = settle_promises(office, JUNE)
    assert late.kept is False
    edit_project(office, own.id, Field.YEAR_INVESTMENT, done + 10**7, JULY)
    (still,) = settle_promises(office, JULY)
    assert (still.kept, still.delivered) == (False, late.delivered)
