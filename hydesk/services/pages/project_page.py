"""Everything a project's page shows, read in one transaction: facts, money, nodes, problems, sources, attachments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date
from typing import Any

from sqlalchemy import Connection

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.db.places import PRESENT, Entity, Place, place_of, read_value
from hydesk.db.queries import AnyRow
from hydesk.db.shelves import Shelves
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import PAGE_BLOCKS, Field
from hydesk.domain.lamps import Lamp
from hydesk.domain.measures.need import MonthlyNeed, monthly_need
from hydesk.domain.measures.reach import Reach, as_of
from hydesk.domain.measures.yardstick import Yardstick
from hydesk.domain.milestones import ProjectNodes, StandardNode, day_of
from hydesk.domain.own_columns import NO_OWN, OwnColumn, OwnValue
from hydesk.domain.periods import Period
from hydesk.domain.problems import ListedProblem
from hydesk.domain.standing import ProjectStanding
from hydesk.domain.understanding import ReadValue
from hydesk.services.milestones.list_milestones import read_milestones, read_standard_nodes
from hydesk.services.problems.list_problems import read_problems
from hydesk.services.projects.attach_file import AttachedFile, read_attachments
from hydesk.services.projects.project_history import ProjectHistory, Provenance, history_of, read_log
from hydesk.services.standings.list_standings import read_standings
from hydesk.services.standings.own_columns import read_own_columns, read_own_values
from hydesk.services.standings.period_view import read_part
from hydesk.services.standings.read_figures import figures_of
from hydesk.services.standings.year_curve import CurvePoint, curve_of

_BY_NAME = sorted(Field, key=lambda f: f not in (Field.CODE, Field.NAME))
FACTS: tuple[tuple[str, tuple[Field, ...]], ...] = tuple(
    (block, tuple(f for f in _BY_NAME if f.spec.page == block)) for block in PAGE_BLOCKS)
"""The facts and plans of a page, as they are grouped there; each can be edited in place."""

Sources = Mapping[tuple[str, Field], Provenance]
"""By scope (a period such as 2023-06, a year for plans, empty for facts) and field: what brought the value that holds."""


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """A project as of ``period``. ``standing`` and ``lamp`` are None where it is not on the year's list."""

    period: Period
    project_id: int
    facts: Mapping[Field, ReadValue | None]
    standing: ProjectStanding | None
    lamp: Lamp | None
    reach: Reach
    """Who has reported for ``period``."""
    yardstick: Yardstick
    need: MonthlyNeed | None
    curve: tuple[CurvePoint, ...]
    history: ProjectHistory
    standard: tuple[StandardNode, ...]
    nodes: ProjectNodes | None
    nodes_on: date
    """The day by which nodes and problems are judged."""
    problems: tuple[ListedProblem, ...]
    attachments: tuple[AttachedFile, ...]
    sources: Sources
    own: tuple[OwnColumn, ...] = ()
    """The columns of the office's own, in its order."""
    own_values: Mapping[int, OwnValue] = field(default_factory=lambda: NO_OWN)
    own_periods: Mapping[int, Period] = field(default_factory=dict)
    """Of which period each figure is that is told by period, by the columns' ids."""
    """What the project holds in them, by their ids."""
    own_sources: Mapping[int, Provenance] = field(default_factory=dict)
    """What brought it."""

    @property
    def name(self) -> str:
        """The project's present name."""
        return self.history.name


