"""A return that is in the ledger, or went back: what was found, what it wrote, and the original at each cell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QSplitter, QToolButton, QWidget

from hydesk.domain.findings import Finding, Level
from hydesk.domain.job_progress import Progress
from hydesk.services.returns.list_returns import ReturnDetail, WrittenChange, return_detail
from hydesk.services.returns.mark_up_return import mark_up_return
from hydesk.services.returns.return_slip import print_slip, return_slip, slip_text
from hydesk.ui import icons, tokens
from hydesk.ui.clipboard import put_words
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import Card, button, label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.files import Purpose, ask_folder, ask_save
from hydesk.ui.kit.fitting import FittingColumns
from hydesk.ui.kit.keys import bind
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.original import OriginalPanel
from hydesk.ui.kit.sheet_grid import place_of
from hydesk.ui.kit.words import CODE
from hydesk.ui.plain import plain_text
from hydesk.ui.screens.returns.findings import FindingList, FindingModel, names_of
from hydesk.ui.screens.returns.history import outcome


class TakenPage(QWidget):
    """Opened from the history, the board, or another screen that shows a reported figure."""

    left = Signal()
    undo_wanted = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.detail: ReturnDetail | None = None
        theme, p = desk.theme, desk.theme.palette
        self.title, self.count = label("", "title"), label("", "count")
        self.model = FindingModel(self)
        self.findings = FindingList(theme, self.model)
        self.changes: Listing[WrittenChange] = Listing([
            ListColumn("项目", lambda c: c.project_name, 0),
            ListColumn(CODE, lambda c: c.project, 100, color=lambda c: QColor(p.quiet)),
            ListColumn("内容", lambda c: c.field, 172),
            ListColumn("原值", lambda c: c.old or "—", 120, color=lambda c: QColor(p.quiet)),
            ListColumn("→ 写入", lambda c: c.new or "—", 190, bold=lambda c: True),
            ListColumn("单元格", lambda c: c.cell or "—", 70, color=lambda c: QColor(p.quiet)),
        ], theme, "这份报表写入的内容")
        FittingColumns(self.changes, (1, 3, 5))
        self.original = OriginalPanel(desk)
        self.undo = button("撤销入库", lambda: self.undo_wanted.emit(self.detail.summary if self.detail else None))
        self._lay_out()
        self.changes.selectionModel().currentRowChanged.connect(self._show_change)
        self.findings.selectionModel().currentChanged.connect(self._show_finding)
        bind(self, (("Escape", self.left.emit),))

    def _lay_out(self) -> None:
        back = QToolButton()
        back.setObjectName("flat")
        icons.put(back, "back", self._desk.theme)
        back.setToolTip("返回收报（Esc）")
        back.setAccessibleName("返回收报")
        back.clicked.connect(self.left)
        head = in_row(back, self.title, gap=8)
        head.addWidget(self.count, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        for one in (button("复制退回文字", self._copy), button("退回单…", self._slip, tip="PDF 和 Word"),
                    button("标注原表…", self._mark), self.undo):
            head.addWidget(one)
        self.findings.setFixedWidth(tokens.wide(300))
        split = QSplitter(Qt.Orientation.Vertical)
        split.setHandleWidth(tokens.GAP)
        split.setChildrenCollapsible(False)
        for widget in (self.changes, self.original):
            card = Card()
            in_column(widget, on=card, margins=1)
            split.addWidget(card)
        body = in_row(self.findings, (split, 1), gap=tokens.GAP)
        in_column(head, (body, 1), on=self, gap=10, margins=(tokens.PAGE_MARGIN, 12, tokens.PAGE_MARGIN, tokens.PAGE_MARGIN))

    def open(self, import_id: int, sheet: str | None = None, cell: str | None = None) -> None:
        """Show a return; at a cell where one is given."""
        ledger = self._desk.ledger

        def done(detail: ReturnDetail) -> None:
            self._fill(detail, sheet, cell)

        self._desk.jobs.start("打开报表", lambda _p: return_detail(ledger, import_id), self, done=done, quiet=True)

    def _fill(self, detail: ReturnDetail, sheet: str | None, cell: str | None) -> None:
        self.detail, s = detail, detail.summary
        self.title.setText(self.title.fontMetrics().elidedText(s.file, Qt.TextElideMode.ElideMiddle, 380))
        self.title.setToolTip(plain_text(s.file))
        self.count.setText(f"{s.unit or '多个单位'} · {s.received_at:%m-%d %H:%M} {s.actor} · {outcome(s)}")
        self.undo.setEnabled(not s.undone)
        self.undo.setText("撤销退回" if s.status == "sent_back" else "撤销入库")
        self.findings.setVisible(bool(detail.findings))
        self.model.show_findings(detail.findings, names_of(detail.rows))
        marks: dict[str, dict[tuple[int, int], Level]] = {}
        for f in reversed(self.model.items):
            at = place_of(f.cell) if f.cell and f.sheet else None
            if at is not None and f.sheet is not None:
                marks.setdefault(f.sheet, {})[at] = f.level
        self.original.mark(marks, {x.name: frozenset(x.header_rows) for x in detail.sheets})
        self.changes.list.show_items(detail.changes)
        used = next((x.name for x in detail.sheets if x.used), None)
        self.original.show_cell(s.id, sheet or used, cell)
        at_row = next((i for i, c in enumerate(detail.changes) if cell and (c.sheet, c.cell) == (sheet, cell)), 0)
        if detail.changes and (cell or not detail.findings):
            self.changes.selectRow(at_row)
        self.changes.setFocus()

    def _show_change(self, index: QModelIndex, _old: QModelIndex) -> None:
        if index.isValid() and self.detail is not None:
            change = self.changes.list.items[index.row()]
            self.original.show_cell(self.detail.summary.id, change.sheet, change.cell)

    def _show_finding(self, index: QModelIndex, _old: QModelIndex) -> None:
        if index.isValid() and self.detail is not None:
            finding: Finding = self.model.items[index.row()]
            cell = finding.cell or (f"{finding.column or 'A'}{finding.file_row or 1}" if finding.sheet else None)
            self.original.show_cell(self.detail.summary.id, finding.sheet, cell)

    def _copy(self) -> None:
        if self.detail is not None:
            ledger, key = self._desk.ledger, self.detail.summary.id

            def done(text: str) -> None:
                put_words(text)
                self._desk.notice("退回单的文字已复制，可粘贴到微信或 QQ")

            self._desk.jobs.start("退回单", lambda _p: slip_text(return_slip(ledger, key)), self, done=done, quiet=True)

    def _slip(self) -> None:
        folder = ask_folder(self, self._desk.settings, Purpose.SEND_BACK, "退回单存到哪个文件夹") if self.detail is not None else ""
        if self.detail is not None and folder:
            ledger, key = self._desk.ledger, self.detail.summary.id
            self._save("退回单", lambda _p: print_slip(return_slip(ledger, key), Path(folder), ("pdf", "docx")))

    def _mark(self) -> None:
        if self.detail is None:
            return
        ledger, s = self._desk.ledger, self.detail.summary
        path = ask_save(self, self._desk.settings, Purpose.SEND_BACK, "标注原表", f"{Path(s.file).stem}（退回标注）.xlsx", "Excel (*.xlsx)")
        if path:
            self._save("标注原表", lambda _p: [mark_up_return(ledger, s.id, Path(path))[0]])

    def _save(self, title: str, work: Callable[[Progress], list[Path]]) -> None:
        self._desk.jobs.start(title, work, self, done=lambda made: self._desk.notice(
            f"已存为 {'、'.join(p.name for p in made)}"))
