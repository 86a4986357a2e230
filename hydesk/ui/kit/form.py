"""The one form of the program: labels above inputs, what is wrong said beside them, 确定 and 取消."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from hydesk.domain.errors import HydeskError
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.completing import offer_any_part
from hydesk.ui.kit.escape import on_escape
from hydesk.ui.kit.keys import on_ctrl_enter
from hydesk.ui.kit.tab_order import tab_as_laid_out
from hydesk.ui.kit.words import CANCEL
from hydesk.ui.operations import DECIDING


def choice_box(name: str, words: Sequence[str], *, free: bool = True) -> QComboBox:
    """A box of choices; one to type in (``free``) completes by any part of a word."""
    box = QComboBox()
    box.setEditable(free)
    box.setAccessibleName(name)
    box.addItems(list(words))
    box.setMinimumContentsLength(10)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    if free:
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        box.setCurrentIndex(-1)
        done = box.completer()
        assert done is not None
        offer_any_part(done)
    return box


def words_of(widget: QWidget) -> str:
    """What stands in an input."""
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText().strip()
    if isinstance(widget, QComboBox):
        return widget.currentText().strip()
    return widget.text().strip() if isinstance(widget, QLineEdit) else ""


def put_words(widget: QWidget, text: str) -> None:
    """Put ``text`` into an input."""
    if isinstance(widget, QPlainTextEdit):
        widget.setPlainText(text)
    elif isinstance(widget, QComboBox):
        widget.setCurrentText(text)
        line = widget.lineEdit()
        if line is not None:
            line.setText(text)
            line.setCursorPosition(0)
    elif isinstance(widget, QLineEdit):
        widget.setText(text)


class PanelForm(QWidget):
    """Labels above inputs, an error line, the act and 取消; Ctrl+Enter and Esc do as the buttons."""

    entered = Signal(object)
    """What ``entry`` says: the words by input, where a form says nothing else."""
    left = Signal()
    WRITES: ClassVar[bool] = True
    """Whether its act writes to the ledger: such a form is not opened where nothing can be written."""

    def __init__(self, title: str, confirm: str = "保存", parent: QWidget | None = None, *, note: str = "") -> None:
        super().__init__(parent)
        self.setProperty(DECIDING, True)
        self.inputs: dict[str, QWidget] = {}
        self.names: dict[str, QWidget] = {}
        self.errors: dict[str, QWidget] = {}
        self.title = label(title, "heading", wrap=True)
        self.note = label(note, "quiet", wrap=True)
        if not note:
            self.note.hide()
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.confirm = button(confirm, self.submit, kind="primary", tip="Ctrl+Enter")
        self.buttons = QWidget()
        """The act and 取消, which a panel pins below itself, so that they are in sight however long the form is."""
        in_row(self.confirm, button(CANCEL, self.left.emit, tip="Esc"), 1, on=self.buttons, margins=0)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(3)
        in_column(self.title, self.note, self.rows, self.error, self.buttons, 1, on=self, gap=8, margins=(0, 0, 8, 0))
        on_ctrl_enter(self, self.submit)
        on_escape(self, self.left.emit)

    def ask(self, key: str, name: str, widget: QWidget, text: str = "") -> QWidget:
        """Add an input below those there are."""
        widget.setAccessibleName(name)
        put_words(widget, text)
        wrong = label("", "error", wrap=True)
        wrong.hide()
        self.names[key], self.inputs[key], self.errors[key] = label(name, "quiet"), widget, wrong
        for one in (self.names[key], widget, wrong):
            self.rows.addWidget(one)
        self.rows.addSpacing(4)
        return widget

    def long(self, key: str, name: str, text: str = "", height: int = 64) -> QWidget:
        """Add an input of a few lines; Tab leaves it."""
        made = QPlainTextEdit()
        made.setTabChangesFocus(True)
        made.setFixedHeight(height)
        return self.ask(key, name, made, text)

    def words(self) -> dict[str, str]:
        """What stands in every input."""
        return {key: words_of(w) for key, w in self.inputs.items()}

    def showEvent(self, event: QShowEvent) -> None:
        tab_as_laid_out(self)
        super().showEvent(event)

    def begin(self, key: str = "") -> None:
        """Put the cursor where typing starts."""
        first = self.inputs.get(key) or next(iter(self.inputs.values()), None)
        if first is not None:
            first.setFocus()

    def say_wrong(self, text: str) -> None:
        """Say in the form why it was refused."""
        self.error.setText(text)
        self.error.setVisible(bool(text))

    def faults(self) -> Mapping[str, str]:
        """What is wrong with what stands in the inputs, by input."""
        return {}

    def submit(self) -> None:
        """Tell what was entered, unless something is wrong with it."""
        self.say_wrong("")
        faults = self.faults()
        for key, line in self.errors.items():
            line.setText(faults.get(key, ""))  # type: ignore[attr-defined]
            line.setVisible(key in faults)
        if faults:
            self.begin(next(iter(faults)))
            return
        try:
            entry = self.entry()
        except HydeskError as e:
            self.say_wrong(str(e))
            return
        self.entered.emit(entry)

    def entry(self) -> object:
        """What ``entered`` tells: the words by input. Raises HydeskError for what cannot be read."""
        return self.words()
