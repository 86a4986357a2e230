"""What this period's returns say under 存在问题, held against the list: new, said before, still said, gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import field, replace
from datetime import date
from typing import Any

from rapidfuzz import fuzz
from sqlalchemy import Connection, select

from hydesk.dataclass import dataclass
from hydesk.db.journal import Write, begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.db.marks import entry_holds
from hydesk.db.models import LogEntry, Progress, Project, Unit
from hydesk.db.places import Entity, Place
from hydesk.domain.actors import Actor
from hydesk.domain.fields import Field
from hydesk.domain.periods import Period
from hydesk.domain.problems import (
    ListedProblem,
    Seen,
    problem_key,
    split_problems,
)
from hydesk.domain.says_nothing import says_solved
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing
from hydesk.services.problems.list_problems import read_problems
from hydesk.services.problems.record_problem import NewProblem, write_problems
from hydesk.services.rules.office_rules import read_rules
from hydesk.services.standings.read_figures import known_by

LIKE = 72.0
"""Least likeness (0 to 100) at which two texts of one project are about the same problem."""


@dataclass(frozen=True, slots=True)
class ToldProblem:
    """One problem that a return of the period tells, and the problem on the list that it means, if any."""

    project_id: int
    project_code: str
    project_name: str
    project_unit: str
    text: str
    measures: str
    period: str
    seen: Seen
    first_seen: str
    """The earliest period from which on every return of the project said it."""
    problem_id: int | None
    import_id: int | None
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class Following:
    """All texts of a period, and for each problem on the list what its project's return says of it now."""

    period: Period
    told: tuple[ToldProblem, ...]
    of_problem: dict[int, Seen] = field(default_factory=dict)

    def to_list(self) -> list[ToldProblem]:
        """Texts that are not on the list yet, or came back after 销号."""
        return [t for t in self.told if t.seen in (Seen.NEW, Seen.AGAIN, Seen.BACK)]

    def about(self, ids: Collection[int] | None) -> Following:
        """What is told of these projects; all of it where None is given."""
        return self if ids is None else replace(self, told=tuple(t for t in self.told if t.project_id in ids))


def follow_problems(ledger: Ledger, period: Period) -> Following:
    """What the returns of ``period`` tell, and what became of the problems on the list. Writes nothing."""
    with ledger.read() as connection:
        return read_following(connection, period)


def read_following(connection: Connection, period: Period) -> Following:
    """As ``follow_problems``, within an open transaction."""
    listed: dict[int, list[ListedProblem]] = defaultdict(list)
    for p in read_problems(connection, period.end, current=True):
        listed[p.project_id].append(p)
    texts, nothing = _texts(connection, period), read_rules(connection).nothing
    sources = _sources(connection, period)
    told: list[ToldProblem] = []
    of_problem: dict[int, Seen] = {}
    reported, solved = set(), set()
    for project_id, rows in texts.items():
        now = rows.get(str(period))
        if now is None:
            continue
        reported.add(project_id)
        if says_solved(now.problem_text):
            solved.add(project_id)
        earlier = {p: split_problems(r.problem_text or "", nothing) for p, r in rows.items() if p < str(period)}
        for text in split_problems(now.problem_text or "", nothing):
            told.append(_told(text, now, period, earlier, listed.get(project_id, ()), sources, of_problem))
    for project_id, problems in listed.items():
        for p in problems:
            if p.id not in of_problem and p.first_seen and p.status.open:
                of_problem[p.id] = (Seen.SOLVED if project_id in solved else Seen.GONE) if project_id in reported else Seen.SILENT
    return Following(period, tuple(told), of_problem)


