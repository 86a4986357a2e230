"""年底预测 of the ledger: ranges for the city, its groups, units and projects, and what it takes to reach the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.domain.forecast.fan import FanPoint, fan
from hydesk.domain.forecast.reaching import Reaching, reaching
from hydesk.domain.forecast.year_end import Outlook, YearEnd, forecast_year_end
from hydesk.domain.money import MoneyUnit, Yuan, format_money, format_percent, rate
from hydesk.domain.periods import Month, Period
from hydesk.domain.project_year import MONTHS, ProjectYear
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.services.doubts.read_years import read_project_years
from hydesk.services.standings.period_view import read_view

_EARLY = 2
"""So many months tell next to nothing of the year, and the page says so."""
WHOLES = ("全市", "本范围")
"""What the sum of all projects is called, and that of a scope."""


@dataclass(frozen=True, slots=True)
class ForecastPage:
    """The forecast as of ``month``: the newest month by the period's end of which figures are held. ``city`` and the sum of
    ``year_end`` are of all projects, or of those of ``scope``."""

    month: Month
    year_end: YearEnd
    projects: Mapping[int, ProjectYear]
    city: Reaching
    units: Mapping[str, Reaching]
    fan: tuple[FanPoint, ...] = ()
    scope: Scope = WHOLE

    @property
    def whole(self) -> str:
        """What the sum of all is called: 全市, or 本范围 for a scope."""
        return WHOLES[self.scope.narrowed]

    @property
    def basis(self) -> str:
        """按截至6月底的数和以往3年同期的走势预测 …: what the forecast rests on, one sentence with its full stop."""
        if not self.year_end.month:
            return "今年还没有报送投资数，按年度计划和一般年份的年底完成情况估计，区间很宽。"
        at = f"按截至{self.month.number}月底的数"
        if self.year_end.month == MONTHS:
            return f"{at}，全年已经结束，就是实际完成数。"
        if not self.year_end.learnt:
            early = "，头两个月更说明不了全年" if self.year_end.month <= _EARLY else ""
            return f"{at}、今年各月的快慢和其他城市年底的一般情况估计；台账里没有以往完整年份的数，区间较宽{early}。年底五次有四次落在低、高之间。"
        return f"{at}和台账里以往{self.year_end.learnt}年同一时候起的走势预测，年底五次有四次落在低、高之间。"


def range_words(outlook: Outlook) -> str:
    """预计年底完成1,150亿元至1,320亿元、占年度计划的114.4%至131.3%: the range in a sentence without its full stop."""
    def share(end: Yuan) -> str:
        return format_percent(rate(end, outlook.plan), 1)

    low, high = (format_money(end, MoneyUnit.YI, 2) for end in (outlook.low, outlook.high))
    of_plan = f"，占年度计划的{share(outlook.low)}至{share(outlook.high)}" if outlook.plan else ""
    return f"预计年底完成{low}亿元至{high}亿元{of_plan}"


def forecast_year(ledger: Ledger, period: Period, scope: Scope = WHOLE) -> ForecastPage:
    """Where the year of ``period`` will end for the projects of ``scope``, by what was known at it; nothing later is looked at."""
    with ledger.read() as connection:
        return read_forecast(connection, period, scope=scope)


def read_forecast(
    connection: Connection, period: Period, years: Mapping[int, list[ProjectYear]] | None = None, *, scope: Scope = WHOLE,
) -> ForecastPage:
    """As ``forecast_year``, within an open transaction; ``years`` where they were read already.

    It starts from the newest month that the whole list holds figures of, whatever the scope (docs/rules.md §11.3).
    """
    held = read_project_years(connection, period, sums_teach=True) if years is None else years
    listed = held.get(period.year, [])
    newest = _newest(listed, period)
    only = {s.id for s in read_view(connection, period, scope=scope).standings} if scope.narrowed else None
    if only is not None:
        listed = [p for p in listed if p.id in only]
    found = forecast_year_end(held, period.year, newest, only)
    by_unit: dict[str, list[ProjectYear]] = {}
    for p in listed:
        by_unit.setdefault(p.unit, []).append(p)
    return ForecastPage(
        Month(period.year, max(1, newest)), found, {p.id: p for p in listed}, reaching(found.city, listed, found, newest),
        {unit: reaching(found.units[unit], own, found, newest) for unit, own in by_unit.items() if unit in found.units},
        fan(found.city, held, period.year, newest), scope)


def read_year_end(connection: Connection, period: Period) -> YearEnd:
    """The ranges alone, of the whole list, within an open transaction."""
    held = read_project_years(connection, period, sums_teach=True)
    return forecast_year_end(held, period.year, _newest(held.get(period.year, ()), period))


def _newest(listed: Sequence[ProjectYear], period: Period) -> int:
    """The newest month by the period's end that figures are held of; 0 for none."""
    return max((p.newest(period.last_month.number) for p in listed), default=0)
