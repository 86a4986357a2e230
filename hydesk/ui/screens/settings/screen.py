"""The screen 设置: units, the lamp rule, the ledger's place, the look; the checks; what is remembered."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from hydesk import __version__
from hydesk.domain.findings import Finding
from hydesk.domain.indicators import LampMode, LampRule
from hydesk.domain.snapshot import ReportingUnit
from hydesk.services.list_standings import list_units
from hydesk.services.remember_decision import Decision, list_decisions
from hydesk.services.settings import ListedRule, lamp_rule, list_check_rules, set_lamp_rule
from hydesk.ui import style, tokens
from hydesk.ui.changes import DECISIONS, RULES, UNITS
from hydesk.ui.desk import Desk
from hydesk.ui.jobs import Progress
from hydesk.ui.screens.settings.checks import ChecksPage
from hydesk.ui.screens.settings.decisions import DecisionsPage
from hydesk.ui.widgets.basic import Card, button, label
from hydesk.ui.widgets.simple import SimpleColumn, SimpleTable

_THEMES = (("light", "浅色"), ("dark", "深色"), ("system", "跟随系统"))


@dataclass(frozen=True, slots=True)
class _Read:
    units: list[ReportingUnit]
    rule: LampRule
    checks: tuple[ListedRule, ...]
    decisions: list[Decision]


class SettingsScreen(QWidget):
    """Three pages: 常用 (units at the left; rule, ledger and look at the right), 核对规则 and 记住的判定."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._stale = True
        self._shown_rule: LampRule | None = None
        self.units = SimpleTable([
            SimpleColumn("单位", lambda u: u.name, 150), SimpleColumn("性质", lambda u: u.kind, 100),
            SimpleColumn("区划代码", lambda u: u.region_code or "—", 92),
            SimpleColumn("报表里的简称", lambda u: "、".join(u.short_names) or "—", 0),
        ], desk.theme, "填报单位")
        self.mode = QComboBox()
        self.lagging, self.serious = _percent(), _percent()
        self.sentence = label("", "quiet", wrap=True)
        self.backup_state = label("", "quiet", wrap=True)
        self.theme = QComboBox()
        self.checks = ChecksPage(desk)
        self.decisions = DecisionsPage(desk)
        self._lay_out()
        for box in (self.lagging, self.serious):
            box.valueChanged.connect(lambda _v: self._say_rule())
        self.mode.currentIndexChanged.connect(lambda _i: self._say_rule())
        desk.changes.ledger_changed.connect(self._changed)

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(tokens.GAP)
        for one in (self._rule_card(), self._ledger_card(), self._look_card()):
            right.addWidget(one)
        right.addStretch(1)
        units, inside = _card("填报单位")
        inside.setContentsMargins(1, 10, 1, 1)
        inside.itemAt(0).widget().setContentsMargins(13, 0, 0, 0)  # type: ignore[union-attr]
        inside.addWidget(self.units, 1)
        page = QWidget()
        body = QHBoxLayout(page)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(tokens.GAP)
        body.addWidget(units, 1)
        body.addLayout(right, 1)
        self.tabs, pages = QTabBar(), QStackedWidget()
        self.tabs.setDrawBase(False)
        for name, shown in (("常用", page), ("核对规则", self.checks), ("记住的判定", self.decisions)):
            self.tabs.addTab(name)
            pages.addWidget(shown)
        self.tabs.currentChanged.connect(pages.setCurrentIndex)
        head = QHBoxLayout()
        head.setSpacing(24)
        head.addWidget(label("设置", "title"))
        head.addWidget(self.tabs)
        head.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.PAGE_MARGIN, 12, tokens.PAGE_MARGIN, tokens.PAGE_MARGIN)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(pages, 1)

    def _rule_card(self) -> Card:
        card, inside = _card("进度判定")
        self.mode.addItem("按落后时间进度的百分点", LampMode.POINTS)
        self.mode.addItem("按时序应完成额的比例", LampMode.RATIO)
        self.mode.setAccessibleName("判定方式")
        self.lagging.setAccessibleName("滞后界限")
        self.serious.setAccessibleName("严重滞后界限")
        grid = QGridLayout()
        grid.setColumnStretch(3, 1)
        grid.addWidget(label("方式", "quiet"), 0, 0)
        grid.addWidget(self.mode, 0, 1, 1, 2)
        grid.addWidget(label("◆ 滞后", "quiet"), 1, 0)
        grid.addWidget(self.lagging, 1, 1)
        grid.addWidget(label("■ 严重滞后", "quiet"), 2, 0)
        grid.addWidget(self.serious, 2, 1)
        inside.addLayout(grid)
        inside.addWidget(self.sentence)
        row = QHBoxLayout()
        row.addWidget(button("按此判定", self._save_rule, kind="primary"))
        row.addStretch(1)
        inside.addLayout(row)
        return card

    def _ledger_card(self) -> Card:
        card, inside = _card("台账")
        where = label(self._desk.ledger.location, "", wrap=True)
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inside.addWidget(where)
        inside.addWidget(self.backup_state)
        row = QHBoxLayout()
        row.setSpacing(8)
        for text, act in (("打开所在文件夹", self._open_folder), ("立即备份…", self.back_up), ("恢复备份…", self._restore),
                          ("检查台账", self._check)):
            one = button(text, act)
            one.setEnabled(self._desk.ledger.path is not None or text == "检查台账")
            row.addWidget(one)
        row.addStretch(1)
        inside.addLayout(row)
        return card

    def _look_card(self) -> Card:
        card, inside = _card("界面")
        for key, word in _THEMES:
            self.theme.addItem(word, key)
        now = str(self._desk.settings.value("theme", "light"))
        self.theme.setCurrentIndex(max(0, self.theme.findData(now)))
        self.theme.setAccessibleName("颜色")
        self.theme.activated.connect(self._dress)
        row = QHBoxLayout()
        row.addWidget(label("颜色", "quiet"))
        row.addWidget(self.theme)
        row.addStretch(1)
        row.addWidget(label(f"hydesk {__version__}", "quiet"))
        inside.addLayout(row)
        return card

    # Reading ----------------------------------------------------------------------------------------------

    def shown(self) -> None:
        """Read again if something changed."""
        last = self._desk.settings.value(f"last_backup/{self._desk.ledger.location}")
        self.backup_state.setText(f"最近备份：{str(last)[:16].replace('T', ' ')}" if last else "还没有备份。")
        if self._stale:
            self.reload()

    def take(self, request: Any) -> None:
        """Nothing can be asked of this screen."""

    def _changed(self, what: frozenset[str]) -> None:
        if what & {UNITS, RULES, DECISIONS}:
            self._stale = True
            if self.isVisible():
                self.reload()

    def reload(self) -> None:
        """Read units, rules and what is remembered."""
        self._stale = False
        ledger = self._desk.ledger

        def work(_progress: Progress) -> _Read:
            return _Read(list_units(ledger), lamp_rule(ledger), list_check_rules(ledger), list_decisions(ledger))

        self._desk.jobs.start("读取设置", work, self, done=self._show, quiet=True)

    def _show(self, read: _Read) -> None:
        self.units.simple.show_items(read.units)
        self.checks.show_rules(read.checks)
        self.decisions.show_decisions(read.decisions)
        if read.rule != self._shown_rule:  # otherwise what is being edited stays
            self._shown_rule = read.rule
            self.mode.setCurrentIndex(self.mode.findData(read.rule.mode))
            self.lagging.setValue(float(read.rule.lagging * 100))
            self.serious.setValue(float(read.rule.serious * 100))
        self._say_rule()

    def _rule(self) -> LampRule:
        def share(box: QDoubleSpinBox) -> Decimal:
            return Decimal(box.cleanText() or "0") / 100

        return LampRule(self.mode.currentData(), share(self.lagging), share(self.serious))

    def _say_rule(self) -> None:
        points = self.mode.currentData() is LampMode.POINTS
        for box in (self.lagging, self.serious):
            box.setSuffix(" 个百分点" if points else " %")
        self.sentence.setText(self._rule().sentence + "。")

    # Doing ------------------------------------------------------------------------------------------------

    def _save_rule(self) -> None:
        rule, ledger = self._rule(), self._desk.ledger
        ordered = rule.lagging <= rule.serious if rule.mode is LampMode.POINTS else rule.lagging >= rule.serious
        if not ordered:
            self._desk.notice("严重滞后的界限应比滞后更严，请改正后再保存", wrong=True)
            return

        def work(_progress: Progress) -> LampRule:
            old = lamp_rule(ledger)
            set_lamp_rule(ledger, rule)
            return old

        self._desk.jobs.start("保存判定规则", work, self, done=self._saved, writes=True, quiet=True)

    def _saved(self, old: LampRule) -> None:
        ledger = self._desk.ledger

        def back() -> None:
            self._desk.jobs.start("撤销", lambda _p: set_lamp_rule(ledger, old), self, writes=True, quiet=True,
                                  done=lambda _r: self._desk.changes.tell(RULES))

        self._desk.changes.tell(RULES)
        self._desk.notice("已按新规则判定", back)

    def _open_folder(self) -> None:
        if self._desk.ledger.path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._desk.ledger.path.parent)))

    def back_up(self) -> None:
        """Ask where, and copy the ledger there."""
        from hydesk.services.backup_ledger import backup_ledger

        ledger = self._desk.ledger
        path, _ = QFileDialog.getSaveFileName(self, "备份台账", "重点项目台账备份.hydesk", "台账 (*.hydesk)")
        if path:
            self._desk.jobs.start("备份", lambda _p: backup_ledger(ledger, Path(path)), self,
                                  done=lambda _r: self._desk.notice(f"已备份到 {path}"))

    def _restore(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "恢复备份", "", "台账 (*.hydesk *.db)")
        if path and self._sure(path):
            self._desk.restore_asked.emit(path)

    def _sure(self, path: str) -> bool:
        text = f"台账将换成备份“{Path(path).name}”里的内容。现在的台账会先另存一份在旁边。"
        box = QMessageBox(QMessageBox.Icon.Question, "恢复备份", text, parent=self)
        go = box.addButton("恢复", QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton("取消", QMessageBox.ButtonRole.RejectRole))
        box.exec()
        return box.clickedButton() is go

    def _check(self) -> None:
        from hydesk.services.check_ledger import check_open

        ledger = self._desk.ledger

        def done(found: list[Finding]) -> None:
            if found:
                self._desk.notice(f"发现 {len(found)} 处问题：{found[0].message}", wrong=True)
            else:
                self._desk.notice("台账完好，数字前后一致")

        self._desk.jobs.start("检查台账", lambda _p: check_open(ledger), self, done=done)

    def _dress(self, index: int) -> None:
        choice = str(self.theme.itemData(index))
        self._desk.settings.setValue("theme", choice)
        self._desk.theme.palette = style.palette_for(choice)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            style.dress(app, self._desk.theme)


def _percent() -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setDecimals(1)
    box.setRange(0, 200)
    box.setSingleStep(5)
    box.setMinimumSize(130, 28)
    return box


def _card(title: str) -> tuple[Card, QVBoxLayout]:
    card = Card()
    layout = QVBoxLayout(card)
    layout.setContentsMargins(14, 10, 14, 12)
    layout.setSpacing(8)
    heading: QLabel = label(title, "heading")
    layout.addWidget(heading)
    return card, layout
