"""The problems on the list as they stood on a day, and one of them with its steps and where it came from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Connection, func, select

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.db.models import Import, LogEntry, Problem, ProblemStep, Project, Unit
from hydesk.db.places import Entity
from hydesk.db.queries import AnySelect
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.milestones import day_of
from hydesk.domain.periods import Period
from hydesk.domain.problems import ListedProblem, Status, Step, StepKind, StepRule, next_steps, replay


@dataclass(frozen=True, slots=True)
class ProblemSource:
    """The cell of the return that named a problem."""

    import_id: int
    file: str
    period: str
    sheet: str
    cell: str
    words: str


@dataclass(frozen=True, slots=True)
class ProblemDetail:
    """A problem, its steps from the oldest to the newest, what may be done next, and where it came from."""

    problem: ListedProblem
    steps: tuple[Step, ...]
    next: tuple[StepRule, ...]
    source: ProblemSource | None


def list_problems(ledger: Ledger, on: Period | date, project_id: int | None = None, today: date | None = None, *,
                  current: bool = False) -> list[ListedProblem]:
    """The problems raised by ``on``, the newest first; of one project if given.

    ``on`` is a day, or a period for the desk's day (``milestones.day_of``). Each problem stands as it stood on that
    day, steps taken later left out; with ``current`` as it stands now, only its deadline judged by that day.
    """
    with ledger.read() as connection:
        return read_problems(connection, day_of(on, today or date.today()), project_id, current=current)


def read_problems(connection: Connection, on: date, project_id: int | None = None, *,
                  current: bool = False) -> list[ListedProblem]:
    """As ``list_problems``, within an open transaction."""
    query = _problems().order_by(Problem.raised_on.desc(), Problem.id.desc())
    if not current:
        query = query.where(Problem.raised_on <= on)
    if project_id is not None:
        query = query.where(Problem.project_id == project_id)
    problems = [_listed(row, on) for row in connection.execute(query).all()]
    later = set() if current else _stepped_later(connection, on)
    return [_as_of(connection, p, on) if p.id in later else p for p in problems]


def problem_detail(ledger: Ledger, problem_id: int, on: Period | date | None = None, today: date | None = None) -> ProblemDetail:
    """One problem with all its steps, judged by ``on`` (None: today). Raises HydeskError where it is not listed."""
    with ledger.read() as connection:
        today = today or date.today()
        day = today if on is None else day_of(on, today)
        row = connection.execute(_problems().where(Problem.id == problem_id)).first()
        if row is None:
            raise HydeskError("这个问题已不在清单里，请刷新后再试")
        problem = _listed(row, day)
        return ProblemDetail(problem, tuple(read_steps(connection, problem_id)),
                             next_steps(problem.status, problem.level), _source(connection, problem))


def read_steps(connection: Connection, problem_id: int) -> list[Step]:
    """The steps of a problem, the oldest first."""
    query = select(ProblemStep.id, ProblemStep.kind, ProblemStep.at, ProblemStep.actor, ProblemStep.words,
                   ProblemStep.due_on).where(ProblemStep.problem_id == problem_id, ProblemStep.present).order_by(
                       ProblemStep.id)
    return [Step(r.id, StepKind(r.kind), r.at.astimezone().date(), r.actor or "", r.words or "", r.due_on)
            for r in connection.execute(query).all()]


def _problems() -> AnySelect:
    return (
        select(*[c for c in Problem.__table__.c if c.name != "present"], Project.code, Project.name,
               Unit.name.label("unit"))
        .join(Project, Project.id == Problem.project_id).outerjoin(Unit, Unit.id == Project.unit_id)
        .where(Problem.present, Project.present)
    )


def _listed(row: Any, on: date) -> ListedProblem:
    return ListedProblem(
        id=row.id, project_id=row.project_id, project_code=row.code or "", project_name=row.name or "",
        project_unit=row.unit or "", title=row.title or "", detail=row.detail or "", measures=row.measures or "",
        responsible=row.responsible or "", leader=row.leader or "", level=row.level or "",
        status=Status(row.status or "reported"), raised_on=row.raised_on or on, due_on=row.due_on,
        closed_on=row.closed_on, first_seen=row.first_seen or "", last_seen=row.last_seen or "",
        import_id=row.import_id, source_text=row.source_text or "", on=on)


def _stepped_later(connection: Connection, on: date) -> set[int]:
    end = datetime.combine(on, time.max).astimezone()
    return {i for i in connection.execute(select(ProblemStep.problem_id).where(
        ProblemStep.present, ProblemStep.at > end).distinct()).scalars() if i is not None}


def _as_of(connection: Connection, problem: ListedProblem, on: date) -> ListedProblem:
    """A problem without the steps taken after ``on``."""
    steps = [s for s in read_steps(connection, problem.id) if s.on <= on]
    if not steps:
        return problem
    dues = [s.due_on for s in steps if s.due_on is not None]
    status = replay(steps)
    closed = problem.closed_on if status is Status.CLOSED else None
    return replace(problem, status=status, due_on=dues[-1] if dues else None, closed_on=closed)


def _source(connection: Connection, problem: ListedProblem) -> ProblemSource | None:
    """The cell that the words came from, by the change log of the return that brought them."""
    if problem.import_id is None:
        return None
    row = connection.execute(
        select(Import.file, Import.period, LogEntry.sheet, LogEntry.cell, LogEntry.words)
        .outerjoin(LogEntry, (LogEntry.import_id == Import.id) & (LogEntry.project_id == problem.project_id)
                   & (LogEntry.entity == Entity.PROGRESS.value) & (LogEntry.field == Field.PROBLEM_TEXT.value))
        .where(Import.id == problem.import_id).limit(1)).first()
    if row is None:
        return None
    return ProblemSource(problem.import_id, row.file, row.period or "", row.sheet or "", row.cell or "",
                         row.words or problem.source_text)


def list_responsible(ledger: Ledger) -> list[str]:
    """Units that problems were handed to or projects belong to, the most used first, for completing the form."""
    counts: dict[str, int] = defaultdict(int)
    with ledger.read() as connection:
        for name, count in connection.execute(select(Problem.responsible, func.count()).where(
                Problem.present).group_by(Problem.responsible)).all():
            if name:
                counts[name] += 1000 * count
        for name, count in connection.execute(select(Project.responsible_unit, func.count()).where(
                Project.present).group_by(Project.responsible_unit)).all():
            if name:
                counts[name] += count
        for name in connection.execute(select(Unit.name)).scalars():
            counts[name] += 1
    return sorted(counts, key=lambda n: -counts[n])
