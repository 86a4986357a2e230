"""Figures kept as rows say the same as the rule of completing a year says over objects."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from hydesk.domain.fields import PROGRESS_MONEY, PROGRESS_TEXTS
from hydesk.domain.periods import Period
from hydesk.domain.progress import complete_year
from hydesk.domain.snapshot import PeriodFigures
from hydesk.services.read_figures import Figures


def drawn(random: Random) -> list[tuple[Any, ...]]:
    """Rows of one project: some months and weeks of a year, each with some figures."""
    periods = [Period.month(2023, m) for m in range(1, 13) if random.random() < 0.6]
    periods += [Period.week(2023, w) for w in range(1, 53) if random.random() < 0.06]
    periods.sort(key=lambda p: p.sort_key)
    return [(1, str(p), random.choice((None, 7)),
             *(random.choice((None, 0, random.randrange(10**9))) for _ in PROGRESS_MONEY),
             *(random.choice((None, "", "话")) for _ in PROGRESS_TEXTS)) for p in periods]


@pytest.mark.parametrize("seed", range(60))
def test_rows_are_completed_by_the_rule(seed: int) -> None:
    random = Random(seed)
    rows, before = drawn(random), random.choice((None, 0, 5_000_000))
    own = random.choice([Period.month(2023, m) for m in range(1, 13)])
    figures = Figures({1: rows}, own)
    held, reported = figures[1]
    expected = complete_year(held, before)
    assert [PeriodFigures(at, {f: v for f, v in zip(PROGRESS_MONEY, money, strict=True) if v is not None}, old.texts)
            for (at, *money), old in zip(figures.completed(1, before), held, strict=True)] == expected
    earlier = [f for f in expected if f.period.is_month and f.period != own and f.money]
    assert figures.month_before(1, before) == (earlier[-1] if earlier else None)
    assert figures.own(1) == next((f for f in held if f.period == own), None)
    assert reported is any(row[1] == str(own) and row[2] is not None for row in rows)


def test_a_project_without_figures_has_none() -> None:
    figures = Figures({}, Period.month(2023, 6))
    assert figures.completed(5, 1) == []
    assert figures.texts(5) == ()
    assert figures.own(5) is None
    assert figures.month_before(5, None) is None
    assert figures.get(5, ([], False)) == ([], False)
