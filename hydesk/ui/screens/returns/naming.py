"""指定各列: a sheet whose head is not understood is read by what a person says its columns are."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSpinBox, QSplitter, QVBoxLayout, QWidget

from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import MONEY_FIELDS, Field
from hydesk.services.returns.name_columns import (
    NamedLine,
    NamedPreview,
    SheetToName,
    preview_named,
    sheets_to_name,
)
from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import Card, button, inset, label, set_tone
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.delayed import Delayed
from hydesk.ui.kit.fitting import Hint
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.words import BACK
from hydesk.ui.screens.returns.naming_grid import NamingGrid
from hydesk.ui.screens.returns.waiting import WaitingDraft

SOON_MS = 120


def _words(field: Field, line: NamedLine) -> str:
    return line.values.get(field, "—")


class NamingPage(QWidget):
    """The sheet above with its choosers, below what would be read; Ctrl+Enter reads it so, Esc goes back."""

    told = Signal(object, str, object)
    """The draft, the sheet's name and its SheetLayout."""
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._waiting: WaitingDraft | None = None
        self._sheets: dict[str, SheetToName] = {}
        self._asked = 0
        self.title = label("指定各列", "heading")
        self.sheets = QComboBox()
        self.sheets.setAccessibleName("工作表")
        self.first = QSpinBox()
        inset(self.first)
        self.first.setAccessibleName("第一个项目在第几行")
        self.first.setPrefix("第 ")
        self.first.setSuffix(" 行")
        self.first.setFixedWidth(tokens.wide(92))
        self.grid = NamingGrid(desk.theme)
        self.said = label("", wrap=True)
        self.done = button("照此读取　Ctrl+Enter", self.tell, kind="primary", tip="记住这个单位这张表的各列，以后照此读取；可以撤销")
        self.rows = self._table(())
        self._soon = Delayed(self, self._preview)
        self._lay_out()
        self.sheets.activated.connect(lambda i: self._show(self.sheets.itemText(i)))
        self.first.valueChanged.connect(self.grid.begin_at)
        self.grid.named.connect(self._changed)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 8, 0)
        head.setSpacing(8)
        first = label("第一个项目在(&R)", "quiet")
        first.setTextFormat(Qt.TextFormat.AutoText)  # for its letter to be a key; the words are the program's own
        first.setProperty("mnemonic", True)
        first.setBuddy(self.first)
        head.addWidget(self.title)
        head.addWidget(Hint("点列头（或在格子上按 Enter）说出这一列是什么"), 1)
        for one in (self.sheets, first, self.first, button(BACK, self.left.emit, tip="Esc"), self.done):
            head.addWidget(one)
        above, below = Card(), Card()
        in_column(head, (self.grid, 1), on=above, gap=6, margins=(1, 8, 1, 1))
        self._under = QVBoxLayout(below)
        self._under.setContentsMargins(1, 8, 1, 1)
        self._under.setSpacing(6)
        line = in_row(label("会读出", "heading"), (self.said, 1), margins=(12, 0, 12, 0))
        self._under.addLayout(line)
        self._under.addWidget(self.rows, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setHandleWidth(tokens.GAP)
        split.setChildrenCollapsible(False)
        split.addWidget(above)
        split.addWidget(below)
        split.setSizes([360, 240])
        in_column(split, on=self, margins=0)

    def _table(self, fields: tuple[Field, ...]) -> Listing[NamedLine]:
        palette = self._desk.theme.palette

        def project(x: NamedLine) -> QColor:
            return QColor(palette.quiet if x.project else palette.serious)

        columns: list[ListColumn[NamedLine]] = [ListColumn("行", lambda x: str(x.row), 48, right=True, color=lambda x: QColor(palette.quiet)),
                   ListColumn("来表写的项目", lambda x: x.name, 0),
                   ListColumn("台账项目", lambda x: x.project or "不在台账", 104, color=project)]
        columns += [ListColumn(f.label, partial(_words, f), max(88, 14 * len(f.label) + 24), right=f in MONEY_FIELDS) for f in fields]
        return Listing(columns, self._desk.theme, "照此会读出的内容")

    def open(self, waiting: WaitingDraft, sheet: str | None = None) -> None:
        """Offer the sheets of ``waiting`` that gave nothing; ``sheet`` first, where one is meant."""
        self._waiting = waiting
        ledger, draft = self._desk.ledger, waiting.draft

        def done(found: tuple[SheetToName, ...]) -> None:
            if self._waiting is not waiting:
                return
            if not found:
                self._desk.notice("这份报表没有认不出表头的工作表，各列可在“表头识别”里改")
                self.left.emit()
                return
            self._sheets = {s.sheet: s for s in found}
            self.sheets.clear()
            self.sheets.addItems(list(self._sheets))
            self.sheets.setVisible(len(found) > 1)
            self._show(sheet if sheet in self._sheets else found[0].sheet)
            self.grid.setFocus()

        self._desk.jobs.start("指定各列", lambda _p: sheets_to_name(ledger, draft), self, done=done, quiet=True)

    def _show(self, name: str) -> None:
        book = self._waiting.draft.book if self._waiting is not None else None
        sheet = next((s for s in book.sheets if s.name == name), None) if book is not None else None
        if sheet is None:
            return
        self.sheets.setCurrentText(name)
        layout = self._sheets[name].layout
        self.first.blockSignals(True)
        self.first.setRange(1, max(len(sheet.rows), 1))
        self.first.setValue(layout.first_row)
        self.first.blockSignals(False)
        self.grid.show_layout(sheet, layout)
        self._changed()

    def _changed(self) -> None:
        self.first.setValue(self.grid.naming.layout_.first_row)
        try:
            self.grid.naming.layout_.check()
        except HydeskError as e:
            self._asked += 1
            self._soon.stop()
            self._show_preview(None)
            self._say(str(e), wrong=True)
            return
        self.done.setEnabled(True)
        self._soon.start(SOON_MS)

    def _preview(self) -> None:
        waiting, layout, sheet = self._waiting, self.grid.naming.layout_, self.sheets.currentText()
        if waiting is None:
            return
        self._asked += 1
        self._say("正在试读…", wrong=False)
        asked, ledger, draft = self._asked, self._desk.ledger, waiting.draft

        def done(preview: NamedPreview) -> None:
            if asked == self._asked:
                self._show_preview(preview)

        def failed(error: Exception) -> None:
            if not isinstance(error, HydeskError):
                self._desk.jobs.failed.emit(error)
            elif asked == self._asked:
                self._show_preview(None)
                self._say(str(error), wrong=True)

        self._desk.jobs.start("试读", lambda p: preview_named(ledger, draft, sheet, layout, p), self, done=done,
                              failed=failed, quiet=True)

    def _show_preview(self, preview: NamedPreview | None) -> None:
        named = self.grid.naming.layout_.columns
        fields = tuple(f for _, f in sorted(named.items()) if f is not Field.NAME)
        fresh = self._table(fields)
        self._under.replaceWidget(self.rows, fresh)
        self.rows.hide()
        self.rows.deleteLater()
        self.rows = fresh
        if preview is not None:
            fresh.list.show_items(preview.lines)
            self._say(preview.said, wrong=not preview.matched)
        self.done.setEnabled(preview is not None and preview.matched > 0)

    def _say(self, text: str, *, wrong: bool) -> None:
        self.said.setText(text)
        set_tone(self.said, "serious" if wrong else "quiet")

    def tell(self) -> None:
        """照此读取."""
        if self._waiting is not None and self.done.isEnabled():
            self.told.emit(self._waiting, self.sheets.currentText(), self.grid.naming.layout_)
