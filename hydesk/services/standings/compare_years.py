"""同比: a scope's projects and those of last year's list at the same month (docs/rules.md §3.8)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, select

from hydesk.db.ledger import Ledger
from hydesk.db.models import YearPlan
from hydesk.domain.measures.totals import group_by
from hydesk.domain.measures.year_on_year import YearOnYear, YearSide, compare_years, year_before
from hydesk.domain.periods import Period
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.domain.standing import ProjectStanding
from hydesk.services.standings.period_view import PeriodView, read_view


def year_on_year(ledger: Ledger, period: Period, scope: Scope = WHOLE) -> YearOnYear:
    """The projects of ``scope`` at ``period`` beside last year's of the same month."""
    with ledger.read() as connection:
        view = read_view(connection, period, scope=scope)
        return compare_years(side_of(view), last_year_side(last_year_view(connection, view), view.shown))


def last_year_view(connection: Connection, view: PeriodView) -> PeriodView | None:
    """What was to be seen a year before the period that ``view`` shows; None where the ledger has no list of that year.

    Of a scope that asks how projects stand, it is the same projects that are looked at (docs/rules.md §11.3).
    """
    before = year_before(view.shown)
    listed = select(YearPlan.id).where(YearPlan.year == view.shown.year - 1, YearPlan.present).limit(1)
    if before is None or connection.execute(listed).first() is None:
        return None
    if not view.scope.judged:
        return read_view(connection, before, scope=view.scope)
    return read_view(connection, before).within({s.id for s in view.standings}, view.scope)


def side_of(view: PeriodView) -> YearSide:
    """One side of a comparison: what ``view`` shows."""
    return YearSide(view.shown, view.standings, view.reach)


def last_year_side(then: PeriodView | None, shown: Period) -> YearSide:
    """The side of last year; without a list where ``then`` is None."""
    before = year_before(shown) or Period.month(shown.year - 1, 12)
    return YearSide(before) if then is None else YearSide(before, then.standings, then.reach)


def compare_rows(
    now: PeriodView, then: PeriodView | None, key: Callable[[ProjectStanding], str], key_then: Callable[[ProjectStanding], str],
    order: Sequence[str],
) -> dict[str, YearOnYear]:
    """同比 of every group of projects of either year, each with its own reach."""
    mine = group_by(now.standings, key, order)
    old = {} if then is None else group_by(then.standings, key_then, order)
    names = [n for n in dict.fromkeys((*order, *mine, *old)) if n in mine or n in old]
    found = {}
    for name in names:
        own = now.within({p.id for p in mine.get(name, ())})
        before = None if then is None else then.within({p.id for p in old.get(name, ())})
        found[name] = compare_years(side_of(own), last_year_side(before, now.shown), () if then is None else then.standings)
    return found
