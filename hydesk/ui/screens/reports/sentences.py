"""The text beside the pages: sentence by sentence, each to be edited in place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from hydesk.services.reports.read_sentences import EditableSentence, State
from hydesk.ui.kit.basic import button, label, restyle
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.plain import plain_text

_WORDS = {State.WRITTEN: "", State.EDITED: "已改", State.STALE: "◆ 数字后来变了，请核对",
          State.REWORDED: "◆ 情况变了，说法也不同了，请改写"}
_OLD = (State.STALE, State.REWORDED)


class _Editor(QPlainTextEdit):
    """As high as its words; Ctrl+Enter or leaving it hands them in, Esc gives them up."""

    handed_in = Signal()
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("inline")
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._fit)

    def _fit(self) -> None:
        lines = max(1, round(self.document().size().height()))
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + 14)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._fit)  # lines are counted anew once the panel has its width

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.handed_in.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # A sentence has no line breaks: Enter hands it in.
            self.handed_in.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


class SentenceBox(QFrame):
    """One sentence with its state and what can be done about it."""

    changed = Signal(str, object)
    """Its key and the words (None: back to the automatic ones)."""
    accepted = Signal(str, bool)
    """Its key; True: put the new figures in, False: the words stand as they are."""

    def __init__(self, one: EditableSentence) -> None:
        super().__init__()
        self.setObjectName("card")
        self.one = one
        self.editor = _Editor()
        self.editor.setAccessibleName(f"{one.heading}的文字")
        self.state = label("", "small")
        self.back = button("恢复自动文字", lambda: self.changed.emit(self.one.key, None), kind="link")
        self.fresh = button("换上新数", lambda: self.accepted.emit(self.one.key, True), kind="link")
        self.stand = button("仍用此文", lambda: self.accepted.emit(self.one.key, False), kind="link")
        layout = in_column(self.editor, on=self, gap=2, margins=(4, 2, 4, 2))
        self.foot = QWidget()
        foot = in_column(self.state, on=self.foot, gap=0, margins=(4, 0, 0, 0))
        links = in_row(self.fresh, self.stand, self.back, 1, gap=6)
        foot.addLayout(links)
        layout.addWidget(self.foot)
        self.editor.handed_in.connect(self._hand_in)
        self.editor.given_up.connect(lambda: self.show_one(self.one))
        self.show_one(one)

    def show_one(self, one: EditableSentence) -> None:
        """Show the sentence as it is now; words being typed are left alone."""
        typing = self.editor.hasFocus() and self.editor.toPlainText() != self.one.text and one.text == self.one.text
        self.one = one
        if not typing and self.editor.toPlainText() != one.text:
            self.editor.setPlainText(one.text)
        self.editor.setPlaceholderText("（这句不印）" if one.state is not State.WRITTEN else "")
        self.state.setText(_WORDS[one.state])
        self.state.setObjectName("error" if one.state in _OLD else "small")
        self.foot.setVisible(one.state is not State.WRITTEN)
        self.fresh.setVisible(one.state is State.STALE)
        self.stand.setVisible(one.state in _OLD)
        self.back.setToolTip(plain_text(f"自动文字：{one.automatic}"))
        level = {State.STALE: "error", State.REWORDED: "error", State.EDITED: "warning"}.get(one.state, "")
        if self.property("level") != level:
            self.setObjectName("finding" if level else "card")
            self.setProperty("level", level)
            restyle(self)
            restyle(self.state)

    def _hand_in(self) -> None:
        text = " ".join(self.editor.toPlainText().split())
        if text != self.one.text:
            self.changed.emit(self.one.key, None if text == self.one.automatic else text)


class SentenceList(QScrollArea):
    """All sentences under their headings."""

    changed = Signal(str, object)
    accepted = Signal(str, bool)
    reached = Signal(str)
    """The words of the sentence that was entered, as they are printed."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("报告文字")
        self.boxes: dict[str, SentenceBox] = {}
        self._headings: tuple[tuple[str, str], ...] = ()

    def show_sentences(self, sentences: Sequence[EditableSentence]) -> None:
        """Show other sentences; where they are the same ones, boxes, focus and place stay."""
        headings = tuple((s.heading, s.key) for s in sentences)
        if headings == self._headings:
            for one in sentences:
                self.boxes[one.key].show_one(one)
            return
        self._headings = headings
        self.boxes = {}
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(4)
        heading = ""
        for one in sentences:
            if one.heading != heading:
                heading = one.heading
                layout.addWidget(label(heading, "heading"))
            box = SentenceBox(one)
            box.changed.connect(self.changed)
            box.accepted.connect(self.accepted)
            box.editor.installEventFilter(self)
            self.boxes[one.key] = box
            layout.addWidget(box)
        if not sentences:
            layout.addWidget(label("这种报告只有表，没有可改的文字。", "quiet", wrap=True))
        layout.addStretch(1)
        self.setWidget(inside)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self.ensureWidgetVisible(watched, 0, 40)
            entered = next((box for box in self.boxes.values() if box.editor is watched), None)
            if entered is not None:
                self.reached.emit(entered.one.text)
        return super().eventFilter(watched, event)
