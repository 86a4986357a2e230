"""Keep a return that came in until somebody has reviewed it (收报), with what was decided so far."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from hydesk.dataclass import dataclass
from hydesk.db import clock
from hydesk.db.journal import begin_act
from hydesk.db.ledger import Ledger
from hydesk.db.models import Import, ImportFinding, ImportRow, Project, Unit
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.findings import Level
from hydesk.domain.job_progress import Progress
from hydesk.domain.periods import Period
from hydesk.domain.return_states import DROPPED, RECEIVED
from hydesk.services.acts.keep_import import kept_bytes, waiting, waiting_copy
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing
from hydesk.services.returns.apply_return import keep_draft
from hydesk.services.returns.know_ledger import KnownLedger
from hydesk.services.returns.ledger_version import DROP, RECEIVE
from hydesk.services.returns.merge_decisions import merge_decisions
from hydesk.services.returns.pack_corrections import unpack_corrections
from hydesk.services.returns.read_return import ReturnDraft, read_return, understand_draft


@dataclass(frozen=True, slots=True)
class ReceivedReturn:
    """A return that waits to be reviewed. ``unit`` is None for a workbook of several units or of none that is known."""

    id: int
    file: str
    unit: str | None
    period: Period
    received_at: datetime
    actor: str
    decisions: dict[str, Any]
    """What was decided in the review so far, as ``keep_decisions`` was given it."""
    sha256: str
    rows: int
    errors: int
    warnings: int


@writing
def keep_received(ledger: Ledger, draft: ReturnDraft, actor: Actor | None = None) -> int:
    """Keep the file of ``draft`` until it is taken in, sent back or dropped: an act of its own; its number.

    The same bytes that wait already for the period are not kept twice: their number is answered. Raises HydeskError
    for a file without content and for one that is in the ledger already and says nothing new.
    """
    if not draft.content:
        raise HydeskError(f"“{draft.name}”没有内容，不能收报。请重新要一份")
    if draft.duplicate_of is not None:
        raise HydeskError(f"“{draft.name}”与已入库的 {draft.duplicate_of} 号报表相同，不必再收")
    with ledger.write() as connection:
        held = waiting_copy(connection, draft.sha256, draft.period)
        if held is not None:
            return held
        actor = actor or current_actor(ledger)
        of = draft.understanding.unit or draft.name
        act_id = begin_act(connection, RECEIVE, f"收到{of}{draft.period.label}报表", actor)
        import_id = keep_draft(connection, draft, act_id, RECEIVED, actor)
        _name_rows(connection, import_id, draft)
    return import_id


def _name_rows(connection: Connection, import_id: int, draft: ReturnDraft) -> None:
    """Which projects the return names; its values are read again from the file, so they are not kept twice."""
    ids = dict(connection.execute(select(Project.code, Project.id).where(Project.present)).tuples().all())
    rows = [{
        "import_id": import_id, "project_id": ids.get(r.project), "sheet": r.sheet, "row": r.row, "name": r.name,
        "match": r.match, "applied": False} for r in draft.understanding.rows]
    if rows:
        connection.execute(insert(ImportRow), rows)


def list_received(ledger: Ledger, period: Period | None = None) -> tuple[ReceivedReturn, ...]:
    """The returns that wait to be reviewed, newest first; of ``period`` where one is given."""
    with ledger.read() as connection:
        query = waiting()
        if period is not None:
            query = query.where(Import.period == str(period))
        return _received(connection, list(connection.execute(query).scalars()))


def _received(connection: Connection, ids: list[int]) -> tuple[ReceivedReturn, ...]:
    if not ids:
        return ()
    rows = dict(connection.execute(select(ImportRow.import_id, func.count()).where(
        ImportRow.import_id.in_(ids)).group_by(ImportRow.import_id)).tuples().all())
    levels: Counter[tuple[int, str]] = Counter()
    for import_id, level, count in connection.execute(
            select(ImportFinding.import_id, ImportFinding.level, func.count()).where(
                ImportFinding.import_id.in_(ids)).group_by(ImportFinding.import_id, ImportFinding.level)).all():
        levels[import_id, level] = count
    query = (
        select(Import.id, Import.file, Unit.name.label("unit"), Import.period, Import.at, Import.actor, Import.decisions,
               Import.sha256)
        .outerjoin(Unit, Unit.id == Import.unit_id).where(Import.id.in_(ids)).order_by(Import.id.desc())
    )
    return tuple(
        ReceivedReturn(r.id, r.file, r.unit, Period.parse(r.period), r.at.astimezone(), r.actor,
                       json.loads(r.decisions) if r.decisions else {}, r.sha256, rows.get(r.id, 0),
                       levels[r.id, Level.ERROR.value], levels[r.id, Level.WARNING.value])
        for r in connection.execute(query).all())


def received_file(ledger: Ledger, return_id: int) -> tuple[str, bytes]:
    """Name and bytes of a return that waits. Raises HydeskError where there is none."""
    with ledger.read() as connection:
        found = _one(connection, return_id)
        content = kept_bytes(connection, found.sha256)
    if content is None:
        raise HydeskError(f"台账里没有“{found.file}”的原件，请用备份恢复或重新要一份")
    return found.file, content


def read_received(
    ledger: Ledger, return_id: int, progress: Progress | None = None,
    known: KnownLedger | None = None,
) -> ReturnDraft:
    """A return that waits, read again against the ledger as it is now, with what a person corrected in it so far.

    Raises HydeskError where there is none.
    """
    with ledger.read() as connection:
        found = _one(connection, return_id)
    source = received_file(ledger, return_id)
    draft = read_return(ledger, source, found.period, found.decisions.get("unit", found.unit), progress, known)
    corrections = unpack_corrections(found.decisions)
    return understand_draft(ledger, draft, corrections, progress, known) if corrections else draft


def keep_decisions(
    ledger: Ledger, return_id: int, decisions: Mapping[str, Any], base: Mapping[str, Any] | None = None,
) -> Mapping[str, Any]:
    """Keep what was decided in the review so far: anything JSON can hold. No act: Ctrl+Z in a review is the screen's.

    ``base`` is what was kept when the desk read it: what another desk decided since is put together with ``decisions``.
    What is kept now. Raises HydeskError where no such return waits.
    """
    with ledger.write() as connection:
        held = _one(connection, return_id).decisions
        if base is not None and held != base:
            decisions = merge_decisions(base, decisions, held)
        connection.execute(update(Import).where(Import.id == return_id).values(
            decisions=json.dumps(decisions, ensure_ascii=False)))
    return decisions


@writing
def drop_received(ledger: Ledger, return_id: int, actor: Actor | None = None) -> None:
    """Put a return aside without taking it in or sending it back: an act; undone, it waits again.

    Raises HydeskError where no such return waits.
    """
    with ledger.write() as connection:
        found = _one(connection, return_id)
        actor = actor or current_actor(ledger)
        of = found.unit or found.file
        act_id = begin_act(connection, DROP, f"移除{of}{found.period.label}待核报表", actor)
        row = connection.execute(select(Import.sha256, Import.unit_id, Import.period, Import.year, Import.sheets).where(
            Import.id == return_id)).one()
        made = connection.execute(insert(Import).values(
            act_id=act_id, kind="return", file=found.file, status=DROPPED, actor=str(actor), at=clock.now(connection),
            **row._mapping)).inserted_primary_key
        assert made is not None
        connection.execute(update(Import).where(Import.id == return_id).values(superseded_by=made[0]))


def _one(connection: Connection, return_id: int) -> ReceivedReturn:
    waits = connection.execute(waiting().where(Import.id == return_id)).scalar()
    if waits is None:
        raise HydeskError(f"{return_id} 号报表不在待核之列，可能已入库、退回或撤销。请刷新后再试")
    return _received(connection, [waits])[0]
