"""提前截止: letting a period count as complete with less than nine tenths in, and taking that back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout

from hydesk.domain.measures.reach import Reach
from hydesk.domain.measures.words import standing
from hydesk.domain.people import Right
from hydesk.domain.periods import Period
from hydesk.services.rules import rule_words
from hydesk.services.rules.office_rules import LEAST_REASON, OfficeRules, close_period, reopen_period
from hydesk.services.standings.period_view import view_at
from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import Card, button, label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.offering import offer
from hydesk.ui.screens.settings.common import RuleKeeper

Closed = tuple[Period, str]
_TABLE_HEIGHT = 96
"""The least height of the list of closed periods."""


class ClosingCard(Card):
    """A period, a reason and 截止; below, the periods that are closed and 取消截止."""

    def __init__(self, desk: Desk, keep: RuleKeeper) -> None:
        super().__init__()
        self._desk, self._keep = desk, keep
        self._rules = OfficeRules()
        self.periods, self.reason = QComboBox(), QLineEdit()
        self.periods.setAccessibleName("截止哪一期")
        self.periods.setMaxVisibleItems(16)
        self.reason.setAccessibleName("提前截止的理由")
        self.reason.setPlaceholderText("理由，印在报告上")
        self.reason.setMaxLength(60)
        self.state = label("", "quiet", wrap=True)
        self.close_button = button("截止", self._close)
        self.open_button = button("取消截止", self._open, tip="所选的一期不再按报齐处理")
        offer(desk, Right.RULES, self.reason, self.close_button, self.open_button)
        self.table: Listing[tuple[Period, str]] = Listing([
            ListColumn("报告期", lambda c: c[0].label, 130), ListColumn("理由", lambda c: c[1], 0)], desk.theme, "提前截止的报告期")
        self.table.setMinimumHeight(tokens.wide(_TABLE_HEIGHT))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 10, 1, 1)
        layout.setSpacing(8)
        inside = in_column(
            label("提前截止", "heading"), label(rule_words.CLOSE_MEANING, "quiet", wrap=True), gap=8, margins=(13, 0, 13, 0))
        row = in_row(self.periods, (self.reason, 1), self.close_button, self.open_button, gap=8)
        inside.addLayout(row)
        inside.addWidget(self.state)
        layout.addLayout(inside)
        layout.addWidget(self.table, 1)
        self.reason.textChanged.connect(lambda _t: self._say())
        self.reason.returnPressed.connect(self._close)
        self.periods.activated.connect(lambda _i: self._look())
        self.table.selectionModel().currentChanged.connect(lambda *_: self._say())

    def show_rules(self, rules: OfficeRules, periods: Sequence[Period]) -> None:
        """Show which periods are closed; ``periods`` are those that hold figures, oldest first."""
        self._rules = rules
        chosen = self.periods.currentData() or self._desk.period
        offered = sorted({*periods, self._desk.period}, key=lambda p: p.sort_key, reverse=True)
        self.periods.clear()
        for one in offered:
            self.periods.addItem(one.label, one)
        self.periods.setCurrentIndex(max(0, offered.index(chosen) if chosen in offered else 0))
        self.table.list.show_items(sorted(rules.closed.items(), key=lambda c: c[0].sort_key, reverse=True))
        self._look()

    def _look(self) -> None:
        """Say how far the chosen period's returns reach."""
        ledger, period = self._desk.ledger, self.periods.currentData()
        self._say()

        def done(reach: Reach) -> None:
            if self.periods.currentData() == period:
                empty = "还没有单位报送投资数，报来以后截止才起作用"
                self.state.setText(f"{period.label}：{empty if reach.nothing_in else standing(reach)}。")

        self._desk.jobs.start("读取报送情况", lambda _p: view_at(ledger, period).reach, self, done=done, quiet=True)

    def _say(self) -> None:
        self.close_button.setEnabled(len(self.reason.text().strip()) >= LEAST_REASON)
        self.open_button.setEnabled(self.table.current() is not None)

    def _close(self) -> None:
        reason, period, ledger = self.reason.text().strip(), self.periods.currentData(), self._desk.ledger
        if len(reason) < LEAST_REASON:
            self._desk.notice("提前截止要写明理由", wrong=True)
            return
        self._keep.keep(f"{period.label}已提前截止", lambda: close_period(ledger, period, reason), lambda _r: self.reason.clear())

    def _open(self) -> None:
        chosen: Closed | None = self.table.current()
        if chosen is None:
            return
        (period, _), ledger = chosen, self._desk.ledger
        self._keep.keep(f"已取消{period.label}的提前截止", lambda: reopen_period(ledger, period))
