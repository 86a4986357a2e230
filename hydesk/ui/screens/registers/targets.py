"""规划目标: every target with the value needed, the value reached and how it stands; the path drawn below."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from hydesk.domain.register_words import plain_number
from hydesk.domain.shipped_registers import PLAN_PROJECTS, PLAN_TARGETS
from hydesk.domain.targets import PathPoint, Way, path_of
from hydesk.services.mechanisms.plan_standings import PlanStanding, plan_standings
from hydesk.services.mechanisms.print_plans import plan_words
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.boxes import in_row
from hydesk.ui.kit.files import Purpose, ask_open, ask_save
from hydesk.ui.kit.list_frame import tab_row
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.meant import QUOTED, mean
from hydesk.ui.screens.registers.acts import print_button
from hydesk.ui.screens.registers.fixed import FixedPage, on_panel
from hydesk.ui.screens.registers.path_chart import PathChart
from hydesk.ui.style import Theme

WAYS = (Way.BEHIND, Way.ON_PATH, Way.REACHED, Way.UNKNOWN)


class TargetsPage(FixedPage):
    """The selected target's path is drawn; values are filled in its register, also from Excel."""

    TITLE = "规划评估"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.standings: tuple[PlanStanding, ...] = ()
        self.tabs = tab_row(("全部", *(w.label for w in WAYS)), "按评估结果")
        self.table = Listing(_columns(desk.theme), desk.theme, "规划目标", key=lambda p: p.record_id)
        self.chart = PathChart(desk.theme)
        self.said = label("", "quiet", wrap=True)
        self.path = Listing(_PATH, desk.theme, "各年应达到和实际")
        for made in (button("导入各年的值", self.take_in, tip="指标为行、年份为列的 Excel 表"), button("导出各年的值", self.export),
                     button("目标和责任单位", lambda: self.register_wanted.emit(PLAN_TARGETS)),
                     button("规划重点项目", lambda: self.register_wanted.emit(PLAN_PROJECTS)),
                     print_button(self.acts, "年度评估", self._paper, lambda: f"规划实施监测评估（{desk.period.year}年）")):
            self.head.put(made)
        self.body.addWidget(self.tabs)
        self.card(self.table, stretch=3)
        self.body.addWidget(self.said)
        below = QWidget()
        in_row((self.chart, 3), (self.path, 2), on=below, margins=0)
        self.card(below, stretch=2)
        self.follow_copies(self.table)
        self.tabs.currentChanged.connect(lambda _i: self._narrow())
        self.table.chosen.connect(self._draw)
        self.table.opened.connect(lambda: self.register_wanted.emit(PLAN_TARGETS))

    def reader(self) -> Callable[[], tuple[PlanStanding, ...]]:
        ledger, period = self.desk.ledger, self.desk.period
        return lambda: plan_standings(ledger, period)

    def show_read(self, result: Any) -> None:
        self.standings = tuple(sorted(result, key=lambda p: WAYS.index(p.standing.way)))
        self.tabs.setTabText(0, f"全部 {len(result)}")
        for i, way in enumerate(WAYS, 1):
            self.tabs.setTabText(i, f"{way.label} {sum(p.standing.way is way for p in result)}")
        self._narrow()

    def _narrow(self) -> None:
        at = self.tabs.currentIndex()
        self.table.show_items([p for p in self.standings if at == 0 or p.standing.way is WAYS[at - 1]])
        if not self.table.selected_keys() and self.table.list.rowCount():
            self.table.selectRow(0)
        self._draw()

    def _draw(self) -> None:
        chosen: list[PlanStanding] = self.table.selected()
        one = chosen[0] if chosen else None
        self.chart.show_target(one.target if one else None, one.measure if one else "")
        points = path_of(one.target) if one else []
        self.path.list.show_items(points)
        self.path.setVisible(len(points) > 1)
        more = "" if len(points) > 1 else "。导入各年的值，这里就画出应达到的路径和实际走过的路径"
        mean(self.said, "target")
        self.said.setText(f"{one.plan}　{one.indicator}：{one.standing.reason}{more}" if one else "")

    def export(self) -> None:
        """Write every indicator with its values by year, to be filled on."""
        ledger, period = self.desk.ledger, self.desk.period
        chosen = ask_save(self, self.desk.settings, Purpose.EXPORT, "导出各年的值", "规划指标年度值.xlsx", "Excel 工作簿 (*.xlsx)")
        if chosen:
            def work(_progress: object) -> None:
                from hydesk.services.registers.year_values import export_year_values

                export_year_values(ledger, period, Path(chosen))

            self.desk.jobs.start("导出各年的值", work, self, done=lambda _r: self.desk.notice(f"已存为 {chosen}"))

    def take_in(self) -> None:
        """Choose a table of indicators by year."""
        chosen = ask_open(self, self.desk.settings, Purpose.LIST, "导入各年的值",
                          "表格 (*.xlsx *.xls *.et *.csv *.ods *.xlsb);;所有文件 (*)")
        if chosen:
            self.take_file(Path(chosen))

    def take_file(self, path: Path) -> None:
        """Import the values; what was not taken is listed beside the table."""
        from hydesk.services.registers.year_values import YearImport, import_year_values

        ledger = self.desk.ledger

        def done(result: YearImport) -> None:
            if result.findings:
                on_panel(self.panel, "没有取入的" if not result.rejected else "没有导入", [
                    one for f in result.findings for one in (
                        label("　".join(p for p in (f.sheet, f.cell) if p), "small"), label(f.message, "", wrap=True))])

        def said(result: YearImport) -> str:
            if result.rejected:
                return "没有导入：看不懂这张表"
            return f"年度值新增 {result.added} 个，改动 {result.changed} 个，{result.unchanged} 个没有变化"

        self.acts.write("导入各年的值", lambda: import_year_values(ledger, path), said, done=done)

    def _paper(self) -> Callable[[], object]:
        ledger, period = self.desk.ledger, self.desk.period

        def make() -> object:
            from hydesk.services.mechanisms.print_plans import plans_notice

            return plans_notice(ledger, period)

        return make


