"""期限: until when the period's returns are due, changed on the board."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QDateEdit, QToolButton, QWidget

from hydesk.domain.people import Right
from hydesk.services.rules.deadlines import set_deadline
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import label
from hydesk.ui.kit.boxes import in_row


class DeadlineLine(QWidget):
    """The day, and 按规则 where somebody set it by hand."""

    wanted = Signal(object)
    """The date; None goes back to the rule."""

    def __init__(self) -> None:
        super().__init__()
        self._given: date | None = None
        self.day = QDateEdit()
        self.day.setDisplayFormat("M月d日")
        self.day.setCalendarPopup(True)
        self.day.setAccessibleName("本期报送期限")
        self.by_rule = QToolButton()
        self.by_rule.setObjectName("flat")
        self.by_rule.setText("按规则")
        self.by_rule.setToolTip("本期不另定期限，按通常的规则")
        in_row(label("期限", "quiet"), self.day, self.by_rule, on=self, margins=0)
        self.day.editingFinished.connect(self._set_day)
        self.by_rule.clicked.connect(lambda _=False: self.wanted.emit(None))
        self.hide()  # until the day is read: a date of nobody's says nothing

    def show_day(self, due: date, *, own: bool) -> None:
        """Show the deadline in force; ``own``: it was set by hand."""
        self._given = due
        self.day.blockSignals(True)
        self.day.setDate(QDate(due.year, due.month, due.day))
        self.day.blockSignals(False)
        self.by_rule.setVisible(own)
        self.show()

    def _set_day(self) -> None:
        day = self.day.date().toPython()
        if isinstance(day, date) and day != self._given:
            self._given = day
            self.wanted.emit(day)


def keep_deadline(desk: Desk, owner: QWidget, day: date | None) -> None:
    """Write until when the returns of the period shown are due; None: by the rule again."""
    ledger, period = desk.ledger, desk.period
    said = f"改为{day.month}月{day.day}日" if day else "按规则"
    desk.operations.run("报送期限", lambda: set_deadline(ledger, period, day), owner, f"{period.label}报送期限{said}", right=Right.RULES)
