"""The steps of a problem, and how texts of returns are taken apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from hydesk.domain.problems import (
    LEVELS,
    STEPS,
    ListedProblem,
    Need,
    Status,
    Step,
    StepKind,
    count_problems,
    level_above,
    next_steps,
    problem_key,
    refusal,
    replay,
    rule_for,
    short_title,
    split_problems,
)

ON = date(2023, 6, 30)
LISTED = ListedProblem(1, 1, "HY1", "甲", "衡南县", "征拆", "征拆滞后", "", "", "", "县级", Status.ASSIGNED, date(2023, 6, 1),
                       date(2023, 6, 20), None, "", "", None, "", ON)


def test_the_usual_way_leads_from_report_to_closed() -> None:
    status = Status.REPORTED
    for kind in (StepKind.ACCEPT, StepKind.ASSIGN, StepKind.WORK, StepKind.ANSWER, StepKind.VERIFY, StepKind.CLOSE):
        found = rule_for(status, kind)
        assert found is not None, (status, kind)
        assert STEPS[status][0].kind is kind
        status = found.to
    assert status is Status.CLOSED
    assert not status.open


@pytest.mark.parametrize(("status", "kind", "more", "word"), [
    (Status.REPORTED, StepKind.CLOSE, {}, "不能销号"),
    (Status.ACCEPTED, StepKind.ASSIGN, {"due_on": ON}, "责任单位"),
    (Status.ACCEPTED, StepKind.ASSIGN, {"unit": "财政局"}, "办结期限"),
    (Status.ACCEPTED, StepKind.ASSIGN, {"unit": "财政局", "due_on": ON - timedelta(1)}, "早于"),
    (Status.WORKING, StepKind.ANSWER, {}, "办理结果"),
    (Status.ANSWERED, StepKind.SEND_BACK, {"words": " "}, "原因"),
    (Status.WORKING, StepKind.ESCALATE, {"words": "难", "level": "省级"}, "不能再升级"),
    (Status.WORKING, StepKind.EXTEND, {"words": "雨", "due_on": None}, "办结期限"),
    (Status.VERIFIED, StepKind.CLOSE, {"since": ON + timedelta(1)}, "早于上一环节"),
    (Status.VERIFIED, StepKind.CLOSE, {"today": ON - timedelta(1)}, "还没有到"),
])
def test_what_is_missing_is_said(status: Status, kind: StepKind, more: dict[str, object], word: str) -> None:
    assert word in (refusal(status, kind, on=ON, **more) or "")  # type: ignore[arg-type]


def test_a_complete_step_is_not_refused() -> None:
    assert refusal(Status.ACCEPTED, StepKind.ASSIGN, unit="财政局", due_on=ON, on=ON, since=ON, today=ON) is None


def test_overdue_is_past_the_deadline_and_not_closed() -> None:
    assert (LISTED.overdue, LISTED.days, LISTED.days_late) == (True, -10, 10)
    assert not replace(LISTED, due_on=ON).overdue
    assert not replace(LISTED, status=Status.CLOSED).overdue
    assert replace(LISTED, status=Status.CLOSED, closed_on=date(2023, 6, 11)).age == 10
    counts = count_problems([LISTED, replace(LISTED, status=Status.CLOSED)])
    assert (counts.total, counts.open, counts.closed, counts.overdue) == (2, 1, 1, 1)


@pytest.mark.parametrize(("text", "parts"), [
    ("", []), ("无", []), ("—", []), ("暂无。", []), ("无问题", []),
    ("用地报批尚未完成", ["用地报批尚未完成"]),
    ("1.用地未批；2.资金缺口3.5亿元", ["用地未批", "资金缺口3.5亿元"]),
    ("1、征拆滞后\n2、资金紧张", ["征拆滞后", "资金紧张"]),
    ("（1）征拆滞后；（2）无", ["征拆滞后"]),
    ("①征拆滞后；②资金紧张。", ["征拆滞后", "资金紧张。"]),
    ("一、征拆滞后；二、资金紧张", ["征拆滞后", "资金紧张"]),
])
def test_a_cell_may_name_several_problems(text: str, parts: list[str]) -> None:
    assert split_problems(text) == parts


def test_keys_and_titles_leave_out_what_does_not_count() -> None:
    assert problem_key(" 用地 报批，尚未完成。") == problem_key("用地报批尚未完成")
    assert short_title("高压专线未接入，影响设备调试进度和年内投产的目标实现；已上报") == "高压专线未接入"
    assert len(short_title("长" * 60)) == 24


class AProblem(RuleBasedStateMachine):
    """Any way through the steps keeps the rules."""

    @initialize()
    def begin(self) -> None:
        self.status, self.level = Status.REPORTED, LEVELS[0]
        self.steps = [Step(1, StepKind.REPORT, ON, "甲", "", None)]

    @precondition(lambda self: bool(next_steps(self.status, self.level)))
    @rule(data=st.data())
    def step(self, data: st.DataObject) -> None:
        chosen = data.draw(st.sampled_from(next_steps(self.status, self.level)))
        given_all = refusal(self.status, chosen.kind, level=self.level, unit="财政局", due_on=ON, words="因", on=ON)
        assert given_all is None
        if Need.WORDS in chosen.needs:
            assert refusal(self.status, chosen.kind, level=self.level, unit="财政局", due_on=ON, on=ON) is not None
        if chosen.kind is StepKind.ESCALATE:
            self.level = level_above(self.level) or ""
        self.status = chosen.to
        self.steps.append(Step(len(self.steps) + 1, chosen.kind, ON, "甲", "", None))

    @rule(kind=st.sampled_from(StepKind))
    def what_is_not_allowed_is_refused(self, kind: StepKind) -> None:
        allowed = {r.kind for r in next_steps(self.status, self.level)}
        if kind not in allowed:
            assert refusal(self.status, kind, level=self.level, unit="x", due_on=ON, words="x", on=ON) is not None

    @invariant()
    def the_steps_alone_tell_where_it_stands(self) -> None:
        if hasattr(self, "steps"):
            assert replay(self.steps) is self.status
            assert self.level in LEVELS
            assert next_steps(self.status, self.level)


TestAProblem = AProblem.TestCase
TestAProblem.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)


@given(st.text(alphabet="征拆资金用地，。；1234567890.、 \n（）", max_size=60))
def test_taking_a_cell_apart_loses_no_words(text: str) -> None:
    kept = "".join(split_problems(text))
    assert {c for c in kept if c.isalpha()} <= {c for c in text if c.isalpha()}
