"""Take a return into the ledger (入库): one transaction, the original kept, every figure logged with its cell."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from sqlalchemy import Connection, select, update

from hydesk.dataclass import dataclass
from hydesk.db.decided import stale
from hydesk.db.journal import Write, begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.db.marks import act_holds
from hydesk.db.models import Import, ImportRow, Project
from hydesk.db.places import DAY_STATED, NODES, SOURCE, Entity, Place, place_of, write_value
from hydesk.db.references import UNIT, References
from hydesk.db.shelves import Shelves
from hydesk.domain.actors import Actor
from hydesk.domain.changes import Change
from hydesk.domain.fields import PROGRESS_FIELDS, PROGRESS_MONEY, Field
from hydesk.domain.job_progress import Progress
from hydesk.domain.own_columns import LedgerField, OwnValue
from hydesk.domain.return_states import (
    APPLIED,
    DROPPED,
    IN_FORCE,
    PARTLY_APPLIED,
    RECEIVED,
    REJECTED,
    SENT_BACK,
    UNCHANGED,
)
from hydesk.domain.stale import StaleCell
from hydesk.domain.understanding import ReadRow, ReadValue
from hydesk.services.acts.keep_import import keep_findings, keep_import, keep_rows, waiting_copy
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing
from hydesk.services.projects.own_columns import own_write
from hydesk.services.returns.ledger_edits import CORRECTED
from hydesk.services.returns.pack_corrections import pack_corrections
from hydesk.services.returns.read_return import ReturnDraft, judge
from hydesk.services.returns.taking_over import (
    NO_REASONS,
    Accept,
    Reasons,
    Where,
    barred_rows,
    note_replaced,
    replaced_facts,
    want_reasons,
)


@dataclass(frozen=True, slots=True)
class AppliedReturn:
    """What came of it: ``status`` is applied, partly_applied, unchanged or rejected.

    ``written`` counts values that changed, ``held_back`` rows that wait for a person; ``stale`` are the values for whose
    sake rows wait because somebody changed them in the ledger after the return was compared with it. ``refused`` says of
    what a person accepted why the ledger takes it in no way at all; those rows wait too.
    """

    return_id: int | None
    status: str
    written: int
    held_back: int
    stale: tuple[StaleCell, ...] = ()
    refused: tuple[str, ...] = ()


@writing
def apply_return(
    ledger: Ledger, draft: ReturnDraft, actor: Actor | None = None, accept: Accept | None = None,
    progress: Progress | None = None, reasons: Reasons = NO_REASONS,
) -> AppliedReturn:
    """Write what ``draft`` says into the ledger, together with what a person accepted and corrected.

    Rows with an error and proposals for ledger facts are written only where ``accept`` says so; it can also hold
    back single values. A fact that takes the place of the ledger's wants its reason in ``reasons`` and stands among the
    list's dated adjustments (docs/rules.md §7.4): HydeskError, and nothing is written, where one is missing. What the
    ledger takes in no way at all (§7.5) is not written, accepted or not: its row waits. A return that is held already, as the same file or with the same values, writes nothing.
    A return of the same unit and period that names the same projects is replaced by this one, and so is the copy of
    this file that waited to be reviewed; undoing the act lets it wait again. A row with a value that somebody else changed
    in the ledger since ``draft`` was read waits, and the others are written.
    """
    said = progress or (lambda _fraction, _doing: None)
    held_back = sum(not r.accepted for r in draft.understanding.rows)
    said(0.0, f"正在入库 {draft.name}")
    with ledger.write() as connection:
        draft = judge(connection, draft)
        if draft.status == REJECTED:
            return AppliedReturn(None, REJECTED, 0, held_back)
        ids = _project_ids(connection)
        want_reasons(draft, accept or {}, reasons)
        barred = barred_rows(draft, accept or {})
        wanted = [one for one in _writes(draft, ids, accept or {}, reasons) if one[0] not in barred]
        chosen, moved = _still_true(connection, ledger, draft, wanted)
        writes = _settle_names(connection, [w for _, w in chosen])
        if draft.status == UNCHANGED and not (accept and any(accept.values()) and _changes(connection, writes)):
            return AppliedReturn(draft.duplicate_of, UNCHANGED, 0, held_back)
        written_rows = {where for where, _ in chosen}
        waiting = moved.keys() | barred.keys()
        kept = [(r, ids.get(r.project or ""), (r.sheet, r.row) in written_rows or (r.accepted and (r.sheet, r.row) not in waiting))
                for r in draft.understanding.rows]
        held_back = sum(not applied for _, _, applied in kept)
        said(0.2, f"正在写入 {draft.name}")
        import_id, act_id = _keep(connection, draft, PARTLY_APPLIED if held_back else APPLIED, actor or current_actor(ledger))
        keep_rows(connection, import_id, kept)
        facts = replaced_facts(connection, draft, ids, accept or {}, [w for _, w in chosen])
        written = record(connection, act_id, list(_with_source(writes, import_id, draft)), import_id)
        note_replaced(connection, act_id, facts)
        supersede(connection, import_id, draft)
        said(1.0, f"已入库 {draft.name}")
    return AppliedReturn(import_id, PARTLY_APPLIED if held_back else APPLIED, written, held_back,
                         tuple(cell for cells in moved.values() for cell in cells), tuple(barred.values()))


def _still_true(
    connection: Connection, ledger: Ledger, draft: ReturnDraft, chosen: list[tuple[Where, Write]]
) -> tuple[list[tuple[Where, Write]], dict[Where, list[StaleCell]]]:
    """What of ``chosen`` may be written, and the rows that wait, each with what was changed since ``draft`` was read."""
    seen = draft.snapshot.seen if draft.snapshot is not None else None
    if seen is None:
        return chosen, {}
    held = Shelves(connection).get(w.place for _, w in chosen)
    cells = stale(connection, {w.place for _, w in chosen if held[w.place] != w.new}, seen, ledger.own)
    moved: dict[Where, list[StaleCell]] = {}
    for where, write in chosen:
        if write.place in cells:
            moved.setdefault(where, []).append(cells[write.place])
    return [(where, w) for where, w in chosen if where not in moved], moved


def _settle_names(connection: Connection, writes: list[Write]) -> list[Write]:
    """``writes`` with units by the ledger's own names, and the name a renamed project had kept as a former one."""
    references = References(connection)
    settled: list[Write] = []
    for w in writes:
        if w.place.field == Field.REPORTING_UNIT.value and w.new is not None:
            w = replace(w, new=references.name(UNIT, references.find(UNIT, w.new)))
        if w.place.field == Field.NAME.value and w.place.entity is Entity.PROJECT:
            old = Shelves(connection).get([w.place])[w.place]
            if old and old != w.new:
                settled.append(Write(Place(Entity.NAME, w.place.project_id, old, "kind"), "former", w.sheet, w.cell))
        if w.new is not None or w.place.field not in (Field.REPORTING_UNIT.value, Field.NAME.value):
            settled.append(w)
    return settled


