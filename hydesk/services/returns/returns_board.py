"""Which units have sent their returns for a period, and what became of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import Connection, and_, func, select

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.db.models import ImportFinding, ImportRow, Project, Unit
from hydesk.domain.file_names import is_paper
from hydesk.domain.findings import Level
from hydesk.domain.periods import Period
from hydesk.domain.return_states import APPLIED, IN_FORCE, PARTLY_APPLIED, RECEIVED, STATE_WORDS
from hydesk.domain.return_states import SENT_BACK as KEPT_SENT_BACK
from hydesk.services.acts.one_view import one_view
from hydesk.services.returns.list_returns import ReturnSummary, read_returns
from hydesk.services.rules.deadlines import deadline
from hydesk.services.standings.list_standings import list_units, listed_units, read_units

NOT_REPORTED, WAITING, SENT_BACK, PARTLY_IN, TAKEN_IN = (
    "未报", "已收待核", STATE_WORDS[KEPT_SENT_BACK], STATE_WORDS[PARTLY_APPLIED], STATE_WORDS[APPLIED])


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One unit and period: ``status`` is 未报, 已收待核, 已退回, 部分入库 (rows with errors were
    left out) or 已入库."""

    unit: str
    status: str
    rounds: int
    """How many different files came in."""
    last_id: int | None
    """The import to open: the newest one that counts."""
    received_at: datetime | None
    """When the newest file came in."""
    rows: int
    errors: int
    warnings: int
    first_at: datetime | None = None
    """When the first file came in; by it a unit is early or late."""
    papers: int = 0
    """Scans, photos and documents among what came in, which are no tables and of which nothing was read."""
    deadline: date | None = None
    days_late: int = 0
    """Days after the deadline, negative when early; for a unit that has not reported, as of today."""

    @property
    def returns(self) -> int:
        """As ``rounds``."""
        return self.rounds

    @property
    def late(self) -> bool:
        """Whether it came, or has not come, after its deadline."""
        return self.days_late > 0


@dataclass(frozen=True, slots=True)
class BoardMatrix:
    """Units × periods; a unit that had no projects in a period has no cell there."""

    units: tuple[str, ...]
    periods: tuple[Period, ...]
    cells: Mapping[tuple[str, Period], BoardLine]


@one_view
def returns_board(ledger: Ledger, period: Period, on: date | None = None) -> list[BoardLine]:
    """The units that have projects in the period's year, in the office's order, as of ``on`` (None: today).

    A workbook counts as a return of the unit it names, and of every unit whose projects it names; rows, errors and
    warnings are then those of the unit's own projects.
    """
    with ledger.read() as connection:
        return boards_of(ledger, read_returns(connection, (period,), waiting=True), (period,), on)[period]


@one_view
def boards_of(
    ledger: Ledger, returns: Iterable[ReturnSummary], periods: Collection[Period], on: date | None = None
) -> dict[Period, list[BoardLine]]:
    """The boards of several periods, of whose ``returns`` all are given, those that wait among them."""
    on = on or date.today()
    found = {}
    for period, own in _returns_of_units(ledger, returns, periods).items():
        due = deadline(ledger, period)
        found[period] = [_line(unit, sent, due, on) for unit, sent in own.items()]
    return found


@one_view
def unit_returns(ledger: Ledger, period: Period) -> dict[str, list[tuple[ReturnSummary, UnitCount]]]:
    """Per unit, in the office's order, what came in for ``period`` and was not undone, newest first, with the unit's
    own rows and findings."""
    with ledger.read() as connection:
        return _returns_of_units(ledger, read_returns(connection, (period,), waiting=True), (period,))[period]


Sent = list[tuple[ReturnSummary, "UnitCount"]]


