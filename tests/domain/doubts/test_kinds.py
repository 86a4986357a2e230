"""Each kind of doubt at its edge: what is asked, how strongly, and what explains itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from hydesk.domain.doubts.doubt import DoubtKind, Strength
from hydesk.domain.doubts.find import KnownDoubts, find_doubts, together
from hydesk.domain.doubts.leaps import _of_year
from hydesk.domain.doubts.month_end import _ending
from hydesk.domain.doubts.phrases import Stage, explains, stage_of
from hydesk.domain.doubts.rules import DoubtRules
from hydesk.domain.project_year import ProjectYear
from tests.domain.doubts.made import WAN, YEAR, asked, plain_county, project


def unstarted(key: int, sums: list[float], **more: object):
    return project(key, sums, nature="新建", invested_before=0, actual_start=None, planned_start=date(YEAR, 9, 1), **more)


def test_an_uneven_county_is_not_asked_about() -> None:
    assert asked(plain_county(), 6) == []


def test_the_cooked_return_that_passed_every_check_of_cells() -> None:
    """30 projects at exactly the time's share in whole 万元, one leaping to its plan, four unstarted ones with 4.25 亿."""
    even = [project(k, [(900 + k * 11) * m for m in range(1, 6)] + [(10_800 + k * 132) // 2], 10_800 + k * 132) for k in range(1, 31)]
    leap = project(31, [300, 610, 900, 1210, 1500, 20_000], 20_000)
    waiting = [unstarted(k, [0, 0, 0, 2_000, 6_000, 10_625], words=[""] * 5 + ["正在办理前期手续"], plan=30_000) for k in range(32, 36)]
    found = asked([*even, leap, *waiting], 6)
    by_kind = {d.kind: d for d in together(found)}
    assert by_kind[DoubtKind.AT_TIME_PROGRESS].strong
    assert len(by_kind[DoubtKind.AT_TIME_PROGRESS].projects) >= 28
    assert any(d.kind is DoubtKind.MONTH_LEAP and d.projects == (31,) for d in found)
    starts = by_kind[DoubtKind.START_BEFORE_WORKS]
    assert starts.strong
    assert set(starts.projects) == {32, 33, 34, 35}
    assert starts.amount == 42_500 * WAN


def test_words_that_explain_money_before_works() -> None:
    land = unstarted(40, [0, 0, 0, 0, 0, 5_000], words=[""] * 5 + ["缴纳土地出让金"])
    assert asked([*plain_county(), land], 6, DoubtKind.START_BEFORE_WORKS) == []
    late = unstarted(41, [0, 0, 0, 0, 0, 5_000], words=[""] * 5 + ["桩基施工"])
    assert asked([*plain_county(), late], 6, DoubtKind.START_BEFORE_WORKS) == []
    told = replace(unstarted(42, [0, 0, 0, 0, 0, 5_000], words=[""] * 5 + ["办理施工许可"]), actual_start=date(YEAR, 6, 3))
    assert asked([*plain_county(), told], 6, DoubtKind.START_BEFORE_WORKS) == []
    known_later = replace(told, actual_start=date(YEAR, 7, 3))
    (doubt,) = asked([*plain_county(), known_later], 6, DoubtKind.START_BEFORE_WORKS)
    assert doubt.strong
    assert "没有登记开工和施工许可（计划2024年9月开工）" in doubt.message


@pytest.mark.parametrize(("done", "asks"), [(1_790, False), (1_800, True)])
def test_the_share_from_which_a_start_is_missed(done: float, asks: bool) -> None:
    held = unstarted(40, [0, 0, 0, 600, 1_200, done], words=[""] * 5 + ["办理前期手续"])
    assert bool(asked([*plain_county(), held], 6, DoubtKind.START_BEFORE_WORKS)) is asks


def test_a_leap_is_explained_by_equipment_and_by_months_not_told() -> None:
    sums = [500, 1_050, 1_500, 2_000, 2_480]
    (doubt,) = asked([*plain_county(), project(40, [*sums, 9_000], words=[""] * 5 + ["主体施工"])], 6, DoubtKind.MONTH_LEAP)
    assert doubt.strong
    assert "6月一个月报6,520万元" in doubt.message
    said = asked([*plain_county(), project(40, [*sums, 9_000], words=[""] * 5 + ["设备到货"])], 6, DoubtKind.MONTH_LEAP)
    assert not any(d.strong for d in said)
    quiet = [500, 1_050, None, None, None, 4_000]
    assert asked([*plain_county(), project(40, quiet)], 6, DoubtKind.MONTH_LEAP) == []


@pytest.mark.parametrize(("sums", "asks"), [([0, 0, 0, 1_000, 3_000, 5_000], True), ([0, 0, 0, 0, 3_000, 5_000], False)])
def test_works_told_of_a_start_not_written_down_are_asked_about_after_two_months(sums: list[float], asks: bool) -> None:
    built = unstarted(41, sums, words=[""] * 5 + ["桩基施工"])
    found = asked([*plain_county(), built], 6, DoubtKind.START_BEFORE_WORKS)
    assert bool(found) is asks
    assert not any(d.strong for d in found)


@pytest.mark.parametrize(("add", "words"), [(88 * WAN, "88万元"), (8_800, ".88万元")])
def test_amounts_that_end_alike_as_they_are_written(add: int, words: str) -> None:
    def ending(p: ProjectYear) -> ProjectYear:
        step = 1_000 * WAN * (1 + p.id % 7) + 100 * WAN * (p.id % 9) + (add if add >= WAN else 37 * p.id * WAN + add)
        return replace(p, year_investment=[*p.year_investment[:5], (p.year_investment[4] or 0) + step, *[None] * 6])

    (doubt,) = asked([ending(p) for p in plain_county(14)], 6, DoubtKind.ROUND_NUMBERS)
    assert f"尾数都是{words}" in doubt.message
    assert doubt.strong


def test_rates_that_are_one_and_those_of_one_builder() -> None:
    county = plain_county(12)
    alike = [project(k, [None] * 5 + [round((8_000 + 700 * k) * 0.377)], 8_000 + 700 * k) for k in range(40, 47)]
    (doubt,) = asked([*county, *alike], 6, DoubtKind.SAME_RATIO)
    assert doubt.strong
    assert set(doubt.projects) == {p.id for p in alike}
    shared = [replace(p, builder="同一业主") for p in alike[:6]]
    assert asked([*county, *shared], 6, DoubtKind.SAME_RATIO) == []
    met = [replace(p, year_investment=[None] * 5 + [p.annual_plan] + [None] * 6) for p in alike]
    assert asked([*county, *met], 6, DoubtKind.SAME_RATIO) == []


def test_round_numbers_are_set_against_the_countys_own_habit() -> None:
    uneven = plain_county(12)
    rounded = [replace(p, year_investment=[*p.year_investment[:5], (p.year_investment[4] or 0) + 10_000_000 * (1 + k % 3), *[None] * 6])
               for k, p in enumerate(uneven)]
    (doubt,) = asked(rounded, 6, DoubtKind.ROUND_NUMBERS)
    assert doubt.strong
    always = [project(k, [1_000 * (1 + (k + m) % 3) * (m + 1) for m in range(6)], 20_000 + k * 1_000) for k in range(1, 13)]
    always = [replace(p, year_investment=[sum(1_000 * WAN * (1 + (p.id + i) % 3) for i in range(m + 1)) for m in range(6)] + [None] * 6) for p in always]
    assert asked(always, 6, DoubtKind.ROUND_NUMBERS) == []


def test_a_quarter_in_its_last_month_unless_the_months_before_were_not_told() -> None:
    others = plain_county(20, first=100, unit="衡东县")
    late = [project(k, [700 + k, 1_400 + 3 * k, 2_100 + 5 * k, 2_150 + 5 * k, 2_200 + 5 * k, 5_200 + 7 * k]) for k in range(1, 11)]
    (doubt,) = asked([*others, *late], 6, DoubtKind.PERIOD_END_LEAP)
    assert doubt.strong
    untold = [replace(p, year_investment=[*p.year_investment[:3], None, None, *p.year_investment[5:]]) for p in late]
    assert asked([*others, *untold], 6, DoubtKind.PERIOD_END_LEAP) == []


def test_a_month_copied_from_an_earlier_one() -> None:
    county = plain_county(12)
    copied = []
    for p in county:
        sums = [s or 0 for s in p.year_investment[:6]]
        copied.append(replace(p, year_investment=[*sums[:5], sums[4] + sums[2] - sums[1], *[None] * 6]))
    (doubt,) = asked(copied, 6, DoubtKind.REPEATED_PATTERN)
    assert doubt.strong
    assert "与3月的数分毫不差" in doubt.message
    paid = [project(40, [1_000 * m for m in range(1, 7)]), project(41, [800 * m for m in range(1, 7)])]
    assert asked([*county, *paid], 6, DoubtKind.REPEATED_PATTERN) == []


def test_one_project_on_two_lists() -> None:
    a = project(40, [500], builder="恒达建设有限公司", location="衡南县三塘镇", total_investment=8_000 * WAN)
    b = project(41, [500], unit="祁东县", builder="恒达建设公司", location="三塘镇", total_investment=8_000 * WAN)
    (doubt,) = asked([a, b], 1, DoubtKind.TWIN_PROJECTS)
    assert doubt.strong
    assert {doubt.unit, doubt.other_unit} == {"衡南县", "祁东县"}
    assert asked([a, replace(b, location="归阳镇")], 1, DoubtKind.TWIN_PROJECTS) == []
    road = replace(b, name="高速公路祁东段", total_investment=9_000 * WAN)
    assert asked([a, road], 1, DoubtKind.TWIN_PROJECTS) == []


def test_levelling_beside_the_money_of_a_building() -> None:
    def told(words: str):
        return project(40, [None] * 5 + [24_000], 30_000, nature="新建", invested_before=0, actual_start=date(YEAR, 1, 8),
                       words=[""] * 5 + [words])

    (doubt,) = asked([*plain_county(), told("场地平整")], 6, DoubtKind.WORDS_AGAINST_MONEY)
    assert doubt.strong
    assert "总投资的40.0%" in doubt.message
    for words in ("主体封顶，室外场地平整", "一期投产，二期场地平整", "场地平整，已缴纳土地出让金"):
        assert asked([*plain_county(), told(words)], 6, DoubtKind.WORDS_AGAINST_MONEY) == []


def test_accepted_far_below_its_units_usual() -> None:
    county = [replace(p, statistics_year=[None] * 5 + [(p.year_investment[5] or 0) * (70 + p.id % 20) // 100] + [None] * 6) for p in plain_county()]
    low = replace(county[3], statistics_year=[None] * 5 + [(county[3].year_investment[5] or 0) // 10] + [None] * 6)
    (doubt,) = asked([*county[:3], low, *county[4:]], 6, DoubtKind.ACCEPTED_FAR_BELOW)
    assert doubt.strong
    assert doubt.projects == (low.id,)
    new = replace(low, nature="新建", invested_before=0, actual_start=date(YEAR, 4, 2), year_investment=[0, 0, 0, *low.year_investment[3:]])
    assert asked([*county[:3], new, *county[4:]], 6, DoubtKind.ACCEPTED_FAR_BELOW) == []


def test_a_sum_that_one_project_brings_to_the_times_share() -> None:
    county = plain_county(12)
    plan, done = sum(p.annual_plan or 0 for p in county), sum(p.year_investment[4] or 0 for p in county)
    lacking = plan * 5 // 12 - done
    assert lacking > 0
    carrier = county[4]
    carried = replace(carrier, year_investment=[*carrier.year_investment[:4], (carrier.year_investment[4] or 0) + lacking, *carrier.year_investment[5:]])
    (doubt,) = asked([*county[:4], carried, *county[5:]], 5, DoubtKind.SUM_MADE_TO_FIT)
    assert doubt.strong
    assert carrier.id in doubt.projects


def test_a_month_in_which_all_do_more_is_no_leap_of_one() -> None:
    def grown(times: float) -> list[ProjectYear]:
        return [project(k, [500 + k, 1_000 + 2 * k, 1_520 + 3 * k, 2_010 + 4 * k, 2_500 + 5 * k, 2_500 + 5 * k + times * (500 + k)])
                for k in range(1, 25)]

    leap = project(40, [500, 1_050, 1_500, 2_000, 2_480, 6_300])
    assert asked([*grown(1), leap], 6, DoubtKind.MONTH_LEAP)
    assert not asked([*grown(4), leap], 6, DoubtKind.MONTH_LEAP)


def test_six_amounts_of_many_steps_that_come_again_tell_more_than_the_round_ones_beside_them() -> None:
    """Six of thirty projects repeat April to the 百元, the others are small and round and repeat now and then."""
    copied = [project(k, [m * 400 + k * 31 + m * m * 7.13 * k for m in range(1, 6)]) for k in range(1, 7)]
    again = [replace(p, year_investment=[*p.year_investment[:5], (p.year_investment[4] or 0) + (p.year_investment[3] or 0) - (p.year_investment[2] or 0),
                                         *p.year_investment[6:]]) for p in copied]
    others = [project(k, [100 * ((k * m) % 7 + m) for m in range(1, 7)]) for k in range(10, 34)]
    (doubt,) = asked([*again, *others], 6, DoubtKind.REPEATED_PATTERN)
    assert set(doubt.projects) >= set(range(1, 7))
    assert "4月" in doubt.message


def test_what_was_told_or_answered_is_not_asked_again() -> None:
    leap = project(40, [500, 1_050, 1_500, 2_000, 2_480, 9_000])
    years = {YEAR: [*plain_county(), leap]}
    (doubt,) = find_doubts(years, YEAR, 6)
    for known in (KnownDoubts(told=frozenset({(doubt.kind, 40)})), KnownDoubts(answered=frozenset({(doubt.kind, 40)}))):
        assert find_doubts(years, YEAR, 6, known=known) == []
    assert find_doubts(years, YEAR, 6, DoubtRules(off=frozenset({DoubtKind.MONTH_LEAP}))) == []


def test_later_months_are_not_looked_at() -> None:
    county = [*plain_county(months=6), project(40, [500, 1_050, 1_500, 2_000, 2_480, 9_000])]
    later = [replace(p, year_investment=[*p.year_investment[:6], 1, 2, 3, 4, 5, 6], progress_text=[*p.progress_text[:6], *["未开工"] * 6]) for p in county]
    assert asked(county, 6) == asked(later, 6)


@pytest.mark.parametrize(("words", "stage"), [
    ("场地平整完成80%", Stage.GROUND), ("正在办理施工许可", Stage.PAPER), ("桩基施工", Stage.BASE), ("主体结构施工至5层", Stage.FRAME),
    ("主体完成，室外场地平整", Stage.FITTING), ("场地平整，准备桩基施工", Stage.GROUND), ("正常推进", None), ("", None),
    ("设备采购款支付，设备进场", None), ("设备已进场", None), ("主要设备到货并进场", None), ("材料陆续进场", None), ("施工队伍进场", Stage.GROUND)])
def test_the_furthest_work_that_words_name(words: str, stage: Stage | None) -> None:
    assert stage_of(words) is stage


@pytest.mark.parametrize(("words", "told"), [
    ("缴纳土地出让金", True), ("支付征地补偿款", True), ("主要设备到货", True), ("采购设备一批", True), ("设备安装调试", False), ("主体施工", False)])
def test_words_that_explain_an_amount(words: str, told: bool) -> None:
    assert bool(explains(words)) is told


def _told_weekly(shares: tuple[float, float, float], *, unit: str, first: int, count: int = 8, months: int = 6) -> list[ProjectYear]:
    """Projects of even months whose weekly returns of the 11th, 18th and 25th had ``shares`` of the month; before June evenly."""
    found = []
    for p in plain_county(count, months, first=first, unit=unit):
        weeks, before = [], 0
        for m in range(1, months + 1):
            closing = p.year_investment[m - 1] or 0
            for day, share in zip((11, 18, 25), shares if m == months else (0.35, 0.6, 0.83), strict=True):
                weeks.append((m, day, before + round((closing - before) * share)))
            before = closing
        found.append(replace(p, weeks=weeks))
    return found


def test_a_month_in_its_last_days_where_weekly_returns_tell_it() -> None:
    others = _told_weekly((0.3, 0.6, 0.8), unit="衡东县", first=101, count=20)
    leaping = _told_weekly((0.02, 0.05, 0.08), unit="衡南县", first=1)
    found = [d for d in asked([*leaping, *others], 6, DoubtKind.PERIOD_END_LEAP) if d.unit == "衡南县"]
    assert [d.strength for d in found] == [Strength.STRONG]
    assert len(found[0].projects) == 8
    assert "周报到6月25日只有" in found[0].message
    assert found[0].evidence["week_to"] == "2024-06-25"
    assert not [d for d in asked([*leaping, *others], 6, DoubtKind.PERIOD_END_LEAP) if d.unit == "衡东县"]
    even = _told_weekly((0.35, 0.6, 0.82), unit="衡南县", first=1)
    assert not asked([*even, *others], 6, DoubtKind.PERIOD_END_LEAP)


def test_weekly_returns_that_carry_no_money_tell_of_no_leap() -> None:
    others = _told_weekly((0.3, 0.6, 0.8), unit="衡东县", first=101, count=20)
    silent = _told_weekly((0.0, 0.0, 0.0), unit="衡南县", first=1)
    assert not asked([*silent, *others], 6, DoubtKind.PERIOD_END_LEAP)
    # Nor where all do so, nor where the unit always did.
    alike = _told_weekly((0.02, 0.05, 0.08), unit="衡东县", first=101, count=20)
    assert not asked([*_told_weekly((0.02, 0.05, 0.08), unit="衡南县", first=1), *alike], 6, DoubtKind.PERIOD_END_LEAP)


def test_a_leap_far_beyond_the_plan_is_not_one_that_makes_up_for_it() -> None:
    county = plain_county()
    behind = project(90, [500, 1_000, 1_500, 2_000, 2_500, 8_000], 12_000)
    beyond = project(91, [500, 1_000, 1_500, 2_000, 2_500, 8_000], 3_600)
    asked_of = {p for d in asked([*county, behind, beyond], 6, DoubtKind.MONTH_LEAP) for p in d.projects}
    assert asked_of == {90, 91}
    slight = [project(90, [500, 1_000, 1_500, 2_000, 2_500, 5_900], 12_000), project(91, [500, 1_000, 1_500, 2_000, 2_500, 5_900], 2_400)]
    assert {p for d in asked([*county, *slight], 6, DoubtKind.MONTH_LEAP) for p in d.projects} == {90}


@pytest.mark.parametrize(("amount", "counts"), [(300, True), (299.9999, False)])
def test_a_month_of_an_earlier_year_teaches_from_the_least_amount_on(amount: float, counts: bool) -> None:
    """A quarter of a plan of 12 million is more than the least amount that is ever doubted."""
    held = project(40, [100, 200, 300, 300 + amount], 1_200)
    assert bool([*_of_year(held, DoubtRules(), (1.0,) * 12, range(4, 7))]) is counts


@pytest.mark.parametrize(("plan", "looked_at"), [(150 * 40, True), (150 * 40 + 1, False)])
def test_a_months_end_is_looked_at_from_a_hundred_and_fiftieth_of_the_plan_on(plan: float, looked_at: bool) -> None:
    held = replace(project(40, [100, 200, 240], plan), weeks=[(3, 24, 210 * WAN)])
    assert (_ending(held, YEAR, 3) is not None) is looked_at