def _changes(connection: Connection, writes: list[Write]) -> bool:
    held = Shelves(connection).get(w.place for w in writes)
    return any(held[w.place] != w.new for w in writes)


def _project_ids(connection: Connection) -> dict[str, int]:
    query = select(Project.code, Project.id).where(Project.present, Project.code.is_not(None))
    return {code: key for code, key in connection.execute(query).all() if code is not None}


def _writes(
    draft: ReturnDraft, ids: Mapping[str, int], accept: Accept, reasons: Reasons
) -> Iterator[tuple[tuple[str, int], Write]]:
    """The values to write, each with the sheet and row it stands in: changes that are accepted, and progress that
    repeats what is held."""
    changes: dict[tuple[str, str, int, LedgerField], Change] = {
        (c.project, c.sheet, c.row, c.field): c for c in draft.changes}
    settled: set[tuple[str, LedgerField]] = set()
    for row in draft.understanding.rows:
        if row.project is None or row.project not in ids:
            continue
        for field, value in row.values.items():
            change = changes.pop((row.project, row.sheet, row.row, field), None)
            wanted = accept.get((row.project, field), change.accepted if change else row.accepted)
            new = change.new if change else value
            confirms = field in PROGRESS_FIELDS
            if wanted and (change or confirms) and (row.project, field) not in settled:
                settled.add((row.project, field))
                yield from _reasoned(_write(draft, ids[row.project], field, new, row, confirms), reasons.get((row.project, field)))
    for change in changes.values():
        wanted = accept.get((change.project, change.field), change.accepted)
        if wanted and change.project in ids and (change.project, change.field) not in settled:
            settled.add((change.project, change.field))
            yield from _reasoned(_write(draft, ids[change.project], change.field, change.new, change, False), reasons.get(change.key))


def _reasoned(found: Iterator[tuple[Where, Write]], reason: str | None) -> Iterator[tuple[Where, Write]]:
    """The same with why a person took them over, beside what he corrected in them."""
    said = " ".join((reason or "").split())
    for where, w in found:
        yield where, replace(w, reason=f"{w.reason}；{said}" if w.reason else said) if said else w


