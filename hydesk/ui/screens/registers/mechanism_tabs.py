"""The tabs of a mechanism, in the title's row of each of its pages: its pages and registers, one level, nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal

from hydesk.ui.kit.list_frame import EvenTabs


class MechanismTabs(EvenTabs):
    """Hidden where there is nothing to turn to."""

    chosen = Signal(object)
    """The key of a page or register."""

    def __init__(self) -> None:
        super().__init__()
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setAccessibleName("这项机制的各页")
        self.hide()
        self.currentChanged.connect(lambda at: self.chosen.emit(self.tabData(at)))

    def offer(self, parts: Sequence[tuple[str, Any]], current: Any) -> None:
        """Show ``parts``, each a word and a key, with ``current`` in front; tells nobody."""
        self.blockSignals(True)
        if [(self.tabText(i), self.tabData(i)) for i in range(self.count())] != list(parts):
            while self.count():
                self.removeTab(0)
            for word, key in parts:
                self.setTabData(self.addTab(word), key)
        for i, (_word, key) in enumerate(parts):
            if key == current:
                self.setCurrentIndex(i)
        self.blockSignals(False)
        self.setVisible(len(parts) > 1)
