"""How much a month still takes to meet the year's plan."""

from __future__ import annotations

from dataclasses import dataclass

from hydesk.domain.money import Yuan
from hydesk.domain.periods import Period


@dataclass(frozen=True, slots=True)
class MonthlyNeed:
    """What is still missing of a year's plan, yuan; ``months`` is how many are left of the year.

    ``each`` is what every one of them must bring, rounded up to whole yuan so that the plan is met; None where no
    month is left. ``pace`` is the mean of the months so far.
    """

    missing: Yuan
    months: int
    each: Yuan | None
    pace: Yuan


def monthly_need(plan: Yuan | None, done: Yuan | None, as_of: Period) -> MonthlyNeed | None:
    """What is needed after ``as_of`` to meet ``plan``; None without a plan. What is not reported counts as nothing."""
    if not plan:
        return None
    month = as_of.last_month.number if as_of.last_month.year == as_of.year else 0
    missing, left = max(0, plan - (done or 0)), 12 - month
    each = -(-missing // left) if left else None
    return MonthlyNeed(missing, left, each, (done or 0) // month if month else 0)
