"""The drafts that wait for 入库, each with what the clerk has decided so far."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal

from hydesk.domain.findings import Level
from hydesk.domain.periods import Period
from hydesk.services.returns.read_return import ReturnDraft
from hydesk.ui.screens.returns.waiting import WaitingDraft

__all__ = ["Pile", "WaitingDraft"]


class Pile(QObject):
    """All drafts that wait, in the order they came; ``items`` are those of the period in hand."""

    pile_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.period: Period | None = None
        """Whose drafts are shown; None shows all."""
        self._all: list[WaitingDraft] = []

    @property
    def items(self) -> list[WaitingDraft]:
        """The drafts of the period in hand."""
        return [w for w in self._all if self.period is None or w.draft.period == self.period]

    def __iter__(self) -> Iterator[WaitingDraft]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def show_period(self, period: Period) -> None:
        """Show the drafts of another period."""
        if period != self.period:
            self.period = period
            self.pile_changed.emit()

    def held(self, sha256: str, period: Period) -> WaitingDraft | None:
        """The draft of exactly this file, if it waits."""
        return next((w for w in self._all if sha256 and w.draft.sha256 == sha256 and w.draft.period == period
                     and not w.repeats), None)

    def add(self, draft: ReturnDraft) -> WaitingDraft:
        """Add a draft; one of a file that waits already is listed as its repetition."""
        fresh = WaitingDraft(draft)
        held = self.held(draft.sha256, draft.period)
        if held is not None:
            fresh.repeats = held.draft.name
        self.put(fresh)
        return fresh

    def put(self, waiting: WaitingDraft) -> None:
        """Add one that is known, such as one put back."""
        self._all.append(waiting)
        self.pile_changed.emit()

    def renew(self, draft: ReturnDraft) -> WaitingDraft | None:
        """Put a new reading in its draft's place, if that still waits; decisions on what is as before are kept."""
        held = self.held(draft.sha256, draft.period)
        if held is not None:
            held.read_anew(draft)
            self.pile_changed.emit()
        return held

    def remove(self, item: WaitingDraft) -> None:
        """Take a draft away: taken in, sent back or not wanted."""
        if item in self._all:
            self._all.remove(item)
            self.pile_changed.emit()

    def drop_received(self, numbers: set[int]) -> None:
        """Take the kept drafts with these numbers away: they wait no longer in the ledger."""
        gone = [w for w in self._all if w.received in numbers]
        for w in gone:
            self._all.remove(w)
        if gone:
            self.pile_changed.emit()

    def faultless(self) -> list[WaitingDraft]:
        """The drafts without an error, which one action takes in."""
        return [w for w in self.items if w.can_apply and not w.open_errors()]

    def after(self, item: WaitingDraft | None) -> WaitingDraft | None:
        """The next draft that wants a person, the first again after the last."""
        items = [w for w in self.items if w is item or ((w.can_apply or w.count(Level.ERROR)) and not w.repeats)]
        at = items.index(item) if item in items else -1
        order = [*items[at + 1:], *items[:max(at, 0)]]
        return next((w for w in order if w is not item), None)
