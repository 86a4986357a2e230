"""The screen 首页: this period at a glance; every figure opens the projects behind it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from itertools import chain, islice
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from hydesk.domain.forecast.fan import FanPoint
from hydesk.domain.meaning import Meaning
from hydesk.domain.measures.ranking import RankingWay
from hydesk.domain.measures.words import nothing_in, span, standing
from hydesk.domain.money import MoneyUnit, format_money, format_percent, format_points
from hydesk.domain.periods import Period
from hydesk.domain.scopes.cases import Case
from hydesk.services.doubts.forecast_year import ForecastPage, forecast_year
from hydesk.services.pages.overview import Overview, overview
from hydesk.services.pages.what_waits import SPANS, Waiting, what_waits
from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import EmptyState, button, label
from hydesk.ui.kit.curve import CurveView
from hydesk.ui.kit.meant import CURVED, mean
from hydesk.ui.kit.scope_picker import ScopePicker
from hydesk.ui.kit.tab_order import tab_as_laid_out
from hydesk.ui.reading import ReadingScreen
from hydesk.ui.requests import (
    LedgerQuery,
    OpenProject,
    ShowNodes,
    ShowProblem,
    ShowProblems,
)
from hydesk.ui.screens.home.cards import CountRow, FigureCard, LineList, MeaningList, titled
from hydesk.ui.screens.home.ranking import RankingBars
from hydesk.ui.tokens import Palette

LINES = 4
"""How many nodes and problems are named."""


class HomeScreen(ReadingScreen):
    """Cards, the year's curve, the ranking, and what waits."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._seen: Overview | None = None
        self._chart: CurveView | None = None
        self._fan: tuple[FanPoint, ...] = ()
        self._fan_of: Period | None = None
        self.cards = {k: FigureCard(w) for k, w in (
            ("projects", "重点项目"), ("done", "完成投资"), ("rate", "完成率"), ("starts", "开工"), ("returns", "本期收报"))}
        self.ranking = RankingBars(desk.theme)
        self.meanings = MeaningList()
        self.node_counts, self.nodes = CountRow(), LineList(LINES)
        self.problem_counts, self.problems = CountRow(), LineList(LINES)
        self.unreported = LineList(5)
        self.scope = ScopePicker(desk)
        self.standing = label("", "quiet", wrap=True)
        self.standing.setAccessibleName("数据说明")
        self.elapsed = label("", "quiet")
        self.unit = label("亿元", "quiet")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(tokens.GAP)
        for card in self.cards.values():
            top.addWidget(card, 1)
        curve, self._curve_place = titled("投资进度", self.unit)
        ranking, place = titled("县市区排名", self.elapsed)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self.ranking)
        place.addWidget(area, 1)
        middle = QHBoxLayout()
        middle.setSpacing(tokens.GAP)
        middle.addWidget(curve, 5)
        middle.addWidget(ranking, 4)
        bottom = QHBoxLayout()
        bottom.setSpacing(tokens.GAP)
        for title, widgets in (("进度分布", (self.meanings,)), ("节点", (self.node_counts, self.nodes)),
                               ("问题", (self.problem_counts, self.problems)), ("未报单位", (self.unreported,))):
            card_, inside = titled(title)
            card_.setFixedHeight(tokens.wide(172))
            for i, widget in enumerate(widgets):
                inside.addWidget(widget, 1 if i == len(widgets) - 1 else 0)
            bottom.addWidget(card_, 3 if widgets[-1] in (self.nodes, self.problems) else 2)
        filled = QWidget()
        layout = QVBoxLayout(filled)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.GAP)
        layout.addLayout(top)
        layout.addLayout(middle, 1)
        layout.addLayout(bottom)
        self.empty = EmptyState()
        self.empty.offer(button("打开项目台账", lambda: self._desk.go_to("ledger"), kind="primary"))
        self.pages = QStackedWidget()
        self.pages.addWidget(filled)
        self.pages.addWidget(self.empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(tokens.PAGE_MARGIN, 8, tokens.PAGE_MARGIN, 10)
        outer.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(tokens.GAP)
        head.addWidget(self.standing, 1)
        head.addWidget(self.scope)
        outer.addLayout(head)
        outer.addWidget(self.pages, 1)

    def _connect(self) -> None:
        desk = self._desk
        for key, part, query in (
                ("projects", "clicked", LedgerQuery()), ("projects", "below_clicked", LedgerQuery()),
                ("projects", "unit_clicked", LedgerQuery()), ("done", "clicked", LedgerQuery()),
                ("done", "unit_clicked", LedgerQuery()), ("done", "below_clicked", LedgerQuery()),
                ("rate", "clicked", LedgerQuery()), ("rate", "below_clicked", LedgerQuery()),
                ("starts", "clicked", LedgerQuery(cases=frozenset({Case.NEW_STARTED}))),
                ("starts", "unit_clicked", LedgerQuery(cases=frozenset({Case.NEW_TO_START})))):
            getattr(self.cards[key], part).connect(lambda q=query: self._show_projects(q))
        self.cards["starts"].below_clicked.connect(self._show_late_starts)
        self.cards["starts"].aside_clicked.connect(
            lambda: self._show_projects(LedgerQuery(cases=frozenset({Case.MONEY_NO_START}))))
        for signal in (self.cards["returns"].clicked, self.cards["returns"].unit_clicked,
                       self.cards["returns"].below_clicked):
            signal.connect(lambda: desk.go_to("returns"))
        self.ranking.chosen.connect(lambda unit: self._show_projects(LedgerQuery(units=frozenset({unit}))))
        self.meanings.chosen.connect(self._show_meaning)
        self.scope.chosen.connect(self.reload)

    def _show_projects(self, query: LedgerQuery) -> None:
        """The projects behind a figure of the page, in the ledger: those of ``query`` in the page's scope."""
        if self.scope.scope.narrowed and not query.only:
            query = LedgerQuery.of(self.scope.scope.also(*query.conditions()))
        self._desk.go_to("ledger", query)

    def _show_late_starts(self) -> None:
        if self._seen is None:
            return
        if self._seen.starts.overdue:
            query = LedgerQuery(cases=frozenset({Case.OVERDUE_START}))
        else:
            query = LedgerQuery(only=frozenset(self._seen.started_early), called="提前开工")
        self._show_projects(query)

    def _show_meaning(self, meaning: Meaning | None) -> None:
        if meaning is not None:
            self._show_projects(LedgerQuery(meanings=frozenset({meaning})))
        elif self._seen is not None:
            self._show_projects(LedgerQuery(only=frozenset(self._seen.judged), called="人工判定"))

    def reload(self) -> None:
        """Read the overview of the period."""
        self._stale = False
        ledger, period, scope = self._desk.ledger, self._desk.period, self.scope.scope

        def waits(waiting: Waiting) -> None:
            if scope == self.scope.scope:
                self._show_waiting(waiting)

        self._desk.jobs.start("读取首页", lambda _p: overview(ledger, period, scope), self, done=self._show, quiet=True)
        self._desk.jobs.start("读取节点和问题", lambda _p: what_waits(ledger, period, scope), self, done=waits, quiet=True)

    def _show(self, seen: Overview) -> None:
        if seen.period != self._desk.period or seen.scope != self.scope.scope:
            return
        self._seen = seen
        self.pages.setCurrentIndex(0 if seen.totals.count else 1)
        self.empty.say("这个范围里没有项目，请换一个范围。" if seen.scope.narrowed else
                       f"{seen.period.year} 年还没有项目。导入项目清单后，这里显示总体进度。")
        if not seen.scope.narrowed:
            self._desk.badge_changed.emit("returns", len(seen.unreported))
        self._show_cards(seen)
        self.standing.setText(standing(seen.reach) if seen.reach.known else nothing_in(seen.reach))
        planned = seen.schedule if seen.schedule is not None and seen.schedule.rate is not None else None
        mean(self.elapsed, seen.measured("completion"), seen.measured("time_progress"), *([planned.measured()] if planned else []))
        self.elapsed.setText(f"完成率　{seen.reach.as_of.label}时间进度 {format_percent(seen.time_progress)}" + (
            f"　完成序时 {format_percent(planned.rate)}" if planned else ""))
        apart = seen.group_rankings if seen.ranking_way is RankingWay.APART and len(seen.group_rankings) > 1 else ()
        self.ranking.show_ranking(seen.ranking, seen.yardstick, seen.reach, apart)
        self.meanings.show_counts(seen.meanings, len(seen.judged))
        self._show_unreported(seen)
        tab_as_laid_out(self)  # its lines were made anew, as those of what waits are: whichever comes first
        QTimer.singleShot(0, self, self._draw_curve)  # once the cards are painted

    def _show_cards(self, seen: Overview) -> None:
        t, yi = seen.totals, MoneyUnit.YI
        cards = self.cards
        split = f"个，打包拆分后 {seen.packages.split:,} 个" if seen.packages.packages else "个"
        cards["projects"].say(f"{t.count:,}", split, f"总投资 {format_money(t.total_investment, yi, 2)} 亿元")
        cards["done"].title.setText(f"{span(seen.reach.as_of, '–')}完成投资")
        cards["done"].say(format_money(t.known("year_investment"), yi, 2), "亿元",
                          f"年度计划 {format_money(t.annual_plan, yi, 2)} 亿元",
                          short=f"计划 {format_money(t.annual_plan, yi, 2)} 亿元")
        gap = seen.gap
        lit = seen.yardstick.lamp_of(t.known("year_investment"), t.annual_plan, seen.reach.compare_at).meaning
        if t.completion is None:
            cards["rate"].say("—", "", "尚无完成数据" if t.annual_plan else "没有年度计划")
        elif gap is None:
            cards["rate"].say(format_percent(t.completion), "", "报送不足九成，不与时间进度比较", short="报送不足九成")
        else:
            way = "超" if gap >= 0 else "欠"
            cards["rate"].say(format_percent(t.completion), "",
                              f"{lit.mark} {way}时间进度 {format_points(abs(gap))} 个百分点", Palette.tone(lit),
                              short=f"{lit.mark} {way} {format_points(abs(gap))} 个百分点")
        s = seen.starts
        late = f"◆ 到期未开工 {s.overdue:,}" if s.overdue else f"提前开工 {s.early:,}"
        cards["starts"].say(f"{s.started:,}", f"／{s.planned:,} 计划新开工", late, "lagging" if s.overdue else "")
        cards["starts"].say_aside(f"有投资未记开工 {s.money_only:,}" if s.money_only else "", "lagging")
        units = len(seen.ranking)
        missing = seen.unreported
        some = "、".join(missing[:2]) + ("等" if len(missing) > 2 else "")
        below = f"■ 未报 {len(missing)}：{some}" if missing else "● 全部收齐"
        cards["returns"].say(str(units - len(missing)), f"／{units} 单位", below,
                             "serious" if missing else "ahead")
        told = seen.measured
        cards["projects"].means(told("count"), told("total_investment"), told("split_count"))
        cards["done"].means(told("year_investment"), told("annual_plan"))
        cards["rate"].means(told("completion"), told("gap"))
        cards["starts"].means(told("started"), told("overdue_starts" if s.overdue else "early_starts"), told("planned_starts"),
                              told("money_without_start"))
        cards["returns"].means(told("reported_units"), told("reported_units"))

    def _show_unreported(self, seen: Overview) -> None:
        def behind(unit: str) -> None:
            self._show_projects(LedgerQuery(units=frozenset({unit}), cases=frozenset({Case.UNREPORTED})))

        self.unreported.show_lines([(u, partial(behind, u)) for u in seen.unreported], "各单位本期报表都已收到。")

    def _show_waiting(self, seen: Waiting) -> None:
        if seen.period != self._desk.period:
            return
        go = self._desk.go_to
        self.node_counts.show_counts([
            (f"■ 逾期 {len(seen.overdue):,}", "serious" if seen.overdue else "", lambda: go("nodes", ShowNodes())),
            *((f"{days}天内 {seen.due_within(days):,}", "", partial(go, "nodes", ShowNodes(days))) for days in SPANS)], "nodes")
        lines: list[tuple[str, Any]] = []
        for x in islice(chain(seen.overdue[:2], seen.due, seen.overdue[2:]), LINES):
            days = x.days or 0
            when = f"逾期{-days}天" if days < 0 else f"{seen.on + timedelta(days):%m-%d}"
            lines.append((f"{when}　{x.node.shown}　{x.project.name}",
                          partial(go, "project", OpenProject(x.project.project_id, "nodes"))))
        self.nodes.show_lines(lines, "60 天内没有到期的节点，也没有逾期。")
        self.problem_counts.show_counts([
            (f"■ 逾期 {len(seen.late):,}", "serious" if seen.late else "",
             lambda: go("problems", ShowProblems(overdue=True))),
            (f"未销号 {len(seen.open):,}", "", lambda: go("problems", ShowProblems()))], "problems")
        late = ((f"逾期{(seen.on - p.due_on).days}天" if p.due_on else "逾期", p) for p in seen.late)
        told = islice(chain(late, ((p.status.label, p) for p in seen.open if not p.overdue)), LINES)
        self.problems.show_lines(
            [(f"{word}　{p.title or p.detail}　{p.project_name}", partial(go, "problems", ShowProblem(p.id)))
             for word, p in told], "没有未销号的问题。")
        tab_as_laid_out(self)

    def _draw_curve(self) -> None:
        if self._seen is None:
            return
        if self._chart is None:
            self._chart = CurveView(self._desk.theme)
            mean(self._chart, *CURVED)
            self._curve_place.addWidget(self._chart, 1)
            tab_as_laid_out(self)
        self._chart.show_curve(self._seen.curve)
        self._chart.show_fan(self._fan if self._fan_of == self._seen.period and not self._seen.scope.narrowed else ())
        ledger, period = self._desk.ledger, self._seen.period
        if self._seen.scope.narrowed:
            return  # the range is that of the whole city
        # Read once the page stands: the earlier years take a moment.
        self._desk.jobs.start("年底预测", lambda _p: forecast_year(ledger, period), self, done=self._spread_curve, quiet=True)

    def _spread_curve(self, found: ForecastPage) -> None:
        self._fan, self._fan_of = found.fan, self._desk.period
        if self._chart is not None and self._seen is not None and self._seen.period == self._fan_of and not self._seen.scope.narrowed:
            self._chart.show_fan(self._fan)
