"""The weekly dispatch meeting (云调度): what it looks at, and decisions that become 交办 on the spot.

A decision is one act: the matter is on the problem list, handed out with unit and deadline, and in the register of
what was decided; undoing takes all of it back.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select

from hydesk.dataclass import dataclass
from hydesk.db.journal import Write, begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.db.models import Problem, Project, Register
from hydesk.db.places import Entity
from hydesk.db.record_rows import new_record, value_place
from hydesk.db.shelves import Shelves
from hydesk.domain.actors import Actor
from hydesk.domain.dates import LooseDate
from hydesk.domain.errors import HydeskError
from hydesk.domain.lamps import Lamp
from hydesk.domain.milestones import ListedNode
from hydesk.domain.money import rate
from hydesk.domain.periods import Period
from hydesk.domain.problems import LEVELS, ListedProblem, Status, StepKind, refusal, short_title
from hydesk.domain.registers import RegisterValue, write_register_value
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.domain.shipped_registers import MEETING
from hydesk.domain.standing import ProjectStanding
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing
from hydesk.services.mechanisms.settle_promises import Promise, settle_promises
from hydesk.services.milestones.list_milestones import list_milestones
from hydesk.services.problems.list_problems import list_problems
from hydesk.services.problems.record_problem import NewProblem, problem_writes, step_writes
from hydesk.services.problems.step_problem import step_changes
from hydesk.services.standings.period_view import view_at


@dataclass(frozen=True, slots=True)
class Agenda:
    """What the meeting looks at, the worst of each first."""

    on: date
    lagging: tuple[tuple[ProjectStanding, Lamp], ...]
    nodes: tuple[ListedNode, ...]
    problems: tuple[ListedProblem, ...]
    promises: tuple[Promise, ...]


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """What the meeting decided. ``problem_id`` where the matter is on the problem list already; ``project_id`` None for
    what concerns a whole unit, which the meeting's register alone keeps."""

    project_id: int | None
    matter: str
    unit: str
    due_on: date
    problem_id: int | None = None
    words: str = ""


def agenda(ledger: Ledger, period: Period, scope: Scope = WHOLE, today: date | None = None) -> Agenda:
    """Lagging projects, overdue nodes and problems, promises broken or at risk, as of ``period``; of ``scope`` only."""
    view = view_at(ledger, period, scope)
    own = {s.id for s in view.standings} if scope.narrowed else None
    judged = [(s, view.yardstick.lamp(s)) for s in view.standings]
    lagging = [(s, lamp) for s, lamp in judged if lamp.meaning.bad]
    lagging.sort(key=lambda x: (x[1].meaning.value != "seriously_lagging", rate(x[0].year_investment, x[0].annual_plan) or 0))
    milestones = list_milestones(ledger, period, today)
    nodes = tuple(n for n in milestones.overdue() if own is None or n.project.project_id in own)
    problems = sorted((p for p in list_problems(ledger, period, today=today, current=True)
                       if p.overdue and (own is None or p.project_id in own)), key=lambda p: -p.days_late)
    promises = tuple(p for p in settle_promises(ledger, period, scope) if p.kept is False or p.at_risk)
    return Agenda(milestones.on, tuple(lagging), nodes, tuple(problems), promises)


@dataclass(frozen=True, slots=True)
class _Row:
    """A problem as the steps want it."""

    id: int
    project_id: int
    title: str
    status: str
    level: str
    responsible: str


