"""The edges of what scores and lists are made of, from standings alone (docs/rules.md §3.5, §5, §6.4)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from hydesk.domain.lamps import LampRule
from hydesk.domain.measures.reach import reach_of
from hydesk.domain.measures.starts import Starts
from hydesk.domain.measures.totals import Share, sum_up
from hydesk.domain.measures.yardstick import Yardstick
from hydesk.domain.periods import Period
from hydesk.services.mechanisms.assess_city import scoped, share_reading, start_reading
from hydesk.services.mechanisms.scale_lists import ListLine, major_under_way, names_month
from hydesk.services.rules.office_rules import OfficeRules
from hydesk.services.standings.period_view import PeriodView
from tests.reports.made import YI, standing

D = Decimal
JUNE, JULY = Period.month(2023, 6), Period.month(2023, 7)
END = JUNE.end


def view(*levels: str, period: Period = JUNE, rules: OfficeRules | None = None, **more: Any) -> PeriodView:
    standings = tuple(standing(i, level=level, **more) for i, level in enumerate(levels, 1))
    rules = rules or OfficeRules()
    reach = reach_of(standings, period, rules.closed)
    return PeriodView(period, standings, reach, rules, rules.yardstick(reach))


def test_the_province_evaluates_its_own_projects_only() -> None:
    whole = view("省", "市", "省重点", "国家", "", "市（省备案）")
    own = scoped(whole)
    assert [s.id for s in own.standings] == [1, 3]
    assert (own.reach.whole, own.reach.shown, own.period, own.rules) == (2, JUNE, JUNE, whole.rules)
    assert scoped(view("市")).standings == ()


def test_the_scope_is_shown_as_of_the_period_the_whole_is() -> None:
    some = (standing(1, level="省"), standing(2, level="市", as_of=JULY))
    rules = OfficeRules(money_starts=True)
    reach = reach_of(some, JULY)
    own = scoped(PeriodView(JULY, some, reach, rules, rules.yardstick(reach)))
    assert (own.reach.shown, own.reach.own, own.yardstick.shown, own.yardstick.money_starts) == (JULY, 0, JULY, True)
    closed = OfficeRules(closed={JULY: "受灾"})
    part = (standing(1, level="省", as_of=JULY, unit="甲"), standing(2, level="省", unit="乙", annual_plan=9 * YI))
    reach = reach_of(part, JULY, closed.closed)
    assert scoped(PeriodView(JULY, part, reach, closed, closed.yardstick(reach))).reach.closed == "受灾"


def test_a_rate_of_money_says_over_whom_or_why_it_is_not_told() -> None:
    told = share_reading(sum_up([standing(1, annual_plan=100, funds_arrived=40)]).funds, "到位资金", "年度计划", "到位率")
    assert (told.value, told.words) == (D("0.4"), "到位资金0.00万元，其年度计划0.01万元，到位率40.00%")
    half = share_reading(Share(20_000, 50_000, 1, 2, 50, 100), "到位资金", "年度计划", "到位率")
    assert (half.value, half.words) == (D("0.4"), "到位资金2.00万元，其年度计划5.00万元（1／2个项目报了），到位率40.00%")
    less = share_reading(Share(20, 49, 1, 2, 49, 100), "到位资金", "年度计划", "到位率")
    assert (less.value, less.words) == (None, "只有1／2个项目报了，不足计划一半，不计算到位率")
    none = share_reading(sum_up([standing(1)]).funds, "到位资金", "年度计划", "到位率")
    assert (none.value, none.words) == (None, "到位资金没有报数")


def test_the_rate_of_starts_is_that_of_the_year() -> None:
    found = start_reading(Starts(planned=4, started=3, early=0, due=2, overdue=1, money_only=0))
    assert (found.value, found.words) == (D("0.75"), "计划新开工4个，已开工3个，年度开工率75.00%")
    none = start_reading(Starts(0, 0, 0, 0, 0, 0))
    assert (none.value, none.words) == (None, "没有计划新开工项目")


@pytest.mark.parametrize(("more", "counts"), [
    ({}, True), ({"total_investment": YI}, True), ({"total_investment": YI - 1}, False), ({"total_investment": None}, False),
    ({"category": "基础设施"}, False), ({"actual_start": END}, True), ({"actual_start": date(2023, 7, 1)}, False),
    ({"actual_start": None}, False), ({"actual_start": None, "nature": "续建"}, True), ({"actual_finish": END}, False),
    ({"actual_finish": date(2023, 7, 1)}, True)])
def test_a_major_project_is_under_way(more: dict[str, Any], counts: bool) -> None:
    assert major_under_way(standing(1, **more), YI, Yardstick(LampRule(), JUNE, END)) is counts


def test_money_as_a_start_makes_a_major_project_under_way() -> None:
    project = standing(1, actual_start=None, year_investment=1)
    assert major_under_way(project, YI, Yardstick(LampRule(), JUNE, END, money_starts=True))
    assert not major_under_way(project, YI, Yardstick(LampRule(), JUNE, END))


@pytest.mark.parametrize(("place", "gained", "compared", "moved"), [
    (1, 1, True, "↑1"), (1, -1, True, "↓1"), (1, 0, True, "—"), (1, None, True, "新上榜"), (1, None, False, "—"), (1, 2, False, "—"),
    (None, None, True, "—"), (None, 1, True, "—")])
def test_moves_on_a_list(place: int | None, gained: int | None, compared: bool, moved: str) -> None:
    assert ListLine("甲", D(1), "1", place, None, gained, compared).moved == moved


@pytest.mark.parametrize(("words", "named"), [
    ("2023-06", True), ("2023年6月", True), ("6月份", True), ("2022年6月", False), ("5月", False), ("", False), ("2023年", False),
    ("2023-06-15", False), ("六月", True)])
def test_words_that_name_a_month(words: str, named: bool) -> None:
    assert names_month(words, JUNE) is named