def _told(text: str, row: Any, period: Period, earlier: dict[str, list[str]], listed: Sequence[ListedProblem],
          sources: dict[int, tuple[int | None, str, str]], of_problem: dict[int, Seen]) -> ToldProblem:
    first = str(period)
    for before in sorted(earlier, reverse=True):
        if not any(alike(text, t) for t in earlier[before]):
            break
        first = before
    held = next((p for p in sorted(listed, key=lambda p: not p.status.open)
                 if alike(text, p.source_text) or alike(text, p.detail)), None)
    if held is None:
        seen = Seen.NEW if first == str(period) else Seen.AGAIN
    elif held.status.open:
        seen = Seen.SAME
    else:
        # Said in the very return the problem was closed after is no coming back.
        seen = Seen.BACK if held.closed_on is not None and held.closed_on < period.start else Seen.SAME
    if held is not None:
        of_problem[held.id] = seen
    import_id, sheet, cell = sources.get(row.project_id, (row.source_id, "", ""))
    return ToldProblem(row.project_id, row.code or "", row.name or "", row.unit or "", text, row.measures_text or "",
                       str(period), seen, first, held.id if held else None, import_id, sheet, cell)


def alike(one: str, other: str) -> bool:
    """Whether two texts of one project speak of the same problem; figures may differ (剩余3户 and 剩余9户)."""
    a, b = _bare(one), _bare(other)
    if not a or not b:
        return False
    return a == b or fuzz.ratio(a, b) >= LIKE or (min(len(a), len(b)) >= 6 and (a in b or b in a))


def _bare(text: str) -> str:
    return "".join(c for c in problem_key(text) if not c.isdigit())


def _texts(connection: Connection, period: Period) -> dict[int, dict[str, Any]]:
    """Progress rows of the year up to ``period`` and of the same kind, by project and period."""
    query = (
        select(Progress.project_id, Progress.period, Progress.problem_text, Progress.measures_text, Progress.source_id,
               Project.code, Project.name, Unit.name.label("unit"))
        .join(Project, Project.id == Progress.project_id).outerjoin(Unit, Unit.id == Project.unit_id)
        .where(known_by(period), Project.present)
        .order_by(Progress.project_id)
    )
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for row in connection.execute(query).all():
        if ("W" in row.period) != period.is_month:
            found[row.project_id][row.period] = row
    return found


def _sources(connection: Connection, period: Period) -> dict[int, tuple[int | None, str, str]]:
    """The import, sheet and cell that brought each project's text of the period."""
    query = select(LogEntry.project_id, LogEntry.import_id, LogEntry.sheet, LogEntry.cell).where(
        LogEntry.entity == Entity.PROGRESS.value, LogEntry.scope == str(period),
        LogEntry.field == Field.PROBLEM_TEXT.value, entry_holds(), LogEntry.import_id.is_not(None)).order_by(LogEntry.id)
    return {r.project_id: (r.import_id, r.sheet or "", r.cell or "") for r in connection.execute(query).all()}


@writing
def adopt_problems(
    ledger: Ledger, told: Sequence[ToldProblem], actor: Actor | None = None, today: date | None = None
) -> list[int]:
    """Put texts of returns on the list in one act; their numbers. They count as raised at their period's end."""
    day = today or date.today()
    problems = [
        NewProblem(t.project_id, t.text, measures=t.measures, import_id=t.import_id, source_text=t.text,
                   first_seen=t.first_seen, last_seen=t.period, raised_on=min(Period.parse(t.period).end, day))
        for t in told
    ]
    with ledger.write() as connection:
        return write_problems(connection, problems, actor or current_actor(ledger), day)


@writing
def note_seen(ledger: Ledger, period: Period, actor: Actor | None = None) -> int:
    """Write down, in one act, which problems on the list the returns of ``period`` still tell; how many."""
    with ledger.write() as connection:
        following = read_following(connection, period)
        problems = {p.id: p for p in read_problems(connection, period.end, current=True)}
        again = [problems[i] for i, seen in following.of_problem.items() if seen in (Seen.SAME, Seen.BACK)]
        writes = [Write(Place(Entity.PROBLEM, p.project_id, str(p.id), f), str(period))
                  for p in again for f in ("last_seen", *(() if p.first_seen else ("first_seen",)))
                  if (getattr(p, f) or "") < str(period)]
        if not writes:
            return 0
        act_id = begin_act(connection, "problem", f"登记{period.label}报表仍然反映的问题", actor or current_actor(ledger))
        record(connection, act_id, writes)
        return len({w.place.scope for w in writes})
