"""Send a return back to its unit (退回): kept with what is in question, nothing of it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from hydesk.db.journal import begin_act
from hydesk.db.ledger import Ledger
from hydesk.db.models import Project
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.findings import Finding, Level
from hydesk.domain.return_states import SENT_BACK
from hydesk.services.acts.keep_import import keep_rows
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing
from hydesk.services.returns.apply_return import keep_draft, supersede
from hydesk.services.returns.ledger_version import SEND_BACK
from hydesk.services.returns.read_return import ReturnDraft


def in_question(draft: ReturnDraft) -> tuple[Finding, ...]:
    """What a unit is asked to mend or to confirm unless a person chooses: errors first, then warnings."""
    asked = [f for f in draft.understanding.findings if f.level is not Level.NOTE]
    return tuple(sorted(asked, key=lambda f: f.level is not Level.ERROR))


@writing
def send_back(
    ledger: Ledger, draft: ReturnDraft, findings: Sequence[Finding] | None = None, note: str = "",
    actor: Actor | None = None,
) -> int:
    """Keep ``draft`` as sent back with ``findings`` (None: ``in_question``) and the office's ``note``; its number.

    No figure is written. An act: undone, the return waits again. The copy that waited is replaced by this one.
    Raises HydeskError where there is nothing to mend and no note says why.
    """
    asked = tuple(findings) if findings is not None else in_question(draft)
    note = note.strip()
    if not asked and not note:
        raise HydeskError(f"“{draft.name}”没有需要退回的问题。确要退回，请写明退回意见")
    if not draft.content:
        raise HydeskError(f"“{draft.name}”没有内容，不能退回。请与填报单位联系")
    u = draft.understanding
    actor = actor or current_actor(ledger)
    # The county sees only what it sent: the words and what is asked, not what the office corrected for itself.
    kept = replace(draft, understanding=replace(u, findings=asked))
    with ledger.write() as connection:
        ids = dict(connection.execute(select(Project.code, Project.id).where(Project.present)).tuples().all())
        act_id = begin_act(connection, SEND_BACK, f"退回{u.unit or draft.name}{draft.period.label}报表", actor)
        import_id = keep_draft(connection, kept, act_id, SENT_BACK, actor, note)
        keep_rows(connection, import_id, [(r, ids.get(r.project), False) for r in u.rows])
        supersede(connection, import_id, draft)
    return import_id