@writing
def decide(ledger: Ledger, decision: DecisionDraft, on: date | None = None, actor: Actor | None = None,
           today: date | None = None) -> int:
    """Hand the matter out in one act; its number on the problem list, 0 for what concerns a whole unit.

    ``on`` is the meeting's day (None: today). Raises HydeskError where the matter cannot be handed out.
    """
    day, by = on or today or date.today(), actor or current_actor(ledger)
    if not decision.matter.strip():
        raise HydeskError("请写明议定的事项")
    with ledger.write() as connection:
        shelves = Shelves(connection)
        if decision.project_id is None:
            return _decide_for_unit(connection, shelves, decision, day, by, today or date.today())
        writes: list[Write] = []
        row = _listed(connection, decision) if decision.problem_id is not None else None
        keys = shelves.new_keys(Entity.STEP, 2)
        if row is None:
            _refuse_gone(connection, decision.project_id)
            (key,) = shelves.new_keys(Entity.PROBLEM, 1)
            new = NewProblem(decision.project_id, decision.matter, raised_on=day)
            writes += problem_writes(new, key, keys[0], by, day)
            row = _Row(int(key), decision.project_id, short_title(decision.matter), Status.REPORTED.value, new.level, "")
        why = refusal(Status(row.status), StepKind.ASSIGN, level=row.level or "", unit=decision.unit, due_on=decision.due_on,
                      words=decision.words, on=day, today=today or date.today())
        if why is not None:
            raise HydeskError(why)
        said = " · ".join(p for p in (decision.unit.strip(), "调度会议定", decision.words.strip()) if p)
        writes += step_changes(row, StepKind.ASSIGN, day, decision.unit, "", decision.due_on, "")
        writes += step_writes(row.project_id, keys[1], str(row.id), StepKind.ASSIGN, day, by, said, decision.due_on)
        writes += _minute(connection, shelves, decision, row.id, day)
        act_id = begin_act(connection, "problem", f"调度会交办“{row.title}”", by)
        record(connection, act_id, writes, shelves=shelves)
        return int(row.id)


def _decide_for_unit(connection: Connection, shelves: Shelves, decision: DecisionDraft, day: date, by: Actor, today: date) -> int:
    """A promise of a whole unit is no project's problem: it stands, with its deadline, among what the meetings decided."""
    why = refusal(Status.REPORTED, StepKind.ASSIGN, level=LEVELS[0], unit=decision.unit, due_on=decision.due_on,
                  words=decision.words, on=day, today=today)
    if why is not None:
        raise HydeskError(why)
    writes = _minute(connection, shelves, decision, None, day)
    if not writes:
        raise HydeskError("还没有启用“调度会议定事项”台账，单位的整体承诺记不下来；请先在考核与榜单里启用")
    record(connection, begin_act(connection, "record", f"调度会交办“{short_title(decision.matter)}”", by), writes, shelves=shelves)
    return 0


def _listed(connection: Connection, decision: DecisionDraft) -> _Row:
    found = connection.execute(select(
        Problem.id, Problem.project_id, Problem.title, Problem.status, Problem.level, Problem.responsible).where(
            Problem.id == decision.problem_id, Problem.present)).first()
    if found is None:
        raise HydeskError("这个问题已不在清单里，请刷新后再试")
    return _Row(found.id, found.project_id, found.title or "", found.status or "", found.level or "", found.responsible or "")


def _refuse_gone(connection: Connection, project_id: int) -> None:
    if connection.execute(select(Project.id).where(Project.id == project_id, Project.present)).first() is None:
        raise HydeskError("这个项目已不在台账里，请刷新后再试")


def _minute(connection: Connection, shelves: Shelves, decision: DecisionDraft, problem_id: int | None, day: date) -> list[Write]:
    """The record among what the meetings decided, where that register is in use."""
    register_id = connection.execute(
        select(Register.id).where(Register.key == MEETING, Register.present).order_by(Register.id)).scalar()
    if register_id is None:
        return []
    code = connection.execute(select(Project.code).where(Project.id == decision.project_id)).scalar()
    (key,) = shelves.new_keys(Entity.RECORD, 1)
    values: dict[str, RegisterValue | None] = {
        "on": LooseDate(day), "matter": decision.matter.strip(), "project": code, "unit": decision.unit.strip(),
        "due_on": LooseDate(decision.due_on), "state": "办理中", "problem": str(problem_id or ""), "remark": decision.words.strip()}
    return new_record(key, register_id) + [
        Write(value_place(key, f), text) for f, v in values.items() if (text := write_register_value(v)) is not None]
