"""A compact sample of made-up cities; ``scripts/judge_doubts.py`` judges hundreds of them (docs/doubts.md)."""

from __future__ import annotations

from types import ModuleType

import pytest

from tests.worlds import contracts, drifting, paced
from tests.worlds.cookings import COOKINGS
from tests.worlds.innocent import LOOK_ALIKES
from tests.worlds.trial import Tally, honest, run


@pytest.fixture(scope="module", params=[(paced, 31), (contracts, 32)], ids=["paced", "contracts"])
def tally(request: pytest.FixtureRequest) -> Tally:
    kind, seed = request.param
    return run(lambda s: kind.city(s, years=3), [seed], COOKINGS, LOOK_ALIKES, months=(6, 9), strengths=("blatant", "plain"))


def test_cookings_are_found(tally: Tally) -> None:
    put, found = sum(tally.put[k] for k in tally.put if k[1] != "innocent"), sum(tally.found.values()) - sum(
        tally.found[k] for k in list(tally.found) if k[1] == "innocent")
    assert put >= 40
    assert found >= put * 0.93, tally.missed


@pytest.mark.parametrize("kind", [paced, contracts, drifting], ids=["paced", "contracts", "drifting"])
def test_honest_counties_are_left_in_peace(kind: ModuleType) -> None:
    tally = Tally()
    for seed in (32, 33, 34):
        honest(tally, kind.city(seed, years=3), (2, 5, 8, 11))
    assert tally.months == 228
    assert sum(tally.weak_false.values()) <= 0.25 * tally.months
    assert sum(tally.strong_false.values()) <= 0.03 * tally.months


def test_look_alikes_are_not_told_strongly(tally: Tally) -> None:
    strong = sum(n for (_, strength), n in tally.strong.items() if strength == "innocent")
    assert strong <= 2
