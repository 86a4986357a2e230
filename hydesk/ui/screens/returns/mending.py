"""Corrections of a draft (更正): each is a job that checks the return again; and reading a stale draft again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QObject, Signal

from hydesk.domain.done import Done
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding
from hydesk.domain.job_progress import Progress
from hydesk.domain.lists import Ground
from hydesk.domain.questions import WHICH_PROJECT
from hydesk.domain.understanding import Corrections, ReadValue
from hydesk.services.projects.adjust_list import add_project
from hydesk.services.projects.edit_project import remember_name
from hydesk.services.returns.correct_draft import correct_draft
from hydesk.services.returns.draft_age import is_stale
from hydesk.services.returns.read_return import ReturnDraft, understand_draft
from hydesk.services.standings.list_standings import list_standings
from hydesk.ui.desk import Desk
from hydesk.ui.screens.returns.waiting import WaitingDraft, finding_key


class Mending(QObject):
    """Nothing here writes the ledger's figures: the corrections belong to the draft."""

    read_again = Signal(object)
    """The new draft of a file that waits."""
    refreshed = Signal(object)
    """This draft was read again, because the ledger has moved on."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def type_value(self, waiting: WaitingDraft, sheet: str, row: int, field: Field, words: str) -> None:
        """Put ``words`` in place of what the county wrote in a cell."""
        held = waiting.draft.corrections
        about = next((f for f in waiting.draft.understanding.findings if (f.sheet, f.row, f.field) == (sheet, row, field)), None)
        self._correct(waiting, {**held.values, (sheet, row, field): words}, held.projects, at=finding_key(about) if about else "")

    def mend(self, waiting: WaitingDraft, findings: Sequence[Finding]) -> None:
        """Put the proposed figures of ``findings`` in place of what the county wrote, in one decision."""
        held = waiting.draft.corrections
        values = {(f.sheet or "", f.row, f.field): f"{f.suggestion}元" for f in findings
                  if f.suggestion is not None and f.row is not None and f.field is not None}
        if values:
            self._correct(waiting, {**held.values, **values}, held.projects, at=finding_key(findings[0]))

    def list_project(self, waiting: WaitingDraft, values: Mapping[Field, ReadValue], reason: str, document: str) -> None:
        """Put a project that the ledger lacks on the year's list; the return is read again."""
        ledger, draft, name = self._desk.ledger, waiting.draft, str(values.get(Field.NAME, ""))

        def work(progress: Progress) -> Done[ReturnDraft]:
            made = add_project(ledger, draft.period.year, values, Ground(date.today(), reason, document))
            return made.answering(understand_draft(ledger, draft, draft.corrections, progress))

        self._desk.operations.run_long("列入台账", work, self, f"已列入{draft.period.year}年清单：{name}", done=self.read_again.emit)

    def say_project(self, waiting: WaitingDraft, sheet: str, row: int, code: str) -> None:
        """The row is the project ``code``."""
        held = waiting.draft.corrections
        name = next((r.name for r in waiting.draft.understanding.rows if (r.sheet, r.row) == (sheet, row)), "")
        about = next((f for f in waiting.draft.understanding.findings if (f.sheet, f.row) == (sheet, row) and f.code in WHICH_PROJECT), None)
        self._correct(waiting, held.values, {**held.projects, (sheet, row): code}, at=finding_key(about) if about else "", told=
                      lambda: self._desk.notice(f"“{name}”就是 {code}，这次照此入库",
                                                lambda: self._remember(waiting, name, code), label="以后也这样认"))

    def _remember(self, waiting: WaitingDraft, name: str, code: str) -> None:
        ledger, period = self._desk.ledger, waiting.draft.period

        def work() -> Done[None]:
            found = next((p.id for p in list_standings(ledger, period) if p.code == code), None)
            return remember_name(ledger, found, name) if found is not None and name.strip() else Done(None)

        self._desk.operations.run("记住写法", work, self, f"已记住：“{name}”就是 {code}")

    def restore(self, waiting: WaitingDraft, corrections: Corrections) -> None:
        """Go back to other corrections (Ctrl+Z in the review)."""
        ledger, draft = self._desk.ledger, waiting.draft
        self._desk.jobs.start("重新核对", lambda p: understand_draft(ledger, draft, corrections, p), self,
                              done=self.read_again.emit)

    def _correct(self, waiting: WaitingDraft, values: Mapping[tuple[str, int, Field], str],
                 projects: Mapping[tuple[str, int], str], *, at: str, told: object = None) -> None:
        ledger, draft = self._desk.ledger, waiting.draft
        step = waiting.step(at)

        def done(fresh: ReturnDraft) -> None:
            waiting.push(step)
            self.read_again.emit(fresh)
            if callable(told):
                told()

        def failed(error: Exception) -> None:
            if isinstance(error, HydeskError):
                self._desk.notice(str(error), wrong=True)
            else:
                self._desk.jobs.failed.emit(error)

        self._desk.jobs.start("核对更正", lambda p: correct_draft(ledger, draft, values, projects, p), self, done=done,
                              failed=failed)

    def refresh(self, waiting: WaitingDraft) -> None:
        """Read a draft again where the ledger has moved on since; ``refreshed`` says so."""
        ledger, draft = self._desk.ledger, waiting.draft

        def work(progress: Progress) -> ReturnDraft | None:
            return understand_draft(ledger, draft, draft.corrections, progress) if is_stale(ledger, draft) else None

        def done(fresh: ReturnDraft | None) -> None:
            if fresh is not None and waiting.draft is draft:
                self.read_again.emit(fresh)
                self.refreshed.emit(waiting)

        self._desk.jobs.start("核对是否过时", work, self, done=done, quiet=True)
