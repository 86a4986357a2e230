"""The edges of lamps and of how projects are judged (docs/rules.md 个百分点4.2, 个百分点4.3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from hydesk.domain.lamps import Lamp, LampMode, LampRule, lamp, overdue_reasons, rule_in_words, whole_months
from hydesk.domain.meaning import Meaning
from hydesk.domain.measures.measured import AsOf
from hydesk.domain.measures.reach import reach_of
from hydesk.domain.measures.yardstick import Pace, Yardstick, elapsed
from hydesk.domain.periods import Month, Period, Week
from tests.reports.made import standing

D = Decimal
HALF = D("0.5")
AHEAD, FAIR, LAGGING, SERIOUS = Meaning.AHEAD, Meaning.ON_TRACK, Meaning.LAGGING, Meaning.SERIOUSLY_LAGGING
RATIO = LampRule(LampMode.RATIO, D("0.8"), D("0.6"))
JUNE, JULY = Period.month(2023, 6), Period.month(2023, 7)
EVERY_TIME = [Fraction(m, 12) for m in range(1, 13)] + [Fraction(d, days) for days in (365, 366) for d in range(1, days + 1)]


@pytest.mark.parametrize(("done", "meaning"), [
    (5001, AHEAD), (5000, FAIR), (4001, FAIR), (4000, LAGGING), (3999, LAGGING), (2000, LAGGING), (1999, SERIOUS), (0, SERIOUS)])
def test_points_at_their_edges(done: int, meaning: Meaning) -> None:
    assert lamp(done, 10_000, HALF).meaning is meaning


@pytest.mark.parametrize(("done", "meaning"), [
    (5001, AHEAD), (5000, FAIR), (4000, FAIR), (3999, LAGGING), (3000, LAGGING), (2999, SERIOUS)])
def test_ratios_at_their_edges(done: int, meaning: Meaning) -> None:
    found = lamp(done, 10_000, HALF, RATIO)
    assert found.meaning is meaning
    assert found.reasons == (f"完成时序应完成额的{D(done) / 50:.2f}%",)


def test_the_edge_is_the_edge_on_every_day_of_a_year() -> None:
    for time in EVERY_TIME:
        at = D(time.numerator) / time.denominator
        for limit, below in ((Fraction(1, 10), FAIR), (Fraction(3, 10), LAGGING)):
            share = time - limit
            if share >= 0:
                done, plan = share.numerator * 10**9, share.denominator * 10**9
                assert lamp(done, plan, at).meaning is LAGGING, time
                assert lamp(done + 1, plan, at).meaning is below, time
                assert done == 0 or lamp(done - 1, plan, at).meaning is (LAGGING if below is FAIR else SERIOUS), time
        for limit, on, below in ((Fraction(4, 5), FAIR, LAGGING), (Fraction(3, 5), LAGGING, SERIOUS), (Fraction(1), FAIR, FAIR)):
            done, plan = (time * limit).numerator * 10**9, (time * limit).denominator * 10**9
            assert lamp(done, plan, at, RATIO).meaning is on, time
            assert lamp(done - 1, plan, at, RATIO).meaning is below, time
        assert lamp(time.numerator + 1, time.denominator, at, RATIO).meaning is AHEAD


def test_ahead_by_more_than_the_office_says() -> None:
    rule = LampRule(ahead=D("0.05"))
    assert [lamp(d, 100, HALF, rule).meaning for d in (55, 56)] == [FAIR, AHEAD]
    assert "，高5个百分点以上（不含本数）的为超前" in rule_in_words(rule)
    assert "超前" not in rule_in_words(LampRule())
    assert rule.sentence == rule_in_words(rule)


def test_the_reason_says_ahead_or_behind() -> None:
    assert lamp(50, 100, HALF).reason == "完成率50.00%，超时间进度0.00个百分点"
    assert lamp(5049, 10_000, HALF).reason == "完成率50.49%，超时间进度0.49个百分点"
    assert lamp(4951, 10_000, HALF).reason == "完成率49.51%，欠时间进度0.49个百分点"


def test_without_a_plan_or_figures_there_is_no_lamp() -> None:
    assert [lamp(*x, HALF).meaning for x in ((100, None), (100, 0), (None, 100), (None, None))] == [Meaning.NO_DATA] * 4
    assert lamp(None, 100, HALF).reason == "尚无完成数"
    assert lamp(0, 100, HALF).meaning is SERIOUS
    assert lamp(10**13, 1, HALF).meaning is lamp(10**13, 1, HALF, RATIO).meaning is AHEAD


@pytest.mark.parametrize(("rule", "ordered"), [
    (LampRule(), True), (LampRule(lagging=D("0.3")), True), (LampRule(lagging=D("0.4")), False), (RATIO, True),
    (replace(RATIO, serious=D("0.8")), True), (replace(RATIO, serious=D("0.9")), False)])
def test_the_stricter_limit_comes_second(rule: LampRule, ordered: bool) -> None:
    assert rule.ordered is ordered


def test_a_lamp_is_the_rules_unless_a_person_judged() -> None:
    found = Lamp(Meaning.LAGGING, ("一", "二"))
    assert (found.by_hand, found.reason, found.word, found.label) == (False, "一；二", "滞后", "◆ 滞后")


# Overdue starts, 入统 and problems


def late(on: date = date(2023, 6, 30), before: int = 0, money_starts: bool = False, rule: LampRule | None = None, **more: object) -> tuple[str, ...]:
    rule = rule or LampRule(start_delay=30, statistics_months=3, problem_delay=10)
    usual = {"actual_start": None, "planned_start": None, "statistics_year": 1}
    return overdue_reasons(standing(1, **(usual | more)), rule, on, before, money_starts=money_starts)


def test_a_start_is_overdue_from_the_day_the_rule_says() -> None:
    assert late(date(2023, 5, 30), planned_start=date(2023, 4, 30)) == ("计划2023年4月30日开工，已过30天仍未开工",)
    assert late(date(2023, 5, 29), planned_start=date(2023, 4, 30)) == ()
    assert late() == ()  # no planned day
    assert late(planned_start=date(2023, 4, 30), nature="续建") == ()
    assert late(planned_start=date(2023, 4, 30), money_starts=True) == ()
    assert late(planned_start=date(2023, 4, 30), money_starts=True, year_investment=0) != ()
    assert late(planned_start=date(2023, 4, 30), rule=LampRule()) == ()


def test_a_rule_of_no_days_is_met_on_the_planned_day_itself() -> None:
    rule = LampRule(start_delay=0)
    assert late(date(2023, 4, 30), planned_start=date(2023, 4, 30), rule=rule) == ("计划2023年4月30日开工，已过0天仍未开工",)
    assert late(date(2023, 4, 29), planned_start=date(2023, 4, 30), rule=rule) == ()


def test_statistics_are_late_after_whole_months() -> None:
    begun = {"actual_start": date(2023, 3, 30), "planned_start": date(2023, 3, 1)}
    assert late(statistics_year=None, **begun) == late(statistics_year=0, **begun) == ("2023年3月开工，已满3个月仍未入统",)
    assert late(date(2023, 6, 29), statistics_year=None, **begun) == ()
    assert late(date(2023, 3, 30), statistics_year=None, rule=LampRule(statistics_months=0), **begun) == ("2023年3月开工，已满0个月仍未入统",)
    assert late(date(2023, 3, 29), statistics_year=None, rule=LampRule(statistics_months=-1), **begun) == ()  # not begun yet
    assert late(statistics_year=None, rule=LampRule(start_delay=1), **begun) == ()
    assert late(statistics_year=None) == ()


def test_a_problem_is_late_after_the_days_of_the_rule_and_never_on_its_deadline() -> None:
    told = {"problems_overdue": 2, "problem_delay": 10}
    assert late(**told) == ("有2个问题超过办结期限，最久10天",)
    assert late(**(told | {"problem_delay": 9})) == ()
    assert late(**(told | {"problems_overdue": 0})) == ()
    assert late(rule=LampRule(), **told) == ()
    at_once = LampRule(problem_delay=0)
    assert late(rule=at_once, problems_overdue=1, problem_delay=1) != ()
    assert late(rule=at_once, problems_overdue=1, problem_delay=0) == ()


def test_a_deadline_that_passed_only_after_the_projects_own_date_does_not_count() -> None:
    assert late(before=0, problems_overdue=1, problem_delay=31) == ("有1个问题超过办结期限，最久31天",)
    assert late(before=21, problems_overdue=1, problem_delay=31) == ("有1个问题超过办结期限，最久10天",)
    assert late(before=22, problems_overdue=1, problem_delay=31) == ()
    rule = LampRule(problem_delay=0)
    stale = standing(1, as_of=JUNE, problems_overdue=1, problem_delay=31)  # due on 30 June, told on 31 July
    assert Yardstick(rule, JULY, JULY.end).lamp(stale).last == lamp(stale.year_investment, stale.annual_plan, HALF)
    assert Yardstick(rule, JULY, JULY.end).lamp(replace(stale, problem_delay=32)).last.meaning is LAGGING  # type: ignore[union-attr]


@pytest.mark.parametrize(("start", "end", "months"), [
    (date(2023, 1, 31), date(2023, 2, 28), 1), (date(2024, 1, 31), date(2024, 2, 28), 0), (date(2022, 11, 15), date(2023, 2, 15), 3),
    (date(2023, 5, 31), date(2023, 6, 29), 0), (date(2023, 12, 31), date(2024, 1, 1), 0)])
def test_a_months_last_day_ends_it(start: date, end: date, months: int) -> None:
    assert whole_months(start, end) == months


# The yardstick


def by(shown: Period = JUNE, on: date | None = None, **more: object) -> Yardstick:
    return Yardstick(LampRule(), shown, on or shown.end, **more)  # type: ignore[arg-type]


def test_time_by_day_and_by_months_ended() -> None:
    week = AsOf.of(Period.week(2023, 28))  # to 16 July
    assert elapsed(week) == D(197) / 365
    assert elapsed(week, Pace.BY_MONTH) == HALF
    assert elapsed(AsOf.of(Period.week(2023, 1)), Pace.BY_MONTH) == D(1) / 12
    assert elapsed(AsOf.of(Period.week(2023, 9)), Pace.BY_MONTH) == D(2) / 12  # to 5 March
    assert elapsed(AsOf.of(Period.week(2023, 17)), Pace.BY_MONTH) == D(4) / 12  # its Sunday ends April
    assert elapsed(AsOf(Period.week(2023, 28), date(2023, 7, 14))) == D(195) / 365
    assert elapsed(AsOf.of(JUNE)) == elapsed(AsOf.of(JUNE), Pace.BY_MONTH) == elapsed(AsOf(JUNE, date(2023, 6, 10))) == HALF
    assert elapsed(AsOf.of(Week(2024, 1))) == D(7) / 366
    assert elapsed(AsOf.of(Week(2020, 53))) == 1
    assert (Pace.BY_DAY.label, Pace.BY_MONTH.label) == ("按日", "按月")


def test_a_project_is_judged_at_its_own_date_and_becomes_no_worse() -> None:
    stale = standing(1, year_investment=45_000_000)  # 45 % at half the year: on track; at 7/12 it would lag
    found = by(JULY).lamp(stale)
    assert found.meaning is Meaning.UNREPORTED
    assert found.last is not None
    assert (found.last.meaning, found.last_date) == (FAIR, date(2023, 6, 30))
    assert found.reason == "7月未报；上次6月底为正常：完成率45.00%，欠时间进度5.00个百分点"
    assert by(JULY).lamp(replace(stale, as_of=JULY, as_of_day=JULY.day)).meaning is LAGGING
    assert by(JULY).gap(stale) == D("0.45") - HALF
    assert (by(JULY).day(stale), by(JULY).day(replace(stale, as_of=JULY, as_of_day=JULY.day))) == (date(2023, 6, 30), date(2023, 7, 31))
    none = standing(1, as_of=None, year_investment=None)
    assert (by().lamp(none), by().gap(none), by().elapsed(none), by().day(none)) == (
        Lamp(Meaning.UNREPORTED, ("本年尚未报送投资数",)), None, None, JUNE.end)
    assert by().gap(standing(1, annual_plan=None)) is None


def test_figures_newer_than_the_period_shown_are_reported_figures() -> None:
    newer = standing(1, as_of=Period.week(2023, 27))
    assert by().lamp(newer).meaning is lamp(newer.year_investment, newer.annual_plan, D(190) / 365).meaning
    assert by().day(newer) == JUNE.end


def test_what_hangs_over_a_project_makes_it_lag_and_no_less_serious() -> None:
    rule = LampRule(problem_delay=1)
    hanging = standing(1, problems_overdue=1, problem_delay=5)
    judged = Yardstick(rule, JUNE, JUNE.end).lamp(hanging)
    assert (judged.meaning, judged.reasons) == (LAGGING, ("有1个问题超过办结期限，最久5天", "完成率50.00%，超时间进度0.00个百分点"))
    behind = Yardstick(rule, JUNE, JUNE.end).lamp(replace(hanging, year_investment=1))
    assert (behind.meaning, behind.reasons[1]) == (SERIOUS, "有1个问题超过办结期限，最久5天")


def test_starts_are_judged_at_the_projects_own_date() -> None:
    rule = LampRule(start_delay=1)
    waiting = standing(1, planned_start=date(2023, 7, 15), actual_start=None)
    assert Yardstick(rule, JULY, JULY.end).lamp(waiting).last.meaning is FAIR  # type: ignore[union-attr]
    told = replace(waiting, as_of=JULY, as_of_day=JULY.day, year_investment=60_000_000)
    assert Yardstick(rule, JULY, JULY.end).lamp(told).meaning is LAGGING
    assert Yardstick(rule, JULY, JULY.end, money_starts=True).lamp(told).meaning is AHEAD


def test_what_a_person_judged_says_why_or_that_it_is_not_written() -> None:
    found = by().lamp(standing(1, lamp_meaning="lagging"))
    assert found.reasons == ("人工判定：未写理由", "按规则为正常：完成率50.00%，超时间进度0.00个百分点")
    assert (found.by_hand, found.by_rule) == (True, FAIR)


def test_sums_are_set_against_time_only_as_of_a_date() -> None:
    assert by().lamp_of(4, 10, AsOf.of(JUNE)).meaning is LAGGING
    assert by().lamp_of(4, 10, None) == Lamp(Meaning.UNREPORTED, ("报送不足九成，不与时间进度比较",))
    assert by().gap_of(4, 10, AsOf.of(JUNE)) == D("-0.1")
    assert (by().gap_of(4, 10, None), by().gap_of(None, 10, AsOf.of(JUNE)), by().gap_of(4, None, AsOf.of(JUNE))) == (None,) * 3
    week = AsOf.of(Period.week(2023, 28))
    assert by(pace=Pace.BY_MONTH).gap_of(6, 10, week) == D("0.1")
    assert by(pace=Pace.BY_MONTH).lamp_of(5, 10, week).meaning is FAIR


def test_what_was_to_be_done_by_time_alone() -> None:
    projects = [standing(1, annual_plan=1200), standing(2, annual_plan=2400, as_of=JULY), standing(3, annual_plan=None),
                standing(4, annual_plan=120, as_of=None, year_investment=None)]
    assert by(JULY).expected(projects) == 600 + 1400 + 70
    assert by(pace=Pace.BY_MONTH).expected([standing(1, annual_plan=1200, as_of=Period.week(2023, 28))]) == 600


def test_the_yardstick_of_a_page_takes_its_dates_from_who_has_reported() -> None:
    told, stale = standing(1, as_of=JULY), standing(2)
    rule = LampRule(problem_delay=1)
    part = Yardstick.at(reach_of([told, stale], JULY), rule)
    assert (part.rule, part.shown, part.on, part.whole, part.pace, part.money_starts) == (rule, JULY, JULY.end, None, Pace.BY_DAY, False)
    assert part.time_progress == D(7) / 12
    whole = Yardstick.at(reach_of([told], JULY), rule, Pace.BY_MONTH, money_starts=True)
    assert (whole.whole, whole.pace, whole.money_starts) == (AsOf.of(JULY), Pace.BY_MONTH, True)
    nobody = Yardstick.at(reach_of([replace(stale, reported=False)], JULY), rule)
    assert (nobody.shown, nobody.on, nobody.time_progress) == (JUNE, JUNE.end, HALF)
    week = standing(1, as_of=Period.week(2023, 28), as_of_day=date(2023, 7, 14), reported=False)  # as a person entered it
    assert Yardstick.at(reach_of([week], Period.week(2023, 28)), rule).on == date(2023, 7, 16)
    words = Yardstick.at(reach_of([stale], JULY), rule)  # a return without amounts has come in
    assert (words.shown, words.on) == (JUNE, JULY.end)


def test_time_of_a_period_shown_is_that_of_the_day_its_whole_holds() -> None:
    day = date(2023, 7, 14)
    week = Yardstick.at(reach_of([standing(1, as_of=Period.week(2023, 28), as_of_day=day)], Period.week(2023, 28)), LampRule())
    assert week.time_progress == D((day - date(2022, 12, 31)).days) / 365
    assert Yardstick(LampRule(), Period.week(2023, 28), day, Pace.BY_MONTH).time_progress == HALF


def test_a_problems_delay_is_told_as_of_the_period_looked_at() -> None:
    rule = LampRule(problem_delay=5)
    for delay, counted in ((34, False), (35, True)):  # at the end of June: 4 and 5 days at the end of May
        early = standing(1, as_of=Month(2023, 5), problems_overdue=1, problem_delay=delay)
        found = Yardstick(rule, JUNE, JUNE.end).lamp(early).last
        assert found is not None
        assert ("有1个问题超过办结期限，最久5天" in found.reasons) is counted
