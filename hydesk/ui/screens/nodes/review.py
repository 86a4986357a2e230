"""A node table before it is written: what it would change, what was found, and what a person takes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QWidget

from hydesk.domain.errors import HydeskError
from hydesk.domain.findings import Finding
from hydesk.domain.milestones import WHICH, WHICH_LABELS
from hydesk.domain.node_table import NodeChange
from hydesk.services.milestones.import_nodes import NodeDraft, NodeImport
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.keys import bind
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.words import CANCEL
from hydesk.ui.tokens import LEVEL_MARK

Key = tuple[str, str]
"""Sheet and cell: where a change stands."""


def key_of(change: NodeChange) -> Key:
    """Where a change stands, which is its own."""
    return change.sheet, change.cell


class NodeReview(QWidget):
    """Space takes or leaves the selected changes; Ctrl+Enter writes what is taken."""

    ended = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.draft: NodeDraft | None = None
        self._path: Path | None = None
        self.taken: set[Key] = set()
        theme = desk.theme
        self.title = label("", "heading")
        self.said = label("", "quiet", wrap=True)
        self.unsaid = QComboBox()
        self.unsaid.addItem("未注明的列：不取", None)
        for which in WHICH:
            self.unsaid.addItem(f"未注明的列：按{WHICH_LABELS[which]}时间", which)
        self.unsaid.setAccessibleName("没有写明计划、预计还是实际的列")
        self.changes: Listing[NodeChange] = Listing([
            ListColumn("入库", self._tick, 54),
            ListColumn("项目", lambda c: c.project_name, 220, stretch=True), ListColumn("节点", lambda c: c.what, 110),
            ListColumn("台账", lambda c: str(c.old or "—"), 100), ListColumn("来表", lambda c: str(c.new), 100),
            ListColumn("原文", lambda c: c.words, 120, color=lambda _c: QColor(theme.palette.quiet)),
            ListColumn("单元格", lambda c: f"{c.sheet} {c.cell}", 100, color=lambda _c: QColor(theme.palette.quiet)),
            ListColumn("说明", lambda c: c.note, 200, color=lambda _c: QColor(theme.palette.lagging)),
        ], theme, "节点表要改的时间", key=key_of)
        self.findings: Listing[Finding] = Listing([
            ListColumn("", lambda f: f"{LEVEL_MARK[f.level]} {f.level.label}", 80, color=lambda f: theme.palette.of_level(f.level)),
            ListColumn("核对意见", lambda f: f.message, 400, stretch=True),
        ], theme, "核对意见", key=lambda f: (f.sheet, f.cell, f.message))
        self.apply = button("入库", self.write, kind="primary", tip="Ctrl+Enter")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        buttons = in_row(
            self.unsaid, 1, button("全部采用", lambda: self._take_all(True)), button("全部不采用", lambda: self._take_all(False)),
            button(CANCEL, self.ended.emit, tip="Esc；不写台账"), self.apply)
        in_column(self.title, self.said, (self.changes, 3), (self.findings, 2), buttons, on=self, gap=8, margins=(12, 10, 12, 10))

    def _connect(self) -> None:
        self.unsaid.activated.connect(lambda _i: self._read())
        self.changes.clicked.connect(lambda i: self._toggle([self.changes.list.items[i.row()]]) if i.column() == 0 else None)
        self.changes.bind((("Space", lambda: self._toggle(self.changes.selected())),))
        bind(self, (("Ctrl+Return", self.write), ("Escape", self.ended.emit)))

    def _tick(self, change: NodeChange) -> str:
        return "×" if change.blocked else "✓" if key_of(change) in self.taken else "—"

    def read(self, path: Path) -> None:
        """Read the table at ``path`` in a job."""
        self._path, self.draft = path, None
        self.unsaid.setCurrentIndex(0)
        self._read()

    def _read(self) -> None:
        from hydesk.services.milestones.import_nodes import read_nodes

        path, ledger, period, unsaid = self._path, self._desk.ledger, self._desk.period, self.unsaid.currentData()
        if path is None:
            return
        self.title.setText(f"正在读取 {path.name}…")
        self.apply.setEnabled(False)

        def failed(error: Exception) -> None:
            self.ended.emit()
            if isinstance(error, HydeskError):
                self._desk.notice(str(error), wrong=True)
            else:
                self._desk.jobs.failed.emit(error)

        self._desk.jobs.start("读取节点表", lambda p: read_nodes(ledger, path, period, unsaid, p), self, done=self.show_draft,
                              failed=failed)

    def show_draft(self, draft: NodeDraft) -> None:
        """Show what ``draft`` would change."""
        self.draft = draft
        self.taken = {key_of(c) for c in draft.changes if c.accepted}
        self.title.setText(draft.name)
        used = "、".join(f"“{s.name}”" for s in draft.table.sheets if s.used)
        self.said.setText(
            draft.findings[0].message if draft.table.rejected else
            f"读了{used}；与台账相同 {draft.unchanged} 处，不同 {len(draft.changes)} 处。计划与台账不同的先不入库，核实后按空格采用。")
        self.unsaid.setVisible(bool(draft.table.unsaid))
        order = sorted(draft.changes, key=lambda c: (c.accepted, c.project))
        self.changes.show_items(order)
        found: list[Finding] = list(draft.findings)
        self.findings.show_items(found)
        self.findings.setVisible(bool(found))
        self._say()
        self.changes.setFocus()

    def _say(self) -> None:
        self.apply.setText(f"入库（{len(self.taken)}）")
        self.apply.setEnabled(bool(self.taken))

    def _toggle(self, chosen: list[NodeChange]) -> None:
        free = [key_of(c) for c in chosen if not c.blocked]
        if free and all(k in self.taken for k in free):
            self.taken -= set(free)
        else:
            self.taken |= set(free)
        self._show_ticks()

    def _take_all(self, take: bool) -> None:
        if self.draft is not None:
            self.taken = {key_of(c) for c in self.draft.changes if take and not c.blocked}
            self._show_ticks()

    def _show_ticks(self) -> None:
        if self.draft is not None:
            self.changes.show_items(sorted(self.draft.changes, key=lambda c: (c.accepted, c.project)))
        self._say()

    def write(self) -> None:
        """Write what is taken, in one act."""
        from hydesk.services.milestones.import_nodes import apply_nodes

        draft, ledger = self.draft, self._desk.ledger
        if draft is None or not self.taken:
            return
        chosen = [c for c in draft.changes if key_of(c) in self.taken]

        def said(result: NodeImport) -> str:
            more = f"，还有 {result.waiting} 处没有采用" if result.waiting else ""
            return f"已入库节点时间 {result.written} 处{more}"

        self.apply.setEnabled(False)
        self._desk.operations.run_long("节点表入库", lambda _p: apply_nodes(ledger, draft, chosen), self, said,
                                       done=lambda _r: self.ended.emit())
