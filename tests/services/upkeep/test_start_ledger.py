"""A ledger from a project list: looked at without a trace, made whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from hydesk.domain.errors import Cancelled, HydeskError
from hydesk.domain.periods import Period
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.upkeep.start_ledger import preview_project_list, start_ledger

LIST = Path(__file__).parents[2] / "samples" / "messy" / "ledger.xlsx"


def test_what_is_shown_is_what_is_made(tmp_path: Path) -> None:
    shown = preview_project_list(LIST, 2023)
    assert (shown.projects, shown.left_out, shown.planless) == (388, 0, 0)
    assert (shown.total, shown.plan) == (351_460_000_000, 100_530_000_000)
    assert sum(n for _, n in shown.units) == 388
    ledger = start_ledger(tmp_path / "台账.hydesk", shown)
    held = list_standings(ledger, Period.month(2023, 12))
    ledger.close()
    assert (len(held), sum(p.annual_plan or 0 for p in held)) == (388, shown.plan)


def test_rows_left_out_are_counted_and_said(tmp_path: Path) -> None:
    path = tmp_path / "清单.csv"
    path.write_text("单位：万元,,\n项目名称,总投资,2026年度计划投资\n甲,100,10\n乙,-5,1\n丙,200,\n", encoding="utf-8")
    shown = preview_project_list(path, 2026)
    assert (shown.projects, shown.left_out, shown.planless) == (2, 1, 1)
    assert (shown.total, shown.plan) == (3_000_000, 100_000)
    assert [f.row for f in shown.result.findings if f.code == "negative"] == [4]
    assert list(tmp_path.iterdir()) == [path]


def test_cancelled_or_refused_it_leaves_nothing(tmp_path: Path) -> None:
    shown = preview_project_list(LIST, 2023)
    place = tmp_path / "台账.hydesk"

    def cancel(fraction: float, _doing: str) -> None:
        if fraction >= 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        start_ledger(place, shown, progress=cancel)
    assert list(tmp_path.iterdir()) == []
    place.write_bytes(b"something else")
    with pytest.raises(HydeskError, match="已经存在"):
        start_ledger(place, shown)
    assert place.read_bytes() == b"something else"
