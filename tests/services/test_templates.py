"""Templates come back in with every value right; marked-up workbooks point at what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hydesk.db.ledger import Ledger
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.periods import Period
from hydesk.services.list_returns import list_returns
from hydesk.services.list_standings import list_standings
from hydesk.services.make_demo import make_demo_ledger
from hydesk.services.make_templates import make_templates
from hydesk.services.mark_up_return import mark_up_return
from hydesk.services.read_return import read_return

JULY = Period.month(2023, 7)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    ledger = make_demo_ledger(tmp_path_factory.mktemp("demo") / "演示.hydesk")
    yield ledger
    ledger.close()


def test_a_filled_in_template_is_read_back_whole(demo: Ledger, tmp_path: Path) -> None:
    [path] = make_templates(demo, JULY, tmp_path, "衡东县")
    book = load_workbook(path)
    sheet = book.worksheets[0]
    count = 0
    for row in range(4, sheet.max_row + 1):
        before = sheet.cell(row, 6).value or 0
        sheet.cell(row, 7).value, sheet.cell(row, 8).value = 12.34, round(before + 12.34, 2)
        sheet.cell(row, 10).value = "正在施工"
        count += 1
    book.save(path)
    draft = read_return(demo, path, JULY)
    rows = [r for r in draft.understanding.rows if r.accepted]
    assert draft.understanding.unit == "衡东县"
    assert len(rows) == count == sum(s.unit == "衡东县" for s in list_standings(demo, JULY))
    june = {s.code: s.year_investment or 0 for s in list_standings(demo, Period.month(2023, 6))}
    for row in rows:
        assert row.values[Field.MONTH_INVESTMENT] == 123_400
        assert row.values[Field.YEAR_INVESTMENT] == june[str(row.project)] + 123_400


def test_every_unit_gets_one_and_only_input_cells_are_open(demo: Ledger, tmp_path: Path) -> None:
    paths = make_templates(demo, JULY, tmp_path)
    assert len(paths) == 19
    sheet = load_workbook(paths[0]).worksheets[0]
    assert sheet.protection.sheet
    assert sheet["C4"].protection.locked
    assert not sheet["G4"].protection.locked
    with pytest.raises(HydeskError, match="没有“某县”"):
        make_templates(demo, JULY, tmp_path, "某县")


def test_january_and_weeks_have_templates_too(demo: Ledger, tmp_path: Path) -> None:
    for period, word in ((Period.month(2023, 1), "1月完成投资（万元）"), (Period.week(2023, 25), "本周完成情况")):
        [path] = make_templates(demo, period, tmp_path, "雁峰区")
        assert word in [cell.value for cell in load_workbook(path).worksheets[0][3]]


@pytest.mark.parametrize("unit", ["衡阳县", "珠晖区", "松木经开区"], ids=["html", "xlsx", "csv"])
def test_a_return_is_marked_where_it_is_wrong(demo: Ledger, tmp_path: Path, unit: str) -> None:
    summary = next(r for r in list_returns(demo, Period.month(2023, 6)) if r.unit == unit)
    path, marks = mark_up_return(demo, summary.id, tmp_path / f"{unit}退回.xls")
    assert path.suffix == ".xlsx"
    assert marks >= 1
    book = load_workbook(path)
    assert book.sheetnames[0] == "退回意见"
    numbered = [c.value for c in book.worksheets[0]["A"] if isinstance(c.value, int)]
    assert len(numbered) == summary.errors + summary.warnings
    comments = [c.comment.text for c in (c for row in book.worksheets[1].iter_rows() for c in row) if c.comment]
    assert any("错误" in text for text in comments)


def test_a_clean_return_is_not_given_back(demo: Ledger, tmp_path: Path) -> None:
    clean = next(r for r in list_returns(demo) if not r.errors and not r.warnings)
    with pytest.raises(HydeskError, match="没有需要退回"):
        mark_up_return(demo, clean.id, tmp_path / "退回.xlsx")
    with pytest.raises(HydeskError):
        mark_up_return(demo, 9999, tmp_path / "退回.xlsx")
