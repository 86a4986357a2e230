"""Where one figure of the ledger came from: the return with its cell, or who entered it by hand."""

from __future__ import annotations

from sqlalchemy import select

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.db.models import Project
from hydesk.db.places import place_of, read_value
from hydesk.db.shelves import Shelves
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.periods import Period
from hydesk.domain.understanding import ReadValue
from hydesk.services.pages.project_page import read_sources
from hydesk.services.projects.project_history import Provenance


@dataclass(frozen=True, slots=True)
class FigureSource:
    """``value`` as the ledger holds it; ``source`` is None where nothing is written down about it."""

    project_id: int
    code: str
    name: str
    field: Field
    period: Period
    value: ReadValue | None
    source: Provenance | None


def figure_source(ledger: Ledger, code: str, field: Field, period: Period) -> FigureSource:
    """The source of ``field`` of the project ``code``: of ``period`` for progress, of its year for plans.

    Raises HydeskError where the ledger has no such project.
    """
    with ledger.read() as connection:
        found = connection.execute(select(Project.id, Project.name).where(Project.code == code)).first()
        if found is None:
            raise HydeskError(f"台账里没有 {code} 这个项目，请刷新后再试")
        place = place_of(field, found.id, period.year, period)
        value = read_value(field, Shelves(connection).get([place])[place])
        source = read_sources(connection, found.id).get((place.scope, field))
        return FigureSource(found.id, code, found.name, field, period, value, source)
