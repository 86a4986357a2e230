"""Rename a reporting unit (填报单位), say what kind it is and how returns call it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection, select

from hydesk.db.journal import Write, begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.db.models import Unit
from hydesk.db.places import Entity, Place
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing
from hydesk.services.standings.list_standings import UNIT_GROUP

LONGEST_GROUP = 12
"""Signs of a group's name: it stands in the narrow column of a ranking."""
KINDS = ("县市区", "园区", "市直部门")
"""What is offered; any other word may be typed."""


@writing
def edit_unit(
    ledger: Ledger, name: str, new_name: str, kind: str, short_names: Sequence[str], region_code: str | None = None,
    actor: Actor | None = None, *, group: str | None = None,
) -> int:
    """Let the unit ``name`` be called ``new_name``; how many values changed. One act, undoable.

    A former name stays among the short names, so that returns and older entries of the log that use it still match.
    ``region_code`` and ``group`` None: as they are. Raises HydeskError where the unit is gone, name or kind is empty, a name belongs to
    another unit, or the region's code is no six digits.
    """
    wanted, shorts = checked_names(new_name, short_names)
    if wanted != name and name not in shorts:
        shorts.append(name)
    with ledger.write() as connection:
        key = key_of(connection, name)
        refuse_taken(connection, (wanted, *shorts), key)
        values: dict[str, str | None] = {"name": wanted, "kind": checked_kind(kind), "short_names": "\n".join(shorts) or None}
        if region_code is not None:
            values["region_code"] = checked_code(region_code)
        title = f"填报单位“{name}”更名为“{wanted}”" if wanted != name else f"修改填报单位“{name}”"
        act_id = begin_act(connection, "unit", title, actor or current_actor(ledger))
        writes = [Write(Place(Entity.UNIT, 0, str(key), f), text) for f, text in values.items()]
        if group is not None:
            writes.append(group_write(key, checked_kind(kind), checked_group(group)))
        return record(connection, act_id, writes)


def checked_group(group: str) -> str:
    """A group's name as it is kept. Raises HydeskError for one that no column holds."""
    wanted = " ".join(group.split())
    if len(wanted) > LONGEST_GROUP:
        raise HydeskError(f"分组名称“{wanted}”太长，最多{LONGEST_GROUP}个字")
    return wanted


def group_write(key: int, kind: str, group: str) -> Write:
    """What lets the unit of ``key`` rank in ``group``; one called as its kind is the one it has anyhow."""
    text = json.dumps(group, ensure_ascii=False) if group and group != kind else None
    return Write(Place(Entity.SETTING, 0, f"{UNIT_GROUP}{key}", "value"), text)


def checked_names(name: str, short_names: Sequence[str]) -> tuple[str, list[str]]:
    """A unit's name and short names as they are kept. Raises HydeskError for an empty name."""
    wanted = name.strip()
    if not wanted:
        raise HydeskError("单位名称不能空着，请填写")
    return wanted, [s for s in dict.fromkeys(s.strip() for s in short_names) if s and s != wanted]


def checked_kind(kind: str) -> str:
    """A unit's kind as it is kept. Raises HydeskError for none: counties and departments are counted apart by it."""
    if not kind.strip():
        raise HydeskError("请选单位的性质：县市区、园区或市直部门")
    return kind.strip()


def checked_code(code: str) -> str | None:
    """A region's code as it is kept. Raises HydeskError where it is neither empty nor six digits."""
    bare = code.strip()
    if bare and not (len(bare) == 6 and bare.isascii() and bare.isdigit()):
        raise HydeskError(f"区划代码“{bare}”不是 6 位数字，请核对；园区和部门可以不填")
    return bare or None


def key_of(connection: Connection, name: str) -> int:
    """The key of the unit ``name``. Raises HydeskError where there is none."""
    key = connection.execute(select(Unit.id).where(Unit.name == name)).scalar()
    if key is None:
        raise HydeskError(f"没有名为“{name}”的填报单位，请刷新后再试")
    return int(key)


def refuse_taken(connection: Connection, names: Sequence[str], key: int | None) -> None:
    """Raise HydeskError where one of ``names`` is a name or short name of a unit other than ``key``."""
    for row in connection.execute(select(Unit.id, Unit.name, Unit.short_names)):
        taken = {row.name, *(row.short_names or "").split("\n")}
        if row.id != key and (twice := next((n for n in names if n in taken), None)):
            raise HydeskError(f"“{twice}”已经是“{row.name}”的名称或简称，请换一个")