def _returns_of_units(ledger: Ledger, returns: Iterable[ReturnSummary], periods: Collection[Period]) -> dict[Period, dict[str, Sent]]:
    holding: dict[Period | None, list[ReturnSummary]] = defaultdict(list)
    for r in returns:
        if not r.undone:
            holding[r.period].append(r)
    with ledger.read() as connection:
        # Only a workbook that names no unit of its own is told apart by the projects in it.
        shared = [r.id for p in periods for r in holding[p] if r.unit is None]
        counts = _counts(connection, shared) if shared else {}
        listed = {p: listed_units(connection, p) for p in periods}
        known = [u.name for u in read_units(connection)]
    found: dict[Period, dict[str, Sent]] = {p: {} for p in periods}
    for period in found:
        for unit in known + sorted(listed[period] - set(known)):
            own = [(r, UnitCount(r.rows, r.errors, r.warnings) if r.unit == unit else counts[unit, r.id])
                   for r in holding[period] if r.unit == unit or (r.unit is None and (unit, r.id) in counts)]
            if unit in listed[period] or own:
                found[period][unit] = own
    return found


@one_view
def matrix_of(ledger: Ledger, boards: Mapping[Period, Iterable[BoardLine]]) -> BoardMatrix:
    """``boards`` side by side, in their order."""
    cells = {(line.unit, p): line for p, lines in boards.items() for line in lines}
    named = {unit for unit, _ in cells}
    known = [u.name for u in list_units(ledger)]
    units = [u for u in known if u in named] + sorted(named - set(known))
    return BoardMatrix(tuple(units), tuple(boards), cells)


@dataclass(slots=True)
class UnitCount:
    """A unit's own rows and findings in one workbook."""

    rows: int = 0
    errors: int = 0
    warnings: int = 0


def _counts(connection: Connection, ids: Collection[int]) -> dict[tuple[str, int], UnitCount]:
    """Rows and findings per unit and workbook of those of ``ids``, by the projects they name."""
    found: dict[tuple[str, int], UnitCount] = defaultdict(UnitCount)
    rows = (
        select(Unit.name, ImportRow.import_id, func.count())
        .join(Project, Project.unit_id == Unit.id).join(ImportRow, ImportRow.project_id == Project.id)
        .where(ImportRow.import_id.in_(ids)).group_by(Unit.name, ImportRow.import_id)
    )
    for unit, import_id, count in connection.execute(rows).all():
        found[unit, import_id].rows = count
    findings = (
        select(Unit.name, ImportFinding.import_id, ImportFinding.level, func.count())
        .join(Project, Project.unit_id == Unit.id)
        .join(ImportFinding, and_(ImportFinding.project == Project.code, Project.present))
        .where(ImportFinding.import_id.in_(ids)).group_by(Unit.name, ImportFinding.import_id, ImportFinding.level)
    )
    for unit, import_id, level, count in connection.execute(findings).all():
        entry = found[unit, import_id]
        entry.errors += count if level == Level.ERROR.value else 0
        entry.warnings += count if level == Level.WARNING.value else 0
    return dict(found)


def _line(unit: str, returns: list[tuple[ReturnSummary, UnitCount]], due: date, on: date) -> BoardLine:
    if not returns:
        return BoardLine(unit, NOT_REPORTED, 0, None, None, 0, 0, 0, None, 0, due, (on - due).days)
    papers = sum(is_paper(r.file) for r, _ in returns)
    # A signed scan beside a table that is taken in does not make the unit wait again.
    tables = [(r, count) for r, count in returns if not is_paper(r.file)] or returns
    in_force = [(r, count) for r, count in tables if r.superseded_by is None] or tables[:1]
    status, counted = _status(in_force)
    rows, errors, warnings = (sum(getattr(c, name) for _, c in counted) for name in ("rows", "errors", "warnings"))
    first, newest = min(r.received_at for r, _ in returns), max(r.received_at for r, _ in returns)
    return BoardLine(unit, status, len({r.sha256 for r, _ in tables}), counted[0][0].id, newest, rows, errors, warnings,
                     first, papers, due, (first.date() - due).days)


def _status(in_force: list[tuple[ReturnSummary, UnitCount]]) -> tuple[str, list[tuple[ReturnSummary, UnitCount]]]:
    """What became of a unit's returns, given newest first, and which of them say so."""
    received = [(r, count) for r, count in in_force if r.status == RECEIVED]
    if received:
        return WAITING, received
    if in_force[0][0].status == KEPT_SENT_BACK:
        return SENT_BACK, in_force[:1]
    applied = [(r, count) for r, count in in_force if r.status in IN_FORCE]
    left_out = any(r.status == PARTLY_APPLIED and count.errors for r, count in applied)
    return PARTLY_IN if left_out else TAKEN_IN, applied
