"""What was read before something was decided: noted by whoever reads, and asked before anything is written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from hydesk.db import decided
from hydesk.db.ledger import Ledger
from hydesk.domain.stale import LogPosition


def seen_now(ledger: Ledger) -> LogPosition:
    """How far the log has come: to be asked before what will be decided on is read."""
    with ledger.read() as connection:
        return decided.position(connection)


@contextmanager
def deciding_on(ledger: Ledger, seen: LogPosition | None) -> Iterator[None]:
    """What is written within was decided on at ``seen`` (None: on nothing).

    Raises Stale, and nothing is written, where another handle changed since what would be written over. What ``ledger``
    itself wrote since is one's own.
    """
    if seen is None:
        yield
        return
    with decided.decided_on(seen, ledger.own):
        yield
