"""The figures above the curve of 本期工作, and how many projects are ahead, on track, lagging …"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from hydesk.domain.meaning import Meaning
from hydesk.domain.measures.measured import Measured
from hydesk.ui import style, tokens
from hydesk.ui.kit.basic import Card, button, label, set_tone
from hydesk.ui.kit.boxes import in_row
from hydesk.ui.kit.meant import PROPERTY, mean
from hydesk.ui.tokens import Palette


class FigureCard(Card):
    """What it is, the figure with its unit, and a line below; each figure opens what is behind it.

    ``clicked`` is for the card and its figure, ``unit_clicked``, ``below_clicked`` and ``aside_clicked`` for the figures
    beside it, below it and at the right of the title.
    """

    unit_clicked = Signal()
    below_clicked = Signal()
    aside_clicked = Signal()

    def __init__(self, title: str) -> None:
        super().__init__(clickable=True)
        self.setObjectName("figure")
        self._words = ("", "")
        self.title = label(title, "quiet")
        self.figure = label("—")
        self.figure.setFont(style.figures(tokens.TITLE_PT, bold=True))
        self.unit = button("", self.unit_clicked.emit, kind="quiet_row")
        self.below = button("", self.below_clicked.emit, kind="row")
        self.aside = button("", self.aside_clicked.emit, kind="aside")
        self.aside.setAccessibleName(f"{title}，另有")
        self.aside.hide()
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.below.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.figure, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.unit, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 2, 4, 2)
        layout.setSpacing(0)
        head = in_row((self.title, 1), self.aside, gap=5)
        layout.addLayout(head)
        layout.addLayout(row)
        layout.addWidget(self.below)

    def say(self, figure: str, unit: str, below: str, tone: str = "", *, short: str = "") -> None:
        """Set the figure, its unit and the line below, the latter in ``tone``; ``short`` where ``below`` has no room."""
        self.figure.setText(figure)
        self.unit.setText(unit)
        self.unit.setVisible(bool(unit))
        self.unit.setAccessibleName(f"{self.title.text()} {unit}")
        self._words = (below, short or below)
        self._fit()
        set_tone(self.below, tone)
        self.setAccessibleName(f"{self.title.text()} {figure}{unit}，{below}")

    def say_aside(self, text: str, tone: str = "") -> None:
        """Set what stands at the right of the title; hidden where there is nothing."""
        self.aside.setText(text)
        self.aside.setAccessibleName(f"{self.title.text()} {text}")
        self.aside.setVisible(bool(text))
        set_tone(self.aside, tone)

    def means(self, figure: Measured, below: Measured, unit: Measured | None = None, aside: Measured | None = None) -> None:
        """Say which measures stand on the card."""
        self.setProperty(PROPERTY, f"{figure.id} {below.id}")  # its name tells both
        mean(self.figure, figure)
        mean(self.unit, unit or figure)
        mean(self.below, below, tip=self._words[0])
        if aside is not None:
            mean(self.aside, aside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The line below in whole words: the longer one where there is room for it."""
        metrics, room = self.below.fontMetrics(), self.width() - 14
        fits = next((w for w in self._words if metrics.horizontalAdvance(w) <= room), None)
        self.below.setText(fits or metrics.elidedText(self._words[-1], Qt.TextElideMode.ElideRight, room))


def titled(title: str, note: QWidget | None = None) -> tuple[Card, QVBoxLayout]:
    """A card with a title at its top, and the layout to fill."""
    card = Card()
    layout = QVBoxLayout(card)
    layout.setContentsMargins(14, 10, 14, 10)
    layout.setSpacing(6)
    head = in_row(label(title, "heading"), 1)
    if note is not None:
        head.addWidget(note)
    layout.addLayout(head)
    return card, layout


class MeaningList(QWidget):
    """How many projects are ahead, on track, lagging …: shape, word and count; each is a button."""

    chosen = Signal(object)
    """A Meaning, or None for what a person judged."""

    def __init__(self) -> None:
        super().__init__()
        self._words: dict[Meaning, QPushButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        for at, meaning in enumerate(Meaning):
            word = button("", lambda m=meaning: self.chosen.emit(m), kind="row")  # type: ignore[misc]
            grid.addWidget(word, at // 3, at % 3)
            grid.setColumnStretch(at % 3, 1)
            self._words[meaning] = word
        self.judged = button("", lambda: self.chosen.emit(None), kind="row")
        self.judged.hide()
        grid.addWidget(self.judged, 2, 0, 1, 3)

    def show_counts(self, counts: dict[Meaning, int], judged: int = 0) -> None:
        """Show ``counts`` of projects, ``judged`` of them by a person."""
        self.judged.setVisible(bool(judged))
        self.judged.setText(f"其中人工判定 {judged} 个")
        for meaning, word in self._words.items():
            number = counts.get(meaning, 0)
            word.setText(f"{meaning.mark} {meaning.label} {number:,}")
            set_tone(word, Palette.tone(meaning))
            word.setAccessibleName(f"{meaning.label} {number} 个项目")
            mean(word, _measure(meaning))


def _measure(meaning: Meaning) -> str:
    return "unreported" if meaning is Meaning.UNREPORTED else "meaning"
