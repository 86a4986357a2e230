"""Standings, the overview and the curve agree with each other and with a slow, plain reading."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.dates import LooseDate
from hydesk.domain.fields import Field
from hydesk.domain.lamps import LampMode, LampRule
from hydesk.domain.meaning import Meaning
from hydesk.domain.measures.totals import sum_up
from hydesk.domain.measures.yardstick import Pace
from hydesk.domain.periods import Period
from hydesk.services.pages.overview import overview
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.rules.office_rules import lamp_rule, set_lamp_rule, set_pace
from hydesk.services.rules.settings import get_setting, set_setting
from hydesk.services.standings.list_standings import list_standings, read_standings
from hydesk.services.standings.period_view import view_at
from hydesk.services.standings.read_figures import figures_of_year
from hydesk.services.standings.year_curve import year_curve
from tests.services.made import JUNE, MAY, code, draft, facts, fill, money, take_list


@pytest.mark.parametrize("seed", range(12))
def test_reading_few_months_says_the_same_as_reading_all(ledger: Ledger, seed: int) -> None:
    random = Random(seed)
    fill(ledger, 6)
    fields = ["month_investment", "year_investment", "total_invested", "funds_arrived", "statistics_month",
              "statistics_year", "progress_text", "problem_text"]
    for month in range(1, 9):
        rows = {}
        for n in range(1, 7):
            said = [f for f in fields if random.random() < 0.4]
            if said:
                rows[n] = {Field(f): f"话{month}" if f.endswith("text") else random.randrange(10**9) for f in said}
        if rows and random.random() < 0.8:
            apply_return(ledger, draft(ledger, Period.month(2023, month), rows, name=f"{month}"))
        for number in range(month * 4, month * 4 + 4):
            week = Period.week(2023, number)
            weekly = [f for f in ("week_investment", "year_investment", "funds_arrived", "progress_text") if random.random() < 0.4]
            if weekly and random.random() < 0.6:
                near = week.takes(week.day + timedelta(days=random.randrange(-9, 4))) if random.random() < 0.4 else None
                rows = {n: {Field(f): f"周{month}" if f.endswith("text") else random.randrange(10**9) for f in weekly}
                        for n in range(1, 7) if random.random() < 0.6}
                if rows:
                    apply_return(ledger, draft(ledger, week, rows, name=f"周{number}", day=near))
    for period in [Period.month(2023, m) for m in (1, 4, 6, 8, 12)] + [Period.week(2023, w) for w in (1, 17, 26, 27, 30, 35, 52)]:
        with ledger.read() as connection:
            plain = read_standings(connection, period, figures_of_year(connection, period))
        assert list_standings(ledger, period) == plain


def test_the_overview_adds_up(ledger: Ledger) -> None:
    fill(ledger, 4)
    apply_return(ledger, draft(ledger, MAY, {1: money(5, 50), 2: money(1, 90_000_000), 3: money(7, 70)}, unit=None))
    apply_return(ledger, draft(ledger, JUNE, {1: money(6, 56), 3: money(1, 71)}))
    seen = overview(ledger, JUNE)
    assert seen.totals == sum_up(list_standings(ledger, JUNE))
    assert (seen.totals.year_investment, seen.totals.month_investment) == (90_000_127, 7)
    assert seen.time_progress == Decimal("0.5")
    assert sum(seen.meanings.values()) == 4
    assert (seen.meanings[Meaning.UNREPORTED], seen.meanings[Meaning.NO_DATA]) == (2, 0)
    assert seen.unreported == ["祁东县"]
    assert [(r.name, r.place) for r in seen.ranking] == [("衡南县", 1), ("祁东县", None)]  # 祁东县 has not reported for June
    assert sum(r.totals.year_investment for r in seen.ranking) == seen.totals.year_investment
    by_month = {p.month: p for p in seen.curve}
    assert by_month[6].done == seen.totals.year_investment
    assert by_month[5].done == 90_000_120
    assert (by_month[4].done, by_month[7].done) == (None, None)
    assert by_month[12].planned == seen.totals.annual_plan
    # Half of the plan is in for June and none of it was for an earlier month: no data date, so no forecast.
    assert by_month[12].forecast is None
    assert (seen.reach.data_date, seen.gap) == (None, None)
    assert [p.done for p in year_curve(ledger, JUNE, [list_standings(ledger, JUNE)[0].id])][4:6] == [50, 56]


def test_an_empty_ledger_has_an_overview(ledger: Ledger) -> None:
    seen = overview(ledger, JUNE)
    assert (seen.totals.count, seen.ranking, seen.unreported, seen.starts.planned) == (0, [], [], 0)
    assert all(p.planned == 0 and p.done is None for p in seen.curve)


def test_starts_are_told_apart(ledger: Ledger) -> None:
    early = {"planned_start": LooseDate.of_month(2023, 5), "start_date": LooseDate.of_month(2023, 3)}
    take_list(ledger, facts(1, **early), facts(2), facts(3, planned_start=LooseDate.of_month(2023, 10)),
              facts(4, nature="续建"))
    starts = overview(ledger, JUNE).starts
    assert (starts.planned, starts.started, starts.early, starts.overdue) == (3, 1, 1, 1)


def test_the_lamp_rule_is_the_offices_own(ledger: Ledger) -> None:
    assert lamp_rule(ledger) == LampRule()
    own = LampRule(LampMode.RATIO, Decimal("0.80"), Decimal("0.60"))
    set_lamp_rule(ledger, own)
    assert lamp_rule(ledger) == own
    fill(ledger, 1)
    apply_return(ledger, draft(ledger, JUNE, {1: money(1, 70_000_000)}))
    assert overview(ledger, JUNE).meanings[Meaning.LAGGING] == 1
    set_lamp_rule(ledger, replace(own, lagging=Decimal("0.50"), serious=Decimal("0.40")))
    assert overview(ledger, JUNE).meanings[Meaning.ON_TRACK] == 1


def test_settings_go_back_to_their_default(ledger: Ledger) -> None:
    set_setting(ledger, "office_name", "市重点办")
    assert get_setting(ledger, "office_name") == "市重点办"
    set_setting(ledger, "office_name", None)
    assert get_setting(ledger, "office_name", "缺省") == "缺省"


def test_time_of_a_week_is_counted_by_day_or_by_month(ledger: Ledger) -> None:
    week = Period.week(2023, 25)
    by_day = view_at(ledger, week).yardstick.time_progress
    set_pace(ledger, Pace.BY_MONTH)
    assert (by_day, view_at(ledger, week).yardstick.time_progress) == (Decimal(176) / 365, Decimal(5) / 12)


def test_codes_are_those_of_the_list(ledger: Ledger) -> None:
    fill(ledger, 3)
    assert [s.code for s in list_standings(ledger, JUNE)] == [code(n) for n in (1, 2, 3)]
