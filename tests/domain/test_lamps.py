"""Lamps: the office's rule, the reasons it gives, and what a person judges."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from hydesk.domain.lamp_presets import PRESETS
from hydesk.domain.lamps import Lamp, LampMode, LampRule, lamp, rule_in_words, whole_months
from hydesk.domain.meaning import Meaning
from hydesk.domain.measures.measured import AsOf
from hydesk.domain.measures.need import monthly_need
from hydesk.domain.measures.yardstick import Yardstick
from hydesk.domain.periods import Period
from hydesk.domain.standing import ProjectStanding
from tests.reports.made import standing

HALF = Decimal("0.5")
JUNE = Period.month(2023, 6)
END = date(2023, 6, 30)


def judge(p: ProjectStanding, rule: LampRule) -> Lamp:
    return Yardstick(rule, JUNE, END).lamp(p)


def test_reasons_say_the_figures() -> None:
    assert lamp(38, 100, HALF).reasons == ("完成率38.00%，欠时间进度12.00个百分点",)
    assert lamp(100, None, HALF).reasons == ("没有年度计划",)
    assert lamp(30, 100, HALF, LampRule(LampMode.RATIO, Decimal("0.8"), Decimal("0.6"))).reasons == (
        "完成时序应完成额的60.00%",)


def test_a_start_overdue_makes_a_project_lag_whatever_its_amounts_say() -> None:
    p = replace(standing(1, nature="新建"), planned_start=date(2023, 4, 30), actual_start=None, year_investment=None)
    rule = LampRule(start_delay=60)
    assert judge(p, rule).meaning is Meaning.LAGGING
    assert judge(p, rule).reasons[0] == "计划2023年4月30日开工，已过61天仍未开工"
    assert judge(p, replace(rule, start_delay=62)).meaning is Meaning.NO_DATA
    begun = replace(p, actual_start=date(2023, 6, 1))
    assert judge(begun, rule).meaning is Meaning.NO_DATA


def test_works_under_way_without_statistics_lag() -> None:
    p = replace(standing(1), actual_start=date(2023, 3, 31), statistics_year=None)
    assert "已满3个月仍未入统" in judge(p, LampRule(statistics_months=3)).reason
    assert "入统" not in judge(p, LampRule(statistics_months=4)).reason
    assert "入统" not in judge(replace(p, statistics_year=5), LampRule(statistics_months=3)).reason


def test_problems_past_their_deadline_lag_and_a_serious_lamp_stays_serious() -> None:
    p = replace(standing(1), problems_overdue=2, problem_delay=12)
    assert "有2个问题超过办结期限，最久12天" in judge(p, LampRule(problem_delay=10)).reasons
    behind = replace(p, year_investment=1)
    found = judge(behind, LampRule(problem_delay=10))
    assert found.meaning is Meaning.SERIOUSLY_LAGGING
    assert len(found.reasons) == 2


def test_a_person_goes_before_the_rule_and_the_rule_is_still_told() -> None:
    p = replace(standing(1), year_investment=1, lamp_meaning="on_track", lamp_reason="汛期停工，已批准顺延")
    found = judge(p, LampRule())
    assert (found.meaning, found.by_hand, found.by_rule) == (Meaning.ON_TRACK, True, Meaning.SERIOUSLY_LAGGING)
    assert found.reasons[0] == "人工判定：汛期停工，已批准顺延"
    assert found.reasons[1].startswith("按规则为严重滞后：")
    assert found.label == "● 正常（人工）"


def test_the_rule_is_told_whole() -> None:
    assert rule_in_words(LampRule()) == (
        "年度投资完成率比时间进度低10至30个百分点（均含本数）的为滞后，低30个百分点以上（不含本数）的为严重滞后")
    assert rule_in_words(LampRule(start_delay=30, statistics_months=3, problem_delay=1)).endswith(
        "；计划开工时间已过30天仍未开工的、开工满3个月仍未入统的、有问题超过办结期限1天仍未销号的，至少判为滞后")
    assert [p.rule.ordered for p in PRESETS] == [True] * 3


@pytest.mark.parametrize(("start", "end", "months"), [
    (date(2023, 3, 31), date(2023, 6, 30), 3), (date(2023, 3, 15), date(2023, 6, 14), 2),
    (date(2022, 12, 1), date(2023, 1, 1), 1), (date(2023, 6, 30), date(2023, 6, 30), 0)])
def test_months_are_whole(start: date, end: date, months: int) -> None:
    assert whole_months(start, end) == months


def test_what_a_month_still_takes() -> None:
    need = monthly_need(1200, 500, AsOf.of(JUNE))
    assert need is not None
    assert (need.missing, need.months, need.each, need.pace) == (700, 6, 117, 83)
    assert monthly_need(None, 500, AsOf.of(JUNE)) is None
    done = monthly_need(1200, 1300, AsOf.of(Period.month(2023, 12)))
    assert done is not None
    assert (done.missing, done.each) == (0, None)
