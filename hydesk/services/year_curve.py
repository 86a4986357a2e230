"""The year's curve, month by month: planned, done and forecast, cumulative, yuan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hydesk.db.ledger import Ledger
from hydesk.domain.indicators import total
from hydesk.domain.money import Yuan
from hydesk.domain.periods import Period, months_ended
from hydesk.domain.standing import ProjectStanding
from hydesk.services.list_standings import read_standings
from hydesk.services.read_figures import Figures, figures_of_year


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The end of one month, cumulative since January, yuan.

    ``planned`` spreads the annual plan evenly, as 时间进度 does. ``done`` is the newest sums known at that end, of weeks
    too; it is None before the first month with figures, and after the last month of whose end there are figures, for a
    sum of the running month is not one of its end; ``forecast`` goes on from there at the mean speed of the year so far.
    """

    month: int
    planned: Yuan
    done: Yuan | None
    forecast: Yuan | None


def year_curve(ledger: Ledger, period: Period, project_ids: Iterable[int] | None = None) -> list[CurvePoint]:
    """The curve of the period's year as known at ``period``, of all projects or of some."""
    with ledger.read() as connection:
        figures = figures_of_year(connection, period)
        standings = read_standings(connection, period, figures)
    if project_ids is not None:
        wanted = set(project_ids)
        standings = [s for s in standings if s.id in wanted]
    return curve_of(period, standings, figures)


def curve_of(period: Period, standings: list[ProjectStanding], figures: Figures) -> list[CurvePoint]:
    """The curve of ``standings``, which are those at ``period``.

    Where the newest of their figures are of a month's end, its last point done equals their sum.
    """
    plan = total(s.annual_plan for s in standings)
    done: dict[int, Yuan] = {}
    newest = months_ended(period.day)
    months: dict[date, int] = {}
    closed = 0
    for s in standings:
        by_month = {}
        for _, day, _, year, *_ in figures.completed(s.id, s.invested_before):
            if year is not None:
                number = months.get(day)
                if number is None:
                    number = months[day] = day.month
                    closed = max(closed, months_ended(day))
                by_month[number] = year  # in the order of their days, so the newest by the month's end stays
        known: Yuan = 0
        for month in range(min(by_month, default=13), newest + 1):
            known = by_month.get(month, known)
            done[month] = done.get(month, 0) + known
    done = {month: amount for month, amount in done.items() if month <= closed}
    last = max(done, default=0)
    points = []
    for month in range(1, 13):
        forecast = done[last] * month // last if last and month >= last else None
        points.append(CurvePoint(month, plan * month // 12, done.get(month), forecast))
    return points
