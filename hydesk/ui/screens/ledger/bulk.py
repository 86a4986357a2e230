"""One value for one field of many projects."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QWidget

from hydesk.services.projects.edit_block import Edit
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.boxes import in_row
from hydesk.ui.kit.escape import on_escape
from hydesk.ui.kit.words import CANCEL
from hydesk.ui.screens.ledger.model import LedgerModel


class BulkLine(QFrame):
    """把选中的 12 个项目的〔业主单位〕都改为〔…〕; ``asked`` with the edits, which are shown before they are written."""

    asked = Signal(object, str)
    left = Signal()

    def __init__(self, model: LedgerModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAccessibleName("批量修改")
        self._model = model
        self._projects: Sequence[int] = ()
        self.title = label("", "heading")
        self.field = QComboBox()
        self.field.setAccessibleName("要修改的栏目")
        self._offer()
        self.value = QLineEdit()
        self.value.setAccessibleName("新的内容")
        self.value.setPlaceholderText("新的内容，空着就是清空")
        row = in_row(self.title, self.field, label("都改为"), (self.value, 1), on=self, margins=(12, 8, 12, 8))
        self.unit = label("", "quiet")
        row.addWidget(self.unit)
        row.addWidget(button(CANCEL, self.leave, tip="Esc"))
        row.addWidget(button("预览", self.ask, kind="primary", tip="Enter"))
        self.value.returnPressed.connect(self.ask)
        self.field.currentIndexChanged.connect(self._say_unit)
        on_escape(self, self.leave)
        self.hide()

    def begin(self, projects: Sequence[int], column: int) -> None:
        """Ask what to set for ``projects``; the field is that of ``column`` where it has one."""
        self._projects = projects
        self._offer()
        self.title.setText(f"把选中的 {len(projects):,} 个项目的")
        at = self.field.findData(column)
        self.field.setCurrentIndex(max(at, 0))
        self.value.clear()
        self._say_unit()
        self.show()
        self.value.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self) -> None:
        """The fields that can be set; the office's own columns may have become others."""
        self.field.blockSignals(True)
        self.field.clear()
        for i, column in enumerate(self._model.columns):
            if column.field is not None and column.key != "name":
                self.field.addItem(column.field.label, i)
        self.field.blockSignals(False)

    def _say_unit(self) -> None:
        column = self._model.columns[int(self.field.currentData())]
        self.unit.setText(self._model.unit.value if column.money is not None else "")

    def ask(self) -> None:
        """Hand the edits on."""
        wanted = self._model.columns[int(self.field.currentData())].field
        assert wanted is not None
        edits = [Edit(p, wanted, self.value.text(), self._model.unit) for p in self._projects]
        self.hide()
        self.asked.emit(edits, f"批量修改{wanted.label}")

    def leave(self) -> None:
        """Change nothing."""
        self.hide()
        self.left.emit()
