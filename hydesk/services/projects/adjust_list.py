"""Add to a year's list, adjust a listed project, rename it, let it leave and come back: dated, reasoned, undoable."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, select

from hydesk.dataclass import dataclass
from hydesk.db.journal import Write, begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.db.models import Project
from hydesk.db.places import DROPPED, PRESENT, Entity, Place, place_of, write_value
from hydesk.db.shelves import Shelves
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import PROGRESS_FIELDS, Field
from hydesk.domain.lists import Ground, ListChange
from hydesk.domain.understanding import ReadValue
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing
from hydesk.services.projects.edit_project import fit_value
from hydesk.services.projects.list_changes import next_code, note_change, read_listed, refuse_taken


@writing
def add_project(
    ledger: Ledger, year: int, values: Mapping[Field, ReadValue], ground: Ground, actor: Actor | None = None
) -> int:
    """Put a new project on the list of ``year`` (money in yuan); its id. Without a code it gets the next free one.

    Raises HydeskError where name or unit is missing, a value cannot stand, or the code is taken.
    """
    ground = ground.checked()
    with ledger.write() as connection:
        shelves = Shelves(connection)
        made = listing_writes(connection, shelves, year, values, ground)
        act_id = begin_act(connection, "list_add", f"新增项目“{made.name}”到{year}年清单", actor or current_actor(ledger))
        record(connection, act_id, made.writes, shelves=shelves)
        note_change(connection, act_id, made.project_id, ListChange.ADDED, ground, batch=(year, made.batch))
        return made.project_id


@dataclass(frozen=True, slots=True)
class NewListing:
    """A project about to stand on a list: its new id and what writes it."""

    project_id: int
    code: str
    name: str
    batch: str
    writes: tuple[Write, ...]


def listing_writes(
    connection: Connection, shelves: Shelves, year: int, values: Mapping[Field, ReadValue], ground: Ground
) -> NewListing:
    """What puts a new project on the list of ``year``, as part of an act. Raises HydeskError as ``add_project`` does."""
    name = str(values.get(Field.NAME) or "").strip()
    if not name:
        raise HydeskError("请填写项目名称")
    if not values.get(Field.REPORTING_UNIT):
        raise HydeskError("请选择填报单位")
    code = str(values.get(Field.CODE) or "").strip() or next_code(connection, year)
    refuse_taken(connection, [code])
    project_id = shelves.new_projects(1)[0]
    texts: dict[Field, str | None] = {Field.CODE: code}
    for f, value in values.items():
        if f in PROGRESS_FIELDS or f in (Field.CODE, Field.YEARS):
            continue
        texts[f] = fit_value(connection, project_id, f, value)
    writes = [Write(Place(Entity.PROJECT, project_id, "", PRESENT), "1", reason=ground.text),
              Write(Place(Entity.PLAN, project_id, str(year), PRESENT), "1", reason=ground.text)]
    if texts.get(Field.NATURE):
        writes.append(Write(Place(Entity.PROJECT, project_id, "", Field.NATURE.value), texts[Field.NATURE]))
    writes += [Write(place_of(f, project_id, year, None), text, reason=ground.text)
               for f, text in texts.items() if text is not None]
    return NewListing(project_id, code, name, texts.get(Field.BATCH) or "", tuple(writes))


@writing
def adjust_project(
    ledger: Ledger, project_id: int, year: int, values: Mapping[Field, ReadValue | None], ground: Ground,
    actor: Actor | None = None,
) -> int:
    """Give a listed project other facts or plans in one act; how many values changed. A former name is kept.

    Raises HydeskError where it is not listed, a value cannot stand, or nothing would change.
    """
    ground = ground.checked()
    with ledger.write() as connection:
        shelves = Shelves(connection)
        listed = read_listed(connection, [project_id], year, shelves)[0]
        if refused := next((f for f in values if f in PROGRESS_FIELDS or f is Field.YEARS), None):
            raise HydeskError(f"“{refused.label}”不属于清单调整，请在台账里按报告期修改")
        texts = {f: fit_value(connection, project_id, f, v) for f, v in values.items()}
        places = {f: place_of(f, project_id, year, None) for f in texts}
        held = shelves.get(places.values())
        changed = {f: text for f, text in texts.items()
                   if text != (listed.facts.get(f.value) if f is Field.NATURE and held[places[f]] is None
                               else held[places[f]])}
        if not changed:
            raise HydeskError("没有要调整的内容：填写的和台账里的一样")
        writes = [Write(places[f], text, reason=ground.text) for f, text in changed.items()]
        if Field.NAME in changed and listed.name:
            writes.append(Write(Place(Entity.NAME, project_id, listed.name, "kind"), "former", reason=ground.text))
        only_name = set(changed) == {Field.NAME}
        kind = ListChange.RENAMED if only_name else ListChange.ADJUSTED
        labels = "、".join(f.label for f in changed)
        title = f"“{listed.name}”更名为“{changed[Field.NAME]}”" if only_name else f"调整“{listed.name}”的{labels}"
        act_id = begin_act(connection, "list_adjust", title, actor or current_actor(ledger))
        count = record(connection, act_id, writes, shelves=shelves)
        note_change(connection, act_id, project_id, kind, ground,
                    batch=(year, texts.get(Field.BATCH) or listed.plan.get(Field.BATCH.value) or ""))
        return count


@writing
def rename_project(
    ledger: Ledger, project_id: int, year: int, name: str, ground: Ground, actor: Actor | None = None
) -> None:
    """Give a listed project another name; returns are still matched by the former one."""
    adjust_project(ledger, project_id, year, {Field.NAME: name}, ground, actor)


@writing
def exit_list(
    ledger: Ledger, project_id: int, year: int, ground: Ground, actor: Actor | None = None
) -> None:
    """Let a project leave the list of ``year`` (退出) on the ground's day; earlier periods keep it."""
    ground = ground.checked()
    with ledger.write() as connection:
        shelves = Shelves(connection)
        listed = read_listed(connection, [project_id], year, shelves)[0]
        if ground.on.year != year:
            raise HydeskError(f"退出日期 {ground.on:%Y-%m-%d} 不在 {year} 年内，请核对日期")
        act_id = begin_act(connection, "list_exit", f"“{listed.name}”退出{year}年清单", actor or current_actor(ledger))
        place = Place(Entity.PLAN, project_id, str(year), DROPPED)
        record(connection, act_id, [Write(place, write_value(ground.on.isoformat()), reason=ground.text)],
               shelves=shelves)
        note_change(connection, act_id, project_id, ListChange.DROPPED, ground)


@writing
def readmit_project(
    ledger: Ledger, project_id: int, year: int, ground: Ground, actor: Actor | None = None
) -> None:
    """Put a project that left back on the list of ``year``. Raises HydeskError where it has not left it.

    One that was merged into another or split is not readmitted: its figures stand with the others; undo that act.
    """
    ground = ground.checked()
    with ledger.write() as connection:
        name = connection.execute(select(Project.name).where(Project.id == project_id, Project.present)).scalar()
        left, present = (Place(Entity.PLAN, project_id, str(year), f) for f in (DROPPED, PRESENT))
        shelves = Shelves(connection)
        held = shelves.get([left, present])
        if name is None or held[left] is None:
            raise HydeskError(f"这个项目没有退出{year}年清单，不用重新列入")
        if held[present] is None:
            raise HydeskError(f"“{name}”是合并或拆分后离开清单的，数字已在新项目里；要恢复请撤销那次合并或拆分")
        act_id = begin_act(connection, "list_exit", f"“{name}”重新列入{year}年清单", actor or current_actor(ledger))
        record(connection, act_id, [Write(left, None, reason=ground.text)], shelves=shelves)
        note_change(connection, act_id, project_id, ListChange.READMITTED, ground)
