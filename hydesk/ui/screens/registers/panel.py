"""The panel beside a table: what the selected record says and its history, or a form in its place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from hydesk.domain.registers import RegisterKind
from hydesk.services.registers.look_at_register import RegisterSheet
from hydesk.services.registers.record_history import RecordStep
from hydesk.ui.kit.basic import button, label, set_tone
from hydesk.ui.kit.side_panel import SidePanel, lines_body
from hydesk.ui.kit.words import CHANGE
from hydesk.ui.screens.registers.rows import SheetRow


class RecordPanel(SidePanel):
    """One record: every field, and who changed what when."""

    edit_wanted = Signal()
    remove_wanted = Signal()
    act_wanted = Signal()
    """What the record offers beside changing it."""
    project_wanted = Signal(str)
    """A project's code."""

    def show_record(self, sheet: RegisterSheet, row: SheetRow, history: Sequence[RecordStep], act: str = "") -> None:
        """Show what is known of the record; ``act`` is the word for what else it offers."""
        own = sheet.definition
        name = next((row.texts[k] for k in own.identity if row.texts.get(k)), own.name)
        lines = [(sheet.head(f), row.texts[f.key]) for f in own.fields if row.texts[f.key]]
        blank = [f.label for f in own.fields if not row.texts[f.key]]
        first: list[QWidget] = []
        more: list[QWidget] = []
        if row.days:
            state = label(row.days)
            set_tone(state, "serious" if row.late else "")
            first.append(state)
        bar = QWidget()
        buttons = QHBoxLayout(bar)
        buttons.setContentsMargins(0, 4, 0, 8)
        if act:
            buttons.addWidget(button(act, self.act_wanted.emit, kind="primary", tip="Ctrl+L"))
        buttons.addWidget(button(CHANGE, self.edit_wanted.emit, tip="Ctrl+E"))
        buttons.addWidget(button("删除", self.remove_wanted.emit, tip="Delete；可撤销"))
        codes = [str(v) for f in own.fields if f.kind is RegisterKind.PROJECT and (v := row.record.values.get(f.key))]
        if codes:
            buttons.addWidget(button("看项目", lambda: self.project_wanted.emit(codes[0]), kind="link"))
        buttons.addStretch(1)
        if blank:
            more.append(label(f"没有填的：{'、'.join(blank)}", "small", wrap=True))
        more.append(label("修改记录", "heading"))
        for step in history[:60]:
            when = step.at.astimezone().strftime("%Y-%m-%d %H:%M")
            gone = "（已撤销）" if step.undone else ""
            more.append(label(f"{when}　{step.actor}{gone}" + (f"　{step.source}" if step.source else ""), "small"))
            more.append(label(step.words, "", wrap=True))
        self.show_body(name, lines_body(lines, more, [*first, bar]))
