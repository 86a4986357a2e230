"""One draft under review and the decisions on it. Nothing is written to the ledger's figures until 入库."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hydesk.dataclass import dataclass
from hydesk.domain.changes import Change
from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.own_columns import OWN_KEY, OwnColumn, key_of
from hydesk.domain.questions import BACK, LATER, OLD_WORDS, TAKEN, Question, questions_of
from hydesk.domain.return_states import REJECTED, UNCHANGED
from hydesk.domain.understanding import Corrections, ReadRow
from hydesk.services.returns.correct_draft import pack_corrections
from hydesk.services.returns.read_return import ReturnDraft
from hydesk.services.returns.weigh_answers import ChangeKey, about, change_comes_in, taken_by, why_not_taken
from hydesk.ui.screens.returns.ready_rows import Place, ReadyRows

WARNED = "有提醒"
"""The state of a draft with warnings that nobody has seen yet."""


def finding_key(f: Finding) -> str:
    """Names a finding, so that it is known again after another reading."""
    return f.key


@dataclass(frozen=True, slots=True)
class ReviewStep:
    """The decisions at one moment, for Ctrl+Z in the review, and the finding that was decided about then."""

    settled: dict[str, str]
    reasons: dict[ChangeKey, str]
    by_hand: dict[ChangeKey, bool]
    corrections: Corrections
    at: str = ""


class WaitingDraft:
    """One draft, what is decided on it, and the way back."""

    def __init__(self, draft: ReturnDraft) -> None:
        self.settled: dict[str, str] = {}
        """By ``finding_key``: a word of ``domain.questions``."""
        self.reasons: dict[ChangeKey, str] = {}
        """Why values are taken over."""
        self.by_hand: dict[ChangeKey, bool] = {}
        """Values taken or left one by one, whatever was answered."""
        self.decided: dict[ChangeKey, bool] = {}
        """What follows of both, where it is another than the return's own: what 入库 is handed."""
        self.received: int | None = None
        """Its number among the received returns, once it is kept."""
        self.kept: dict[str, Any] = {}
        """What the ledger held of its decisions when this desk read or kept them last."""
        self.repeats = ""
        """The name of the file in the pile that is the same, byte for byte."""
        self._past: list[ReviewStep] = []
        self._ahead: list[ReviewStep] = []
        self._take(draft)

    def _take(self, draft: ReturnDraft) -> None:
        self.draft = draft
        self._ready = ReadyRows(draft)
        self.questions: list[Question] = questions_of(draft.understanding.findings)
        """What it asks, several findings of one cause in one."""
        self._of_row: dict[Place, list[Finding]] = {}
        for f in draft.understanding.findings:
            self._of_row.setdefault((f.sheet, f.row), []).append(f)

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

    def word(self, finding: Finding) -> str:
        """What was settled about ``finding``; empty where nothing was."""
        return self.settled.get(finding_key(finding), "")

    def open_errors(self) -> int:
        """How many errors nobody has decided about."""
        return sum(f.level is Level.ERROR and (self.word(f) or LATER) == LATER for f in self.draft.understanding.findings)

    def sent_back(self) -> list[Finding]:
        """What goes back to the unit."""
        return [f for f in self.draft.understanding.findings if self.word(f) == BACK]

    # Decisions --------------------------------------------------------------------------------------------

    def step(self, at: str = "") -> ReviewStep:
        """The decisions as they are, before something is decided about the finding of the key ``at``."""
        return ReviewStep(dict(self.settled), dict(self.reasons), dict(self.by_hand), self.draft.corrections, at)

    def remember_step(self, at: str = "") -> None:
        """Called before a decision: Ctrl+Z comes back to here."""
        self.push(self.step(at))

    def push(self, step: ReviewStep) -> None:
        """As ``remember_step``, with the decisions as they were."""
        self._past.append(step)
        self._ahead.clear()

    def step_back(self, way: str) -> ReviewStep | None:
        """``undo`` or ``redo`` a decision; the step now in force, whose corrections may want another reading."""
        source, other = (self._past, self._ahead) if way == "undo" else (self._ahead, self._past)
        if not source:
            return None
        step = source.pop()
        other.append(self.step(step.at))
        self.settled, self.reasons, self.by_hand = dict(step.settled), dict(step.reasons), dict(step.by_hand)
        self._weigh_all()
        return step

    def answer(self, findings: Sequence[Finding], word: str, reason: str = "") -> None:
        """Settle ``findings`` in one decision, or (an empty ``word``) let them wait again; ``reason`` says why where they
        are taken over.

        What is only seen, sent back or left for later takes nothing over that the ledger holds.
        """
        self.remember_step(finding_key(findings[0]) if findings else "")
        for f in findings:
            if word:
                self.settled[finding_key(f)] = word
            else:
                self.settled.pop(finding_key(f), None)
        for place in dict.fromkeys((f.sheet, f.row) for f in findings):
            for change in self.changes_of(*place):
                concerned = any(about(f, change) or f.level is Level.ERROR for f in findings if (f.sheet, f.row) == place)
                if concerned:
                    self.by_hand.pop(change.key, None)
                    self.reasons.pop(change.key, None)
            for change in taken_by(self.changes_of(*place), self._of_row.get(place, ()), findings) if word == TAKEN else ():
                self.reasons[change.key] = reason
            self._weigh(place)

    def why_not(self, findings: Iterable[Finding]) -> str:
        """Why ``findings`` cannot be taken over; empty where they can."""
        return why_not_taken(self.draft, findings, self.changes_of)

    def accepted(self, change: Change) -> bool:
        """Whether 入库 would write ``change``."""
        return self.decided.get(change.key, change.accepted)

    def toggle(self, changes: Iterable[Change], take: bool, reason: str = "") -> None:
        """Take or leave values one by one; a fact of the ledger only with its ``reason``, what it refuses not at all."""
        for change in changes:
            if take and (change.refused or (change.replaces_fact and not reason)):
                continue
            self.by_hand[change.key] = take
            self.reasons.pop(change.key, None)
            if take and reason:
                self.reasons[change.key] = reason
            self._weigh((change.sheet, change.row))

    def _weigh(self, place: Place) -> None:
        """Work out anew which values of a row come in."""
        findings = self._of_row.get(place, ())
        words = {id(f): self.word(f) for f in findings}
        for change in self.changes_of(*place):
            take = self.by_hand.get(change.key)
            if take is None:
                take = change_comes_in(change, self.changes_of(*place), findings, words)
            if take == change.accepted:
                self.decided.pop(change.key, None)
            else:
                self.decided[change.key] = take
            self._ready.doubt(change.project)

    def _weigh_all(self) -> None:
        self.decided.clear()
        touched = {(f.sheet, f.row) for f in self.draft.understanding.findings if self.word(f)}
        touched |= {(c.sheet, c.row) for c in self.draft.changes if c.key in self.by_hand}
        for place in self._ready.changes:  # in the file's order: of a project listed twice its last row decides, every time
            if place in touched:
                self._weigh(place)
        self._ready.forget()

    def forget_all(self) -> None:
        """Back to what the return says by itself."""
        self.settled.clear()
        self.reasons.clear()
        self.by_hand.clear()
        self._weigh_all()

    def read_anew(self, draft: ReturnDraft) -> None:
        """Take another reading of the file. Decisions hold on; one that took over a value that reads otherwise now is
        asked again."""
        before = {c.key: c.new for c in self.draft.changes}
        self._take(draft)
        others = {c.key for c in draft.changes if c.key in before and before[c.key] != c.new}
        for key in others:
            self.by_hand.pop(key, None)
            self.reasons.pop(key, None)
        moved = {(c.sheet, c.row) for c in draft.changes if c.key in others}
        for place in moved:
            for f in self._of_row.get(place, ()):
                if self.word(f) == TAKEN and any(c.key in others and (about(f, c) or f.level is Level.ERROR) for c in self.changes_of(*place)):
                    del self.settled[finding_key(f)]
        self._weigh_all()

    def decisions(self) -> dict[str, Any]:
        """All that was decided, as JSON can hold it."""
        kept: dict[str, Any] = pack_corrections(self.draft.corrections.values, self.draft.corrections.projects)
        kept["settled"] = dict(self.settled)
        kept["by_hand"] = [[project, key_of(f), take] for (project, f), take in self.by_hand.items()]
        kept["reasons"] = [[project, key_of(f), said] for (project, f), said in self.reasons.items()]
        if self.draft.chosen_unit:
            kept["unit"] = self.draft.chosen_unit
        plain: dict[str, Any] = json.loads(json.dumps(kept))
        return plain

    def restore(self, decisions: Mapping[str, Any]) -> None:
        """Take up what ``decisions`` kept; the corrections are in the draft already.

        Reviews kept before reasons were asked took facts over without one: those are asked about again.
        """
        own = {c.field.key: c.field for c in self.draft.changes if isinstance(c.field, OwnColumn)}

        def keyed(kept: Iterable[Sequence[Any]]) -> dict[ChangeKey, Any]:
            return {(project, own.get(f) or Field(f)): said for project, f, said in kept if f in own or not f.startswith(OWN_KEY)}

        self.settled = {key: OLD_WORDS.get(word, word) for key, word in decisions.get("settled", {}).items()}
        self.reasons = keyed(decisions.get("reasons", ()))
        hand = keyed(decisions.get("by_hand", decisions.get("decided", ())))
        bare = {c.key: c for c in self.draft.changes if c.replaces_fact and not self.reasons.get(c.key)}
        self.by_hand = {key: take for key, take in hand.items() if not (take and key in bare)}
        for change in bare.values():
            for f in self._of_row.get((change.sheet, change.row), ()):
                if about(f, change) and self.word(f) == TAKEN:
                    del self.settled[finding_key(f)]
        self._weigh_all()

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

    def rows_written(self) -> list[ReadRow]:
        """The rows that 入库 takes."""
        return [r for r in self.draft.understanding.rows if self.will_write(r)]

    def rows_waiting(self) -> int:
        """How many rows 入库 leaves out."""
        return len(self.draft.understanding.rows) - self.rows_to_write()

    @property
    def status(self) -> str:
        """The state in a word."""
        if self.repeats:
            return "重复收到"
        if self.draft.status == REJECTED:
            return "不能收"
        if self.draft.status == UNCHANGED and not self.decided:
            return "与已入库的相同"
        if self.open_errors():
            return "有错误"
        if self.count(Level.ERROR) or self.settled:
            return "已核"
        if self.count(Level.WARNING):
            return WARNED
        return "可入库"

    @property
    def story(self) -> str:
        """The state in a sentence, for the tooltip."""
        if self.repeats:
            return f"与待核的“{self.repeats}”是同一份文件，没有重复收"
        if self.draft.status == UNCHANGED and self.draft.duplicate_of:
            return f"与 {self.draft.duplicate_of} 号已入库的报表相同，不必再入库"
        return "\n".join(f.message for f in self.draft.understanding.findings[:5]) or self.status
