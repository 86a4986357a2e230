"""Who has reported, as of when a scope's figures hold: nine tenths and its edges (docs/rules.md §2)."""

from __future__ import annotations

from datetime import date

import pytest

from hydesk.domain.measures import words
from hydesk.domain.measures.measured import AsOf, Cover, measured
from hydesk.domain.measures.reach import (
    LateUnit,
    as_of,
    data_date,
    has_reported,
    reach_of,
    reaches,
    scope_date,
)
from hydesk.domain.periods import Period
from hydesk.domain.standing import ProjectStanding
from tests.reports.made import standing

MAY, JUNE, JULY = (Period.month(2023, m) for m in (5, 6, 7))
WEEK = Period.week(2023, 28)  # to 16 July
BEFORE = Period.week(2023, 27)  # to 9 July


def of(unit: str, *held: tuple[int | None, Period | None], start: int = 1) -> list[ProjectStanding]:
    """A unit's projects: their plans and the period of their newest figures."""
    return [standing(start + i, unit=unit, annual_plan=plan, as_of=at, year_investment=None if at is None else 1)
            for i, (plan, at) in enumerate(held)]


def test_a_project_has_reported_when_its_figures_are_of_the_period_or_newer() -> None:
    june = standing(1)
    assert [has_reported(june, p) for p in (MAY, JUNE, JULY, Period.week(2023, 25), Period.week(2023, 26))] == [True, True, False, True, False]
    assert not has_reported(standing(1, as_of=None), JUNE)
    assert as_of(standing(1, as_of=None)) is None
    assert as_of(standing(1, as_of=WEEK, as_of_day=date(2023, 7, 14))) == AsOf(WEEK, date(2023, 7, 14))


def test_figures_of_the_period_count_whatever_day_they_state() -> None:
    assert reaches(AsOf(WEEK, date(2023, 7, 14)), WEEK)
    assert reaches(AsOf(JULY, date(2023, 7, 10)), JULY)
    assert not reaches(AsOf(JULY, date(2023, 7, 10)), WEEK)
    assert reaches(AsOf(WEEK, BEFORE.day), BEFORE)  # stated as of the Sunday before
    assert not reaches(AsOf(WEEK, date(2023, 7, 8)), BEFORE)
    closing = Period.week(2023, 17)  # its Sunday ends April: the month closes after it
    assert reaches(AsOf.of(Period.month(2023, 4)), closing)
    assert not reaches(AsOf.of(closing), Period.month(2023, 4))


@pytest.mark.parametrize(("told", "inside"), [(9000, True), (8999, False), (9001, True)])
def test_a_unit_is_in_with_nine_tenths_of_its_plan(told: int, inside: bool) -> None:
    reach = reach_of(of("甲", (told, JULY), (10_000 - told, JUNE)), JULY)
    assert reach.is_in("甲") is inside
    line = LateUnit("甲", 1, 2, AsOf.of(JUNE))
    assert (reach.partly, reach.late) == (((line,), ()) if inside else ((), (line,)))
    assert (reach.whole, reach.own, reach.known, reach.unreported, reach.newer) == (2, 1, 2, 1, 0)


def test_without_any_plan_nine_tenths_of_the_number() -> None:
    ten = [(None, JULY)] * 9 + [(0, JUNE)]
    assert reach_of(of("甲", *ten), JULY).is_in("甲")
    assert not reach_of(of("甲", *ten, (None, JUNE)), JULY).is_in("甲")
    assert data_date(of("甲", *ten)) == AsOf.of(JULY)
    assert data_date(of("甲", *ten, (None, JUNE))) == AsOf.of(JUNE)


def test_every_project_of_a_unit_counts_with_its_own_plan() -> None:
    assert reach_of(of("甲", (45, JULY), (45, JULY), (10, JUNE)), JULY).is_in("甲")
    assert not reach_of(of("甲", (45, JULY), (44, JULY), (11, JUNE)), JULY).is_in("甲")
    # One without a plan adds nothing, on either side.
    assert reach_of(of("甲", (90, JULY), (10, JUNE), (None, JULY)), JULY).is_in("甲")
    assert not reach_of(of("甲", (89, JULY), (11, JUNE), (None, JULY)), JULY).is_in("甲")
    assert reach_of(of("甲", (90, JULY), (10, JUNE), (None, JUNE)), JULY).is_in("甲")
    # A plan of nothing told is nothing of the plan.
    assert not reach_of(of("甲", (1, JUNE), (None, JULY)), JULY).is_in("甲")


def test_a_unit_all_of_whose_plans_are_with_those_told_is_in() -> None:
    assert reach_of(of("甲", (5, JULY), (0, JUNE)), JULY).is_in("甲")
    assert reach_of(of("甲", (0, JULY), (5, JUNE)), JULY).late[0].lacking == 1
    # All told, though their plan is nothing of the whole.
    assert reach_of([*of("甲", (0, JULY)), *of("乙", (5, JULY), start=2)], JULY).late == ()
    assert reach_of(of("甲", (5, None)), JULY).late == (LateUnit("甲", 1, 1, None),)


