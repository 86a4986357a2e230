"""Whether the ledger has moved on since a return was read, so that the return must be read again."""

from __future__ import annotations

from hydesk.db.ledger import Ledger
from hydesk.domain.snapshot import KnownProject, LedgerSnapshot
from hydesk.services.returns.ledger_version import ledger_version
from hydesk.services.returns.read_return import ReturnDraft
from hydesk.services.returns.take_snapshot import take_snapshot
from hydesk.services.rules.settings import check_rules


def is_stale(ledger: Ledger, draft: ReturnDraft) -> bool:
    """Whether ``draft`` would read otherwise now, because what it speaks of was edited, undone or settled since.

    Another unit's return, taken in meanwhile, does not age it. Reads the ledger: work for a job.
    """
    if draft.snapshot is None or draft.book is None or ledger_version(ledger) == draft.version:
        return False
    now = take_snapshot(ledger, draft.period)
    if draft.rules is not None and draft.rules != check_rules(ledger):
        return True
    return _basis(draft, draft.snapshot) != _basis(draft, now)


def _basis(draft: ReturnDraft, snapshot: LedgerSnapshot) -> tuple[object, ...]:
    """What of the ledger a draft was read by: its own projects in full, of all others how they are called."""
    u = draft.understanding
    named = {r.project for r in u.rows if r.project is not None}
    own: list[KnownProject] = [p for p in snapshot.projects if p.code in named or p.unit == u.unit]
    called = [(p.code, p.name, p.unit, p.names, p.approval_code) for p in snapshot.projects]
    return own, called, snapshot.memory, snapshot.units
