"""序时计划: a year's plan of a project by month or quarter, and how far it should be on a day (docs/rules.md §13).

Amounts are whole yuan of each month. A plan by quarter is kept by month too, each quarter spread evenly over its three.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum

from hydesk.dataclass import dataclass
from hydesk.domain.errors import HydeskError
from hydesk.domain.lists import divide
from hydesk.domain.money import Yuan

MONTHS, QUARTERS = 12, 4
_PER_QUARTER = MONTHS // QUARTERS
SEASON: tuple[int, ...] = (45, 35, 80, 80, 85, 95, 80, 80, 90, 85, 105, 140)
"""What of a thousand a usual year does in each month: slow after new year, the most before its end (docs/rules.md §10.3)."""


class PlanStep(Enum):
    """What a plan was given by."""

    MONTH = "m"
    QUARTER = "q"

    @property
    def label(self) -> str:
        """按月, 按季."""
        return {"m": "按月", "q": "按季"}[self.value]


@dataclass(frozen=True, slots=True)
class MonthPlan:
    """What is to be done in each month of the year, yuan, none below nothing; ``step`` is what it was given by."""

    amounts: tuple[Yuan, ...]
    step: PlanStep = PlanStep.MONTH

    def __post_init__(self) -> None:
        if len(self.amounts) != MONTHS or any(a < 0 for a in self.amounts):
            raise ValueError("twelve amounts, none below nothing")

    @property
    def total(self) -> Yuan:
        """The year's sum."""
        return sum(self.amounts)

    @property
    def quarters(self) -> tuple[Yuan, ...]:
        """What is to be done in each quarter."""
        return tuple(sum(self.amounts[q * _PER_QUARTER:(q + 1) * _PER_QUARTER]) for q in range(QUARTERS))

    def by(self, day: date) -> Decimal:
        """What is to be done from the year's beginning to ``day``, the running month by its days; exact yuan."""
        last = calendar.monthrange(day.year, day.month)[1]
        return sum(self.amounts[:day.month - 1]) + Decimal(self.amounts[day.month - 1]) * day.day / last

    @property
    def written(self) -> str:
        """As the ledger keeps it: m:1000000,0,…"""
        return f"{self.step.value}:{','.join(map(str, self.amounts))}"

    @classmethod
    def read(cls, text: str | None) -> MonthPlan | None:
        """The plan that ``written`` wrote; None where there is none, or words that no plan is."""
        step, _, amounts = (text or "").partition(":")
        try:
            return cls(tuple(map(int, amounts.split(","))), PlanStep(step))
        except ValueError:
            return None


def by_quarter(quarters: Sequence[Yuan]) -> MonthPlan:
    """A plan given by quarter, each spread evenly over its months."""
    if len(quarters) != QUARTERS:
        raise HydeskError("按季的序时计划要有四个数")
    return MonthPlan(tuple(a for q in quarters for a in spread_by(q, (1,) * _PER_QUARTER)), PlanStep.QUARTER)


def spread_by(amount: Yuan, weights: Sequence[Decimal | int]) -> tuple[Yuan, ...]:
    """``amount`` over some months in proportion to ``weights``, in whole yuan that add up to it exactly.

    The sums to date are rounded, not the months, so that no month is more than a yuan away from its share. All weights
    nothing: the last month has all of it.
    """
    whole = sum(map(Decimal, weights))
    parts: list[Yuan] = []
    so_far, given = Decimal(0), 0
    for index, weight in enumerate(weights):
        so_far += weight
        last = index == len(weights) - 1
        upto = amount if last or not whole else int(Decimal(amount) * so_far / whole)
        upto = upto if whole or last else 0
        parts.append(upto - given)
        given = upto
    return tuple(parts)


class Spreading(Enum):
    """Ways of spreading a year's plan over its months."""

    EVEN = "even"
    SEASON = "season"
    LAST_YEAR = "last_year"

    @property
    def label(self) -> str:
        """平均, 按季节, 按上年."""
        return {"even": "平均", "season": "按季节", "last_year": "按上年"}[self.value]


def spread_plan(
    amount: Yuan, way: Spreading, last_year: Sequence[Yuan] = (), first: int = 1, last: int = MONTHS, done: Yuan = 0
) -> MonthPlan | None:
    """``amount`` spread over the months ``first`` to ``last``; None where the way does not tell how.

    ``last_year`` is what was done in each month of it (or was planned). With ``done`` the first month begins with what
    has been done before it, so that only the rest is spread.
    """
    weights: list[Decimal | int]
    if way is Spreading.LAST_YEAR:
        if len(last_year) != MONTHS or sum(last_year[first - 1:last]) <= 0:
            return None
        weights = [max(0, a) for a in last_year[first - 1:last]]
    else:
        weights = [1 if way is Spreading.EVEN else SEASON[m] for m in range(first - 1, last)]
    rest = spread_by(max(0, amount - done), weights)
    amounts = [0] * MONTHS
    amounts[first - 1:last] = rest
    if first > 1:
        amounts[:first - 1] = spread_by(min(done, amount), (1,) * (first - 1))
    else:
        amounts[0] += min(done, amount)
    return MonthPlan(tuple(amounts))


def planned_by(plans: Iterable[tuple[MonthPlan | None, Yuan | None, Decimal]], day: date) -> Decimal:
    """What several projects are to have done by ``day``: each by its plan by month, one without by its year's plan times
    时间进度, the third of each."""
    return sum((p.by(day) if p is not None else (plan or 0) * time for p, plan, time in plans), Decimal(0))


def difference(plan: MonthPlan, annual: Yuan | None) -> Yuan:
    """What the months make more (or, below nothing, less) than the year's plan."""
    return plan.total - (annual or 0)


def summed(plans: Sequence[tuple[MonthPlan | None, Yuan | None]]) -> MonthPlan | None:
    """The plan by month of one project that several became: each with its own plan by month, or its year's plan spread
    evenly, as it is judged without one. None where none has a plan by month."""
    if not any(own is not None for own, _ in plans):
        return None
    each = [own or MonthPlan(spread_by(annual or 0, (1,) * MONTHS), PlanStep.QUARTER) for own, annual in plans]
    step = PlanStep.QUARTER if all(p.step is PlanStep.QUARTER for p in each) else PlanStep.MONTH
    return MonthPlan(tuple(map(sum, zip(*(p.amounts for p in each), strict=True))), step)


def shared(plan: MonthPlan, weights: Sequence[Yuan]) -> list[MonthPlan]:
    """The plans by month of several projects that one became, in proportion to their year's plans; of each month nothing
    is lost."""
    months = [divide(amount, weights) for amount in plan.amounts]
    return [MonthPlan(tuple(month[at] for month in months), plan.step) for at in range(len(weights))]