@pytest.mark.parametrize(("told", "month"), [(90, JULY), (89, JUNE)])
def test_the_data_date_takes_units_that_hold_nine_tenths(told: int, month: Period) -> None:
    scope = [*of("甲", (told, JULY)), *of("乙", (100 - told, JUNE), start=2)]
    reach = reach_of(scope, JULY)
    assert reach.data_date == data_date(scope) == AsOf.of(month)
    assert reach.complete is (month == JULY)
    assert reach.compare_at == (AsOf.of(JULY) if month == JULY else None)
    assert reach.as_of == AsOf.of(JULY)
    assert not reach.nothing_in


def test_only_units_that_are_in_count_for_the_data_date() -> None:
    # 95 of 100 have reported, but 乙 is not in, so that only 80 count.
    scope = [*of("甲", (80, JULY)), *of("乙", (15, JULY), (5, JUNE), start=2)]
    assert data_date(scope) == AsOf.of(JUNE)
    # A unit in with nine tenths counts whole.
    scope = [*of("甲", (45, JULY)), *of("乙", (50, JULY), (5, JUNE), start=2)]
    assert data_date(scope) == AsOf.of(JULY)


def test_a_period_the_office_closed_is_a_data_date_with_less() -> None:
    scope = [*of("甲", (60, JULY)), *of("乙", (40, JUNE), start=2)]
    reach = reach_of(scope, JULY, {JULY: "乙县受灾"})
    assert (reach.data_date, reach.closed, reach.complete, reach.compare_at) == (AsOf.of(JULY), "乙县受灾", True, AsOf.of(JULY))
    assert data_date(scope, {JULY: "乙县受灾"}) == AsOf.of(JULY)
    assert reach_of(scope, JULY, {JUNE: "旧"}).closed == ""
    assert words.standing(reach) == "数据截至7月底；2个项目中1个有7月数；1个单位未报：乙（按6月底）；提前截止：乙县受灾"
    assert data_date(of("甲", (1, JUNE)), {JULY: "没有人报"}) == AsOf.of(JUNE)  # nobody has figures of it
    lone = [*of("甲", (60, JULY), (40, JUNE)), *of("乙", (40, JUNE), start=3)]
    assert data_date(lone, {JULY: "受灾"}) == AsOf.of(JULY)  # no unit is in, and still the office closed it


def test_a_period_with_nothing_in_shows_the_data_date() -> None:
    scope = [*of("甲", (90, MAY)), *of("乙", (10, JUNE), start=2)]
    reach = reach_of(scope, JULY)
    assert (reach.shown, reach.as_of, reach.nothing_in, reach.own) == (MAY, AsOf.of(MAY), True, 2)
    assert (reach.late, reach.newer) == ((), 1)
    assert words.standing(reach) == words.nothing_in(reach) == "7月尚无单位报送投资数，以下为截至5月底的数"


def test_before_any_data_date_the_newest_figures_are_shown() -> None:
    scope = [*of("甲", (50, MAY)), *of("乙", (30, JUNE), start=2), *of("丙", (20, None), start=3)]
    reach = reach_of(scope, JULY)
    assert (reach.data_date, reach.shown, reach.compare_at, reach.complete) == (None, JUNE, None, False)
    assert (reach.known, reach.own, reach.cover) == (2, 1, Cover(2, 3, ("甲", "丙")))
    assert reach.units == ("甲", "乙", "丙")


def test_without_any_figures_the_period_asked_for_is_shown() -> None:
    for scope in ([], of("甲", (5, None))):
        reach = reach_of(scope, JULY)
        assert (reach.shown, reach.known, reach.data_date, reach.nothing_in) == (JULY, 0, None, True)
        assert words.standing(reach) == "7月尚无单位报送投资数"
    assert reach_of([], JULY).late == ()


def test_part_of_a_page_shows_the_pages_period() -> None:
    reach = reach_of(of("甲", (5, JUNE)), JULY, shown=JULY)
    assert (reach.shown, reach.own, reach.late) == (JULY, 0, (LateUnit("甲", 1, 1, AsOf.of(JUNE)),))
    assert reach.nothing_in
    assert reach.compare_at == AsOf.of(JUNE)
    earlier = reach_of(of("甲", (5, JUNE)), JULY, shown=MAY)
    assert (earlier.nothing_in, earlier.shown, earlier.as_of, earlier.newer) == (True, MAY, AsOf.of(MAY), 1)
    assert words.nothing_in(reach_of(of("甲", (5, JULY)), JULY)) == ""


