"""Planned acts beside all the ways there are of doing three: equal by points."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from random import Random

import pytest

from hydesk.domain.assessment import AssessmentRule, MeasureReading, ScoreWay, assess, default_rules
from hydesk.domain.assessment_plan import MeasurePart, UnitAct, plan_acts

D = Decimal
UNITS = ("甲县", "乙县", "丙县", "丁县")
MEASURES = ("completion", "start_rate", "promises", "return_quality", "problems_overdue")


def world(rng: Random) -> tuple[list[AssessmentRule], dict[str, dict[str, MeasureReading]], dict[str, MeasurePart], list[UnitAct]]:
    rules = list(default_rules())
    if rng.random() < 0.5:
        rules = [AssessmentRule(r.key, r.title, r.measure, rng.choice((ScoreWay.RANK, ScoreWay.RATIO, ScoreWay.FLOOR)) if r.way is not ScoreWay.DEDUCT else r.way,
                           D(rng.randint(5, 40)), D(rng.randint(1, 4)), D(rng.choice(("0.8", "0.95", "1"))), D(rng.choice((0, 2)))) for r in rules]
    parts = {"completion": MeasurePart(D(rng.randint(20, 90)), D(100)), "start_rate": MeasurePart(D(rng.randint(0, 6)), D(8)),
             "promises": MeasurePart(D(rng.randint(0, 3)), D(rng.choice((0, 4)))), "problems_overdue": MeasurePart(D(rng.randint(0, 5)))}
    readings = {m: {u: MeasureReading(D(rng.randint(0, 100)) / 100 if m != "problems_overdue" else D(rng.randint(0, 5)), "") for u in UNITS} for m in MEASURES}
    for m, p in parts.items():
        readings[m]["甲县"] = MeasureReading(p.value, "")
    acts = []
    for n in range(rng.randint(4, 11)):
        kind = rng.randrange(5)
        moves = ({"completion": D(rng.randint(1, 15))}, {"start_rate": D(1)}, {"start_rate": D(1), "completion": D(rng.randint(1, 9))},
                 {"problems_overdue": D(-1)}, {"promises": D(1), "problems_overdue": D(rng.choice((0, -1)))})[kind]
        acts.append(UnitAct(f"事项{n}", moves))
    return rules, readings, parts, acts


def best_of_all(rules: list[AssessmentRule], readings: dict[str, dict[str, MeasureReading]], parts: dict[str, MeasurePart], acts: list[UnitAct]) -> Decimal:
    """Every way of doing up to three, scored by ``assess`` anew."""
    best = D(-1)
    for size in range(4):
        for chosen in combinations(acts, size):
            own = {}
            for m, p in parts.items():
                top = max(D(0), p.top + sum((a.moves.get(m, D(0)) for a in chosen), D(0)))
                own[m] = MeasureReading(top if p.bottom is None else top / p.bottom if p.bottom else None, "")
            scored = assess(rules, {m: {**held, **({"甲县": own[m]} if m in own else {})} for m, held in readings.items()}, UNITS)
            best = max(best, next(s.total for s in scored if s.unit == "甲县") or D(0))
    return best


@pytest.mark.parametrize("seed", range(40))
def test_three_planned_acts_are_as_good_as_the_best_three(seed: int) -> None:
    rules, readings, parts, acts = world(Random(seed))
    plan = plan_acts(rules, readings, UNITS, "甲县", parts, acts)
    assert (plan.after or D(0)) == best_of_all(rules, readings, parts, acts)
    assert len(plan.acts) <= 3


def test_nothing_to_gain_is_said() -> None:
    rules, readings, parts, _ = world(Random(1))
    plan = plan_acts(rules, readings, UNITS, "甲县", parts, [UnitAct("无关", {"lagging": D(1)})])
    assert plan.acts == ()
    assert plan.words == "甲县：眼下没有能加分的事项"


def test_fewest_acts_of_equal_plans() -> None:
    rule = [AssessmentRule("p", "问题按期销号", "problems_overdue", ScoreWay.DEDUCT, D(10), D(2))]
    plan = plan_acts(rule, {"problems_overdue": {"甲县": MeasureReading(D(1), "")}}, ("甲县",), "甲县", {"problems_overdue": MeasurePart(D(1))},
                     [UnitAct(f"销号{n}", {"problems_overdue": D(-1)}) for n in range(5)])
    assert [a.words for a in plan.acts] == ["销号0"]
    assert plan.words == "甲县做好1件可加2分（8→10）：销号0"
