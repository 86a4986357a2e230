"""A project list before it is taken: its rows against the ledger, its columns and sections, and what to look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from hydesk.domain.fields import Field
from hydesk.domain.list_known import ListChoices
from hydesk.domain.list_review import ListAct, ListDecisions, ListItem, RowKey, ValueChange
from hydesk.services.returns.import_projects import ProjectImport
from hydesk.services.returns.preview_list import ListDraft, choose, take_list
from hydesk.ui.desk import Desk
from hydesk.ui.jobs import Job
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.keys import on_ctrl_enter
from hydesk.ui.kit.list_frame import tabbed
from hydesk.ui.kit.list_items import change_columns, item_columns, tickable
from hydesk.ui.kit.listing import Listing
from hydesk.ui.screens.lists.understood import ColumnsPane, FindingsPane, SectionsPane

PROJECTS, COLUMNS, SECTIONS, FINDINGS = range(4)


class PreviewPane(QWidget):
    """Nothing is written before the last button; what is left waits in 待核."""

    left = Signal()
    year_wanted = Signal(object, int)
    """The file, and the year it is to be read for."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.draft: ListDraft | None = None
        self._left: set[RowKey] = set()
        self._values: dict[tuple[str, int, Field], bool] = {}
        self._same: dict[RowKey, int | None] = {}
        self._job: Job | None = None
        self.title, self.said = label("", "heading"), label("", wrap=True)
        self.other_year = button("改按清单写的年份读", self._take_other_year)
        self.away = button("放下这份", self.left.emit, tip="什么也不写（Esc）")
        self.take = button("写入台账", self.write, kind="primary", tip="写入勾选的项目和内容；没有勾的留在待核（Ctrl+Enter）")
        on_ctrl_enter(self, self.write)
        self.table = Listing(item_columns(desk.theme, self._takes), desk.theme, "清单里的项目", key=lambda i: (i.sheet, i.row, i.project_id))
        self.changes = Listing(change_columns(desk.theme, self._takes_value), desk.theme, "逐项对照")
        self.why = label("", "quiet", wrap=True)
        self.is_it = button("就是它，已更名", lambda: self._say_same(renamed=True))
        self.is_new = button("是新项目", lambda: self._say_same(renamed=False))
        self.columns, self.sections, self.findings = ColumnsPane(desk.theme), SectionsPane(desk.theme), FindingsPane(desk.theme)
        self.shows: dict[ListAct | None, QPushButton] = {}
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.tabs, self.pages = tabbed(
            [("", page) for page in (self._projects_page(), self.columns, self.sections, self.findings)], "清单的各面")
        head = in_row(self.title, self.other_year, 1, self.away, self.take, gap=10)
        in_column(head, self.said, self.tabs, (self.pages, 1), on=self, gap=8, margins=0)

    def _projects_page(self) -> QWidget:
        chips = QHBoxLayout()
        chips.setSpacing(0)
        group = QButtonGroup(self)
        for act in (None, *ListAct):
            chip = button("全部" if act is None else act.label, partial(self._narrow, act), kind="segment")
            chip.setCheckable(True)
            group.addButton(chip)
            chips.addWidget(chip)
            self.shows[act] = chip
        chips.addStretch(1)
        beside = QWidget()
        inside = QVBoxLayout(beside)
        inside.setContentsMargins(0, 0, 0, 0)
        answers = in_row(self.is_it, self.is_new, 1)
        inside.addWidget(self.why)
        inside.addLayout(answers)
        inside.addWidget(self.changes, 1)
        split = QSplitter()
        split.addWidget(self.table)
        split.addWidget(beside)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([700, 480])
        page = QWidget()
        in_column(chips, (split, 1), on=page, margins=0)
        return page

    def _connect(self) -> None:
        self.table.chosen.connect(self._show_item)
        self.table.clicked.connect(lambda index: self._toggle() if index.column() == 0 else None)
        self.table.bind((("Space", self._toggle), ("Escape", self.left.emit)))
        self.changes.bind((("Space", self._toggle_value),))
        self.changes.clicked.connect(lambda index: self._toggle_value() if index.column() == 0 else None)
        for pane in (self.columns, self.sections, self.findings):
            pane.chosen.connect(self._choose)

    # Showing ----------------------------------------------------------------------------------------------

    def show_draft(self, draft: ListDraft) -> None:
        """Show a list from its beginning, with nothing decided yet."""
        self._left, self._values, self._same = set(), {}, {}
        self._show(draft)
        self.tabs.setCurrentIndex(FINDINGS if draft.comparison.rejected else PROJECTS)
        self.shows[None].setChecked(True)

    def begin(self) -> None:
        """The keyboard comes here."""
        if self.draft is not None and self.draft.comparison.rejected:
            self.findings.table.setFocus()
        else:
            self.table.enter()

    def _show(self, draft: ListDraft) -> None:
        self.draft = draft
        listed, comparison = draft.read.listed, draft.comparison
        self.title.setText(f"{draft.read.name}　{draft.read.year}年")
        other = listed.other_year
        self.other_year.setVisible(other is not None)
        self.other_year.setText(f"改按 {other} 年读")
        for act, chip in self.shows.items():
            count = len(comparison.items) if act is None else comparison.count(act)
            chip.setText(f"全部 {count}" if act is None else f"{act.label} {count}")
            chip.setVisible(act is None or count > 0)
        self.columns.show_sheets(comparison.sheets, draft.choices)
        self.sections.show_sections(listed.sections, draft.choices)
        self.findings.show_findings(comparison.findings, draft.choices)
        for at, text in enumerate((f"项目（{len(comparison.items)}）", f"栏目（取了 {self.columns.taken} 列）",
                                   f"分组（{len(listed.sections)}）", f"要看的地方（{self.findings.count}）")):
            self.tabs.setTabText(at, text)
        self.tabs.setTabVisible(SECTIONS, bool(listed.sections))
        chosen = next((a for a, chip in self.shows.items() if chip.isChecked()), None)
        self._narrow(chosen if chosen is None or comparison.count(chosen) else None)
        self._say()

    def _narrow(self, act: ListAct | None) -> None:
        items = self.draft.comparison.items if self.draft is not None else ()
        self.shows[act].setChecked(True)
        self.table.show_items([i for i in items if act is None or i.act is act])
        self._show_item()

    def _say(self) -> None:
        assert self.draft is not None
        comparison = self.draft.comparison
        if comparison.rejected:
            self.said.setText("■ 没有读懂这份清单：" + (comparison.findings[-1].message if comparison.findings else "没有读到项目"))
        else:
            parts = [f"{a.label} {n} 个" for a in ListAct if (n := comparison.count(a))]
            stay = [i for i in comparison.items if i.act in (ListAct.WAITING, ListAct.RENAMED, ListAct.MISSING)]
            waits = f"。◆ {len(stay)} 个要由人定，写入后留在待核" if stay else ""
            self.said.setText("与台账对照：" + ("，".join(parts) or "没有项目") + waits + "。")
        going = [i for i in comparison.items if tickable(i) and self._takes(i)]
        self.take.setText(f"写入 {len(going):,} 个项目" if going else "写入台账")
        self.take.setEnabled(not comparison.rejected and bool(going or comparison.items) and not self._desk.ledger.read_only)

    def _show_item(self) -> None:
        item = self.table.current()
        self.changes.show_items(list(item.changes) if item is not None else [])
        renamed = item is not None and item.act is ListAct.RENAMED
        self.is_it.setVisible(renamed)
        self.is_new.setVisible(renamed)
        findings = [f.message for f in item.findings] if item is not None else []
        words = ([item.why] if item is not None and item.why else []) + findings + list(item.also if item is not None else ())
        self.why.setText("\n".join(dict.fromkeys(words[:4])) or ("" if item is None else "左边勾选整个项目，这里逐项勾选（空格）。"))

    # Deciding ---------------------------------------------------------------------------------------------

    def _takes(self, item: ListItem) -> bool:
        if not tickable(item) or item.key in self._left:
            return False
        return not item.changes or bool(item.also) or any(self._values.get((item.sheet, item.row, c.field), c.taken) for c in item.changes)

    def _takes_value(self, change: ValueChange) -> bool:
        item = self.table.current()
        if item is None or item.key in self._left:
            return False
        return self._values.get((item.sheet, item.row, change.field), change.taken)

    def _toggle(self) -> None:
        chosen = [i for i in self.table.selected() if tickable(i)]
        if not chosen:
            return
        if self._takes(chosen[0]):
            self._left |= {i.key for i in chosen}
        else:
            self._left -= {i.key for i in chosen}
            for i in chosen:
                if not self._takes(i):  # all of it stood with the ledger
                    self._values |= {(i.sheet, i.row, c.field): True for c in i.changes}
        self.table.list.refresh_all()
        self.changes.list.refresh_all()
        self._say()

    def _toggle_value(self) -> None:
        item, change = self.table.current(), self.changes.current()
        if item is None or change is None or item.act is not ListAct.CHANGED:
            return
        taken = not self._takes_value(change)
        if taken and item.key in self._left:  # of a row that was left, this value alone
            self._left.discard(item.key)
            self._values |= {(item.sheet, item.row, c.field): False for c in item.changes}
        self._values[item.sheet, item.row, change.field] = taken
        self.changes.list.refresh_all()
        self.table.list.refresh_all()
        self._say()

    def _say_same(self, *, renamed: bool) -> None:
        item = self.table.current()
        if item is not None and item.act is ListAct.RENAMED:
            self._same[item.key] = item.project_id if renamed else None
            self.compare_again()

    def decisions(self) -> ListDecisions:
        """What was decided so far."""
        return ListDecisions(frozenset(self._left), dict(self._values), dict(self._same))

    def _choose(self, change: Callable[[ListChoices], ListChoices]) -> None:
        """Read the list again by another decision about a column, a section or a cell."""
        if self.draft is not None:
            self.draft = replace(self.draft, choices=change(self.draft.choices))
            self.compare_again()

    def compare_again(self) -> None:
        """Hold the list against the ledger as it is now, and by all that was decided."""
        if self.draft is None or self._desk.ledger.read_only:
            return
        if self._job is not None:
            self._job.cancel()
        ledger, draft, decisions = self._desk.ledger, self.draft, self.decisions()

        def done(again: ListDraft) -> None:
            self._job = None
            self._show(again)

        self._job = self._desk.jobs.start("对照项目清单", lambda p: choose(ledger, draft, draft.choices, p, decisions), self,
                                          done=done, quiet=True)

    def _take_other_year(self) -> None:
        if self.draft is not None and self.draft.read.listed.other_year is not None:
            self.year_wanted.emit(Path(self.draft.path), self.draft.read.listed.other_year)

    def write(self) -> None:
        """Take what is ticked."""
        if self.draft is None or not self.take.isEnabled():
            return
        ledger, draft, decisions = self._desk.ledger, self.draft, self.decisions()

        def said(result: ProjectImport) -> str:
            waits = f"；待核 {result.waiting} 处，就在这一页" if result.waiting else ""
            return f"已导入：新增 {result.added} 个，变更 {result.changed} 个，未变 {result.unchanged} 个{waits}"

        def done(result: ProjectImport) -> None:
            if not result.rejected:
                self.draft = None
                self.left.emit()

        self._desk.operations.run_long("导入项目清单", lambda p: take_list(ledger, draft, decisions, progress=p), self, said, done=done)


