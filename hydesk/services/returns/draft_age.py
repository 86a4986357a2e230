"""Whether the ledger has moved on since a return was read, so that the return must be read again."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select

from hydesk.db.ledger import Ledger
from hydesk.db.marks import act_is_undone
from hydesk.db.models import Act, Remembered
from hydesk.domain.snapshot import KnownProject, LedgerSnapshot
from hydesk.services.returns.take_snapshot import take_snapshot
from hydesk.services.rules.settings import check_rules

if TYPE_CHECKING:
    from hydesk.services.returns.read_return import ReturnDraft

RECEIVE, SEND_BACK, DROP = "receive_return", "send_back_return", "drop_return"
QUIET_ACTS = (RECEIVE, SEND_BACK, DROP)
"""Kinds of acts that write nothing a return is compared with."""


def ledger_version(ledger: Ledger) -> int:
    """A number that is another one after anything was written, undone or redone that a return may depend on.

    The same number means the same content; numbers have no order.
    """
    with ledger.read() as connection:
        return _version(connection)


def _version(connection: Connection) -> int:
    speaking = Act.kind.not_in(QUIET_ACTS)
    newest = connection.execute(select(func.max(Act.id)).where(speaking)).scalar() or 0
    undone = connection.execute(
        select(Act.id).where(speaking, act_is_undone(Act.id)).order_by(Act.id)).scalars().all()
    remembered = connection.execute(select(func.max(Remembered.id), func.count())).one()
    state = repr((newest, list(undone), *remembered))
    return int.from_bytes(hashlib.sha256(state.encode()).digest()[:7])


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
