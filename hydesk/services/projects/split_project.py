"""Split a listed project into several: figures divided to the yuan, totals preserved and proved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from hydesk.db.journal import Write, begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.db.places import DROPPED, MONTH_PLAN, PRESENT, Entity, Place, place_of, write_value
from hydesk.db.shelves import Shelves
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import PROGRESS_TEXTS, Field
from hydesk.domain.lists import Ground, ListChange, SplitPart, divide, refuse_loss
from hydesk.domain.month_plan import MonthPlan, shared
from hydesk.domain.progress import complete_year
from hydesk.domain.snapshot import PeriodFigures
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing
from hydesk.services.projects.carry_own import shared_own
from hydesk.services.projects.list_changes import (
    Listed,
    figures_in,
    free_codes,
    leave_list,
    nodes_of,
    note_change,
    progress_writes,
    read_listed,
    refuse_taken,
)


@writing
def split_project(
    ledger: Ledger, project_id: int, year: int, parts: Sequence[SplitPart], ground: Ground, actor: Actor | None = None
) -> list[int]:
    """Split a project of the list of ``year``; the ids of the parts, in order.

    Total investment and plan are divided as ``parts`` say and must make up the whole; what was invested before and
    every period's figures are divided by total investment, and so is what adds up in own columns; the plan by month by
    the year's plans. The parts stand for the project in all periods of the
    year, so that no period counts anything twice; the project itself leaves the list and is found by its code and
    name. Milestones are copied to every part. Raises HydeskError where sums differ or a name or code cannot stand.
    """
    ground = ground.checked()
    if len(parts) < 2:
        raise HydeskError("拆分至少要有两个项目")
    if not all(p.name.strip() for p in parts) or len({p.name.strip() for p in parts}) < len(parts):
        raise HydeskError("拆分后的每个项目都要有名称，而且不能相同")
    with ledger.write() as connection:
        shelves = Shelves(connection)
        whole = read_listed(connection, [project_id], year, shelves)[0]
        refuse_loss("总投资", whole.money(Field.TOTAL_INVESTMENT), [p.total_investment for p in parts])
        refuse_loss("年度计划投资", whole.money(Field.ANNUAL_PLAN), [p.annual_plan for p in parts])
        spare = iter(free_codes(connection, whole.code, len(parts)))
        codes = [p.code.strip() or next(spare) for p in parts]
        refuse_taken(connection, codes)
        ids = shelves.new_projects(len(parts))
        writes = leave_list(project_id, year, ground)
        writes += _writes(connection, whole, year, parts, ids, codes, ground, shelves)
        act_id = begin_act(connection, "list_split", f"“{whole.name}”拆分为 {len(parts)} 个项目", actor or current_actor(ledger))
        record(connection, act_id, writes, shelves=shelves)
        batch = (year, whole.plan.get(Field.BATCH.value) or "")
        note_change(connection, act_id, project_id, ListChange.SPLIT, ground, batch=batch)
        for part_id in ids:
            note_change(connection, act_id, part_id, ListChange.SPLIT, ground, batch=batch, other=project_id)
        return ids


def _writes(
    connection: Connection, whole: Listed, year: int, parts: Sequence[SplitPart], ids: Sequence[int],
    codes: Sequence[str], ground: Ground, shelves: Shelves,
) -> list[Write]:
    weights = [p.total_investment for p in parts]
    before = _shared(whole.money(Field.INVESTED_BEFORE), weights)
    held = complete_year(figures_in(connection, [whole.id], year).get(whole.id, ()), whole.money(Field.INVESTED_BEFORE))
    nodes = nodes_of(connection, [whole.id], shelves)[whole.id]
    by_month = MonthPlan.read(whole.plan.get(MONTH_PLAN))
    months = shared(by_month, [p.annual_plan for p in parts]) if by_month is not None else []
    writes = shared_own(connection, whole.id, ids, weights, year, ground.text)
    for at, (part, project_id, code) in enumerate(zip(parts, ids, codes, strict=True)):
        own = {Field.CODE.value: code, Field.NAME.value: part.name.strip(),
               Field.TOTAL_INVESTMENT.value: str(part.total_investment)}
        facts = {f: t for f, t in whole.facts.items() if t is not None} | own
        plan = {f: t for f, t in whole.plan.items() if t is not None and f != DROPPED} | {
            PRESENT: "1", Field.ANNUAL_PLAN.value: str(part.annual_plan)}
        if months:
            plan[MONTH_PLAN] = months[at].written
        if before is not None:
            plan[Field.INVESTED_BEFORE.value] = str(before[at])
        writes += [Write(Place(Entity.PROJECT, project_id, "", f), t, reason=ground.text) for f, t in facts.items()]
        writes += [Write(Place(Entity.PLAN, project_id, str(year), f), t, reason=ground.text) for f, t in plan.items()]
        writes += [Write(place_of(f, project_id, year, None), write_value(v), reason=ground.text)
                   for f, v in part.more.items()]
        writes += progress_writes(project_id, _shares(held, weights, at), ground.text)
        writes += [Write(Place(Entity.MILESTONE, project_id, node, which), day, reason=ground.text)
                   for node, dates in nodes.items() for which, day in dates.items() if day is not None]
    return writes


def _shared(amount: int | None, weights: Sequence[int]) -> list[int] | None:
    return None if amount is None else divide(amount, weights)


def _shares(held: Sequence[PeriodFigures], weights: Sequence[int], at: int) -> list[PeriodFigures]:
    """The figures of part ``at``; a negative correction is divided like any other amount."""
    found = []
    for figures in held:
        money: Mapping[Field, int] = {f: divide(v, weights)[at] for f, v in figures.money.items()}
        texts = {f: figures.texts[f] for f in PROGRESS_TEXTS if figures.texts.get(f)}
        found.append(PeriodFigures(figures.period, money, texts, figures.stated))
    return found
