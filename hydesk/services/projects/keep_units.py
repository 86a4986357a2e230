"""The list of reporting units (填报单位) as the office keeps it: one added, one retired or taken up again, their order.

The row of a unit stays whatever is undone, because returns and projects may name it by then. Whether it reports is a
setting of its own, changed through the change log.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, delete, func, insert, select

from hydesk.db.journal import Write, begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.db.models import Project, Setting, Unit, YearPlan
from hydesk.db.places import Entity, Place
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing
from hydesk.services.projects.edit_unit import (
    checked_code,
    checked_group,
    checked_kind,
    checked_names,
    group_write,
    key_of,
    refuse_taken,
)
from hydesk.services.standings.list_standings import UNIT_OFF


@writing
def add_unit(
    ledger: Ledger, name: str, kind: str, short_names: Sequence[str] = (), region_code: str = "",
    actor: Actor | None = None, *, group: str = "",
) -> None:
    """Add a unit at the end of the list; one act, undoable. A retired unit of that name reports again.

    Raises HydeskError for an empty name, one that is taken, no kind, or a region's code that is no six digits.
    """
    wanted, shorts = checked_names(name, short_names)
    values = {"kind": checked_kind(kind), "short_names": "\n".join(shorts) or None, "region_code": checked_code(region_code)}
    with ledger.write() as connection:
        key = connection.execute(select(Unit.id).where(Unit.name == wanted)).scalar()
        if key is not None and not _is_off(connection, key):
            raise HydeskError(f"已经有填报单位“{wanted}”，请换一个名称")
        refuse_taken(connection, (wanted, *shorts), key)
        if key is None:
            key = _new_row(connection, {"name": wanted, **values})
        act_id = begin_act(connection, "unit", f"新增填报单位“{wanted}”", actor or current_actor(ledger))
        writes = [Write(Place(Entity.UNIT, 0, str(key), f), text) for f, text in values.items()]
        record(connection, act_id, [*writes, Write(_off(key), None), group_write(key, checked_kind(kind), checked_group(group))])


@writing
def retire_unit(ledger: Ledger, name: str, actor: Actor | None = None) -> None:
    """Let a unit report no more (停用): it is offered nowhere, and all it ever reported stays. One act, undoable.

    Raises HydeskError where projects of the newest year's list are still its own.
    """
    with ledger.write() as connection:
        key = key_of(connection, name)
        year = connection.execute(select(func.max(YearPlan.year)).where(YearPlan.present)).scalar()
        listed = connection.execute(
            select(func.count()).select_from(Project).join(YearPlan, YearPlan.project_id == Project.id).where(
                Project.unit_id == key, Project.present, YearPlan.present, YearPlan.year == year,
                YearPlan.dropped_on.is_(None))).scalar()
        if listed:
            raise HydeskError(f"“{name}”名下还有 {listed:,} 个{year}年的项目，请先在项目台账里选中它们，"
                              "用“批量修改”把填报单位改为别的单位，再停用")
        _set_off(connection, key, f"停用填报单位“{name}”", "true", actor)


@writing
def take_up_unit(ledger: Ledger, name: str, actor: Actor | None = None) -> None:
    """Let a retired unit report again; one act, undoable. Raises HydeskError where there is none of that name."""
    with ledger.write() as connection:
        _set_off(connection, key_of(connection, name), f"重新启用填报单位“{name}”", None, actor)


@writing
def arrange_units(ledger: Ledger, names: Sequence[str], actor: Actor | None = None) -> None:
    """Keep the units in the order of ``names``, those not named behind them; one act, undoable."""
    with ledger.write() as connection:
        rows = connection.execute(select(Unit.id, Unit.name).order_by(Unit.position, Unit.id)).all()
        place = {name: at for at, name in enumerate(names)}
        ordered = sorted(rows, key=lambda r: place.get(r.name, len(place)))
        act_id = begin_act(connection, "unit", "调整填报单位次序", actor or current_actor(ledger))
        record(connection, act_id, [
            Write(Place(Entity.UNIT, 0, str(row.id), "position"), str(at)) for at, row in enumerate(ordered, 1)])


def _off(key: int) -> Place:
    return Place(Entity.SETTING, 0, f"{UNIT_OFF}{key}", "value")


def _is_off(connection: Connection, key: int) -> bool:
    found = connection.execute(select(Setting.value).where(Setting.key == f"{UNIT_OFF}{key}")).scalar()
    return found == "true"


def _set_off(connection: Connection, key: int, title: str, text: str | None, actor: Actor | None) -> None:
    if _is_off(connection, key) != (text is not None):
        record(connection, begin_act(connection, "unit", title, actor or current_actor()), [Write(_off(key), text)])


def _new_row(connection: Connection, values: Mapping[str, str | None]) -> int:
    """A row that is off from before the log: undoing the act that adds the unit puts it back there."""
    last = connection.execute(select(func.max(Unit.position))).scalar() or 0
    made = connection.execute(insert(Unit).values(**values, position=last + 1)).inserted_primary_key
    assert made is not None
    key = int(made[0])
    connection.execute(delete(Setting).where(Setting.key == f"{UNIT_OFF}{key}"))
    connection.execute(insert(Setting).values(key=f"{UNIT_OFF}{key}", value="true"))
    return key
