"""Judge the planned acts of 考核 against every way of doing three, on small made-up schemes.

    python scripts/judge_points.py 0 2000     # first seed, one past the last

Points are reckoned here anew, by the sentences in which the rules are printed, not by the program's own scoring.
"""

from __future__ import annotations

import sys
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from hydesk.domain.assessment import AssessmentRule, MeasureReading, ScoreWay
from hydesk.domain.assessment_plan import MeasurePart, UnitAct, plan_acts

D = Decimal
RATES = ("completion", "start_rate", "finish_rate", "funds_rate")
COUNTS = ("problems_overdue", "boards", "observed")
CENT = D("0.01")


def made(rng: Random) -> tuple[list[AssessmentRule], list[str], dict[str, dict[str, D | None]], dict[str, tuple[D, D | None]], list[UnitAct]]:
    """A scheme of some rules, some units' measures, what the first unit's are made of, and acts it might do."""
    units = [f"单位{n}" for n in range(rng.randint(1, 9))]
    rules = []
    for measure in rng.sample(RATES, rng.randint(1, 4)) + rng.sample(COUNTS, rng.randint(0, 3)):
        way = {"problems_overdue": ScoreWay.DEDUCT, "boards": ScoreWay.DEDUCT, "observed": ScoreWay.ADD}.get(measure) or rng.choice(
            (ScoreWay.RANK, ScoreWay.RATIO, ScoreWay.FLOOR))
        points = D(rng.choice((5, 10, 12, 20, 35)))
        rules.append(AssessmentRule(measure, measure, measure, way, points, D(rng.choice(("0.5", "1", "2", "3"))),
                                    D(rng.choice(("0.5", "0.8", "0.9", "1", "1.2"))), D(rng.choice((0, 0, 2)))))
    parts: dict[str, tuple[D, D | None]] = {}
    for r in rules:
        if rng.random() < 0.9:
            parts[r.measure] = (D(rng.randint(0, 9)), D(rng.choice((0, 3, 8, 12)))) if r.measure in RATES else (D(rng.randint(0, 6)), None)
    readings: dict[str, dict[str, D | None]] = {
        r.measure: {u: None if rng.random() < 0.1 else D(rng.randint(0, 13)) / 10 if r.measure in RATES else D(rng.randint(0, 5)) for u in units} for r in rules}
    for measure, (top, bottom) in parts.items():
        readings[measure][units[0]] = top if bottom is None else top / bottom if bottom else None
    acts = []
    for n in range(rng.randint(3, 13)):
        moves = {m: D(rng.choice((1, 1, 1, 2, 3))) * (-1 if m in ("problems_overdue", "boards") else 1)
                 for m in rng.sample([*RATES, *COUNTS], rng.choice((1, 1, 2, 3)))}
        if rng.random() < 0.1:
            moves[rng.choice(RATES)] = D(-1)
        acts.append(UnitAct(f"事项{n}", moves))
    return rules, units, readings, parts, acts


def total(rules: list[AssessmentRule], units: list[str], readings: dict[str, dict[str, D | None]]) -> D | None:
    """The first unit's total: rates none of which is known give none; rules without a figure are made up for by the others."""
    me, given, extra, judged, whole, rates, known = units[0], D(0), D(0), D(0), D(0), 0, 0
    for r in rules:
        value = readings[r.measure][me]
        counted = r.way in (ScoreWay.DEDUCT, ScoreWay.ADD)
        rates += not counted
        if r.way is not ScoreWay.ADD:
            whole += r.points
        if value is None:
            continue
        known += not counted
        if r.way is ScoreWay.ADD:
            extra += min(r.points, r.step * value)
            continue
        judged += r.points
        if r.way is ScoreWay.RANK:
            before = sum(v > value for v in readings[r.measure].values() if v is not None)
            given += max(r.least, r.points - r.step * before)
        elif r.way is ScoreWay.FLOOR:
            given += r.points if value >= r.full else r.least
        elif r.way is ScoreWay.RATIO:
            given += max(D(0), min(r.points, r.points * value / r.full)).quantize(CENT, ROUND_HALF_UP)
        else:
            given += max(r.least, r.points - r.step * value)
    if rates and not known:
        return None
    return (given if judged in (whole, 0) else (given * whole / judged).quantize(CENT, ROUND_HALF_UP)) + extra


def best(rules: list[AssessmentRule], units: list[str], readings: dict[str, dict[str, D | None]], parts: dict[str, tuple[D, D | None]],
         acts: list[UnitAct]) -> D:
    """The most that three acts at most can come to."""
    found = D(0)
    for size in range(4):
        for chosen in combinations(acts, size):
            own = {m: {**held} for m, held in readings.items()}
            for measure, (top, bottom) in parts.items():
                now = top
                for act in chosen:
                    now = max(D(0), now + act.moves.get(measure, D(0)))
                own[measure][units[0]] = now if bottom is None else now / bottom if bottom else None
            found = max(found, total(rules, units, own) or D(0))
    return found


def main(first: str, last: str) -> None:
    """Print how many plans are as good as the best three acts, and the worst of the others."""
    equal, whole, worst = 0, 0, (D(0), -1)
    for seed in range(int(first), int(last)):
        rules, units, readings, parts, acts = made(Random(f"points/{seed}"))
        plan = plan_acts(rules, {m: {u: MeasureReading(v, "") for u, v in held.items()} for m, held in readings.items()}, units, units[0],
                         {m: MeasurePart(*p) for m, p in parts.items()}, acts)
        missed = best(rules, units, readings, parts, acts) - (plan.after or D(0))
        whole += 1
        equal += not missed
        worst = max(worst, (abs(missed), seed))
    print(f"{equal} of {whole} plans ({100 * equal / whole:.2f} %) are as good as the best three acts; worst by {worst[0]} points (seed {worst[1]})")


if __name__ == "__main__":
    main(*sys.argv[1:])
