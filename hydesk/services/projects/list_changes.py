"""What the dated acts on a list have in common: who is listed, free codes, the note in the list of adjustments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, insert, select

from hydesk.dataclass import dataclass
from hydesk.db.journal import Write
from hydesk.db.layout import COLUMNS
from hydesk.db.models import Adjustment, Project
from hydesk.db.places import DAY_STATED, DROPPED, PRESENT, Entity, Place
from hydesk.db.references import BATCH, References
from hydesk.db.shelves import Shelves
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import PROGRESS_MONEY, PROGRESS_TEXTS, Field
from hydesk.domain.lists import Ground, ListChange
from hydesk.domain.money import Yuan
from hydesk.domain.periods import Period
from hydesk.domain.snapshot import PeriodFigures
from hydesk.services.standings.read_figures import figures_of_year

Texts = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Listed:
    """A project on a year's list, as text values by field: its facts and its plan of that year."""

    id: int
    facts: Texts
    plan: Texts

    @property
    def name(self) -> str:
        """The project's name."""
        return self.facts.get(Field.NAME.value) or ""

    @property
    def code(self) -> str:
        """The project's code."""
        return self.facts.get(Field.CODE.value) or ""

    def money(self, field: Field) -> Yuan | None:
        """An amount of its facts or plan, yuan."""
        text = self.plan.get(field.value) if field.value in self.plan else self.facts.get(field.value)
        return int(text) if text is not None else None


def read_listed(connection: Connection, project_ids: Sequence[int], year: int, shelves: Shelves) -> list[Listed]:
    """The projects of ``project_ids`` on the list of ``year``. Raises HydeskError where one is not, or has left it."""
    facts, plan = COLUMNS[Entity.PROJECT], COLUMNS[Entity.PLAN]
    places = [Place(Entity.PROJECT, i, "", f) for i in project_ids for f in facts]
    places += [Place(Entity.PLAN, i, str(year), f) for i in project_ids for f in plan]
    held = shelves.get(places)
    found = []
    for i in project_ids:
        one = Listed(i, {f: held[Place(Entity.PROJECT, i, "", f)] for f in facts},
                     {f: held[Place(Entity.PLAN, i, str(year), f)] for f in plan})
        if not one.facts[PRESENT]:
            raise HydeskError("这个项目已不在台账里，请刷新后再试")
        if not one.plan[PRESENT]:
            raise HydeskError(f"“{one.name}”不在{year}年的清单里，请换一个年份或先列入")
        if one.plan[DROPPED]:
            raise HydeskError(f"“{one.name}”已于 {one.plan[DROPPED]} 退出{year}年清单，请先重新列入")
        found.append(one)
    return found


def refuse_taken(connection: Connection, codes: Iterable[str], own: Iterable[int] = ()) -> None:
    """Raise HydeskError where a code occurs twice or is another project's; projects of ``own`` may keep theirs."""
    wanted = [c for c in codes if c]
    if len(set(wanted)) < len(wanted):
        raise HydeskError("编号有重复，请让每个项目的编号各不相同")
    mine = set(own)
    query = select(Project.id, Project.code, Project.name).where(Project.code.in_(wanted), Project.present)
    for row in connection.execute(query):
        if row.id not in mine:
            raise HydeskError(f"编号“{row.code}”已被“{row.name}”使用，请换一个")


def free_codes(connection: Connection, stem: str, count: int) -> list[str]:
    """``count`` codes that no project bears: ``stem`` with -1, -2 …"""
    taken = set(connection.execute(select(Project.code).where(Project.code.like(f"{stem}-%"))).scalars())
    found: list[str] = []
    number = 0
    while len(found) < count:
        number += 1
        if (code := f"{stem}-{number}") not in taken:
            found.append(code)
    return found


def next_code(connection: Connection, year: int) -> str:
    """The code for one more project of ``year``: the highest number of HY2023-001 … plus one."""
    stem = f"HY{year}-"
    codes = connection.execute(select(Project.code).where(Project.code.like(f"{stem}%"))).scalars()
    numbers = [int(c.removeprefix(stem)) for c in codes if c and c.removeprefix(stem).isdigit()]
    return f"{stem}{max(numbers, default=0) + 1:03d}"


def leave_list(project_id: int, year: int, ground: Ground) -> list[Write]:
    """Take a project that others stand for off the list of ``year`` for all its periods; its figures stay on file."""
    scope = str(year)
    return [Write(Place(Entity.PLAN, project_id, scope, PRESENT), None, reason=ground.text),
            Write(Place(Entity.PLAN, project_id, scope, DROPPED), ground.on.isoformat(), reason=ground.text)]


def note_change(
    connection: Connection, act_id: int, project_id: int, kind: ListChange, ground: Ground, *,
    batch: tuple[int, str] | None = None, other: int | None = None,
) -> None:
    """Enter the act in the list of adjustments; ``batch`` is a year and a batch's name, ``other`` the other project."""
    key = References(connection).key(BATCH, batch[1], str(batch[0])) if batch and batch[1] else None
    connection.execute(insert(Adjustment).values(
        project_id=project_id, act_id=act_id, kind=kind.value, on=ground.on, reason=ground.text, batch_id=key,
        other_project_id=other))


def figures_in(connection: Connection, project_ids: Iterable[int], year: int) -> dict[int, list[PeriodFigures]]:
    """Everything held of ``year`` for some projects, in order."""
    wanted = set(project_ids)
    held = figures_of_year(connection, Period.month(year, 12))
    return {i: held[i][0] for i in wanted if i in held}


def progress_writes(project_id: int, figures: Iterable[PeriodFigures], reason: str) -> list[Write]:
    """What writes ``figures`` as a project's progress."""
    writes = []
    for held in figures:
        scope = str(held.period)
        writes += [Write(Place(Entity.PROGRESS, project_id, scope, f.value), str(held.money[f]), reason=reason)
                   for f in PROGRESS_MONEY if f in held.money]
        writes += [Write(Place(Entity.PROGRESS, project_id, scope, f.value), held.texts[f], reason=reason)
                   for f in PROGRESS_TEXTS if held.texts.get(f)]
        if held.stated is not None:
            writes.append(Write(Place(Entity.PROGRESS, project_id, scope, DAY_STATED), held.stated.isoformat(), reason=reason))
    return writes


def nodes_of(connection: Connection, project_ids: Sequence[int], shelves: Shelves) -> dict[int, dict[str, Texts]]:
    """Per project its nodes with baseline, forecast and actual, as the change log writes dates."""
    from hydesk.db.models import Milestone, MilestoneType

    query = select(Milestone.project_id, MilestoneType.name).join(
        MilestoneType, MilestoneType.id == Milestone.type_id).where(Milestone.project_id.in_(project_ids))
    rows = [(r.project_id, r.name) for r in connection.execute(query)]
    whichs = tuple(COLUMNS[Entity.MILESTONE])
    held = shelves.get(Place(Entity.MILESTONE, i, node, w) for i, node in rows for w in whichs)
    found: dict[int, dict[str, Texts]] = {i: {} for i in project_ids}
    for i, node in rows:
        found[i][node] = {w: held[Place(Entity.MILESTONE, i, node, w)] for w in whichs}
    return found
