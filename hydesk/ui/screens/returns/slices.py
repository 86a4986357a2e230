"""A long piece of showing, cut into slices: the event loop turns between them, so that the window never is silent."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject

from hydesk.ui.kit.delayed import Delayed


class Slices(QObject):
    """Runs one act at a time; a new one drops what is left of the one before."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._left: Iterator[None] = iter(())
        self._next = Delayed(self, self._step)

    def run(self, act: Iterator[None], *, at_once: bool = False) -> None:
        """Run ``act`` to its end, here or (not ``at_once``) a slice each time the event loop comes round."""
        self.stop()
        if at_once:
            for _ in act:
                pass
            return
        self._left = act
        self._step()

    def stop(self) -> None:
        """Leave out what is left."""
        self._next.stop()
        self._left = iter(())

    def _step(self) -> None:
        left = self._left
        for _ in left:
            # A slice may itself have begun another act.
            if left is self._left:
                self._next.start(0)
            return
