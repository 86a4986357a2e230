"""What another program does to a ledger shows; what fits itself shows against a seal kept elsewhere."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hydesk.cli import main
from hydesk.services.acts.ledger_seal import read_seal
from hydesk.services.upkeep.check_ledger import check_ledger
from tests.reliability.tamper import TAMPERINGS, prepared, tamper, told

BY_A_SEAL_ONLY = ("newest act removed with its seals", "everything rewritten and sealed anew")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    return prepared(tmp_path_factory.mktemp("whole"))


@pytest.mark.parametrize("name", [n for n in TAMPERINGS if n not in BY_A_SEAL_ONLY])
def test_what_another_program_changes_or_adds_is_told(made: tuple[Path, Path, Path], tmp_path: Path, name: str) -> None:
    copy = Path(shutil.copy(made[0], tmp_path))
    assert tamper(copy, TAMPERINGS[name])
    assert told(copy)


@pytest.mark.parametrize("name", BY_A_SEAL_ONLY)
def test_what_fits_itself_is_told_by_a_seal_kept_elsewhere(made: tuple[Path, Path, Path], tmp_path: Path, name: str) -> None:
    path, backup, pdf = made
    copy = Path(shutil.copy(path, tmp_path))
    tamper(copy, TAMPERINGS[name])
    assert not told(copy)
    assert told(copy, backup)
    assert told(copy, pdf) == (name != BY_A_SEAL_ONLY[0])  # the issue came before that act


def test_a_sound_ledger_is_held_against_backup_pdf_and_paper_without_a_fault(
        made: tuple[Path, Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, backup, pdf = made
    assert check_ledger(path) == []
    typed = read_seal(pdf).short
    for against in (str(backup), str(pdf), typed):
        assert main(["--ledger", str(path), "check", "--against", against]) == 0
    wrong = typed.replace(typed[-4:], "0000")
    assert main(["--ledger", str(path), "check", "--against", wrong]) == 1
    assert "封签不同" in capsys.readouterr().err
    (tmp_path / "别的.pdf").write_bytes(b"%PDF-1.4 x")
    assert main(["--ledger", str(path), "check", "--against", str(tmp_path / "别的.pdf")]) == 3


def test_the_sheet_of_an_issue_bears_the_seal_that_its_pdf_bears(made: tuple[Path, Path, Path], tmp_path: Path) -> None:
    from hydesk.services.reports.issue_report import list_issues
    from hydesk.services.reports.issue_sheet import issue_sheet
    from hydesk.services.reports.print_notice import print_notice
    from hydesk.services.upkeep.open_ledger import open_ledger

    path, _, pdf = made
    ledger = open_ledger(shutil.copy(path, tmp_path / "台账.hydesk"))
    sheet = issue_sheet(ledger, list_issues(ledger)[0].id)
    assert sheet.table is not None
    assert sheet.table.rows[-1].cells[1] == read_seal(pdf).short
    assert print_notice(sheet, tmp_path, ("pdf", "docx"))
    ledger.close()
