"""规模榜单: the lists of the month with places gained and lost; printed, to Excel, as a page for the office's site."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLineEdit

from hydesk.domain.money import format_money, format_percent, rate
from hydesk.domain.people import Right
from hydesk.domain.shipped_registers import SCALE
from hydesk.services.mechanisms.major_projects import MajorProject, major_projects
from hydesk.services.mechanisms.scale_lists import ListLine, ScaleList, least_major, scale_lists
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.empty_word import EmptyWord
from hydesk.ui.kit.files import Purpose, ask_save
from hydesk.ui.kit.form import PanelForm
from hydesk.ui.kit.list_frame import tab_row
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.meant import mean
from hydesk.ui.kit.offering import offer
from hydesk.ui.kit.words import PROJECT, UNIT
from hydesk.ui.requests import OpenProject
from hydesk.ui.screens.registers.acts import print_button
from hydesk.ui.screens.registers.fixed import FixedPage
from hydesk.ui.style import Theme


class ScalePage(FixedPage):
    """One list in front at a time."""

    TITLE = "规模榜单"
    SCOPED = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.lists: tuple[ScaleList, ...] = ()
        self.majors: tuple[MajorProject, ...] = ()
        self.tabs = tab_row((), "各张榜单")
        self.table: Listing[Any] = Listing(_columns(desk.theme, "数值"), desk.theme, "规模榜单",
                             key=lambda x: x.project.id if isinstance(x, MajorProject) else x.unit)
        self.said = label("", "quiet", wrap=True)
        self.rule_button = button("口径", self.start_rule)
        offer(desk, Right.RULES, self.rule_button)
        for made in (button("填报引资、争资额", lambda: self.register_wanted.emit(SCALE)), self.rule_button,
                     button("取入产业链清单", self.draw_chains, tip="把在建重大项目按产业链登记到“在建重大项目清单”，已有的不重复"),
                     button("发布成网页", self.publish, tip="一个网页文件，不需要别的文件"),
                     print_button(self.acts, "打印", self._paper, lambda: f"{'在建重大项目清单' if self.on_majors else '规模榜单'}（{desk.period.label}）")):
            self.head.put(made)
        self.body.addWidget(self.tabs)
        self.card(self.table)
        self.body.addWidget(self.said)
        EmptyWord(self.table, "没有符合口径的在建重大产业项目。项目开工、总投资达到口径就会自己排到这里；口径在“口径”里改。")
        self.follow_copies(self.table)
        self.tabs.currentChanged.connect(lambda _i: self._show())
        self.table.opened.connect(self._open)

    def reader(self) -> Callable[[], tuple[tuple[ScaleList, ...], tuple[MajorProject, ...]]]:
        ledger, period, scope = self.desk.ledger, self.desk.period, self.wanted
        return lambda: (scale_lists(ledger, period, scope), major_projects(ledger, period, scope))

    def show_read(self, result: Any) -> None:
        self.lists, self.majors = result
        self.count.say(self.desk.period.label)
        if not self.tabs.count():
            for title in (*(one.title for one in self.lists), ""):
                self.tabs.setTabToolTip(self.tabs.addTab(title.removesuffix("榜").removeprefix("在建重大")), title)
        self.tabs.setTabText(len(self.lists), f"在建重大项目清单 {len(self.majors)}")
        self._show()

    @property
    def on_majors(self) -> bool:
        """Whether the projects behind the lists are in front."""
        return self.tabs.currentIndex() == len(self.lists)

    def _open(self) -> None:
        """Enter: a unit's projects behind the lists; on those, the project's page."""
        chosen: list[Any] = self.table.selected()
        if self.on_majors and chosen:
            self.desk.go_to("project", OpenProject(chosen[0].project.id))
        elif chosen:
            self.tabs.setCurrentIndex(len(self.lists))
            mine = [m.project.id for m in self.majors if m.project.unit == chosen[0].unit]
            if mine:
                self.table.select(mine, mine[0])

    def _show(self) -> None:
        at = self.tabs.currentIndex()
        if self.on_majors:
            self.table.show_columns(_MAJOR_COLUMNS)
            self.table.show_items(self.majors)
            total = sum(m.project.total_investment or 0 for m in self.majors)
            mean(self.said, "count", "total_investment")
            self.said.setText(f"共 {len(self.majors)} 个，总投资 {format_money(total)} 万元；就是在建重大产业项目榜所数的项目，取自项目台账。"
                              "Enter 打开项目；“取入产业链清单”按产业链登记到在建重大项目清单")
        elif 0 <= at < len(self.lists):
            one = self.lists[at]
            self.table.show_columns(_columns(self.desk.theme, one.measure, one.id))
            self.table.show_items(one.lines)
            mean(self.said, one.id)
            self.said.setText(f"口径：{one.definition}" + (f"。{one.note}" if one.note else ""))

    def _paper(self) -> Callable[[], object]:
        return self.paper("在建重大项目清单" if self.on_majors else "规模榜单")

    def draw_chains(self) -> None:
        """Enter the projects on the lists of their chains; one act."""
        from hydesk.services.mechanisms.major_projects import draw_chain_projects

        ledger, period = self.desk.ledger, self.desk.period
        self.acts.write("取入在建重大项目", lambda: draw_chain_projects(ledger, period), lambda drawn: drawn.words,
                        done=lambda _r: self.reload())

    def publish(self) -> None:
        """Write the lists as one HTML file."""
        ledger, period, scope = self.desk.ledger, self.desk.period, self.wanted
        chosen = ask_save(self, self.desk.settings, Purpose.REPORT, "发布成网页", f"规模榜单（{period.label}）.html", "网页 (*.html)")
        if chosen:
            def work(_progress: object) -> None:
                from hydesk.services.mechanisms.print_boards import publish_lists

                publish_lists(ledger, period, Path(chosen), scope)

            self.desk.jobs.start("发布成网页", work, self, done=lambda _r: self.desk.notice(f"已存为 {chosen}"))

    def start_rule(self) -> None:
        """From what total investment on a project counts as 重大."""
        held = Decimal(least_major(self.desk.ledger)) / 10**8
        form = PanelForm("榜单口径")
        form.ask("least", "总投资多少亿元起算重大项目", QLineEdit(), f"{held.normalize():f}")
        form.entered.connect(lambda words: self._set_rule(form, words["least"]))
        self.panel.show_form(form)
        form.begin()

    def _set_rule(self, form: PanelForm, text: str) -> None:
        from hydesk.services.mechanisms.scale_lists import set_least_major

        yi = number(text)
        if yi is None or yi <= 0:
            form.say_wrong("应是大于 0 的数字，单位亿元，如 1")
            return
        ledger, least = self.desk.ledger, int(yi * 10**8)
        self.acts.write("修改口径", lambda: set_least_major(ledger, least), lambda _r: "已修改榜单口径",
                        done=lambda _r: self.panel.hide(), failed=form.say_wrong, right=Right.RULES)


_MAJOR_COLUMNS: list[ListColumn[MajorProject]] = [
    ListColumn(UNIT, lambda m: m.project.unit, 98),
    ListColumn(PROJECT, lambda m: m.project.name, 150, stretch=True),
    ListColumn("产业链", lambda m: m.project.chain or "—", 104),
    ListColumn("总投资（万元）", lambda m: format_money(m.project.total_investment), 112,
               lambda m: m.project.total_investment, right=True, measure="total_investment"),
    ListColumn("年度计划（万元）", lambda m: format_money(m.project.annual_plan), 112, lambda m: m.project.annual_plan, right=True,
               measure="annual_plan"),
    ListColumn("本年完成（万元）", lambda m: format_money(m.project.year_investment), 112,
               lambda m: m.project.year_investment, right=True, measure="year_investment"),
    ListColumn("完成率", lambda m: format_percent(rate(m.project.year_investment, m.project.annual_plan)), 80,
               lambda m: rate(m.project.year_investment, m.project.annual_plan), right=True, measure="completion"),
    ListColumn("清单", lambda m: "●" if m.on_chain_list else "○", 48,
               tip=lambda m: "已列入产业链的在建重大项目清单" if m.on_chain_list else "还没有列入产业链的在建重大项目清单"),
]
"""The columns of the projects behind the lists."""


def number(text: str) -> Decimal | None:
    """A plain number; None for anything else."""
    bare = text.strip().replace(",", "").replace("，", "")
    if not bare.removeprefix("-").replace(".", "", 1).isdecimal():
        return None
    return Decimal(bare)


def _columns(theme: Theme, measure: str, id: str = "registered") -> list[ListColumn[ListLine]]:
    def moved(line: ListLine) -> QColor:
        palette = theme.palette
        return QColor(palette.ahead if line.moved.startswith("↑") else palette.lagging if line.moved.startswith("↓")
                      else palette.quiet)

    return [
        ListColumn("位次", lambda x: str(x.place or "—"), 70, lambda x: x.place, right=True, measure="place"),
        ListColumn(UNIT, lambda x: x.unit, 160, stretch=True),
        ListColumn(f"数值（{measure}）", lambda x: x.shown, 150, lambda x: x.value, right=True, measure=id),
        ListColumn("较上月", lambda x: x.moved, 110, lambda x: x.gained, color=moved, measure="moved"),
        ListColumn("上月位次", lambda x: str(x.before or "—"), 90, lambda x: x.before, right=True, measure="place"),
    ]
