"""The path a plan's target asks for, and who is behind it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hydesk.domain.targets import Target, TargetKind, Way, needed_by, stand

D = Decimal


def test_a_level_is_approached_in_equal_steps() -> None:
    gdp = Target(TargetKind.LEVEL, D(8000), 2030, 2025, D(5000), 2027, D(6100))
    assert needed_by(gdp, 2027) == D(6200)
    found = stand(gdp)
    assert (found.way, found.gap) == (Way.BEHIND, D(-100))
    assert found.reason == "2027年应达到6,200，实际6,100，差100"


@pytest.mark.parametrize(("target", "way"), [
    (Target(TargetKind.AT_MOST, D("14.5"), 2025, 2020, D("15.5"), 2023, D("14.8")), Way.ON_PATH),
    (Target(TargetKind.AT_MOST, D("14.5"), 2025, 2020, D("15.5"), 2023, D("15.0")), Way.BEHIND),
    (Target(TargetKind.AT_MOST, D("14.5"), 2025, 2020, D("15.5"), 2023, D("14.5")), Way.REACHED),
    (Target(TargetKind.GROWTH_PER_YEAR, D("6.5"), 2030, None, None, 2027, D("6.5")), Way.ON_PATH),
    (Target(TargetKind.GROWTH_PER_YEAR, D("6.5"), 2030, None, None, 2027, D("6.4")), Way.BEHIND),
    (Target(TargetKind.PER_YEAR, D(200), 2025, None, None, 2023, D(260)), Way.ON_PATH),
    (Target(TargetKind.COUNT, D(30), 2025, 2020, None, 2022, D(12)), Way.ON_PATH),
    (Target(TargetKind.COUNT, D(30), 2025, 2020, None, 2022, D(11)), Way.BEHIND),
    (Target(TargetKind.COUNT, D(3), 2025, 2020, None, 2024, D(2)), Way.ON_PATH),
    (Target(TargetKind.FALL, D(12), 2030, 2025, None, 2026, D(2)), Way.BEHIND),
    (Target(TargetKind.LEVEL, D(800), 2025, None, None, 2023, D(500)), Way.UNKNOWN),
    (Target(TargetKind.LEVEL, D(800), 2025, None, None, 2023, D(900)), Way.REACHED),
    (Target(TargetKind.LEVEL, D(85), None, None, None, 2027, D(80)), Way.BEHIND),
    (Target(TargetKind.LEVEL, D(800), 2025), Way.UNKNOWN),
])
def test_each_kind_is_compared_as_it_is_meant(target: Target, way: Way) -> None:
    found = stand(target)
    assert found.way is way
    assert found.reason


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(2020, 2034), st.integers(1, 15))
def test_the_path_runs_from_the_base_to_the_target(base: int, value: int, base_year: int, years: int) -> None:
    target = Target(TargetKind.LEVEL, D(value), base_year + years, base_year, D(base))
    assert needed_by(target, base_year) == base
    assert needed_by(target, base_year + years) == value
    path = [needed_by(target, y) for y in range(base_year, base_year + years + 1)]
    known = [p for p in path if p is not None]
    assert known == sorted(known, reverse=value < base)
