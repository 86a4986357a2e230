"""Scores by rules that are data: every point explained, lines that add up, places shared by equals."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hydesk.domain.assessment import Reading, ScoreRule, ScoreWay, assess, default_rules, rule_sentence

D = Decimal
UNITS = ("衡南县", "祁东县", "常宁市")


def test_each_way_gives_the_points_it_says() -> None:
    rules = (
        ScoreRule("a", "完成率", "rate", ScoreWay.RANK, D(40), D(2), least=D(37)),
        ScoreRule("b", "开工率", "start", ScoreWay.RATIO, D(20), full=D("0.8")),
        ScoreRule("c", "开工底线", "start", ScoreWay.FLOOR, D(5), full=D("0.5")),
        ScoreRule("d", "迟报", "late", ScoreWay.DEDUCT, D(10), D(3)),
        ScoreRule("e", "表扬", "praise", ScoreWay.ADD, D(5), D(2)),
    )
    measures = {
        "rate": {"衡南县": Reading(D("0.9"), "完成率90%"), "祁东县": Reading(D("0.9"), "完成率90%"),
                 "常宁市": Reading(D("0.4"), "完成率40%")},
        "start": {"衡南县": Reading(D("0.4"), "开工率40%"), "祁东县": Reading(D(1), "开工率100%")},
        "late": {"衡南县": Reading(D(2), "迟报2次"), "祁东县": Reading(D(5), "迟报5次")},
        "praise": {"祁东县": Reading(D(4), "红榜4次")},
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
    nobody = {r.measure: {u: Reading(None, "没有") for u in UNITS} for r in rules}
    assert all(s.total is None and s.place is None and all(x.points is None for x in s.lines) for s in assess(rules, nobody, UNITS))
    counted = nobody | {"problems_overdue": {u: Reading(D(0), "0个") for u in UNITS}}
    assert all(s.total is None for s in assess(rules, counted, UNITS))  # nothing overdue says nothing of who reports nothing
    one = nobody | {"completion": {"衡南县": Reading(D("0.5"), "50%")}}
    first = assess(rules, one, UNITS)[0]
    assert (first.unit, first.place, first.total) == ("衡南县", 1, D(100))


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 100)), min_size=3, max_size=3))
def test_lines_add_up_and_no_unit_exceeds_the_points_there_are(figures: list[tuple[int, int]]) -> None:
    measures = {key: {u: Reading(D(v) / 100, f"{v}%") for u, (v, _) in zip(UNITS, figures, strict=True)}
                for key in ("completion", "start_rate", "promises", "return_quality")}
    measures["problems_overdue"] = {u: Reading(D(n), f"{n}个") for u, (_, n) in zip(UNITS, figures, strict=True)}
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
