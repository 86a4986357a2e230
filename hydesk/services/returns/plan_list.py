"""What taking a project list would do: every write, every row's meaning, and what waits for a person.

Preview and import run this same plan, so that what is shown is what is done.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace

from sqlalchemy import Connection, select

from hydesk.dataclass import dataclass
from hydesk.db.journal import Write
from hydesk.db.models import ImportCell, ImportRow, Project, Unit, YearPlan
from hydesk.db.places import NODES, PRESENT, Entity, Place, show_value, write_value
from hydesk.db.queries import AnySelect
from hydesk.db.references import UNIT
from hydesk.db.shelves import Shelves, chunks
from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.job_progress import Progress
from hydesk.domain.ledger_parts import LedgerParts
from hydesk.domain.list_review import (
    ChangedBy,
    ListAct,
    ListDecisions,
    ListItem,
    RowKey,
    ValueChange,
    Wait,
    WaitKind,
)
from hydesk.domain.understanding import ListedProject, ProjectList
from hydesk.services.projects.own_values import take_own
from hydesk.services.returns.import_parts import part_writes
from hydesk.services.returns.keep_waits import newest_list
from hydesk.services.returns.later_lists import is_past, later_lists, older_list_told, without_past
from hydesk.services.returns.own_of_list import settle_own
from hydesk.services.returns.sort_list import ListSorting, only_words, text_of

Rows = list[tuple[ListedProject, int | None]]
_FIELDS = {f.value: f for f in Field}


@dataclass(slots=True)
class ListPlan:
    """A list as it would be written. Keys of ``rows`` below zero are new projects, None rows that are left out."""

    rows: Rows
    sorting: ListSorting
    shelves: Shelves
    writes: list[Write]
    touched: set[int]
    """Projects of which anything changes."""
    waits: list[Wait] = field(default_factory=list)
    items: tuple[ListItem, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def known(self) -> set[int]:
        """Projects of the ledger that the list names."""
        return {key for _, key in self.rows if key is not None and key > 0}

    @property
    def added(self) -> int:
        """How many projects it adds."""
        return len(self.sorting.made)

    def project_of(self, key: int | None) -> int | None:
        """The project's id of a row's key."""
        return self.sorting.made.get(key, key) if key else None


def plan_list(
    connection: Connection, listed: ProjectList, year: int, decisions: ListDecisions, parts: LedgerParts | None,
    said: Progress, items: bool = False,
) -> ListPlan:
    """The plan; ``items`` makes what a preview shows as well. New projects are made, so the transaction must be
    committed with the writes or given up."""
    sorting = ListSorting(connection, year, {text_of(row, Field.CODE) for row in listed.projects})
    accepted = [row for row in listed.projects if row.accepted]
    renamed = sorting.renamed(accepted) if sorting.facts else {}
    for key in decisions.same:
        renamed.pop(key, None)
    rows: Rows = []
    for row in listed.projects:
        place = (row.sheet, row.row)
        left = not row.accepted or place in decisions.left or place in renamed
        rows.append((row, None if left else sorting.find(row, decisions.same.get(place))))
    shelves = Shelves(connection)
    said(0.1, "正在写入")
    writes = sorting.settle(rows, shelves)
    said(0.3, "正在写入")
    later = later_lists(connection, year)
    changes, writes = _three_way(connection, writes, shelves, sorting, rows, year, decisions, later)
    known_codes = {code: sorting.made.get(key, key) for code, key in sorting.codes.items()} if parts is not None else {}
    if parts is not None:
        writes += part_writes(parts, known_codes, year)
    writes += take_own(connection, shelves, ((sorting.made.get(key, key), row.sheet, row.own)
                                             for row, key in rows if key is not None and row.own), parts, known_codes, year=year)
    held = shelves.get(w.place for w in writes)
    writes, past = without_past(writes, held, later, _past(changes, taken=True))
    past |= _past(changes, taken=False)
    writes, replaced = settle_own(connection, writes, held, sorting.current)
    plan = ListPlan(rows, sorting, shelves, writes, {w.place.project_id for w in writes if held[w.place] != w.new})
    missing = _missing(connection, plan, year, renamed) if sorting.facts else []
    plan.waits = [*_row_waits(plan, listed, decisions, renamed), *_value_waits(plan, changes), *missing]
    plan.findings = (*sorting.findings, *([older_list_told(year, later, past)] if past else []), *replaced, *_say(plan, changes, renamed, missing, listed))
    if items:
        plan.items = tuple(_items(plan, listed, decisions, changes, renamed, missing))
    return plan


Changes = Mapping[int, list[tuple[ValueChange, Write]]]
"""By project, the values in which list and ledger differ."""


def _three_way(
    connection: Connection, writes: list[Write], shelves: Shelves, sorting: ListSorting, rows: Rows, year: int, decisions: ListDecisions,
    later: Mapping[int, int],
) -> tuple[Changes, list[Write]]:
    """The differing values of known projects, each with who changed it, and the writes that stay."""
    held = shelves.get(w.place for w in writes)
    row_of = {key: row for row, key in rows if key is not None and key > 0}
    differing = [w for w in writes if held[w.place] != w.new and w.place.project_id in row_of and _field_of(w) is not None]
    if not differing:
        return {}, writes
    last = _last_list(connection, {w.place.project_id for w in differing}, year, sorting)
    changes: defaultdict[int, list[tuple[ValueChange, Write]]] = defaultdict(list)
    dropped: set[int] = set()
    former: list[Write] = []
    seen: set[tuple[int, Field]] = set()
    for w in differing:
        project_id, f = w.place.project_id, _field_of(w)
        if f is None or (project_id, f) in seen:
            continue
        seen.add((project_id, f))
        row = row_of[project_id]
        before, now = last.get((project_id, f)), held[w.place]
        by = ChangedBy.LATER if is_past(w.place, now, later) else _changed_by(w.new, now, before)
        change = ValueChange(f, w.new or "", now, before, by, True, w.cell)
        by_default = change.by in (ChangedBy.FIRST, ChangedBy.LIST) or now is None
        change = replace(change, taken=decisions.values.get((row.sheet, row.row, f), by_default))
        changes[project_id].append((change, w))
        if not change.taken:
            dropped.add(id(w))
            if f is Field.NAME:
                dropped |= {id(x) for x in writes if x.place.entity is Entity.NAME and x.place.project_id == project_id}
                if by is ChangedBy.LATER and w.new is not None:  # returns of that year bear it
                    former.append(Write(Place(Entity.NAME, project_id, w.new, "kind"), "former", w.sheet, w.cell))
            if f is Field.NATURE:
                dropped |= {id(x) for x in writes if x.place.project_id == project_id and x.place.field == Field.NATURE.value}
    return changes, [*(w for w in writes if id(w) not in dropped), *former] if dropped else writes


def _past(changes: Changes, *, taken: bool) -> set[Place]:
    """Where an older list was held against a later one's word, and taken or not."""
    return {w.place for own in changes.values() for c, w in own if c.by is ChangedBy.LATER and c.taken is taken}


