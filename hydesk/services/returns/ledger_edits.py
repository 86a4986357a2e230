"""What people edited in the ledger since a unit's last return: the third side when the next return is compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import field
from datetime import datetime

from sqlalchemy import Connection, or_, select

from hydesk.dataclass import dataclass
from hydesk.db.marks import act_holds, entry_holds
from hydesk.db.models import Act, Import, ImportCell, ImportRow, LogEntry
from hydesk.db.places import Entity, read_value
from hydesk.db.queries import AnySelect
from hydesk.db.shelves import chunks
from hydesk.domain.changes import LedgerEdit
from hydesk.domain.fields import LEDGER_MONEY, PROGRESS_FIELDS, Field
from hydesk.domain.periods import Period
from hydesk.domain.return_states import IN_FORCE
from hydesk.domain.understanding import ReadValue

CORRECTED = "核对时更正"
"""How the change log's reason begins where a person corrected a county's figure in the review."""

NOT_BY_HAND = ("import_return", "import_projects")
"""Kinds of acts that are no edits, unless figures were corrected in them."""


@dataclass(slots=True)
class Edits:
    """By project id: edits of the ledger's facts and of the period's own figures, and of the period before."""

    own: dict[int, dict[Field, LedgerEdit]] = field(default_factory=lambda: defaultdict(dict))
    before: dict[int, dict[Field, LedgerEdit]] = field(default_factory=lambda: defaultdict(dict))


def ledger_edits(connection: Connection, period: Period, before: dict[int, Period]) -> Edits:
    """What was edited since the last return; ``before`` says per project which period its former figures are of."""
    edits = Edits()
    progress = _edited(connection, Entity.PROGRESS, {str(period), *map(str, before.values())})
    for (project, scope, name), edit in progress.items():
        if scope == str(period):
            edits.own[project][name] = edit
        elif project in before and scope == str(before[project]):
            edits.before[project][name] = edit
    facts = _edited(connection, Entity.PROJECT, {""}) | _edited(connection, Entity.PLAN, {str(period.year)})
    said = _last_said(connection, {project for project, _, _ in facts}, period)
    for (project, _, name), edit in facts.items():
        last = said.get((project, name))
        # An edit older than the last return has been compared with that return already.
        if last is None or last[1] <= edit.at:
            returned = last[0] if last is not None else None
            edits.own[project][name] = LedgerEdit(edit.value, edit.at, edit.actor, returned)
    return edits


def _edited(connection: Connection, entity: Entity, scopes: Iterable[str]) -> dict[tuple[int, str, Field], LedgerEdit]:
    """Places of ``scopes`` whose value that holds was set by a person."""
    corrected_acts = select(Import.act_id).where(Import.status.in_(IN_FORCE), Import.decisions.is_not(None))
    acts = select(Act.id).where(
        act_holds(Act.id), or_(Act.kind.not_in(NOT_BY_HAND), Act.id.in_(corrected_acts)))
    by_hand = or_(LogEntry.import_id.is_(None), LogEntry.reason.startswith(CORRECTED))
    touched = connection.execute(_entries(entity, scopes).where(LogEntry.act_id.in_(acts), by_hand)).all()
    wanted = {(e.project_id, e.scope, e.field) for e in touched if _field_of(entity, e.field) is not None}
    found: dict[tuple[int, str, Field], LedgerEdit] = {}
    returned: dict[tuple[int, str, str], str | None] = {}
    for ids in chunks({project for project, _, _ in wanted}):
        for e in connection.execute(_entries(entity, scopes).where(LogEntry.project_id.in_(ids))).all():
            key = (e.project_id, e.scope, e.field)
            name = _field_of(entity, e.field)
            if key not in wanted or name is None:
                continue
            found.pop((e.project_id, e.scope, name), None)
            corrected = (e.reason or "").startswith(CORRECTED)
            if e.import_id is not None and not corrected:
                returned[key] = e.new
            elif corrected:
                found[e.project_id, e.scope, name] = LedgerEdit(
                    read_value(name, e.new), e.at, e.actor, None, e.words or "")
            else:
                found[e.project_id, e.scope, name] = LedgerEdit(
                    read_value(name, e.new), e.at, e.actor, read_value(name, returned.get(key)))
    return found


def _entries(entity: Entity, scopes: Iterable[str]) -> AnySelect:
    """Steps that hold, oldest first."""
    return (
        select(LogEntry.project_id, LogEntry.scope, LogEntry.field, LogEntry.new, LogEntry.import_id, LogEntry.reason,
               LogEntry.words, Act.at, Act.actor)
        .join(Act, Act.id == LogEntry.act_id)
        .where(LogEntry.entity == entity.value, LogEntry.scope.in_(sorted(scopes)), entry_holds())
        .order_by(LogEntry.id)
    )


def _field_of(entity: Entity, name: str) -> Field | None:
    """The field of a place that returns speak of; None for all others."""
    wanted = PROGRESS_FIELDS if entity is Entity.PROGRESS else LEDGER_MONEY
    return next((f for f in wanted if f.value == name), None)


def _last_said(
    connection: Connection, projects: Iterable[int], period: Period
) -> dict[tuple[int, Field], tuple[ReadValue | None, datetime]]:
    """What the last return before ``period`` said of a project's facts, and when it came."""
    found: dict[tuple[int, Field], tuple[ReadValue | None, datetime]] = {}
    for ids in chunks(projects):
        query = (
            select(ImportRow.project_id, ImportCell.field, ImportCell.value, Import.at)
            .join(ImportRow, ImportRow.id == ImportCell.row_id).join(Import, Import.id == ImportRow.import_id)
            .where(act_holds(Import.act_id), Import.kind == "return", Import.status.in_(IN_FORCE), Import.period != str(period),
                   ImportRow.project_id.in_(ids), ImportCell.field.in_([f.value for f in LEDGER_MONEY]))
            .order_by(Import.id)
        )
        for row in connection.execute(query).all():
            name = Field(row.field)
            found[row.project_id, name] = (read_value(name, row.value), row.at)
    return found
