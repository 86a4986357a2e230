"""The top line: ledger's name, current period, search, state of saving and backup."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFrame, QMenu, QToolButton, QWidget

from hydesk.domain.periods import Period
from hydesk.domain.touched import Touched
from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.frame.finder import Finder
from hydesk.ui.frame.ledger_menu import LedgerMenu
from hydesk.ui.kit.basic import label
from hydesk.ui.kit.boxes import in_row
from hydesk.ui.plain import plain_text


class TopLine(QFrame):
    """One place to change the period for the whole window."""

    def __init__(self, desk: Desk, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.offered: tuple[Period, ...] = ()
        self.setObjectName("topline")
        self.setFixedHeight(tokens.TOP_LINE)
        self.name = LedgerMenu(desk, name)
        self.periods = QComboBox()
        self.periods.setAccessibleName("报告期")
        self.periods.setToolTip("报告期：全窗口一起换")
        self.periods.setMaxVisibleItems(16)
        self.periods.setMinimumWidth(112)
        self.finder = Finder(desk)
        self.saved, self.claimed = label("", "quiet"), label("", "quiet")
        self.claimed.setAccessibleName("别人正在做的")
        in_row(
            self.periods, self.finder, 1, self.claimed, self._unwritten_button(), self.name, self.saved, on=self, gap=12,
            margins=(tokens.PAGE_MARGIN, 0, tokens.PAGE_MARGIN, 0))
        self.periods.activated.connect(self._choose)
        desk.period_changed.connect(self._show)
        desk.changes.ledger_changed.connect(self._read_again)

    def _unwritten_button(self) -> QToolButton:
        """What a server did not take, as long as it is kept."""
        operations, made = self._desk.operations, QToolButton()
        self.unwritten = made
        made.setObjectName("menu")
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        made.setAccessibleName("没有写入的步骤")
        made.setToolTip("服务器没有回答时做的，还没有写进台账")
        menu = QMenu(made)
        made.setMenu(menu)
        made.hide()

        def fill() -> None:
            menu.clear()
            menu.addAction("写入", operations.write_again)
            menu.addSeparator()
            for one in operations.unwritten[:12]:
                menu.addAction(one.what.replace("&", "&&")).setEnabled(False)
            menu.addSeparator()
            menu.addAction("放弃，不写入", operations.give_up)

        def count(steps: int) -> None:
            made.setText(f"■ {steps} 步没有写入 ▾")
            made.setVisible(bool(steps))

        menu.aboutToShow.connect(fill)
        operations.unwritten_changed.connect(count)
        return made

    def _read_again(self, what: frozenset[str]) -> None:
        """A list of another year may have come in, by 年度结转 or from Excel."""
        if Touched.PLANS not in what or not self.offered:
            return
        from hydesk.ui.frame.opening import periods_of

        ledger = self._desk.ledger

        def done(found: tuple[Period, tuple[Period, ...]]) -> None:
            if found[1] != self.offered:
                self.offer(found[1])

        self._desk.jobs.start("读取报告期", lambda _p: periods_of(ledger), self, done=done, quiet=True)

    def offer(self, known: Iterable[Period]) -> None:
        """Offer the months of the years that are known, newest first."""
        current = self._desk.period
        self.offered = tuple(known)
        years = sorted({p.year for p in self.offered} | {current.year}, reverse=True)
        held = set(self.offered)
        self.periods.clear()
        for year in years:
            for month in range(12, 0, -1):
                period = Period.month(year, month)
                self.periods.addItem(period.label, period)
                if period not in held:
                    last = self.periods.count() - 1
                    self.periods.setItemData(last, "还没有数据", Qt.ItemDataRole.ToolTipRole)
                    self.periods.setItemData(last, self.palette().placeholderText(), Qt.ItemDataRole.ForegroundRole)
        self._show(current)

    def _show(self, period: Period) -> None:
        for i in range(self.periods.count()):
            if self.periods.itemData(i) == period:
                self.periods.setCurrentIndex(i)
                return
        self.periods.addItem(period.label, period)
        self.periods.setCurrentIndex(self.periods.count() - 1)

    def _choose(self, index: int) -> None:
        self._desk.set_period(self.periods.itemData(index))

    def say_saved(self, text: str, tip: str = "") -> None:
        """Show the state of the last save and backup."""
        self.saved.setText(text)
        self.saved.setToolTip(plain_text(tip))

    def say_claimed(self, text: str, tip: str = "") -> None:
        """Who else has in hand what is in front; empty: nobody."""
        if text != self.claimed.text():
            self.claimed.setText(text)
            self.claimed.setToolTip(plain_text(tip))
