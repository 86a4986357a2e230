"""Whom a report may be about: the units that have projects in a year, and the projects."""

from __future__ import annotations

from sqlalchemy import or_, select

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.db.models import Project, Unit, YearPlan
from hydesk.domain.periods import Period
from hydesk.domain.scopes.fields import names_in
from hydesk.services.standings.list_standings import read_units


@dataclass(frozen=True, slots=True)
class Subjects:
    """Units in the office's order; code and name of each project in ledger order; leaders, the city's first."""

    units: tuple[str, ...]
    projects: tuple[tuple[str, str], ...]
    leaders: tuple[str, ...] = ()


def report_subjects(ledger: Ledger, period: Period) -> Subjects:
    """Who is on the list of the period's year."""
    query = (
        select(Project.code, Project.name, Unit.name.label("unit"), Project.city_leader, Project.county_leader)
        .join(YearPlan, YearPlan.project_id == Project.id)
        .outerjoin(Unit, Unit.id == Project.unit_id)
        .where(YearPlan.year == period.year, YearPlan.present, Project.present,
               or_(YearPlan.dropped_on.is_(None), YearPlan.dropped_on > period.end))
        .order_by(Project.id)
    )
    with ledger.read() as connection:
        rows = connection.execute(query).all()
        order = [u.name for u in read_units(connection)]
    held = {row[2] for row in rows}
    return Subjects(tuple(u for u in order if u in held), tuple((row[0] or "", row[1] or "") for row in rows),
                    tuple(dict.fromkeys(name for at in (3, 4) for row in rows for name in names_in(row[at] or ""))))
