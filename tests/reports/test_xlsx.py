from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from hydesk.domain.measures.totals import sum_up
from hydesk.reports.figures import Figure, FigureStyle
from hydesk.reports.model import Report
from hydesk.reports.xlsx import print_xlsx
from tests.reports.made import many, report_of, standing


@cache
def usual() -> Report:
    return report_of(*many())


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    path = tmp_path_factory.mktemp("excel") / "report.xlsx"
    print_xlsx(usual(), path)
    return openpyxl.load_workbook(path)


def test_every_table_has_a_sheet_annexes_first(book: Workbook) -> None:
    assert len(book.sheetnames) == len(list(usual().tables()))
    assert book.sheetnames[0].startswith("附件1")


def test_the_annex_holds_the_figures_as_numbers_to_the_digit(book: Workbook) -> None:
    sheet = book.worksheets[0]
    table = usual().annexes[0].table
    scale = {FigureStyle.WAN: Decimal(10_000), FigureStyle.RATE: Decimal(1) / 100}
    body = [[c.value for c in row] for row in sheet.iter_rows(min_row=5, max_row=4 + len(table.rows))]
    for cells, row in zip(body, table.rows, strict=True):
        for value, part in zip(cells, row.cells, strict=False):
            if isinstance(part, Figure) and part.raw is not None:
                assert Decimal(str(value)) * scale[part.show] == pytest.approx(Decimal(part.raw), abs=Decimal("1e-9"))
    last = body[-1]
    sums = sum_up(many())
    assert round(Decimal(str(last[4])) * 10_000) == sums.total_investment
    assert round(Decimal(str(last[8])) * 10_000) == sums.year_investment


def test_heads_are_merged_and_frozen_and_printed_on_every_page(book: Workbook) -> None:
    sheet = book.worksheets[0]
    merged = {str(r) for r in sheet.merged_cells.ranges}
    assert "H3:J3" in merged  # 2023年完成投资 over three columns
    assert "A3:A4" in merged
    assert sheet.freeze_panes == "D5"
    assert sheet.print_title_rows == "$1:$4"
    assert sheet.page_setup.fitToWidth == 1
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.page_setup.orientation == "landscape"
    assert "单位：万元" in str(sheet["A2"].value)
    assert sheet["E6"].number_format == "#,##0.00"


@pytest.mark.parametrize("name", ["=1+1", "+甲", "-乙", "@SUM(A1)"])
def test_words_never_become_formulas(name: str, tmp_path: Path) -> None:
    print_xlsx(report_of(standing(name=name)), tmp_path / "x.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "x.xlsx").worksheets[0]["C6"]
    assert cell.value == name
    assert cell.data_type == "s"


def test_an_empty_report_still_opens(tmp_path: Path) -> None:
    print_xlsx(report_of(), tmp_path / "x.xlsx")
    assert openpyxl.load_workbook(tmp_path / "x.xlsx").worksheets


def test_long_words_have_room_below_each_other(tmp_path: Path) -> None:
    print_xlsx(report_of(standing(name="超长名称" * 20), standing(2)), tmp_path / "x.xlsx")
    rows = openpyxl.load_workbook(tmp_path / "x.xlsx").worksheets[0].row_dimensions
    assert (rows[6].height or 0) > 50
    assert rows[7].height is None


def test_running_numbers_are_numbers_and_wide_tables_lie_across(tmp_path: Path) -> None:
    print_xlsx(report_of(*many(40)), tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    annex = book.worksheets[0]
    assert [c.value for c in annex["A"] if isinstance(c.value, int)] == list(range(1, 41))
    assert {c.value for c in book["排名表"]["A"] if isinstance(c.value, int)} >= {1, 2}
    for sheet in book.worksheets:
        across = sum(d.width for d in sheet.column_dimensions.values())
        assert sheet.page_setup.orientation == "landscape" or across <= 105, sheet.title
