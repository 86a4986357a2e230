"""What others have in hand at the same ledger, for every screen that shows it; and what a screen says it has in hand itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, Signal

from hydesk.domain.matters import Matter, claim_number, claimed_words


@runtime_checkable
class HasInHand(Protocol):
    """A screen on which one thing is worked on at a time."""

    def in_hand(self) -> Matter | None:
        """What is in hand now; None where nothing is."""


class Claims(QObject):
    """Belongs to the desk; filled by whoever watches the server, empty for a file."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._held: Mapping[int, tuple[str, ...]] = {}

    def show(self, held: Mapping[int, tuple[str, ...]]) -> None:
        """Others have these matters in hand now, by ``claim_number``."""
        if held != self._held:
            self._held = held
            self.changed.emit()

    def who(self, key: str) -> tuple[str, ...]:
        """Who else has the matter called ``key`` in hand."""
        return self._held.get(claim_number(key), ()) if self._held else ()

    def words(self, matter: Matter | None) -> str:
        """李四正在核对衡南县6月; empty where nobody else has it in hand."""
        return claimed_words(self.who(matter.key), matter.doing) if matter is not None else ""
