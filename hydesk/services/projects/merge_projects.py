"""Merge several listed projects into one: figures summed period by period, old codes and names kept findable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, func, select

from hydesk.db.journal import Write, begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.db.models import ProjectName, SubProject
from hydesk.db.places import MONTH_PLAN, Entity, Place
from hydesk.db.shelves import Shelves
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import AMOUNTS_OF_PERIOD, PROGRESS_MONEY, PROGRESS_TEXTS, Field
from hydesk.domain.lists import Ground, ListChange
from hydesk.domain.month_plan import MonthPlan, summed
from hydesk.domain.periods import Period
from hydesk.domain.progress import complete_year
from hydesk.domain.snapshot import PeriodFigures
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing
from hydesk.services.projects.carry_own import merged_own
from hydesk.services.projects.list_changes import (
    Listed,
    Texts,
    figures_in,
    leave_list,
    nodes_of,
    note_change,
    progress_writes,
    read_listed,
)

START_NODE = "开工"
MONTHLY = AMOUNTS_OF_PERIOD


@writing
def merge_projects(
    ledger: Ledger, project_ids: Sequence[int], year: int, ground: Ground, *, name: str = "",
    as_package: bool = False, actor: Actor | None = None,
) -> int:
    """Merge projects of the list of ``year`` into the first of them, under ``name`` where given; its id.

    Total investment, plan (by month too) and what was invested before are summed, and so is every period, each project
    with the newest figures it had then, and what adds up in own columns. A node counts as done once all that have it have done it, on the latest day; 开工 on
    the earliest. The others leave the list; their names and codes go on meaning the merged project. ``as_package``
    keeps all of them as its sub-projects. Raises HydeskError where one is not listed.
    """
    ground = ground.checked()
    ids = list(dict.fromkeys(project_ids))
    if len(ids) < 2:
        raise HydeskError("合并至少要选两个项目")
    with ledger.write() as connection:
        shelves = Shelves(connection)
        listed = read_listed(connection, ids, year, shelves)
        first, others = listed[0], listed[1:]
        writes = _sums(listed, year, ground) + _names(connection, first, others, name.strip(), ground)
        held = figures_in(connection, ids, year)
        writes += progress_writes(first.id, sum_periods(
            {p.id: complete_year(held.get(p.id, ()), p.money(Field.INVESTED_BEFORE)) for p in listed},
            {p.id: p.name for p in listed}), ground.text)
        nodes = nodes_of(connection, ids, shelves)
        writes += [Write(Place(Entity.MILESTONE, first.id, node, which), day, reason=ground.text)
                   for node, dates in merge_nodes([nodes[i] for i in ids]).items() for which, day in dates.items()]
        writes += merged_own(connection, ids, year, ground.text)
        writes += _sub_projects(connection, listed, as_package, ground, shelves)
        for other in others:
            writes += leave_list(other.id, year, ground)
        title = f"{len(ids)}个项目合并为“{name.strip() or first.name}”"
        act_id = begin_act(connection, "list_merge", title, actor or current_actor(ledger))
        record(connection, act_id, writes, shelves=shelves)
        batch = (year, first.plan.get(Field.BATCH.value) or "")
        note_change(connection, act_id, first.id, ListChange.MERGED, ground, batch=batch)
        for other in others:
            note_change(connection, act_id, other.id, ListChange.MERGED, ground, batch=batch, other=first.id)
        return first.id


def _sums(listed: Sequence[Listed], year: int, ground: Ground) -> list[Write]:
    first, writes = listed[0].id, []
    for f, place in ((Field.TOTAL_INVESTMENT, Place(Entity.PROJECT, first, "", Field.TOTAL_INVESTMENT.value)),
                     (Field.ANNUAL_PLAN, Place(Entity.PLAN, first, str(year), Field.ANNUAL_PLAN.value)),
                     (Field.INVESTED_BEFORE, Place(Entity.PLAN, first, str(year), Field.INVESTED_BEFORE.value))):
        known = [m for p in listed if (m := p.money(f)) is not None]
        if known:
            writes.append(Write(place, str(sum(known)), reason=ground.text))
    by_month = summed([(MonthPlan.read(p.plan.get(MONTH_PLAN)), p.money(Field.ANNUAL_PLAN)) for p in listed])
    if by_month is not None:
        writes.append(Write(Place(Entity.PLAN, first, str(year), MONTH_PLAN), by_month.written, reason=ground.text))
    return writes


def _names(
    connection: Connection, first: Listed, others: Sequence[Listed], name: str, ground: Ground
) -> list[Write]:
    """Old names, and old codes as names, of the merged project."""
    writes, former = [], []
    if name and name != first.name:
        writes.append(Write(Place(Entity.PROJECT, first.id, "", Field.NAME.value), name, reason=ground.text))
        former.append(first.name)
    for other in others:
        former += [other.name, other.code]
    query = select(ProjectName.name).where(ProjectName.project_id.in_([p.id for p in others]))
    former += list(connection.execute(query).scalars())
    return writes + [Write(Place(Entity.NAME, first.id, text, "kind"), "former", reason=ground.text)
                     for text in dict.fromkeys(former) if text and text != (name or first.name)]


def sum_periods(
    figures: Mapping[int, Sequence[PeriodFigures]], names: Mapping[int, str]
) -> list[PeriodFigures]:
    """Figures of several projects as those of one: sums of the newest each had at the period, months of the own period.

    A project that did not report a period counts with what it had reached before, as it does in every total.
    """
    days: dict[Period, date] = {}
    for one in sorted((one for held in figures.values() for one in held), key=lambda one: one.sort_key):
        days[one.period] = one.day  # of several days that the projects' returns state for one period the last
    periods = sorted(days, key=lambda p: (days[p], p.is_month, str(p)))
    reached: dict[int, dict[Field, int]] = {i: {} for i in figures}
    by_period = {i: {f.period: f for f in held} for i, held in figures.items()}
    found = []
    for period in periods:
        own = {i: held[period] for i, held in by_period.items() if period in held}
        for i, now in own.items():
            reached[i].update({f: v for f, v in now.money.items() if f not in MONTHLY})
        money: dict[Field, int] = {}
        for f in PROGRESS_MONEY:
            source = [now.money for now in own.values()] if f in MONTHLY else list(reached.values())
            known = [m[f] for m in source if f in m]
            if known:
                money[f] = sum(known)
        texts = {}
        for f in PROGRESS_TEXTS:
            said = [f"{names[i]}：{now.texts[f]}" for i, now in own.items() if now.texts.get(f)]
            if said:
                texts[f] = "\n".join(said)
        found.append(PeriodFigures(period, money, texts, None if days[period] == period.day else days[period]))
    return found


def merge_nodes(nodes: Sequence[Mapping[str, Texts]]) -> dict[str, dict[str, str | None]]:
    """Nodes of several projects as those of one: 开工 the earliest, everything else the latest and only once all have.

    Dates are as the change log writes them, which sort as text.
    """
    merged: dict[str, dict[str, str | None]] = {}
    for node in dict.fromkeys(n for held in nodes for n in held):
        those = [held[node] for held in nodes if node in held]
        merged[node] = {}
        for which in ("baseline", "forecast", "actual"):
            days = [d for dates in those if (d := dates.get(which)) is not None]
            if node == START_NODE:
                merged[node][which] = min(days, default=None)
            else:
                whole = which != "actual" or len(days) == len(those)
                merged[node][which] = max(days, default=None) if whole else None
    return merged


def _sub_projects(
    connection: Connection, listed: Sequence[Listed], as_package: bool, ground: Ground, shelves: Shelves
) -> list[Write]:
    """Sub-projects of the others go over; those that had none become one each where a package is wanted."""
    first = listed[0].id
    fields = ("name", "builder", "total_investment", "annual_plan", "remark")
    query = select(SubProject.project_id, SubProject.position).where(
        SubProject.project_id.in_([p.id for p in listed])).order_by(SubProject.project_id, SubProject.position)
    held: dict[int, list[int]] = {}
    for row in connection.execute(query):
        held.setdefault(row.project_id, []).append(row.position)
    if not as_package and not held:
        return []  # where one of them is a package, all that it is merged with become its sub-projects
    last = connection.execute(select(func.max(SubProject.position)).where(SubProject.project_id == first)).scalar() or 0
    writes: list[Write] = []
    for project in listed:
        if held.get(project.id) and project.id == first:
            continue
        lines: list[Texts] = [
            {f: shelves.get([place := Place(Entity.SUB_PROJECT, project.id, str(at), f)])[place] for f in fields}
            for at in held.get(project.id, ())]
        if not lines:
            lines = [{"name": project.name, "builder": project.facts.get("builder"),
                      "total_investment": project.facts.get("total_investment"),
                      "annual_plan": project.plan.get("annual_plan"), "remark": project.code or None}]
        for line in lines:
            last += 1
            writes += [Write(Place(Entity.SUB_PROJECT, first, str(last), f), text, reason=ground.text)
                       for f, text in line.items() if text is not None]
    return writes
