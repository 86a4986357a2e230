"""A year of acts on one small town: what each writes, is called and touches, and what is refused with which words, held against
what was looked at; and all of it undone, act by act, to what was there before.

The ledger is the frozen one of the pages' readings. To keep what is found now, after reading the differences:
HYDESK_KEEP=1 pytest tests/services/acts/test_kept_writes.py
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.backward import STEPS
from hydesk.domain.dates import LooseDate
from hydesk.domain.done import Done
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.lists import Ground, SplitPart
from hydesk.domain.meaning import Meaning
from hydesk.domain.milestones import NodeMove
from hydesk.domain.month_plan import MonthPlan, by_quarter
from hydesk.domain.own_columns import OwnColumn, OwnKind
from hydesk.domain.periods import Period
from hydesk.domain.problems import StepKind
from hydesk.domain.registers import RegisterView
from hydesk.reports.form import ReportForm
from hydesk.reports.kinds import ReportKind
from hydesk.services.acts.undo_acts import undo_named
from hydesk.services.mechanisms.edit_chain_map import ChainPlace, mark_gap, move_segment, rename_segment
from hydesk.services.mechanisms.hold_meeting import DecisionDraft, decide
from hydesk.services.mechanisms.land_filing import land_filing
from hydesk.services.mechanisms.red_yellow import BoardRule, adopt, let_leave, propose, set_board_rule
from hydesk.services.mechanisms.scale_lists import set_least_major
from hydesk.services.mechanisms.score_units import ScoreRule, set_score_rule, set_trust_share
from hydesk.services.milestones.backward_steps import set_backward_steps
from hydesk.services.milestones.move_milestones import move_milestones
from hydesk.services.pages.ledger_views import delete_view, save_view
from hydesk.services.problems.follow_problems import adopt_problems, follow_problems, note_seen
from hydesk.services.problems.record_problem import NewProblem, edit_problem, record_problem, remove_problem
from hydesk.services.problems.step_problem import step_problems
from hydesk.services.projects.adjust_list import (
    add_project,
    adjust_project,
    exit_list,
    readmit_project,
    rename_project,
)
from hydesk.services.projects.edit_batch import edit_batch
from hydesk.services.projects.edit_block import Edit, judge_edits, write_edits
from hydesk.services.projects.edit_project import edit_project, remember_name
from hydesk.services.projects.edit_unit import edit_unit
from hydesk.services.projects.group_units import group_units
from hydesk.services.projects.keep_units import add_unit, arrange_units, retire_unit, take_up_unit
from hydesk.services.projects.list_adjustments import list_adjustments
from hydesk.services.projects.merge_projects import merge_projects
from hydesk.services.projects.month_plans import set_month_plans
from hydesk.services.projects.override_lamp import override_lamp
from hydesk.services.projects.own_columns import add_column, change_column, restore_column, retire_column
from hydesk.services.projects.own_values import set_own_values
from hydesk.services.projects.split_project import split_project
from hydesk.services.registers.list_registers import list_registers, open_register
from hydesk.services.registers.save_register import change_register, remove_view
from hydesk.services.registers.save_register import save_view as save_register_view
from hydesk.services.registers.write_records import RecordChange, remove_records, write_records
from hydesk.services.reports.report_forms import set_report_form, set_report_text
from hydesk.services.rules.deadlines import DeadlineRule, set_deadline, set_deadline_rule
from hydesk.services.rules.office_rules import (
    close_period,
    reopen_period,
    set_money_starts,
    set_nothing_words,
)
from hydesk.services.standings.list_standings import list_units
from hydesk.services.standings.sub_projects import SubProjectLine, set_sub_projects
from hydesk.services.upkeep.roll_over_year import plan_roll_over, roll_over_year
from tests.kept import hold, lines_of, on_day
from tests.town import IN_HENGYANG

pytestmark = IN_HENGYANG
F = Field
KEPT = Path(__file__).parent / "kept"
JUNE, JULY, WEEK = Period.month(2023, 6), Period.month(2023, 7), Period.parse("2023-W25")
ON, ME = date(2023, 7, 5), Actor("甲")
WHY = Ground(date(2023, 6, 20), "用地调整", "衡重办〔2023〕8号")
YI = 10**8
Act = Callable[[Ledger], Any]


def _typed(ledger: Ledger, *edits: tuple[int, Field, str], period: Period = JUNE) -> Done[Any]:
    return write_edits(ledger, judge_edits(ledger, [Edit(p, f, w) for p, f, w in edits], period), period, actor=ME, today=ON)


def _town_of(ledger: Ledger, column: str = "name") -> Any:
    with ledger.read() as connection:
        return connection.execute(text(f"SELECT max(id) FROM {column}")).scalar()


def _changed_register(ledger: Ledger) -> Any:
    own = open_register(ledger, 5, JUNE).definition
    return change_register(ledger, 5, replace(own, name="观摩安排", purpose="新的说明"), ME)


STORY: Sequence[tuple[str, Act]] = [
    ("a figure and a fact typed", lambda t: _typed(t, (1, F.MONTH_INVESTMENT, "1234.5"), (1, F.BUILDER, "城建公司"), (5, F.PROGRESS_TEXT, "主体封顶"))),
    ("a name emptied, a total of 亿", lambda t: _typed(t, (8, F.CONTACT, ""), (8, F.TOTAL_INVESTMENT, "5亿"), (8, F.PLANNED_FINISH, "2024年6月"))),
    ("a week's sum", lambda t: _typed(t, (9, F.YEAR_INVESTMENT, "9000"), period=WEEK)),
    ("a sum below last month's", lambda t: _typed(t, (11, F.YEAR_INVESTMENT, "1"))),
    ("what cannot stand there", lambda t: _typed(t, (11, F.YEAR_INVESTMENT, "很多"), (11, F.NATURE, "重建"), (11, F.REPORTING_UNIT, "外县"), (11, F.START_DATE, "某日"))),
    ("one field", lambda t: edit_project(t, 13, F.NATURE, "续建", JUNE, "核实", ME, ON)),
    ("a plan of the year", lambda t: edit_project(t, 13, F.ANNUAL_PLAN, 3 * YI, JUNE, "追加", ME, ON)),
    ("a name of another's", lambda t: edit_project(t, 13, F.NAME, "湘江乡矿山生态修复项目", JUNE, "", ME, ON)),
    ("a start still to come", lambda t: edit_project(t, 13, F.START_DATE, LooseDate(date(2024, 1, 1)), JUNE, "", ME, ON)),
    ("a way of writing remembered", lambda t: remember_name(t, 15, "福星纺织厂", ME)),
    ("a new project", lambda t: add_project(t, 2023, {F.NAME: "新的项目", F.REPORTING_UNIT: "衡南县", F.TOTAL_INVESTMENT: 2 * YI, F.ANNUAL_PLAN: YI, F.NATURE: "新建"}, WHY, ME)),
    ("a new project without a name", lambda t: add_project(t, 2023, {F.REPORTING_UNIT: "衡南县"}, WHY, ME)),
    ("adjusted", lambda t: adjust_project(t, 16, 2023, {F.TOTAL_INVESTMENT: 17 * YI, F.ANNUAL_PLAN: None}, WHY, ME)),
    ("adjusted without a reason", lambda t: adjust_project(t, 16, 2023, {F.TOTAL_INVESTMENT: YI}, Ground(ON, " "), ME)),
    ("renamed", lambda t: rename_project(t, 21, 2023, "人民街道道路二期", WHY, ME)),
    ("renamed to its own name", lambda t: rename_project(t, 22, 2023, "凌云大数据中心项目", WHY, ME)),
    ("left the list", lambda t: exit_list(t, 29, 2023, WHY, ME)),
    ("left the list again", lambda t: exit_list(t, 29, 2023, WHY, ME)),
    ("taken in again", lambda t: readmit_project(t, 29, 2023, WHY, ME)),
    ("split", lambda t: split_project(t, 36, 2023, [SplitPart("一期", 505_900_000, 90_000_000), SplitPart("二期", 400_000_000, 130_900_000, "HY2023-036B", {F.LOCATION: "别处"})], WHY, ME)),
    ("split with a loss", lambda t: split_project(t, 43, 2023, [SplitPart("一期", 1, 1), SplitPart("二期", 1, 1)], WHY, ME)),
    ("merged", lambda t: merge_projects(t, [50, 57], 2023, WHY, name="合并的项目", actor=ME)),
    ("merged as a package", lambda t: merge_projects(t, [64, 71], 2023, WHY, as_package=True, actor=ME)),
    ("merged alone", lambda t: merge_projects(t, [78], 2023, WHY, actor=ME)),
    ("sub-projects", lambda t: set_sub_projects(t, 78, [SubProjectLine("东区", "甲公司", YI, 10_000), SubProjectLine("西区")], ME)),
    ("a lamp judged by a person", lambda t: override_lamp(t, 85, 2023, Meaning.LAGGING, "征地", ME)),
    ("judged without a reason", lambda t: override_lamp(t, 85, 2023, Meaning.AHEAD, " ", ME)),
    ("left to the rule again", lambda t: override_lamp(t, 85, 2023, None, "", ME)),
    ("plans by month", lambda t: set_month_plans(t, JUNE, {92: by_quarter((YI, YI, 0, 0)), 99: None}, "下达", ME)),
    ("a plan by month for nobody", lambda t: set_month_plans(t, JUNE, {10**6: MonthPlan((1,) * 12)}, "", ME)),
    ("a batch", lambda t: edit_batch(t, 2023, "第一批", date(2023, 2, 1), "衡发〔2023〕1号", ME)),
    ("a unit", lambda t: add_unit(t, "新区", "园区", ("新",), "430499", ME, group="园区")),
    ("a unit that is there", lambda t: add_unit(t, "衡南县", "县市区", actor=ME)),
    ("a unit renamed", lambda t: edit_unit(t, "新区", "滨江新区", "园区", ("滨江",), None, ME)),
    ("units in order", lambda t: arrange_units(t, ["滨江新区", "衡南县"], ME)),
    ("a group", lambda t: group_units(t, ["衡南县", "祁东县"], "南片", ME)),
    ("a unit retired", lambda t: retire_unit(t, "滨江新区", ME)),
    ("a unit with projects retired", lambda t: retire_unit(t, "雁峰区", ME)),
    ("a unit taken up", lambda t: take_up_unit(t, "滨江新区", ME)),
    ("an own column", lambda t: add_column(t, OwnColumn("用地面积", OwnKind.NUMBER, measure="亩", names=("占地",)), ME)),
    ("an own column that is there", lambda t: add_column(t, OwnColumn("施工单位"), ME)),
    ("an own column changed", lambda t: change_column(t, 4, name="占地面积", measure="公顷", asked=True, actor=ME)),
    ("own values", lambda t: set_own_values(t, "占地面积", {"HY2023-001": "12.5", "HY2023-005": "3"}, 2023, ME)),
    ("own values that are none", lambda t: set_own_values(t, "占地面积", {"HY2023-001": "很大"}, 2023, ME)),
    ("an own column retired", lambda t: retire_column(t, 4, ME)),
    ("an own column restored", lambda t: restore_column(t, 4, ME)),
    ("a problem", lambda t: record_problem(t, NewProblem(106, "征地未完成，剩余12亩。另有管线迁改。", measures="月底补偿", responsible="自然资源局"), ME, ON)),
    ("a problem that says nothing", lambda t: record_problem(t, NewProblem(106, " "), ME, ON)),
    ("a problem edited", lambda t: edit_problem(t, 1, {"title": "新题", "leader": "李某"}, ME)),
    ("taken up", lambda t: step_problems(t, [1], StepKind.ACCEPT, on=ON, actor=ME, today=ON)),
    ("handed out", lambda t: step_problems(t, [1, 6], StepKind.ASSIGN, on=ON, unit="水利局", leader="王某", due_on=date(2023, 8, 1), measures="抓紧", actor=ME, today=ON)),
    ("handed out without a deadline", lambda t: step_problems(t, [9], StepKind.ASSIGN, on=ON, unit="水利局", actor=ME, today=ON)),
    ("closed too early", lambda t: step_problems(t, [3], StepKind.CLOSE, on=ON, words="已解决", actor=ME, today=ON)),
    ("escalated", lambda t: step_problems(t, [3], StepKind.ESCALATE, on=ON, words="县里解决不了", actor=ME, today=ON)),
    ("extended", lambda t: step_problems(t, [3], StepKind.EXTEND, on=ON, due_on=date(2023, 9, 1), words="雨季", actor=ME, today=ON)),
    ("told by the returns", lambda t: adopt_problems(t, follow_problems(t, JUNE).to_list()[:2], ME, ON)),
    ("seen in the returns", lambda t: note_seen(t, JUNE, ME)),
    ("a problem removed", lambda t: remove_problem(t, 2, ME)),
    ("nodes moved", lambda t: move_milestones(t, [NodeMove(1, "开工", "baseline", LooseDate(date(2023, 9, 1))), NodeMove(1, "竣工", "forecast", LooseDate.of_month(2025, 6))],
                                              "用地未批", ME, ON)),
    ("a node moved without a reason", lambda t: move_milestones(t, [NodeMove(1, "开工", "baseline", LooseDate(date(2023, 12, 1)))], "", ME, ON)),
    ("a node done tomorrow", lambda t: move_milestones(t, [NodeMove(1, "开工", "actual", LooseDate(date(2023, 7, 6)))], "", ME, ON)),
    ("steps reckoned back", lambda t: set_backward_steps(t, STEPS[1:], ME)),
    ("a record", lambda t: write_records(t, 1, [RecordChange(None, "name", "新备案"), RecordChange(None, "amount", "5000"), RecordChange(None, "unit", "衡南"),
                                                RecordChange(92, "stage", "已开工")], 2023, "", ME)),
    ("a record that cannot be", lambda t: write_records(t, 1, [RecordChange(92, "amount", "很多")], 2023, "", ME)),
    ("records removed", lambda t: remove_records(t, 1, [93, 94], ME)),
    ("a register changed", _changed_register),
    ("a view of a register", lambda t: save_register_view(t, 1, RegisterView("在谈", ("name", "unit"), ("stage", ("已签约",))), ME)),
    ("a view removed", lambda t: remove_view(t, 1, "在谈", ME)),
    ("a filing landed", lambda t: land_filing(t, 92, 2023, {F.NAME: "智能计量产业园", F.REPORTING_UNIT: "衡南县", F.TOTAL_INVESTMENT: 15 * YI}, WHY, actor=ME)),
    ("a filing landed twice", lambda t: land_filing(t, 92, 2023, {F.NAME: "又一个", F.REPORTING_UNIT: "衡南县"}, WHY, actor=ME)),
    ("a gap on the chain", lambda t: mark_gap(t, "输变电", [172, 173], ME)),
    ("a segment that is not there", lambda t: rename_segment(t, "输变电", ChainPlace("上游", "没有"), "名", "", ME)),
    ("a segment moved nowhere", lambda t: move_segment(t, "没有的链", ChainPlace("上游", "铜材"), "下游", 0, ME)),
    ("a decision of the meeting", lambda t: decide(t, DecisionDraft(1, "协调用地", "自然资源局", date(2023, 8, 1), None, "会上定"), ON, ME, ON)),
    ("a decision on a listed problem", lambda t: decide(t, DecisionDraft(16, "抓紧", "住建局", date(2023, 8, 1), 5), ON, ME, ON)),
    ("a decision without a matter", lambda t: decide(t, DecisionDraft(None, " ", "住建局", date(2023, 8, 1)), ON, ME, ON)),
    ("the rule of the boards", lambda t: set_board_rule(t, BoardRule(red=2, yellow=3, serious_only=False), ME)),
    ("named on the boards", lambda t: adopt(t, JUNE, propose(t, JUNE)[:3], ME)),
    ("named twice", lambda t: adopt(t, JUNE, propose(t, JUNE)[:3], ME)),
    ("off the board", lambda t: let_leave(t, JULY, [_town_of(t, "records")], ME)),
    ("from what a project is major", lambda t: set_least_major(t, 5 * YI, ME)),
    ("the rule of quality", lambda t: set_score_rule(t, ScoreRule(late_day=Decimal("1.5"), missing=Decimal(30)), ME)),
    ("trust's share", lambda t: set_trust_share(t, Decimal(20), ME)),
    ("a view of the ledger", lambda t: save_view(t, "我的", {"scope": "unit=衡南县", "sort": [["plan", True]]}, ME)),
    ("a view deleted", lambda t: delete_view(t, "我的", ME)),
    ("a view that is not there", lambda t: delete_view(t, "没有", ME)),
    ("a deadline", lambda t: set_deadline(t, JUNE, date(2023, 7, 8), ME)),
    ("the rule of deadlines", lambda t: set_deadline_rule(t, DeadlineRule(31, 1, True), ME)),
    ("a rule that cannot be", lambda t: set_deadline_rule(t, DeadlineRule(0), ME)),
    ("money counts as a start", lambda t: set_money_starts(t, True)),
    ("words that say nothing", lambda t: set_nothing_words(t, ["正常", "无变化"], ME)),
    ("a period closed", lambda t: close_period(t, JUNE, "已通报", ME)),
    ("closed without a reason", lambda t: close_period(t, JULY, "", ME)),
    ("a period opened again", lambda t: reopen_period(t, JUNE, ME)),
    ("a report's form", lambda t: set_report_form(t, ReportKind.MONTHLY, ReportForm(signer="张三", issue=7), ME)),
    ("a sentence", lambda t: set_report_text(t, ReportKind.MONTHLY, JUNE, "overall.whole", "自己写的。", [("all.count", "62")], actor=ME)),
    ("a sentence left to the program", lambda t: set_report_text(t, ReportKind.MONTHLY, JUNE, "overall.whole", None, actor=ME)),
    ("the year rolled over", lambda t: roll_over_year(t, plan_roll_over(t, 2023), out=[1], with_plans=True, actor=ME)),
]
_VALUES = ("projects", "year_plans", "progress", "milestones", "problems", "problem_steps", "record_values", "records", "own_values", "own_columns", "units",
           "settings", "registers", "batches", "project_names", "adjustments", "sub_projects")


def _newest(ledger: Ledger, table: str) -> int:
    with ledger.read() as connection:
        return int(connection.execute(text(f"SELECT coalesce(max(id), 0) FROM {table}")).scalar() or 0)


def _logged(ledger: Ledger, after: int) -> Iterator[str]:
    with ledger.read() as connection:
        rows = connection.execute(text(
            "SELECT entity, project_id, scope, field, old, new, reason FROM change_log WHERE id > :after ORDER BY id"), {"after": after}).fetchall()
    for r in rows[::max(1, len(rows) // 40)]:
        yield "  " + " | ".join("" if v is None else str(v)[:160] for v in r)
    if len(rows) > 40:
        yield f"  … {len(rows)} entries"


def _held(ledger: Ledger) -> set[tuple[Any, ...]]:
    """All values that are present in the ledger."""
    found: set[tuple[Any, ...]] = set()
    with ledger.read() as connection:
        for table in _VALUES:
            rows = connection.execute(text(f"SELECT * FROM {table}")).mappings().fetchall()
            kept = [{k: v for k, v in r.items() if v is not None and v != ""} for r in rows if r.get("present", 1)]
            found.update((table, *map(str, r.items())) for r in kept if len(r) > 2)
    return found


def test_a_year_of_acts_and_all_of_it_undone(own_town: Ledger) -> None:
    before, first = _held(own_town), _newest(own_town, "acts")
    listed = list_units(own_town, retired=True), list_adjustments(own_town), list_registers(own_town, ON)
    lines: list[str] = []
    for name, act in STORY:
        entries = _newest(own_town, "change_log")
        lines.append(f"== {name}")
        try:
            done = act(own_town)
        except HydeskError as e:
            lines.append(f"refused: {e}")
            assert _newest(own_town, "change_log") == entries, name
            continue
        lines.append(f"{done.title} {sorted(str(getattr(w, 'value', w)) for w in done.touched)} {len(done.acts)}")
        lines += lines_of("value", done.value)
        lines += _logged(own_town, entries)
    hold(KEPT / "year.txt", lines)
    for act in range(_newest(own_town, "acts"), first, -1):
        undo_named(own_town, act, ME)
    after = _held(own_town)
    assert before <= after
    # What is made in a table without marks stays there, of no act that holds: nothing shows it.
    assert {row[0] for row in after - before} <= {"adjustments", "batches", "units", "settings"}
    assert (list_units(own_town, retired=True), list_adjustments(own_town), list_registers(own_town, ON)) == listed


@pytest.mark.parametrize("act", [
    lambda t, *on: edit_project(t, 13, F.START_DATE, LooseDate(ON), JUNE, "", ME, *on), lambda t, *on: edit_project(t, 13, F.ANNUAL_PLAN, 3 * YI, JUNE, "追加", ME, *on),
    lambda t, *on: record_problem(t, NewProblem(106, "征地未完成"), ME, *on), lambda t, *on: adopt_problems(t, follow_problems(t, JUNE).to_list()[:2], ME, *on),
    lambda t, *on: move_milestones(t, [NodeMove(1, "开工", "actual", LooseDate(ON))], "", ME, *on), lambda t, *on: decide(t, DecisionDraft(None, "协调", "住建局", date(2023, 8, 1)), None, ME, *on),
    lambda t, *on: step_problems(t, [1], StepKind.ACCEPT, on=ON, actor=ME, **dict(zip(["today"], on, strict=False)))],
    ids=["start", "plan", "problem", "problems", "node", "decision", "step"])
def test_where_no_day_is_told_an_act_is_of_today(act: Any, own_town: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def logged(*on: date) -> list[str]:
        begin = _newest(own_town, "change_log")
        done = act(own_town, *on)
        lines = [re.sub(r"\b\d{1,3}\b", "…", line) for line in _logged(own_town, begin)]
        for a in done.acts:
            undo_named(own_town, a, ME)
        return lines

    told = logged(ON)
    on_day(monkeypatch, ON)
    assert logged() == told
