"""What a question costs a unit's measure, and what three months brought: each at its edge."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hydesk.domain.doubts.doubt import Doubt, DoubtKind, Strength
from hydesk.domain.doubts.quarter import thirds
from hydesk.domain.doubts.trust import trust_of
from tests.domain.doubts.made import WAN, project


@pytest.mark.parametrize(("strong", "weak", "left"), [(0, 0, 100), (1, 0, 90), (0, 1, 98), (1, 1, 88), (2, 4, 72), (3, 0, 70), (9, 9, 70)])
def test_a_strong_question_costs_ten_a_weak_one_two_a_month_thirty_at_most(strong: int, weak: int, left: int) -> None:
    kinds = list(DoubtKind)
    found = [Doubt(kinds[i % len(kinds)], "衡南县", (i,), Strength.STRONG, "请核实", {}, 1) for i in range(strong)]
    found += [Doubt(kinds[i % len(kinds)], "衡南县", (100 + i,), Strength.WEAK, "请核实", {}, 1) for i in range(weak)]
    (told,) = trust_of(["衡南县"], {3: found})
    assert told.score == 100 - min(30, 10 * told.strong + 2 * told.weak)  # of one kind several may be told together
    if strong + weak <= 2:
        assert (told.strong, told.weak, told.score) == (strong, weak, Decimal(left))


@pytest.mark.parametrize(("sums", "month", "brought"), [
    ([100, 300, 600], 3, (100, 200, 300)),
    ([100, 300, 600, 1000], 4, (200, 300, 400)),
    ([None, 300, 600], 3, None),
    ([100, None, 600], 3, None),
    ([100, 300, None], 3, None),
    ([100, 80, 600], 3, None),
    ([0, 0, 0], 3, None),
])
def test_three_months_are_told_only_where_each_was_reported(
        sums: list[float | None], month: int, brought: tuple[int, ...] | None) -> None:
    found = thirds(project(1, sums, plan=1_200), month)
    assert found == (None if brought is None else tuple(b * WAN for b in brought))
