"""Take a step with one problem or with several at once: 受理, 交办, 办理, 反馈, 核实, 销号, 退回, 升级, 延期."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from hydesk.db.journal import Write, begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.db.models import Problem, ProblemStep
from hydesk.db.places import Entity, Place
from hydesk.db.shelves import Shelves, chunks
from hydesk.domain.actors import Actor
from hydesk.domain.done import Done
from hydesk.domain.errors import HydeskError
from hydesk.domain.problems import Status, StepKind, level_above, refusal, rule_for
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing
from hydesk.services.problems.record_problem import step_writes


def step_problem(
    ledger: Ledger, problem_id: int, kind: StepKind, *, on: date | None = None, unit: str = "", leader: str = "",
    due_on: date | None = None, words: str = "", measures: str = "", actor: Actor | None = None, today: date | None = None,
) -> Done[str]:
    """Take one step with one problem; the act's title. Arguments as in ``step_problems``."""
    return step_problems(ledger, [problem_id], kind, on=on, unit=unit, leader=leader, due_on=due_on, words=words,
                         measures=measures, actor=actor, today=today)


@writing
def step_problems(
    ledger: Ledger, problem_ids: Sequence[int], kind: StepKind, *, on: date | None = None, unit: str = "",
    leader: str = "", due_on: date | None = None, words: str = "", measures: str = "", actor: Actor | None = None,
    today: date | None = None,
) -> str:
    """Take the step ``kind`` with every one of ``problem_ids`` in one act; the act's title.

    ``on`` is the day it was taken (None: today), ``unit`` and ``leader`` who is to deal with it, ``due_on`` the
    deadline. Raises HydeskError, and writes nothing, where one of the problems may not take it or a need is missing.
    """
    day = today or date.today()
    taken_on, by = on or day, actor or current_actor(ledger)
    with ledger.write() as connection:
        rows = _problems(connection, problem_ids)
        since = _last_days(connection, problem_ids)
        shelves = Shelves(connection)
        keys = shelves.new_keys(Entity.STEP, len(rows))
        writes: list[Write] = []
        for row, key in zip(rows, keys, strict=True):
            status, level = Status(row.status), row.level or ""
            why = refusal(status, kind, level=level, unit=unit or row.responsible or "", due_on=due_on, words=words,
                          on=taken_on, since=since.get(row.id), today=day)
            if why is not None:
                raise HydeskError(f"“{row.title}”：{why}" if len(rows) > 1 else why)
            said = " · ".join(p for p in (unit.strip() if kind is StepKind.ASSIGN else "", words.strip()) if p)
            if kind is StepKind.ESCALATE:
                said = f"由{level or '县级'}升为{level_above(level)}：{words.strip()}"
            writes += step_changes(row, kind, taken_on, unit, leader, due_on, measures)
            writes += step_writes(row.project_id, key, str(row.id), kind, taken_on, by, said, due_on)
        title = f"{kind.label}问题“{rows[0].title}”" if len(rows) == 1 else f"{kind.label} {len(rows)} 个问题"
        record(connection, begin_act(connection, "problem", title, by), writes, shelves=shelves)
        return title


def _problems(connection: Connection, ids: Sequence[int]) -> list[Any]:
    found: dict[int, Any] = {}
    for some in chunks(set(ids)):
        query = select(Problem.id, Problem.project_id, Problem.title, Problem.status, Problem.level, Problem.responsible)
        found |= {r.id: r for r in connection.execute(query.where(Problem.id.in_(some), Problem.present)).all()}
    rows = [found[i] for i in dict.fromkeys(ids) if i in found]
    if not rows or len(found) < len(set(ids)):
        raise HydeskError("选中的问题有的已不在清单里，请刷新后再试")
    return rows


def _last_days(connection: Connection, ids: Sequence[int]) -> dict[int, date]:
    days: dict[int, date] = {}
    for some in chunks(set(ids)):
        query = select(ProblemStep.problem_id, func.max(ProblemStep.at)).where(
            ProblemStep.problem_id.in_(some), ProblemStep.present).group_by(ProblemStep.problem_id)
        days |= {key: at.astimezone().date() for key, at in connection.execute(query).all() if key is not None and at is not None}
    return days


def step_changes(row: Any, kind: StepKind, on: date, unit: str, leader: str, due_on: date | None, measures: str) -> list[Write]:
    """What a step changes of the problem itself; ``row`` has id, project_id, status and level."""
    rule = rule_for(Status(row.status), kind, row.level or "")
    assert rule is not None
    values: dict[str, str | None] = {"status": rule.to.value}
    if kind in (StepKind.ASSIGN, StepKind.EXTEND) and due_on is not None:
        values["due_on"] = due_on.isoformat()
    if kind is StepKind.ASSIGN and unit.strip():
        values["responsible"] = unit.strip()
    if kind is StepKind.ESCALATE:
        values["level"] = level_above(row.level or "")
    if leader.strip():
        values["leader"] = leader.strip()
    if measures.strip():
        values["measures"] = measures.strip()
    if kind is StepKind.CLOSE:
        values["closed_on"] = on.isoformat()
    elif row.status == Status.CLOSED.value:
        values["closed_on"] = None
    return [Write(Place(Entity.PROBLEM, row.project_id, str(row.id), f), v) for f, v in values.items()]
