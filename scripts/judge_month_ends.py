"""Judge the doubts about months that leap in their last days, by weekly returns made up for honest cities.

    python scripts/judge_month_ends.py 7000 7006     # first seed, one past the last, of each kind of city

Units report by the week evenly, or an old sum every other week, or no money at all, or always most at the month's end, or
not by the week. In one unit a month the weeks are left a twentieth (blatant) or a fifth (plain) of the amount.
"""

from __future__ import annotations

import calendar
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from hydesk.domain.doubts.quarter import period_end_leaps
from hydesk.domain.doubts.setting import PeriodSetting
from hydesk.domain.project_year import ProjectYear
from tests.worlds import paced, stages
from tests.worlds.base import plain

HABITS = ("even", "even", "even", "stale", "none", "late", "")
LEFT = {"blatant": 0.05, "plain": 0.18}
Weeks = list[tuple[int, int, int]]


def weekly(rng: Random, p: ProjectYear, year: int, habit: str, month: int, left: float | None) -> Weeks:
    """What weekly returns told of ``p`` to the end of ``month``; ``left`` is what they are left of that month's amount."""
    sundays = [day for n in range(366) if (day := date(year, 1, 1) + timedelta(n)).weekday() == 6 and day.year == year]
    found: Weeks = []
    before = 0
    for m in range(1, month + 1):
        closing = p.year_investment[m - 1]
        if closing is None:
            continue
        bills = [rng.random() ** (0.35 if habit == "late" else 1.0) for _ in range(12)]
        last = before
        for day in (d.day for d in sundays if d.month == m):
            part = day / calendar.monthrange(year, m)[1]
            share = sum(b <= part for b in bills) / len(bills)
            if left is not None and m == month:
                share = left * part * rng.uniform(0.6, 1.2)
            elif habit == "none" or (habit == "stale" and rng.random() < 0.5):
                share = 0.0
            last = max(last, before + round((closing - before) * min(1.0, share) / 100) * 100)
            if rng.random() < 0.9:
                found.append((m, day, last))
        before = closing
    return found


def main(first: str, last: str) -> None:
    """Print how many made-up months were asked about, and how many honest ones."""
    asked = {mode: [0, 0] for mode in LEFT}
    months = weak = strong = 0
    for city in (stages.city, paced.city):
        for seed in range(int(first), int(last)):
            years = city(seed, years=2)
            year = max(years)
            for month in range(2, 13):
                rng = Random(f"{seed}/{month}")
                known = plain(years, year, month)[year]
                units = sorted({p.unit for p in known})
                habit = {u: rng.choice(HABITS) for u in units}
                able = [u for u in units if habit[u] in ("even", "stale") and sum(
                    p.unit == u and p.newest(month) == month and p.done(month) > p.done(month - 1) for p in known) >= 8]
                for mode in ("honest", *LEFT):
                    unit = rng.choice(able) if mode != "honest" and able else ""
                    listed = []
                    for p in known:
                        own = Random(f"{seed}/{p.id}")
                        left = LEFT[mode] if p.unit == unit and (mode == "blatant" or own.random() < 0.8) else None
                        listed.append(replace(p, weeks=weekly(own, p, year, habit[p.unit], month, left)) if habit[p.unit] else p)
                    doubts = [d for d in period_end_leaps(PeriodSetting.of({year: listed}, year, month)) if "week_to" in d.evidence]
                    if mode == "honest":
                        months += len(units)
                        weak += sum(not d.strong for d in doubts)
                        strong += sum(d.strong for d in doubts)
                    elif unit:
                        asked[mode][0] += any(d.unit == unit for d in doubts)
                        asked[mode][1] += 1
    for mode, (found, whole) in asked.items():
        print(f"{mode}: {found} of {whole} asked about")
    print(f"honest: {weak / months:.4f} weak, {strong / months:.4f} strong of {months} county-months")


if __name__ == "__main__":
    main(*sys.argv[1:])
