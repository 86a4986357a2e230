"""A number that tells whether anything was written that a return may depend on, and the acts that write no such thing."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, func, select

from hydesk.db.asked_once import asked_once
from hydesk.db.ledger import Ledger
from hydesk.db.marks import act_is_undone
from hydesk.db.models import Act, Remembered

RECEIVE, SEND_BACK, DROP, FILL = "receive_return", "send_back_return", "drop_return", "fill_form"
QUIET_ACTS = (RECEIVE, SEND_BACK, DROP, FILL)
"""Kinds of acts that write nothing a return is compared with."""


def ledger_version(ledger: Ledger) -> int:
    """A number that is another one after anything was written, undone or redone that a return may depend on.

    The same number means the same content; numbers have no order.
    """
    with ledger.read() as connection:
        return asked_once(connection, "ledger_version", lambda: _version(connection))


def _version(connection: Connection) -> int:
    speaking = Act.kind.not_in(QUIET_ACTS)
    newest = connection.execute(select(func.max(Act.id)).where(speaking)).scalar() or 0
    undone = connection.execute(
        select(Act.id).where(speaking, act_is_undone(Act.id)).order_by(Act.id)).scalars().all()
    remembered = connection.execute(select(func.max(Remembered.id), func.count())).one()
    state = repr((newest, list(undone), *remembered))
    return int.from_bytes(hashlib.sha256(state.encode()).digest()[:7])
