"""What a report is written from: what the office has set, and the figures, worked out once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date, timedelta
from decimal import Decimal

from hydesk.dataclass import dataclass
from hydesk.domain.lamps import Lamp, LampRule
from hydesk.domain.measures import words as spoken
from hydesk.domain.measures.gains import Gain
from hydesk.domain.measures.measured import AsOf
from hydesk.domain.measures.need import months_left
from hydesk.domain.measures.ranking import (
    GroupRanking,
    Ranked,
    RankingWay,
)
from hydesk.domain.measures.reach import Reach
from hydesk.domain.measures.starts import Starts, money_without_start, to_start
from hydesk.domain.measures.totals import Totals
from hydesk.domain.measures.yardstick import Pace, Yardstick, elapsed
from hydesk.domain.money import Yuan
from hydesk.domain.periods import Period
from hydesk.domain.says_nothing import says_nothing
from hydesk.domain.standing import ProjectStanding
from hydesk.domain.stretches import Stretch
from hydesk.reports.form import ReportForm
from hydesk.reports.kinds import KINDS, ReportKind
from hydesk.reports.sources import NodeStanding, Sources


@dataclass(frozen=True, slots=True)
class Judging:
    """What the office has set for judging: its lamp rule, how it counts time, what counts as started, which rates of
    starts it prints, its own words that say nothing, and the periods it closed early."""

    rule: LampRule = field(default_factory=LampRule)
    pace: Pace = Pace.BY_DAY
    money_starts: bool = False
    start_rates: tuple[str, ...] = ("year", "due")
    nothing: tuple[str, ...] = ()
    closed: Mapping[Period, str] = field(default_factory=dict)
    ranking: RankingWay = RankingWay.TOGETHER
    groups: Mapping[str, str] = field(default_factory=dict)
    """The group each unit ranks in."""
    schedule: bool = False
    """Plans by month judge."""


@dataclass(frozen=True, slots=True)
class Lagging:
    """A lagging project: its lamp and how far it is behind 时间进度 as printed (1 = 100 points)."""

    project: ProjectStanding
    lamp: Lamp
    completion: Decimal | None
    behind: Decimal | None
    """None where it lags for another reason: a start overdue, a problem, or what a person judged."""
    reason: str = ""
    """What the unit says holds it back; empty where it says nothing."""


@dataclass(frozen=True, slots=True)
class Turned:
    """Who turned lagging since the period before and who caught up, among those judged both times."""

    fell: int
    rose: int


@dataclass(frozen=True, slots=True)
class Basis:
    """All that the sections read. ``reach`` is that of ``projects``: which period's figures stand in the report and who
    has them; ``whole`` that of all the ledger's projects."""

    kind: ReportKind
    period: Period
    projects: tuple[ProjectStanding, ...]
    units: Mapping[str, tuple[ProjectStanding, ...]]
    reach: Reach
    whole: Reach
    yardstick: Yardstick
    totals: Totals
    lamps: Mapping[int, Lamp]
    ranking: tuple[Ranked, ...]
    group_rankings: tuple[GroupRanking, ...]
    """The same units ranked within their groups."""
    moved: Mapping[str, int]
    """Places gained since the period before by the units ranked both times, within their groups where those rank apart;
    empty where there is none to compare."""
    starts: Starts
    lagging: tuple[Lagging, ...]
    problems: tuple[ProjectStanding, ...]
    form: ReportForm
    judging: Judging
    sources: Sources
    subject: str
    """The unit or the project's name, where the report is about one; ``projects`` are then only its own."""
    about_project: bool
    issued: date = date.min
    """The day printed on the report."""
    turned: Turned | None = None
    """Since the period before; None where that is not known."""
    gain: Gain | None = None
    """What the period brought; None while nobody has reported for it."""

    @property
    def terse(self) -> bool:
        """Whether the text says sums and few names (a 周报)."""
        return KINDS[self.kind].terse

    @property
    def stretch(self) -> Stretch | None:
        """The quarter, half year or year the report is of."""
        return KINDS[self.kind].stretch

    @property
    def stretch_start(self) -> date:
        """The first day of the stretch, or of the period."""
        return self.period.start if self.stretch is None else self.stretch.first(self.period.last_month).start

    @property
    def period_label(self) -> str:
        """2023年6月, 2023年第26周, 2023年上半年: what the report is called after."""
        return self.period.label if self.stretch is None else self.stretch.label(self.period.last_month)

    def has(self, part: str) -> bool:
        """Whether the section, exhibit or annex ``part`` is printed in reports of this kind."""
        kind = KINDS[self.kind]
        return any(p.key == part for p in self.form.order(kind.parts, kind.off))

    def whole_in_text(self, exhibit: str, rows: int, limit: int) -> bool:
        """Whether the table ``exhibit`` of ``rows`` rows stands in the text with all of them."""
        return rows <= limit and self.has(exhibit)

    @property
    def as_of(self) -> AsOf | None:
        """As of when the report's figures are; None where there are none."""
        return self.reach.as_of if self.reach.known else None

    @property
    def rule(self) -> LampRule:
        """The lamp rule."""
        return self.yardstick.rule

    @property
    def span(self) -> str:
        """1-6月 or 年初至7月16日: what the sums to date cover."""
        return spoken.span(self.reach.as_of)

    @property
    def gained(self) -> str:
        """6月新增 or 本周新增: the head of the increment."""
        if self.stretch is not None:
            return f"{self.stretch.short_label(self.period.last_month)}新增"
        return spoken.gained(self.reach.shown)

    @property
    def time_progress(self) -> Decimal:
        """时间进度 of the period whose figures are shown."""
        return elapsed(self.reach.compare_at or self.reach.as_of, self.yardstick.pace)

    @property
    def on(self) -> date:
        """The day as of which starts are told."""
        return self.yardstick.on

    @property
    def due_next(self) -> tuple[NodeStanding, ...]:
        """Nodes not done that are due within the period that follows."""
        own, day = {p.id for p in self.projects}, self.period.end
        first = day + timedelta(days=1)
        until = Period.month(first.year, first.month).end if self.period.is_month else day + timedelta(days=7)
        return tuple(n for n in self.sources.nodes if n.actual is None and n.due is not None and n.project_id in own
                     and day < n.due.day <= until)

    @property
    def months_left(self) -> int:
        """Months of the year that had not ended on the day of the figures."""
        return months_left(self.reach.as_of)

    @property
    def rule_words(self) -> str:
        """The lamp rule in words, and how many projects were judged by a person instead."""
        judged = sum(self.lamps[p.id].by_hand for p in self.projects)
        by = "；有序时计划的项目与序时计划比，没有的与时间进度比" if self.yardstick.schedule else ""
        return self.rule.sentence + by + (f"；另有{judged}个项目由人工判定，注明“人工”" if judged else "")

    @property
    def gap(self) -> Decimal | None:
        """The whole's completion rate less 时间进度, exact; None where too few have reported to compare."""
        return self.yardstick.gap_of(self.totals.known("year_investment"), self.totals.annual_plan, self.reach.compare_at)

    @property
    def shown_gap(self) -> Decimal | None:
        """``gap`` as it is told: the two rates as printed, one less the other."""
        return self.yardstick.shown_gap_of(self.totals.known("year_investment"), self.totals.annual_plan, self.reach.compare_at)

    @property
    def money_only(self) -> tuple[ProjectStanding, ...]:
        """有投资未记开工: 计划新开工 projects with money of the year and no recorded start, the most money first."""
        by = self.yardstick
        found = [p for p in self.projects if to_start(p, self.period.year)
                 and money_without_start(p, by.on, money_starts=by.money_starts)]
        return tuple(sorted(found, key=lambda p: (-(p.year_investment or 0), p.code)))

    def gain_over(self, projects: Iterable[ProjectStanding]) -> Yuan | None:
        """What the period brought over some of the projects; None where none of them has a figure of it."""
        held = {} if self.gain is None else self.gain.by_project
        told = [held[p.id] for p in projects if p.id in held]
        return sum(told) if told else None

    def says(self, text: str) -> bool:
        """Whether the words of a problem field say something, by the office's list of those that do not."""
        return not says_nothing(text, self.judging.nothing)


def most(names: Iterable[str], order: Iterable[str]) -> list[tuple[str, int]]:
    """How often each name occurs, the most frequent first, those as frequent in the office's ``order``."""
    places = {name: i for i, name in enumerate(order)}
    return sorted(Counter(names).items(), key=lambda x: (-x[1], places.get(x[0], len(places))))
