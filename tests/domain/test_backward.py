"""倒排工期: steps reckoned back from the deadline."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hydesk.domain.backward import StepState, schedule_back
from hydesk.domain.problems import Status

BEGIN = date(2023, 6, 1)


def test_the_deadline_stands_and_the_steps_before_it_are_reckoned_back() -> None:
    found = schedule_back(BEGIN, date(2023, 7, 1), date(2023, 6, 10), Status.ASSIGNED)
    assert [s.words for s in found] == ["■ 6月7日前制定措施", "○ 6月19日前落实过半", "○ 6月28日前办结反馈", "○ 7月1日前核实销号"]
    assert schedule_back(BEGIN, date(2023, 7, 1), date(2023, 6, 10), Status.WORKING)[0].state is StepState.DONE


@given(st.integers(-40, 400), st.sampled_from(list(Status)))
def test_steps_never_leave_the_time_there_is_and_never_fall_together(days: int, status: Status) -> None:
    due = BEGIN + timedelta(days=days)
    found = schedule_back(BEGIN, due, BEGIN, status)
    assert found[-1].by == due
    assert all(a.by < b.by for a, b in pairwise(found))
    assert all(s.by > BEGIN for s in found[:-1])
