"""自编句子: a sentence of words and measures, picked by scope, measure and comparison, tried on the figures while it is typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from hydesk.domain.errors import HydeskError
from hydesk.domain.people import Right
from hydesk.domain.periods import Period
from hydesk.services.reports.compile_report import ReportKind
from hydesk.services.reports.learn_sentences import learn_sentences
from hydesk.services.reports.own_sentences import (
    OwnSentence,
    SentencePreview,
    compose_sentence,
    drop_sentence,
    notice_basis,
    own_sentences,
    part_label,
    preview_sentence,
    rewritable,
    sentence_words,
)
from hydesk.services.reports.report_forms import parts_of, report_form
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import button, label, restyle
from hydesk.ui.kit.delayed import Delayed
from hydesk.ui.kit.offering import offer
from hydesk.ui.kit.side_panel import pinned_below
from hydesk.ui.kit.words import DELETE
from hydesk.ui.screens.reports.measure_picker import MeasurePicker

_WAIT = 250
"""Milliseconds after the last key before what is typed is tried."""
_NEW, _ALONE = "新的一句", "自成一部分"
_HINT = "如：其中，{省重点.个数}个省重点项目完成投资{省重点.完成}亿元，占年度计划的{省重点.完成率}。"



class Composer(QWidget):
    """The office's sentences, one in hand; nothing is kept before 存."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._kind, self._period = ReportKind.MONTHLY, desk.period
        self._world: Any = None
        self._asked: tuple[ReportKind, Period] | None = None
        self._own: tuple[OwnSentence, ...] = ()
        self._held: tuple[OwnSentence, ...] = ()
        """Those, and the parts of the program's whose words may be written anew."""
        self.which, self.heading, self.into = QComboBox(), QLineEdit(), QComboBox()
        self.text = QPlainTextEdit()
        self.picker = MeasurePicker()
        self.picker.picked.connect(self._insert)
        self.shown = label("", "", wrap=True)
        self.notes = label("", "small", wrap=True)
        self.printed = QCheckBox("在这种报告里印")
        self._timer = Delayed(self, self.try_now, _WAIT)
        self._lay_out()
        self.text.textChanged.connect(self._timer.start)
        self.which.activated.connect(lambda _i: self._show_held())

    def _lay_out(self) -> None:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(12, 10, 12, 8)
        rows.setSpacing(6)
        head = QFormLayout()
        head.setSpacing(6)
        for name, widget in (("句子", self.which), ("标题", self.heading), ("放在", self.into)):
            widget.setAccessibleName(name)
            if isinstance(widget, QComboBox):
                widget.setMinimumContentsLength(8)
                widget.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            head.addRow(name, widget)
        rows.addLayout(head)
        self.heading.setPlaceholderText("自成一部分时的标题")
        self.text.setAccessibleName("句式")
        self.text.setPlaceholderText(_HINT)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(104)
        rows.addWidget(label("句式：花括号里写指标，印的时候换成当期的数", "quiet", wrap=True))
        rows.addWidget(self.text)
        rows.addWidget(self.shown)
        rows.addWidget(self.notes)
        rows.addWidget(self.picker)
        rows.addWidget(button("认出数字：把旧通报的句子贴到上面，再点这里", self.learn, kind="link", tip="照它的话，换上台账的数；认不出的数留着"))
        rows.addStretch(1)
        self.keep = button("存", self.save, kind="primary", tip="存为办公室的句子，各种报告都能用；可以撤销")
        self.drop = button(DELETE, self.remove, kind="link")
        self.printed.setChecked(True)
        offer(self._desk, Right.RULES, self.keep, self.drop)
        pinned_below(self, inside, (self.printed, None, self.drop, self.keep))

    # Reading ----------------------------------------------------------------------------------------------

    def look(self, kind: ReportKind, period: Period) -> None:
        """Sentences for reports of ``kind``, tried on ``period``; read when the page is in sight."""
        self._kind, self._period, self._world, self._asked = kind, period, None, None
        if self.isVisible():
            self.read()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.read()

    def read(self) -> None:
        """Read the figures and the office's sentences in a job."""
        if self._asked == (self._kind, self._period):
            return
        self._asked = wanted = (self._kind, self._period)
        ledger, kind, period = self._desk.ledger, self._kind, self._period

        def work(_progress: Any) -> Any:
            world = notice_basis(ledger, period, kind)
            parts = [(p.key, p.heading or p.usual) for p in parts_of(kind, report_form(ledger, kind)) if not p.key.startswith("own:")]
            return world, sentence_words(world), own_sentences(ledger), parts

        def done(found: Any) -> None:
            if self._asked == wanted:
                self._take(*found)

        def failed(error: Exception) -> None:
            self._say(str(error))

        self._desk.jobs.start("读取句子", work, self, done=done, failed=failed, quiet=True)

    def _take(self, world: Any, words: Any, held: tuple[OwnSentence, ...], parts: Sequence[tuple[str, str]]) -> None:
        self._world, self._own = world, held
        typed = self.text.toPlainText()
        self.picker.offer(words)
        self.into.clear()
        self.into.addItem(_ALONE, "")
        for key, heading in parts:
            if not heading.startswith("附件"):
                self.into.addItem(f"接在“{heading}”后面", key)
        chosen = self.which.currentData()
        self.which.clear()
        self.which.addItem(_NEW, "")
        self._held = (*held, *rewritable(held))
        for s in held:
            self.which.addItem(s.heading or s.text[:16], s.key)
        for s in rewritable(held):
            self.which.addItem(f"改“{part_label(s.key)}”的说法", s.key)
        self.which.setCurrentIndex(max(self.which.findData(chosen or ""), 0))
        if not typed:
            self._show_held()
        self.try_now()

    def _show_held(self) -> None:
        one = next((s for s in self._held if s.key == self.which.currentData()), OwnSentence(""))
        self.heading.setText(one.heading)
        self.into.setCurrentIndex(max(self.into.findData(one.into), 0))
        self.text.setPlainText(one.text)
        self.drop.setEnabled(one.key in {s.key for s in self._own})

    # Writing ----------------------------------------------------------------------------------------------

    def _insert(self, words: str) -> None:
        """A picked blank or block, where the cursor stands."""
        self.text.insertPlainText(words)
        self.text.setFocus()

    def learn(self) -> None:
        """What stands in the box is a sentence of an old notice: its numbers become blanks, those that nothing says stay."""
        if self._world is not None and (text := self.text.toPlainText().strip()):
            try:
                found = learn_sentences(self._world, text)
            except HydeskError as e:
                self._say(str(e))
                return
            self.text.setPlainText("\n".join(x.pattern for x in found))
            if not self.heading.text() and found[0].heading:
                self.heading.setText(found[0].heading)

    def try_now(self) -> None:
        """Write what is typed with the figures of the period, and say what is wrong or lacks."""
        text = self.text.toPlainText().strip()
        made = preview_sentence(self._world, text) if text and self._world is not None else SentencePreview("")
        self.shown.setText(f"当期：{made.text}" if made.text else "")
        typed = [f"手写的数不会跟着变：{'、'.join(made.typed)}"] if made.typed else []
        self._say("\n".join((*made.faults, *made.left_out, *typed)), wrong=bool(made.faults))
        self.shown.setVisible(bool(made.text))
        self.keep.setEnabled(bool(text) and not made.faults and self._world is not None)

    def _say(self, words: str, *, wrong: bool = True) -> None:
        kind = "error" if wrong else "small"
        self.notes.setText(words)
        if self.notes.objectName() != kind:
            self.notes.setObjectName(kind)
            restyle(self.notes)

    def save(self) -> None:
        """Keep it; printed in this kind where that is ticked."""
        one = OwnSentence(self.which.currentData() or "", self.heading.text(), self.text.toPlainText(), self.into.currentData() or "")
        ledger, period, kind = self._desk.ledger, self._period, self._kind if self.printed.isChecked() else None

        def done(key: str) -> None:
            self._asked = None
            self.which.addItem("", key)
            self.which.setCurrentIndex(self.which.findData(key))
            self.read()

        self._desk.operations.run("存句子", lambda: compose_sentence(ledger, one, period, kind), self, "句子已存", done=done,
                                  refused=self._say, right=Right.RULES)

    def remove(self) -> None:
        """Keep it no longer."""
        key, ledger = self.which.currentData(), self._desk.ledger

        def done(_none: None) -> None:
            self._asked = None
            self.text.clear()
            self.which.setCurrentIndex(0)
            self.read()

        if key:
            self._desk.operations.run("删去句子", lambda: drop_sentence(ledger, key), self, "句子已删去", done=done, right=Right.RULES)