def _field_of(w: Write) -> Field | None:
    if w.place.entity is Entity.MILESTONE:
        return next((f for f, node in NODES.items() if node == (w.place.scope, w.place.field)), None)
    return _FIELDS.get(w.place.field) if w.place.entity in (Entity.PROJECT, Entity.PLAN) else None


def _changed_by(listed: str | None, held: str | None, last: str | None) -> ChangedBy:
    if last is None:
        return ChangedBy.FIRST
    if last == listed:
        return ChangedBy.LEDGER
    return ChangedBy.LIST if last == held else ChangedBy.BOTH


def _last_list(connection: Connection, projects: set[int], year: int, sorting: ListSorting) -> dict[tuple[int, Field], str]:
    """What the year's last list said of ``projects``, as the change log keeps it."""
    newest = newest_list(connection, year)
    found: dict[tuple[int, Field], str] = {}
    if newest is None:
        return found
    for ids in chunks(projects):
        query: AnySelect = select(ImportRow.project_id, ImportCell.field, ImportCell.value).join(
            ImportRow, ImportRow.id == ImportCell.row_id).where(
                ImportRow.import_id == newest.id, ImportRow.project_id.in_(ids), ImportCell.value.is_not(None))
        for project_id, name, value in connection.execute(query).all():
            f = _FIELDS.get(name)
            if f is Field.REPORTING_UNIT:
                known = sorting.references.find(UNIT, value)
                value = sorting.references.name(UNIT, known) or value
            if f is not None and project_id is not None:
                found[project_id, f] = value
    return found


