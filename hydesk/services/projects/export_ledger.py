"""Write a year's project list to Excel, such that it imports again to the same ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, and_, func, select

from hydesk.db.ledger import Ledger
from hydesk.db.models import (
    Batch,
    Milestone,
    MilestoneType,
    Project,
    ProjectClass,
    ProjectName,
    SubProject,
    Unit,
    YearPlan,
    aliased,
)
from hydesk.db.places import NODES
from hydesk.domain.dates import LooseDate, Precision
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.ledger_parts import (
    ActLine,
    FigureLine,
    LedgerParts,
    NameLine,
    NodeLine,
    OwnFigureLine,
    SubLine,
)
from hydesk.domain.own_columns import OwnKind
from hydesk.domain.periods import Period
from hydesk.domain.understanding import ReadValue
from hydesk.services.projects.list_adjustments import read_adjustments
from hydesk.services.standings.own_columns import read_own_columns, read_own_figures, read_own_values
from hydesk.services.standings.read_figures import figures_of_year

Row = Mapping[Field, ReadValue | None]


def export_ledger(
    ledger: Ledger, path: Path, year: int | None = None, *, with_phones: bool = False, only: Collection[int] | None = None
) -> None:
    """Write the list of ``year`` (the newest where None) to ``path``, in ledger order, money exactly.

    Further sheets hold who left the list, other names, sub-projects, every period's figures and all nodes, so that
    the ledger can be rebuilt from the file, and the year's dated acts, to be read. ``only``: these projects and what is theirs. Phone numbers are left out unless ``with_phones``. Raises HydeskError where there is no such list or the file cannot be written.
    """
    from hydesk.excel.write_ledger import write_ledger

    with ledger.read() as connection:
        if year is None:
            year = connection.execute(select(func.max(YearPlan.year)).where(YearPlan.present)).scalar()
            if year is None:
                raise HydeskError("台账里还没有项目，请先导入项目清单")
        rows = ledger_rows(connection, year, only=only)
        left, parts = read_parts(connection, year, only)
    if not rows and only is not None:
        raise HydeskError(f"这个范围里没有{year}年的项目，没有导出")
    if not rows:
        raise HydeskError(f"台账里没有{year}年的项目清单，请换一个年份或先导入")
    write_ledger(rows, path, year, parts, left=left, with_phones=with_phones)


def ledger_rows(
    connection: Connection, year: int, *, left: bool = False, only: Collection[int] | None = None
) -> list[Row]:
    """Every listed project of ``year`` (of ``only`` those) with all its facts and plans; ``left``: those that left it
    instead."""
    category, industry, chain = aliased(ProjectClass), aliased(ProjectClass), aliased(ProjectClass)
    named: dict[Field, Any] = {
        Field.REPORTING_UNIT: Unit.name, Field.CATEGORY: category.name, Field.INDUSTRY: industry.name,
        Field.CHAIN: chain.name, Field.BATCH: Batch.name, Field.ANNUAL_PLAN: YearPlan.annual_plan,
        Field.INVESTED_BEFORE: YearPlan.invested_before, Field.YEAR_GOAL: YearPlan.year_goal,
    }
    plain = {f: getattr(Project, f.value) for f in Field if f.value in Project.__table__.c}
    named[Field.NATURE] = func.coalesce(YearPlan.nature, Project.nature)
    fields: dict[Field, Any] = plain | named
    query = (
        select(Project.id, *(column.label(f.value) for f, column in fields.items()))
        .join(YearPlan, and_(YearPlan.project_id == Project.id, YearPlan.year == year, YearPlan.present))
        .outerjoin(Unit, Unit.id == Project.unit_id)
        .outerjoin(category, category.id == Project.category_id)
        .outerjoin(industry, industry.id == Project.industry_id)
        .outerjoin(chain, chain.id == Project.chain_id)
        .outerjoin(Batch, Batch.id == YearPlan.batch_id)
        .where(Project.present, YearPlan.dropped_on.is_not(None) if left else YearPlan.dropped_on.is_(None))
        .order_by(Project.id)
    )
    dates = _dates(connection)
    return [
        {f: row[f.value] for f in fields} | dates.get(row["id"], {}) for row in connection.execute(query).mappings()
        if only is None or row["id"] in only
    ]


def _dates(connection: Connection) -> dict[int, dict[Field, ReadValue | None]]:
    fields = {place: f for f, place in NODES.items()}
    query = select(*Milestone.__table__.c, MilestoneType.name.label("node")).join(
        MilestoneType, MilestoneType.id == Milestone.type_id)
    found: dict[int, dict[Field, ReadValue | None]] = {}
    for row in connection.execute(query).mappings():
        for which in ("baseline", "actual"):
            f, day = fields.get((row["node"], which)), row[which]
            if f is not None and day is not None:
                exact = Precision(row[f"{which}_precision"] or "day")
                found.setdefault(row["project_id"], {})[f] = LooseDate(day, exact)
    return found


def read_parts(connection: Connection, year: int, only: Collection[int] | None = None) -> tuple[list[Row], LedgerParts]:
    """The rows of those that left the list, and everything beside the list, of projects that bear a code."""
    gone = ledger_rows(connection, year, left=True, only=only)
    query = select(Project.id, Project.code, YearPlan.dropped_on).join(YearPlan, and_(
        YearPlan.project_id == Project.id, YearPlan.year == year, YearPlan.present)).where(
            Project.present, Project.code.is_not(None)).order_by(Project.id)
    listed = [r for r in connection.execute(query) if only is None or r.id in only]
    codes = {r.id: r.code for r in listed}
    names = [NameLine(codes[r.project_id], r.name, r.kind) for r in connection.execute(
        select(ProjectName.project_id, ProjectName.name, ProjectName.kind).order_by(ProjectName.id))
        if r.project_id in codes]
    subs = [SubLine(codes[r.project_id], r.position, r.name or "", r.builder or "", r.total_investment, r.annual_plan,
                    r.remark or "")
            for r in connection.execute(select(*SubProject.__table__.c).order_by(
                SubProject.project_id, SubProject.position)) if r.project_id in codes]
    figures = [FigureLine(codes[i], str(held.period), {**held.money, **held.texts}, held.stated)
               for i, (periods, _) in sorted(figures_of_year(connection, Period.month(year, 12)).items()) if i in codes
               for held in periods]
    columns = read_own_columns(connection, retired=True)
    end = Period.month(year, 12)
    own = {codes[i]: held for i, held in read_own_values(connection, [c for c in columns if not c.kind.by_period], end).items() if i in codes}
    told = [OwnFigureLine(codes[i], c.name, period, value if c.kind is OwnKind.PERIOD_NUMBER else f"{int(value) / Decimal(10**4):f}")
            for i, c, period, value in read_own_figures(connection, columns) if i in codes]
    return gone, LedgerParts(
        {r.code: r.dropped_on for r in listed if r.dropped_on is not None}, tuple(names), tuple(subs),
        tuple(figures), tuple(_nodes(connection, codes)), tuple(a for a in _acts(connection, year) if only is None or a.code in codes.values()),
        tuple(columns), own, own_figures=tuple(told))


def _acts(connection: Connection, year: int) -> Iterator[ActLine]:
    """The year's dated acts, the oldest first."""
    for a in reversed(read_adjustments(connection, year)):
        yield ActLine(a.code, a.name, a.on, a.kind.label, a.figures, a.reason, a.document, a.batch, a.other, a.actor)


def _nodes(connection: Connection, codes: Mapping[int, str]) -> list[NodeLine]:
    query = select(*Milestone.__table__.c, MilestoneType.name.label("node")).join(
        MilestoneType, MilestoneType.id == Milestone.type_id).order_by(Milestone.project_id, MilestoneType.position)

    def day(row: Any, which: str) -> LooseDate | None:
        return LooseDate(row[which], Precision(row[f"{which}_precision"] or "day")) if row[which] else None

    return [NodeLine(codes[r["project_id"]], r["node"], day(r, "baseline"), day(r, "forecast"), day(r, "actual"), r["handling"] or "")
            for r in connection.execute(query).mappings() if r["project_id"] in codes]
