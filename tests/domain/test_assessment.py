"""Scores by rules that are data: every point explained, lines that add up, places shared by equals."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hydesk.domain.assessment import (
    AssessmentRule,
    MeasureReading,
    ScoreWay,
    assess,
    default_rules,
    rule_sentence,
)

D = Decimal
UNITS = ("衡南县", "祁东县", "常宁市")


def test_each_way_gives_the_points_it_says() -> None:
    rules = (
        AssessmentRule("a", "完成率", "rate", ScoreWay.RANK, D(40), D(2), least=D(37)),
        AssessmentRule("b", "开工率", "start", ScoreWay.RATIO, D(20), full=D("0.8")),
        AssessmentRule("c", "开工底线", "start", ScoreWay.FLOOR, D(5), full=D("0.5")),
        AssessmentRule("d", "迟报", "late", ScoreWay.DEDUCT, D(10), D(3)),
        AssessmentRule("e", "表扬", "praise", ScoreWay.ADD, D(5), D(2)),
    )
    measures = {
        "rate": {"衡南县": MeasureReading(D("0.9"), "完成率90%"), "祁东县": MeasureReading(D("0.9"), "完成率90%"),
                 "常宁市": MeasureReading(D("0.4"), "完成率40%")},
        "start": {"衡南县": MeasureReading(D("0.4"), "开工率40%"), "祁东县": MeasureReading(D(1), "开工率100%")},
        "late": {"衡南县": MeasureReading(D(2), "迟报2次"), "祁东县": MeasureReading(D(5), "迟报5次")},
        "praise": {"祁东县": MeasureReading(D(4), "红榜4次")},
    }
    found = {s.unit: s for s in assess(rules, measures, UNITS)}
    assert [line.points for line in found["衡南县"].lines] == [D(40), D(10), D(0), D(4), None]
    assert [line.points for line in found["祁东县"].lines] == [D(40), D(20), D(5), D(0), D(5)]
    assert [line.points for line in found["常宁市"].lines] == [D(37), None, None, None, None]
    assert found["衡南县"].lines[3].reason == "迟报2次，扣6分，得4分"
    assert found["常宁市"].lines[1].reason == "没有数据，不计分"
    best = assess(rules, measures, UNITS)[0]
    assert (best.unit, best.place, best.total, best.raised) == ("祁东县", 1, D(70), "")
    # 37 of the 40 points it could be judged by, raised to all 75.
    only = found["常宁市"]
    assert (only.total, only.judged, only.whole, only.raised) == (D("69.38"), D(40), D(75), "按可评的40分折算为75分")


def test_no_data_is_neither_none_nor_full() -> None:
    rules = default_rules()
    nobody = {r.measure: {u: MeasureReading(None, "没有") for u in UNITS} for r in rules}
    assert all(s.total is None and s.place is None and all(x.points is None for x in s.lines) for s in assess(rules, nobody, UNITS))
    counted = nobody | {"problems_overdue": {u: MeasureReading(D(0), "0个") for u in UNITS}}
    assert all(s.total is None for s in assess(rules, counted, UNITS))  # nothing overdue says nothing of who reports nothing
    one = nobody | {"completion": {"衡南县": MeasureReading(D("0.5"), "50%")}}
    first = assess(rules, one, UNITS)[0]
    assert (first.unit, first.place, first.total) == ("衡南县", 1, D(100))


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 100)), min_size=3, max_size=3))
def test_lines_add_up_and_no_unit_exceeds_the_points_there_are(figures: list[tuple[int, int]]) -> None:
    measures = {key: {u: MeasureReading(D(v) / 100, f"{v}%") for u, (v, _) in zip(UNITS, figures, strict=True)}
                for key in ("completion", "start_rate", "promises", "return_quality")}
    measures["problems_overdue"] = {u: MeasureReading(D(n), f"{n}个") for u, (_, n) in zip(UNITS, figures, strict=True)}
    scored = assess(default_rules(), measures, UNITS, {"衡南县": (D("1.5"), "复核采纳")})
    for s in scored:
        assert s.total is not None
        assert sum((line.points or D(0) for line in s.lines), D(0)) + s.adjusted == s.total
        assert 0 <= s.total <= 100 + s.adjusted
    assert [s.place or 0 for s in scored] == sorted(s.place or 0 for s in scored)
    assert all(((a.total or 0) > (b.total or 0)) == ((a.place or 0) < (b.place or 0)) for a in scored for b in scored)


def test_rules_can_be_read_and_make_a_hundred() -> None:
    assert sum(r.points for r in default_rules()) == 100
    assert rule_sentence(default_rules()[0]) == "年度投资完成率：40分，第1名得满分，每后一名减2分，最少10分"
    assert all(rule_sentence(r) for r in default_rules())


def scores(rule: AssessmentRule, *values: str | None) -> list[tuple[Decimal | None, str]]:
    """The points and reason that ``rule`` gives units with these values."""
    units = [f"{i}县" for i in range(len(values))]
    readings = {u: MeasureReading(None if v is None else D(v), f"值{v}") for u, v in zip(units, values, strict=True)}
    found = {s.unit: s.lines[0] for s in assess((rule,), {rule.measure: readings}, units)}
    return [(found[u].points, found[u].reason) for u in units]


def test_a_floor_is_met_at_the_figure_itself() -> None:
    rule = AssessmentRule("a", "底线", "x", ScoreWay.FLOOR, D(5), full=D("0.5"), least=D(1))
    assert scores(rule, "0.5", "0.4999", "0.6") == [
        (D(5), "值0.5，达到50%，得5分"), (D(1), "值0.4999，未达到50%，得1分"), (D(5), "值0.6，达到50%，得5分")]


def test_a_ratio_gives_nothing_below_nothing_and_no_more_than_all() -> None:
    rule = AssessmentRule("a", "比例", "x", ScoreWay.RATIO, D(20), full=D("0.8"))
    assert [p for p, _ in scores(rule, "0.8", "0.9", "0", "-0.1", "0.001", "0.0333")] == [D(20), D(20), D(0), D(0), D("0.03"), D("0.83")]
    assert [p for p, _ in scores(AssessmentRule("a", "比例", "x", ScoreWay.RATIO, D(20), full=D(0)), "0.5")] == [D(0)]
    assert scores(AssessmentRule("a", "比例", "x", ScoreWay.RATIO, D(20)), "0.5")[0][0] == 10


def test_places_are_shared_and_the_next_counts_all_before_it() -> None:
    rule = AssessmentRule("a", "名次", "x", ScoreWay.RANK, D(10), D(3))
    assert scores(rule, "5", "5", "4", None, "1", "0") == [
        (D(10), "值5，第1名，得10分"), (D(10), "值5，第1名，得10分"), (D(4), "值4，第3名，得4分"), (None, "值None，不计分"),
        (D(1), "值1，第4名，得1分"), (D(0), "值0，第5名，得0分")]
    assert [p for p, _ in scores(AssessmentRule("a", "名次", "x", ScoreWay.RANK, D(10)), "5", "4")] == [10, 9]


def test_things_counted_take_or_give_a_step_each_to_an_end() -> None:
    assert scores(AssessmentRule("a", "扣", "x", ScoreWay.DEDUCT, D(10), D(4), least=D(1)), "0", "2", "3") == [
        (D(10), "值0，扣0分，得10分"), (D(2), "值2，扣8分，得2分"), (D(1), "值3，扣9分，得1分")]
    assert scores(AssessmentRule("a", "加", "x", ScoreWay.ADD, D(5), D(2)), "0", "2", "3") == [
        (D(0), "值0，加0分"), (D(4), "值2，加4分"), (D(5), "值3，加5分")]


def test_points_after_an_appeal_come_on_top_and_are_said() -> None:
    rules = (AssessmentRule("a", "完成率", "rate", ScoreWay.RATIO, D(80)), AssessmentRule("b", "加", "more", ScoreWay.ADD, D(5)),
             AssessmentRule("c", "开工率", "start", ScoreWay.RATIO, D(20)))
    readings = {"rate": {"甲": MeasureReading(D("0.5"), ""), "乙": MeasureReading(D("0.5"), "")}, "more": {"甲": MeasureReading(D(3), "")},
                "start": {"乙": MeasureReading(D("0.55"), "")}}
    first, second = assess(rules, readings, ("乙", "甲"), {"甲": (D("1.5"), "申诉采纳")})
    # 40 of 80 raised to 50 of 100, three added, one and a half after the appeal.
    assert (first.unit, first.place, first.total, first.adjusted, first.adjustment) == ("甲", 1, D("54.50"), D("1.5"), "申诉采纳")
    assert (first.judged, first.whole, first.lost, first.raised) == (80, 100, D("45.50"), "按可评的80分折算为100分")
    assert (second.unit, second.place, second.total, second.adjusted, second.adjustment, second.raised) == ("乙", 2, 51, 0, "", "")
    assert [x.lost for x in second.lines] == [40, None, 9]
    (nobody,) = assess(rules, {}, ("丙",), {"丙": (D(2), "申诉")})
    assert (nobody.total, nobody.lost, nobody.place, nobody.adjusted, nobody.adjustment, nobody.judged, nobody.raised) == (
        None, None, None, 2, "申诉", 0, "")


def test_who_has_no_figure_stands_last_and_equals_share_a_place() -> None:
    rule = AssessmentRule("a", "完成率", "rate", ScoreWay.RATIO, D(100))
    readings = {"rate": {u: MeasureReading(None if v is None else D(v), "") for u, v in (("甲", None), ("乙", "0.4"), ("丙", "0.5"), ("丁", "0.4"))}}
    assert [(s.unit, s.place) for s in assess((rule,), readings, ("甲", "乙", "丙", "丁"))] == [("丙", 1), ("乙", 2), ("丁", 2), ("甲", None)]


def test_a_scheme_that_only_counts_makes_a_total_of_what_it_counted() -> None:
    rules = (AssessmentRule("a", "扣", "late", ScoreWay.DEDUCT, D(10)), AssessmentRule("b", "加", "more", ScoreWay.ADD, D(5)))
    (found,) = assess(rules, {"more": {"甲": MeasureReading(D(2), "")}}, ("甲",))
    assert (found.total, found.judged, found.whole) == (2, 0, 10)
    (found,) = assess(rules, {"late": {"甲": MeasureReading(D(3), "")}}, ("甲",))
    assert (found.total, found.judged) == (7, 10)


def test_a_total_of_all_rules_is_their_sum_and_not_rounded() -> None:
    rule = AssessmentRule("a", "名次", "x", ScoreWay.RANK, D(10), D("0.125"))
    first, second = assess((rule,), {"x": {"甲": MeasureReading(D(2), ""), "乙": MeasureReading(D(1), "")}}, ("甲", "乙"))
    assert (first.total, second.total) == (10, D("9.875"))
    assert second.lines[0].reason == "，第2名，得9.88分"
    other = AssessmentRule("b", "比例", "y", ScoreWay.RATIO, D(20))
    assert assess((rule, other), {"x": {"甲": MeasureReading(D(2), "")}}, ("甲",))[0].total == 30
    third = assess((rule, replace(other, points=D(5))), {"y": {"甲": MeasureReading(D(1) / 3, "")}}, ("甲",))[0]
    assert third.total == D("5.01")  # 1.67 of 5, of 15


@pytest.mark.parametrize(("rule", "words"), [
    (AssessmentRule("a", "底线", "x", ScoreWay.FLOOR, D(5), full=D("0.5"), least=D(1)), "底线：5分，达到50%得满分，未达到得1分"),
    (AssessmentRule("a", "比例", "x", ScoreWay.RATIO, D("7.50"), full=D("0.955")), "比例：7.5分，达到95.5%得满分，不足的按比例计分"),
    (AssessmentRule("a", "扣", "x", ScoreWay.DEDUCT, D(10), D("0.5")), "扣：10分，每个扣0.5分，最少0分"),
    (AssessmentRule("a", "加", "x", ScoreWay.ADD, D(5), D(2)), "加：每个加2分，最多5分")])
def test_a_rule_is_told_in_words(rule: AssessmentRule, words: str) -> None:
    assert rule_sentence(rule) == words
    assert {w: w.label for w in ScoreWay} == dict(zip(ScoreWay, ("按名次计分", "按比例计分", "达标计分", "按次扣分", "按次加分"), strict=True))


def test_the_shipped_rules() -> None:
    assert [(r.key, r.way, r.points, r.step, r.full, r.least) for r in default_rules()] == [
        ("completion", ScoreWay.RANK, 40, 2, 1, 10), ("start_rate", ScoreWay.RATIO, 20, 1, 1, 0), ("promises", ScoreWay.RATIO, 15, 1, 1, 0),
        ("returns", ScoreWay.RATIO, 15, 1, 1, 0), ("problems", ScoreWay.DEDUCT, 10, 2, 1, 0)]
