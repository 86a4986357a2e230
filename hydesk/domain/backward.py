"""倒排工期: from a deadline back to today, by when each step of solving a problem must be done.

The shares of the time are our decision; the office's document asks only that the schedule be reversed from the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from hydesk.domain.problems import Status


@dataclass(frozen=True, slots=True)
class BackwardStep:
    """A step, at which share of the time between handing out and deadline it is done, and from which state on it is."""

    name: str
    share: int
    """Percent."""
    done_from: Status


STEPS = (
    BackwardStep("制定措施", 20, Status.WORKING), BackwardStep("落实过半", 60, Status.ANSWERED),
    BackwardStep("办结反馈", 90, Status.ANSWERED), BackwardStep("核实销号", 100, Status.CLOSED),
)


class StepState(Enum):
    """How a step of the schedule stands, each with its shape."""

    DONE = "●"
    AHEAD = "○"
    LATE = "■"


@dataclass(frozen=True, slots=True)
class ScheduledStep:
    """A step with its last day."""

    name: str
    by: date
    state: StepState

    @property
    def words(self) -> str:
        """○ 6月12日前 制定措施."""
        return f"{self.state.value} {self.by.month}月{self.by.day}日前{self.name}"


_ORDER = (Status.REPORTED, Status.SENT_BACK, Status.ACCEPTED, Status.ASSIGNED, Status.WORKING, Status.ANSWERED,
          Status.VERIFIED, Status.CLOSED)


def schedule_back(begin: date, due: date, on: date, status: Status, steps: Sequence[BackwardStep] = STEPS) -> tuple[ScheduledStep, ...]:
    """The steps between ``begin`` and ``due``, reckoned back from ``due``; the time left counts in whole days.

    Where the days are too few for every step to have its own, earlier steps fall together on one day and only the
    last of them is named. A deadline before the beginning leaves the last step alone.
    """
    span = max(0, (due - begin).days)
    made: list[ScheduledStep] = []
    for step in reversed(steps):
        by = due - timedelta(days=round(span * (100 - step.share) / 100))
        if made and by >= made[-1].by:
            by = made[-1].by - timedelta(days=1)
        if made and by <= begin:
            break
        done = _ORDER.index(status) >= _ORDER.index(step.done_from)
        made.append(ScheduledStep(step.name, by, StepState.DONE if done else StepState.LATE if by < on else StepState.AHEAD))
    return tuple(reversed(made))
