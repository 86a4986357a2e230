"""From what the review shows to where it came from: a figure of the ledger to its file, a cell of the sheet to its field."""

from __future__ import annotations

from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding
from hydesk.domain.own_columns import LedgerField
from hydesk.ui.desk import Desk
from hydesk.ui.kit.sheet_grid import place_of
from hydesk.ui.screens.returns.pile import WaitingDraft
from hydesk.ui.screens.returns.review_layout import EVIDENCE, ROWS, ReviewLayout
from hydesk.ui.screens.returns.sides import Side


class ReviewTracing(ReviewLayout):
    """Knows the draft in hand, and asks for what stands behind what is shown of it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.waiting: WaitingDraft | None = None

    def _ask(self, sheet: str, row: int, field: LedgerField) -> None:
        if self.waiting is not None and isinstance(field, Field):  # an own column is taken or left, and typed in the ledger
            self.turn_to(EVIDENCE)
            self.evidence.typing.ask(self.waiting.draft, sheet, row, field)

    def _trace_side(self, finding: Finding | None, side: Side) -> None:
        if finding is not None and side.field is not None:
            self._trace(finding.project, side.field, before=side.before)

    def _trace(self, project: str | None, field: LedgerField, *, before: bool) -> None:
        """Show where a figure came from: of the period before, or the one that the ledger holds for this one."""
        draft = self.waiting.draft if self.waiting is not None else None
        if draft is None or project is None or not isinstance(field, Field):
            return
        known = next((p for p in (draft.snapshot.projects if draft.snapshot else ()) if p.code == project), None)
        past = known.previous.period if known is not None and known.previous is not None else draft.period.previous()
        self.source.show_figure(project, field, past if before else draft.period)

    def _ask_source(self) -> None:
        """F3: of the question in hand; among the rows, of the change or the project in hand."""
        if self.beside.currentIndex() == ROWS:
            (self.changes if self.changes.hasFocus() else self.projects).ask_source()
        elif (side := self.evidence.sides.traceable()) is not None:
            self._trace_side(self.evidence.finding(), side)

    def _ask_cell(self, row: int, column: int) -> None:
        """A cell of the county's sheet: its column says the field."""
        sheet = self.sheets.currentText()
        read = self.waiting.draft.understanding.sheets if self.waiting is not None else ()
        field = next((c.field for s in read if s.name == sheet for c in s.columns
                      if place_of(f"{c.letter}1") == (1, column)), None)
        rows = self.waiting.draft.understanding.rows if self.waiting is not None else ()
        if field is not None and any((r.sheet, r.row) == (sheet, row) for r in rows):
            self._ask(sheet, row, field)
