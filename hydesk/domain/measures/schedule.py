"""完成序时: what was done against what the plans by month had for the day, and which of the two judges (docs/rules.md §13)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import Enum

from hydesk.dataclass import dataclass
from hydesk.domain.measures.measured import AsOf, Cover, Measured, measured
from hydesk.domain.measures.yardstick import Pace, elapsed
from hydesk.domain.money import Yuan
from hydesk.domain.month_plan import planned_by
from hydesk.domain.standing import ProjectStanding

ENOUGH = Decimal("0.9")
"""What part of the plan must have plans by month for those to judge by themselves."""


class JudgedBy(Enum):
    """What judges projects."""

    AUTO = "auto"
    """Plans by month where nine tenths of the year's plan have such, else 时间进度."""
    TIME = "time"
    SCHEDULE = "schedule"
    """Plans by month wherever a project has one."""


def judges_by_schedule(by: JudgedBy, share: Decimal | None) -> bool:
    """Whether plans by month judge where ``share`` of the list's plan has such."""
    if by is not JudgedBy.AUTO:
        return by is JudgedBy.SCHEDULE
    return share is not None and share >= ENOUGH


@dataclass(frozen=True, slots=True)
class Schedule:
    """What some projects were to have done by ``at`` and what they have done, yuan; ``told`` of ``whole`` projects have a
    plan by month, the others count with 年度计划 × 时间进度."""

    at: AsOf
    planned: Decimal
    done: Yuan | None
    told: int
    whole: int

    @property
    def rate(self) -> Decimal | None:
        """完成序时 = done ÷ planned to date; None where nothing was planned yet, nothing is known, or nobody has a plan by
        month."""
        return Decimal(self.done) / self.planned if self.done is not None and self.planned and self.told else None

    def measured(self) -> Measured:
        """The rate with its date and how many projects have such a plan."""
        note = "" if self.told == self.whole else f"{self.told}／{self.whole}个项目有序时计划，其余按时间进度"
        return measured("schedule_rate", self.rate, self.at, Cover(self.told, self.whole), note)


def schedule_of(standings: Sequence[ProjectStanding], at: AsOf, pace: Pace = Pace.BY_DAY) -> Schedule:
    """完成序时 of ``standings``, all set against ``at``, the date of the sums that are shown."""
    time = elapsed(at, pace)
    done = [p.year_investment for p in standings if p.year_investment is not None]
    planned = planned_by(((p.month_plan, p.annual_plan, time) for p in standings), at.day)
    return Schedule(at, planned, sum(done) if done else None, sum(p.month_plan is not None for p in standings), len(standings))
