"""The reporting units: who reports, in what order, of what kind, and how returns call them. Every change is one act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from hydesk.domain.done import Done
from hydesk.domain.people import Right
from hydesk.domain.snapshot import ReportingUnit
from hydesk.services.projects.edit_unit import KINDS, edit_unit
from hydesk.services.projects.keep_units import add_unit, arrange_units, retire_unit, take_up_unit
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.boxes import in_row
from hydesk.ui.kit.escape import on_escape
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.offering import offer
from hydesk.ui.kit.words import CANCEL, CHANGE, DOWN, SAVE, UNIT, UP
from hydesk.ui.operations import DECIDING


class UnitsPart(QWidget):
    """The table with its acts, and below it the form of the unit that is added or edited."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._name: str | None = None
        """The unit that is edited; None while one is added."""
        self._wanted = ""

        def faint(u: ReportingUnit) -> QColor | None:
            return QColor(desk.theme.palette.quiet) if u.retired else None

        self.table = Listing([
            ListColumn(UNIT, lambda u: f"{u.name}（停用）" if u.retired else u.name, 130, color=faint),
            ListColumn("性质", lambda u: u.kind, 80, color=faint),
            ListColumn("分组", lambda u: u.group or u.kind, 80, color=faint),
            ListColumn("区划代码", lambda u: u.region_code or "—", 84, color=faint),
            ListColumn("报表里的简称", lambda u: "、".join(u.short_names) or "—", 112, color=faint, stretch=True),
        ], desk.theme, "填报单位")
        self.name, self.kind, self.code, self.shorts = QLineEdit(), QComboBox(), QLineEdit(), QLineEdit()
        self.group = QComboBox()
        self.wrong, self.refused = label("", "error", wrap=True), label("", "error", wrap=True)
        self.retire = button("停用", self.turn_off)
        self.acts, self.form = QWidget(), QWidget()
        self.form.setProperty(DECIDING, True)
        self._lay_out()
        self._bind()

    def _bind(self) -> None:
        self.table.opened.connect(self.begin)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._follow())
        keys: tuple[tuple[str, Callable[[], None]], ...] = (
            ("F2", self.begin), ("Insert", self.begin_new),
            ("Alt+Up", lambda: self.shift(-1)), ("Alt+Down", lambda: self.shift(1)))
        self.table.bind(keys)
        for line in (self.name, self.code, self.shorts):
            line.returnPressed.connect(self.save)
        on_escape(self.form, self._leave)

    def _lay_out(self) -> None:
        self.kind.setEditable(True)
        self.kind.addItems(KINDS)
        self.group.setEditable(True)
        for one, name in ((self.name, "单位名称"), (self.kind, "单位性质"), (self.group, "分组"), (self.code, "区划代码"), (self.shorts, "报表里的简称")):
            one.setAccessibleName(name)
        line = self.group.lineEdit()
        assert line is not None
        line.setPlaceholderText("不填就按性质分组；分组用于排名和范围")
        self.code.setPlaceholderText("6 位，园区和部门可不填")
        self.shorts.setPlaceholderText("用顿号隔开；更名后，原名自动留作简称")
        acts = QHBoxLayout(self.acts)
        acts.setContentsMargins(13, 4, 13, 8)
        acts.setSpacing(8)
        for made in (button("新增单位", self.begin_new, tip="Insert"), button(CHANGE, self.begin, tip="Enter 或 F2"),
                     button(UP, lambda: self.shift(-1), tip="Alt+↑"), button(DOWN, lambda: self.shift(1), tip="Alt+↓"),
                     self.retire):
            offer(self._desk, Right.UNITS, made)
            acts.addWidget(made)
        acts.addStretch(1)
        rows = QFormLayout(self.form)
        rows.setContentsMargins(13, 4, 13, 8)
        rows.addRow("名称", self.name)
        rows.addRow("性质", self.kind)
        rows.addRow("分组", self.group)
        rows.addRow("区划代码", self.code)
        rows.addRow("简称", self.shorts)
        rows.addRow(self.wrong)
        ends = in_row(button(SAVE, self.save, kind="primary", tip="Enter"), button(CANCEL, self._leave, tip="Esc"), 1)
        rows.addRow(ends)
        self.hint = label("次序就是各表、各报告里单位的次序。停用的单位不再列入选择，过去的数字仍在它名下。", "small", wrap=True)
        for said in (self.hint, self.refused):
            said.setContentsMargins(13, 2, 13, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for part in (self.table, self.hint, self.refused, self.acts, self.form):
            layout.addWidget(part, 1 if part is self.table else 0)
        self.form.hide()
        self.refused.hide()

    @property
    def current(self) -> ReportingUnit | None:
        """The selected unit."""
        index = self.table.currentIndex()
        return self.table.list.items[index.row()] if index.isValid() else None

    def show_units(self, units: list[ReportingUnit]) -> None:
        """Show the units in the office's order; the same one stays selected, or the one just added or renamed."""
        held = self._wanted or (self.current.name if self.current else "")
        self._wanted = ""
        self.table.list.show_items(units)
        at = next((i for i, u in enumerate(units) if u.name == held), -1)
        if at >= 0:
            self.table.setCurrentIndex(self.table.list.index(at, 0))
            self.table.scrollTo(self.table.list.index(at, 0))
        self._follow()

    def _follow(self) -> None:
        unit = self.current
        self.retire.setEnabled(unit is not None)
        self.retire.setText("重新启用" if unit is not None and unit.retired else "停用")
        self.refused.hide()

    def begin(self) -> None:
        """Edit the selected unit."""
        if (unit := self.current) is not None and not self._desk.refuses(Right.UNITS):
            self._fill(unit)
            self._name = unit.name

    def begin_new(self) -> None:
        """Ask for a new unit."""
        if self._desk.refuses(Right.UNITS):
            return
        self._fill(ReportingUnit("", KINDS[0]))
        self._name = None

    def _fill(self, unit: ReportingUnit) -> None:
        self.name.setText(unit.name)
        self.kind.setCurrentText(unit.kind)
        self.group.clear()
        self.group.addItems(["", *dict.fromkeys(u.group for u in self.table.list.items if u.group)])
        self.group.setCurrentText(unit.group)
        self.code.setText(unit.region_code or "")
        self.shorts.setText("、".join(unit.short_names))
        self.wrong.clear()
        self.hint.hide()
        self.acts.hide()
        self.refused.hide()
        self.form.show()
        self.name.setFocus(Qt.FocusReason.TabFocusReason)
        self.name.selectAll()

    def _leave(self) -> None:
        self.form.hide()
        self.hint.show()
        self.acts.show()
        self.table.setFocus()

    def save(self) -> None:
        """Write what is typed."""
        ledger, name, new = self._desk.ledger, self._name, self.name.text().strip()
        kind, code, group = self.kind.currentText(), self.code.text(), self.group.currentText()
        shorts = self.shorts.text().replace("，", "、").replace(",", "、").split("、")

        def write() -> Done[Any]:
            if name is None:
                return add_unit(ledger, new, kind, shorts, code, group=group)
            return edit_unit(ledger, name, new, kind, shorts, code, group=group)

        def done() -> None:
            self._wanted = new
            self._leave()

        self._write(write, f"填报单位“{new}”已保存", done, self.wrong)

    def shift(self, step: int) -> None:
        """Move the selected unit up or down in the office's order."""
        unit = self.current
        names = [u.name for u in self.table.list.items]
        if unit is None or not 0 <= (to := (at := names.index(unit.name)) + step) < len(names):
            return
        names[at], names[to] = names[to], names[at]
        self._write(lambda: arrange_units(self._desk.ledger, names), "次序已调整")

    def turn_off(self) -> None:
        """Retire the selected unit, or take it up again."""
        unit = self.current
        if unit is None:
            return
        act, said = (take_up_unit, "已重新启用") if unit.retired else (retire_unit, "已停用")
        self._write(lambda: act(self._desk.ledger, unit.name), f"“{unit.name}”{said}")

    def _write(self, write: Callable[[], Done[Any]], said: str, done: Callable[[], None] = lambda: None, wrong: QLabel | None = None) -> None:
        """Do it in a job; what is refused is said in ``wrong``, beside what was asked."""
        beside = wrong or self.refused

        def refused(sentence: str) -> None:
            beside.setText(sentence)
            beside.show()

        self._desk.operations.run("保存单位", write, self, said, done=lambda _r: done(), refused=refused, right=Right.UNITS)
