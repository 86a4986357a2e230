"""Cities of named habits: how the year is shared among the months, and how it is reported, one habit a city.

Every project has a speed of its own that wanders, works that begin, pause and end; the city's habit bends the months for
all of them. Only money and starts are told: for forecasts, which look at nothing else.
"""

from __future__ import annotations

import math
from datetime import date
from random import Random

from tests.worlds.base import UNITS, WAN, Draft, Years, rounded

HABITS: dict[str, tuple[float, ...]] = {
    "back_loaded": (0.25, 0.2, 0.5, 0.6, 0.8, 0.9, 1.0, 1.2, 1.4, 1.5, 1.7, 1.95),
    "front_loaded": (0.8, 0.8, 1.5, 1.4, 1.3, 1.3, 1.0, 0.9, 0.9, 0.8, 0.7, 0.6),
    "steady": (0.85, 0.75, 1.05, 1.05, 1.05, 1.05, 1.05, 1.05, 1.05, 1.05, 1.0, 1.0),
    "december_leap": (0.5, 0.35, 0.85, 0.9, 0.9, 1.0, 0.9, 0.9, 0.95, 0.95, 1.3, 2.5),
    "half_year_pushes": (0.5, 0.4, 0.9, 0.9, 1.0, 1.8, 0.7, 0.8, 0.9, 0.9, 1.1, 2.1),
    "late_reporters": (0.6, 0.4, 0.9, 1.0, 1.0, 1.1, 1.0, 1.0, 1.05, 1.1, 1.3, 1.55),
    "missing_returns": (0.6, 0.5, 1.0, 1.0, 1.0, 1.1, 1.0, 1.0, 1.1, 1.1, 1.2, 1.4),
    "additions": (0.5, 0.4, 0.9, 1.0, 1.0, 1.1, 1.0, 1.05, 1.1, 1.1, 1.3, 1.55),
}


def city(seed: int, years: int = 1, first: int = 2022, projects: int = 388, habit: str = "") -> Years:
    """``years`` years of one made-up city of ``habit``, or of the one that ``seed`` comes to."""
    rng = Random(f"habits/{seed}")
    habit = habit or list(HABITS)[seed % len(HABITS)]
    months = [w * rng.lognormvariate(0, 0.1) for w in HABITS[habit]]
    traits = {
        # Where it ends, of its plan: most as the notices of cities say, a few fall short.
        "end": rng.uniform(1.05, 1.6) if rng.random() < 0.8 else rng.uniform(0.85, 1.05),
        "speeds": rng.uniform(0.2, 0.6), "wander": rng.uniform(0.02, 0.15), "bumps": rng.choice((1.5, 3.0, 6.0)),
        "units": rng.uniform(0.05, 0.2), "new": rng.uniform(0.2, 0.55), "ending": rng.uniform(0.02, 0.2),
        "stuck": rng.uniform(0.01, 0.08), "tight": rng.uniform(1.1, 3.0), "round": rng.choice((1, 100, WAN, WAN, 10 * WAN))}
    sizes = [rng.gammavariate(2.0, 1.0) + 0.3 for _ in UNITS]
    own = [rng.lognormvariate(0, traits["units"]) for _ in UNITS]
    made: Years = {}
    for year in range(first, first + years):
        mood = rng.lognormvariate(0, 0.05)
        bent = [w * mood * rng.lognormvariate(0, 0.07) for w in months]
        drafts: list[Draft] = []
        for unit, size, pace in zip(UNITS, sizes, own, strict=True):
            paces = pace * rng.lognormvariate(0, traits["units"] / 2)
            late = {m: rng.random() < 0.35 for m in range(1, 12)} if habit == "late_reporters" and rng.random() < 0.5 else {}
            for _ in range(max(3, round(projects * size / sum(sizes)))):
                drafts.append(_project(rng, len(drafts) + 1, unit, year, paces, bent, traits, habit, late))
        _level(drafts, traits["end"] * mood)
        made[year] = [_told(rng, d, habit) for d in drafts]
    return made


def _project(rng: Random, number: int, unit: str, year: int, pace: float, bent: list[float], traits: dict, habit: str, late: dict) -> Draft:
    plan = max(200 * WAN, rounded(rng.lognormvariate(8.6, 1.15) * WAN, rng.choice((10, 100, 500)) * WAN))
    fresh = rng.random() < traits["new"]
    room = plan * rng.uniform(1.0, traits["tight"] * 2)
    before = 0 if fresh else rounded(plan * rng.uniform(0.3, 3.0), WAN)
    d = Draft(number, unit, year, "新建" if fresh else "续建", plan, int(before + room), before, f"项目{number}", f"业主{number}", unit, step=traits["round"])
    begin = 1
    if fresh:
        planned = rng.choices(range(1, 13), (3, 2, 5, 4, 3, 4, 2, 2, 2, 2, 1, 1))[0]
        begin = max(1, planned + rng.choices((0, 0, 1, 2, 3, 5, 12), (5, 4, 4, 3, 2, 1, 1))[0])
        d.planned_start = date(year, planned, 10)
        if begin <= 12:
            d.actual_start = date(year, begin, 5)
            d.permits = {"施工许可": date(year, begin, 1)} if rng.random() < 0.7 else {}
    speed = rng.lognormvariate(-traits["speeds"] ** 2 / 2, traits["speeds"]) * (rng.uniform(0, 0.15) if rng.random() < traits["stuck"] else 1)
    end = rng.randint(3, 12) if rng.random() < traits["ending"] else 12
    listed = rng.choice((4, 5, 6, 7)) if habit == "additions" and rng.random() < 0.15 else 1
    d.start_told = begin
    run, hold = 0.0, 0.0
    drift = 0.0
    for m in range(1, 13):
        drift += rng.gauss(0, traits["wander"])
        got = plan / 12 * pace * speed * bent[m - 1] * math.exp(drift) * rng.gammavariate(traits["bumps"], 1 / traits["bumps"])
        got *= min(1.0, (m - begin + 1) / 4) if fresh else 1.0
        run += got if begin <= m <= end else 0.0
        # What a late reporter leaves out comes with its next report.
        hold = hold if late.get(m) and m > 1 else run
        d.done[m - 1] = round(hold)
    d.known = listed  # type: ignore[attr-defined]
    return d


def _level(drafts: list[Draft], end: float) -> None:
    """All sums scaled such that the city ends where its habit has it end, none beyond its total."""
    factor = end * sum(d.plan for d in drafts) / max(1, sum(d.done[11] or 0 for d in drafts))
    for d in drafts:
        d.done = [min(rounded((v or 0) * factor, d.step), d.total - d.before) for v in d.done]


def _told(rng: Random, d: Draft, habit: str) -> Draft:
    silent = {"missing_returns": 0.12, "late_reporters": 0.03}.get(habit, 0.0)
    listed = d.known  # type: ignore[attr-defined]
    for m in range(1, 12):
        if m < listed or rng.random() < silent:
            d.done[m - 1] = None
    return d
