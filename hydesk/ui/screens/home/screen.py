"""The screen 本期工作: what waits for the period at its stations, the year's curve and the ranking; every figure opens what
is behind it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QWidget

from hydesk.domain.forecast.fan import FanPoint
from hydesk.domain.meaning import Meaning
from hydesk.domain.measures.ranking import RankingWay
from hydesk.domain.measures.words import cover, span, standing
from hydesk.domain.money import MoneyUnit, format_money, format_percent, format_points
from hydesk.domain.period_work import PeriodWork, Station, ToDo
from hydesk.domain.periods import Period
from hydesk.domain.scopes.cases import Case
from hydesk.domain.scopes.scope import Scope
from hydesk.services.doubts.forecast_year import ForecastPage, forecast_year
from hydesk.services.pages.ledger_query import LedgerQuery
from hydesk.services.pages.overview import Overview, overview
from hydesk.services.pages.places_moved import places_moved
from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import Card, EmptyState, button, label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.curve import CurveView
from hydesk.ui.kit.elided import ElidedLabel
from hydesk.ui.kit.empty_word import EmptyWord
from hydesk.ui.kit.listing import Listing
from hydesk.ui.kit.meant import CURVED, mean
from hydesk.ui.kit.scope_picker import ScopePicker
from hydesk.ui.kit.tab_order import tab_as_laid_out
from hydesk.ui.kit.table_view import Choose
from hydesk.ui.plain import plain_text
from hydesk.ui.reading import ReadingScreen
from hydesk.ui.requests import FillForm
from hydesk.ui.screens.home.cards import FigureCard, MeaningList, titled
from hydesk.ui.screens.home.queue import ACT, key_of, open_todo, queue_columns
from hydesk.ui.screens.home.ranking import RankingBars
from hydesk.ui.screens.home.station_acts import StationActs
from hydesk.ui.screens.home.stations import StationBar
from hydesk.ui.tokens import Palette


class HomeScreen(ReadingScreen):
    """Stations and queue, the figures with the year's curve, the ranking."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._seen: Overview | None = None
        self._chart: CurveView | None = None
        self._curve_due = False
        self._fan: tuple[FanPoint, ...] = ()
        self._fan_of: Period | None = None
        self.work: PeriodWork | None = None
        self.cards = {k: FigureCard(w) for k, w in (
            ("projects", "重点项目"), ("done", "完成投资"), ("rate", "完成率"), ("starts", "开工"))}
        self.stations = StationBar()
        self.acts = StationActs(desk, self)
        self.queue = Listing(queue_columns(desk.theme), desk.theme, "要办的事", key=key_of, choose=Choose.ROW)
        self.nothing = EmptyWord(self.queue, "正在读取…")
        self.ranking = RankingBars(desk.theme)
        self.meanings = MeaningList()
        self.scope = ScopePicker(desk)
        self.title, self.standing, self.before = label("", "title"), ElidedLabel(), label("", "quiet")
        self.standing.setAccessibleName("期限和数据说明")
        self.elapsed = label("", "quiet")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        waiting = Card()
        in_column(self.queue, on=waiting, margins=1)
        figures = in_row(*((card, 1) for card in self.cards.values()), gap=4)
        curve = Card()
        self._curve_place = in_column(figures, on=curve, gap=2, margins=(8, 6, 8, 4))
        curve.setFixedHeight(tokens.wide(232))
        ranking, place = titled("单位排名", self.elapsed)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self.ranking)
        place.addWidget(area, 1)
        place.addWidget(self.meanings)
        left = in_column((waiting, 1), curve, gap=8)
        body = in_row((left, 2), (ranking, 1), gap=8)
        self.empty = EmptyState()
        self.empty.offer(button("打开项目台账", lambda: self._desk.go_to("ledger"), kind="primary"))
        filled = QWidget()
        self._page(filled, [self.stations], body)
        self.pages = QStackedWidget()
        self.pages.addWidget(filled)
        self.pages.addWidget(self.empty)
        head = in_row(
            self.title, (self.standing, 1), self.before,
            button("填来表…", lambda: self._desk.go_to("reports", FillForm()), tip="别的单位发来的空表，从台账填好；也可以把空表直接拖到窗口里"), self.scope,
            gap=tokens.GAP)
        in_column(head, (self.pages, 1), on=self, gap=6, margins=(tokens.PAGE_MARGIN, 8, tokens.PAGE_MARGIN, 10))

    def _page(self, page: QWidget, above: list[QWidget], body: QHBoxLayout) -> None:
        in_column(*above, (body, 1), on=page, gap=8, margins=0)

    def _connect(self) -> None:
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
        self.stations.opened.connect(self._open_station)
        self.stations.acted.connect(lambda s: self.acts.act(s, self.work))
        self.queue.opened.connect(self._open_current)
        self.queue.clicked.connect(lambda index: self._open_current() if index.column() == ACT else None)
        self.ranking.chosen.connect(lambda unit: self._show_projects(LedgerQuery(units=frozenset({unit}))))
        self.meanings.chosen.connect(self._show_meaning)
        self.scope.chosen.connect(self.reload)
        self._desk.work.told.connect(self._show_work)

    # What the window asks ---------------------------------------------------------------------------------

    def shown(self) -> None:
        """Read again if something changed meanwhile; what is decided in a review is told by nobody, so the queue always is."""
        stale = self._stale
        super().shown()
        if not stale:
            self._ask_work()
            QTimer.singleShot(0, self, self._draw_curve)
        self.queue.setFocus()

    def reload(self) -> None:
        """Read the overview of the period, and what waits."""
        self._stale = False
        ledger, period, scope = self._desk.ledger, self._desk.period, self.scope.scope
        self._desk.jobs.start("读取本期投资", lambda _p: overview(ledger, period, scope), self, done=self._show, quiet=True)
        self._ask_work()

    def _ask_work(self) -> None:
        """What waits; of a scope the nodes and problems of its projects alone."""
        scope = self.scope.scope
        if not scope.narrowed:
            self._desk.work.ask()
            return
        from hydesk.services.pages.period_work import period_work

        ledger, period = self._desk.ledger, self._desk.period
        self._desk.jobs.start("读取本期工作", lambda _p: period_work(ledger, period, scope), self,
                              done=lambda found: self._take_work(found, scope), quiet=True)

    # What waits -------------------------------------------------------------------------------------------

    def _show_work(self, work: PeriodWork) -> None:
        """The whole window's answer; a page of a scope asks for its own."""
        if not self.scope.scope.narrowed:
            self._take_work(work, self.scope.scope)
        elif self.isVisible():
            self._ask_work()

    def _take_work(self, work: PeriodWork, scope: Scope) -> None:
        if work.period != self._desk.period or scope != self.scope.scope:
            return
        self.work = work
        self.nothing.say("本期没有要办的事。")
        first = not self.queue.currentIndex().isValid()
        self.queue.show_items(work.queue)
        if work.queue and (first or not self.queue.currentIndex().isValid()):
            self.queue.selectRow(0)
        self.stations.show_work(work)
        self.title.setText(work.period.short_label)
        self.before.setText(work.before)
        self._say_standing()

    def _say_standing(self) -> None:
        parts = [self.work.deadline_words] if self.work is not None else []
        if self._seen is not None:
            told = self._seen.told_plan
            parts.append(cover(self._seen.reach, format_percent(told) if told is not None else ""))
        self.standing.say(" · ".join(parts))
        if self._seen is not None:
            self.standing.setToolTip(plain_text(f"{self.standing.whole}\n{standing(self._seen.reach)}"))
            mean(self.standing, "annual_plan", tip=f"{self.standing.whole}\n{standing(self._seen.reach)}")

    def _open_current(self) -> None:
        line: ToDo | None = self.queue.current()
        if line is not None:
            open_todo(self._desk, line)

    def _open_station(self, station: Station) -> None:
        """What is most urgent at the station, marked in the queue; where nothing is, its place."""
        line = self.work.first(station) if self.work is not None else None
        if line is None:
            self.acts.open(station)
        else:
            self.queue.select([key_of(line)], key_of(line))
            self.queue.scrollTo(self.queue.currentIndex())
            self.queue.setFocus()

    # The year ---------------------------------------------------------------------------------------------

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

    def _show(self, seen: Overview) -> None:
        if seen.period != self._desk.period or seen.scope != self.scope.scope:
            return
        self._seen = seen
        self.pages.setCurrentIndex(0 if seen.totals.count else 1)
        self.empty.say("这个范围里没有项目，请换一个范围。" if seen.scope.narrowed else
                       f"{seen.period.year} 年还没有项目。导入项目清单后，这里显示本期要办的事和总体进度。")
        self._show_cards(seen)
        self._say_standing()
        planned = seen.schedule if seen.schedule is not None and seen.schedule.rate is not None else None
        mean(self.elapsed, seen.measured("completion"), seen.measured("time_progress"), *([planned.measured()] if planned else []))
        self.elapsed.setText(f"{seen.reach.as_of.label}时间进度 {format_percent(seen.time_progress)}" + (
            f"　完成序时 {format_percent(planned.rate)}" if planned else ""))
        apart = seen.group_rankings if seen.ranking_way is RankingWay.APART and len(seen.group_rankings) > 1 else ()
        self.ranking.show_ranking(seen.ranking, seen.yardstick, seen.reach, apart)
        self.meanings.show_counts(seen.meanings, len(seen.judged))
        tab_as_laid_out(self)
        self._curve_due = True
        QTimer.singleShot(0, self, self._draw_curve)  # once the figures are painted

    def _show_cards(self, seen: Overview) -> None:
        t, yi = seen.totals, MoneyUnit.YI
        cards = self.cards
        split = f"个，拆分后 {seen.packages.split:,} 个" if seen.packages.packages else "个"
        cards["projects"].say(f"{t.count:,}", split, f"总投资 {format_money(t.total_investment, yi, 2)} 亿元")
        cards["done"].title.setText(f"{span(seen.reach.as_of, '–')}完成投资")
        cards["done"].say(format_money(t.known("year_investment"), yi, 2), "亿元",
                          f"年度计划 {format_money(t.annual_plan, yi, 2)} 亿元",
                          short=f"计划 {format_money(t.annual_plan, yi, 2)} 亿元")
        gap = seen.shown_gap
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
        told = seen.measured
        cards["projects"].means(told("count"), told("total_investment"), told("split_count"))
        cards["done"].means(told("year_investment"), told("annual_plan"))
        cards["rate"].means(told("completion"), told("gap"))
        cards["starts"].means(told("started"), told("overdue_starts" if s.overdue else "early_starts"), told("planned_starts"),
                              told("money_without_start"))

    def _draw_curve(self) -> None:
        """Draw the year's curve, once for each reading; a page that nobody looks at draws it when it is shown."""
        if self._seen is None or not self._curve_due or not self.isVisible():
            return
        self._curve_due = False
        if self._chart is None:
            self._chart = CurveView(self._desk.theme)
            mean(self._chart, *CURVED)
            self._chart.unit_word = MoneyUnit.YI.value
            self._curve_place.addWidget(self._chart, 1)
            tab_as_laid_out(self)
        self._chart.show_curve(self._seen.curve)
        self._chart.show_fan(self._fan if self._fan_of == self._seen.period and not self._seen.scope.narrowed else ())
        # Read once the page stands, one after the other: side by side they only take the processor from each other.
        ledger, seen = self._desk.ledger, self._seen
        period, scope = seen.period, seen.scope

        def moved(found: Mapping[str, int]) -> None:
            if self._seen is not None and (self._seen.period, self._seen.scope) == (period, scope):
                self.ranking.show_moves(found)
                if not scope.narrowed:  # the range is that of the whole city
                    self._desk.jobs.start("年底预测", lambda _p: forecast_year(ledger, period), self, done=self._spread_curve, quiet=True)

        self._desk.jobs.start("读取位次变动", lambda _p: places_moved(ledger, seen), self, done=moved, quiet=True)

    def _spread_curve(self, found: ForecastPage) -> None:
        self._fan, self._fan_of = found.fan, self._desk.period
        if self._chart is not None and self._seen is not None and self._seen.period == self._fan_of and not self._seen.scope.narrowed:
            self._chart.show_fan(self._fan)
