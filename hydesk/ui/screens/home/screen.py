from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from hydesk.ui.desk import Desk


class HomeScreen(QWidget):
    def __init__(self, desk: Desk) -> None:
        super().__init__()

    def shown(self) -> None: ...

    def take(self, request: Any) -> None: ...
