"""All projects' nodes as they stand at a period or on a day, and the standard nodes in the office's order."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, func, or_, select

from hydesk.db.asked_once import asked_once
from hydesk.db.journal import Write, begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.db.marks import entry_holds
from hydesk.db.models import (
    Act,
    LogEntry,
    Milestone,
    MilestoneType,
    Progress,
    Project,
    ProjectClass,
    Unit,
    YearPlan,
    aliased,
)
from hydesk.db.places import Entity, Place, read_date
from hydesk.db.seed import MILESTONES as SEEDED
from hydesk.db.shelves import chunks
from hydesk.domain.actors import Actor
from hydesk.domain.dates import LooseDate, Precision
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import CONTINUED
from hydesk.domain.kept import words
from hydesk.domain.milestones import (
    STAGES,
    START,
    BaselineMove,
    Milestones,
    NodeDates,
    ProjectNodes,
    StandardNode,
    day_of,
)
from hydesk.domain.periods import Period
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing
from hydesk.services.rules.office_rules import read_rules
from hydesk.services.rules.settings import kept_value, setting_text

STANDARD_NODES = "standard_nodes"
"""The setting that holds names, stages and order of the standard nodes once the office has changed them."""


def list_milestones(ledger: Ledger, when: Period | date, today: date | None = None) -> Milestones:
    """The nodes of all projects on the list of that year, judged by a day or, for a period, by the desk's day.

    The desk's day is ``today`` (None: the machine's) for a period being worked on, else the period's last day. A
    report that is to say how things stood at a period's end hands over that day.
    """
    with ledger.read() as connection:
        return read_milestones(connection, when, today)


def read_milestones(
    connection: Connection, when: Period | date, today: date | None = None, projects: Iterable[int] | None = None,
    waiting_days: int | None = None,
) -> Milestones:
    """As ``list_milestones``, within an open transaction; only of ``projects`` where they are given.

    With ``waiting_days`` the nodes that are overdue or due within as many days are all there; of the others, which are
    nearly all, most are left out unread.
    """
    on = day_of(when, today or date.today())
    order = read_standard_nodes(connection)
    wanted = None if projects is None else set(projects)
    dates = read_dates(connection, wanted, None if waiting_days is None else (on, on + timedelta(days=waiting_days)))
    known = {n.name for n in order}
    strange = sorted({node for held in dates.values() for node in held} - known)
    order += tuple(StandardNode(name, STAGES[2]) for name in strange)
    end = when.end if isinstance(when, Period) else when
    started = _with_money(connection, when.year, end) if read_rules(connection).money_starts else frozenset()
    rows = tuple(_project(row, dates.get(row[0], {}), started) for row in _projects(connection, when.year, end, wanted)
                 if waiting_days is None or row[0] in dates)
    return Milestones(on, order, rows)


def _with_money(connection: Connection, year: int, end: date) -> frozenset[int]:
    """Projects with money of the year by ``end``: started, where the office takes money as a start."""
    return frozenset(connection.execute(select(Progress.project_id).distinct().where(
        Progress.year == year, Progress.ends_on <= end, Progress.year_investment > 0)).scalars())


def _project(row: Any, nodes: Mapping[str, NodeDates], started: Collection[int] = ()) -> ProjectNodes:
    key, code, name, unit, category, chain, nature = row
    start = nodes.get(START)
    if start is not None and start.actual is None and (nature == CONTINUED or key in started):
        # A 续建 is never overdue for 开工, whatever an old list planned (docs/rules.md §5.1).
        nodes = {**nodes, START: replace(start, begun=True)}
    return ProjectNodes(key, code or "", name or "", unit or "", category or "", chain or "", nature or "", nodes)


def list_projects(ledger: Ledger, period: Period) -> list[ProjectNodes]:
    """The projects on the list of the period's year by name and unit only, for choosing one."""
    with ledger.read() as connection:
        return [_project(row, {}) for row in _projects(connection, period.year, period.end)]


def list_standard_nodes(ledger: Ledger) -> tuple[StandardNode, ...]:
    """The standard nodes in the order of a project's life."""
    with ledger.read() as connection:
        return read_standard_nodes(connection)


def read_standard_nodes(connection: Connection) -> tuple[StandardNode, ...]:
    """As ``list_standard_nodes``, within an open transaction."""
    return asked_once(connection, STANDARD_NODES, lambda: _standard_nodes(connection))


def _standard_nodes(connection: Connection) -> tuple[StandardNode, ...]:
    own = kept_value(setting_text(connection, STANDARD_NODES), None, lambda nodes: tuple(StandardNode(*words([n["name"], n["stage"], n.get("label", ""), n.get("department", "")])) for n in nodes))
    if own is not None:
        return own  # type: ignore[no-any-return]
    # A node that was added and undone again leaves its row behind; it is no standard node any more.
    used = select(Milestone.id).where(Milestone.type_id == MilestoneType.id).exists()
    query = select(MilestoneType.name, MilestoneType.stage).where(
        or_(MilestoneType.name.in_([name for name, _ in SEEDED]), used)).order_by(MilestoneType.position)
    return tuple(StandardNode(name, stage) for name, stage in connection.execute(query).all())


