"""The year's curve, month by month: planned, done and forecast, cumulative, yuan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.domain.measures.measured import AsOf
from hydesk.domain.measures.need import forecast
from hydesk.domain.measures.reach import Reach
from hydesk.domain.measures.totals import total
from hydesk.domain.money import Yuan
from hydesk.domain.periods import Period, months_ended
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.domain.standing import ProjectStanding
from hydesk.services.standings.period_view import read_view
from hydesk.services.standings.read_figures import Figures, figures_of_year


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The end of one month, cumulative since January, yuan.

    ``planned`` spreads the annual plan evenly, as 时间进度 does. ``done`` is None after the last month of whose end there
    are figures, and before the first with any; ``forecast`` goes on from the data date at the mean speed until then.
    """

    month: int
    planned: Yuan
    done: Yuan | None
    forecast: Yuan | None
    whole: bool = True
    """Whether nine tenths of the plan have reported: False of what is done after the data date."""


def year_curve(
    ledger: Ledger, period: Period, project_ids: Iterable[int] | None = None, scope: Scope = WHOLE
) -> list[CurvePoint]:
    """The curve of the period's year as known at ``period``, of the projects of ``scope`` or of some of them."""
    with ledger.read() as connection:
        figures = figures_of_year(connection, period)
        view = read_view(connection, period, figures, scope=scope)
    standings = list(view.standings)
    if project_ids is not None:
        wanted = set(project_ids)
        standings = [s for s in standings if s.id in wanted]
    return curve_of(view.reach, standings, figures)


def curve_of(reach: Reach, standings: Sequence[ProjectStanding], figures: Figures) -> list[CurvePoint]:
    """The curve of ``standings``, which are all or some of those ``reach`` is of."""
    plan = total(s.annual_plan for s in standings)
    newest = months_ended(reach.as_of.day)
    done = [0] * (newest + 1)
    known = [False] * (newest + 1)
    latest = date.min
    for s in standings:
        by_month: dict[int, Yuan] = {}
        for _, day, _, year, *_ in figures.completed(s.id, s.invested_before):
            if year is not None:
                # In the order of their days: a week's sum stands until the month's own closing figure comes.
                by_month[day.month] = year
                latest = max(latest, day)
        held: Yuan = 0
        for month in range(min(by_month, default=newest + 1), newest + 1):
            held = by_month.get(month, held)
            done[month] += held
            known[month] = True
    closed = months_ended(latest)
    start = 0 if reach.data_date is None else min(months_ended(reach.data_date.day), newest)
    # The measure itself, from the last month's end that the data date has passed (docs/rules.md §3.6).
    began = AsOf.of(Period.month(reach.as_of.day.year, start)) if start and known[start] else None
    points = []
    for month in range(1, 13):
        reached = done[month] if month <= min(newest, closed) and known[month] else None
        ahead = forecast(done[start], began, month) if began is not None and month >= start else None
        points.append(CurvePoint(month, plan * month // 12, reached, ahead, month <= start))
    return points

