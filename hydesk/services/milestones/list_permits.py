"""The permits of projects still in preparation, as they stand on a day (docs/rules.md §5.6)."""

from __future__ import annotations

from sqlalchemy import Connection

from hydesk.domain.measures.preparation import Permit, list_permits, still_prepares
from hydesk.services.milestones.list_milestones import read_dates, read_standard_nodes
from hydesk.services.standings.period_view import PeriodView


def read_permits(connection: Connection, view: PeriodView) -> list[Permit]:
    """Those of the projects of ``view`` that are still in preparation, within an open transaction."""
    by = view.yardstick
    own = [p for p in view.standings if still_prepares(p, view.period.year, by.on, money_starts=by.money_starts)]
    held = read_dates(connection, {p.id for p in own}) if own else {}
    return list_permits(own, read_standard_nodes(connection), held, by.on)
