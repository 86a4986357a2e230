"""The page 年度结转: who goes on, with what, and the check sums; done as one act after a backup."""

from __future__ import annotations

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from hydesk.domain.errors import HydeskError
from hydesk.domain.money import format_money
from hydesk.domain.rollover import CarriedProject, RollSums, sums
from hydesk.services.standings.list_standings import ledger_years
from hydesk.services.upkeep.roll_over_year import BATCH, Rolled, RollPlan, plan_roll_over, roll_over_year
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.keys import on_ctrl_enter
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.meant import mean
from hydesk.ui.kit.words import CODE, PROJECT, UNIT


class RolloverPage(QWidget):
    """Choose the year, look at who goes on, tick or untick with Space, then 结转."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._plan: RollPlan | None = None
        self._going: set[int] = set()
        self.years, self.batch = QComboBox(), QLineEdit(BATCH)
        self.plans = QCheckBox("写入建议的年度计划（剩余投资按剩余年限分摊）")
        self.sums, self.wrong = label("", "", wrap=True), label("", "error", wrap=True)
        self.do = button("结转", self.roll, kind="primary", tip="先自动备份，合计核对一致才写入（Ctrl+Enter）")
        on_ctrl_enter(self, self.roll)
        self.table = Listing(self._columns(), desk.theme, "结转预览", key=lambda c: c.id)
        self._lay_out()
        self.years.activated.connect(lambda _i: self._preview())
        self.plans.toggled.connect(lambda _on: self.table.show_columns(self._columns()))
        self.table.bind((("Space", self._toggle),))
        self.table.opened.connect(self._toggle)

    def _columns(self) -> tuple[ListColumn[CarriedProject], ...]:
        palette = self._desk.theme.palette
        return (
            ListColumn("结转", lambda c: "☑" if c.id in self._going else "☐", 56, lambda c: c.id in self._going),
            ListColumn(CODE, lambda c: c.code, 104),
            ListColumn(PROJECT, lambda c: c.name, 216),
            ListColumn(UNIT, lambda c: c.unit, 92),
            ListColumn("建设性质", lambda c: c.nature if c.nature == c.was else f"{c.was} → {c.nature}", 104),
            ListColumn("总投资（万元）", lambda c: format_money(c.total_investment), 116,
                       lambda c: c.total_investment, right=True, measure="total_investment"),
            ListColumn("当年完成", lambda c: format_money(c.year_investment), 104,
                       lambda c: c.year_investment, right=True, measure="year_investment"),
            ListColumn("结转后上年底累计", lambda c: format_money(c.invested_before), 130,
                       lambda c: c.invested_before, right=True, measure="invested_before"),
            *((ListColumn("建议年度计划", lambda c: format_money(c.proposed_plan), 112,
                          lambda c: c.proposed_plan, right=True, measure="annual_plan"),) if self.plans.isChecked() else ()),
            ListColumn("说明", lambda c: c.why or ("◆ " + "；".join(c.doubts) if c.doubts else ""), 190,
                       color=lambda c: QColor(palette.lagging) if c.doubts else QColor(palette.quiet),
                       stretch=True),
        )

    def _lay_out(self) -> None:
        self.years.setAccessibleName("结转哪一年")
        self.batch.setAccessibleName("新一年的批次名称")
        self.batch.setFixedWidth(110)
        self.years.setMinimumWidth(140)
        first = in_row(label("结转", "quiet"), self.years, label("批次", "quiet"), self.batch, self.plans, 1, self.do, gap=10)
        in_column(first, self.sums, self.wrong, (self.table, 1), on=self, gap=8, margins=0)
        self.wrong.hide()

    def reload(self) -> None:
        """Read which years there are, and look ahead for the one chosen."""
        ledger = self._desk.ledger
        self._desk.jobs.start("读取年份", lambda _p: ledger_years(ledger), self, done=self._offer, quiet=True)

    def _offer(self, years: list[int]) -> None:
        chosen = self.years.currentData() or self._desk.period.year
        self.years.clear()
        for year in reversed(years):
            self.years.addItem(f"{year} → {year + 1} 年", year)
        self.years.setCurrentIndex(max(0, self.years.findData(chosen)))
        self.do.setEnabled(bool(years))
        if years:
            self._preview()
        else:
            self.sums.setText("还没有项目清单。先在项目台账里导入清单，年底再来结转。")

    def _preview(self) -> None:
        ledger, year = self._desk.ledger, self.years.currentData()
        self._desk.jobs.start("预览结转", lambda _p: plan_roll_over(ledger, year), self, done=self._show,
                              failed=self._failed, quiet=True)

    def _show(self, plan: RollPlan) -> None:
        self._plan = plan
        self._going = {c.id for c in plan.chosen()}
        self.wrong.hide()
        self.table.show_items(plan.carried)
        self._say()

    def _toggle(self) -> None:
        chosen = [c for c in self.table.selected() if not c.why.startswith("已在")]
        if chosen:
            on = chosen[0].id not in self._going
            self._going = self._going | {c.id for c in chosen} if on else self._going - {c.id for c in chosen}
            self.table.show_items(self._plan.carried if self._plan else ())
            self._say()

    def _chosen(self) -> list[CarriedProject]:
        return [c for c in self._plan.carried if c.id in self._going] if self._plan else []

    def _say(self) -> None:
        chosen = self._chosen()
        left = len(self._plan.carried) - len(chosen) if self._plan else 0
        doubts = sum(bool(c.doubts) for c in chosen)
        self.do.setText(f"结转 {len(chosen):,} 个项目")
        self.do.setEnabled(bool(chosen))
        if self._plan is not None:
            mean(self.sums, "count", "total_investment", "invested_before", "year_investment")
            self.sums.setText(sentence(self._plan.year, sums(chosen)) + f"不结转 {left:,} 项"
                              + (f"，有 {doubts:,} 项要看（◆）。" if doubts else "。"))

    def roll(self) -> None:
        """Back up, carry over, verify."""
        plan, ledger = self._plan, self._desk.ledger
        if plan is None:
            return
        out = {c.id for c in plan.carried if c.goes and c.id not in self._going}
        back = {c.id for c in plan.carried if not c.goes and c.id in self._going}
        with_plans, batch = self.plans.isChecked(), self.batch.text()

        def said(rolled: Rolled) -> str:
            kept = f"；结转前备份在 {rolled.backup}" if rolled.backup else ""
            return f"已结转 {rolled.sums.count:,} 个项目到 {plan.year + 1} 年，合计核对一致{kept}"

        self._desk.operations.run_long("年度结转", lambda p: roll_over_year(
            ledger, plan, out=out, back=back, with_plans=with_plans, batch=batch, progress=p), self, said,
            refused=self._refused)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, HydeskError):
            self._refused(str(error))
        else:
            self._desk.jobs.failed.emit(error)

    def _refused(self, sentence: str) -> None:
        self.wrong.setText(sentence)
        self.wrong.show()


def sentence(year: int, found: RollSums) -> str:
    """The check sums in one sentence."""
    return (f"结转 {found.count:,} 项，总投资 {format_money(found.total_investment)} 万元；截至{year - 1}年底 "
            f"{format_money(found.before)} ＋ {year}年完成 {format_money(found.done)} ＝ 截至{year}年底 "
            f"{format_money(found.after)} 万元{' ✓' if found.agrees else '，不一致'}；")
