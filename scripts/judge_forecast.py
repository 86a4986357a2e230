"""Judge the forecast on made-up cities and print the tables of docs/forecast.md.

    python scripts/judge_forecast.py paced 0 20     # kind of city, first seed, one past the last
    python scripts/judge_forecast.py stages,habits 0 20 alone        # without earlier years; of several kinds all together too

Every city is forecast at every month of its last year from what was known then. The straight line's own range is
stretched (by a part of itself, or by an amount, whichever needs less) until it holds four fifths as well.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from hydesk.domain.forecast.year_end import Outlook, forecast_year_end
from tests.worlds import contracts, drifting, habits, paced, stages
from tests.worlds.base import plain

CITIES = {"paced": paced.city, "contracts": contracts.city, "drifting": drifting.city, "stages": stages.city, "habits": habits.city}
MONTHS = range(1, 12)


class Case(NamedTuple):
    """One forecast beside what came, as shares of the plan."""

    held: bool
    width: float
    straight: float
    end: float
    mid: float


def cases(kind: str, seeds: Sequence[int], *, alone: bool) -> dict[tuple[str, int], list[Case]]:
    """All forecasts by level and month."""
    found: dict[tuple[str, int], list[Case]] = {}

    def add(level: str, month: int, o: Outlook, end: int) -> None:
        if o.plan:
            found.setdefault((level, month), []).append(Case(
                o.low <= end <= o.high, (o.high - o.low) / o.plan, o.done * 12 / month / o.plan, end / o.plan, o.mid / o.plan))

    for seed in seeds:
        years = CITIES[kind](seed, years=(1 if kind == "habits" else 3) if alone else 3 + seed % 3)
        last = max(years)
        if alone:
            years = {last: years[last]}
        final = plain(years, last, 12)[last]
        for month in MONTHS:
            told = forecast_year_end(plain(years, last, month), last, month)
            units: dict[str, int] = {}
            for p in final:
                units[p.unit] = units.get(p.unit, 0) + p.done(12)
                add("projects", month, told.projects[p.id], p.done(12))
            for unit, o in told.units.items():
                add("units", month, o, units[unit])
            add("city", month, told.city, sum(units.values()))
    return found


def stretched(held: Sequence[Case]) -> float:
    """The mean width of the straight line's range once it holds four fifths."""
    def least(holds: Callable[[Case, float], bool]) -> float:
        low, high = 0.0, 30.0
        for _ in range(40):
            at = (low + high) / 2
            low, high = (at, high) if sum(holds(c, at) for c in held) < 0.8 * len(held) else (low, at)
        return high

    part = least(lambda c, k: abs(c.straight - c.end) <= k * c.straight)
    by_part = sum(min(2 * part, 1 + part) * c.straight for c in held) / len(held)
    return min(by_part, 2 * least(lambda c, k: abs(c.straight - c.end) <= k))


def main(kinds: str, first: str, last: str, alone: str = "") -> None:
    """Print coverage, width and median error by level and month, and what the whole comes to, of each of ``kinds``."""
    together: dict[tuple[str, int], list[Case]] = {}
    for kind in kinds.split(","):
        found = cases(kind, range(int(first), int(last)), alone=bool(alone))
        _print(kind, found)
        for key, held in found.items():
            together.setdefault(key, []).extend(held)
    if "," in kinds:
        _print("all kinds", together)


def _print(kind: str, found: dict[tuple[str, int], list[Case]]) -> None:
    print(f"\n{kind}\n\n| level | month | held | width | of the straight line's | median error | straight line's | plan's |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for level in ("projects", "units", "city"):
        whole: list[Case] = []
        widest = {True: 0.0, False: 0.0}
        beaten: list[int] = []
        for month in MONTHS:
            held = found[level, month]
            whole += held
            width = sum(c.width for c in held) / len(held)
            of_line = width / stretched(held)
            errors = [median(off) for off in ([abs(c.mid - c.end) for c in held], [abs(c.straight - c.end) for c in held], [abs(1 - c.end) for c in held])]
            if month > 1:
                widest[month <= 6] = max(widest[month <= 6], of_line)
                beaten += [month] if errors[0] >= min(errors[1:]) else []
            print(f"| {level} | {month} | {sum(c.held for c in held) / len(held):.3f} | {width:.3f} | {of_line:.2f} | "
                  + " | ".join(f"{e:.4f}" for e in errors) + " |")
        print(f"| {level} | all | {sum(c.held for c in whole) / len(whole):.3f} | | {widest[True]:.2f} to June, {widest[False]:.2f} later | "
              f"{'below both from February on' if not beaten else f'not below in months {beaten}'} | | |", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
