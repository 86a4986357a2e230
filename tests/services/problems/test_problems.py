"""Problems on a real ledger: listed, stepped, undone, followed in returns, looked back at."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.problems import Seen, Status, StepKind
from hydesk.services.acts.undo_acts import redo_last, undo_last
from hydesk.services.problems.export_problems import LISTS, export_problems
from hydesk.services.problems.follow_problems import adopt_problems, alike, follow_problems, note_seen
from hydesk.services.problems.list_problems import list_problems, list_responsible, problem_detail
from hydesk.services.problems.record_problem import NewProblem, edit_problem, record_problem, remove_problem
from hydesk.services.problems.step_problem import step_problem, step_problems
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.upkeep.check_content import check_open
from tests.services.made import JUNE, MAY, draft, fill, money
from tests.undoing import undo_depth

TODAY = date(2023, 6, 20)


def one(ledger: Ledger) -> int:
    fill(ledger, 2)
    project = list_standings(ledger, JUNE)[0].id
    return record_problem(ledger, NewProblem(project, "高压专线未接入，影响投产", raised_on=date(2023, 6, 1)), "甲", TODAY).value


def status(ledger: Ledger, key: int) -> Status:
    return problem_detail(ledger, key, TODAY).problem.status


def test_a_problem_goes_from_report_to_closed_and_every_step_is_undone(ledger: Ledger) -> None:
    key = one(ledger)
    before = undo_depth(ledger)
    step_problem(ledger, key, StepKind.ACCEPT, on=date(2023, 6, 2), today=TODAY)
    step_problem(ledger, key, StepKind.ASSIGN, on=date(2023, 6, 3), unit="供电公司", leader="王", due_on=date(2023, 6, 15), today=TODAY)
    assert problem_detail(ledger, key, TODAY).problem.overdue
    step_problem(ledger, key, StepKind.EXTEND, on=date(2023, 6, 16), due_on=date(2023, 6, 30), words="雨季", today=TODAY)
    step_problem(ledger, key, StepKind.ESCALATE, on=date(2023, 6, 16), words="跨县", today=TODAY)
    step_problem(ledger, key, StepKind.ANSWER, on=date(2023, 6, 17), words="已通电", today=TODAY)
    step_problem(ledger, key, StepKind.VERIFY, on=date(2023, 6, 18), today=TODAY)
    assert step_problem(ledger, key, StepKind.CLOSE, on=date(2023, 6, 19), today=TODAY).value == "销号问题“高压专线未接入，影响投产”"
    found = problem_detail(ledger, key, TODAY)
    p = found.problem
    assert (p.status, p.responsible, p.leader, p.level, p.due_on, p.closed_on) == (
        Status.CLOSED, "供电公司", "王", "市级", date(2023, 6, 30), date(2023, 6, 19))
    assert [s.kind.label for s in found.steps] == ["上报", "受理", "交办", "延期", "升级", "反馈", "核实", "销号"]
    assert found.steps[0].actor == "甲"
    assert "县级升为市级" in found.steps[4].words
    undone = 0
    while undo_depth(ledger) > before:
        undo_last(ledger)
        undone += 1
    assert undone == 7
    p = problem_detail(ledger, key, TODAY).problem
    assert (p.status, p.responsible, p.due_on, p.level, p.closed_on) == (Status.REPORTED, "", None, "县级", None)
    assert len(problem_detail(ledger, key, TODAY).steps) == 1
    for _ in range(7):
        redo_last(ledger)
    assert status(ledger, key) is Status.CLOSED
    assert check_open(ledger) == []


def test_the_listing_itself_is_undone_and_its_number_never_given_again(ledger: Ledger) -> None:
    key = one(ledger)
    undo_last(ledger, Actor("甲"))
    assert list_problems(ledger, TODAY) == []
    with pytest.raises(HydeskError, match="已不在清单"):
        problem_detail(ledger, key)
    other = record_problem(ledger, NewProblem(list_standings(ledger, JUNE)[1].id, "征拆"), today=TODAY).value
    assert other > key


def test_several_are_handed_out_in_one_act_or_none(ledger: Ledger) -> None:
    first = one(ledger)
    second = record_problem(ledger, NewProblem(list_standings(ledger, JUNE)[1].id, "资金缺口"), today=TODAY).value
    assert step_problems(ledger, [first, second], StepKind.ASSIGN, unit="财政局", due_on=date(2023, 7, 1), today=TODAY).value == "交办 2 个问题"
    step_problem(ledger, first, StepKind.ANSWER, words="好", today=TODAY)
    with pytest.raises(HydeskError, match="“高压专线未接入"):
        step_problems(ledger, [second, first], StepKind.WORK, today=TODAY)
    assert status(ledger, second) is Status.ASSIGNED
    undo_last(ledger)
    undo_last(ledger)
    assert {status(ledger, k) for k in (first, second)} == {Status.REPORTED}


def test_words_are_edited_and_a_slip_of_the_hand_is_taken_off(ledger: Ledger) -> None:
    key = one(ledger)
    assert edit_problem(ledger, key, {"measures": "倒排工期", "level": "市级"}).value
    assert not edit_problem(ledger, key, {"measures": "倒排工期 "}).value
    with pytest.raises(HydeskError, match="不能为空"):
        edit_problem(ledger, key, {"title": " "})
    project = list_standings(ledger, JUNE)[0].id
    assert [p.id for p in list_problems(ledger, TODAY, project)] == [key]
    remove_problem(ledger, key)
    assert list_problems(ledger, TODAY) == list_problems(ledger, TODAY, project) == []
    undo_last(ledger)
    assert list_problems(ledger, TODAY)[0].measures == "倒排工期"


def test_the_list_as_of_a_day_leaves_later_steps_out(ledger: Ledger) -> None:
    key = one(ledger)
    step_problem(ledger, key, StepKind.ASSIGN, on=date(2023, 6, 3), unit="供电公司", due_on=date(2023, 6, 10), today=TODAY)
    step_problem(ledger, key, StepKind.ANSWER, on=date(2023, 6, 12), words="好", today=TODAY)
    assert [p.status for p in list_problems(ledger, date(2023, 6, 5))] == [Status.ASSIGNED]
    assert [p.status for p in list_problems(ledger, date(2023, 6, 2))] == [Status.REPORTED]
    assert list_problems(ledger, date(2023, 6, 2))[0].due_on is None
    assert list_problems(ledger, date(2023, 5, 31)) == []
    assert [p.status for p in list_problems(ledger, date(2023, 6, 5), current=True)] == [Status.ANSWERED]
    assert list_problems(ledger, TODAY, project_id=999) == []


def told(ledger: Ledger) -> dict[str, Seen]:
    return {t.text: t.seen for t in follow_problems(ledger, JUNE).told}


def test_texts_of_returns_are_followed_from_period_to_period(ledger: Ledger) -> None:
    fill(ledger, 4)
    apply_return(ledger, draft(ledger, MAY, {
        1: money(1, 1, problem_text="征拆滞后，剩余12户未签约"), 2: money(1, 1, problem_text="资金缺口"), 3: money(1, 1, problem_text="无"),
        4: money(1, 1, problem_text="用地未批")}, name="五月.xlsx"))
    may = follow_problems(ledger, MAY)
    assert [t.seen for t in may.told] == [Seen.NEW] * 3
    by = {t.project_code: t for t in may.told}
    kept = adopt_problems(ledger, [by["HY2023-001"], by["HY2023-002"], by["HY2023-004"]], today=date(2023, 6, 5)).value
    assert undo_depth(ledger) == 2
    apply_return(ledger, draft(ledger, JUNE, {
        1: money(1, 2, problem_text="1.征拆滞后，剩余5户未签约；2.高压线未迁改"), 2: money(1, 2, problem_text="无")}, name="六月.xlsx"))
    assert told(ledger) == {"征拆滞后，剩余5户未签约": Seen.SAME, "高压线未迁改": Seen.NEW}
    following = follow_problems(ledger, JUNE)
    assert following.of_problem == {kept[0]: Seen.SAME, kept[1]: Seen.GONE, kept[2]: Seen.SILENT}
    assert [t.text for t in following.to_list()] == ["高压线未迁改"]
    assert note_seen(ledger, JUNE).value == 1
    assert note_seen(ledger, JUNE).value == 0
    p = problem_detail(ledger, kept[0], TODAY)
    assert (p.problem.first_seen, p.problem.last_seen) == ("2023-05", "2023-06")
    assert p.source is not None
    assert (p.source.file, p.source.sheet, p.source.cell) == ("五月.xlsx", "表", "H4")


def test_a_problem_said_again_after_it_was_closed_comes_back(ledger: Ledger) -> None:
    fill(ledger, 1)
    apply_return(ledger, draft(ledger, MAY, {1: money(1, 1, problem_text="用地未批")}))
    key, = adopt_problems(ledger, follow_problems(ledger, MAY).told, today=date(2023, 5, 31)).value
    for kind, words in ((StepKind.ASSIGN, ""), (StepKind.ANSWER, "批了"), (StepKind.VERIFY, ""), (StepKind.CLOSE, "")):
        step_problem(ledger, key, kind, on=date(2023, 5, 31), unit="资规局", due_on=date(2023, 6, 1), words=words)
    apply_return(ledger, draft(ledger, JUNE, {1: money(1, 2, problem_text="用地未批")}, name="六月.xlsx"))
    assert told(ledger) == {"用地未批": Seen.BACK}


def test_a_text_said_before_and_never_listed_says_since_when(ledger: Ledger) -> None:
    fill(ledger, 1)
    for period, text in ((MAY, "用地未批"), (JUNE, "用地还未批")):
        apply_return(ledger, draft(ledger, period, {1: money(1, 2, problem_text=text)}, name=f"{period}.xlsx"))
    found, = follow_problems(ledger, JUNE).told
    assert (found.seen, found.first_seen) == (Seen.AGAIN, "2023-05")


@pytest.mark.parametrize(("one", "other", "same"), [
    ("剩余3户未签约", "剩余12户未签约", True), ("用地报批尚未完成。", "用地报批 尚未完成", True),
    ("用地报批尚未完成", "用地报批未完成", True), ("资金缺口较大", "征拆进度滞后", False), ("", "", False)])
def test_texts_are_alike_but_for_figures_and_signs(one: str, other: str, same: bool) -> None:
    assert alike(one, other) is same


@pytest.mark.parametrize("view", range(len(LISTS)))
def test_lists_are_exported_ready_to_print(ledger: Ledger, tmp_path: Path, view: int) -> None:
    key = one(ledger)
    edit_problem(ledger, key, {"measures": "=倒排工期"})
    path = tmp_path / "清单.xlsx"
    assert export_problems(ledger, path, TODAY, view) == 1
    sheet = openpyxl.load_workbook(path).active
    rows = [[c.value for c in r] for r in sheet.iter_rows(min_row=3)]
    assert rows[0] == [head for head, _, _ in LISTS[view].columns]
    assert "高压专线未接入，影响投产" in rows[1]
    assert sheet.print_title_rows == "$3:$3"
    assert all(c.data_type != "f" for r in sheet.iter_rows() for c in r)
    assert export_problems(ledger, path, TODAY, view, []) == 0


def test_units_for_handing_out_are_those_in_use(ledger: Ledger) -> None:
    key = one(ledger)
    step_problem(ledger, key, StepKind.ASSIGN, on=TODAY, unit="供电公司", due_on=TODAY, today=TODAY)
    assert list_responsible(ledger)[0] == "供电公司"
    assert "衡南县" in list_responsible(ledger)


def test_nothing_is_listed_of_a_project_that_is_gone_or_without_words(ledger: Ledger) -> None:
    fill(ledger, 1)
    with pytest.raises(HydeskError, match="已不在台账"):
        record_problem(ledger, NewProblem(99, "征拆"))
    with pytest.raises(HydeskError, match="什么问题"):
        record_problem(ledger, NewProblem(1, " "))
    with pytest.raises(HydeskError, match="还没有到"):
        record_problem(ledger, NewProblem(1, "征拆", raised_on=date(2999, 1, 1)))
