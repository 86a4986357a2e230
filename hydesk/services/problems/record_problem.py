"""Put problems on the list and change what is said of them; each is one act that can be undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time

from sqlalchemy import Connection, select

from hydesk.dataclass import dataclass
from hydesk.db.journal import Write, begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.db.models import Problem, Project
from hydesk.db.places import PRESENT, Entity, Place
from hydesk.db.shelves import Shelves
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.problems import LEVELS, Status, StepKind, short_title
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing

EDITABLE = ("title", "detail", "measures", "responsible", "leader", "level")
"""What may be changed by hand; status and deadline move by steps only."""


@dataclass(frozen=True, slots=True)
class NewProblem:
    """A problem to be listed. Without a title its first clause is one. ``import_id``, ``source_text`` and
    ``period`` say which return named it."""

    project_id: int
    detail: str
    title: str = ""
    measures: str = ""
    responsible: str = ""
    leader: str = ""
    level: str = LEVELS[0]
    raised_on: date | None = None
    import_id: int | None = None
    source_text: str = ""
    first_seen: str = ""
    last_seen: str = ""


@writing
def record_problem(ledger: Ledger, problem: NewProblem, actor: Actor | None = None, today: date | None = None) -> int:
    """List a problem as 上报; its number. Raises HydeskError where nothing is said or its project is gone."""
    return record_problems(ledger, [problem], actor, today).value[0]


@writing
def record_problems(
    ledger: Ledger, problems: Sequence[NewProblem], actor: Actor | None = None, today: date | None = None
) -> list[int]:
    """List several problems in one act; their numbers in the same order."""
    by = actor or current_actor(ledger)
    day = today or date.today()
    with ledger.write() as connection:
        return write_problems(connection, problems, by, day)


def write_problems(connection: Connection, problems: Sequence[NewProblem], by: Actor, today: date) -> list[int]:
    """As ``record_problems``, within an open transaction."""
    names = dict(connection.execute(select(Project.id, Project.name).where(Project.present)).tuples().all())
    for p in problems:
        if p.project_id not in names:
            raise HydeskError("这个项目已不在台账里，请刷新后再试")
        if not (p.detail.strip() or p.title.strip()):
            raise HydeskError("请写明存在什么问题")
        if p.raised_on is not None and p.raised_on > today:
            raise HydeskError(f"提出日期 {p.raised_on} 还没有到，请核对")
    shelves = Shelves(connection)
    keys = shelves.new_keys(Entity.PROBLEM, len(problems))
    steps = shelves.new_keys(Entity.STEP, len(problems))
    writes: list[Write] = []
    for p, key, step in zip(problems, keys, steps, strict=True):
        writes += problem_writes(p, key, step, by, p.raised_on or today)
    title = f"登记“{names[problems[0].project_id]}”的问题" if len(problems) == 1 else f"登记 {len(problems)} 个问题"
    if problems:
        record(connection, begin_act(connection, "problem", title, by), writes, shelves=shelves)
    return [int(k) for k in keys]


def problem_writes(p: NewProblem, key: str, step: str, by: Actor, on: date) -> list[Write]:
    """What lists a problem as 上报, with its first step; ``key`` and ``step`` are new keys."""
    values = {
        PRESENT: "1", "title": p.title.strip() or short_title(p.detail), "detail": p.detail.strip(),
        "measures": p.measures.strip(), "responsible": p.responsible.strip(), "leader": p.leader.strip(),
        "level": p.level, "status": Status.REPORTED.value, "raised_on": on.isoformat(),
        "import_id": None if p.import_id is None else str(p.import_id), "source_text": p.source_text,
        "first_seen": p.first_seen, "last_seen": p.last_seen or p.first_seen,
    }
    writes = [Write(Place(Entity.PROBLEM, p.project_id, key, f), v) for f, v in values.items() if v]
    return writes + step_writes(p.project_id, step, key, StepKind.REPORT, on, by, p.source_text and "报表反映", None)


def step_writes(project_id: int, step: str, problem: str, kind: StepKind, on: date, by: Actor, words: str,
                due_on: date | None) -> list[Write]:
    """What a step of a problem writes; ``on`` counts from noon, so that every time zone reads the same day."""
    at = datetime.combine(on, time(12)).astimezone(UTC)
    values = {PRESENT: "1", "problem_id": problem, "kind": kind.value, "at": at.isoformat(), "actor": str(by),
              "words": words.strip(), "due_on": due_on.isoformat() if due_on else None}
    return [Write(Place(Entity.STEP, project_id, step, f), v) for f, v in values.items() if v]


@writing
def edit_problem(ledger: Ledger, problem_id: int, values: Mapping[str, str], actor: Actor | None = None) -> bool:
    """Change fields of ``EDITABLE``; whether anything changed. Raises HydeskError where it is not listed."""
    with ledger.write() as connection:
        row = connection.execute(select(Problem.project_id, Problem.title).where(
            Problem.id == problem_id, Problem.present)).first()
        if row is None:
            raise HydeskError("这个问题已不在清单里，请刷新后再试")
        if strange := set(values) - set(EDITABLE):
            raise ValueError(f"not editable: {strange}")
        if not values.get("title", "x").strip():
            raise HydeskError("问题名称不能为空")
        writes = [Write(Place(Entity.PROBLEM, row.project_id, str(problem_id), f), v.strip() or None)
                  for f, v in values.items()]
        shelves = Shelves(connection)
        held = shelves.get(w.place for w in writes)
        if all(held[w.place] == w.new for w in writes):
            return False
        act_id = begin_act(connection, "problem", f"修改问题“{row.title}”", actor or current_actor(ledger))
        record(connection, act_id, writes, shelves=shelves)
        return True


@writing
def remove_problem(ledger: Ledger, problem_id: int, actor: Actor | None = None) -> None:
    """Take a problem listed by mistake off the list; one act that can be undone."""
    with ledger.write() as connection:
        row = connection.execute(select(Problem.project_id, Problem.title).where(
            Problem.id == problem_id, Problem.present)).first()
        if row is None:
            raise HydeskError("这个问题已不在清单里，请刷新后再试")
        act_id = begin_act(connection, "problem", f"从清单删去问题“{row.title}”", actor or current_actor(ledger))
        record(connection, act_id, [Write(Place(Entity.PROBLEM, row.project_id, str(problem_id), PRESENT), None)])
