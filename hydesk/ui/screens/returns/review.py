"""Review of one draft: findings at the left, projects in the middle, the county's own sheet below."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from hydesk.domain.findings import Finding, Level
from hydesk.domain.money import Yuan
from hydesk.ui import icons, tokens
from hydesk.ui.screens.returns.findings import FindingPanel
from hydesk.ui.screens.returns.heads import HeadPanel
from hydesk.ui.screens.returns.pile import Waiting
from hydesk.ui.screens.returns.projects import ChangeTable, ProjectRow, ProjectTable, Show, rows_of
from hydesk.ui.screens.returns.sheet_grid import SheetGrid, place_of
from hydesk.ui.style import Theme
from hydesk.ui.widgets.basic import Card, button, label


class ReviewPage(QWidget):
    """Walk what is wrong, decide, then 入库. Nothing is written here."""

    apply_wanted = Signal(object)
    drop_wanted = Signal(object)
    left = Signal()
    unit_wanted = Signal(object, str)
    column_told = Signal(object, object, object)
    """The draft, a ReadColumn of it, and the Field it holds or the MoneyUnit it is counted in."""
    name_told = Signal(object, object)
    """The draft, and the ReadRow that is indeed the project it was taken for."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.waiting: Waiting | None = None
        self.title = label("", "title")
        self.count = label("", "count")
        self.unit = QComboBox()
        self.unit.setAccessibleName("填报单位")
        self.findings = FindingPanel(theme)
        self.heads = HeadPanel(theme)
        self.projects = ProjectTable(theme)
        self.changes = ChangeTable(theme)
        self.grid = SheetGrid(theme)
        self.sheets = QComboBox()
        self.sheets.setAccessibleName("工作表")
        self.apply = button("入库", self._apply, kind="primary")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        back = QToolButton()
        back.setObjectName("flat")
        back.setIcon(icons.icon("back", QColor(self._theme.palette.quiet)))
        back.setToolTip("返回报表收报（Esc）")
        back.setAccessibleName("返回报表收报")
        back.clicked.connect(self.left)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(back)
        head.addWidget(self.title)
        head.addWidget(self.count, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        head.addWidget(self.unit)
        head.addWidget(button("不入库", self._drop, tip="放下这份报表，台账不变"))
        head.addWidget(self.apply)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.findings, 3)
        column.addWidget(self.heads, 2)
        left.setFixedWidth(304)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setHandleWidth(tokens.GAP)
        split.setChildrenCollapsible(False)
        split.addWidget(self._projects_card())
        split.addWidget(self._below_card())
        split.setSizes([330, 270])
        body = QHBoxLayout()
        body.setSpacing(tokens.GAP)
        body.addWidget(left)
        body.addWidget(split, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.PAGE_MARGIN, 12, tokens.PAGE_MARGIN, tokens.PAGE_MARGIN)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addLayout(body, 1)

    def _projects_card(self) -> Card:
        made = Card()
        row = QHBoxLayout()
        row.setContentsMargins(10, 0, 10, 0)
        row.setSpacing(0)
        self._shows = QButtonGroup(self)
        for show in Show:
            one = QPushButton(show.value)
            one.setObjectName("segment")
            one.setCheckable(True)
            one.setChecked(show is Show.ALL)
            one.clicked.connect(lambda _=False, s=show: self.projects.narrow(s))
            self._shows.addButton(one)
            row.addWidget(one)
        row.addStretch(1)
        row.addWidget(label("万元", "quiet"))
        layout = QVBoxLayout(made)
        layout.setContentsMargins(1, 6, 1, 1)
        layout.setSpacing(6)
        layout.addLayout(row)
        layout.addWidget(self.projects, 1)
        return made

    def _below_card(self) -> Card:
        made = Card()
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.addTab("原表")
        self.tabs.addTab("逐项变更")
        row = QHBoxLayout()
        row.setContentsMargins(8, 0, 8, 0)
        row.addWidget(self.tabs)
        row.addStretch(1)
        row.addWidget(self.sheets)
        self.below = QStackedWidget()
        self.below.addWidget(self.grid)
        self.below.addWidget(self.changes)
        layout = QVBoxLayout(made)
        layout.setContentsMargins(1, 4, 1, 1)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self.below, 1)
        return made

    def _connect(self) -> None:
        self.findings.chosen.connect(self._show_finding)
        self.findings.corrected.connect(self._correct)
        self.findings.decided.connect(self._decide)
        self.findings.answers.same.connect(lambda row: self.name_told.emit(self.waiting, row))
        for asker in (self.findings.answers, self.heads):
            asker.told.connect(lambda column, answer: self.column_told.emit(self.waiting, column, answer))
        self.projects.row_chosen.connect(self._show_row)
        self.projects.toggled.connect(self._toggle_row)
        self.changes.toggled.connect(self._toggle_change)
        self.tabs.currentChanged.connect(self._switch_tab)
        self.sheets.activated.connect(lambda i: self._show_sheet(self.sheets.itemText(i)))
        self.unit.activated.connect(self._change_unit)
        for keys, act in (("F8", lambda: self.findings.step(1)), ("Shift+F8", lambda: self.findings.step(-1)),
                          ("Ctrl+Return", self._apply), ("Ctrl+Enter", self._apply), ("Escape", self.left.emit)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def offer_units(self, names: list[str]) -> None:
        """The units one may choose from."""
        self.unit.clear()
        self.unit.addItem("（多个单位）")
        self.unit.addItems(names)

    def show_waiting(self, waiting: Waiting) -> None:
        """Show a draft from its beginning."""
        self.waiting = waiting
        draft = waiting.draft
        self.title.setText(self.title.fontMetrics().elidedText(draft.name, Qt.TextElideMode.ElideMiddle, 420))
        self.title.setToolTip(draft.name)
        at = self.unit.findText(draft.understanding.unit or "")
        self.unit.setCurrentIndex(max(at, 0))
        self.findings.show_waiting(waiting)
        self.heads.show_sheets(draft.understanding.sheets)
        self.projects.show_rows(rows_of(waiting))
        self.changes.show_row(waiting, None)
        self.sheets.clear()
        self.grid.show_sheet(None, {}, frozenset())
        if draft.book is not None:
            self.sheets.addItems([s.name for s in draft.book.sheets])
            used = next((s.name for s in draft.understanding.sheets if s.used), draft.book.sheets[0].name if draft.book.sheets else "")
            self._show_sheet(used)
        self.sheets.setVisible(self.sheets.count() > 1)
        self._say()
        self.projects.setFocus()
        if self.findings.model.rowCount():
            self.findings.step(1)
        elif self.projects.simple.rowCount():
            self.projects.selectRow(0)

    def _say(self) -> None:
        waiting = self.waiting
        if waiting is None:
            return
        ready, held = waiting.rows_to_write(), waiting.rows_waiting()
        self.count.setText(f"{len(waiting.draft.understanding.rows)} 个项目 · {ready} 个可入库"
                           + (f" · {held} 个待核" if held else ""))
        self.apply.setText(f"入库 {ready} 项　Ctrl+Enter")
        self.apply.setEnabled(waiting.can_apply)
        self.apply.setToolTip("" if waiting.can_apply else waiting.status)

    def _switch_tab(self, index: int) -> None:
        self.below.setCurrentIndex(index)

    # Following one another --------------------------------------------------------------------------------

    def _show_finding(self, finding: Finding) -> None:
        if finding.sheet:
            self._show_sheet(finding.sheet)
        cell = finding.cell or (f"{finding.column}1" if finding.column and not finding.row else None)
        self.grid.show_cell(cell, finding.row)
        if finding.row is not None:
            self.projects.select_place(finding.sheet, finding.row)
            self._show_changes(self.projects.current())

    def _show_row(self, row: ProjectRow) -> None:
        self._show_sheet(row.row.sheet)
        cells = [place_of(c) for c in row.row.cells.values()]
        columns = [at[1] for at in cells if at is not None]
        self.grid.show_cell(None, row.row.row)
        if row.worst is None and columns:
            self.grid.horizontalScrollBar().setValue(0)
        self.findings.show_row(row.row.sheet, row.row.row)
        self._show_changes(row)

    def _show_changes(self, row: ProjectRow | None) -> None:
        if self.waiting is not None:
            self.changes.show_row(self.waiting, row)
            self.tabs.setTabText(1, f"逐项变更 {len(row.changes)}" if row and row.changes else "逐项变更")

    def _show_sheet(self, name: str) -> None:
        if self.waiting is None or self.waiting.draft.book is None:
            return
        draft = self.waiting.draft
        sheet = next((s for s in draft.book.sheets if s.name == name), None) if draft.book else None
        if sheet is None:
            return
        self.sheets.setCurrentText(name)
        marks: dict[tuple[int, int], Level] = {}
        for f in reversed(self.findings.model.items):
            at = place_of(f.cell) if f.cell and f.sheet == name else None
            if at is not None:
                marks[at] = f.level
        heads = next((s.header_rows for s in draft.understanding.sheets if s.name == name), ())
        self.grid.show_sheet(sheet, marks, frozenset(heads))

    # Deciding ---------------------------------------------------------------------------------------------

    def _refresh(self) -> None:
        self.projects.refresh()
        self.changes.refresh()
        self._say()

    def _toggle_row(self, row: ProjectRow) -> None:
        if self.waiting is not None and row.changes:
            take = not self.waiting.will_write(row.row)
            for change in row.changes:
                self.waiting.decide(change, take)
            self._refresh()

    def _toggle_change(self, change: object) -> None:
        if self.waiting is not None:
            self.waiting.decide(change, not self.waiting.accepted(change))  # type: ignore[arg-type]
            self._refresh()

    def _decide(self, finding: Finding, take: bool) -> None:
        """Take or leave the cell of a finding; where it names no single value, the whole row."""
        if self.waiting is None:
            return
        own = [c for c in self.waiting.draft.changes if (c.sheet, c.row) == (finding.sheet, finding.row)]
        exact = [c for c in own if c.field is finding.field] if finding.level is not Level.ERROR else []
        for change in exact or own:
            self.waiting.decide(change, take)
        self._refresh()

    def _correct(self, finding: Finding, value: Yuan) -> None:
        if self.waiting is not None and self.waiting.correct(finding, value):
            for change in self.waiting.draft.changes:
                if (change.sheet, change.row) == (finding.sheet, finding.row) and (
                        change.field.group.value == "progress"):
                    self.waiting.decide(change, True)
            self.projects.show_rows(rows_of(self.waiting))
            self.projects.select_place(finding.sheet, finding.row)
            self._show_changes(self.projects.current())
            self._say()

    def _apply(self) -> None:
        if self.waiting is not None and self.waiting.can_apply:
            self.apply_wanted.emit(self.waiting)

    def _drop(self) -> None:
        if self.waiting is not None:
            self.drop_wanted.emit(self.waiting)

    def _change_unit(self, index: int) -> None:
        if self.waiting is not None and index > 0:
            self.unit_wanted.emit(self.waiting, self.unit.itemText(index))
