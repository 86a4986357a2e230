"""The figures a report is written from, worked out once: totals, ranking, lamps, starts, what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from hydesk.domain.lamps import Lamp, LampRule
from hydesk.domain.meaning import Meaning
from hydesk.domain.measures import words as spoken
from hydesk.domain.measures.gains import Gain, gain_of
from hydesk.domain.measures.measured import AsOf
from hydesk.domain.measures.need import months_left
from hydesk.domain.measures.ranking import (
    GroupRanking,
    Ranked,
    RankingWay,
    group_moves,
    moves,
    rank_groups,
    rank_units,
)
from hydesk.domain.measures.reach import Reach, reach_of
from hydesk.domain.measures.starts import Starts, count_starts, money_without_start, to_start
from hydesk.domain.measures.totals import Totals, group_by, sum_up
from hydesk.domain.measures.yardstick import Pace, Yardstick, elapsed
from hydesk.domain.money import Yuan, rate
from hydesk.domain.periods import Period
from hydesk.domain.says_nothing import says_nothing
from hydesk.domain.standing import ProjectStanding
from hydesk.domain.stretches import Stretch
from hydesk.reports.about import is_of
from hydesk.reports.form import ReportForm
from hydesk.reports.kinds import KINDS, About, ReportKind
from hydesk.reports.sources import NodeStanding, Sources
from hydesk.reports.words import clean


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
    sources: Sources = field(default_factory=Sources)
    subject: str = ""
    """The unit or the project's name, where the report is about one; ``projects`` are then only its own."""
    about_project: bool = False
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


def _lagging(
    standings: Sequence[ProjectStanding], lamps: Mapping[int, Lamp], by: Yardstick, nothing: Collection[str]
) -> tuple[Lagging, ...]:
    """Lagging projects, the seriously lagging first, then by points behind, then by plan."""
    found: list[tuple[Decimal, Lagging]] = []
    for p in standings:
        if lamps[p.id].meaning.bad:
            exact, told = by.gap(p), by.shown_gap(p)
            behind = None if exact is None or exact > 0 or told is None else -told
            reason = "" if says_nothing(p.problem_text, nothing) else clean(p.problem_text)
            item = Lagging(p, lamps[p.id], rate(p.year_investment, p.annual_plan), behind, reason)
            found.append((min(exact or Decimal(0), Decimal(0)), item))
    serious = Meaning.SERIOUSLY_LAGGING
    found.sort(key=lambda x: (x[1].lamp.meaning is not serious, x[0], -(x[1].project.annual_plan or 0), x[1].project.code))
    return tuple(item for _, item in found)


def work_out(
    kind: ReportKind, period: Period, standings: Sequence[ProjectStanding], *, judging: Judging, unit_order: Sequence[str],
    previous: Sequence[ProjectStanding] | None, form: ReportForm, sources: Sources | None = None, subject: str = "",
    issued: date = date.min, shown: Period | None = None,
) -> Basis:
    """Everything the sections need, from the standings alone. Needs no ledger and changes nothing.

    ``shown`` is the period whose figures ``standings`` hold, where that is known already; ``previous`` are the standings
    one period before it. ``subject`` is a unit, a leader or the code of a project: the report is then about its projects
    only, while the ranking stays that of all.
    """
    whole = reach_of(standings, period, judging.closed, shown=shown)
    units = {k: tuple(v) for k, v in group_by(standings, lambda p: p.unit, unit_order).items()}
    own = tuple(p for p in standings if is_of(kind, subject, p))
    reach = reach_of(own, period, judging.closed, shown=whole.shown) if subject else whole
    by = Yardstick.at(reach, judging.rule, judging.pace, money_starts=judging.money_starts, schedule=judging.schedule)
    lamps = {p.id: by.lamp(p) for p in standings}
    about_leader = KINDS[kind].about is About.LEADER
    about_project = bool(subject) and not about_leader and not any(p.unit == subject for p in own)
    ranking, groups = tuple(rank_units(units, whole)), tuple(rank_groups(units, whole, judging.groups))
    moved, turned, gain = _since_before(kind, period, own, previous, whole, lamps, ranking, groups, unit_order, judging)
    return Basis(
        kind=kind,
        period=period,
        projects=own,
        units=_units_of(units, own) if subject else units,
        reach=reach,
        whole=whole,
        yardstick=by,
        totals=sum_up(own),
        lamps=lamps,
        ranking=ranking,
        group_rankings=groups,
        moved=moved,
        starts=count_starts(own, period.year, by.on, money_starts=judging.money_starts),
        lagging=_lagging(own, lamps, by, judging.nothing),
        problems=tuple(p for p in own if not says_nothing(p.problem_text, judging.nothing)),
        form=form,
        judging=judging,
        sources=_of(sources or Sources(), {p.id for p in own}),
        subject=own[0].name if about_project and own else subject,
        about_project=about_project,
        issued=issued,
        turned=turned,
        gain=gain,
    )


