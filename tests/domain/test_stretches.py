"""Quarters, half years and years by their last month."""

from __future__ import annotations

import pytest

from hydesk.domain.periods import Month
from hydesk.domain.stretches import Stretch, parse_stretch


@pytest.mark.parametrize(("text", "last"), [
    ("2023-Q1", Month(2023, 3)), ("2023-q4", Month(2023, 12)), ("2023-H1", Month(2023, 6)), ("2023-H2", Month(2023, 12)), ("2023", Month(2023, 12)),
    ("2023-06", None), ("2023-W25", None), ("2023-Q5", None), ("Q2", None)])
def test_it_is_named_by_its_last_month(text: str, last: Month | None) -> None:
    assert parse_stretch(text) == last


def test_a_half_there_is_not_is_told() -> None:
    with pytest.raises(ValueError, match="H1"):
        parse_stretch("2023-H3")


def test_it_begins_after_the_month_before_and_ends_only_with_its_own() -> None:
    june, december = Month(2023, 6), Month(2023, 12)
    assert [s.label(june) for s in (Stretch.QUARTER, Stretch.HALF)] == ["2023年第二季度", "2023年上半年"]
    assert [s.label(december) for s in Stretch] == ["2023年第四季度", "2023年下半年", "2023年"]
    assert [s.before(june) for s in (Stretch.QUARTER, Stretch.HALF)] == [Month(2023, 3), Month(2022, 12)]
    assert [[s.ends(Month(2023, m)) for m in (3, 5, 6, 12)] for s in Stretch] == [
        [True, False, True, True], [False, False, True, True], [False, False, False, True]]
