"""Facts of projects that only the ledger's own table shows: those no figure needs, other names, stage, sub-projects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import field
from typing import Any

from sqlalchemy import Connection, and_, func, select

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.db.models import Project, ProjectName, SubProject, YearPlan
from hydesk.db.queries import AnySelect
from hydesk.domain.fields import PLAN_FIELDS, Field, FieldGroup
from hydesk.domain.periods import Period
from hydesk.domain.standing import ATTRIBUTES
from hydesk.services.standings.read_stages import read_stages


@dataclass(frozen=True, slots=True)
class MoreFacts:
    """Of one project. ``facts`` are those the period's figures do not hold (``FACTS``), where known; ``names`` former
    and remembered ones; ``reached`` is the stage of its furthest done node."""

    facts: Mapping[Field, str | int] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    reached: str = ""
    sub_projects: int = 0


FACTS = tuple(f for f in Field if f.spec.column is not None and f.group is not FieldGroup.PROGRESS and f not in ATTRIBUTES)
"""Facts and plans of a project that ``ProjectStanding`` has no room for."""


def list_more_facts(ledger: Ledger, period: Period, some: Collection[int] | None = None) -> dict[int, MoreFacts]:
    """By project id, of all projects on the list of the period's year, or of ``some`` few."""
    with ledger.read() as connection:
        names = _names(connection, some)
        stages = read_stages(connection, period, some)
        counts: AnySelect = select(SubProject.project_id, func.count()).where(
            *_among(SubProject.project_id, some)).group_by(SubProject.project_id)
        parts: dict[int, int] = dict(map(tuple, connection.execute(counts).all()))
        query = (
            select(Project.id, *(getattr(YearPlan if f in PLAN_FIELDS else Project, f.value) for f in FACTS))
            .join(YearPlan, and_(YearPlan.project_id == Project.id, YearPlan.year == period.year, YearPlan.present))
            .where(Project.present, *_among(Project.id, some))
        )
        return {
            key: MoreFacts({f: v for f, v in zip(FACTS, values, strict=True) if v},
                           names.get(key, ()), stages.get(key, ""), parts.get(key, 0))
            for key, *values in connection.execute(query).all()
        }


def _among(column: Any, some: Collection[int] | None) -> tuple[Any, ...]:
    return () if some is None else (column.in_(some),)


def _names(connection: Connection, some: Collection[int] | None) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = defaultdict(list)
    for project_id, name in connection.execute(
            select(ProjectName.project_id, ProjectName.name).where(*_among(ProjectName.project_id, some)).order_by(ProjectName.id)).all():
        found[project_id].append(name)
    return {k: tuple(v) for k, v in found.items()}
