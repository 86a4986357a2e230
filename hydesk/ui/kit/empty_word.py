"""What an empty table says in its middle: what belongs here and how it comes here."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel

_MARGIN = 24


class EmptyWord(QLabel):
    """Lies over the viewport of ``table`` while its model has no rows; takes neither mouse nor keyboard."""

    def __init__(self, table: QAbstractItemView, text: str) -> None:
        super().__init__(text, table.viewport())
        self._table = table
        self.setObjectName("quiet")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        model: QAbstractItemModel = table.model()
        for signal in (model.modelReset, model.rowsInserted, model.rowsRemoved, model.layoutChanged):
            signal.connect(self._look)
        table.viewport().installEventFilter(self)
        self._look()

    def say(self, text: str) -> None:
        """Say something else."""
        self.setText(text)

    def _look(self, *_: object) -> None:
        empty = self._table.model().rowCount() == 0
        self.setVisible(empty)
        self._table.setAccessibleDescription(self.text() if empty else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, (QResizeEvent, QShowEvent)):
            self.setGeometry(self._table.viewport().rect().adjusted(_MARGIN, 0, -_MARGIN, 0))
        return False
