"""Rename a reporting unit (填报单位), say what kind it is and how returns call it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from hydesk.db.journal import Write, begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.db.models import Unit
from hydesk.db.places import Entity, Place
from hydesk.domain.errors import HydeskError
from hydesk.services.name_actor import current_actor

KINDS = ("县市区", "园区", "市直部门")
"""What is offered; any other word may be typed."""


def edit_unit(
    ledger: Ledger, name: str, new_name: str, kind: str, short_names: Sequence[str], actor: str | None = None
) -> int:
    """Let the unit ``name`` be called ``new_name``; how many values changed. One act, undoable.

    A former name stays among the short names, so that returns and older entries of the log that use it still match.
    Raises HydeskError where the unit is gone, the name is empty, or a name belongs to another unit.
    """
    wanted = new_name.strip()
    if not wanted:
        raise HydeskError("单位名称不能空着，请填写")
    shorts = [s for s in dict.fromkeys(s.strip() for s in short_names) if s and s != wanted]
    if wanted != name and name not in shorts:
        shorts.append(name)
    with ledger.write() as connection:
        key = None
        for row in connection.execute(select(Unit.id, Unit.name, Unit.short_names)):
            if row.name == name:
                key = row.id
                continue
            taken = {row.name, *(row.short_names or "").split("\n")}
            if twice := next((n for n in (wanted, *shorts) if n in taken), None):
                raise HydeskError(f"“{twice}”已经是“{row.name}”的名称或简称，请换一个")
        if key is None:
            raise HydeskError(f"没有名为“{name}”的填报单位，请刷新后再试")
        values = {"name": wanted, "kind": kind.strip() or None, "short_names": "\n".join(shorts) or None}
        title = f"填报单位“{name}”更名为“{wanted}”" if wanted != name else f"修改填报单位“{name}”"
        act_id = begin_act(connection, "unit", title, actor or current_actor())
        return record(connection, act_id, [Write(Place(Entity.UNIT, 0, str(key), f), text) for f, text in values.items()])