def project_page(ledger: Ledger, project_id: int, period: Period, today: date | None = None) -> ProjectPage:
    """The page of a project as of ``period``. Raises HydeskError where there is none."""
    on = day_of(period, today or date.today())
    with ledger.read() as connection:
        facts = _facts(connection, project_id, period.year)
        if facts is None:
            raise HydeskError("这个项目已不在台账里，请刷新后再试")
        log = read_log(connection, project_id)
        entries = [r for r in log if not r.undone]
        figures = figures_of(connection, period, {project_id})
        standing = next(iter(read_standings(connection, period, figures, project_id)), None)
        view = read_part(connection, period, [] if standing is None else [standing])
        standing = next(iter(view.standings), standing)
        by = view.yardstick
        return ProjectPage(
            period=period, project_id=project_id, facts=facts, standing=standing,
            lamp=None if standing is None else by.lamp(standing), reach=view.reach, yardstick=by,
            need=None if standing is None else monthly_need(standing.annual_plan, standing.year_investment, as_of(standing)),
            curve=tuple(curve_of(view.reach, [standing], figures)) if standing else (),
            history=history_of(connection, project_id, str(facts[Field.CODE] or ""), str(facts[Field.NAME] or ""), log),
            standard=read_standard_nodes(connection),
            nodes=read_milestones(connection, period, today, [project_id]).of(project_id), nodes_on=on,
            problems=tuple(read_problems(connection, on, project_id, current=True)),
            attachments=tuple(read_attachments(connection, ledger, project_id)),
            sources=_sources(entries), **_own(connection, project_id, period, standing, entries))


def _facts(connection: Connection, project_id: int, year: int) -> dict[Field, ReadValue | None] | None:
    """None where the ledger has no such project."""
    fields = [f for _, group in FACTS for f in group]
    places = {f: place_of(f, project_id, year, None) for f in fields}
    there = Place(Entity.PROJECT, project_id, "", PRESENT)
    held = Shelves(connection).get([there, *places.values()])
    if held[there] is None:
        return None
    return {f: read_value(f, held[places[f]]) for f in fields}


def _own(
    connection: Connection, project_id: int, period: Period, standing: ProjectStanding | None, entries: Sequence[AnyRow],
) -> dict[str, Any]:
    """What stands in own columns, and what brought it."""
    held: dict[str, Provenance] = {}
    for r in entries:  # the newest last
        if r.entity not in _OWN:
            continue
        if r.new is None:
            held.pop(r.scope, None)
        elif "/" not in r.scope or Period.parse(r.scope.partition("/")[2]).day <= period.day:
            held[r.scope] = _source(r)
    # Of what is told by period the newest stands, a month's above a week's of one day.
    ordered = sorted(held, key=lambda scope: _at(scope.partition("/")[2]))
    columns = read_own_columns(connection)
    values = standing.own if standing is not None else read_own_values(connection, columns, period, [project_id]).get(project_id, NO_OWN)
    return {"own": tuple(columns), "own_values": values,
            "own_sources": {int(scope.partition("/")[0]): held[scope] for scope in ordered},
            "own_periods": {int(scope.partition("/")[0]): Period.parse(at) for scope in ordered if (at := scope.partition("/")[2])}}


def _at(period: str) -> tuple[date, bool]:
    at = Period.parse(period) if period else None
    return (date.min, False) if at is None else (at.day, at.is_month)


_OWN = (Entity.COLUMN_VALUE.value, Entity.COLUMN_FIGURE.value)
_FIGURES = (Entity.PROGRESS.value, Entity.PLAN.value, Entity.PROJECT.value)


def _source(r: Any) -> Provenance:
    words = r.words if r.import_id is not None else r.reason
    return Provenance(r.import_id, r.file or "", r.sheet or "", r.cell or "", words or "", r.actor, r.at.astimezone())


def read_sources(connection: Connection, project_id: int) -> dict[tuple[str, Field], Provenance]:
    """The entry of the change log that holds at each place of a project, in one query; within an open transaction."""
    return _sources([r for r in read_log(connection, project_id) if not r.undone])


def _sources(entries: Iterable[AnyRow]) -> dict[tuple[str, Field], Provenance]:
    found: dict[tuple[str, Field], Provenance] = {}
    names = {f.value: f for f in Field}
    for r in entries:
        of = names.get(r.field)
        if of is None or r.entity not in _FIGURES:
            continue
        if r.new is None:
            found.pop((r.scope, of), None)
            continue
        found[r.scope, of] = _source(r)
    return found
