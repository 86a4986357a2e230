"""Deciding in the review: seen, mended, taken over, sent back, later. Everything goes into the draft's ``WaitingDraft``."""

from __future__ import annotations

from PySide6.QtCore import Signal

from hydesk.domain.changes import Change
from hydesk.domain.findings import Finding
from hydesk.domain.questions import BACK, KNOWN, LATER, TAKEN, Means, Question, question_with
from hydesk.domain.understanding import Corrections
from hydesk.services.returns.before_taking import fact_lines
from hydesk.services.returns.weigh_answers import taken_by
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import restyle
from hydesk.ui.plain import plain_text
from hydesk.ui.screens.returns.projects import ProjectRow, say
from hydesk.ui.screens.returns.queue import next_open
from hydesk.ui.screens.returns.review_layout import EVIDENCE, ROWS
from hydesk.ui.screens.returns.review_tracing import ReviewTracing
from hydesk.ui.screens.returns.waiting import finding_key


class ReviewDeciding(ReviewTracing):
    """What the buttons and keys of the review do to the draft in hand."""

    value_typed = Signal(object, str, int, object, str)
    """The draft, sheet, row, Field, and the words to put in place."""
    values_mended = Signal(object, object)
    """The draft, and the proposed figures to put in place: findings with suggestions."""
    project_said = Signal(object, str, int, str)
    """The draft, sheet, row, and the 市重点编号 it is."""
    project_listed = Signal(object, object, str, str)
    """The draft, what a new project is (Field → value), the reason, the document."""
    decisions_made = Signal(object)
    corrections_wanted = Signal(object, object)
    """The draft and the Corrections to go back to."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._refreshed = False
        """Whether the draft was read again while it is shown."""
        self._reason = ""
        """The last reason given in this file: several facts are mostly taken over for one."""
        self._taking: list[Finding] | list[Change] = []
        """What the strip that asks for a reason is about."""
        self._return_to = ""
        """The key of the finding to show once the draft has been read again."""

    # What is said -----------------------------------------------------------------------------------------

    def _say(self) -> None:
        waiting = self.waiting
        if waiting is None:
            return
        rows, ready = len(waiting.draft.understanding.rows), waiting.rows_to_write()
        self.count.say(f"{rows} 个项目" + (f" · {rows - ready} 个先不入库" if rows > ready else "")
                       + (" · 台账有变，已重新核对" if self._refreshed else ""))
        asked = sum(q.asks for q in self.model.items)
        open_ = sum(self.model.is_open(q) for q in self.model.items)
        self.asked.setText(f"要看 {open_} 处" + (f"　已看 {asked - open_}" if asked > open_ else "") if open_ else "都看过了" if asked else "没有问题")
        self.apply.setText(f"入库 {ready} 项　Ctrl+Enter")
        self.apply.setEnabled(waiting.can_apply)
        self.apply.setToolTip(plain_text("" if waiting.can_apply else waiting.story))
        back = len(waiting.sent_back())
        self.back.setText(f"退回 {back} 处…　Ctrl+B" if back else "退回…　Ctrl+B")
        self.back.setToolTip(plain_text("把有问题的地方退给填报单位：在左边按空格或 F7 勾选"))
        self.back.setEnabled(bool(waiting.draft.content) and not waiting.repeats)
        if self.back_panel.isVisible():
            self.back_panel.say_count()
        facts = fact_lines(waiting.draft, waiting.decided)
        self.hint.setText("入库后 " + "；".join(facts) if facts else "F8 下一处，Shift+F8 上一处；空格勾选退回" if asked else "")
        self._one_primary(answering=(shown := self._question_shown()) is not None and self.model.is_open(shown))
        self.model.refresh()
        self.evidence.refresh()

    def _one_primary(self, *, answering: bool) -> None:
        """The next act is the primary one: the first answer while something is open, then 入库."""
        for one, primary in ((self.evidence.answers.first, answering), (self.apply, not answering)):
            name = "primary" if primary else ""
            if one.objectName() != name:
                one.setObjectName(name)
                restyle(one)

    def _question_shown(self) -> Question | None:
        at = self.queue.currentIndex().row()
        return self.model.items[at] if 0 <= at < len(self.model.items) else None

    def _decided(self) -> None:
        self.projects.refresh()
        self.changes.refresh()
        self._say()
        self.decisions_made.emit(self.waiting)

    # Moving writes nothing --------------------------------------------------------------------------------

    def step(self, by: int) -> None:
        """F8 and Shift+F8: the next or the previous question, round and round. Nothing is decided."""
        count = len(self.model.items)
        if count:
            at = self.queue.currentIndex().row()
            self._go_to((at + by) % count if at >= 0 else (0 if by > 0 else count - 1))

    def step_open(self) -> bool:
        """F6: to the next question that nobody has decided about; False where none is left. Nothing is decided."""
        found = next_open(self.model, self.queue.currentIndex().row())
        if found >= 0:
            self._go_to(found)
        return found >= 0

    def _go_to(self, row: int) -> None:
        if self.beside.currentIndex() != EVIDENCE:
            self.turn_to(EVIDENCE)
        self.queue.setCurrentIndex(self.model.index(row))
        self.queue.setFocus()

    # Answers ----------------------------------------------------------------------------------------------

    def _enter(self) -> None:
        """Enter: a proposed correction of a figure is taken; everything else is only seen, and the ledger stays."""
        question = self._question_shown()
        if question is None or self.waiting is None:
            return
        if not question.asks:
            self._after_answer()
        elif question.means is Means.MEND:
            self.values_mended.emit(self.waiting, self.evidence.findings())
        else:
            self._answer(KNOWN)

    def _answer(self, word: str, reason: str = "") -> None:
        question, waiting = self._question_shown(), self.waiting
        if question is None or waiting is None or not question.asks:
            return
        findings = self.evidence.findings()
        if not findings:
            return
        waiting.answer(findings, word, reason)
        self._decided()
        self._after_answer()

    def _after_answer(self) -> None:
        """To the next open question; where none is left the list stays and 入库 is the next act."""
        if not self.step_open():
            question = self._question_shown()
            if question is not None and self.waiting is not None:
                self.evidence.show_question(self.waiting, question)
                self._say()
        self.queue.setFocus()

    def _tick(self) -> None:
        """The space bar: to be sent back, or not; one stays where one is."""
        question, waiting = self._question_shown(), self.waiting
        if question is None or waiting is None:
            return
        findings = self.evidence.findings()
        on = not all(waiting.word(f) == BACK for f in findings)
        waiting.answer(findings, BACK if on else "")
        self._decided()

    def _take_over(self) -> None:
        """Ctrl+F6: take over what was sent, once somebody says why."""
        question, waiting = self._question_shown(), self.waiting
        if question is None or waiting is None or not question.asks or self.beside.currentIndex() != EVIDENCE:
            return
        row = self.evidence.answers
        if row.take.isHidden():
            return
        findings = self.evidence.findings()
        if barred := waiting.why_not(findings):
            self._told(barred)
            return
        self._taking = findings
        self._ask_reason([c for f in findings for c in taken_by(waiting.changes_of(f.sheet, f.row), findings, [f])])

    def _ask_reason(self, changes: list[Change]) -> None:
        waiting, first = self.waiting, changes[0]
        if waiting is None:
            return
        what = f"{first.project_name}　{first.field.label} {say(first.old)} → {say(first.new)}"
        facts = [c for c in changes if c.replaces_fact]
        if len(facts) > 1:
            what = "；".join(fact_lines(waiting.draft, {c.key: True for c in facts}))
        elif len(changes) > 1:
            what = f"{len({(c.sheet, c.row) for c in changes})} 行照来表的数入库"
        lines = ["台账改为来表的，记入退出/调整清单"] if facts else ["理由记在修改记录里"]
        self.evidence.answers.hide()
        self.evidence.pending.ask(what, lines, reason=self._reason, must=True, hint="理由，如：市政府第12次常务会议调整；已电话核实", write="采用来表　Enter")

    def _reasoned(self, reason: str) -> None:
        self.evidence.refresh()
        self._reason, taking = reason, self._taking
        self._taking = []
        waiting = self.waiting
        if waiting is None or not taking:
            return
        if isinstance(taking[0], Change):
            waiting.remember_step()
            waiting.toggle([c for c in taking if isinstance(c, Change)], True, reason)
            self._decided()
            self.turn_to(ROWS)
            return
        waiting.answer([f for f in taking if isinstance(f, Finding)], TAKEN, reason)
        self._decided()
        self._after_answer()

    def _told(self, sentence: str) -> None:
        """Say why something cannot be done."""
        raise NotImplementedError

    def _later(self) -> None:
        self._answer(LATER)

    def _other(self) -> None:
        """F2: another value, or which project it is."""
        finding, waiting = self.evidence.finding(), self.waiting
        if finding is None or waiting is None:
            return
        if not self.evidence.search.isHidden():
            self.evidence.search.line.setFocus()
        elif finding.field is not None and finding.row is not None:
            self.evidence.typing.ask(waiting.draft, finding.sheet or "", finding.row, finding.field, finding.suggestion)

    def _list_stranger(self) -> None:
        """Ctrl+N: the row is a new project of the year's list."""
        finding, waiting = self.evidence.finding(), self.waiting
        if finding is not None and waiting is not None and not self.evidence.answers.listing.isHidden():
            self.evidence.open_listing(waiting, finding)

    # Values one by one ------------------------------------------------------------------------------------

    def _toggle_row(self, row: ProjectRow) -> None:
        if self.waiting is not None and row.changes:
            self.waiting.remember_step()
            self.waiting.toggle((c for c in row.changes if not c.replaces_fact), not self.waiting.will_write(row.row))
            self._decided()

    def _toggle_change(self, change: Change) -> None:
        waiting = self.waiting
        if waiting is None:
            return
        take = not waiting.accepted(change)
        if take and change.refused:
            self._told(f"台账不收：{change.refused}")
        elif take and change.replaces_fact:
            self._taking = [change]
            self.turn_to(EVIDENCE)
            self._ask_reason([change])
        else:
            waiting.remember_step()
            waiting.toggle([change], take)
            self._decided()

    def _forget_all(self) -> None:
        if self.waiting is not None:
            self.waiting.remember_step()
            self.waiting.forget_all()
            self._decided()

    def step_back(self, way: str) -> bool:
        """Ctrl+Z and Ctrl+Y within the review, back at the finding that was decided about; False where there is nothing."""
        waiting = self.waiting
        before = waiting.draft.corrections if waiting is not None else Corrections()
        step = waiting.step_back(way) if waiting is not None else None
        if step is None or waiting is None:
            return False
        self.evidence.pending.cancel()
        self.signing.cancel()
        if step.corrections != before:
            self._return_to = step.at
            self.corrections_wanted.emit(waiting, step.corrections)
        self._decided()
        self._show_finding_of(step.at)
        return True

    def _show_finding_of(self, key: str) -> bool:
        """Make the question current that holds the finding of ``key``."""
        found = next((f for q in self.model.items for f in q.findings if finding_key(f) == key), None) if key else None
        if found is None:
            return False
        self._go_to(question_with(self.model.items, found))
        self._say()
        return True
