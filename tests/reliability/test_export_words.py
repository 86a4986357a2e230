"""Words that begin like a formula stay words in what hydesk writes; signs that no file can hold are left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from hydesk.domain.fields import Field
from hydesk.services.export_ledger import export_ledger
from hydesk.services.open_ledger import create_ledger
from tests.services.made import code, facts, take_list

WORDS = ("=cmd|' /c calc'!A1", "@SUM(1+1)", "+1-1", "-2+3", "=HYPERLINK(\"http://127.0.0.1:9\")", "\t=1+1", "名\x07称\x1b")


@pytest.mark.parametrize("words", WORDS)
def test_nothing_runs_in_an_exported_ledger(tmp_path: Path, words: str) -> None:
    ledger = create_ledger(tmp_path / "台账.hydesk")
    take_list(ledger, {**facts(1), Field.NAME: words, Field.REMARK: words, Field.BUILDER: words})
    export_ledger(ledger, tmp_path / "出.xlsx", 2023)
    ledger.close()
    kept = words.replace("\x07", "").replace("\x1b", "")
    held = [c for row in load_workbook(tmp_path / "出.xlsx").active.iter_rows() for c in row]
    assert [c.data_type for c in held if c.data_type == "f"] == []
    assert sum(1 for c in held if c.value == kept) >= 1
    assert any(c.value == code(1) for c in held)
