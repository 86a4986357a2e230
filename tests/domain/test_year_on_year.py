"""同比 at its edges: which sides are compared, over which projects, and what is said where they are not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hydesk.domain.measures.reach import reach_of
from hydesk.domain.measures.year_on_year import YearSide, compare_years, year_before
from hydesk.domain.periods import Month, Period
from hydesk.domain.standing import ProjectStanding
from tests.reports.made import JUNE, YI, standing

LAST = Month(2022, 6)


def side(period: Period, *projects: ProjectStanding, shown: Period | None = None) -> YearSide:
    """A year's list as it stands at ``period``."""
    return YearSide(period, projects, reach_of(projects, period, shown=shown))


def then(number: int, done: int | None, plan: int = YI) -> ProjectStanding:
    """A project of last year's list."""
    at = None if done is None else LAST
    return standing(number, as_of=at, year_investment=done, annual_plan=plan)


def test_amounts_grow_and_rates_differ_over_the_lists_of_each_year() -> None:
    found = compare_years(side(JUNE, standing(1), standing(2), standing(3)), side(LAST, then(1, YI // 4), then(9, YI)))
    assert (len(found.now.projects), len(found.then.projects), [p.id for p in found.both]) == (3, 2, [1])
    assert (found.done, found.done_then, found.difference) == (3 * YI // 2, 5 * YI // 4, YI // 4)
    assert (found.growth, found.points) == (Decimal("0.2"), Decimal("0.5") - Decimal("0.625"))
    assert (found.same_growth, found.why) == (Decimal(1), "")
    assert found.words == "2023年6月3个项目，2022年6月2个（2022年清单），两年都在清单上的1个"


def test_a_list_or_a_month_that_is_not_there_is_said() -> None:
    now = side(JUNE, standing(1))
    assert compare_years(now, YearSide(LAST)).words == "台账里没有2022年的清单"
    for before, why in ((side(LAST), "2022年的清单里没有这些项目"), (side(LAST, then(1, None)), "2022年6月没有数"),
                        (side(LAST, replace(then(1, 5), as_of=Month(2022, 5), as_of_day=Month(2022, 5).day)), "2022年6月没有数"),
                        (side(LAST, then(1, 5), replace(then(2, None), unit="祁东县")), "2022年6月报送不足九成")):
        found = compare_years(now, before)
        assert (found.why, found.growth, found.points, found.difference, found.same_growth) == (why, None, None, None, None)
    late = compare_years(side(JUNE, standing(1), standing(2, unit="祁东县", as_of=None, year_investment=None)), side(LAST, then(1, 5)))
    assert (late.why, late.growth) == ("2023年6月报送不足九成", None)
    nobody = compare_years(side(JUNE, standing(1, as_of=None, year_investment=None)), side(LAST, then(1, 5)))
    assert nobody.why == "本期没有数"


def test_nothing_done_then_has_no_growth_but_points() -> None:
    found = compare_years(side(JUNE, standing(1)), side(LAST, then(1, 0)))
    assert (found.growth, found.same_growth, found.difference, found.points) == (None, None, YI // 2, Decimal("0.5"))
    assert compare_years(side(JUNE, standing(1)), side(LAST, then(1, 5, plan=0))).points is None


def test_the_same_period_of_the_year_before() -> None:
    assert year_before(JUNE) == LAST
    assert year_before(Period.week(2023, 25)) == Period.week(2022, 25)
    assert year_before(Period.week(2020, 53)) is None
    assert year_before(Period.week(2021, 52)) == Period.week(2020, 52)
