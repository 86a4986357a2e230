"""The hidden stamp of a template, and what is said where it does not fit."""

from __future__ import annotations

import pytest

from hydesk.domain.findings import Level
from hydesk.domain.grid import Book, CellValue, Sheet
from hydesk.domain.periods import Period
from hydesk.domain.stamp import STAMP_VERSION, Stamp, check_stamp, read_stamp

JUNE = Period.month(2023, 6)
SOUND = Stamp("衡南县", JUNE, STAMP_VERSION)


def stamp(*rows: list[CellValue], name: str = "hydesk") -> Stamp | None:
    return read_stamp(Book("报表.xlsx", (Sheet("6月", [["x"]]), Sheet(name, rows, hidden=True)), "xlsx"))


def test_a_stamp_is_read_whatever_its_sheet_is_written_like() -> None:
    rows: list[list[CellValue]] = [["unit", " 衡南县 "], ["period", "2023-06"], ["version", 2.0], ["", "x"], ["alone"]]
    assert stamp(*rows) == stamp(*rows, name=" HYDESK ") == Stamp("衡南县", JUNE, 2)
    assert stamp(*rows, name="台账") is None


@pytest.mark.parametrize(("said", "found"), [
    ({"period": "六月"}, Stamp("衡南县", None, 2)), ({"period": None}, Stamp("衡南县", None, 2)), ({"version": "x"}, None),
    ({"version": 0.0}, None), ({"unit": ""}, None), ({"unit": None}, None), ({"version": "1"}, Stamp("衡南县", JUNE, 1))])
def test_a_spoilt_stamp_says_what_it_still_can(said: dict[str, CellValue], found: Stamp | None) -> None:
    rows: dict[str, CellValue] = {"unit": "衡南县", "period": "2023-06", "version": 2.0} | said
    assert stamp(*([k, v] for k, v in rows.items())) == found


@pytest.mark.parametrize(("held", "unit", "codes"), [
    (None, "衡南县", []), (SOUND, "衡南县", []), (SOUND, None, []), (SOUND, "祁东县", ["stamp_unit"]),
    (Stamp("衡南县", None, STAMP_VERSION), "衡南县", []), (Stamp("衡南县", Period.month(2023, 5), STAMP_VERSION), "衡南县", ["stamp_period"]),
    (Stamp("衡南县", JUNE, STAMP_VERSION - 1), "衡南县", ["stamp_version"]), (Stamp("衡南县", JUNE, STAMP_VERSION + 1), "衡南县", []),
    (Stamp("祁东县", Period.month(2023, 5), 1), "衡南县", ["stamp_period", "stamp_unit", "stamp_version"])])
def test_what_does_not_fit_is_a_warning_each(held: Stamp | None, unit: str | None, codes: list[str]) -> None:
    found = check_stamp(held, unit, JUNE)
    assert [f.code for f in found] == codes
    assert all(f.level is Level.WARNING for f in found)
