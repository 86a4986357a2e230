"""年底预测: the range in which the year ends, by unit, what it takes to reach the plan, and 假如: what would be if."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QColor

from hydesk.dataclass import dataclass
from hydesk.domain.forecast.reaching import Reaching
from hydesk.domain.forecast.year_end import Outlook
from hydesk.domain.money import MoneyUnit, format_money, format_percent, rate
from hydesk.services.doubts.forecast_year import WHOLES, ForecastPage, forecast_year, range_words
from hydesk.services.standings.year_curve import CurvePoint, year_curve
from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import Card, button, label
from hydesk.ui.kit.boxes import in_column
from hydesk.ui.kit.curve import CurveView
from hydesk.ui.kit.fitting import FittingColumns
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.meant import CURVED, mean
from hydesk.ui.kit.words import UNIT
from hydesk.ui.screens.registers.fixed import FixedPage
from hydesk.ui.screens.registers.what_if import SEEN, mean_label, show_what_if


@dataclass(frozen=True, slots=True)
class OutlookRow:
    """The city, a group or a unit. ``takes`` None: of a group nothing is planned."""

    name: str
    outlook: Outlook
    takes: Reaching | None

    @property
    def sure(self) -> str:
        """▲ 可完成, ● 有把握的一半, ◆ 有差距: how the range stands against the plan."""
        o = self.outlook
        if not o.plan:
            return "—"
        return "▲ 可完成" if o.low >= o.plan else "● 可望完成" if o.mid >= o.plan else "◆ 有差距" if o.high >= o.plan else "■ 难完成"


class OutlookPage(FixedPage):
    """Enter asks 假如 of the selected unit."""

    TITLE = "年底预测"
    SCOPED = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.page: ForecastPage | None = None
        self.curve: list[CurvePoint] = []
        self._chart: CurveView | None = None
        self.table = Listing(_columns(desk), desk.theme, "年底预测", key=lambda r: r.name)
        FittingColumns(self.table, (8, 6, 2, 3, 5), least=200)  # beside 假如 what it is about stays: plan, middle, how they compare
        self.head.put(button("假如…", self.start_what_if, kind="primary", tip="Enter"))
        self.said = mean_label("", f"{SEEN} need")
        self.basis = label("", "quiet", wrap=True)
        self.body.addWidget(self.said)
        self.place = Card()
        self.place.setFixedHeight(tokens.wide(190))
        self.body.addWidget(self.place)
        self.card(self.table, stretch=3)
        self.body.addWidget(self.basis)
        self.follow_copies(self.table)
        self.table.opened.connect(self.start_what_if)

    def reader(self) -> Callable[[], tuple[ForecastPage, list[CurvePoint]]]:
        ledger, period, scope = self.desk.ledger, self.desk.period, self.wanted
        return lambda: (forecast_year(ledger, period, scope), year_curve(ledger, period, scope=scope))

    def show_read(self, result: Any) -> None:
        self.page, self.curve = result
        page = self.page
        assert page is not None
        self.count.say(f"{page.year_end.year}年　按截至{page.month.number}月底的数" if page.year_end.month else f"{page.year_end.year}年")
        city = page.year_end.city
        self.said.setText(f"{page.whole}{range_words(city)}。{page.city.words}{'。' if page.city.words else ''}" if page.projects else "")
        self.basis.setText(page.basis if page.projects else "这个范围里没有项目，请换一个范围。" if page.scope.narrowed else
                           "今年还没有项目清单。导入清单后，这里预测年底完成多少。")
        rows = [OutlookRow(page.whole, city, page.city)] if page.projects else []
        rows += [OutlookRow(n, o, None) for n, o in page.year_end.groups.items()]
        rows += [OutlookRow(n, o, page.units.get(n)) for n, o in page.year_end.units.items()]
        self.table.show_items(rows)
        if not self.table.currentIndex().isValid() and rows:
            self.table.selectRow(0)
        self._draw()

    def _draw(self) -> None:
        if self.page is None:
            return
        if self._chart is None:

            self._chart = CurveView(self.desk.theme)
            mean(self._chart, *CURVED)
            in_column(self._chart, on=self.place, margins=(8, 8, 8, 4))
        self._chart.show_curve(self.curve)
        self._chart.show_fan(self.page.fan)

    def start_what_if(self) -> None:
        """假如 of the row selected."""
        chosen: list[OutlookRow] = [r for r in self.table.selected() if r.takes is not None]
        if self.page is None or not chosen or not self.page.year_end.month:
            return
        show_what_if(self, self.page, chosen[0].name)


def _columns(desk: Desk) -> list[ListColumn[OutlookRow]]:
    def color(r: OutlookRow) -> QColor | None:
        p = desk.theme.palette
        tones = {"▲": p.ahead, "●": p.on_track, "◆": p.lagging, "■": p.serious}
        return QColor(tones[r.sure[0]]) if r.sure[0] in tones else None

    def amount(name: str) -> Callable[[OutlookRow], str]:
        return lambda r: format_money(getattr(r.outlook, name), MoneyUnit.YI, 2)

    def column(key: str, head: str, measure: str, *, width: int = 84, bold: bool = False) -> ListColumn[OutlookRow]:
        return ListColumn(head, amount(key), width, lambda r: getattr(r.outlook, key), right=True, measure=measure,
                          bold=(lambda _r: True) if bold else None)

    return [
        ListColumn(UNIT, lambda r: r.name, 98, bold=lambda r: r.takes is None or r.name in WHOLES),
        column("plan", "计划（亿元）", "annual_plan", width=104), column("done", "已完成", "year_investment"),
        column("low", "年底低", "year_end"), column("mid", "年底中", "year_end", bold=True), column("high", "年底高", "year_end"),
        ListColumn("中占计划", lambda r: format_percent(rate(r.outlook.mid, r.outlook.plan), 1), 80,
                   lambda r: rate(r.outlook.mid, r.outlook.plan), right=True, measure="year_end_rate"),
        ListColumn("对照计划", lambda r: r.sure, 94, color=color),
        ListColumn("完成计划还要", lambda r: r.takes.brief if r.takes else "", 200, stretch=True,
                   tip=lambda r: r.takes.words if r.takes else "", measure="need year_end"),
    ]
