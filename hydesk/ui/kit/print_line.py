"""The line below a page that offers what would be printed: laid out in a job, then the printer or a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import button
from hydesk.ui.kit.boxes import in_row
from hydesk.ui.kit.elided import ElidedLabel
from hydesk.ui.kit.escape import on_escape
from hydesk.ui.kit.files import Purpose, ask_save
from hydesk.ui.kit.keys import on_enter
from hydesk.ui.kit.pdf_pages import PdfFile
from hydesk.ui.kit.words import PRINT


class PrintLine(QFrame):
    """What would be printed, the printer, a file. Enter prints, Esc leaves; while pages are laid out neither is to be had."""

    left = Signal()

    def __init__(self, desk: Desk, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._made = 0
        self.setObjectName("panel")
        self.setAccessibleName(title)
        self.file: PdfFile | None = None
        """The pages, once they are laid out."""
        self.pages = ElidedLabel("quiet")
        self.print = button(PRINT, self.ask, kind="primary", tip="Enter")
        self.save = button("存为 PDF…", self.ask_where)
        on_enter(self, self.ask)
        on_escape(self, self.leave)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.hide()

    @property
    def name(self) -> str:
        """What the paper is called; each line says it."""
        raise NotImplementedError

    def _arrange(self, wishes: Sequence[QWidget]) -> None:
        """``wishes`` on the left, then what the pages are, then the acts."""
        in_row(
            *wishes, (self.pages, 1), self.save, self.print, button("取消　Esc", self.leave), on=self, gap=tokens.GAP,
            margins=(12, 8, 12, 8))

    def _offer(self) -> None:
        """Come into sight; grey buttons take no keyboard, the printer's gets it with the pages."""
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _await(self) -> int:
        """Nothing can be printed until the pages are there; the answer is what ``_settle`` knows the newest by."""
        self._made += 1
        self.file = None
        self._allow(False)
        self.pages.say("正在排版…")
        return self._made

    def _settle(self, file: PdfFile, said: str) -> None:
        """The pages are there."""
        self.file = file
        self.pages.say(said)
        self._allow(True)
        if self.isVisible() and QApplication.focusWidget() in (None, self):
            self.print.setFocus(Qt.FocusReason.OtherFocusReason)

    def _allow(self, on: bool) -> None:
        for one in (self.print, self.save):
            one.setEnabled(on)

    def ask(self) -> None:
        """Ask for the printer, and print."""
        if self.file is not None and not self.isHidden():
            from hydesk.ui.kit.printing import ask_and_print

            file = self.file
            self.leave()
            ask_and_print(self._desk, file, self.name, self.window())

    def ask_where(self) -> None:
        """Ask for a file, and save the pages there."""
        path = ask_save(self, self._desk.settings, Purpose.EXPORT, "存为 PDF", f"{self.name}.pdf", "PDF (*.pdf)")
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Save the pages at ``path``."""
        if (file := self.file) is not None:
            self.leave()
            self._desk.jobs.start("存为 PDF", lambda _p: file.save(path), self, done=lambda _n: self._desk.notice(f"已存为 {path}"))

    def leave(self) -> None:
        """Put the line away and give its pages back."""
        if not self.isHidden():
            self._made += 1
            self.file = None
            self.hide()
            self.left.emit()
