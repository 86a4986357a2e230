"""Forms that were filled, kept: which, when, by whom, for which period and scope, from which state; and filled again."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select

from hydesk.dataclass import dataclass
from hydesk.db.journal import begin_act
from hydesk.db.ledger import Ledger
from hydesk.db.marks import act_holds
from hydesk.db.models import Act, Import
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.file_names import last_name
from hydesk.domain.findings import Level
from hydesk.domain.job_progress import Progress
from hydesk.domain.periods import Month, Period
from hydesk.domain.scopes.grammar import written
from hydesk.domain.scopes.scope import Scope
from hydesk.services.acts.keep_import import FORM, keep_import, kept_bytes
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing
from hydesk.services.forms.fill_form import FormDraft, FormLedger, fill_form, save_form
from hydesk.services.returns.ledger_version import FILL
from hydesk.services.returns.read_return import digest
from hydesk.services.standings.read_scope import scope_of

FILLED = "filled"


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A form that was filled. ``scope`` as it is written in ``--scope`` where a person chose it, else "". ``act`` is the
    state of the ledger it was filled from: the newest act then."""

    id: int
    file: str
    period: Period
    scope: str
    at: datetime
    actor: str
    filled: int
    left: int
    saved: str
    act: int


@writing
def keep_form(ledger: Ledger, draft: FormDraft, saved: str, scope: Scope | None = None, actor: Actor | None = None) -> int:
    """Keep that ``draft`` was filled and written to ``saved``: an act of its own; its number. ``scope``: the one a person chose."""
    filled = draft.filled
    period = Period.parse(filled.period)
    with ledger.write() as connection:
        by = actor or current_actor(ledger)
        newest = connection.execute(select(func.max(Act.id))).scalar() or 0
        act_id = begin_act(connection, FILL, f"填表“{draft.name}”（{period.label}）", by)
        told = {
            "scope": "" if scope is None else written(scope), "filled": filled.filled, "left": filled.left, "saved": last_name(saved),
            "findings": sum(f.level is not Level.NOTE for f in filled.findings), "act": newest}
        return keep_import(connection, {
            "act_id": act_id, "kind": FORM, "file": draft.name, "sha256": digest(draft.content), "unit_id": None, "period": filled.period,
            "year": period.year, "status": FILLED, "actor": str(by), "decisions": json.dumps(told, ensure_ascii=False)}, draft.content, ())


@writing
def save_and_keep(ledger: Ledger, draft: FormDraft, path: Path, scope: Scope | None = None) -> Path:
    """Write the filled form and keep that it was; answers where it was written. Of a ledger that is only looked at nothing is kept.

    Raises HydeskError where the file cannot be written.
    """
    saved = save_form(draft, path)
    if not ledger.read_only:
        keep_form(ledger, draft, str(saved), scope)
    return saved


def list_forms(ledger: Ledger, most: int = 200) -> list[KeptForm]:
    """The forms that were filled, newest first; of one file the newest of each period."""
    with ledger.read() as connection:
        rows = connection.execute(select(
            Import.id, Import.file, Import.period, Import.at, Import.actor, Import.decisions, Import.sha256,
        ).where(Import.kind == FORM, act_holds(Import.act_id)).order_by(Import.id.desc())).all()
    found: dict[tuple[str, str], KeptForm] = {}
    for r in rows:
        told = json.loads(r.decisions or "{}")
        found.setdefault((r.sha256, r.period), KeptForm(
            r.id, r.file, Period.parse(r.period), told.get("scope", ""), r.at.astimezone(), r.actor, told.get("filled", 0), told.get("left", 0),
            told.get("saved", ""), told.get("act", 0)))
    return list(found.values())[:most]


def fill_again(
    ledger: Ledger, form_id: int, period: Period, known: FormLedger | None = None, progress: Progress | None = None, scope: Scope | None = None,
) -> tuple[FormDraft, Scope | None]:
    """A kept form filled for ``period``, with the scope that was chosen then unless ``scope`` is given; months that its words name move on with it.

    Raises HydeskError where there is no such form.
    """
    with ledger.read() as connection:
        found = connection.execute(select(Import.file, Import.sha256, Import.period, Import.decisions).where(
            Import.id == form_id, Import.kind == FORM, act_holds(Import.act_id))).first()
        content = None if found is None else kept_bytes(connection, found.sha256)
    if found is None or content is None:
        raise HydeskError(f"没有编号为 {form_id} 的来表，请用 hydesk fill --list 查看编号")
    told = json.loads(found.decisions or "{}")
    chosen = scope if scope is not None else scope_of(ledger, period, told["scope"]) if told.get("scope") else None
    before = Period.parse(found.period)
    name = found.file
    if isinstance(before, Month) and isinstance(period, Month) and before != period:
        from hydesk.excel.move_months import form_moved_on

        content, name = form_moved_on(content, name, before, period)
    return fill_form(ledger, (name, content), period, chosen, known, progress), chosen
