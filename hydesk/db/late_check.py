"""A check of a ledger that reading need not wait for, but writing does."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock


class LateCheck:
    """Runs once, in a thread of its own: when it is begun, or when somebody first waits for what it finds."""

    def __init__(self, check: Callable[[], None]) -> None:
        self._check = check
        self._lock = Lock()
        self._found: Future[None] | None = None

    def begin(self) -> Future[None]:
        """Run it unless it was begun already; the answer raises what the check raised."""
        with self._lock:
            if self._found is None:
                threads = ThreadPoolExecutor(1, "hydesk-check")
                self._found = threads.submit(self._check)
                threads.shutdown(wait=False)
            return self._found
