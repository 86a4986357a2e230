"""Where the year ends: ranges that hold, nothing later looked at, edges of a year."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from hydesk.domain.forecast.fan import fan
from hydesk.domain.forecast.reaching import reaching, what_if
from hydesk.domain.forecast.year_end import YearEnd, forecast_year_end
from hydesk.domain.project_year import ProjectYear
from tests.worlds import contracts, drifting, paced
from tests.worlds.base import plain

City = dict[int, tuple[ProjectYear, ...]]


@pytest.fixture(scope="module", params=[(paced, 51), (contracts, 52), (drifting, 53)], ids=["paced", "contracts", "drifting"])
def whole(request: pytest.FixtureRequest) -> City:
    """Three whole years."""
    kind, seed = request.param
    years = kind.city(seed, years=3)
    return plain(years, max(years), 12)


def known(whole: City, month: int) -> City:
    """As they were known at ``month`` of the last year."""
    last = max(whole)
    cut = [replace(p, year_investment=[*p.year_investment[:month], *[None] * (12 - month)]) for p in whole[last]]
    return {**whole, last: tuple(cut)}


@pytest.mark.parametrize("month", [3, 8])
def test_four_of_five_year_ends_lie_in_the_range(whole: City, month: int) -> None:
    last = max(whole)
    found = forecast_year_end(known(whole, month), last, month)
    ends = {p.id: p.done(12) for p in whole[last] if p.annual_plan}
    held = sum(found.projects[k].low <= v <= found.projects[k].high for k, v in ends.items())
    assert 0.7 <= held / len(ends) <= 0.9
    off = sorted(abs(found.projects[p.id].mid - p.done(12)) / p.annual_plan for p in whole[last] if p.annual_plan)
    straight = sorted(abs(p.done(month) * 12 / month - p.done(12)) / p.annual_plan for p in whole[last] if p.annual_plan)
    assert off[len(off) // 2] < straight[len(straight) // 2]
    assert found.city.low <= found.city.mid <= found.city.high
    assert found.city.done == sum(p.done(month) for p in whole[last])
    assert found.learnt == 2


def test_what_comes_later_changes_nothing(whole: City) -> None:
    last = max(whole)
    before = forecast_year_end(known(whole, 5), last, 5)
    assert forecast_year_end(whole, last, 5) == before
    after = {**whole, last + 1: whole[last]}
    assert forecast_year_end(after, last, 5) == before


def test_it_is_the_same_every_time(whole: City) -> None:
    last = max(whole)
    assert forecast_year_end(whole, last, 7) == forecast_year_end(whole, last, 7)


def test_a_year_that_is_over_is_what_was_done(whole: City) -> None:
    last = max(whole)
    found = forecast_year_end(whole, last, 12)
    for p in whole[last]:
        own, late = found.projects[p.id], p.newest(12) < 12
        assert late or own.low == own.mid == own.high == p.done(12)


def test_no_range_takes_back_what_is_done_or_passes_the_total(whole: City) -> None:
    last = max(whole)
    found = forecast_year_end(whole, last, 6)
    for p in whole[last]:
        own = found.projects[p.id]
        assert own.done <= own.low <= own.mid <= own.high
        if p.annual_plan and p.total_investment and own.done <= p.total_investment - (p.invested_before or 0):
            assert own.high <= p.total_investment - (p.invested_before or 0) + 1


def test_without_earlier_years_it_is_wide_and_leads_to_the_year_ends_of_other_cities(whole: City) -> None:
    last = max(whole)
    alone = forecast_year_end({last: whole[last]}, last, 6)
    taught = forecast_year_end(whole, last, 6)
    assert alone.learnt == 0
    assert alone.city.high - alone.city.low > taught.city.high - taught.city.low
    end = sum(p.done(12) for p in whole[last])
    assert alone.city.low * 0.95 <= end <= alone.city.high * 1.05
    # A city at half its plan in June, as others are, ends where those do: between 110 and 169 % of plan.
    half = [replace(p, year_investment=[*[None] * 5, (p.annual_plan or 0) // 2, *[None] * 6]) for p in whole[last]]
    usual = forecast_year_end({last: half}, last, 6).city
    assert usual.plan is not None
    assert 1.1 <= usual.mid / usual.plan <= 1.5


def test_a_single_earlier_year_is_trusted_less_than_several(whole: City) -> None:
    last = max(whole)
    one = forecast_year_end({y: held for y, held in known(whole, 6).items() if y >= last - 1}, last, 6)
    assert one.learnt == 1
    ends = {p.id: p.done(12) for p in whole[last] if p.annual_plan}
    held = sum(one.projects[k].low <= v <= one.projects[k].high for k, v in ends.items())
    assert 0.68 <= held / len(ends) <= 0.92


def test_a_year_broken_off_teaches_nothing(whole: City) -> None:
    last = max(whole)
    broken = {y: [replace(p, year_investment=[*p.year_investment[:8], *[None] * 4]) for p in held] if y < last else held
              for y, held in whole.items()}
    assert forecast_year_end(broken, last, 6).learnt == 0


def test_before_anything_is_reported(whole: City) -> None:
    last = max(whole)
    empty = {**whole, last: [replace(p, year_investment=[None] * 12) for p in whole[last]]}
    found = forecast_year_end(empty, last, 0)
    assert found.city.done == 0
    assert 0 < found.city.low < found.city.mid < found.city.high
    assert forecast_year_end({}, 2024, 3).city.mid == 0


def late(found: YearEnd, key: int) -> int:
    return found.projects[key].high - found.projects[key].low


def test_a_project_that_is_late_starts_from_its_own_month(whole: City) -> None:
    last = max(whole)
    one = next(p for p in whole[last] if p.annual_plan and p.nature == "续建" and all(p.year_investment[m] for m in (4, 8)))
    quiet = replace(one, year_investment=[*one.year_investment[:5], *[None] * 7])
    held = {**whole, last: tuple(quiet if p.id == one.id else p for p in whole[last])}
    assert forecast_year_end(held, last, 9).projects[one.id].done == one.done(5)


def test_what_it_takes_to_reach_the_plan(whole: City) -> None:
    last = max(whole)
    found = forecast_year_end(whole, last, 6)
    listed = list(whole[last])
    high = replace(found.city, plan=found.city.high * 2)
    takes = reaching(high, listed, found, 6)
    assert takes.gap == high.plan - high.mid  # type: ignore[operator]
    assert takes.monthly * 6 >= high.plan - high.done  # type: ignore[operator]
    assert takes.words.startswith("要完成年度计划，还需")
    low = replace(found.city, plan=found.city.low - 1)
    assert reaching(low, listed, found, 6).words == "照目前进度可以完成年度计划"
    same = what_if(found.city, listed, found, 6)
    assert same == found.city
    steady = what_if(found.city, listed, found, 6, monthly=10**9)
    assert steady.mid == found.city.done + 6 * 10**9
    stopped = what_if(found.city, listed, found, 6, stopped={p.id for p in listed})
    assert stopped.low == found.city.done


def test_the_fan_goes_from_what_is_done_to_the_range(whole: City) -> None:
    last = max(whole)
    found = forecast_year_end(whole, last, 7)
    points = fan(found.city, whole, last, 7)
    assert [p.month for p in points] == [7, 8, 9, 10, 11, 12]
    assert points[0].low == points[0].high == found.city.done
    assert (points[-1].low, points[-1].mid, points[-1].high) == (found.city.low, found.city.mid, found.city.high)
    assert all(a.low <= b.low and a.high <= b.high for a, b in pairwise(points))
    assert fan(found.city, whole, last, 12) == fan(found.city, whole, last, 0) == ()
