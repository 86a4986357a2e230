"""The reporting units: who reports, of what kind, and how returns call them; Enter or F2 edits one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from hydesk.domain.errors import HydeskError
from hydesk.domain.snapshot import ReportingUnit
from hydesk.services.edit_unit import KINDS, edit_unit
from hydesk.ui.changes import PROJECTS, UNITS
from hydesk.ui.desk import Desk
from hydesk.ui.widgets.basic import button, label
from hydesk.ui.widgets.escape import on_escape
from hydesk.ui.widgets.simple import SimpleColumn, SimpleTable


class UnitsPart(QWidget):
    """The table, and below it the form of the unit that is edited."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._name = ""
        self.table = SimpleTable([
            SimpleColumn("单位", lambda u: u.name, 150), SimpleColumn("性质", lambda u: u.kind, 100),
            SimpleColumn("区划代码", lambda u: u.region_code or "—", 92),
            SimpleColumn("报表里的简称", lambda u: "、".join(u.short_names) or "—", 0),
        ], desk.theme, "填报单位")
        self.name, self.kind, self.shorts = QLineEdit(), QComboBox(), QLineEdit()
        self.wrong = label("", "error", wrap=True)
        self.form = QWidget()
        self._lay_out()
        self.table.doubleClicked.connect(lambda _i: self.begin())
        for keys in ("F2", "Return", "Enter"):
            shortcut = QShortcut(QKeySequence(keys), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(self.begin)
        for line in (self.name, self.shorts):
            line.returnPressed.connect(self.save)
        on_escape(self.form, self._leave)

    def _lay_out(self) -> None:
        self.kind.setEditable(True)
        self.kind.addItems(KINDS)
        for one, name in ((self.name, "单位名称"), (self.kind, "单位性质"), (self.shorts, "报表里的简称")):
            one.setAccessibleName(name)
        self.shorts.setPlaceholderText("用顿号隔开；更名后，原名自动留作简称")
        rows = QFormLayout(self.form)
        rows.setContentsMargins(13, 4, 13, 8)
        rows.addRow("名称", self.name)
        rows.addRow("性质", self.kind)
        rows.addRow("简称", self.shorts)
        rows.addRow(self.wrong)
        acts = QHBoxLayout()
        acts.addWidget(button("保存", self.save, kind="primary", tip="Enter"))
        acts.addWidget(button("取消", self._leave, tip="Esc"))
        acts.addStretch(1)
        rows.addRow(acts)
        self.hint = label("选一个单位按 Enter 或双击修改；导入项目清单时出现的新单位自动列入。", "small", wrap=True)
        self.hint.setContentsMargins(13, 2, 13, 6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.hint)
        layout.addWidget(self.form)
        self.form.hide()

    def show_units(self, units: list[ReportingUnit]) -> None:
        """Show the units in the office's order."""
        self.table.simple.show_items(units)

    def begin(self) -> None:
        """Edit the selected unit."""
        index = self.table.currentIndex()
        if not index.isValid():
            return
        unit: ReportingUnit = self.table.simple.items[index.row()]
        self._name = unit.name
        self.name.setText(unit.name)
        self.kind.setCurrentText(unit.kind)
        self.shorts.setText("、".join(unit.short_names))
        self.wrong.clear()
        self.hint.hide()
        self.form.show()
        self.name.setFocus(Qt.FocusReason.TabFocusReason)
        self.name.selectAll()

    def _leave(self) -> None:
        self.form.hide()
        self.hint.show()
        self.table.setFocus()

    def save(self) -> None:
        """Write what is typed."""
        ledger, name, new, kind = self._desk.ledger, self._name, self.name.text(), self.kind.currentText()
        shorts = self.shorts.text().replace("，", "、").replace(",", "、").split("、")

        def done(_count: int) -> None:
            self._leave()
            self._desk.changes.tell(UNITS, PROJECTS)
            self._desk.notice(f"填报单位“{new.strip()}”已保存，Ctrl+Z 撤销")

        def failed(error: Exception) -> None:
            if isinstance(error, HydeskError):
                self.wrong.setText(str(error))
            else:
                self._desk.jobs.failed.emit(error)

        self._desk.jobs.start("保存单位", lambda _p: edit_unit(ledger, name, new, kind, shorts), self,
                              done=done, failed=failed, writes=True, quiet=True)
