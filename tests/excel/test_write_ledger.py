"""The exported ledger: exact money, dates no more precise than known, words that stay words."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hydesk.domain.dates import LooseDate
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.excel.write_ledger import COLUMNS, write_ledger


def written(path: Path, field: Field) -> object:
    sheet = load_workbook(path).worksheets[0]
    return sheet.cell(2, next(i for i, (f, _, _) in enumerate(COLUMNS, 1) if f is field)).value


def test_money_is_written_exactly_in_wan(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    write_ledger([{Field.TOTAL_INVESTMENT: 351_460_000_001, Field.ANNUAL_PLAN: 0, Field.INVESTED_BEFORE: None}], path, 2023)
    assert written(path, Field.TOTAL_INVESTMENT) == 35146000.0001
    assert written(path, Field.ANNUAL_PLAN) == 0
    assert written(path, Field.INVESTED_BEFORE) is None


def test_a_month_is_not_written_as_a_day(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    row = {Field.PLANNED_START: LooseDate(date(2023, 3, 7)), Field.START_DATE: LooseDate.of_month(2023, 6)}
    write_ledger([row], path, 2023)
    assert written(path, Field.PLANNED_START) == datetime(2023, 3, 7)
    assert written(path, Field.START_DATE) == "2023-06"


@pytest.mark.parametrize("text", ["=1+1", "+86 734", "-无-", "@某", "\x07铃", "长" * 40_000])
def test_words_stay_words(tmp_path: Path, text: str) -> None:
    path = tmp_path / "台账.xlsx"
    write_ledger([{Field.NAME: text}], path, 2023)
    value = written(path, Field.NAME)
    assert isinstance(value, str)
    assert value == text.replace("\x07", "")[:32767]
    assert load_workbook(path).worksheets[0].cell(2, 3).data_type == "s"


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("x")
    with pytest.raises(HydeskError, match="写不了"):
        write_ledger([], tmp_path / "文件" / "台账.xlsx", 2023)
    assert [p.name for p in tmp_path.iterdir()] == ["文件"]
