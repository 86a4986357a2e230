"""The sub-projects of packages (打包项目): list, set, and count lists both ways."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, and_, func, or_, select

from hydesk.dataclass import dataclass
from hydesk.db.journal import Write, begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.db.models import Project, SubProject, YearPlan
from hydesk.db.places import Entity, Place
from hydesk.db.queries import AnySelect
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.lists import PackageCount, count_packages
from hydesk.domain.money import Yuan
from hydesk.domain.periods import Period
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing

FIELDS = ("name", "builder", "total_investment", "annual_plan", "remark")


@dataclass(frozen=True, slots=True)
class SubProjectLine:
    """A sub-project of a package; money in yuan."""

    name: str
    builder: str = ""
    total_investment: Yuan | None = None
    annual_plan: Yuan | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Package:
    """A listed project with its sub-projects; sums of its parts beside its own figures, yuan."""

    project_id: int
    code: str
    name: str
    total_investment: Yuan | None
    annual_plan: Yuan | None
    lines: tuple[SubProjectLine, ...]

    @property
    def parts_total(self) -> Yuan:
        """总投资 of the sub-projects together."""
        return sum(line.total_investment or 0 for line in self.lines)

    @property
    def parts_plan(self) -> Yuan:
        """年度计划 of the sub-projects together."""
        return sum(line.annual_plan or 0 for line in self.lines)


@writing
def set_sub_projects(
    ledger: Ledger, project_id: int, lines: Sequence[SubProjectLine], actor: Actor | None = None
) -> int:
    """Let a project hold exactly ``lines``, in order (none: no package any more); how many values changed. One act.

    Raises HydeskError where a name is missing or twice, or an amount negative.
    """
    names = [line.name.strip() for line in lines]
    if not all(names):
        raise HydeskError(f"第 {names.index('') + 1} 个子项目没有名称，请补上")
    if twice := next((n for n in names if names.count(n) > 1), None):
        raise HydeskError(f"子项目“{twice}”出现了两次，请核对")
    if any((amount or 0) < 0 for line in lines for amount in (line.total_investment, line.annual_plan)):
        raise HydeskError("子项目的金额不能是负数，请核对")
    with ledger.write() as connection:
        name = connection.execute(select(Project.name).where(Project.id == project_id, Project.present)).scalar()
        if name is None:
            raise HydeskError("这个项目已不在台账里，请刷新后再试")
        if tuple(lines) == tuple(_lines(connection, [project_id]).get(project_id, ())):
            return 0
        act_id = begin_act(connection, "sub_projects", f"修改“{name}”的子项目（{len(lines)}个）", actor or current_actor(ledger))
        return record(connection, act_id, sub_project_writes(connection, project_id, lines))


def sub_project_writes(
    connection: Connection, project_id: int, lines: Sequence[SubProjectLine], reason: str | None = None
) -> list[Write]:
    """What makes a project hold exactly ``lines``."""
    last = connection.execute(select(func.max(SubProject.position)).where(
        SubProject.project_id == project_id)).scalar() or 0
    writes = []
    for at in range(1, max(last, len(lines)) + 1):
        line = lines[at - 1] if at <= len(lines) else None
        for f in FIELDS:
            value = getattr(line, f) if line is not None else None
            text = None if value in (None, "") else str(value).strip()
            writes.append(Write(Place(Entity.SUB_PROJECT, project_id, str(at), f), text, reason=reason))
    return writes


def list_sub_projects(ledger: Ledger, project_id: int) -> list[SubProjectLine]:
    """The sub-projects of one project, in order."""
    with ledger.read() as connection:
        return _lines(connection, [project_id]).get(project_id, [])


def list_packages(ledger: Ledger, year: int) -> list[Package]:
    """Every package on the list of ``year``, in ledger order."""
    with ledger.read() as connection:
        lines = _lines(connection)
        query = select(Project.id, Project.code, Project.name, Project.total_investment, YearPlan.annual_plan).join(
            YearPlan, and_(YearPlan.project_id == Project.id, YearPlan.year == year, YearPlan.present)).where(
                Project.present, YearPlan.dropped_on.is_(None)).order_by(Project.id)
        return [Package(r.id, r.code or "", r.name or "", r.total_investment, r.annual_plan, tuple(lines[r.id]))
                for r in connection.execute(query).all() if r.id in lines]


def read_sub_projects_of(connection: Connection, project_id: int) -> list[SubProjectLine]:
    """The sub-projects of one project, within an open transaction."""
    return _lines(connection, [project_id]).get(project_id, [])


def _lines(connection: Connection, ids: Sequence[int] | None = None) -> dict[int, list[SubProjectLine]]:
    query = select(SubProject).order_by(SubProject.project_id, SubProject.position)
    if ids is not None:
        query = query.where(SubProject.project_id.in_(ids))
    found: dict[int, list[SubProjectLine]] = {}
    for r in connection.execute(query.with_only_columns(*SubProject.__table__.c)).mappings():
        found.setdefault(r["project_id"], []).append(SubProjectLine(
            r["name"] or "", r["builder"] or "", r["total_investment"], r["annual_plan"], r["remark"] or ""))
    return found


def read_part_counts(connection: Connection) -> dict[int, int]:
    """How many sub-projects each package holds, within an open transaction."""
    query: AnySelect = select(SubProject.project_id, func.count()).group_by(SubProject.project_id)
    return dict(map(tuple, connection.execute(query).all()))


def count_listed(ledger: Ledger, period: Period) -> PackageCount:
    """How many projects the list has at ``period``, packages counted both ways (as ``list_standings`` lists them)."""
    with ledger.read() as connection:
        return read_count(connection, period)


def read_count(connection: Connection, period: Period, only: Collection[int] | None = None) -> PackageCount:
    """As ``count_listed``, within an open transaction; ``only`` these projects where given."""
    held = (select(SubProject.project_id, func.count().label("parts")).group_by(SubProject.project_id).subquery())
    query = (
        select(YearPlan.project_id, func.coalesce(held.c.parts, 0))
        .join(Project, Project.id == YearPlan.project_id)
        .outerjoin(held, held.c.project_id == YearPlan.project_id)
        .where(YearPlan.year == period.year, YearPlan.present, Project.present,
               or_(YearPlan.dropped_on.is_(None), YearPlan.dropped_on > period.end))
    )
    wanted = None if only is None else set(only)
    return count_packages([n for i, n in connection.execute(query).all() if wanted is None or i in wanted])
