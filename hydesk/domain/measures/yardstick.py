"""How projects are judged: each at the date of its own figures (docs/rules.md §4.2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from datetime import date
from decimal import Decimal
from enum import Enum

from hydesk.dataclass import dataclass
from hydesk.domain.lamps import Lamp, LampRule, lamp, overdue_reasons
from hydesk.domain.meaning import Meaning
from hydesk.domain.measures.measured import AsOf
from hydesk.domain.measures.reach import Reach, reaches
from hydesk.domain.money import Yuan, points_between, rate
from hydesk.domain.periods import Period, months_ended
from hydesk.domain.standing import ProjectStanding


class Pace(Enum):
    """How 时间进度 of a week is counted; a month's is M/12 either way."""

    BY_DAY = "by_day"
    """The day of the year of the days in the year."""
    BY_MONTH = "by_month"
    """The months that have ended, of twelve."""

    @property
    def label(self) -> str:
        """按日, 按月."""
        return {"by_day": "按日", "by_month": "按月"}[self.value]


def elapsed(at: AsOf, pace: Pace = Pace.BY_DAY) -> Decimal:
    """时间进度 at ``at``, 0 to 1, exact: a month's M/12; a week's day of the year, or the months ended (January at least)."""
    if at.period.is_month:
        return at.period.time_progress()
    if pace is Pace.BY_MONTH:
        return Decimal(max(months_ended(at.day), 1)) / 12
    first = date(at.day.year, 1, 1)
    return Decimal((at.day - first).days + 1) / (date(at.day.year + 1, 1, 1) - first).days


