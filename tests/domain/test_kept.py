"""What JSON holds is taken only where it is of the kind expected."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

import pytest

from hydesk.domain.kept import exact, like, words


class _Way(Enum):
    FAST = "fast"
    SLOW = "slow"


@dataclass(frozen=True)
class _Rule:
    limit: Decimal = Decimal("0.8")
    days: int = 30
    on: bool = True
    way: _Way = _Way.FAST
    named: tuple[str, ...] = ()
    title: str = ""
    most: int | None = None


def test_every_kind_is_taken_as_it_is() -> None:
    made = like(_Rule(), {"limit": "0.75", "days": 7, "on": False, "way": "slow", "named": ["甲"], "title": "乙", "most": 3})
    assert made == _Rule(Decimal("0.75"), 7, False, _Way.SLOW, ("甲",), "乙", 3)
    assert (like(_Rule(), {}), like(_Rule(), {"most": None})) == (_Rule(), _Rule())
    assert like(_Rule(days=0), {"days": 10**16}).days == 10**16


@pytest.mark.parametrize("kept", [
    {"none": 1}, {"limit": "x"}, {"limit": "NaN"}, {"limit": "Infinity"}, {"limit": "1e17"}, {"days": "7"}, {"days": 7.0}, {"days": True},
    {"days": 10**16 + 1}, {"days": -10**16 - 1}, {"days": None}, {"on": 1}, {"on": "true"}, {"way": "other"}, {"named": "甲"}, {"named": [1]},
    {"named": {"a": 1}}, {"title": 1}, {"title": None}, {"most": "3"}, {"most": True}])
def test_anything_else_is_refused(kept: dict[str, Any]) -> None:
    with pytest.raises((ValueError, TypeError)):
        like(_Rule(), kept)


def test_decimals_up_to_the_largest() -> None:
    assert (exact(1), exact("-1.50"), exact(10**16)) == (1, Decimal("-1.50"), 10**16)
    for wrong in (10**16 + 1, -10**16 - 1, "-inf", None):
        with pytest.raises(ValueError, match=r"is no number"):
            exact(wrong)


def test_lists_of_texts() -> None:
    assert (words([]), words(("甲", "乙"))) == ((), ("甲", "乙"))
