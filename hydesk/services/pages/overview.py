"""The period at a glance: totals, time progress, ranking, meanings, the year's curve and starts.

What waits is told by ``period_work``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.domain.lists import PackageCount
from hydesk.domain.meaning import Meaning
from hydesk.domain.measures.finishes import Finishes, FinishLists, Goal, list_finishes
from hydesk.domain.measures.measured import AsOf, Measured, measured
from hydesk.domain.measures.ranking import GroupRanking, Ranked, RankingWay, rank_groups, rank_units
from hydesk.domain.measures.reach import Reach, has_reported
from hydesk.domain.measures.schedule import Schedule, schedule_of
from hydesk.domain.measures.starts import Starts, count_starts, money_without_start, started_early, to_start
from hydesk.domain.measures.totals import Totals, group_by, sum_up
from hydesk.domain.measures.yardstick import Yardstick
from hydesk.domain.money import rate
from hydesk.domain.periods import Period
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.services.standings.list_standings import read_units
from hydesk.services.standings.period_view import read_view
from hydesk.services.standings.read_figures import figures_of_year
from hydesk.services.standings.sub_projects import read_count
from hydesk.services.standings.year_curve import CurvePoint, curve_of


@dataclass(frozen=True, slots=True)
class Overview:
    """What 本期工作 shows of the year; every figure comes from the same standings as the ledger's table and the report."""

    period: Period
    reach: Reach
    """Who has reported, as of when the figures are."""
    totals: Totals
    yardstick: Yardstick
    gap: Decimal | None
    """Completion less 时间进度 at ``reach.compare_at``, exact; None where too few have reported to compare."""
    ranking: list[Ranked]
    meanings: dict[Meaning, int]
    curve: list[CurvePoint]
    unreported: list[str]
    """Units of which no return has come in for the period asked for."""
    starts: Starts
    packages: PackageCount
    """The number of projects both ways: packages as one, and as what they hold."""
    judged: tuple[int, ...] = ()
    """Ids of the projects whose meaning a person judged."""
    started_early: tuple[int, ...] = ()
    """Ids of the projects behind ``starts.early``."""
    money_only: tuple[int, ...] = ()
    """Ids of the projects behind ``starts.money_only``."""
    group_rankings: tuple[GroupRanking, ...] = ()
    """The same units ranked within their groups."""
    goals: Mapping[Goal, FinishLists] = field(default_factory=dict)
    """竣工, 投产 and 达产 with the projects behind their numbers."""
    ranking_way: RankingWay = RankingWay.TOGETHER
    """How the office ranks units of several groups."""
    groups: Mapping[str, str] = field(default_factory=dict)
    """The group each unit ranks in."""
    schedule: Schedule | None = None
    """完成序时; None where nothing is known."""
    scope: Scope = WHOLE
    codes: tuple[str, ...] = ()
    """Codes of the projects, in ledger order."""
    told_plan: Decimal | None = None
    """The share of the plan that projects with figures of the period shown hold."""

    @property
    def finishes(self) -> Finishes:
        """竣工情况."""
        return self.goals[Goal.FINISH].counted

    @property
    def time_progress(self) -> Decimal:
        """时间进度 of the period shown."""
        return self.yardstick.time_progress

    @property
    def shown_gap(self) -> Decimal | None:
        """``gap`` as it is told: 完成率 and 时间进度 as shown, one less the other."""
        t = self.totals
        return self.yardstick.shown_gap_of(t.known("year_investment"), t.annual_plan, self.reach.compare_at)

    def measured(self, id: str) -> Measured:
        """A figure of the whole with its date and cover. Raises KeyError for a measure that is not shown here."""
        at, s = self.reach.as_of, self.starts
        if id == "gap":
            return measured("gap", self.gap, self.reach.compare_at, self.reach.cover)
        if id == "time_progress":
            return measured(id, self.time_progress, at)
        if id == "split_count":
            return measured(id, self.packages.split)
        if id == "reported_units":
            return measured(id, len(self.ranking) - len(self.unreported), AsOf.of(self.period))
        counts = {"started": s.started, "planned_starts": s.planned, "overdue_starts": s.overdue, "early_starts": s.early,
                  "money_without_start": s.money_only}
        if id in counts:
            return measured(id, counts[id], AsOf(self.reach.shown, self.yardstick.on))
        return self.totals.measured(id, at)


def overview(ledger: Ledger, period: Period, scope: Scope = WHOLE) -> Overview:
    """The overview at ``period`` of the projects of ``scope``."""
    with ledger.read() as connection:
        figures = figures_of_year(connection, period)
        view = read_view(connection, period, figures, scope=scope)
        packages = read_count(connection, period, {s.id for s in view.standings} if scope.narrowed else None)
        order = [u.name for u in read_units(connection)]
    standings, reach, by = view.standings, view.reach, view.yardstick
    units = group_by(standings, lambda s: s.unit, order)
    meanings = Counter(by.lamp(s).meaning for s in standings)
    totals, year, on = sum_up(standings), period.year, by.on
    new = [s for s in standings if to_start(s, year)]
    return Overview(
        period=period, reach=reach, totals=totals, yardstick=by,
        gap=by.gap_of(totals.known("year_investment"), totals.annual_plan, reach.compare_at),
        ranking=rank_units(units, reach), meanings={m: meanings[m] for m in Meaning},
        curve=curve_of(reach, standings, figures),
        unreported=[name for name, items in units.items() if not any(s.reported for s in items)],
        starts=count_starts(standings, year, on, money_starts=by.money_starts), packages=packages,
        judged=tuple(s.id for s in standings if s.lamp_meaning is not None),
        started_early=tuple(s.id for s in new if started_early(s, on)),
        money_only=tuple(s.id for s in new if money_without_start(s, on, money_starts=by.money_starts)),
        group_rankings=tuple(rank_groups(units, reach, view.groups)), goals={g: list_finishes(standings, year, on, g) for g in Goal},
        ranking_way=view.rules.ranking, groups=view.groups, scope=scope,
        codes=tuple(s.code for s in standings),
        told_plan=rate(sum(s.annual_plan or 0 for s in standings if has_reported(s, reach.shown)), totals.annual_plan),
        schedule=schedule_of(standings, reach.as_of, view.rules.pace) if reach.known else None)
