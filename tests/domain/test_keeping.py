"""Backups are kept by day, week and month, whatever their dates."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hydesk.domain.keeping import LATEST, to_keep

NOW = datetime(2026, 11, 22, 16, 0)
MOMENTS = st.lists(st.datetimes(datetime(2022, 1, 1), datetime(2026, 11, 22, 16, 0)), max_size=60)


@given(MOMENTS)
def test_the_newest_always_stay_and_nothing_is_made_up(moments: list[datetime]) -> None:
    kept = to_keep(moments, NOW)
    assert kept <= set(moments)
    assert set(sorted(set(moments), reverse=True)[:LATEST]) <= kept


@given(MOMENTS)
def test_every_day_week_and_month_in_reach_keeps_its_newest(moments: list[datetime]) -> None:
    kept = to_keep(moments, NOW)
    for m in moments:
        if (NOW.date() - m.date()).days < 14:
            assert max(x for x in moments if x.date() == m.date()) in kept
        if (NOW.year - m.year) * 12 + NOW.month - m.month < 24:
            assert max(x for x in moments if (x.year, x.month) == (m.year, m.month)) in kept


@given(MOMENTS)
def test_keeping_again_drops_nothing_more(moments: list[datetime]) -> None:
    kept = to_keep(moments, NOW)
    assert to_keep(kept, NOW) == kept


@given(st.integers(1, 500))
def test_the_count_stays_small(days: int) -> None:
    """Two backups a day, let go each day as the program does."""
    held: set[datetime] = set()
    for d in range(days):
        now = datetime(2025, 1, 1, 18) + timedelta(days=d)
        held = to_keep(held | {now, now - timedelta(hours=9)}, now)
        assert len(held) <= 14 + 8 + 24 + LATEST
    assert len({(m.year, m.month) for m in held}) == min(24, len({
        ((datetime(2025, 1, 1) + timedelta(days=d)).year, (datetime(2025, 1, 1) + timedelta(days=d)).month)
        for d in range(days)}))


def test_backups_dated_in_the_future_push_none_of_the_real_ones_out() -> None:
    now = datetime(2023, 6, 30, 12)
    real = {now - timedelta(minutes=30 * n) for n in range(3)} | {now - timedelta(days=n) for n in range(1, 10)}
    future = {now + timedelta(days=400 + n) for n in range(6)}
    assert to_keep(real | future, now) == to_keep(real, now) | future
    assert to_keep(real, now) == real


def test_the_last_day_week_and_month_in_reach_and_the_first_out_of_it() -> None:
    recent = [NOW - timedelta(minutes=m) for m in range(1, 4)]
    day_in, day_out = datetime(2026, 11, 9, 9), datetime(2026, 11, 8, 9)
    assert {day_in, day_out} <= to_keep([*recent, day_in, day_out], NOW)  # the day's, and its week's newest
    same_week = [datetime(2026, 11, 8, 10), day_out]
    assert day_out not in to_keep([*recent, *same_week], NOW)
    week_in, later = NOW - timedelta(weeks=8) + timedelta(minutes=1), datetime(2026, 9, 30, 9)
    assert week_in in to_keep([*recent, week_in, later], NOW)
    week_out = NOW - timedelta(weeks=8)
    assert week_out not in to_keep([*recent, week_out, later], NOW)
    month_in, month_out = datetime(2024, 12, 1), datetime(2024, 11, 30)
    assert to_keep([*recent, month_in, month_out], NOW) == {*recent, month_in}
    assert to_keep([NOW + timedelta(days=400), *recent], NOW) == {NOW + timedelta(days=400), *recent}
