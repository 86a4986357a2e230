"""A draft leaves the pile, written, laid down or sent back; where it was under review the next one opens by itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from hydesk.ui.desk import Desk
from hydesk.ui.screens.returns.keep import Keeper
from hydesk.ui.screens.returns.pile import Pile, WaitingDraft


class Leaving(QObject):
    """``under_review`` says which draft is looked at now, if any."""

    turned = Signal(object)
    """What is looked at next: a draft, or None for the board."""

    def __init__(self, desk: Desk, pile: Pile, keeper: Keeper, under_review: Callable[[], WaitingDraft | None], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._pile, self._keeper, self._under_review = desk, pile, keeper, under_review
        self._after: WaitingDraft | None = None

    def leave(self, waiting: WaitingDraft) -> None:
        """It waits no longer."""
        self._after = self._pile.after(waiting)
        self._pile.remove(waiting)

    def next(self, waiting: WaitingDraft) -> None:
        """Where ``waiting``, which has left, was under review, turn to the one behind it."""
        if self._under_review() is waiting:
            self.turned.emit(self._after)

    def send_back(self, waiting: WaitingDraft) -> None:
        """It went back to its unit."""
        self.leave(waiting)
        self.next(waiting)

    def drop(self, waiting: WaitingDraft) -> None:
        """It is laid down, not written, and can be put back."""
        self.leave(waiting)
        self._keeper.drop(waiting)
        self.next(waiting)
        self._desk.notice(f"没有入库：{waiting.draft.name}", lambda: self._put_back(waiting), label="放回")

    def drop_blanks(self, names: list[str]) -> None:
        """Blank forms wait for nobody here: they are filled on their own page."""
        for waiting in [w for w in self._pile if w.draft.name in names]:
            self.leave(waiting)
            self._keeper.drop(waiting)

    def _put_back(self, waiting: WaitingDraft) -> None:
        waiting.received = None
        self._pile.put(waiting)
        self._keeper.keep(waiting)
