"""记住的判定: what was answered about units' columns, and forgetting it."""

from __future__ import annotations

from hydesk.domain.people import Right
from hydesk.services.returns.remember_decision import (
    Forgotten,
    RememberedDecision,
    forget_decision,
    recall_decision,
)
from hydesk.ui.changes import DECISIONS
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import Card, button, label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.offering import offer
from hydesk.ui.kit.words import UNIT


class DecisionsPage(Card):
    """A table, newest first, and 忘记 for the current line."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.table: Listing[RememberedDecision] = Listing([
            ListColumn(UNIT, lambda d: d.unit or "各单位", 120),
            ListColumn("表头", lambda d: d.words, 0),
            ListColumn("判定", lambda d: f"单位是{d.meaning}" if d.kind == "unit" else f"是{d.meaning}", 240),
            ListColumn("经手人", lambda d: d.actor, 100),
            ListColumn("时间", lambda d: f"{d.at:%Y-%m-%d}", 110),
        ], desk.theme, "记住的判定")
        self.forget = button("忘记", self._forget, tip="以后遇到这一列重新询问")
        offer(desk, Right.WRITE, self.forget)
        self.count = label("", "quiet")
        head = in_row(self.count, 1, self.forget, margins=(13, 0, 10, 0))
        in_column(head, (self.table, 1), on=self, gap=8, margins=(1, 10, 1, 1))
        self.table.selectionModel().currentChanged.connect(lambda *_: self._say())

    def show_decisions(self, decisions: list[RememberedDecision]) -> None:
        """Show what is remembered."""
        self.table.list.show_items(decisions)
        self.count.setText(f"共 {len(decisions)} 条，读取报表时照此判定" if decisions
                           else "还没有。核对报表时指明一列是什么，就记在这里")
        self._say()

    def _say(self) -> None:
        self.forget.setEnabled(self.table.current() is not None)

    def _forget(self) -> None:
        decision: RememberedDecision | None = self.table.current()
        if decision is None:
            return
        ledger, key, what = self._desk.ledger, decision.id, f"“{decision.words}”{decision.meaning}"

        def done(forgotten: Forgotten) -> None:
            self._desk.changes.tell(DECISIONS)
            self._desk.notice(f"已忘记：{what}", (lambda: self._recall(forgotten, what)) if forgotten else None)

        self._desk.jobs.start("忘记判定", lambda _p: forget_decision(ledger, key), self, done=done, writes=True, quiet=True)

    def _recall(self, forgotten: Forgotten, what: str) -> None:
        """撤销: what was forgotten is remembered again."""
        ledger = self._desk.ledger

        def done(recalled: bool) -> None:
            self._desk.changes.tell(DECISIONS)
            self._desk.notice(f"又记住了：{what}" if recalled else "这以后又定过，以后定的为准")

        self._desk.jobs.start("恢复判定", lambda _p: recall_decision(ledger, forgotten), self, done=done, writes=True, quiet=True)
