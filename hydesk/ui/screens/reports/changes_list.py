"""What is otherwise than in the last issue: figures, sentences and projects, each found on the page by Enter."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hydesk.services.reports.since_last_issue import ReportChange, ReportChangeKind, SinceLast
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import EmptyState, label
from hydesk.ui.kit.list_frame import tabbed
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.words import COPIED

KINDS = tuple(ReportChangeKind)


def _way(change: ReportChange) -> str:
    """What became of a sentence."""
    return "改写" if change.was and change.now else "新写" if change.now else "没有了"


def _before(change: ReportChange) -> str:
    """What it was, its unit left to the figure beside it where that is the same."""
    unit = change.now.lstrip("0123456789.,-—")
    return change.was.removesuffix(unit) if unit else change.was


def _tip(change: ReportChange) -> str:
    return f"{change.about}\n上期：{change.was or '没有'}\n本期：{change.now or '没有'}"


COLUMNS: dict[ReportChangeKind, tuple[ListColumn[ReportChange], ...]] = {
    ReportChangeKind.FIGURE: (ListColumn("内容", lambda c: c.about, 0, tip=_tip), ListColumn("上期", _before, 76, right=True),
                        ListColumn("本期", lambda c: c.now, 98, right=True), ListColumn("变化", lambda c: c.by, 72, right=True)),
    ReportChangeKind.SENTENCE: (ListColumn("句子", lambda c: c.now or c.was, 0, tip=_tip), ListColumn("变化", _way, 72)),
    ReportChangeKind.PROJECT: (ListColumn("项目", lambda c: c.now or c.was, 0, tip=_tip), ListColumn("在哪张表", lambda c: c.about, 92),
                         ListColumn("变化", lambda c: c.by, 72)),
}


class ChangesList(QWidget):
    """A list for each kind of change; ``reached`` carries the words by which a place is found."""

    reached = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._held: SinceLast | None = None
        self.said = label("", "small", wrap=True)
        self.tables = {k: Listing(list(COLUMNS[k]), desk.theme, f"变了的{k.value}") for k in KINDS}
        self.tabs, self.sides = tabbed([(k.value, self.tables[k]) for k in KINDS], "哪些变化")
        self.empty = EmptyState()
        self.empty.sentence.setMinimumWidth(240)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(4)
        self.said.setContentsMargins(12, 0, 12, 0)
        for one in (self.said, self.tabs):
            layout.addWidget(one)
        layout.addWidget(self.sides, 1)
        layout.addWidget(self.empty, 1)
        for table in self.tables.values():
            table.opened.connect(lambda *_: self._reach())
            table.clicked.connect(lambda _i: self._reach())
            table.copied.connect(lambda n: desk.notice(COPIED.format(n=n)))
        self.show_changes(None)

    @property
    def many(self) -> int:
        """How many things changed."""
        return len(self._held.changes) if self._held is not None else 0

    def show_changes(self, held: SinceLast | None) -> None:
        """Show what is otherwise; None: nothing was issued yet to compare with."""
        self._held = held
        if held is not None:
            beside = "这一期归档以后的变化" if held.same_period else "上一次归档"
            self.said.setText(f"与 {held.issue.label}（{held.issue.period.label}）比：{beside}。回车到它在页面上的地方")
        self.said.setVisible(held is not None)
        for index, kind in enumerate(KINDS):
            shown = [c for c in held.changes if c.kind is kind] if held is not None else []
            self.tabs.setTabText(index, f"{kind.value} {len(shown)}")
            self.tables[kind].show_items(shown)
        for one in (self.tabs, self.sides):
            one.setVisible(bool(self.many))
        self.empty.setVisible(not self.many)
        self.empty.say("和上一次归档的没有不同。" if held is not None else
                       "这种报告还没有归档过，没有可比的。归档一期以后，这里列出下一期变了的数字、文字和项目。")

    def _reach(self) -> None:
        change = self.tables[KINDS[self.tabs.currentIndex()]].current()
        if change is not None and change.find:
            self.reached.emit(change.find)
