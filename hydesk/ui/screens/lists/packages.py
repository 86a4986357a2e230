"""The page 打包项目: packages with their sub-projects, counted both ways."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QStackedWidget, QWidget

from hydesk.dataclass import dataclass
from hydesk.domain.errors import HydeskError
from hydesk.domain.job_progress import Progress
from hydesk.domain.lists import PackageCount
from hydesk.domain.money import format_money
from hydesk.domain.standing import ProjectStanding
from hydesk.domain.typed_money import read_wan, show_wan
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.standings.sub_projects import (
    Package,
    SubProjectLine,
    count_listed,
    list_packages,
    set_sub_projects,
)
from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import Card, EmptyState, button, label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.keys import on_ctrl_enter
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.words import CODE
from hydesk.ui.screens.lists.typed import ProjectField, lines_of


@dataclass(frozen=True, slots=True)
class _Read:
    count: PackageCount
    packages: list[Package]
    listed: list[ProjectStanding]


COLUMNS: tuple[ListColumn[Package], ...] = (
    ListColumn(CODE, lambda p: p.code, 110),
    ListColumn("打包项目", lambda p: p.name, 220, stretch=True),
    ListColumn("子项目", lambda p: str(len(p.lines)), 72, lambda p: len(p.lines), right=True),
    ListColumn("总投资（万元）", lambda p: format_money(p.total_investment), 124,
               lambda p: p.total_investment, right=True, measure="total_investment"),
    ListColumn("子项目合计", lambda p: format_money(p.parts_total), 124, lambda p: p.parts_total, right=True,
               measure="total_investment"),
    ListColumn("相差", lambda p: format_money((p.total_investment or 0) - p.parts_total), 110,
               lambda p: (p.total_investment or 0) - p.parts_total, right=True, measure="total_investment"),
)


class PackagesPage(QWidget):
    """Packages at the left; the sub-projects of one at the right, typed or pasted from Excel."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._held: dict[int, Package] = {}
        self._wanted: int | None = None
        self.count = label("", "heading")
        self.table = Listing(COLUMNS, desk.theme, "打包项目", key=lambda p: p.project_id)
        self.empty = EmptyState()
        self.lists = QStackedWidget()
        self.project, self.text = ProjectField(), QPlainTextEdit()
        self.wrong = label("", "error", wrap=True)
        self._lay_out()
        on_ctrl_enter(self, self.save)
        self.table.chosen.connect(self._choose)
        self.project.textChanged.connect(lambda _t: self._fill())

    def _lay_out(self) -> None:
        self.lists.addWidget(self.table)
        self.lists.addWidget(self.empty)
        self.empty.say("还没有打包项目。在右边选一个项目，填上它的子项目，这里会按打包和拆分两种口径计数。")
        self.text.setAccessibleName("子项目，每行一个")
        self.text.setPlaceholderText("每行一个：名称，建设单位，总投资，年度计划，备注（万元）\n用逗号隔开，可从 Excel 直接粘贴")
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setTabChangesFocus(True)
        card = Card()
        card.setFixedWidth(tokens.PANEL_WIDTH)
        in_column(
            label("子项目", "heading"), self.project, (self.text, 1), label("清空后保存，就不再是打包项目。", "small"), self.wrong,
            button("保存子项目", self.save, kind="primary", tip="保存（Ctrl+Enter）"), on=card, margins=(14, 12, 14, 12))
        left = in_column(self.count, gap=8)
        listed = Card()
        in_column(self.lists, on=listed, margins=1)
        left.addWidget(listed, 1)
        in_row((left, 1), card, on=self, gap=tokens.GAP, margins=0)
        card.setVisible(self._desk.may())

    def reload(self) -> None:
        """Read the packages of the year."""
        ledger, period = self._desk.ledger, self._desk.period

        def work(_progress: Progress) -> _Read:
            return _Read(count_listed(ledger, period), list_packages(ledger, period.year), list_standings(ledger, period))

        self._desk.jobs.start("读取打包项目", work, self, done=self._show, quiet=True)

    def _show(self, found: _Read) -> None:
        self._held = {p.project_id: p for p in found.packages}
        self.count.setText(f"{self._desk.period.label}：{found.count.sentence}")
        self.table.show_items(found.packages)
        self.lists.setCurrentIndex(0 if found.packages else 1)
        self.project.offer(found.listed)
        if self._wanted is not None:
            self.project.take(self._wanted)
            self._wanted = None

    def take_project(self, project_id: int) -> None:
        """Begin with this project."""
        self._wanted = project_id
        self.project.take(project_id)
        self.text.setFocus()

    def _choose(self) -> None:
        self._wanted = None
        if chosen := self.table.selected():
            self.project.take(chosen[0].project_id)

    def _fill(self) -> None:
        found = self.project.found()
        package = self._held.get(found.id) if found is not None else None
        self.wrong.clear()
        if found is not None:
            self.text.setPlainText("\n".join("\t".join((
                line.name, line.builder, show_wan(line.total_investment), show_wan(line.annual_plan), line.remark))
                for line in (package.lines if package else ())))

    def save(self) -> None:
        """Keep what is typed as the project's sub-projects."""
        try:
            project, lines = self.project.project(), self._lines()
        except HydeskError as e:
            self.wrong.setText(str(e))
            return
        ledger = self._desk.ledger

        self._desk.operations.run("保存子项目", lambda: set_sub_projects(ledger, project.id, lines), self,
                                  f"“{project.name}”的 {len(lines)} 个子项目已保存", refused=self.wrong.setText)

    def _lines(self) -> list[SubProjectLine]:
        lines = []
        for cells in lines_of(self.text.toPlainText()):
            name, builder, total, plan, remark = (cells + [""] * 5)[:5]
            lines.append(SubProjectLine(name, builder, read_wan(total, "总投资"), read_wan(plan, "年度计划"), remark))
        return lines
