"""How nodes stand on a day, how far they slipped, and what may be written."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hydesk.domain.dates import LooseDate
from hydesk.domain.milestones import (
    BaselineMove,
    Milestones,
    NodeDates,
    NodeState,
    ProjectNodes,
    StandardNode,
    day_of,
    earliest,
    is_slip,
    shift,
    shift_months,
)
from hydesk.domain.node_refusals import doubts, refusal
from hydesk.domain.periods import Period

ON = date(2023, 6, 30)
START, FINISH = StandardNode("开工", "落地开工"), StandardNode("竣工", "竣工达产")
PERMIT, OTHER = StandardNode("立项", "招商引资"), StandardNode("用地", "招商引资")
ENTERED = StandardNode("入统", "竣工达产")
ORDER = (PERMIT, OTHER, START, FINISH, ENTERED)
days = st.dates(date(2015, 1, 1), date(2035, 12, 31))


def on(month: int, day: int, year: int = 2023) -> LooseDate:
    return LooseDate(date(year, month, day))


@pytest.mark.parametrize(("dates", "state", "left", "slip"), [
    (NodeDates(), NodeState.UNDATED, None, None),
    (NodeDates(on(6, 29)), NodeState.OVERDUE, -1, 1),
    (NodeDates(on(6, 30)), NodeState.DUE, 0, 0),
    (NodeDates(on(6, 1), on(7, 20)), NodeState.OVERDUE, -29, 49),
    (NodeDates(on(7, 20), on(9, 1)), NodeState.AHEAD, 63, 43),
    (NodeDates(on(7, 30)), NodeState.DUE, 30, 0),
    (NodeDates(on(7, 31)), NodeState.AHEAD, 31, 0),
    (NodeDates(on(6, 1), actual=on(6, 11)), NodeState.DONE, None, 10),
    (NodeDates(on(6, 1), actual=on(5, 30)), NodeState.DONE, None, -2),
    (NodeDates(LooseDate.of_month(2023, 6), actual=on(6, 11)), NodeState.DONE, None, 0),
    (NodeDates(LooseDate.of_month(2023, 6)), NodeState.DUE, 0, 0),
    (NodeDates(on(7, 20), actual=on(7, 1)), NodeState.DUE, 20, 0),
])
def test_a_node_is_judged_by_its_baseline_and_its_last_possible_day(
        dates: NodeDates, state: NodeState, left: int | None, slip: int | None) -> None:
    assert (dates.state(ON), dates.days_left(ON), dates.slip(ON)) == (state, left, slip)


def test_a_forecast_does_not_hide_that_a_node_is_overdue() -> None:
    assert NodeDates(on(6, 1), on(12, 1)).state(ON) is NodeState.OVERDUE


def test_a_slip_counts_from_the_first_baseline() -> None:
    moved = NodeDates(on(9, 1), moves=(BaselineMove(ON, "甲", on(8, 1), on(9, 1), "雨季"),))
    assert moved.slip(ON) == 31
    assert moved.moves[0].days == 31


def test_an_actual_date_to_come_is_refused_and_a_begun_month_is_not() -> None:
    assert "还没有到" in (refusal(START, "actual", None, on(7, 1), ON, "") or "")
    assert refusal(START, "actual", None, LooseDate.of_month(2023, 6), date(2023, 6, 3), "") is None
    assert refusal(START, "forecast", None, on(7, 1), ON, "") is None


def test_a_baseline_moved_later_needs_a_reason() -> None:
    assert "原因" in (refusal(START, "baseline", on(6, 1), on(8, 1), ON, " ") or "")
    assert refusal(START, "baseline", on(6, 1), on(8, 1), ON, "雨季") is None
    assert refusal(START, "baseline", on(8, 1), on(6, 1), ON, "") is None
    assert not is_slip(LooseDate.of_month(2023, 6), on(6, 20))


def test_order_is_doubted_but_not_among_permits() -> None:
    wrong = {"开工": NodeDates(actual=on(5, 1)), "竣工": NodeDates(actual=on(4, 1))}
    assert [f.code for f in doubts(wrong, ORDER, ON)] == ["node_order_actual"]
    permits = {"立项": NodeDates(actual=on(5, 1)), "用地": NodeDates(actual=on(4, 1))}
    assert doubts(permits, ORDER, ON) == []
    early = {"开工": NodeDates(actual=on(5, 1)), "竣工": NodeDates(on(12, 1)), "入统": NodeDates(actual=on(4, 1))}
    assert "入统" in doubts(early, ORDER, ON)[0].message
    assert [f.code for f in doubts({"竣工": NodeDates(actual=on(4, 1))}, ORDER, ON)] == ["node_without_start"]
    assert [f.code for f in doubts({"开工": NodeDates(on(8, 1), on(6, 1))}, ORDER, ON)] == ["forecast_past"]


def test_lists_are_made_of_what_is_overdue_and_due() -> None:
    p = ProjectNodes(1, "HY1", "甲", "衡南县", "", "", "", {
        "立项": NodeDates(on(6, 1)), "用地": NodeDates(on(7, 5)), "开工": NodeDates(on(8, 15)), "竣工": NodeDates(on(12, 1))})
    m = Milestones(ON, ORDER, (p,))
    assert [x.node.name for x in m.overdue()] == ["立项"]
    assert [[x.node.name for x in m.due(d)] for d in (7, 30, 60)] == [["用地"], ["用地"], ["用地", "开工"]]
    assert [(x.node.name, x.days, x.days_late) for x in m.listed()] == [("立项", -29, 29), ("用地", 5, 0), ("开工", 46, 0), ("竣工", 154, 0)]


def test_lists_begin_with_what_is_longest_overdue_or_nearest_and_then_go_by_project() -> None:
    some = [ProjectNodes(n, f"HY{n}", "甲", "衡南县", "", "", "", {"立项": NodeDates(on(6, early)), "用地": NodeDates(on(7, late)), "开工": NodeDates(actual=on(6, 1)), "竣工": NodeDates()})
            for n, early, late in ((3, 10, 6), (2, 1, 1), (1, 10, 2), (4, 29, 1))]
    m = Milestones(ON, ORDER, (*some, ProjectNodes(5, "HY5", "乙", "衡南县", "", "", "", {"立项": NodeDates(on(6, 30))})))
    assert [(x.project.project_id, x.days_late) for x in m.overdue()] == [(2, 29), (1, 20), (3, 20), (4, 1)]
    assert [(x.project.project_id, x.days) for x in m.due(7)] == [(5, 0), (2, 1), (4, 1), (1, 2), (3, 6)]
    assert {(x.state, x.days_late) for x in m.listed() if x.days is None} == {(NodeState.DONE, 0), (NodeState.UNDATED, 0)}


def test_the_desk_looks_back_at_what_ended_long_ago() -> None:
    may = Period.month(2023, 5)
    assert day_of(may, date(2023, 6, 20)) == date(2023, 6, 20)
    assert day_of(may, date(2023, 12, 1)) == date(2023, 5, 31)
    assert day_of(ON, date(2030, 1, 1)) == ON


@given(days, st.integers(-900, 900))
def test_a_shifted_day_comes_back(day: date, by: int) -> None:
    assert shift(shift(LooseDate(day), by), -by) == LooseDate(day)


@given(days, st.integers(-40, 40))
def test_shifting_keeps_how_exactly_a_date_was_given(day: date, months: int) -> None:
    for value in (LooseDate(day), LooseDate.of_month(day.year, day.month), LooseDate.of_year(day.year)):
        moved = shift_months(value, months)
        assert moved.precision is value.precision
        assert earliest(moved) <= moved.day
    month = LooseDate.of_month(day.year, day.month)
    assert shift_months(shift_months(month, months), -months) == month
