"""倒排工期: steps reckoned back from the deadline."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hydesk.domain.backward import MOST_STEPS, BackwardStep, StepState, schedule_back, step_faults
from hydesk.domain.problems import Status

BEGIN = date(2023, 6, 1)


def test_the_deadline_stands_and_the_steps_before_it_are_reckoned_back() -> None:
    found = schedule_back(BEGIN, date(2023, 7, 1), date(2023, 6, 10), Status.ASSIGNED)
    assert [s.words for s in found] == ["■ 6月7日前制定措施", "◇ 6月19日前落实过半", "◇ 6月28日前办结反馈", "◇ 7月1日前核实销号"]
    assert schedule_back(BEGIN, date(2023, 7, 1), date(2023, 6, 10), Status.WORKING)[0].state is StepState.DONE


@given(st.integers(-40, 400), st.sampled_from(list(Status)))
def test_steps_never_leave_the_time_there_is_and_never_fall_together(days: int, status: Status) -> None:
    due = BEGIN + timedelta(days=days)
    found = schedule_back(BEGIN, due, BEGIN, status)
    assert found[-1].by == due
    assert all(a.by < b.by for a, b in pairwise(found))
    assert all(s.by > BEGIN for s in found[:-1])


def _steps(*shares: int) -> list[BackwardStep]:
    return [BackwardStep(f"第{i}步", share, Status.WORKING) for i, share in enumerate(shares, 1)]


@pytest.mark.parametrize("shares", [(50, 100), (1, 2, 3, 4, 5, 100), (99, 100)])
def test_two_to_six_steps_of_growing_shares_that_end_at_the_deadline_are_sound(shares: tuple[int, ...]) -> None:
    assert step_faults(_steps(*shares)) == []
    assert MOST_STEPS == 6


@pytest.mark.parametrize(("shares", "said"), [
    ((100,), "要有 2 到 6 步"), ((1, 2, 3, 4, 5, 6, 100), "要有 2 到 6 步"), ((0, 100), "应在 1 到 100 之间"), ((50, 101), "应在 1 到 100 之间"),
    ((50, 50, 100), "一步比一步大"), ((60, 50, 100), "一步比一步大"), ((50, 99), "最后一步的占比应是 100")])
def test_each_fault_of_the_shares_is_said_alone(shares: tuple[int, ...], said: str) -> None:
    (fault,) = step_faults(_steps(*shares))
    assert said in fault


def test_every_step_needs_a_name_of_its_own() -> None:
    one, two = _steps(50, 100)
    assert step_faults([one, BackwardStep("  ", 100, Status.CLOSED)]) == ["每一步都要有名称"]
    assert step_faults([one, BackwardStep(one.name, 100, Status.CLOSED)]) == ["“第1步”写了两次，请改一个名称"]
    assert step_faults([one, two]) == []


def test_the_day_itself_is_not_late_and_the_one_before_is() -> None:
    due = date(2023, 6, 11)
    assert [s.state for s in schedule_back(BEGIN, due, date(2023, 6, 6), Status.ASSIGNED, _steps(50, 100))] == [StepState.AHEAD, StepState.AHEAD]
    assert [s.state for s in schedule_back(BEGIN, due, date(2023, 6, 7), Status.ASSIGNED, _steps(50, 100))] == [StepState.LATE, StepState.AHEAD]
    assert [s.by.day for s in schedule_back(BEGIN, due, due, Status.ASSIGNED, _steps(10, 50, 100))] == [2, 6, 11]
    assert [s.by.day for s in schedule_back(BEGIN, due, due, Status.ASSIGNED, _steps(1, 50, 100))] == [6, 11]