def _since_before(
    kind: ReportKind, period: Period, own: Sequence[ProjectStanding], previous: Sequence[ProjectStanding] | None, whole: Reach,
    lamps: Mapping[int, Lamp], ranking: Sequence[Ranked], groups: Sequence[GroupRanking], order: Sequence[str], judging: Judging,
) -> tuple[dict[str, int], Turned | None, Gain | None]:
    """What changed since the period before, or since the stretch before: places of units, lamps, and what was done."""
    before = None if whole.nothing_in else previous
    stretch = KINDS[kind].stretch
    since = None if stretch is None else stretch.before(period.last_month)
    # What the first stretch of a year brought is the year's sum itself.
    gains = not whole.nothing_in and (since is None or (since.year == period.year and bool(previous)))
    ids = {p.id for p in own}
    then = [p for p in before or () if p.id in ids]
    return (_moved(ranking, groups, before, whole, order, judging, since), _turned(own, lamps, then, whole, judging, since),
            gain_of(own, then, whole.shown, since) if gains else None)


def _units_of(units: Mapping[str, tuple[ProjectStanding, ...]], own: Sequence[ProjectStanding]) -> dict[str, tuple[ProjectStanding, ...]]:
    """The units of ``own`` in the office's order, each with what of ``own`` is its."""
    ids = {p.id for p in own}
    return {name: held for name, all_of in units.items() if (held := tuple(p for p in all_of if p.id in ids))}


def _moved(
    ranking: Sequence[Ranked], groups: Sequence[GroupRanking], before: Sequence[ProjectStanding] | None, whole: Reach,
    order: Sequence[str], judging: Judging, since: Period | None = None,
) -> dict[str, int]:
    if not before:
        return {}
    units = group_by(before, lambda p: p.unit, order)
    earlier = reach_of(before, since or whole.shown.previous(), judging.closed)
    if judging.ranking is RankingWay.APART:
        return group_moves(groups, rank_groups(units, earlier, judging.groups))
    return moves(ranking, rank_units(units, earlier))


def _of(sources: Sources, own: Collection[int]) -> Sources:
    """What of ``sources`` belongs to the projects in ``own``."""
    return replace(
        sources,
        nodes=tuple(x for x in sources.nodes if x.project_id in own),
        problems=tuple(x for x in sources.problems if x.project_id in own),
        leaders=tuple(x for x in sources.leaders if x.project_id in own),
        parts={i: n for i, n in sources.parts.items() if i in own},
    )


_JUDGED = (Meaning.AHEAD, Meaning.ON_TRACK, Meaning.LAGGING, Meaning.SERIOUSLY_LAGGING)


def _turned(
    own: Sequence[ProjectStanding], lamps: Mapping[int, Lamp], previous: Sequence[ProjectStanding], whole: Reach,
    judging: Judging, since: Period | None = None,
) -> Turned | None:
    """Who turned since the period before, each judged at its own date then and now; None without figures of then."""
    earlier = reach_of(previous, since or whole.shown.previous(), judging.closed)
    if not earlier.known or earlier.nothing_in:
        return None
    by = Yardstick.at(earlier, judging.rule, judging.pace, money_starts=judging.money_starts, schedule=judging.schedule)
    then = {p.id: by.lamp(p).meaning for p in previous}
    both = [(then[p.id], lamps[p.id].meaning) for p in own if p.id in then]
    judged = [(a, b) for a, b in both if a in _JUDGED and b in _JUDGED]
    return Turned(sum(b.bad and not a.bad for a, b in judged), sum(a.bad and not b.bad for a, b in judged))
