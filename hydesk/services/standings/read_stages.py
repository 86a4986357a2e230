"""The stage each project has reached: 招商引资 → 落地开工 → 在建实施 → 竣工达产."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, select

from hydesk.db.models import Milestone, MilestoneType
from hydesk.domain.periods import Period

COUNTED = "入统"
"""Taken into the statistics: that happens while a project is built and tells nothing of its stage."""


def read_stages(connection: Connection, period: Period, some: Collection[int] | None = None) -> dict[int, str]:
    """The stage of the furthest node done by the period's end, in the office's order of nodes, 入统 left aside.

    With ``some``, of those few projects only. Projects without a node done are left out.
    """
    query = (
        select(Milestone.project_id, MilestoneType.stage)
        .join(MilestoneType, MilestoneType.id == Milestone.type_id)
        .where(Milestone.actual <= period.end, MilestoneType.name != COUNTED).order_by(MilestoneType.position)
    )
    if some is not None:
        query = query.where(Milestone.project_id.in_(some))
    return {row[0]: row[1] for row in connection.execute(query).all()}
