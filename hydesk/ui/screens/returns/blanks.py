"""Blank forms among the files that come in: told apart from returns, and filled where the clerk wants it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from hydesk.services.forms.blank_forms import blank_forms, told_nothing
from hydesk.services.returns.read_return import ReturnDraft
from hydesk.ui.desk import Desk
from hydesk.ui.requests import FillForm


class BlankForms(QObject):
    """Belongs to 收报. Every draft of a run is noted; ``look`` says at its end which of them are forms to be filled."""

    found = Signal(object)
    """The names of the files that are filled and no longer wait as returns."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._noted: list[ReturnDraft] = []

    def note(self, draft: ReturnDraft) -> None:
        """One more file was read."""
        if told_nothing(draft):
            self._noted.append(draft)

    def look(self) -> None:
        """All of a run were read: offer to fill those that are blank forms."""
        noted, self._noted = self._noted, []
        if not noted:
            return
        ledger, period = self._desk.ledger, self._desk.period

        def done(forms: list[ReturnDraft]) -> None:
            if forms:
                named = f"“{forms[0].name}”" if len(forms) == 1 else f"{len(forms)} 份文件"
                self._desk.notice(f"{named}里没有数，像是要填的空表。点“从台账填好”，填完再看", lambda: self._fill(forms), label="从台账填好")

        self._desk.jobs.start("看有没有空表", lambda _p: blank_forms(ledger, noted, period), self, done=done, quiet=True)

    def _fill(self, forms: list[ReturnDraft]) -> None:
        self.found.emit([f.name for f in forms])
        self._desk.go_to("reports", FillForm(files=tuple((f.name, f.content) for f in forms)))
