"""The page 序时计划: the year's plan of each project by month or quarter, filled like in Excel, spread, from and to a workbook."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMenu, QStackedWidget, QToolButton, QWidget

from hydesk.domain.money import format_money
from hydesk.domain.month_plan import PlanStep, Spreading
from hydesk.domain.scopes.scope import WHOLE
from hydesk.services.projects.import_month_plans import (
    MonthPlanImport,
    import_month_plans,
    write_plan_template,
)
from hydesk.services.projects.month_plans import (
    MonthPlanLine,
    SpreadPlans,
    list_month_plans,
    propose_plans,
    set_month_plans,
)
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import EmptyState, button, label
from hydesk.ui.kit.boxes import in_column
from hydesk.ui.kit.files import Purpose, ask_open, ask_save
from hydesk.ui.kit.head_row import HeadRow
from hydesk.ui.kit.keys import on_ctrl_enter
from hydesk.ui.kit.list_frame import tab_row
from hydesk.ui.kit.pending import PendingStrip
from hydesk.ui.kit.scope_picker import ScopePicker
from hydesk.ui.screens.lists.plan_table import PlanModel, PlanTable

_KINDS = "表格 (*.xlsx *.xls *.et *.csv *.ods *.xlsb)"


class PlansPage(QWidget):
    """What is typed waits in the strip below, with the reason, until it is kept in one act."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._period, self._scope = desk.period, WHOLE
        """Of what the lines are that are shown."""
        self.scope = ScopePicker(desk)
        self.model = PlanModel(desk.theme)
        self.table = PlanTable(self.model, desk.theme)
        self.steps = tab_row([s.label for s in PlanStep], "按月还是按季")
        self.said, self.wrong = label("", "quiet"), label("", "error", wrap=True)
        self.empty = EmptyState()
        self.strip = PendingStrip("没有写入的序时计划", write="写入　Ctrl+Enter")
        self.reason = self.strip.reason
        self.reason.setAccessibleName("改动的理由")
        self.reason.setPlaceholderText("理由：改动已有的序时计划要写，如 年中调整")
        self._lay_out()
        self.steps.currentChanged.connect(lambda i: self.model.show_step(list(PlanStep)[i]))
        self.scope.chosen.connect(self._another_scope)
        self.model.typed.connect(self._follow)
        self.model.refused.connect(self._refuse)
        on_ctrl_enter(self, self.save)

    def _lay_out(self) -> None:
        self.spread = QToolButton()
        self.spread.setObjectName("menu")
        self.spread.setText("铺开 ▾")
        self.spread.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.spread)
        for way in Spreading:
            menu.addAction(f"{way.label}（还没有的）", partial(self.spread_out, way))
        for way in Spreading:
            menu.addAction(f"{way.label}（选中的项目）", partial(self.spread_out, way, chosen=True))
        self.spread.setMenu(menu)
        head = HeadRow()
        head.put(self.steps)
        head.put(self.said, grows=True)
        for one in (self.scope, self.spread, button("写模板…", self.ask_template), button("导入…", self.ask_import)):
            head.put(one)
        self.strip.written.connect(lambda _reason: self.save())
        self.strip.dropped.connect(self.drop)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.table)
        self.pages.addWidget(self.empty)
        in_column(head, (self.pages, 1), self.wrong, self.strip, on=self, gap=8, margins=0)
        self.strip.hide()
        self.wrong.hide()

    @property
    def unsaved(self) -> int:
        """How many projects have changes that are not kept."""
        return len(self.model.changed)

    def reload(self) -> None:
        """Read the plans; changes that are not kept stay in sight."""
        if self.unsaved:
            return
        ledger, period, scope = self._desk.ledger, self._desk.period, self.scope.scope

        def done(lines: list[MonthPlanLine]) -> None:
            if period == self._desk.period and scope == self.scope.scope and not self.unsaved:
                self._period, self._scope = period, scope
                self.model.show_lines(lines)
                self.empty.say("这个范围里没有项目。" if scope.narrowed else f"{period.year} 年还没有项目。先导入项目清单，再填序时计划。")
                self.pages.setCurrentIndex(0 if lines else 1)
                self._follow()

        self._desk.jobs.start("读取序时计划", lambda _p: list_month_plans(ledger, period, scope), self, done=done, quiet=True)

    def _another_scope(self) -> None:
        if self.unsaved:
            self.scope.choose(self._scope)
            self._refuse("请先写入或放弃改动，再换范围")
        else:
            self.reload()

    def _follow(self) -> None:
        """Say how many have a plan and what waits to be kept."""
        plans = [(line, self.model.plan(row)) for row, line in enumerate(self.model.lines)]
        told = [(line, plan) for line, plan in plans if plan is not None]
        apart = sum(plan.total != (line.annual_plan or 0) for line, plan in told)
        self.said.setText(f"{len(plans)} 个项目中 {len(told)} 个有序时计划，合计 {format_money(sum(p.total for _, p in told))} 万元"
                          + (f"；{apart} 个与年度计划不等" if apart else ""))
        self.said.setProperty("measure", "count annual_plan")
        if self.unsaved:
            self.strip.tell(f"改动 {self.unsaved} 个项目的{self._period.year}年计划，还没有写入")
        else:
            self.strip.hide()
        self.wrong.hide()

    def _refuse(self, sentence: str) -> None:
        self.wrong.setText(sentence)
        self.wrong.show()
        if self.unsaved:
            self.strip.show()

    def save(self) -> None:
        """Keep what was changed, in one act."""
        if not self.unsaved:
            return
        ledger, period, reason, changed = self._desk.ledger, self._period, self.reason.text(), dict(self.model.changed)

        def done(_count: int) -> None:
            self.model.changed = {}
            self.reason.clear()
            self.reload()

        self._desk.operations.run("保存序时计划", lambda: set_month_plans(ledger, period, changed, reason), self,
                                  lambda count: f"已保存 {count} 个项目的序时计划", done=done, refused=self._refuse)

    def drop(self) -> None:
        """Forget what was changed."""
        self.model.changed = {}
        self.model.redraw()
        self._follow()
        self.reload()

    def spread_out(self, way: Spreading, *, chosen: bool = False) -> None:
        """Spread the plans of those that have none by month, or of the selected ones; they wait to be kept."""
        rows = self.table.chosen_rows() if chosen else range(len(self.model.lines))
        only = [self.model.lines[r].project_id for r in rows if chosen or self.model.plan(r) is None]
        if not only:
            self._refuse("请先选中几个项目" if chosen else "这里的项目都有序时计划了；要重新铺开，先选中它们")
            return
        ledger, period = self._desk.ledger, self._period

        def done(found: SpreadPlans) -> None:
            for row, line in enumerate(self.model.lines):
                if line.project_id in found.plans:
                    self.model.put(row, found.plans[line.project_id])
            self.model.redraw()
            self._follow()
            if found.left:
                name, why = found.left[0]
                self._refuse(f"没有铺开 {len(found.left)} 个：{name}（{why}）" + ("等" if len(found.left) > 1 else ""))

        self._desk.jobs.start("铺开序时计划", lambda _p: propose_plans(ledger, period, way, only, whole=True), self, done=done, quiet=True)

    def ask_template(self) -> None:
        """Ask where, and write a template of what is shown."""
        path = ask_save(self, self._desk.settings, Purpose.EXPORT, "写序时计划模板", f"{self._desk.period.year}年序时计划.xlsx", "Excel (*.xlsx)")
        if path:
            ledger, period, scope, step = self._desk.ledger, self._desk.period, self.scope.scope, self.model.step
            self._desk.jobs.start("写模板", lambda _p: write_plan_template(ledger, Path(path), period, scope, step), self,
                                  done=lambda n: self._desk.notice(f"已写出 {n} 个项目的序时计划模板"))

    def ask_import(self) -> None:
        """Ask for a workbook, and take it in."""
        path = ask_open(self, self._desk.settings, Purpose.LIST, "导入序时计划", _KINDS)
        if path:
            self.take_file(Path(path))

    def take_file(self, path: Path) -> None:
        """Take the plans of a workbook in; what is not taken is said below the table."""
        ledger, period, reason = self._desk.ledger, self._desk.period, self.reason.text()

        def done(made: MonthPlanImport) -> None:
            if made.findings:
                self._refuse("；".join(f.message for f in made.findings[:3]) + (f"……共 {len(made.findings)} 处" if len(made.findings) > 3 else ""))

        def refused(sentence: str) -> None:
            self.strip.show()
            self.reason.setFocus()
            self._refuse(f"{sentence}。请在下面写好理由，再导入一次")

        self._desk.operations.run(
            "导入序时计划", lambda: import_month_plans(ledger, path, period, reason), self,
            lambda m: "" if m.rejected else f"序时计划：新增 {m.added} 个，更改 {m.changed} 个，没有变化 {m.unchanged} 个", done=done, refused=refused)
