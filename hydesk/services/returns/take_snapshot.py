"""A plain copy of the ledger for the understanding of one return."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Connection, select

from hydesk.db.decided import position
from hydesk.db.ledger import Ledger
from hydesk.db.models import Milestone, MilestoneType, ProjectName, Remembered, Unit
from hydesk.db.places import NODES
from hydesk.domain.collector import collector_paused
from hydesk.domain.dates import LooseDate, Precision
from hydesk.domain.fields import Field
from hydesk.domain.money import MoneyUnit
from hydesk.domain.periods import Period
from hydesk.domain.sheet_layout import SheetLayout
from hydesk.domain.snapshot import KnownProject, LedgerSnapshot, Memory, PeriodFigures
from hydesk.services.returns.ledger_edits import ledger_edits
from hydesk.services.standings.list_standings import read_standings, read_units
from hydesk.services.standings.own_columns import read_own_columns, read_own_values
from hydesk.services.standings.read_figures import figures_of_year

_PRECISIONS: dict[str | None, Precision] = {None: Precision.DAY, **{p.value: p for p in Precision}}


def take_snapshot(ledger: Ledger, period: Period) -> LedgerSnapshot:
    """The year's projects with their figures before and in ``period``."""
    with ledger.read() as connection, collector_paused():
        return read_snapshot(connection, period)


def read_snapshot(connection: Connection, period: Period) -> LedgerSnapshot:
    """As ``take_snapshot``, within a transaction that is already open."""
    seen = position(connection)
    names = _names(connection)
    figures = figures_of_year(connection, period)
    standings = read_standings(connection, period, figures)
    before = {s.id: figures.before(s.id, s.invested_before) for s in standings}
    edits = ledger_edits(
        connection, period, {key: held.previous.period for key, held in before.items() if held.previous is not None})
    nodes = _nodes(connection)
    told = [c for c in read_own_columns(connection) if c.kind.by_period]
    anew, of_period = {c.id for c in told}, read_own_values(connection, told, period, own_only=True) if told else {}
    projects = []
    for s in standings:
        previous, newest, closing, week_before = before[s.id]
        projects.append(KnownProject(
            code=s.code, name=s.name, unit=s.unit, approval_code=s.approval_code or None, names=names.get(s.id, ()),
            category=s.category, builder=s.builder, nature=s.nature, location=s.location,
            total_investment=s.total_investment, invested_before=s.invested_before, annual_plan=s.annual_plan,
            started=s.actual_start is not None or s.nature == "续建" or _spent(previous),
            previous=previous, newest=newest, closing=closing, week_before=week_before, current=figures.own(s.id), nodes=nodes.get(s.id, {}),
            edited=edits.own.get(s.id, {}), edited_before=edits.before.get(s.id, {}), own=s.own if not told else {
                k: v for k, v in s.own.items() if k not in anew} | dict(of_period.get(s.id, {}))))
    return LedgerSnapshot(period.year, period, tuple(read_units(connection)), tuple(projects), read_memory(connection), seen)


def _nodes(connection: Connection) -> dict[int, dict[Field, LooseDate]]:
    """Per project planned and actual start and finish, each as precise as it was given."""
    fields = {place: f for f, place in NODES.items()}
    query = (
        select(Milestone.project_id, MilestoneType.name, Milestone.baseline, Milestone.baseline_precision,
               Milestone.actual, Milestone.actual_precision)
        .join(MilestoneType, MilestoneType.id == Milestone.type_id)
        .where(MilestoneType.name.in_({name for name, _ in fields}))
    )
    found: defaultdict[int, dict[Field, LooseDate]] = defaultdict(dict)
    for project_id, name, baseline, how_baseline, actual, how_actual in connection.execute(query).all():
        for which, day, precision in (("baseline", baseline, how_baseline), ("actual", actual, how_actual)):
            if day is not None:
                found[project_id][fields[name, which]] = LooseDate(day, _PRECISIONS[precision])
    return found


def _spent(previous: PeriodFigures | None) -> bool:
    return previous is not None and bool(previous.money.get(Field.YEAR_INVESTMENT))


def _names(connection: Connection) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = defaultdict(list)
    for project_id, name in connection.execute(
            select(ProjectName.project_id, ProjectName.name).order_by(ProjectName.id)).all():
        found[project_id].append(name)
    return {k: tuple(v) for k, v in found.items()}


def read_memory(connection: Connection) -> Memory:
    """What was decided about columns, their units of money and whole sheets, by reporting unit ("" for all)."""
    columns: dict[tuple[str, str], Field] = {}
    units: dict[tuple[str, str], MoneyUnit] = {}
    layouts: dict[tuple[str, str], SheetLayout] = {}
    query = select(Unit.name, Remembered.kind, Remembered.words, Remembered.meaning).outerjoin(
        Unit, Unit.id == Remembered.unit_id)
    for name, kind, words, meaning in connection.execute(query).all():
        if kind == "column":
            columns[name or "", words] = Field(meaning)
        elif kind == "unit":
            units[name or "", words] = MoneyUnit(meaning)
        elif kind == "layout":
            layouts[name or "", words] = SheetLayout.unpacked(meaning)
    return Memory(columns, units, layouts, tuple(read_own_columns(connection)))
