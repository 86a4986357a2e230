"""核对规则: how much each check of a return weighs, or that it is left out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QScrollArea, QWidget

from hydesk.domain.findings import Level
from hydesk.domain.people import Right
from hydesk.services.rules.settings import ListedRule, set_check_level
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import Card, label
from hydesk.ui.kit.boxes import in_column
from hydesk.ui.kit.offering import offer
from hydesk.ui.tokens import LEVEL_MARK

OFF = "不查"


def word(level: Level | None) -> str:
    """错误, 提醒, 说明 or 不查."""
    return level.label if level else OFF


class _LevelBox(QComboBox):
    """A choice that the wheel passes over, since it stands in a page that scrolls."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ChecksPage(Card):
    """One line a rule; a choice is kept at once and can be taken back."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._rules: tuple[ListedRule, ...] = ()
        self.boxes: dict[str, QComboBox] = {}
        self._usual: dict[str, QWidget] = {}
        body = QWidget()
        self._grid = QGridLayout(body)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(3, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(body)
        in_column(label("错误：整行待核，不入库。提醒：入库，请确认。说明：只供参考。改动对以后读取的报表有效。", "quiet"), (area, 1), on=self, gap=8, margins=(14, 10, 6, 12))

    def show_rules(self, rules: tuple[ListedRule, ...]) -> None:
        """Show the levels in force."""
        self._rules = rules
        for rule in rules:
            if rule.code not in self.boxes:
                self._add(rule)
            box = self.boxes[rule.code]
            box.setCurrentIndex(box.findData(rule.level))
            self._usual[rule.code].setVisible(rule.level is not rule.usual)

    def _add(self, rule: ListedRule) -> None:
        box = _LevelBox()
        for level in (*Level, None):
            box.addItem(f"{LEVEL_MARK[level]} {word(level)}" if level else f"　{OFF}", level)
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.setMinimumSize(104, 28)
        box.setAccessibleName(rule.title)
        if rule.fixed:
            box.setEnabled(False)
            box.setToolTip("台账不收负数，这一条不能放宽")
        box.activated.connect(lambda _i, code=rule.code: self._choose(code))
        offer(self._desk, Right.RULES, box, stays=True)
        usual = label(f"原为{word(rule.usual)}", "quiet")
        row = len(self.boxes)
        self._grid.addWidget(label(rule.title), row, 0)
        self._grid.addWidget(box, row, 1)
        self._grid.addWidget(usual, row, 2)
        self._grid.setRowStretch(row, 0)
        self._grid.setRowStretch(row + 1, 1)
        self.boxes[rule.code], self._usual[rule.code] = box, usual

    def _choose(self, code: str) -> None:
        rule = next(r for r in self._rules if r.code == code)
        level: Level | None = self.boxes[code].currentData()
        if level is rule.level:
            return
        ledger = self._desk.ledger
        self._desk.operations.run("保存核对规则", lambda: set_check_level(ledger, code, level), self,
                                  f"“{rule.title}”改为{word(level)}", right=Right.RULES)
