"""What time a transaction says it is: the machine's, unless the ledger was given a clock of its own.

A demonstration dates its made-up acts as an office would have done them, so that looking back in time shows something.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import Connection

Clock = Callable[[], datetime]
OPTION = "hydesk_clock"


def machine_time() -> datetime:
    """The moment now, in UTC."""
    return datetime.now(UTC)


def now(connection: Connection) -> datetime:
    """The moment at which what this transaction writes was done."""
    clock: Clock = connection.get_execution_options().get(OPTION, machine_time)
    return clock()
