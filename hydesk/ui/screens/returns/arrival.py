"""What other screens ask of 收报: a part of it, or the review of one received file once it is read again."""

from __future__ import annotations

from typing import Protocol

from hydesk.ui.requests import ReturnsPlace, ShowReturns
from hydesk.ui.screens.returns.board import BoardPage
from hydesk.ui.screens.returns.pile import Pile, WaitingDraft

_DOUBTS = 3
"""The view of the board with 请核实的数."""


class ReturnsDesk(Protocol):
    """What the screen 收报 offers."""

    board: BoardPage
    pile: Pile

    def isVisible(self) -> bool:
        """Whether it is in front."""

    def ask_files(self) -> None:
        """Let files be chosen and take them in."""

    def open_review(self, waiting: WaitingDraft) -> None:
        """Show one draft."""

    def close_review(self) -> None:
        """Back to the board."""


class Arrival:
    """A review that is asked for before what waits has been read is opened when it has."""

    def __init__(self, screen: ReturnsDesk) -> None:
        self._screen = screen
        self._wanted: ShowReturns | None = None

    def show(self, request: ShowReturns) -> None:
        """Go to the part asked for."""
        screen, self._wanted = self._screen, None
        if request.part is ReturnsPlace.REVIEW:
            if not self._open(request):
                screen.close_review()
                self._wanted = request
            return
        screen.close_review()
        screen.board.show_view(_DOUBTS if request.part is ReturnsPlace.DOUBTS else 0)
        if request.part is ReturnsPlace.CHASE:
            screen.board.chase.open(request.unit or None)
        elif request.part is ReturnsPlace.FILES:
            screen.ask_files()
        elif request.part is ReturnsPlace.BOARD:
            screen.board.take_focus()

    def loaded(self) -> None:
        """What waits has been read."""
        wanted, self._wanted = self._wanted, None
        if wanted is not None and self._screen.isVisible():
            self._open(wanted)

    def _open(self, request: ShowReturns) -> bool:
        """Open the review; False where the file is not among what is read."""
        pile = self._screen.pile
        if request.received is None:
            found = pile.after(None)
        else:
            found = next((w for w in pile if w.received == request.received), None)
        if found is not None:
            self._screen.open_review(found)
        return found is not None
