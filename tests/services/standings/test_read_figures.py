"""Figures kept as rows say the same as the rule of completing a year says over objects."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from hydesk.domain.fields import PROGRESS_MONEY, PROGRESS_TEXTS
from hydesk.domain.periods import Period
from hydesk.domain.progress import complete_year, newest
from hydesk.domain.snapshot import PeriodFigures
from hydesk.services.standings.read_figures import Figures


def drawn(random: Random) -> list[tuple[Any, ...]]:
    """Rows of one project: some months and runs of weeks of a year, each with some figures; some state a day."""
    year = random.choice((2020, 2023, 2025))  # 2020 has a week 53, 2025 begins in a week of December
    months = [Period.month(year, m) for m in range(1, 13) if random.random() < 0.6]
    weeks = [Period.week(year, w) for w in range(1, 54 if year == 2020 else 53) if random.random() < random.choice((0.1, 0.8))]
    days = {p: p.day for p in (*months, *weeks)}
    for p in days:
        if random.random() < 0.3:
            near = p.day - timedelta(days=random.choice((10, 20))) if p.is_month else Period.week(year, p.number).takes(
                p.day + timedelta(days=random.randrange(-9, 4)))
            days[p] = near or p.day
    periods = sorted(days, key=lambda p: (days[p], p.is_month, str(p)))
    return [(1, str(p), random.choice((None, 7)), days[p],
             *(random.choice((None, 0, random.randrange(10**9))) for _ in PROGRESS_MONEY),
             *(random.choice((None, "", "话")) for _ in PROGRESS_TEXTS)) for p in periods]


@pytest.mark.parametrize("seed", range(120))
def test_rows_are_completed_by_the_rule(seed: int) -> None:
    random = Random(seed)
    rows, before = drawn(random), random.choice((None, 0, 5_000_000))
    own = Period.parse(random.choice(rows)[1]) if rows and seed % 3 else Period.month(2023, random.randrange(1, 13))
    figures = Figures({1: rows}, own)
    held, reported = figures[1]
    expected = complete_year(held, before)
    assert [PeriodFigures(at, {f: v for f, v in zip(PROGRESS_MONEY, money, strict=True) if v is not None}, old.texts)
            for (at, _, *money), old in zip(figures.completed(1, before), held, strict=True)] == [
                replace(f, stated=None) for f in expected]
    assert [day for _, day, *_ in figures.completed(1, before)] == [f.day for f in expected] == [row[3] for row in rows]
    others = [f for f in expected if f.period != own]
    months = [f for f in others if f.period.is_month and f.money]
    weeks = [f for f in others if f.period == own.previous() and f.money and not own.is_month]
    found = figures.before(1, before)
    assert found.newest == newest(others)
    assert found.previous == ((months[-1] if months else None) if own.is_month else found.newest)
    assert found.closing == (months[-1] if months else None)
    assert found.week == (weeks[0] if weeks else None)
    assert figures.own(1) == next((f for f in held if f.period == own), None)
    assert reported is any(row[1] == str(own) and row[2] is not None for row in rows)


def test_a_project_without_figures_has_none() -> None:
    figures = Figures({}, Period.month(2023, 6))
    assert figures.completed(5, 1) == []
    assert figures.texts(5) == ()
    assert figures.own(5) is None
    assert figures.before(5, None) == (None, None, None, None)
    assert figures.get(5, ([], False)) == ([], False)
