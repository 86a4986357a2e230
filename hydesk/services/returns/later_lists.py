"""A list of a year that is over, taken into a ledger that holds a later year's: what it says of now is no news.

Its year's plan, goal and place on the list come in; what a project is (name, code, total, owner, dates, sub-projects,
undated own columns) stays as the later list and what came after it have it, and only what the ledger lacks is filled
(docs/rules.md §12.8).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, func, select

from hydesk.db.journal import Write
from hydesk.db.models import Project, YearPlan
from hydesk.db.places import Entity, Place
from hydesk.domain.findings import Finding, Level

_AS_NOW = frozenset({Entity.PROJECT, Entity.MILESTONE, Entity.SUB_PROJECT, Entity.COLUMN_VALUE})
"""What is held as it is now, not by year or period."""


def later_lists(connection: Connection, year: int) -> Mapping[int, int]:
    """By project, the newest year after ``year`` on whose list it stands."""
    query = select(YearPlan.project_id, func.max(YearPlan.year).label("newest")).join(Project, Project.id == YearPlan.project_id).where(
        YearPlan.year > year, YearPlan.present, Project.present).group_by(YearPlan.project_id)
    return {row.project_id: row.newest for row in connection.execute(query)}


def is_past(place: Place, held: str | None, later: Mapping[int, int]) -> bool:
    """Whether what an older list says at ``place`` gives way to what the ledger holds."""
    return held is not None and place.entity in _AS_NOW and place.project_id in later


def without_past(
    writes: Sequence[Write], held: Mapping[Place, str | None], later: Mapping[int, int], taken: Collection[Place],
) -> tuple[list[Write], set[Place]]:
    """``writes`` without those that would put the past in the place of now, and the places of these. What a person
    took (``taken``) stays; sub-projects stand or fall together."""
    parted = {w.place.project_id for w in writes if w.place.entity is Entity.SUB_PROJECT and is_past(w.place, held[w.place], later)}
    past = {w.place for w in writes if held[w.place] != w.new and w.place not in taken and (
        w.place.project_id in parted if w.place.entity is Entity.SUB_PROJECT else is_past(w.place, held[w.place], later))}
    return [w for w in writes if w.place not in past], past


def older_list_told(year: int, later: Mapping[int, int], left: Collection[Place]) -> Finding:
    """One reminder for the whole list: of how many projects how much stays as it is in ``left``."""
    projects = {place.project_id for place in left}
    newest = max(later[i] for i in projects)
    return Finding(Level.WARNING, "older_list", (
        f"这是{year}年的清单，台账里已有{newest}年的：{len(projects)} 个项目有 {len(left)} 处与台账现在的不同，按较新的保留台账的；"
        f"{year}年的计划和在列照常写入。"))
