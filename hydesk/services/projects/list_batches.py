"""The batches of a year's list: how many projects came with each, and its date and document."""

from __future__ import annotations

from datetime import date

from sqlalchemy import and_, func, select

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.db.models import Batch, Project, YearPlan
from hydesk.domain.money import Yuan


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A batch; counts and sums are of the projects still listed, money in yuan. ``name`` is empty for those with none."""

    name: str
    published_on: date | None
    document: str
    count: int
    dropped: int
    total_investment: Yuan
    annual_plan: Yuan


def list_batches(ledger: Ledger, year: int) -> list[BatchLine]:
    """The batches of ``year`` in the order in which they came."""
    here = and_(YearPlan.year == year, YearPlan.present)
    listed = YearPlan.dropped_on.is_(None)
    query = (
        select(Batch.id, Batch.name, Batch.published_on, Batch.document,
               func.count().filter(listed).label("listed"), func.count().filter(~listed).label("dropped"),
               func.coalesce(func.sum(Project.total_investment).filter(listed), 0).label("total"),
               func.coalesce(func.sum(YearPlan.annual_plan).filter(listed), 0).label("plan"))
        .select_from(YearPlan).join(Project, Project.id == YearPlan.project_id)
        .outerjoin(Batch, Batch.id == YearPlan.batch_id)
        .where(here, Project.present)
        .group_by(Batch.id, Batch.name, Batch.published_on, Batch.document)
    )
    with ledger.read() as connection:
        rows = sorted(connection.execute(query), key=lambda r: (r.id is None, r.id or 0))
    return [BatchLine(r.name or "", r.published_on, r.document or "", r.listed, r.dropped, int(r.total), int(r.plan))
            for r in rows]
