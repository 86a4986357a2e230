"""For measuring a start, from source as frozen: says when the ledger's rows were first painted, and leaves.

Switched on by the environment variable HYDESK_FIRST_PAINT, by benchmarks only.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from hydesk.ui.frame.main_window import MainWindow

SWITCH = "HYDESK_FIRST_PAINT"


def wanted() -> bool:
    """Whether this start is measured."""
    return bool(os.environ.get(SWITCH))


class FirstPaint(QObject):
    """Shows the ledger and waits for its rows."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        window.go_to("ledger")
        self._ledger: Any = window.made("ledger")
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(1)

    def _look(self) -> None:
        if self._ledger.model.visible:
            self._timer.stop()
            self._ledger.table.viewport().repaint()
            if sys.stdout is not None:  # a windowed program of Windows has none
                print("painted", flush=True)
            QApplication.exit(0)