@dataclass(frozen=True, slots=True)
class _Dated:
    """A date of figures: 时间进度 there, and whether figures of it are of the period shown."""

    at: AsOf
    time: Decimal
    reported: bool


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What projects are judged by: the office's rule, its way of counting time, and the period that is shown.

    A project is judged at the date of its own figures. One without figures of ``shown`` is 未报: it keeps what it last
    meant beside it and becomes no worse because time goes by.
    """

    rule: LampRule
    shown: Period
    on: date
    """The last day of the period looked at: as of when nodes and problems are told."""
    pace: Pace = Pace.BY_DAY
    whole: AsOf | None = None
    """As of when the whole is set against time; None where too few have reported."""
    money_starts: bool = False
    """The office counts a project with money as started."""
    schedule: bool = False
    """Projects that have a plan by month are judged by it (docs/rules.md §13.3)."""
    _dates: dict[tuple[Period, date | None], _Dated] = field(default_factory=dict, compare=False, repr=False)
    """What follows from the date of figures, worked out once for each: projects are many, dates few."""

    @classmethod
    def at(
        cls, reach: Reach, rule: LampRule, pace: Pace = Pace.BY_DAY, *, money_starts: bool = False, schedule: bool = False
    ) -> Yardstick:
        """The yardstick of a page or paper that shows ``reach``."""
        on = reach.asked.end if reach.shown == reach.asked or reach.returned else reach.as_of.day
        return cls(rule, reach.shown, on, pace, reach.compare_at, money_starts, schedule)

    def _dated(self, project: ProjectStanding) -> _Dated | None:
        if project.as_of is None:
            return None
        key = (project.as_of, project.as_of_day)
        known = self._dates.get(key)
        if known is None:
            at = AsOf.of(project.as_of, project.as_of_day)
            known = self._dates[key] = _Dated(at, elapsed(at, self.pace), reaches(at, self.shown))
        return known

    @property
    def time_progress(self) -> Decimal:
        """时间进度 of the period shown."""
        return elapsed(self.whole or AsOf.of(self.shown), self.pace)

    def reported(self, project: ProjectStanding) -> bool:
        """Whether the project has figures of the period shown."""
        dated = self._dated(project)
        return dated is not None and dated.reported

    def elapsed(self, project: ProjectStanding) -> Decimal | None:
        """时间进度 at the date of the project's own figures; None where it has none."""
        dated = self._dated(project)
        return None if dated is None else dated.time

    def against(self, project: ProjectStanding | None = None) -> str:
        """What the project (or, for a heading, any) is set against: 序时计划 or 时间进度."""
        return "序时计划" if self.schedule and (project is None or project.month_plan is not None) else "时间进度"

    def due_share(self, project: ProjectStanding) -> Decimal | None:
        """What part of the year's plan should be done at the date of the project's own figures: by its plan by month where
        those judge, else 时间进度; None where it has no figures."""
        dated = self._dated(project)
        if dated is None:
            return None
        if self.schedule and project.month_plan is not None and project.annual_plan:
            return project.month_plan.by(dated.at.day) / project.annual_plan
        return dated.time

    def gap(self, project: ProjectStanding) -> Decimal | None:
        """Completion less what is due (``due_share``) at the project's own date, exact: what judges and orders."""
        share, due = rate(project.year_investment, project.annual_plan), self.due_share(project)
        return None if share is None or due is None else share - due

    def shown_gap(self, project: ProjectStanding) -> Decimal | None:
        """``gap`` as it is told: the two rates as printed, one less the other."""
        return points_between(rate(project.year_investment, project.annual_plan), self.due_share(project))

    def expected(self, projects: Iterable[ProjectStanding]) -> Decimal:
        """What was to be done by time alone, yuan: every plan times 时间进度 at the date of the project's own figures, of
        one without figures at that of the period shown."""
        shown = elapsed(AsOf.of(self.shown), self.pace)
        return sum(((p.annual_plan or 0) * (shown if (own := self.elapsed(p)) is None else own) for p in projects), Decimal(0))

    def lamp_of(self, done: Yuan | None, plan: Yuan | None, at: AsOf | None) -> Lamp:
        """How a sum stands at ``at``; 未报 where it cannot be set against time."""
        if at is None:
            return Lamp(Meaning.UNREPORTED, ("报送不足九成，不与时间进度比较",))
        return lamp(done, plan, elapsed(at, self.pace), self.rule)

    def gap_of(self, done: Yuan | None, plan: Yuan | None, at: AsOf | None) -> Decimal | None:
        """Completion of a sum less 时间进度 at ``at``, exact; None where nothing is known or ``at`` is not told."""
        share = rate(done, plan)
        return None if share is None or at is None else share - elapsed(at, self.pace)

    def shown_gap_of(self, done: Yuan | None, plan: Yuan | None, at: AsOf | None) -> Decimal | None:
        """``gap_of`` as it is told: the two rates as printed, one less the other."""
        return points_between(rate(done, plan), None if at is None else elapsed(at, self.pace))

    def day(self, project: ProjectStanding) -> date:
        """As of which day the project is judged: the period's for one that has reported, else that of its figures."""
        dated = self._dated(project)
        return self.on if dated is None or dated.reported else dated.at.day

    def lamp(self, project: ProjectStanding) -> Lamp:
        """How the project stands. What a person judged for the year goes before the rule, whose reasons follow."""
        found = self._by_rule(project)
        if project.lamp_meaning is None:
            return found
        judged = (f"人工判定：{project.lamp_reason or '未写理由'}", f"按规则为{found.meaning.label}：{found.reason}")
        return Lamp(Meaning(project.lamp_meaning), judged, by_hand=True, by_rule=found.meaning)

    def _by_rule(self, project: ProjectStanding) -> Lamp:
        dated = self._dated(project)
        if dated is None:
            return Lamp(Meaning.UNREPORTED, ("本年尚未报送投资数",))
        due = self.due_share(project)
        found = lamp(project.year_investment, project.annual_plan, dated.time if due is None else due, self.rule, self.against(project))
        on = self.on if dated.reported else dated.at.day
        more = overdue_reasons(project, self.rule, on, (self.on - on).days, money_starts=self.money_starts)
        if more:
            worse = found.meaning if found.meaning.bad else Meaning.LAGGING
            # The amounts' own reason is kept: it says what the figures alone would have meant.
            found = Lamp(worse, (*found.reasons, *more) if found.meaning.bad else (*more, *found.reasons))
        if dated.reported:
            return found
        at = dated.at
        said = f"{self.shown.short_label}未报；上次{at.label}为{found.meaning.label}：{found.reason}"
        return Lamp(Meaning.UNREPORTED, (said,), last=found, last_date=at.day)