def test_newer_weeks_beside_a_closed_month_are_counted_apart() -> None:
    reach = reach_of([*of("甲", (5, JUNE)), *of("乙", (5, Period.week(2023, 27)), start=2)], JUNE)
    assert (reach.own, reach.newer, reach.unreported, reach.complete) == (2, 1, 0, True)
    assert words.standing(reach) == "数据截至6月底"


def test_the_day_of_a_week_shown_is_the_newest_stated() -> None:
    scope = [standing(1, as_of=WEEK, as_of_day=date(2023, 7, 14)), standing(2, as_of=WEEK, as_of_day=date(2023, 7, 15)),
             standing(3, as_of=WEEK, as_of_day=date(2023, 7, 13))]
    reach = reach_of(scope, WEEK)
    assert (reach.as_of, reach.data_date, reach.unreported) == (AsOf(WEEK, date(2023, 7, 15)),) * 2 + (0,)
    assert scope_date(scope) == AsOf(WEEK, date(2023, 7, 15))
    assert scope_date([standing(1), *scope[:1], standing(2, as_of=None)]) == AsOf(WEEK, date(2023, 7, 14))
    assert scope_date([]) is scope_date([standing(1, as_of=None)]) is None


def test_a_late_unit_is_told_by_the_newest_of_its_older_figures() -> None:
    reach = reach_of(of("甲", (5, MAY), (5, BEFORE), (5, JUNE), (5, WEEK)), WEEK)
    assert reach.late == (LateUnit("甲", 3, 4, AsOf.of(BEFORE)),)
    assert reach_of(of("甲", (5, MAY), (1, None), (90, JUNE)), JUNE).partly == (LateUnit("甲", 2, 3, AsOf.of(MAY)),)


def test_whether_any_return_has_come_in() -> None:
    assert reach_of([standing(1)], JUNE).returned
    assert not reach_of([standing(1, reported=False)], JUNE).returned
    assert not reach_of([], JUNE).returned


def test_who_is_missing_is_said_in_words() -> None:
    four = [LateUnit(u, 1, 1, AsOf.of(JUNE)) for u in "甲乙丙丁"]
    assert words.late(four[:3]) == "甲（按6月底）、乙（按6月底）、丙（按6月底）"
    assert words.late(four) == "甲（按6月底）、乙（按6月底）、丙（按6月底）等4个单位"
    assert words.late([LateUnit("甲", 1, 1, None)]) == "甲（本年未报）"
    assert words.late(four, 1) == "甲（按6月底）等4个单位"
    part = reach_of([*of("甲", (50, JULY)), *of("乙", (50, JUNE), start=2)], JULY)
    assert words.standing(part) == "数据截至7月底；2个项目中1个有7月数；1个单位未报：乙（按6月底）；报送不足九成，暂不与时间进度比较"


def test_what_sums_cover_and_increments_are_called() -> None:
    assert words.span(AsOf.of(JUNE)) == "1-6月"
    assert words.span(AsOf.of(JUNE), "–") == "1–6月"
    assert words.span(AsOf.of(Period.month(2023, 1))) == "1月"
    assert words.span(AsOf.of(WEEK)) == "年初至7月16日"
    assert (words.gained(JUNE), words.gained(WEEK), JUNE.short_label, WEEK.short_label) == ("6月新增", "本周新增", "6月", "第28周")


def test_a_figure_says_what_it_means() -> None:
    at = AsOf.of(JUNE)
    figure = measured("completion", None, at, Cover(3, 4, ("甲",)), "甲县未报")
    assert figure.id == "completion"
    assert figure.words == ("投资完成率；截至2023年6月底；4个项目中3个有数；投资完成率＝年初至今完成投资÷年度计划投资；甲县未报")
    assert measured("count", 3).words == measured("count", 3, None, Cover(4, 4)).words == "项目个数；项目个数＝清单上的项目数，打包项目算一个"
    assert (AsOf.of(WEEK).label, AsOf(WEEK, date(2023, 7, 14)).full_label, at.label) == ("7月16日", "2023年7月14日", "6月底")
    assert AsOf.of(WEEK, date(2023, 7, 14)).day == date(2023, 7, 14)
    assert AsOf.of(Period.month(2023, 4)).key > AsOf.of(Period.week(2023, 17)).key
    with pytest.raises(KeyError):
        measured("unheard_of", 1)


def test_a_line_that_does_not_name_every_late_unit_says_once_how_many_there_are() -> None:
    july = Period.month(2023, 7)
    late = [standing(n, unit=f"{n}区") for n in range(2, 6)]
    line = words.standing(reach_of([standing(1, unit="甲县", as_of=july), *late], july))
    assert "；未报：2区（按6月底）、3区（按6月底）、4区（按6月底）等4个单位" in line
    assert line.count("个单位") == 1
