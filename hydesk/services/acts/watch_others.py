"""What others do at the same ledger, as it happens: for a window."""

from __future__ import annotations

from collections.abc import Callable

from hydesk.db.ledger import Ledger
from hydesk.db.watch import Heard, ServerWatch
from hydesk.services.acts.name_actor import current_actor

__all__ = ["Heard", "ServerWatch", "watch_others"]


def watch_others(ledger: Ledger, told: Callable[[Heard], None]) -> ServerWatch:
    """Watch ``ledger``, which is on a server, until it is closed; ``told`` is called in a thread of the watch's own.

    A file needs no watch: one window at a time writes to it, and another one only looks.
    """
    watch = ServerWatch(ledger, current_actor(ledger).name, told)
    ledger.closing.append(watch.stop)
    return watch
