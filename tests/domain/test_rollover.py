"""What a project carries over to the next year, where the earlier years are known and where they are not."""

from __future__ import annotations

import pytest

from hydesk.domain.money import Yuan
from hydesk.domain.periods import Period
from hydesk.domain.rollover import YearEndStanding, propose, sums


def standing(before: Yuan | None, year: Yuan | None, since: Yuan | None) -> YearEndStanding:
    return YearEndStanding(1, "HY2023-001", "归阳码头", "祁东县", "续建", True, 1_000_000, before, year, since, Period.month(2023, 12),
                    None, None, 2025, False)


@pytest.mark.parametrize(("before", "year", "since", "after"), [
    (300, 200, None, 500), (0, 200, None, 200), (None, 200, None, None), (None, 200, 900, 900), (300, None, None, 300), (None, None, None, None),
])
def test_unknown_earlier_years_stay_unknown(before: Yuan | None, year: Yuan | None, since: Yuan | None, after: Yuan | None) -> None:
    carried = propose([standing(before, year, since)], 2023)
    assert carried[0].invested_before == after
    assert any("以前年度" in d for d in carried[0].doubts) is (after is None)
    assert (carried[0].proposed_plan is None) is (after is None)
    assert sums(carried).agrees
