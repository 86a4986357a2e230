"""The line above a report while an issue of it is being corrected."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from hydesk.services.reports.issue_report import IssuedReport
from hydesk.ui.kit.basic import button, label


class CorrectionBanner(QFrame):
    """Which issue, why, and the way out."""

    issue_asked = Signal()
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 6, 4)
        self.words = label("", "heading")
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("更正说明（可不填；改了哪些数会自动列出）")
        self.reason.setAccessibleName("更正说明")
        row.addWidget(self.words)
        row.addWidget(self.reason, 1)
        self.issuing = button("归档更正", self.issue_asked.emit, kind="primary")
        row.addWidget(self.issuing)
        row.addWidget(button("不更正了", self.given_up.emit))
        self.hide()

    def show_issue(self, issue: IssuedReport | None) -> None:
        """Begin with ``issue``, or (None) leave."""
        self.setVisible(issue is not None)
        self.reason.clear()
        if issue is not None:
            self.words.setText(f"更正 {issue.label}（{issue.period.label}）")
