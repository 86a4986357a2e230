"""When returns are due (报送期限): a rule for all periods, and single periods that the office has set otherwise."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Any

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.kept import like
from hydesk.domain.periods import Period
from hydesk.services.acts.writing import writing
from hydesk.services.rules.settings import get_setting, set_setting

DEADLINE = "deadline"
"""Before a period (deadline/2023-06): the day that this one period is due, 2023-07-05."""
DEADLINE_RULE = "deadline_rule"
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """A month is due on day ``month_day`` of the next month (its last day where it is shorter); a week on
    ``week_day`` (1 = Monday), of the week itself or of the one after (``week_next``)."""

    month_day: int = 5
    week_day: int = 5
    week_next: bool = False

    @property
    def possible(self) -> bool:
        """Whether months and weeks have such days."""
        return 1 <= self.month_day <= 31 and 1 <= self.week_day <= 7

    @property
    def label(self) -> str:
        """As the settings say it."""
        return f"月报次月{self.month_day}日前；周报{'次周' if self.week_next else '当周'}周{WEEKDAYS[self.week_day - 1]}前"

    def due(self, period: Period) -> date:
        """The last day on which a return for ``period`` is in time."""
        if not period.is_month:
            return period.start + timedelta(days=self.week_day - 1 + (7 if self.week_next else 0))
        following = period.end + timedelta(days=1)
        return following.replace(day=min(self.month_day, calendar.monthrange(following.year, following.month)[1]))


def deadline(ledger: Ledger, period: Period) -> date:
    """The last day on which a return for ``period`` is in time."""
    return own_deadline(ledger, period) or deadline_rule(ledger).due(period)


def own_deadline(ledger: Ledger, period: Period) -> date | None:
    """The day set for this one period; None where the rule holds."""
    return get_setting(ledger, f"{DEADLINE}/{period}", None, date.fromisoformat)  # type: ignore[no-any-return]


@writing
def set_deadline(ledger: Ledger, period: Period, day: date | None, actor: Actor | None = None) -> None:
    """Returns for ``period`` are due on ``day``; None: as the rule says. Raises HydeskError for a day before it began."""
    if day is not None and day < period.start:
        raise HydeskError(f"{period.label}的报送期限不能早于{period.start:%Y-%m-%d}，请重填")
    said = f"改为{day.year}年{day.month}月{day.day}日" if day is not None else "恢复为通常期限"
    set_setting(ledger, f"{DEADLINE}/{period}", day.isoformat() if day is not None else None,
                f"{period.label}报送期限{said}", actor)


def deadline_rule(ledger: Ledger) -> DeadlineRule:
    """The rule for all periods."""
    return get_setting(ledger, DEADLINE_RULE, DeadlineRule(), _read_rule)  # type: ignore[no-any-return]


def _read_rule(kept: Any) -> DeadlineRule:
    rule = like(DeadlineRule(), kept)
    if not rule.possible:
        raise ValueError("no such day")
    return rule


@writing
def set_deadline_rule(ledger: Ledger, rule: DeadlineRule, actor: Actor | None = None) -> None:
    """Use ``rule`` from now on. Raises HydeskError for a day that no month or week has."""
    if not rule.possible:
        raise HydeskError("报送期限应是每月 1 至 31 日、周一至周日之间的一天")
    set_setting(ledger, DEADLINE_RULE, {
        "month_day": rule.month_day, "week_day": rule.week_day, "week_next": rule.week_next}, "修改报送期限", actor)
