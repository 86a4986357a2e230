"""One object that says what was changed in the ledger; each screen decides whether to read again."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from hydesk.domain.touched import Touched

DECISIONS = "decisions"
"""What is remembered about units' ways of writing: no act, so the journal does not tell it."""
EVERYTHING: frozenset[str] = frozenset({*Touched, DECISIONS})


class Changes(QObject):
    """Told after every write that has been committed."""

    ledger_changed = Signal(frozenset)
    """The kinds of data that changed: some of EVERYTHING."""

    def tell(self, *what: str) -> None:
        """Say that ``what`` has changed."""
        self.ledger_changed.emit(frozenset(what))