_PATH: list[ListColumn[PathPoint]] = [
    ListColumn("年份", lambda p: str(p.year), 56),
    ListColumn("应达到", lambda p: plain_number(p.needed) if p.needed is not None else "—", 84, right=True, measure="target"),
    ListColumn("实际", lambda p: plain_number(p.actual) if p.actual is not None else "—", 84, right=True, measure="target"),
    ListColumn("超（欠）", lambda p: plain_number(p.ahead) if p.ahead is not None else "—", 0, right=True, measure="target"),
]
"""The path needed beside the path taken."""


def _columns(theme: Theme) -> list[ListColumn[PlanStanding]]:
    tones = {Way.BEHIND: "lagging", Way.ON_PATH: "on_track", Way.REACHED: "ahead", Way.UNKNOWN: "quiet"}

    def color(p: PlanStanding) -> QColor:
        return QColor(getattr(theme.palette, tones[p.standing.way]))

    def gap(p: PlanStanding) -> Decimal | None:
        return p.standing.gap

    return [
        ListColumn("评估", lambda p: p.standing.way.label, 100, lambda p: WAYS.index(p.standing.way), color=color),
        ListColumn("指标", lambda p: p.indicator, 140, stretch=True, measure=QUOTED,
                   tip=lambda p: f"{p.plan}　{p.area}\n{p.indicator}"),
        ListColumn("目标", lambda p: plan_words(p)[0], 152, lambda p: p.target.value, measure="target"),
        ListColumn("应达到", lambda p: plan_words(p)[1], 68, lambda p: p.standing.needed, right=True, measure="target"),
        ListColumn("实际（年）", lambda p: plan_words(p)[2], 184, lambda p: p.target.latest, right=True, measure="target"),
        ListColumn("差", lambda p: plan_words(p)[3], 60, gap, right=True, measure="target"),
        ListColumn("责任单位", lambda p: p.unit, 140, tip=lambda p: p.unit),
    ]
