"""退回: a side panel with the findings to tick, a note, and the 退回单 in every form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QPlainTextEdit,
)

from hydesk.domain.findings import Finding
from hydesk.domain.job_progress import Progress
from hydesk.domain.questions import LATER
from hydesk.services.returns.mark_up_return import mark_up_draft
from hydesk.services.returns.return_slip import draft_slip, print_slip, slip_text
from hydesk.services.returns.send_back_return import in_question, send_back
from hydesk.ui import tokens
from hydesk.ui.clipboard import put_words
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.files import Purpose, ask_folder, ask_save
from hydesk.ui.screens.returns.waiting import WaitingDraft


class SendBackPanel(QFrame):
    """What goes back to the county, and how. Esc closes it; nothing is sent by itself."""

    sent = Signal(object)
    """The draft that went back."""
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._waiting: WaitingDraft | None = None
        self.setObjectName("panel")
        self.setFixedWidth(tokens.PANEL_WIDTH)
        self.title = label("", "heading")
        self.what = label("", "quiet", wrap=True)
        self.note = QPlainTextEdit()
        self.note.setAccessibleName("退回意见")
        self.note.setPlaceholderText("退回意见（可不填），如：请于明天下班前补正")
        self.note.setFixedHeight(tokens.wide(64))
        self.note.setTabChangesFocus(True)
        self.note.viewport().setAcceptDrops(False)
        self.note.setAcceptDrops(False)
        self.send = button("退回", self._send, kind="primary", tip="记为已退回，台账不变；可以撤销")
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        head = in_row((self.title, 1), button("关闭　Esc", self.leave))
        forms = QGridLayout()
        forms.setSpacing(6)
        for i, (text, act, tip) in enumerate((
            ("复制文字", self._copy, "退回单的文字，粘贴到微信或 QQ"),
            ("标注原表…", self._mark, "来表的副本，有问题的单元格涂色并加批注"),
            ("退回单 PDF…", lambda: self._print("pdf"), "带编号和签收栏，可打印"),
            ("退回单 Word…", lambda: self._print("docx"), "可以再改"),
        )):
            forms.addWidget(button(text, act, tip=tip), i // 2, i % 2)
        in_column(head, self.what, self.note, forms, self.send, 1, on=self, gap=8, margins=(12, 10, 12, 12))

    def open(self, waiting: WaitingDraft) -> None:
        """Ask for a note on what is ticked in the queue (F7, the space bar)."""
        self._waiting = waiting
        self.title.setText(f"退回 {waiting.unit}")
        self.note.clear()
        self.say_count()
        self.show()
        self.note.setFocus()

    def leave(self) -> None:
        """Close without sending anything back."""
        self.hide()
        self.closed.emit()

    def findings(self) -> list[Finding]:
        """What goes back: what is ticked, else every error and warning that nobody has settled otherwise."""
        waiting = self._waiting
        if waiting is None:
            return []
        return waiting.sent_back() or [f for f in in_question(waiting.draft) if waiting.word(f) in ("", LATER)]

    def say_count(self) -> None:
        """Say how much goes back, as it is ticked now."""
        waiting = self._waiting
        if waiting is None:
            return
        count, ticked = len(self.findings()), len(waiting.sent_back())
        self.what.setText(f"左边勾选的 {ticked} 处写进退回单（空格勾选或取消）。" if ticked else
                          f"左边没有勾选，还没看过的错误和提醒 {count} 处都写进退回单。" if count else "没有要退回的问题；确要退回，请写明退回意见。")
        self.send.setText(f"退回整份（{count} 处）　Ctrl+Enter" if count else "退回整份　Ctrl+Enter")

    def _text_of_note(self) -> str:
        return self.note.toPlainText().strip()

    def _send(self) -> None:
        waiting = self._waiting
        if waiting is None:
            return
        ledger, draft, findings, note = self._desk.ledger, waiting.draft, self.findings(), self._text_of_note()

        def done(_import_id: int) -> None:
            self.hide()
            self.sent.emit(waiting)

        self._desk.operations.run_long(
            "退回", lambda _p: send_back(ledger, draft, findings, note), self,
            lambda import_id: f"已退回：{waiting.unit}，{len(findings)} 处；退回单编号 {import_id}", done=done)

    def _copy(self) -> None:
        waiting = self._waiting
        if waiting is None:
            return
        ledger, draft, findings, note = self._desk.ledger, waiting.draft, self.findings(), self._text_of_note()

        def done(text: str) -> None:
            put_words(text)
            self._desk.notice("退回单的文字已复制，可粘贴到微信或 QQ")

        self._desk.jobs.start("退回单", lambda _p: slip_text(draft_slip(ledger, draft, findings, note)), self, done=done,
                              quiet=True)

    def _print(self, form: str) -> None:
        waiting = self._waiting
        folder = ask_folder(self, self._desk.settings, Purpose.SEND_BACK, "退回单存到哪个文件夹") if waiting is not None else ""
        if waiting is None or not folder:
            return
        ledger, draft, findings, note = self._desk.ledger, waiting.draft, self.findings(), self._text_of_note()

        def work(_progress: Progress) -> list[Path]:
            return print_slip(draft_slip(ledger, draft, findings, note), Path(folder), (form,))

        self._saved("退回单", work)

    def _mark(self) -> None:
        waiting = self._waiting
        if waiting is None:
            return
        name = f"{Path(waiting.draft.name).stem}（退回标注）.xlsx"
        path = ask_save(self, self._desk.settings, Purpose.SEND_BACK, "标注原表", name, "Excel (*.xlsx)")
        if path:
            draft, findings, note = waiting.draft, self.findings(), self._text_of_note()
            self._saved("标注原表", lambda _p: [mark_up_draft(draft, Path(path), findings, note)[0]])

    def _saved(self, title: str, work: Callable[[Progress], list[Path]]) -> None:
        def done(made: list[Path]) -> None:
            self._desk.notice(f"已存为 {'、'.join(p.name for p in made)}")

        self._desk.jobs.start(title, work, self, done=done)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)



