"""Which event of the change log is the newest: how a window learns that somebody else has written."""

from __future__ import annotations

from hydesk.db import seals
from hydesk.db.ledger import Ledger


def newest_event(ledger: Ledger) -> int:
    """Its number; it grows with everything done, undone or redone, whoever did it. 0 for an empty log."""
    with ledger.read() as connection:
        return seals.last_seal(connection)[0]
