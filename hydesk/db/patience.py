"""How long one statement may take a server before it counts as frozen; whoever moves a whole ledger may wait longer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

ANSWER_SECONDS = 10.0
"""Of a statement of every day. It waits for no lock longer than ``server.WAIT_SECONDS``."""
_ASKED: ContextVar[float | None] = ContextVar("hydesk_patience", default=ANSWER_SECONDS)


@contextmanager
def patience(seconds: float | None = None) -> Iterator[None]:
    """Statements within may take ``seconds``; None as long as they take: moving, checking and migrating a whole ledger."""
    before = _ASKED.set(seconds)
    try:
        yield
    finally:
        _ASKED.reset(before)


def seconds_left() -> float | None:
    """How long a statement may take now."""
    return _ASKED.get()
