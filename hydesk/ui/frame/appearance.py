"""Follows the system's look while the program runs: light or dark, and high contrast."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSettings
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from hydesk.ui import style
from hydesk.ui.kit.delayed import Delayed


class Appearance(QObject):
    """Dresses the program at its start and whenever the system's look changes and the settings leave it to the system."""

    def __init__(self, app: QApplication, theme: style.Theme, settings: QSettings) -> None:
        super().__init__(app)
        self._app, self._theme, self._settings = app, theme, settings
        style.wear(app, theme, settings)
        # Several signals come for one change; the last of them dresses.
        self._soon = Delayed(self, self._wear)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(lambda _s: self._note())
        hints.accessibility().contrastPreferenceChanged.connect(lambda _p: self._note())

    def _note(self) -> None:
        if str(self._settings.value(style.THEME, "system")) not in style.FIXED:
            self._soon.start(0)

    def _wear(self) -> None:
        style.wear(self._app, self._theme, self._settings)
