"""Write when a batch (批次) of the list was published and by which document."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from hydesk.db.journal import Write, begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.db.models import Batch
from hydesk.db.places import Entity, Place
from hydesk.db.shelves import Shelves
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing


@writing
def edit_batch(
    ledger: Ledger, year: int, name: str, published_on: date | None, document: str, actor: Actor | None = None
) -> int:
    """Let the batch ``name`` of ``year`` bear this date and document; how many values changed. One act, undoable; none
    where both stand there already.

    Raises HydeskError where there is no such batch.
    """
    with ledger.write() as connection:
        key = connection.execute(select(Batch.id).where(Batch.year == year, Batch.name == name)).scalar()
        if key is None:
            raise HydeskError(f"{year}年清单里没有名为“{name}”的批次，请刷新后再试")
        values = {"published_on": published_on.isoformat() if published_on else None, "document": document.strip() or None}
        writes = [Write(Place(Entity.BATCH, 0, str(key), f), text) for f, text in values.items()]
        held = Shelves(connection).get(w.place for w in writes)
        if all(held[w.place] == w.new for w in writes):
            return 0
        act_id = begin_act(connection, "batch", f"修改批次“{name}”的日期和文号", actor or current_actor(ledger))
        return record(connection, act_id, writes)
