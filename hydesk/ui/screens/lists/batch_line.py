"""The line on which a batch's date and document are written."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QWidget

from hydesk.domain.errors import HydeskError
from hydesk.services.projects.edit_batch import edit_batch
from hydesk.services.projects.list_batches import BatchLine as Batch
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.boxes import in_row
from hydesk.ui.kit.escape import on_escape
from hydesk.ui.kit.typed_date import TypedDate
from hydesk.ui.kit.words import CANCEL, SAVE


class BatchEditor(QFrame):
    """Hidden until it is asked for; Enter writes, Esc leaves."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAccessibleName("批次的日期和文号")
        self._desk = desk
        self._batches: dict[str, Batch] = {}
        self._year = desk.period.year
        self.name = QComboBox()
        self.name.setAccessibleName("哪一批次")
        self.day = TypedDate("印发日期", desk.period.year)
        self.document = QLineEdit()
        self.document.setAccessibleName("文号")
        self.document.setPlaceholderText("如 衡重点〔2023〕1号")
        self.wrong = label("", "error")
        in_row(
            label("批次", "quiet"), self.name, label("印发日期", "quiet"), self.day, label("文号", "quiet"), (self.document, 1), self.wrong,
            button(SAVE, self.save, kind="primary", tip="Enter"), button(CANCEL, self.hide, tip="Esc"), on=self,
            margins=(12, 8, 12, 8))
        self.name.currentTextChanged.connect(self._fill)
        self.day.entered.connect(self.save)
        self.document.returnPressed.connect(self.save)
        on_escape(self, self.hide)
        self.hide()

    def offer(self, batches: Sequence[Batch], year: int) -> None:
        """The batches that may be edited: those with a name."""
        chosen = self.name.currentText()
        self._year, self._batches = year, {b.name: b for b in batches if b.name}
        self.name.blockSignals(True)
        self.name.clear()
        self.name.addItems(list(self._batches))
        self.name.setCurrentIndex(max(0, self.name.findText(chosen)))
        self.name.blockSignals(False)
        self._fill()

    def begin(self) -> None:
        """Come up, the keyboard on the choice."""
        self._fill()
        self.show()
        self.name.setFocus(Qt.FocusReason.TabFocusReason)

    def _fill(self, *_: object) -> None:
        held = self._batches.get(self.name.currentText())
        self.wrong.clear()
        if held is not None:
            self.day.show_value(held.published_on)
            self.document.setText(held.document)

    def save(self) -> None:
        """Write what is typed."""
        try:
            day = self.day.day()
        except HydeskError as e:
            self.wrong.setText(str(e))
            return
        ledger, year, name, document = self._desk.ledger, self._year, self.name.currentText(), self.document.text()

        self._desk.operations.run("保存批次", lambda: edit_batch(ledger, year, name, day, document), self,
                                  f"批次“{name}”的日期和文号已保存", done=lambda _r: self.hide(), refused=self.wrong.setText)
