"""One line to type a corrected value for a cell of the return (F2); Enter checks the return again with it."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from hydesk.domain.fields import Field, FieldKind
from hydesk.domain.grid import row_in_file
from hydesk.domain.money import MoneyUnit, Yuan
from hydesk.services.returns.read_return import ReturnDraft
from hydesk.ui.kit.basic import label
from hydesk.ui.kit.boxes import in_column


def exact_words(yuan: Yuan, unit: MoneyUnit) -> str:
    """An amount in 万元 with every digit it has; the unit is said where the column counts in another."""
    figure = f"{(Decimal(yuan) / MoneyUnit.WAN.yuan).normalize():f}"
    return figure if unit is MoneyUnit.WAN else f"{figure}万元"


class CorrectLine(QWidget):
    """更正 H12 本月完成投资（万元）: what was typed goes out as words."""

    typed = Signal(str, int, object, str)
    """Sheet, row, Field and the words."""

    def __init__(self) -> None:
        super().__init__()
        self.title = label("", "quiet", wrap=True)
        self.line = QLineEdit()
        self.line.setAcceptDrops(False)
        self.line.setAccessibleName("更正后的值")
        self.line.returnPressed.connect(self._typed)
        self._target: tuple[str, int, Field] | None = None
        self._before: QWidget | None = None
        in_column(self.title, self.line, on=self, gap=4, margins=0)
        self.hide()

    def ask(self, draft: ReturnDraft, sheet: str, row: int, field: Field, suggestion: Yuan | None = None) -> None:
        """Ask for the value of ``field`` in a row; ``suggestion`` (yuan) stands there already."""
        found = next((r for r in draft.understanding.rows if (r.sheet, r.row) == (sheet, row)), None)
        column = next((c for s in draft.understanding.sheets if s.name == sheet for c in s.columns
                       if c.field is field), None)
        unit = column.unit if column is not None and column.unit else MoneyUnit.WAN
        words = found.words.get(field, "") if found is not None else ""
        money = field.kind is FieldKind.MONEY
        cell = found.cells.get(field) if found is not None else None
        where = cell or (f"{column.letter}{row_in_file(row)}" if column else f"第{row_in_file(row)}行")
        self.title.setText(f"更正 {where} {field.label}{f'（{unit.value}）' if money else ''}　Enter 确定，Esc 放弃")
        typed = draft.corrections.values.get((sheet, row, field))
        said = exact_words(suggestion, unit) if suggestion is not None else words
        self.line.setText(typed if typed is not None else said)
        self.line.setPlaceholderText("留空表示这一格没有数" if money else "留空表示这一格没有内容")
        self._target = (sheet, row, field)
        self._before = QApplication.focusWidget()
        self.show()
        self.line.setFocus()
        self.line.selectAll()

    def leave(self) -> None:
        """Put the line away and go back to where one was."""
        if self._target is not None:
            self._target = None
            self.hide()
            if self._before is not None:
                self._before.setFocus()

    def _typed(self) -> None:
        if self._target is not None:
            target, words = self._target, self.line.text().strip()
            self.leave()
            self.typed.emit(*target, words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._target is not None:
            self.leave()
            event.accept()
            return
        super().keyPressEvent(event)
