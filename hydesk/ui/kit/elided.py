"""A line of words that gives way: what has no room is elided, with the whole on hover and for screen readers."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from hydesk.ui.plain import plain_text

_LEAST = 40
_DOTS = "…"
_NUMBER, _GOES_ON = re.compile(r"[\d,.]+$"), re.compile(r"[\d,.]*\d")


class ElidedLabel(QLabel):
    """As wide as there is room for; never widens what it stands in."""

    def __init__(self, kind: str = "quiet", *, whole: bool = False) -> None:
        """``whole``: what does not fit is left out altogether, since a part of it would mislead."""
        super().__init__()
        self._only_whole = whole
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName(kind)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.whole = ""

    def say(self, text: str, *, tip: str = "") -> None:
        """Show ``text``, as much of it as there is room for; ``tip`` on hover in place of the whole."""
        self.whole = text
        self.setToolTip(plain_text(tip or text))
        self.setAccessibleName(text)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(0 if self._only_whole else _LEAST, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.whole) + 4, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        fits = self.fontMetrics().elidedText(self.whole, Qt.TextElideMode.ElideRight, self.width() - 2)
        if fits != self.whole:
            held = fits.removesuffix(_DOTS)
            if _GOES_ON.match(self.whole[len(held):]):  # half a number is another number
                fits = _NUMBER.sub("", held) + _DOTS
        self.setText("" if self._only_whole and fits != self.whole else fits)
