"""The drafts that wait for 入库, each with what the clerk has decided so far."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from hydesk.domain.changes import Change
from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.money import Yuan
from hydesk.domain.understanding import ReadRow
from hydesk.services.read_return import REJECTED, UNCHANGED, ReturnDraft


class Waiting:
    """One draft and the decisions on it. Nothing is written until 入库."""

    def __init__(self, draft: ReturnDraft) -> None:
        self.draft = draft
        self.decided: dict[tuple[str, Field], bool] = {}

    @property
    def unit(self) -> str:
        """The reporting unit, or what to say where it cannot be told."""
        return self.draft.understanding.unit or "（多个单位）"

    @property
    def can_apply(self) -> bool:
        """Whether 入库 would write anything."""
        return self.draft.status not in (REJECTED, UNCHANGED) or any(self.decided.values())

    def count(self, level: Level) -> int:
        """How many findings of ``level`` there are."""
        return sum(f.level is level for f in self.draft.understanding.findings)

    def accepted(self, change: Change) -> bool:
        """Whether 入库 would write ``change``."""
        return self.decided.get((change.project, change.field), change.accepted)

    def decide(self, change: Change, accept: bool) -> None:
        """Take or leave one value; going back to what it was by itself forgets the decision."""
        key = (change.project, change.field)
        if change.accepted == accept:
            self.decided.pop(key, None)
        else:
            self.decided[key] = accept

    def correct(self, finding: Finding, value: Yuan) -> bool:
        """Put ``value`` in place of what the cell of ``finding`` says, and take it; False where there is no such cell."""
        for i, change in enumerate(self.draft.changes):
            if change.field is finding.field and (change.sheet, change.row) == (finding.sheet, finding.row):
                changes = list(self.draft.changes)
                changes[i] = replace(change, new=value)
                self.draft = replace(self.draft, changes=tuple(changes))
                self.decide(changes[i], True)
                return True
        return False

    def changes_of(self, row: ReadRow) -> list[Change]:
        """What the row would change."""
        return [c for c in self.draft.changes if (c.sheet, c.row) == (row.sheet, row.row)]

    def will_write(self, row: ReadRow) -> bool:
        """Whether 入库 takes anything from the row."""
        if row.project is None:
            return False
        changes = self.changes_of(row)
        return any(self.accepted(c) for c in changes) if changes else row.accepted

    def rows_to_write(self) -> int:
        """How many project rows 入库 takes."""
        by_row: dict[tuple[str, int], list[Change]] = {}
        for c in self.draft.changes:
            by_row.setdefault((c.sheet, c.row), []).append(c)
        count = 0
        for row in self.draft.understanding.rows:
            changes = by_row.get((row.sheet, row.row))
            if row.project is not None:
                count += any(self.accepted(c) for c in changes) if changes else row.accepted
        return count

    def rows_waiting(self) -> int:
        """How many rows 入库 leaves out."""
        return len(self.draft.understanding.rows) - self.rows_to_write()

    @property
    def status(self) -> str:
        """The state in a word, with its shape."""
        if self.draft.status == REJECTED:
            return "■ 不能收"
        if self.draft.status == UNCHANGED and not self.decided:
            return "○ 与已入库的相同"
        if self.count(Level.ERROR):
            return "■ 有错误"
        if self.count(Level.WARNING):
            return "◆ 有提醒"
        return "● 可入库"


class Pile(QObject):
    """All drafts that wait, in the order they came."""

    pile_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: list[Waiting] = []

    def __iter__(self) -> Iterator[Waiting]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def add(self, draft: ReturnDraft) -> Waiting:
        """Add a draft; the same file read again for the same period takes the earlier one's place."""
        fresh = Waiting(draft)
        for i, old in enumerate(self.items):
            if old.draft.sha256 == draft.sha256 and old.draft.sha256 and old.draft.period == draft.period:
                self.items[i] = fresh
                break
        else:
            self.items.append(fresh)
        self.pile_changed.emit()
        return fresh

    def renew(self, draft: ReturnDraft) -> tuple[Waiting, Waiting] | None:
        """Put a new reading in its draft's place, if that still waits: the old and the fresh one.

        Decisions on values that are read as before are kept.
        """
        old = next((w for w in self.items
                    if w.draft.sha256 == draft.sha256 and w.draft.period == draft.period), None)
        if old is None:
            return None
        before = {(c.project, c.field): c.new for c in old.draft.changes}
        fresh = self.add(draft)
        for change in draft.changes:
            key = (change.project, change.field)
            if key in old.decided and before.get(key) == change.new:
                fresh.decide(change, old.decided[key])
        return old, fresh

    def remove(self, item: Waiting) -> None:
        """Take a draft away, applied or not wanted."""
        if item in self.items:
            self.items.remove(item)
            self.pile_changed.emit()
