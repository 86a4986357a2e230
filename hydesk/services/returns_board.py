"""Which units have sent their returns for a period, and what became of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, func, select

from hydesk.db.ledger import Ledger
from hydesk.db.models import Import, ImportFinding, ImportRow, Project, Unit
from hydesk.domain.findings import Level
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

    A workbook counts as a return of the unit it names, and of every unit whose projects it names; rows, errors and
    warnings are then those of the unit's own projects.
    """
    standings = list_standings(ledger, period)
    listed = {s.unit for s in standings}
    returns = {r.id: r for r in list_returns(ledger, period) if not r.undone}
    with ledger.read() as connection:
        counts = _counts(connection, period)
    known = [u.name for u in list_units(ledger)]
    lines = []
    for unit in known + sorted(listed - set(known)):
        own = [(r, _Count(r.rows, r.errors, r.warnings) if r.unit == unit else counts[unit, r.id])
               for r in returns.values() if r.unit == unit or (r.unit is None and (unit, r.id) in counts)]
        if unit in listed or own:
            lines.append(_line(unit, own))
    return lines


@dataclass(slots=True)
class _Count:
    rows: int = 0
    errors: int = 0
    warnings: int = 0


def _counts(connection: Connection, period: Period) -> dict[tuple[str, int], _Count]:
    """Rows and findings per unit and workbook, by the projects they name."""
    found: dict[tuple[str, int], _Count] = defaultdict(_Count)
    rows = (
        select(Unit.name, ImportRow.import_id, func.count())
        .join(Project, Project.unit_id == Unit.id).join(ImportRow, ImportRow.project_id == Project.id)
        .join(Import, Import.id == ImportRow.import_id)
        .where(Import.period == str(period)).group_by(Unit.name, ImportRow.import_id)
    )
    for unit, import_id, count in connection.execute(rows):
        found[unit, import_id].rows = count
    findings = (
        select(Unit.name, ImportFinding.import_id, ImportFinding.level, func.count())
        .join(Project, Project.unit_id == Unit.id)
        .join(ImportFinding, and_(ImportFinding.project == Project.code, Project.present))
        .join(Import, Import.id == ImportFinding.import_id)
        .where(Import.period == str(period)).group_by(Unit.name, ImportFinding.import_id, ImportFinding.level)
    )
    for unit, import_id, level, count in connection.execute(findings):
        entry = found[unit, import_id]
        entry.errors += count if level == Level.ERROR.value else 0
        entry.warnings += count if level == Level.WARNING.value else 0
    return dict(found)


def _line(unit: str, returns: list[tuple[ReturnSummary, _Count]]) -> BoardLine:
    if not returns:
        return BoardLine(unit, NOT_REPORTED, 0, None, None, 0, 0, 0)
    last = returns[0][0]
    in_force = [(r, count) for r, count in returns if r.superseded_by is None] or returns[:1]
    waits = any(r.status == "partly_applied" and count.errors for r, count in in_force)
    return BoardLine(unit, WAITING if waits else TAKEN_IN, len(returns), last.id, last.received_at,
                     *(sum(getattr(count, name) for _, count in in_force) for name in ("rows", "errors", "warnings")))
