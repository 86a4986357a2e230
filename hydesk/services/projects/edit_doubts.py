"""What a person who edits a fact is told though it can be written: a day still to come, a name that another project has."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, select

from hydesk.db.models import Project, Unit
from hydesk.db.shelves import chunks
from hydesk.domain.dates import LooseDate
from hydesk.domain.fields import Field
from hydesk.domain.milestones import earliest

HAPPENED = (Field.START_DATE, Field.FINISH_DATE, Field.PRODUCTION_DATE, Field.CAPACITY_DATE)
"""Days of what has happened; a day still to come is a plan (docs/rules.md §5.1)."""


def fact_doubts(connection: Connection, changes: Iterable[tuple[int, Field, object]], today: date) -> dict[tuple[int, Field], str]:
    """Of each change (project id, field, new value) that is to be doubted, why."""
    found: dict[tuple[int, Field], str] = {}
    names: dict[str, list[int]] = {}
    for project_id, field, new in changes:
        if field in HAPPENED and isinstance(new, LooseDate) and earliest(new) > today:
            found[project_id, field] = f"{new} 还没有到，不能算实际时间；是计划的，请填在计划里。"
        elif field is Field.NAME and isinstance(new, str):
            names.setdefault(new, []).append(project_id)
    for some in chunks(names):
        rows = connection.execute(select(Project.id, Project.code, Project.name, Unit.name.label("unit")).outerjoin(
            Unit, Unit.id == Project.unit_id).where(Project.present, Project.name.in_(some)))
        for row in rows:
            for project_id in names[row.name]:
                if project_id != row.id:
                    found[project_id, Field.NAME] = f"台账里已有同名的项目 {row.code}（{row.unit or '未填单位'}），请核实是不是同一个。"
    for name, ids in names.items():
        for project_id in ids if len(ids) > 1 else ():
            found.setdefault((project_id, Field.NAME), f"这一次有 {len(ids)} 个项目都改叫“{name}”，请核实。")
    return found
