"""Scans, photos and documents that a unit sends beside its table or in its stead."""

from __future__ import annotations

from pathlib import Path

import pytest

from hydesk.cli.take_in import ReturnsImport
from hydesk.db.ledger import Ledger
from hydesk.domain.periods import Period
from hydesk.services.returns.collect_returns import collect_returns
from hydesk.services.returns.import_projects import import_projects
from hydesk.services.returns.read_return import read_return
from hydesk.services.returns.returns_board import NOT_REPORTED, TAKEN_IN, WAITING, BoardLine, returns_board

TIDY = Path(__file__).parents[2] / "samples" / "tidy"
JUNE = Period.month(2023, 6)
PDF = b"%PDF-1.7\n%scan"


def line_of(ledger: Ledger, unit: str) -> BoardLine:
    return next(line for line in returns_board(ledger, JUNE) if line.unit == unit)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "6月报表"
    made.mkdir()
    (made / "衡南县6月报表（盖章）.pdf").write_bytes(PDF)
    (made / "现场照片.jpg").write_bytes(b"\xff\xd8\xff\xe0 photo")
    return made


def test_a_folders_scans_and_photos_are_listed_and_said_to_be_no_tables(ledger: Ledger, folder: Path) -> None:
    import_projects(ledger, TIDY / "ledger.xlsx", 2023)
    sources = [s for s in collect_returns([folder]) if s.content]
    assert sorted(s.name for s in sources) == ["现场照片.jpg", "衡南县6月报表（盖章）.pdf"]
    drafts = {s.name: read_return(ledger, (s.name, s.content), JUNE) for s in sources}
    assert {d.understanding.unit for d in drafts.values()} == {"衡南县", None}
    assert all(d.understanding.rejected for d in drafts.values())
    assert "PDF" in drafts["衡南县6月报表（盖章）.pdf"].understanding.findings[0].message


def test_a_scan_stands_on_the_board_of_the_unit_it_names(ledger: Ledger, folder: Path) -> None:
    import_projects(ledger, TIDY / "ledger.xlsx", 2023)
    assert line_of(ledger, "衡南县").status == NOT_REPORTED
    ReturnsImport(ledger, JUNE, None, dry_run=False).run([folder], None)
    line = line_of(ledger, "衡南县")
    assert (line.status, line.papers) == (WAITING, 1)
    ReturnsImport(ledger, JUNE, None, dry_run=False).run([folder], None)
    assert line_of(ledger, "衡南县").papers == 1


def test_a_scan_beside_a_table_that_is_in_does_not_make_the_unit_wait_again(ledger: Ledger, folder: Path) -> None:
    import_projects(ledger, TIDY / "ledger.xlsx", 2023)
    table = next(p for p in (TIDY / "returns").iterdir() if "衡南县" in p.name)
    ReturnsImport(ledger, JUNE, None, dry_run=False).run([table], None)
    before = line_of(ledger, "衡南县")
    ReturnsImport(ledger, JUNE, None, dry_run=False).run([folder], None)
    after = line_of(ledger, "衡南县")
    assert before.status in (TAKEN_IN, "部分入库")
    assert (after.status, after.rounds, after.papers) == (before.status, before.rounds, 1)
