"""Thirty ledgers with gaps: units late, projects silent, weeks between months. Every page and paper says one number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.fields import Field
from hydesk.domain.meaning import Meaning
from hydesk.domain.measures.reach import has_reported
from hydesk.domain.measures.totals import sum_up
from hydesk.domain.periods import Period
from hydesk.services.mechanisms.assess_units import gather_measures
from hydesk.services.mechanisms.hold_meeting import agenda
from hydesk.services.mechanisms.scale_lists import scale_lists
from hydesk.services.pages.cross_table import Dimension, cross_table
from hydesk.services.pages.ledger_rows import read_rows
from hydesk.services.pages.overview import overview
from hydesk.services.pages.project_page import project_page
from hydesk.services.registers.fill_shipped import add_shipped
from hydesk.services.reports.compile_report import ReportKind, compile_report
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.standings.period_view import view_at
from tests.services.made import draft, fill
from tests.stores import SQLITE, Stores

TODAY = date(2023, 9, 1)


@pytest.fixture
def ledger(stores: Stores, tmp_path: Path) -> Iterator[Ledger]:
    with stores.empty(SQLITE, tmp_path / "台账.hydesk") as made:
        yield made


UNITS = ("衡南县", "祁东县")


def random_ledger(ledger: Ledger, seed: int) -> int:
    """A year until a random month; each unit and project reports with gaps, some weeks too. The last month reported."""
    random = Random(seed)
    count = random.randrange(5, 12)
    fill(ledger, count)
    add_shipped(ledger, 2023)
    last = random.randrange(2, 8)
    done = dict.fromkeys(range(1, count + 1), 0)
    for month in range(1, last + 1):
        rows = {}
        for n in done:
            if random.random() < 0.8:
                done[n] += random.randrange(0, 40_000_000)
                rows[n] = {Field.YEAR_INVESTMENT: done[n], Field.MONTH_INVESTMENT: random.randrange(0, 40_000_000)}
                if random.random() < 0.5:
                    rows[n][Field.FUNDS_ARRIVED] = random.randrange(0, 90_000_000)
        if rows and (month == last or random.random() < 0.8):
            apply_return(ledger, draft(ledger, Period.month(2023, month), rows, name=f"月{month}"))
    if random.random() < 0.5:
        week = Period.week(2023, Period.month(2023, last).end.isocalendar().week + 2)
        rows = {n: {Field.YEAR_INVESTMENT: done[n] + 5_000_000} for n in done if random.random() < 0.5}
        if rows:
            apply_return(ledger, draft(ledger, week, rows, name="周"))
    return last


@pytest.mark.parametrize("seed", range(30))
def test_one_measure_is_one_number_everywhere(ledger: Ledger, seed: int) -> None:
    last = random_ledger(ledger, seed)
    week = Period.month(2023, last).end.isocalendar().week + 2
    for period in (Period.month(2023, last), Period.month(2023, last + 1), Period.week(2023, week)):
        walk(ledger, period)


def walk(ledger: Ledger, period: Period) -> None:
    view, seen = view_at(ledger, period), overview(ledger, period)
    lamps = view.lamps()
    totals = sum_up(view.standings)
    kind = ReportKind.MONTHLY if period.is_month else ReportKind.WEEKLY
    report = compile_report(ledger, kind, period, issued=TODAY)
    said = {f.key: f.raw for f in report.figures() if f.key}
    rows = read_rows(ledger, period)
    # Sums and rates.
    assert seen.totals == totals == rows.totals(range(len(rows))) == cross_table(ledger, period, Dimension.UNIT).whole
    known = totals.known("year_investment")
    assert said.get("all.year") == known
    assert said.get("all.rate") == totals.completion
    assert (said.get("all.gap") if seen.gap else None) == (abs(seen.shown_gap or 0) if seen.gap else None)
    assert seen.reach == view.reach == rows.reach
    # Lamps: each project one, counted one way; who has not reported is never inside 滞后.
    counted = {m: sum(x.meaning is m for x in lamps.values()) for m in Meaning}
    assert seen.meanings == counted
    for m in Meaning:
        if known is not None and counted[m]:
            assert said[f"meaning.{m.value}"] == counted[m]
    assert {s.id for s, _ in agenda(ledger, period, today=TODAY).lagging} == {i for i, x in lamps.items() if x.meaning.bad}
    for i, s in enumerate(view.standings):
        assert rows.lines[i].lamp == lamps[s.id]
        assert not (lamps[s.id].meaning.bad and not has_reported(s, view.shown))
    first = view.standings[0]
    assert project_page(ledger, first.id, period, TODAY).lamp == lamps[first.id]
    # Units: the same rate on the ranking, in the lists and in the scores; only those in for the period have a place.
    listed = {x.unit: x for x in next(one for one in scale_lists(ledger, period) if one.key == "completion").lines}
    scored = gather_measures(ledger, period, UNITS, TODAY)["completion"]
    for ranked in seen.ranking:
        assert scored[ranked.name].value == ranked.completion
        assert said.get(f"unit:{ranked.name}.rate") == ranked.completion
        assert (ranked.place is None) == (not view.reach.is_in(ranked.name) or ranked.completion is None)
        assert listed[ranked.name].place == ranked.place
    # Starts.
    s = seen.starts
    assert (said.get("starts.planned", 0), said.get("starts.started", 0)) == (s.planned, s.started)
    # While nobody has reported: no increment, no moves, and it says so.
    if view.reach.nothing_in:
        assert "all.gain" not in said
        assert "尚无单位报送" in "".join(p.text for p in report.paragraphs())
        assert not any(key.startswith("ranking.") for key in said)
        assert report.lacking
