"""Doubts and forecasts of made-up cities, sentence by sentence and sum by sum, held against what was looked at.

Whether they find what they should and leave honest counties in peace is measured elsewhere; many constants only shift such
a measure a little. Here every one of them shows.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random
from types import ModuleType

import pytest

from hydesk.domain.doubts.doubt import Doubt
from hydesk.domain.doubts.find import find_doubts
from hydesk.domain.doubts.rules import DoubtRules
from hydesk.domain.forecast.fan import fan
from hydesk.domain.forecast.reaching import reaching, what_if
from hydesk.domain.forecast.year_end import Outlook, forecast_year_end
from hydesk.domain.project_year import ProjectYear
from tests.kept import hold
from tests.worlds import contracts, drifting, paced
from tests.worlds.base import Years, plain
from tests.worlds.cookings import COOKINGS, STRENGTHS
from tests.worlds.innocent import LOOK_ALIKES

KEPT = Path(__file__).parent / "kept"
WORLDS = {"paced": (paced, 61), "contracts": (contracts, 62), "drifting": (drifting, 63)}
LOW = DoubtRules(least=500_000, unstarted_share=Decimal("0.06"), leap_times=Decimal(2), leap_share=Decimal("0.1"), alike=3, below=Decimal("0.8"), ground_share=Decimal("0.1"))


@pytest.fixture(scope="module", params=WORLDS, ids=list(WORLDS))
def world(request: pytest.FixtureRequest) -> tuple[str, Years]:
    made: tuple[ModuleType, int] = WORLDS[request.param]
    return request.param, made[0].city(made[1], years=3)


def _cooked(years: Years, month: int, strength: str) -> Years:
    """Every cooking and every look-alike, each in a unit of its own where there are enough."""
    year, rng = max(years), Random(f"{month}/{strength}")
    drafts = copy.deepcopy(years[year])
    units = sorted({d.unit for d in drafts})
    cooks = {**COOKINGS, **(LOOK_ALIKES if strength == "plain" else {})}
    for at, (_, cook) in enumerate(sorted(cooks.items())):
        unit = units[at % len(units)]
        cook(rng, [d for d in drafts if d.unit == unit], month, strength, drafts)
    return {**years, year: drafts}


def _asked(d: Doubt) -> Iterator[str]:
    yield f"{d.kind.value} {d.unit} {d.strength.value} {list(d.projects)} {d.amount} {d.other_unit} {d.evidence}"
    yield f"    {d.message}"
    for beside in d.beside:
        yield from (f"    {line}" for line in _asked(beside))


def test_doubts_of_cooked_cities(world: tuple[str, Years]) -> None:
    name, years = world

    def lines() -> Iterator[str]:
        for month, strength in ((3, "plain"), (6, "blatant"), (9, "subtle"), (11, "plain"), (12, "blatant")):
            known = plain(_cooked(years, month, strength), max(years), month)
            yield f"== month {month}, {strength}"
            for d in find_doubts(known, max(years), month):
                yield from _asked(d)
        for month in (4, 9):  # limits so low that what lies far below the usual ones is told with its figures
            yield f"== month {month}, nearly everything"
            for d in find_doubts(plain(_cooked(years, month, "subtle"), max(years), month), max(years), month, LOW):
                yield from _asked(d)

    assert set(STRENGTHS) >= {"plain", "blatant", "subtle"}
    hold(KEPT / f"doubts-{name}.txt", lines())


def _wan(o: Outlook) -> str:
    """In 万元: the last yuan of what floats reckon is the machine's."""
    return " ".join("—" if v is None else str(round(v, -4) // 10_000) for v in (o.low, o.mid, o.high, o.plan, o.done))


def _told(years: dict[int, tuple[ProjectYear, ...]], year: int, month: int) -> Iterator[str]:
    found = forecast_year_end(years, year, month)
    yield f"== month {month}, learnt from {found.learnt}: {_wan(found.city)}"
    yield from (f"{name} {_wan(o)}" for name, o in (*sorted(found.groups.items()), *sorted(found.units.items())))
    yield from (f"{key} {_wan(o)}" for key, o in sorted(found.projects.items())[::7])
    listed = years[year]
    need = reaching(found.city, listed, found, month)
    yield f"{need.words} {need.gap // 10_000} {need.sure} {list(need.starts)} {need.rest // 10_000} {need.usual // 10_000} {need.months}"
    waiting = {p.id for p in listed if not p.done(month)}
    for how in ({"started": waiting}, {"stopped": {p.id for p in listed[:20]}}, {"monthly": 10**8}):
        yield _wan(what_if(found.city, listed, found, month, **how))
    yield "; ".join(f"{p.month} {p.low // 10_000} {p.mid // 10_000} {p.high // 10_000}" for p in fan(found.city, years, year, month))


def test_forecasts_learnt_and_unlearnt(world: tuple[str, Years]) -> None:
    name, years = world
    last = max(years)

    def lines() -> Iterator[str]:
        for month in (0, 2, 6, 9, 11):
            known = plain(years, last, max(1, month))
            yield from _told(known, last, month)
            yield from _told({last: known[last]}, last, month)

    hold(KEPT / f"forecast-{name}.txt", lines())
