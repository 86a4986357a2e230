"""What share of rows stay below an outcome: between two, at both ends, of one alone."""

from __future__ import annotations

import pytest

from hydesk.domain.forecast.learnt import Bin


@pytest.mark.parametrize(("held", "share", "at"), [
    ((1.0, 2.0, 3.0), 0.5, 2.0),
    ((1.0, 2.0, 3.0), 0.25, 1.0),
    ((1.0, 2.0, 3.0), 0.375, 1.5),
    ((1.0, 2.0, 3.0), 0.75, 3.0),
    ((1.0, 2.0, 3.0), 0.0, 1.0),
    ((1.0, 2.0, 3.0), 1.0, 3.0),
    ((0.0, 10.0), 0.5, 5.0),
    ((7.0,), 0.5, 7.0),
])
def test_a_quantile_lies_between_its_neighbours(held: tuple[float, ...], share: float, at: float) -> None:
    assert Bin(1.0, held, 1.0, 0.0).quantile(share) == pytest.approx(at)
