"""Which changes belong to which row of a draft, and which rows 入库 takes: worked out once, then project by project.

A return may have thousands of rows, and each decision asks how many of them are ready.
"""

from __future__ import annotations

from collections.abc import Callable

from hydesk.domain.changes import Change
from hydesk.domain.understanding import ReadRow
from hydesk.services.returns.read_return import ReturnDraft

Place = tuple[str | None, int | None]


class ReadyRows:
    """The rows of one reading; ``doubt`` a project, or ``forget`` all, whenever a decision on them changed."""

    def __init__(self, draft: ReturnDraft) -> None:
        self.changes: dict[Place, list[Change]] = {}
        """By sheet and row."""
        for change in draft.changes:
            self.changes.setdefault((change.sheet, change.row), []).append(change)
        self._rows = draft.understanding.rows
        self._of: dict[str | None, list[ReadRow]] | None = None
        self._doubted: set[str | None] = set()
        self._known: dict[str | None, int] = {}
        self._total = 0

    def doubt(self, project: str) -> None:
        """A decision on a value of ``project`` changed."""
        self._doubted.add(project)

    def forget(self) -> None:
        """Any decision may have changed."""
        self._doubted.update(self._known)

    def count(self, takes: Callable[[ReadRow], bool]) -> int:
        """How many rows ``takes`` says yes to."""
        if self._of is None:
            self._of = {}
            for row in self._rows:
                self._of.setdefault(row.project, []).append(row)
            self._doubted = set(self._of)
        for project in self._doubted:
            now = sum(map(takes, self._of.get(project, ())))
            self._total += now - self._known.get(project, 0)
            self._known[project] = now
        self._doubted = set()
        return self._total