def _missing(
    connection: Connection, plan: ListPlan, year: int, renamed: Mapping[RowKey, tuple[int, str]],
) -> list[Wait]:
    """Projects of the year's list that this list does not name, of units of which it names most: a list of further
    projects names few of those held. A row that waits names its project too."""
    query = select(Project.id, Project.name, Unit.name.label("unit")).join(YearPlan, YearPlan.project_id == Project.id).outerjoin(
        Unit, Unit.id == Project.unit_id).where(YearPlan.year == year, YearPlan.present, YearPlan.dropped_on.is_(None), Project.present)
    held = [(r.id, r.name or "", r.unit or "") for r in connection.execute(query).all() if r.id in plan.sorting.facts]
    waiting = {plan.sorting.known(row) for row, key in plan.rows if key is None}
    named = plan.known | {i for i in waiting if i is not None} | {i for i, _ in renamed.values()}
    all_of, named_of = Counter(u for _, _, u in held), Counter(u for i, _, u in held if i in named)
    return [Wait(WaitKind.MISSING, name, unit, project_id=i, why="台账里有，这份清单里没有。请核实是退出还是漏列")
            for i, name, unit in held if i not in named and named_of[unit] * 2 >= all_of[unit]]


def _row_waits(
    plan: ListPlan, listed: ProjectList, decisions: ListDecisions, renamed: Mapping[RowKey, tuple[int, str]],
) -> Iterable[Wait]:
    said = _findings_by_row((*listed.findings, *plan.sorting.findings))
    for row, key in plan.rows:
        if key is not None:
            continue
        place = (row.sheet, row.row)
        name, unit = text_of(row, Field.NAME), text_of(row, Field.REPORTING_UNIT)
        if place in renamed:
            project_id, why = renamed[place]
            held = plan.sorting.current[project_id]
            yield Wait(WaitKind.RENAMED, name, unit, row.sheet, row.row, project_id, None, name, held, None,
                       f"像是台账里的“{held}”（{why}）。请指明是更名还是新项目")
        elif place in decisions.left:
            yield Wait(WaitKind.ROW, name, unit, row.sheet, row.row, why="预览时没有取")
        else:
            wrong = next((f for f in said.get(place, ()) if f.level is Level.ERROR), None)
            yield Wait(WaitKind.ROW, name, unit, row.sheet, row.row, why=wrong.message if wrong else "没有取")


def _value_waits(plan: ListPlan, changes: Changes) -> Iterable[Wait]:
    """Values that were not taken: where both sides changed, and where a person left them. What only the ledger changed
    since, or a later year's list has, is the newer word and waits for nobody."""
    row_of = {key: row for row, key in plan.rows if key is not None}
    for project_id, own in changes.items():
        row = row_of[project_id]
        for c, _ in own:
            if not c.taken and c.by not in (ChangedBy.LEDGER, ChangedBy.LATER):
                yield Wait(WaitKind.VALUE, plan.sorting.current[project_id], plan.sorting.facts[project_id][0], row.sheet,
                           row.row, project_id, c.field, c.listed, c.held, c.last,
                           "上次清单之后台账改过，清单也改了" if c.by is ChangedBy.BOTH else "预览时没有取清单的")


def _findings_by_row(findings: Sequence[Finding]) -> Mapping[RowKey, list[Finding]]:
    found: defaultdict[RowKey, list[Finding]] = defaultdict(list)
    for f in findings:
        if f.sheet is not None and f.row is not None:
            found[f.sheet, f.row].append(f)
    return found


