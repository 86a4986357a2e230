"""What of a return a person may take over, and what comes of it: facts want a reason and stand among the list's dated
adjustments (docs/rules.md §7.4); what the ledger takes in no way at all comes in through no review (§7.5)."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, select

from hydesk.dataclass import dataclass
from hydesk.db import clock
from hydesk.db.journal import Write
from hydesk.db.models import Batch, YearPlan
from hydesk.db.places import Entity
from hydesk.db.shelves import Shelves
from hydesk.domain.allowed import why_refused
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import PROGRESS_FIELDS, Field
from hydesk.domain.lists import Ground, ListChange
from hydesk.domain.own_columns import LedgerField
from hydesk.services.projects.list_changes import note_change
from hydesk.services.returns.read_return import ReturnDraft

Where = tuple[str, int]
"""A row of a return: its sheet and row."""
Accept = Mapping[tuple[str, LedgerField], bool]
"""What a person decided, by project code and field."""
Reasons = Mapping[tuple[str, LedgerField], str]
"""Why a person takes a value over, by project code and field."""
NO_REASONS: Reasons = {}


@dataclass(frozen=True, slots=True)
class ReplacedFacts:
    """What of one project is replaced, why, and on which year's list."""

    fields: tuple[LedgerField, ...]
    reason: str
    year: int


def want_reasons(draft: ReturnDraft, accept: Accept, reasons: Reasons) -> None:
    """Raise HydeskError where a fact would take the place of the ledger's and nobody says why."""
    bare = next((c for c in draft.changes if c.replaces_fact and accept.get(c.key) and not reasons.get(c.key, "").strip()), None)
    if bare is not None:
        raise HydeskError(f"“{bare.project_name}”的{bare.field.label}与台账不同，采用来表的要写明理由，没有入库")


def barred_rows(draft: ReturnDraft, accept: Accept) -> dict[Where, str]:
    """The rows that wait because the ledger takes one of their wanted values in no way at all, each with the reason."""
    names = {(r.sheet, r.row): r.name for r in draft.understanding.rows}
    found: dict[Where, str] = {}
    for row in draft.understanding.rows:
        for field, value in row.values.items():
            if (why := why_refused(field, value)) and accept.get((row.project or "", field), field in PROGRESS_FIELDS and row.accepted):
                found.setdefault((row.sheet, row.row), f"“{row.name}”{why}")
    for c in draft.changes:
        if c.refused and accept.get(c.key, c.accepted):
            found.setdefault((c.sheet, c.row), f"“{names.get((c.sheet, c.row), c.project_name)}”{c.refused}")
    return found


def replaced_facts(
    connection: Connection, draft: ReturnDraft, ids: Mapping[str, int], accept: Accept, writes: list[Write]
) -> dict[int, ReplacedFacts]:
    """Per project the facts of the list that ``writes`` would replace by others, and why."""
    proposed = {(ids[c.project], c.field.value): c for c in draft.changes
                if c.replaces_fact and isinstance(c.field, Field) and c.project in ids and accept.get(c.key)}
    held = Shelves(connection).get(w.place for w in writes)
    found: dict[int, ReplacedFacts] = {}
    for w in writes:
        known = proposed.get((w.place.project_id, w.place.field))
        if known is None or held[w.place] == w.new or w.place.entity not in (Entity.PROJECT, Entity.PLAN):
            continue
        before = found.get(w.place.project_id)
        fields = (*(before.fields if before else ()), known.field)
        found[w.place.project_id] = ReplacedFacts(fields, w.reason or "", draft.period.year)
    return found


def note_replaced(connection: Connection, act_id: int, facts: Mapping[int, ReplacedFacts]) -> None:
    """Enter each project of ``facts``, by its id, in 退出/调整清单, dated today; undone with the act."""
    today = clock.now(connection).astimezone().date()
    for project_id, replaced in facts.items():
        kind = ListChange.RENAMED if set(replaced.fields) == {Field.NAME} else ListChange.ADJUSTED
        batch = connection.execute(select(Batch.name).join(YearPlan, YearPlan.batch_id == Batch.id).where(
            YearPlan.project_id == project_id, YearPlan.year == replaced.year)).scalar()
        note_change(connection, act_id, project_id, kind, Ground(today, replaced.reason),
                    batch=(replaced.year, batch) if batch else None)
