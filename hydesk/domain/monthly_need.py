"""How much a month still takes to meet the year's plan."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from hydesk.domain.money import Yuan
from hydesk.domain.periods import months_ended


@dataclass(frozen=True, slots=True)
class MonthlyNeed:
    """What is still missing of a year's plan, yuan; ``months`` is how many of the year have not ended, 0 to 12.

    ``each`` is what every one of them must bring, rounded up to whole yuan so that the plan is met; None where no
    month is left. ``pace`` is the mean of the months so far, a month that runs counted by its days.
    """

    missing: Yuan
    months: int
    each: Yuan | None
    pace: Yuan


def monthly_need(plan: Yuan | None, done: Yuan | None, on: date) -> MonthlyNeed | None:
    """What is needed after ``on``, the day as of which ``done`` holds, to meet ``plan``; None without a plan.

    What is not reported counts as nothing.
    """
    if not plan:
        return None
    ended = months_ended(on)
    missing, left = max(0, plan - (done or 0)), 12 - ended
    each = -(-missing // left) if left else None
    running = 0 if ended == on.month else on.day
    days = calendar.monthrange(on.year, on.month)[1]
    return MonthlyNeed(missing, left, each, (done or 0) * days // (ended * days + running))
