"""One object that says what was changed in the ledger; each screen decides whether to read again."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

PROJECTS = "projects"
PROGRESS = "progress"
RETURNS = "returns"
UNITS = "units"
RULES = "rules"
DECISIONS = "decisions"
"""What is remembered about units' ways of writing."""
MILESTONES = "milestones"
PROBLEMS = "problems"
REGISTERS = "registers"
EVERYTHING = frozenset({MILESTONES, PROBLEMS, REGISTERS, PROJECTS, PROGRESS, RETURNS, UNITS, RULES, DECISIONS})


class Changes(QObject):
    """Told after every write that has been committed."""

    ledger_changed = Signal(frozenset)
    """The kinds of data that changed: some of the words above."""

    def tell(self, *what: str) -> None:
        """Say that ``what`` has changed."""
        self.ledger_changed.emit(frozenset(what))
