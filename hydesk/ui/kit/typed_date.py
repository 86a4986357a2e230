"""A field for dates as a clerk types them, and what they were understood as."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from hydesk.domain.dates import LooseDate
from hydesk.domain.errors import HydeskError
from hydesk.services.projects.read_typed_date import read_typed_date
from hydesk.ui.kit.basic import label
from hydesk.ui.kit.boxes import in_row


class TypedDate(QWidget):
    """2023-9-5, 2023.9, 9月底, 三季度; beside it the date that was told."""

    entered = Signal()

    def __init__(self, name: str, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.year = year
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        self.line.setToolTip("2023-9-5、2023.9、9月底、三季度都可以")
        self.line.setPlaceholderText("如 2023-9-5")
        self.told = label("", "small")
        self.told.setMinimumWidth(74)
        in_row((self.line, 1), self.told, on=self, margins=0)
        self.line.textChanged.connect(self._tell)
        self.line.returnPressed.connect(self.entered)
        self.setFocusProxy(self.line)

    def _tell(self) -> None:
        try:
            found = read_typed_date(self.line.text(), self.year)
        except HydeskError:
            self.told.setText("认不出")
            return
        self.told.setText(str(found) if found is not None and str(found) != self.line.text().strip() else "")

    def value(self) -> LooseDate | None:
        """What was typed; None for nothing. Raises HydeskError where it is no date."""
        return read_typed_date(self.line.text(), self.year)

    def day(self) -> date | None:
        """The last day that what was typed may mean."""
        value = self.value()
        return value.day if value is not None else None

    def show_value(self, value: LooseDate | date | None) -> None:
        """Put ``value`` in."""
        self.line.setText("" if value is None else str(value))
