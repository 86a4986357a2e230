"""Set a node's planned, forecast or actual date; who moved it when stands in the change log."""

from __future__ import annotations

from sqlalchemy import select

from hydesk.db.journal import Write, begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.db.models import MilestoneType, Project
from hydesk.db.places import Entity, Place, field_label, write_value
from hydesk.db.shelves import Shelves
from hydesk.domain.dates import LooseDate
from hydesk.domain.errors import HydeskError
from hydesk.services.name_actor import current_actor

WHICH = ("baseline", "forecast", "actual")
"""计划, 预计 and 实际."""


def record_milestone(
    ledger: Ledger, project_id: int, node: str, which: str, value: LooseDate | None, reason: str = "",
    actor: str | None = None,
) -> None:
    """Set the ``which`` (baseline, forecast or actual) date of ``node``; None takes it away. One act, to be undone.

    Raises HydeskError for a project or a node that is not there.
    """
    if which not in WHICH:
        raise ValueError(f"no such date of a node: {which}")
    with ledger.write() as connection:
        name = connection.execute(select(Project.name).where(Project.id == project_id, Project.present)).scalar()
        if name is None:
            raise HydeskError("这个项目已不在台账里，请刷新后再试")
        if connection.execute(select(MilestoneType.id).where(MilestoneType.name == node)).first() is None:
            raise HydeskError(f"没有名为“{node}”的节点，请从标准节点里选")
        place = Place(Entity.MILESTONE, project_id, node, which)
        shelves = Shelves(connection)
        if shelves.get([place])[place] == write_value(value):
            return
        title = f"修改“{name}”的{field_label(place.entity, node, which)}"
        act_id = begin_act(connection, "edit", title, actor or current_actor())
        record(connection, act_id, [Write(place, write_value(value), reason=reason or None)], shelves=shelves)


def list_nodes(ledger: Ledger) -> list[str]:
    """The standard nodes in the order of a project's life."""
    with ledger.read() as connection:
        return list(connection.execute(select(MilestoneType.name).order_by(MilestoneType.position)).scalars())