def _say(
    plan: ListPlan, changes: Changes, renamed: Mapping[RowKey, tuple[int, str]], missing: Sequence[Wait], listed: ProjectList,
) -> Iterable[Finding]:
    """What the comparison with the ledger found, in sentences."""
    row_of = {key: row for row, key in plan.rows if key is not None}
    for project_id, own in changes.items():
        row = row_of[project_id]
        for c, w in own:
            if c.by in (ChangedBy.LEDGER, ChangedBy.BOTH):
                where = f"“{row.sheet}”{c.cell or ''}：“{plan.sorting.current[project_id]}”的{c.field.label}"
                listed_words, held = (show_value(w.place.entity, w.place.field, v) or "空" for v in (c.listed, c.held))
                both = c.by is ChangedBy.BOTH
                done = "已取清单的" if c.taken else "没有改，留待核实" if both else "保留台账的"
                yield Finding(
                    Level.WARNING if both and not c.taken else Level.NOTE, "both_changed" if both else "ledger_newer",
                    f"{where}清单写{listed_words}，台账在上次清单之后改为{held}，{done}。", row.sheet, row.row, c.cell,
                    project=plan.sorting.code_of.get(project_id), field=c.field)
    for row in listed.projects:
        if (found := renamed.get((row.sheet, row.row))) is not None:
            cell = row.cells.get(Field.NAME)
            yield Finding(Level.WARNING, "maybe_renamed", (
                f"“{row.sheet}”{cell or ''}：“{text_of(row, Field.NAME)}”像是台账里的“{plan.sorting.current[found[0]]}”"
                f"（{found[1]}），没有写入。请指明是更名还是新项目。"), row.sheet, row.row, cell, project=plan.sorting.code_of[found[0]])
    if missing:
        names = "、".join(w.name for w in missing[:8]) + ("等" if len(missing) > 8 else "")
        yield Finding(Level.WARNING, "missing_from_list", (
            f"台账里有 {len(missing)} 个项目这份清单里没有：{names}。没有改动，请核实是退出还是漏列。"))


def _items(
    plan: ListPlan, listed: ProjectList, decisions: ListDecisions, changes: Changes,
    renamed: Mapping[RowKey, tuple[int, str]], missing: Sequence[Wait],
) -> Iterable[ListItem]:
    """Rows in the list's order, then what the list leaves out."""
    said = _findings_by_row((*listed.findings, *plan.findings))
    waits = {(w.sheet, w.row): w for w in plan.waits if w.kind in (WaitKind.ROW, WaitKind.RENAMED)}
    codes = {w.place.project_id: w.new or "" for w in plan.writes if w.place.field == Field.CODE.value}
    also = _also(plan)
    for row, key in plan.rows:
        place = (row.sheet, row.row)
        name, unit = text_of(row, Field.NAME), text_of(row, Field.REPORTING_UNIT)
        findings = tuple(said.get(place, ()))
        if key is None:
            act = ListAct.RENAMED if place in renamed else ListAct.WAITING
            project_id = renamed[place][0] if place in renamed else None
            held_name = plan.sorting.current[project_id] if project_id else ""
            yield ListItem(act, name, unit, row.sheet, row.row, text_of(row, Field.CODE), project_id, held_name, (), findings, (), False, waits[place].why)
        elif key < 0:
            yield ListItem(ListAct.ADDED, name, unit, row.sheet, row.row, codes.get(plan.sorting.made[key], ""), None, "", _all_values(row), findings, also.get(plan.sorting.made[key], ()))
        else:
            own = tuple(c for c, _ in changes.get(key, ()))
            held_name = plan.sorting.current[key] if plan.sorting.current[key] != name else ""
            act = ListAct.CHANGED if own or key in plan.touched else ListAct.SAME
            yield ListItem(act, name, unit or plan.sorting.facts[key][0], row.sheet, row.row, plan.sorting.code_of[key], key, held_name, own, findings, also.get(key, ()))
    for w in missing:
        assert w.project_id is not None
        yield ListItem(ListAct.MISSING, w.name, w.unit, code=plan.sorting.code_of[w.project_id], project_id=w.project_id, taken=False, why=w.why)


def _also(plan: ListPlan) -> Mapping[int, tuple[str, ...]]:
    """By project, what is written beside its fields: columns of the office's own by name, sub-projects."""
    held = plan.shelves.get(w.place for w in plan.writes)
    names = {(plan.project_of(key), c.cell): c.column.name for row, key in plan.rows if key is not None for c in row.own}
    found: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for w in plan.writes:
        if held[w.place] == w.new or _field_of(w) is not None or w.place.field == PRESENT:
            continue
        name = names.get((w.place.project_id, w.cell or ""))
        if name is not None:
            found[w.place.project_id][f"{name} {held[w.place] or '（空）'} → {w.new}"] = None
        elif w.place.entity is Entity.SUB_PROJECT:
            found[w.place.project_id]["子项目"] = None
    return {project_id: tuple(words) for project_id, words in found.items()}


def _all_values(row: ListedProject) -> tuple[ValueChange, ...]:
    """What a new project would hold."""
    return tuple(ValueChange(f, text, None, None, ChangedBy.FIRST, True, row.cells.get(f))
                 for f, value in row.values.items() if not only_words(f, value) and (text := write_value(value)) is not None)


