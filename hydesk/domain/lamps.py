"""Lamps: what a project's progress means under the office's rule, and why (docs/rules.md §4.2).

``lamp`` judges a sum or the amounts of a project at a 时间进度; ``measures.yardstick`` judges projects, each at its own date.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from enum import Enum

from hydesk.dataclass import dataclass
from hydesk.domain.meaning import Meaning
from hydesk.domain.measures.starts import overdue_start
from hydesk.domain.money import Yuan, format_percent, format_points, points_between, rate, settled
from hydesk.domain.standing import ProjectStanding


class LampMode(Enum):
    """How lamps compare: by points behind 时间进度, or by the ratio of done to the amount expected by now."""

    POINTS = "points"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class LampRule:
    """The rule set the office edits. Points and ratios are decimals (0.10 = 10 points or 10 %).

    The last three make a project 滞后 at least, whatever its amounts say; None switches one off.
    """

    mode: LampMode = LampMode.POINTS
    lagging: Decimal = Decimal("0.10")
    """Behind by at least this many points (points mode), or below this ratio of the expected amount."""
    serious: Decimal = Decimal("0.30")
    """Behind by more than this many points, or below this ratio."""
    ahead: Decimal = Decimal("0")
    """Ahead by more than this many points (points mode only; in ratio mode above 100 % of the expected)."""
    start_delay: int | None = None
    """Days past the planned start without works having begun."""
    statistics_months: int | None = None
    """Whole months since works began without any 入统 figure of the year."""
    problem_delay: int | None = None
    """Days past the deadline of an open problem."""

    @property
    def sentence(self) -> str:
        """The rule in words, printed with every table that uses it."""
        return rule_in_words(self)

    @property
    def ordered(self) -> bool:
        """Whether 严重滞后 is the stricter of the two limits."""
        return self.lagging <= self.serious if self.mode is LampMode.POINTS else self.lagging >= self.serious


def rule_in_words(rule: LampRule) -> str:
    """All of ``rule`` in one Chinese sentence without its full stop."""
    low, lower = _pct(rule.lagging), _pct(rule.serious)
    if rule.mode is LampMode.POINTS:
        words = (f"年度投资完成率比时间进度低{low}至{lower}个百分点（均含本数）的为滞后，"
                 f"低{lower}个百分点以上（不含本数）的为严重滞后")
        if rule.ahead:
            words += f"，高{_pct(rule.ahead)}个百分点以上（不含本数）的为超前"
    else:
        words = f"完成投资低于时序应完成额{low}%的为滞后，低于{lower}%的为严重滞后"
    more = [text.format(days) for days, text in (
        (rule.start_delay, "计划开工时间已过{}天仍未开工的"), (rule.statistics_months, "开工满{}个月仍未入统的"),
        (rule.problem_delay, "有问题超过办结期限{}天仍未销号的")) if days is not None]
    return words + (f"；{'、'.join(more)}，至少判为滞后" if more else "")


def _pct(value: Decimal) -> str:
    return f"{(value * 100).normalize():f}"


@dataclass(frozen=True, slots=True)
class Lamp:
    """A meaning and why it was given, each reason one sentence with its figures.

    ``by_hand``: a person said so, whatever the rule says (人工判定); ``by_rule`` is then what the rule says.
    """

    meaning: Meaning
    reasons: tuple[str, ...]
    by_hand: bool = False
    by_rule: Meaning | None = None
    last: Lamp | None = None
    """Of one that is 未报: what its last figures meant at their own date, ``last_date``."""
    last_date: date | None = None

    @property
    def reason(self) -> str:
        """All reasons in one line."""
        return "；".join(self.reasons)

    @property
    def word(self) -> str:
        """滞后, or 滞后（人工） where a person judged."""
        return self.meaning.label + ("（人工）" if self.by_hand else "")

    @property
    def label(self) -> str:
        """Shape and word, as screens show it."""
        return f"{self.meaning.mark} {self.word}"


def lamp(
    done: Yuan | None, plan: Yuan | None, time_progress: Decimal, rule: LampRule | None = None, against: str = "时间进度"
) -> Lamp:
    """How ``done`` of ``plan`` stands at ``time_progress``: for sums of projects, and the first part of a project's.

    ``against`` says what that share is where it is not 时间进度 but that of a plan by month (docs/rules.md §13.3).
    """
    rule = rule or LampRule()
    r = rate(done, plan)
    if r is None:
        return Lamp(Meaning.NO_DATA, ("没有年度计划" if not plan else "尚无完成数",))
    gap = settled(r - time_progress)
    if rule.mode is LampMode.POINTS:
        way, apart = ("超" if gap >= 0 else "欠"), points_between(r, time_progress) or Decimal(0)
        reasons = (f"完成率{format_percent(r)}，{way}{against}{format_points(abs(apart))}个百分点",)
        if -gap > rule.serious:
            return Lamp(Meaning.SERIOUSLY_LAGGING, reasons)
        if -gap >= rule.lagging:
            return Lamp(Meaning.LAGGING, reasons)
        return Lamp(Meaning.AHEAD if gap > rule.ahead else Meaning.ON_TRACK, reasons)
    if not time_progress:  # a plan by month that begins later
        return Lamp(Meaning.AHEAD if done else Meaning.ON_TRACK, ("序时计划尚未安排投资",))
    ratio = settled(r / time_progress)
    reasons = (f"完成时序应完成额的{format_percent(ratio)}",)
    if ratio < rule.serious:
        return Lamp(Meaning.SERIOUSLY_LAGGING, reasons)
    if ratio < rule.lagging:
        return Lamp(Meaning.LAGGING, reasons)
    return Lamp(Meaning.AHEAD if ratio > 1 else Meaning.ON_TRACK, reasons)


def overdue_reasons(
    project: ProjectStanding, rule: LampRule, on: date, before: int, *, money_starts: bool
) -> tuple[str, ...]:
    """Why ``project`` is 滞后 at least on ``on`` whatever its amounts say: start, 入统 or a problem overdue.

    ``before``: how many days ``on`` lies before the day as of which ``project.problem_delay`` is told.
    """
    return (*_start(project, rule, on, money_starts), *_statistics(project, rule, on), *_problems(project, rule, before))


def _start(project: ProjectStanding, rule: LampRule, on: date, money_starts: bool) -> list[str]:
    planned = project.planned_start
    if rule.start_delay is None or planned is None or not overdue_start(project, on, money_starts=money_starts):
        return []
    days = (on - planned).days
    said = f"计划{planned.year}年{planned.month}月{planned.day}日开工，已过{days}天仍未开工"
    return [said] if days >= rule.start_delay else []


def _statistics(project: ProjectStanding, rule: LampRule, on: date) -> list[str]:
    begun = project.actual_start
    if rule.statistics_months is None or begun is None or begun > on or project.statistics_year:
        return []
    months = whole_months(begun, on)
    return [f"{begun.year}年{begun.month}月开工，已满{months}个月仍未入统"] if months >= rule.statistics_months else []


def _problems(project: ProjectStanding, rule: LampRule, before: int) -> list[str]:
    delay = project.problem_delay - before
    if rule.problem_delay is None or not project.problems_overdue or delay < max(rule.problem_delay, 1):
        return []
    return [f"有{project.problems_overdue}个问题超过办结期限，最久{delay}天"]


def whole_months(start: date, end: date) -> int:
    """How many whole months lie between two days; a month's last day ends a month begun on any later day."""
    months = (end.year - start.year) * 12 + end.month - start.month
    ended = end.day >= start.day or (end + timedelta(days=1)).month != end.month
    return months if ended else months - 1
