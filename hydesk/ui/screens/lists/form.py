"""The panel in which one dated act on the list is entered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from hydesk.domain.done import Done
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import NATURES, Field
from hydesk.domain.lists import Ground, SplitPart
from hydesk.domain.standing import ProjectStanding
from hydesk.domain.typed_money import read_wan, show_wan
from hydesk.services.projects import adjust_list
from hydesk.services.projects.merge_projects import merge_projects
from hydesk.services.projects.split_project import split_project
from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import Card, button, label
from hydesk.ui.kit.boxes import in_column
from hydesk.ui.kit.keys import on_ctrl_enter
from hydesk.ui.kit.typed_date import TypedDate
from hydesk.ui.screens.lists.typed import ProjectField, lines_of

FIGURES = ("total", "plan")
KINDS: dict[str, tuple[str, ...]] = {
    "调整": ("project", *FIGURES, "nature", "goal"), "新增": ("name", "unit", *FIGURES, "nature", "goal", "batch"),
    "更名": ("project", "name"), "退出": ("project",), "重新列入": ("project",), "拆分": ("project", "parts"),
    "合并": ("merged", "name", "package"),
}
"""The kinds of acts, and the fields each asks for."""
HINTS = {
    "退出": "从退出日期起不再计入；之前各期的报表不变。", "更名": "原名留作曾用名，报表写原名也能对上。",
    "拆分": "每行一个：名称、总投资、年度计划（万元），可从 Excel 粘贴。合计必须与原项目相等，已完成的投资按总投资分摊。",
    "合并": "每行一个编号，第一个是合并后的项目。各期数字相加，原编号和名称都还能查到。",
}


class ActForm(Card):
    """Kind, project, figures, date, reason and document; Ctrl+Enter or the button enters the act."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._listed: list[ProjectStanding] = []
        self._left: list[ProjectStanding] = []
        self._wanted: int | None = None
        self.kind, self.project = QComboBox(), ProjectField()
        self.name, self.total, self.plan = QLineEdit(), QLineEdit(), QLineEdit()
        self.unit, self.nature = QComboBox(), QComboBox()
        self.goal, self.batch = QLineEdit(), QLineEdit()
        self.parts, self.merged = QPlainTextEdit(), QPlainTextEdit()
        self.package = QCheckBox("合并成打包项目，原项目作子项目")
        self.on = TypedDate("日期", desk.period.year)
        self.reason, self.document = QLineEdit(), QLineEdit()
        self.hint, self.wrong = label("", "small", wrap=True), label("", "error", wrap=True)
        self.enter = button("登记", self.submit, kind="primary", tip="登记这次调整（Ctrl+Enter）")
        on_ctrl_enter(self, self.submit)
        self.rows: dict[str, tuple[str, QWidget]] = {
            "project": ("项目", self.project), "name": ("名称", self.name), "unit": ("填报单位", self.unit),
            "total": ("总投资（万元）", self.total), "plan": ("年度计划（万元）", self.plan),
            "nature": ("建设性质", self.nature), "goal": ("年度目标", self.goal), "batch": ("批次", self.batch),
            "parts": ("拆分为", self.parts), "merged": ("合并项目", self.merged), "package": ("", self.package)}
        self._lay_out()
        self.kind.currentTextChanged.connect(self._turn)
        self.project.textChanged.connect(lambda _t: self._fill())
        self._turn(self.kind.currentText())

    def _lay_out(self) -> None:
        self.setFixedWidth(tokens.PANEL_WIDTH)
        self.kind.addItems(list(KINDS))
        self.kind.setAccessibleName("做什么")
        self.nature.addItems(["", *NATURES])
        self.form = QFormLayout()
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setVerticalSpacing(7)
        self.form.addRow(label("做什么", "quiet"), self.kind)
        for called, widget in self.rows.values():
            widget.setAccessibleName(called or self.package.text())
            self.form.addRow(label(called, "quiet"), widget)
        for box in (self.parts, self.merged):
            box.setFixedHeight(84)
            box.setTabChangesFocus(True)
        self.parts.setPlaceholderText("甲段, 50000, 8000\n乙段, 30000, 5000")
        self.merged.setPlaceholderText("HY2023-001\nHY2023-002")
        for called, line in (("理由", self.reason), ("文号", self.document)):
            line.setAccessibleName(called)
        self.reason.setPlaceholderText("必填，如 市政府常务会议议定")
        self.document.setPlaceholderText("可不填，如 衡重点〔2023〕5号")
        self.form.addRow(label("日期", "quiet"), self.on)
        self.form.addRow(label("理由", "quiet"), self.reason)
        self.form.addRow(label("文号", "quiet"), self.document)
        in_column(
            label("登记一次调整", "heading"), self.form, self.hint, self.wrong, self.enter, 1, on=self, gap=8, margins=(14, 12, 14, 12))

    def offer(self, listed: list[ProjectStanding], left: list[ProjectStanding], units: list[str], year: int) -> None:
        """The projects and units to choose from; ``left`` are those that have left the list of ``year``."""
        self._listed, self._left, self.on.year = listed, left, year
        if not self.on.line.text():
            today = date.today()
            self.on.show_value(today if today.year == year else min(self._desk.period.end, date(year, 12, 31)))
        if [self.unit.itemText(i) for i in range(self.unit.count())] != units:
            self.unit.clear()
            self.unit.addItems(units)
        self._offer()
        if self._wanted is not None:
            self.project.take(self._wanted)
            self._wanted = None

    def _offer(self) -> None:
        self.project.offer(self._left if self.kind.currentText() == "重新列入" else self._listed)

    def take_project(self, project_id: int) -> None:
        """Begin with this project, once the projects are read."""
        self._wanted = None if self._listed else project_id
        self._offer()
        self.project.take(project_id)
        self.project.setFocus()

    def _turn(self, kind: str) -> None:
        for key, (_, widget) in self.rows.items():
            self.form.setRowVisible(widget, key in KINDS[kind])
        self.hint.setText(HINTS.get(kind, ""))
        self.hint.setVisible(kind in HINTS)
        self.wrong.hide()
        self._offer()
        self._fill()

    def _fill(self) -> None:
        """Put what the ledger holds of the project in."""
        found = self.project.found()
        if found is None or "project" not in KINDS[self.kind.currentText()]:
            return
        self.total.setText(show_wan(found.total_investment))
        self.plan.setText(show_wan(found.annual_plan))
        self.nature.setCurrentText(found.nature)
        self.goal.setText(found.year_goal)

    def submit(self) -> None:
        """Enter the act; what is wrong is said here, and nothing is written."""
        self.wrong.hide()
        try:
            act, said = self._act()
        except HydeskError as e:
            self._refuse(str(e))
            return

        self._desk.operations.run("登记调整", act, self, said, done=lambda _r: self._clear(), refused=self._refuse)

    def _refuse(self, sentence: str) -> None:
        self.wrong.setText(sentence)
        self.wrong.show()

    def _clear(self) -> None:
        for line in (self.project, self.name, self.total, self.plan, self.goal, self.reason):
            line.clear()
        self.parts.clear()
        self.merged.clear()

    def _act(self) -> tuple[Callable[[], Done[Any]], str]:
        """What is to be done, and how it is told afterwards."""
        ledger, year, kind = self._desk.ledger, self._desk.period.year, self.kind.currentText()
        day = self.on.day()
        if day is None:
            raise HydeskError("请填写日期")
        ground = Ground(day, self.reason.text(), self.document.text()).checked()
        if kind == "新增":
            values = self._values() | {Field.NAME: self.name.text().strip(), Field.BATCH: self.batch.text().strip(),
                                       Field.REPORTING_UNIT: self.unit.currentText()}
            return (lambda: adjust_list.add_project(ledger, year, values, ground)), f"已新增“{self.name.text().strip()}”"
        if kind == "合并":
            ids, name, package = self._merged(), self.name.text().strip(), self.package.isChecked()
            return (lambda: merge_projects(ledger, ids, year, ground, name=name, as_package=package)), f"已合并 {len(ids)} 个项目"
        one = self.project.project()
        if kind == "拆分":
            parts = self._parts()
            return (lambda: split_project(ledger, one.id, year, parts, ground)), f"“{one.name}”已拆分为 {len(parts)} 个"
        if kind == "更名":
            name = self.name.text().strip()
            return (lambda: adjust_list.rename_project(ledger, one.id, year, name, ground)), f"已更名为“{name}”"
        if kind == "退出":
            return (lambda: adjust_list.exit_list(ledger, one.id, year, ground)), f"“{one.name}”已退出{year}年清单"
        if kind == "重新列入":
            return (lambda: adjust_list.readmit_project(ledger, one.id, year, ground)), f"“{one.name}”已重新列入"
        changed = self._values()
        return (lambda: adjust_list.adjust_project(ledger, one.id, year, changed, ground)), f"已调整“{one.name}”"

    def _values(self) -> dict[Field, Any]:
        return {Field.TOTAL_INVESTMENT: read_wan(self.total.text(), "总投资"),
                Field.ANNUAL_PLAN: read_wan(self.plan.text(), "年度计划"),
                Field.NATURE: self.nature.currentText() or None, Field.YEAR_GOAL: self.goal.text().strip() or None}

    def _parts(self) -> list[SplitPart]:
        parts = []
        for at, cells in enumerate(lines_of(self.parts.toPlainText()), 1):
            if len(cells) < 3:
                raise HydeskError(f"拆分的第 {at} 行要写三项：名称、总投资、年度计划（万元）")
            parts.append(SplitPart(cells[0], read_wan(cells[1], "总投资") or 0, read_wan(cells[2], "年度计划") or 0,
                              cells[3] if len(cells) > 3 else ""))
        return parts

    def _merged(self) -> list[int]:
        known = {p.code: p.id for p in self._listed} | {p.name: p.id for p in self._listed}
        ids = []
        for cells in lines_of(self.merged.toPlainText()):
            if cells[0] not in known:
                raise HydeskError(f"“{cells[0]}”不在清单里，请写编号或完整名称，每行一个")
            ids.append(known[cells[0]])
        return ids
