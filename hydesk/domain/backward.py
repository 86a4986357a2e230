"""倒排工期: from a deadline back to today, by when each step of solving a problem must be done.

The office's document asks only that the schedule be reversed from the end; the shares of the time are a setting, these
its beginning.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import Enum
from itertools import pairwise

from hydesk.dataclass import dataclass
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


MOST_STEPS = 6
DONE_FROM = (Status.ACCEPTED, Status.ASSIGNED, Status.WORKING, Status.ANSWERED, Status.VERIFIED, Status.CLOSED)
"""The states from which on a step can count as done."""


def step_faults(steps: Sequence[BackwardStep]) -> list[str]:
    """What is wrong with the steps of a schedule, in sentences; empty when it can be reckoned by them."""
    if not 2 <= len(steps) <= MOST_STEPS:
        return [f"倒排工期要有 2 到 {MOST_STEPS} 步"]
    faults = ["每一步都要有名称"] if any(not s.name.strip() for s in steps) else []
    names = [s.name for s in steps]
    faults += [f"“{n}”写了两次，请改一个名称" for n in sorted({n for n in names if n and names.count(n) > 1})]
    shares = [s.share for s in steps]
    if any(not 1 <= s <= 100 for s in shares):
        faults.append("占比应在 1 到 100 之间")
    elif any(a >= b for a, b in pairwise(shares)):
        faults.append("占比应一步比一步大：是从交办起算、到这一步完成时用去的时间")
    elif shares[-1] != 100:
        faults.append("最后一步的占比应是 100，就是办结期限那天")
    return faults


class StepState(Enum):
    """How a step of the schedule stands; its shapes are those of nodes."""

    DONE = "●"
    AHEAD = "◇"
    LATE = "■"


@dataclass(frozen=True, slots=True)
class ScheduledStep:
    """A step with its last day."""

    name: str
    by: date
    state: StepState

    @property
    def words(self) -> str:
        """◇ 6月12日前 制定措施."""
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