@writing
def set_standard_nodes(ledger: Ledger, nodes: Sequence[StandardNode], actor: Actor | None = None) -> None:
    """Use these nodes in this order from now on; one act that can be undone.

    A node is renamed by its ``label`` and keeps its ``name``, under which its dates and their history stand. Dates of
    a node that is left out stay in the ledger. Raises HydeskError for names that are empty or double, and where 开工 is
    missing: starts are counted by it.
    """
    shown = [n.shown.strip() for n in nodes]
    if not all(shown):
        raise HydeskError("节点名称不能为空，请填写后再保存")
    double = next((n for n in shown if shown.count(n) > 1), None)
    if double is not None:
        raise HydeskError(f"有两个节点都叫“{double}”，请改成不同的名称")
    if START not in {n.name for n in nodes}:
        raise HydeskError("“开工”不能删去：开工情况按它统计，可以改名或移动")
    text = json.dumps([{"name": n.name, "stage": n.stage, "label": n.label, "department": n.department} for n in nodes], ensure_ascii=False)
    with ledger.write() as connection:
        if read_standard_nodes(connection) == tuple(nodes):
            return
        act_id = begin_act(connection, "setting", "修改标准节点", actor or current_actor(ledger))
        record(connection, act_id, [Write(Place(Entity.SETTING, 0, STANDARD_NODES, "value"), text)])


def _projects(connection: Connection, year: int, end: date, some: set[int] | None = None) -> list[Any]:
    """Id, code, name, unit, category, chain and nature of the year's projects; of ``some`` where they are given."""
    category, chain = aliased(ProjectClass), aliased(ProjectClass)
    query = (
        select(Project.id, Project.code, Project.name, Unit.name.label("unit"), category.name.label("category"),
               chain.name.label("chain"), func.coalesce(YearPlan.nature, Project.nature).label("nature"))
        .join(YearPlan, YearPlan.project_id == Project.id)
        .outerjoin(Unit, Unit.id == Project.unit_id)
        .outerjoin(category, category.id == Project.category_id)
        .outerjoin(chain, chain.id == Project.chain_id)
        .where(YearPlan.year == year, YearPlan.present, Project.present,
               or_(YearPlan.dropped_on.is_(None), YearPlan.dropped_on > end))
        .order_by(Project.id)
    )
    if some is None:
        return list(connection.execute(query))
    found = [row for part in chunks(some) for row in connection.execute(query.where(Project.id.in_(part))).all()]
    return sorted(found, key=lambda row: row[0])


def read_dates(
    connection: Connection, projects: set[int] | None, waiting: tuple[date, date] | None = None
) -> dict[int, dict[str, NodeDates]]:
    """The dates of all nodes, by project and node; only of ``projects`` where they are given.

    With ``waiting`` (a day, and the last day that counts) nodes done by the day or planned later are mostly left out.
    """
    moves = _moves(connection, projects)
    query = select(
        Milestone.project_id, MilestoneType.name, Milestone.baseline, Milestone.baseline_precision, Milestone.forecast,
        Milestone.forecast_precision, Milestone.actual, Milestone.actual_precision, Milestone.handling,
    ).join(MilestoneType, MilestoneType.id == Milestone.type_id)
    if waiting is not None:
        on, last = waiting
        query = query.where(or_(Milestone.actual.is_(None), Milestone.actual > on),
                            or_(Milestone.baseline <= last, Milestone.forecast <= last))
    found: dict[int, dict[str, NodeDates]] = defaultdict(dict)
    for some in ([None] if projects is None else chunks(projects)):
        narrowed = query if some is None else query.where(Milestone.project_id.in_(some))
        for r in connection.execute(narrowed).all():
            found[r[0]][r[1]] = NodeDates(
                _loose(r[2], r[3]), _loose(r[4], r[5]), _loose(r[6], r[7]), tuple(moves.get((r[0], r[1]), ())), handling=r[8] or "")
    return found


def _moves(connection: Connection, projects: set[int] | None) -> dict[tuple[int, str], list[BaselineMove]]:
    """Baselines that were set before and then changed, from the change log, the oldest first."""
    query = select(
        LogEntry.project_id, LogEntry.scope, LogEntry.old, LogEntry.new, LogEntry.reason, LogEntry.words, Act.at, Act.actor,
    ).join(Act, Act.id == LogEntry.act_id).where(
        LogEntry.entity == Entity.MILESTONE.value, LogEntry.field == "baseline", LogEntry.old.is_not(None),
        LogEntry.old.is_distinct_from(LogEntry.new), entry_holds()).order_by(LogEntry.id)
    if projects is None:  # the log has an index that begins with the project: named ones are looked up, else all of it is read
        query = query.where(LogEntry.project_id.in_(select(Project.id)))
    found: dict[tuple[int, str], list[BaselineMove]] = defaultdict(list)
    for some in ([None] if projects is None else chunks(projects)):
        for r in connection.execute(query if some is None else query.where(LogEntry.project_id.in_(some))).all():
            found[r.project_id, r.scope].append(BaselineMove(
                r.at.astimezone().date(), r.actor, read_date(r.old), read_date(r.new) if r.new else None, r.reason or ""))
    return found


def _loose(day: date | None, precision: str | None) -> LooseDate | None:
    return None if day is None else LooseDate(day, _PRECISIONS[precision or "day"])


_PRECISIONS = {p.value: p for p in Precision}
"""Half a million dates are read: an enumeration's own look-up is several times as slow."""
