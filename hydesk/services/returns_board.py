"""Which units have sent their returns for a period, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hydesk.db.ledger import Ledger
from hydesk.domain.periods import Period
from hydesk.services.list_returns import ReturnSummary, list_returns
from hydesk.services.list_standings import list_standings, list_units

NOT_REPORTED, WAITING, SENT_BACK, TAKEN_IN = "未报", "已收待核", "已退回", "已入库"


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One unit: ``status`` is 未报, 已收待核 (rows wait for a person), 已退回 or 已入库; ``returns`` counts rounds."""

    unit: str
    status: str
    returns: int
    last_id: int | None
    received_at: datetime | None
    rows: int
    errors: int
    warnings: int


def returns_board(ledger: Ledger, period: Period) -> list[BoardLine]:
    """The units that have projects in the period's year, in the office's order.

    A workbook that covers several units counts as a return of every unit whose project it names.
    """
    standings = list_standings(ledger, period)
    listed = {s.unit for s in standings}
    covered = {s.unit for s in standings if s.reported}
    returns = [r for r in list_returns(ledger, period) if not r.undone]
    whole = [r for r in returns if r.unit is None]
    lines = []
    for unit in [u.name for u in list_units(ledger)] + sorted(listed - {u.name for u in list_units(ledger)}):
        own = [r for r in returns if r.unit == unit] or (whole if unit in covered else [])
        if unit in listed or own:
            lines.append(_line(unit, own))
    return lines


def _line(unit: str, returns: list[ReturnSummary]) -> BoardLine:
    if not returns:
        return BoardLine(unit, NOT_REPORTED, 0, None, None, 0, 0, 0)
    last = returns[0]
    in_force = [r for r in returns if r.superseded_by is None] or [last]
    status = WAITING if any(r.status == "partly_applied" for r in in_force) else TAKEN_IN
    return BoardLine(unit, status, len(returns), last.id, last.received_at, sum(r.rows for r in in_force),
                     sum(r.errors for r in in_force), sum(r.warnings for r in in_force))
