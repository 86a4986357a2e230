"""The form of a record: every field a person fills."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from hydesk.domain.registers import RegisterField, RegisterKind
from hydesk.services.registers.look_at_register import RegisterSheet
from hydesk.ui.kit.form import PanelForm, choice_box, words_of


class RecordForm(PanelForm):
    """A new record, or one that is there; only what was changed is told."""

    def __init__(self, sheet: RegisterSheet, values: Mapping[str, str] | None, parent: QWidget | None = None) -> None:
        name = sheet.definition.name
        super().__init__(f"新增　{name}" if values is None else f"修改　{name}", "新增" if values is None else "保存", parent)
        self._sheet, self._held = sheet, dict(values or {})
        for own in sheet.definition.stored:
            self.ask(own.key, own.head + ("　*" if own.required else ""), self._input(own), self._held.get(own.key, ""))

    def _input(self, own: RegisterField) -> QWidget:
        choices = self._sheet.choices(own)
        if own.kind is RegisterKind.CHOICE:
            return choice_box(own.label, ["", *choices], free=False)
        if choices:
            return choice_box(own.label, choices)
        if own.kind is RegisterKind.LONG_TEXT:
            made = QPlainTextEdit()
            made.setTabChangesFocus(True)
            made.setFixedHeight(56)
            return made
        line = QLineEdit()
        if own.kind is RegisterKind.DATE:
            line.setPlaceholderText("如 2023-9-5、9月底")
        return line

    def faults(self) -> Mapping[str, str]:
        found = {}
        for own in self._sheet.definition.stored:
            why = self._sheet.check(own, words_of(self.inputs[own.key]))[1]
            if why is not None:
                found[own.key] = why
        return found

    def changed(self) -> dict[str, str]:
        """The words of every field that is not as it was."""
        return {k: t for k, t in self.words().items() if t != self._held.get(k, "")}
