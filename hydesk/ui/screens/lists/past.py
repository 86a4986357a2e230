"""The page 操作记录: what was done and by whom; take back any of it, or look at the ledger as it stood then."""

from __future__ import annotations

from collections import Counter
from datetime import date

from PySide6.QtWidgets import QWidget

from hydesk.domain.errors import HydeskError
from hydesk.domain.people import Right
from hydesk.services.acts.undo_acts import ListedAct, acts
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import FilterChip, button, label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.offering import offer
from hydesk.ui.kit.typed_date import TypedDate
from hydesk.ui.kit.words import CODE

COLUMNS: tuple[ListColumn[ListedAct], ...] = (
    ListColumn(CODE, lambda m: m.number, 70),
    ListColumn("时间", lambda m: f"{m.at:%Y-%m-%d %H:%M}", 140),
    ListColumn("做了什么", lambda m: m.title, 320, stretch=True),
    ListColumn("经办", lambda m: m.actor, 110),
    ListColumn("状态", lambda m: _undone(m), 150),
)


def _undone(act: ListedAct) -> str:
    if not act.undone:
        return ""
    return "已撤销" if act.undone_by == act.actor else f"{act.undone_by}已撤销"


class PastPage(QWidget):
    """A day to type, or an act to choose; Enter opens it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.day = TypedDate("查看哪一天的台账", date.today().year)
        self.day.setFixedWidth(250)
        self.wrong = label("", "error")
        self._acts: list[ListedAct] = []
        self.people = FilterChip("经办")
        self.people.chosen.connect(self._narrow)
        self.table = Listing(COLUMNS, desk.theme, "可以回看的时刻", key=lambda m: m.id)
        first = in_row(label("看某一天结束时的台账", "quiet"), self.day, button("查看这一天", self.open_day), self.wrong, 1, gap=10)
        self.undo = button("撤销选中的这一步", self.undo_act, tip="谁做的都可以撤销；后来又改过的留着")
        offer(desk, Right.WRITE, self.undo)
        first.addWidget(self.undo)
        first.addWidget(button("查看选中的这一步之后", self.open_act, kind="primary"))
        layout = in_column(first, on=self, gap=8, margins=0)
        second = in_row(self.people, (label("整个窗口会打开那时的台账：只能看，不能改；每一页、每份报告都是那时的数字。看完点“返回现在”。", "quiet"), 1))
        layout.addLayout(second)
        layout.addWidget(self.table, 1)
        self.day.entered.connect(self.open_day)
        self.table.opened.connect(self.open_act)

    def reload(self) -> None:
        """Read every act, newest first."""
        ledger = self._desk.ledger
        self._desk.jobs.start("读取操作记录", lambda _p: acts(ledger), self, done=self._show, quiet=True)

    def _show(self, found: list[ListedAct]) -> None:
        self._acts = found
        counts = Counter(act.actor for act in found)
        self.people.offer(counts, [name for name, _ in counts.most_common()])
        self._narrow()

    def _narrow(self) -> None:
        """Only what the chosen people did; where nobody is chosen, what everybody did."""
        people = self.people.values
        self.table.show_items([act for act in self._acts if not people or act.actor in people])

    def open_day(self) -> None:
        """The ledger at the end of the day typed."""
        self.wrong.clear()
        try:
            day = self.day.day()
        except HydeskError as e:
            self.wrong.setText(str(e))
            return
        if day is None:
            self.wrong.setText("请填写日期")
        else:
            self._desk.past_asked.emit(day)

    def undo_act(self) -> None:
        """Take the selected act back, whoever did it."""
        chosen = self.table.selected()
        if not chosen:
            self._desk.notice("请先在列表里选一步")
        elif chosen[0].undone:
            self._desk.notice(f"{chosen[0].number} 已经撤销过了")
        else:
            self._desk.operations.undo([chosen[0].id])

    def open_act(self) -> None:
        """The ledger right after the selected act."""
        chosen = self.table.selected()
        if chosen:
            self._desk.past_asked.emit(chosen[0].id)
        else:
            self._desk.notice("请先在列表里选一步")
