"""The period at a glance: totals, time progress, ranking, meanings, the year's curve and starts.

Nodes and problems that wait are counted in ``what_waits``, by the rules of their own screens.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hydesk.db.ledger import Ledger
from hydesk.domain.indicators import Meaning, Ranked, Starts, Totals, group_by, rank, sum_up
from hydesk.domain.lamps import project_lamp
from hydesk.domain.lists import PackageCount
from hydesk.domain.periods import Period
from hydesk.domain.standing import ProjectStanding
from hydesk.domain.starts import count_starts, started_early, to_start
from hydesk.services.list_standings import list_units, read_standings
from hydesk.services.read_figures import figures_of_year
from hydesk.services.settings import lamp_rule, time_progress
from hydesk.services.sub_projects import read_count
from hydesk.services.year_curve import CurvePoint, curve_of


@dataclass(frozen=True, slots=True)
class Overview:
    """What 首页 shows; every figure comes from the same standings as the ledger's table and the report."""

    period: Period
    totals: Totals
    time_progress: Decimal
    ranking: list[Ranked]
    meanings: dict[Meaning, int]
    curve: list[CurvePoint]
    unreported: list[str]
    """Units none of whose projects has been reported for the period."""
    starts: Starts
    packages: PackageCount
    """The number of projects both ways: packages as one, and as what they hold."""
    judged: tuple[int, ...] = ()
    """Ids of the projects whose meaning a person judged."""
    started_early: tuple[int, ...] = ()
    """Ids of the projects behind ``starts.early``."""


def overview(ledger: Ledger, period: Period) -> Overview:
    """The overview at ``period``."""
    with ledger.read() as connection:
        figures = figures_of_year(connection, period)
        standings = read_standings(connection, period, figures)
        packages = read_count(connection, period)
    elapsed = time_progress(ledger, period)
    rule = lamp_rule(ledger)
    order = [u.name for u in list_units(ledger)]
    units = group_by(standings, lambda s: s.unit, order)
    meanings = Counter(project_lamp(s, elapsed, rule, period.end).meaning for s in standings)
    return Overview(
        period=period, totals=sum_up(standings), time_progress=elapsed,
        ranking=rank((name, sum_up(items)) for name, items in units.items()),
        meanings={m: meanings[m] for m in Meaning},
        curve=curve_of(period, standings, figures),
        unreported=[name for name, items in units.items() if not any(s.reported for s in items)],
        starts=starts_of(standings, period), packages=packages,
        judged=tuple(s.id for s in standings if s.lamp_meaning is not None),
        started_early=tuple(
            s.id for s in standings if to_start(s, period.year) and started_early(s, period.end)))


def starts_of(standings: Sequence[ProjectStanding], period: Period) -> Starts:
    """开工情况 of the period's year, by the same rule as the report's."""
    return count_starts(standings, period.year, period.end)
