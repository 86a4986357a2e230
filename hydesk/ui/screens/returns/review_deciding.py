"""Deciding in the review: take, leave, correct, go back. Everything goes into the draft's ``WaitingDraft``."""

from __future__ import annotations

from PySide6.QtCore import Signal

from hydesk.domain.changes import Change
from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.money import Yuan
from hydesk.domain.own_columns import LedgerField
from hydesk.domain.understanding import Corrections
from hydesk.ui.desk import Desk
from hydesk.ui.kit.sheet_grid import place_of
from hydesk.ui.plain import plain_text
from hydesk.ui.screens.returns.pile import WaitingDraft
from hydesk.ui.screens.returns.projects import ProjectRow
from hydesk.ui.screens.returns.review_layout import ReviewLayout
from hydesk.ui.screens.returns.waiting import LEFT, TAKEN


class ReviewDeciding(ReviewLayout):
    """What the buttons and keys of the review do to the draft in hand."""

    value_typed = Signal(object, str, int, object, str)
    """The draft, sheet, row, Field, and the words to put in place."""
    project_said = Signal(object, str, int, str)
    """The draft, sheet, row, and the 市重点编号 it is."""
    decisions_made = Signal(object)
    corrections_wanted = Signal(object, object)
    """The draft and the Corrections to go back to."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.waiting: WaitingDraft | None = None
        self._refreshed = False
        """Whether the draft was read again while it is shown."""

    def _say(self) -> None:
        waiting = self.waiting
        if waiting is None:
            return
        ready = waiting.rows_to_write()
        held = len(waiting.draft.understanding.rows) - ready
        self.count.setText(f"{len(waiting.draft.understanding.rows)} 个项目 · {ready} 个可入库"
                           + (f" · {held} 个不入库" if held else "")
                           + (" · 台账有变，已重新核对" if self._refreshed else ""))
        self.apply.setText(f"入库 {ready} 项　Ctrl+Enter")
        self.apply.setEnabled(waiting.can_apply)
        self.apply.setToolTip(plain_text("" if waiting.can_apply else waiting.story))
        self.back.setEnabled(bool(waiting.draft.content) and not waiting.repeats)
        self.findings.refresh()

    def _decided(self) -> None:
        self.projects.refresh()
        self.changes.refresh()
        self._say()
        self.decisions_made.emit(self.waiting)

    def _toggle_row(self, row: ProjectRow) -> None:
        if self.waiting is not None and row.changes:
            self.waiting.remember_step()
            take = not self.waiting.will_write(row.row)
            for change in row.changes:
                self.waiting.decide(change, take)
            self._decided()

    def _toggle_change(self, change: Change) -> None:
        if self.waiting is not None:
            self.waiting.remember_step()
            self.waiting.decide(change, not self.waiting.accepted(change))
            self._decided()

    def _decide(self, finding: Finding, word: str) -> None:
        """Take or leave the cell of a finding; where it names no single value, the whole row. Then the next one."""
        if self.waiting is None:
            return
        self.waiting.remember_step()
        if word in (TAKEN, LEFT):
            own = self.waiting.changes_of(finding.sheet, finding.row)
            exact = [c for c in own if c.field is finding.field] if finding.level is not Level.ERROR else []
            for change in exact or own:
                self.waiting.decide(change, word == TAKEN)
        self.waiting.settle(finding, word)
        self._decided()
        self.findings.step_open()

    def _correct(self, finding: Finding, value: Yuan) -> None:
        if finding.row is not None and finding.field is not None:
            self.value_typed.emit(self.waiting, finding.sheet or "", finding.row, finding.field, f"{value}元")

    def _ask(self, sheet: str, row: int, field: LedgerField) -> None:
        if self.waiting is not None and isinstance(field, Field):  # an own column is taken or left, and typed in the ledger
            self.findings.typing.ask(self.waiting.draft, sheet, row, field)

    def _trace(self, project: str | None, field: LedgerField, *, before: bool) -> None:
        """Show where a figure came from: of the period before, or the one that the ledger holds for this one."""
        draft = self.waiting.draft if self.waiting is not None else None
        if draft is None or project is None or not isinstance(field, Field):
            return
        known = next((p for p in (draft.snapshot.projects if draft.snapshot else ()) if p.code == project), None)
        past = known.previous.period if known is not None and known.previous is not None else draft.period.previous()
        self.source.show_figure(project, field, past if before else draft.period)

    def _ask_source(self) -> None:
        """F3: of the change in hand, else of the project in hand."""
        (self.changes if self.changes.hasFocus() else self.projects).ask_source()

    def _ask_cell(self, row: int, column: int) -> None:
        """A cell of the county's sheet: its column says the field."""
        sheet = self.sheets.currentText()
        read = self.waiting.draft.understanding.sheets if self.waiting is not None else ()
        field = next((c.field for s in read if s.name == sheet for c in s.columns
                      if place_of(f"{c.letter}1") == (1, column)), None)
        rows = self.waiting.draft.understanding.rows if self.waiting is not None else ()
        if field is not None and any((r.sheet, r.row) == (sheet, row) for r in rows):
            self._ask(sheet, row, field)

    def _take_all(self) -> None:
        if self.waiting is not None:
            self.waiting.remember_step()
            for change in self.waiting.draft.changes:
                self.waiting.decide(change, True)
            for finding in self.waiting.draft.understanding.findings:
                self.waiting.settle(finding, TAKEN)
            self._decided()

    def _forget_all(self) -> None:
        if self.waiting is not None:
            self.waiting.remember_step()
            self.waiting.forget_all()
            self._decided()

    def step_back(self, way: str) -> bool:
        """Ctrl+Z and Ctrl+Y within the review; False where there is nothing to go back to."""
        waiting = self.waiting
        before = waiting.draft.corrections if waiting is not None else Corrections()
        step = waiting.step_back(way) if waiting is not None else None
        if step is None:
            return False
        if step.corrections != before:
            self.corrections_wanted.emit(waiting, step.corrections)
        self._decided()
        return True
