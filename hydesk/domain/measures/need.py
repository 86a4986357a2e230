"""What the year still takes, and where it will end at the pace so far: from the data date on (docs/rules.md §3.6)."""

from __future__ import annotations

import calendar
from datetime import date
from decimal import Decimal

from hydesk.dataclass import dataclass
from hydesk.domain.measures.measured import AsOf
from hydesk.domain.money import Yuan, round_half_up, settled, spread
from hydesk.domain.periods import months_ended

MONTHS = 12


@dataclass(frozen=True, slots=True)
class MonthlyNeed:
    """What is still missing of a year's plan, yuan, as of ``at``; ``months`` is how many have not ended, 0 to 12.

    ``each`` is what every one of them must bring, rounded up to whole yuan so that the plan is met; None where no
    month is left. ``pace`` is the mean of the months so far, a month that runs counted by its days, to the nearest yuan.
    """

    at: AsOf
    missing: Yuan
    months: int
    each: Yuan | None
    pace: Yuan


def months_left(at: AsOf) -> int:
    """Whole months of the year after ``at``, 0 to 12: a month begun is left as long as it has not ended."""
    return MONTHS - months_ended(at.day)


def months_gone(on: date) -> Decimal:
    """Months of the year that have passed by ``on``, the one that runs by its days; above 0."""
    ended = months_ended(on)
    running = Decimal(0) if ended == on.month else Decimal(on.day) / calendar.monthrange(on.year, on.month)[1]
    return ended + running


def monthly_need(plan: Yuan | None, done: Yuan | None, at: AsOf | None) -> MonthlyNeed | None:
    """What is needed after ``at``, as of which ``done`` holds, to meet ``plan``; None without a plan or any figure."""
    if not plan or at is None or done is None:
        return None
    missing, left = max(0, plan - done), months_left(at)
    return MonthlyNeed(at, missing, left, spread(missing, left) if left else None, _per(done, months_gone(at.day)))


def forecast(done: Yuan | None, at: AsOf | None, month: int = MONTHS) -> Yuan | None:
    """The sum at the end of ``month``, the year's end unless another is asked for, at the pace of the months that had
    passed at ``at``; to the nearest yuan, None without figures."""
    if done is None or at is None:
        return None
    return _per(done * month, months_gone(at.day))


def _per(amount: Yuan, months: Decimal) -> Yuan:
    return int(round_half_up(settled(amount / months), 0))
