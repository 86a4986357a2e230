"""交办: the form in which a matter of the meeting is handed out."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from hydesk.domain.errors import HydeskError
from hydesk.services.mechanisms.meeting_lines import (
    MeetingLine,
)
from hydesk.services.projects.read_typed_date import read_typed_date
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.form import PanelForm, choice_box


class AssignForm(PanelForm):
    """交办: what, to whom, until when."""

    def __init__(self, line: MeetingLine, units: tuple[str, ...], on: date) -> None:
        super().__init__(f"交办　{line.project}", "交办")
        self._on = on
        self.rows.addWidget(label(f"{line.state}　{line.words}", "quiet", wrap=True))
        self.long("matter", "议定事项", line.matter)
        self.ask("unit", "责任单位", choice_box("责任单位", units), line.responsible)
        due = QLineEdit()
        due.setPlaceholderText("如 2023-9-5、9月底")
        self.ask("due", "办结期限", due)
        quick = QHBoxLayout()
        quick.setSpacing(4)
        for days in (7, 15, 30):
            day = on + timedelta(days=days)
            quick.addWidget(button(f"{days}天", lambda d=day: due.setText(str(d)), kind="link", tip=str(day)))  # type: ignore[misc]
        quick.addStretch(1)
        self.rows.addLayout(quick)
        self.long("words", "要求（可空）")

    def faults(self) -> dict[str, str]:
        found = {} if self.words()["matter"] else {"matter": "请写明议定的事项"}
        try:
            due = self.due()
        except HydeskError as e:
            return found | {"due": str(e)}
        if due is None:
            found["due"] = "交办要写明办结期限"
        return found if self.words()["unit"] else found | {"unit": "交办要写明责任单位"}

    def due(self) -> date | None:
        """The day by which it is to be done. Raises HydeskError for what is no date."""
        value = read_typed_date(self.words()["due"], self._on.year)
        return None if value is None else value.day