def _write(
    draft: ReturnDraft, project_id: int, field: LedgerField, value: ReadValue | OwnValue | None, found: ReadRow | Change, confirm: bool
) -> Iterator[tuple[tuple[str, int], Write]]:
    if not isinstance(field, Field):
        if isinstance(found, Change):
            yield (found.sheet, found.row), own_write(project_id, field, value, draft.period, found.sheet, found.cell or None, found.words or None)
        return
    assert not isinstance(value, Decimal)
    if field in (Field.YEARS, Field.CODE):
        return
    place = place_of(field, project_id, draft.period.year, draft.period)
    if isinstance(found, Change):
        cell, words = found.cell, found.words
    else:
        cell, words = found.cells.get(field, ""), found.words.get(field, "")
    if field in NODES and write_value(value) is not None and "/" not in (write_value(value) or ""):
        return  # words that are no date stay in the kept row only
    reason = None
    if (found.sheet, found.row, field) in draft.corrections.values:
        reason = f"{CORRECTED}：原文“{words}”" if words else f"{CORRECTED}：原文空着"
    write = Write(place, write_value(value), found.sheet, cell or None, words or None, reason, confirm)
    yield (found.sheet, found.row), write


def _with_source(writes: list[Write], import_id: int, draft: ReturnDraft) -> Iterator[Write]:
    """``writes`` and, per project with progress, that this return is now its source and of which day its figures are.

    A day that is stated is logged even where it is held already, so that it stays when an earlier return is undone.
    """
    yield from writes
    day = draft.understanding.day
    stated = None if day in (None, draft.period.day) else day
    money = {f.value for f in PROGRESS_MONEY}
    for project_id in dict.fromkeys(w.place.project_id for w in writes
                                    if w.place.entity is Entity.PROGRESS and w.place.field in money):
        yield Write(Place(Entity.PROGRESS, project_id, str(draft.period), DAY_STATED),
                    None if stated is None else stated.isoformat(), confirm=stated is not None)
    for project_id in dict.fromkeys(w.place.project_id for w in writes if w.place.entity is Entity.PROGRESS):
        yield Write(Place(Entity.PROGRESS, project_id, str(draft.period), SOURCE), str(import_id))


def _keep(connection: Connection, draft: ReturnDraft, status: str, actor: Actor) -> tuple[int, int]:
    """Open the act and keep the file; the import's id and the act's."""
    of = draft.understanding.unit or draft.name
    act_id = begin_act(connection, "import_return", f"{of}{draft.period.label}报表入库", actor)
    return keep_draft(connection, draft, act_id, status, actor), act_id


def keep_draft(connection: Connection, draft: ReturnDraft, act_id: int, status: str, actor: Actor, note: str = "") -> int:
    """Keep the file of ``draft`` with what was found in it and what was corrected; the import's id."""
    u = draft.understanding
    corrected = pack_corrections(draft.corrections.values, draft.corrections.projects)
    import_id = keep_import(connection, {
        "act_id": act_id, "kind": "return", "file": draft.name, "sha256": draft.sha256,
        "unit_id": References(connection).key(UNIT, u.unit), "period": str(draft.period), "year": draft.period.year,
        "status": status, "actor": str(actor), "note": note or None,
        "decisions": json.dumps(corrected, ensure_ascii=False) if draft.corrections else None,
    }, draft.content, u.sheets)
    keep_findings(connection, import_id, u.findings)
    return import_id


def supersede(connection: Connection, import_id: int, draft: ReturnDraft) -> None:
    """Mark the returns of the same unit and period that this one, of ``draft``, replaces.

    One that names fewer than half of an earlier return's projects completes or corrects it in part; both stay. Of
    what waits to be reviewed, it replaces its own copy and older ones: a file that came in later is still to be seen.
    One that is sent back replaces none that was taken in.
    """
    own = waiting_copy(connection, draft.sha256, draft.period)
    if own is not None:
        connection.execute(update(Import).where(Import.id == own).values(superseded_by=import_id))
    me = connection.execute(select(Import.period, Import.unit_id, Import.status).where(Import.id == import_id)).one()
    earlier = connection.execute(
        select(Import.id, Import.status)
        .where(Import.kind == "return", Import.period == me.period, Import.id.not_in((import_id, own or import_id)),
               Import.unit_id.is_not_distinct_from(me.unit_id), act_holds(Import.act_id), Import.status != DROPPED)
    ).all()
    mine = _projects_of(connection, import_id)
    for other, status in earlier:
        later = status == RECEIVED and own is not None and other > own
        if later or (me.status == SENT_BACK and status in IN_FORCE):
            continue
        theirs = _projects_of(connection, other)
        shared = sum((theirs & mine).values())
        if shared and shared * 2 >= sum(theirs.values()):
            connection.execute(update(Import).where(Import.id == other).values(superseded_by=import_id))


def _projects_of(connection: Connection, import_id: int) -> Counter[int]:
    query = select(ImportRow.project_id).distinct().where(
        ImportRow.import_id == import_id, ImportRow.project_id.is_not(None))
    return Counter(p for p in connection.execute(query).scalars() if p is not None)
