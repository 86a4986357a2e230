"""By how many places each unit moved since the period before (docs/rules.md §4.1), for a page that shows the ranking."""

from __future__ import annotations

from collections.abc import Mapping

from hydesk.db.ledger import Ledger
from hydesk.domain.measures.ranking import RankingWay, group_moves, moves, rank_groups, rank_units
from hydesk.domain.measures.totals import group_by
from hydesk.services.pages.overview import Overview
from hydesk.services.standings.list_standings import read_units
from hydesk.services.standings.period_view import read_view, view_before


def places_moved(ledger: Ledger, seen: Overview) -> Mapping[str, int]:
    """Places by which each unit of ``seen`` ranked both times rose (negative: fell), within its group where those rank apart.

    Empty while nobody has reported for its period, and where there is no period of the year before it.
    """
    before = seen.reach.shown.previous()
    if seen.reach.nothing_in or before.year != seen.period.year:
        return {}
    with ledger.read() as connection:
        if seen.scope.judged:  # of the same projects, however they stood then
            then = view_before(connection, read_view(connection, seen.period, scope=seen.scope))
        else:
            then = read_view(connection, before, scope=seen.scope)
        order = [u.name for u in read_units(connection)]
    if then is None or not then.reach.known:
        return {}
    units = group_by(then.standings, lambda s: s.unit, order)
    if seen.ranking_way is RankingWay.APART:
        return group_moves(seen.group_rankings, rank_groups(units, then.reach, then.groups))
    return moves(seen.ranking, rank_units(units, then.reach))
