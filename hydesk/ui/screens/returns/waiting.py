"""One draft under review and the decisions on it. Nothing is written to the ledger's figures until 入库."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hydesk.domain.changes import Change
from hydesk.domain.fields import Field
from hydesk.domain.findings import UNDECIDED, Finding, Level
from hydesk.domain.own_columns import OWN_KEY, LedgerField, OwnColumn, key_of
from hydesk.domain.return_states import REJECTED, UNCHANGED
from hydesk.domain.understanding import Corrections, ReadRow
from hydesk.services.returns.correct_draft import pack_corrections
from hydesk.services.returns.read_return import ReturnDraft
from hydesk.ui.screens.returns.ready_rows import ReadyRows

TAKEN, LEFT, KNOWN, LATER = "采用", "不采用", "知道了", UNDECIDED
"""What was settled about a finding."""


def finding_key(f: Finding) -> str:
    """Names a finding, so that it is known again after another reading."""
    return f.key


@dataclass(frozen=True, slots=True)
class ReviewStep:
    """The decisions at one moment, for Ctrl+Z in the review."""

    decided: dict[tuple[str, LedgerField], bool]
    settled: dict[str, str]
    corrections: Corrections


class WaitingDraft:
    """One draft, what is decided on it, and the way back."""

    def __init__(self, draft: ReturnDraft) -> None:
        self.draft = draft
        self.decided: dict[tuple[str, LedgerField], bool] = {}
        self.settled: dict[str, str] = {}
        """By ``finding_key``: one of the words above."""
        self.received: int | None = None
        """Its number among the received returns, once it is kept."""
        self.repeats = ""
        """The name of the file in the pile that is the same, byte for byte."""
        self._past: list[ReviewStep] = []
        self._ahead: list[ReviewStep] = []
        self._ready = ReadyRows(draft)

    @property
    def unit(self) -> str:
        """The reporting unit, or what to say where it cannot be told."""
        nothing_read = self.draft.status == REJECTED and not self.draft.understanding.rows
        return self.draft.understanding.unit or ("（认不出）" if nothing_read else "（多个单位）")

    @property
    def can_apply(self) -> bool:
        """Whether 入库 would write anything."""
        if self.repeats:
            return False
        return self.draft.status not in (REJECTED, UNCHANGED) or any(self.decided.values())

    def count(self, level: Level) -> int:
        """How many findings of ``level`` there are."""
        return sum(f.level is level for f in self.draft.understanding.findings)

    def open_errors(self) -> int:
        """How many errors nobody has decided about."""
        return sum(f.level is Level.ERROR and self.settled.get(finding_key(f), LATER) == LATER
                   for f in self.draft.understanding.findings)

    # Decisions --------------------------------------------------------------------------------------------

    def step(self) -> ReviewStep:
        """The decisions as they are."""
        return ReviewStep(dict(self.decided), dict(self.settled), self.draft.corrections)

    def remember_step(self) -> None:
        """Called before a decision: Ctrl+Z comes back to here."""
        self.push(self.step())

    def push(self, step: ReviewStep) -> None:
        """As ``remember_step``, with the decisions as they were."""
        self._past.append(step)
        self._ahead.clear()

    def step_back(self, way: str) -> ReviewStep | None:
        """``undo`` or ``redo`` a decision; the step now in force, whose corrections may want another reading."""
        source, other = (self._past, self._ahead) if way == "undo" else (self._ahead, self._past)
        if not source:
            return None
        other.append(self.step())
        step = source.pop()
        self.decided, self.settled = dict(step.decided), dict(step.settled)
        self._ready.forget()
        return step

    def settle(self, finding: Finding, word: str) -> None:
        """Note what was decided about a finding."""
        self.settled[finding_key(finding)] = word

    def accepted(self, change: Change) -> bool:
        """Whether 入库 would write ``change``."""
        return self.decided.get((change.project, change.field), change.accepted)

    def decide(self, change: Change, accept: bool) -> None:
        """Take or leave one value; going back to what it was by itself forgets the decision."""
        key = (change.project, change.field)
        if change.accepted == accept:
            self.decided.pop(key, None)
        else:
            self.decided[key] = accept
        self._ready.doubt(change.project)

    def forget_all(self) -> None:
        """Back to what the return says by itself."""
        self.decided.clear()
        self.settled.clear()
        self._ready.forget()

    def read_anew(self, draft: ReturnDraft) -> None:
        """Take another reading of the file; decisions on values that are read as before are kept."""
        before = {(c.project, c.field): c.new for c in self.draft.changes}
        decided, self.decided, self.draft = self.decided, {}, draft
        self._ready = ReadyRows(draft)
        for change in draft.changes:
            key = (change.project, change.field)
            if key in decided and before.get(key) == change.new:
                self.decide(change, decided[key])

    def decisions(self) -> dict[str, Any]:
        """All that was decided, as JSON can hold it."""
        kept: dict[str, Any] = pack_corrections(self.draft.corrections.values, self.draft.corrections.projects)
        kept["decided"] = [[project, key_of(f), take] for (project, f), take in self.decided.items()]
        kept["settled"] = dict(self.settled)
        if self.draft.chosen_unit:
            kept["unit"] = self.draft.chosen_unit
        return kept

    def restore(self, decisions: Mapping[str, Any]) -> None:
        """Take up what ``decisions`` kept; the corrections are in the draft already."""
        own = {c.field.key: c.field for c in self.draft.changes if isinstance(c.field, OwnColumn)}
        self.decided = {(project, own.get(f) or Field(f)): take for project, f, take in decisions.get("decided", ())
                        if f in own or not f.startswith(OWN_KEY)}
        self.settled = dict(decisions.get("settled", {}))
        self._ready.forget()

    # Rows -------------------------------------------------------------------------------------------------

    def changes_of(self, sheet: str | None, row: int | None) -> list[Change]:
        """What a row would change."""
        return self._ready.changes.get((sheet, row), [])

    def will_write(self, row: ReadRow) -> bool:
        """Whether 入库 takes anything from the row."""
        if row.project is None:
            return False
        changes = self.changes_of(row.sheet, row.row)
        return any(self.accepted(c) for c in changes) if changes else row.accepted

    def rows_to_write(self) -> int:
        """How many project rows 入库 takes."""
        return self._ready.count(self.will_write)

    def rows_waiting(self) -> int:
        """How many rows 入库 leaves out."""
        return len(self.draft.understanding.rows) - self.rows_to_write()

    @property
    def status(self) -> str:
        """The state in a word, with its shape."""
        if self.repeats:
            return "○ 重复收到"
        if self.draft.status == REJECTED:
            return "■ 不能收"
        if self.draft.status == UNCHANGED and not self.decided:
            return "○ 与已入库的相同"
        if self.open_errors():
            return "■ 有错误"
        if self.count(Level.ERROR) or self.settled:
            return "● 已核"
        if self.count(Level.WARNING):
            return "◆ 有提醒"
        return "● 可入库"

    @property
    def story(self) -> str:
        """The state in a sentence, for the tooltip."""
        if self.repeats:
            return f"与待核的“{self.repeats}”是同一份文件，没有重复收"
        if self.draft.status == UNCHANGED and self.draft.duplicate_of:
            return f"与 {self.draft.duplicate_of} 号已入库的报表相同，不必再入库"
        return "\n".join(f.message for f in self.draft.understanding.findings[:5]) or self.status
