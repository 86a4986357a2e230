"""Values put into a workbook's cells: what changes, and that nothing else does."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from hydesk.domain.filled_form import AddedRows, Written
from hydesk.excel.fill_html import fill_html
from hydesk.excel.fill_text import fill_text
from hydesk.excel.fill_xlsx import SheetFill, fill_sheet_xml, fill_xlsx
from hydesk.excel.read import read_book


def form() -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.append(["序号", "项目名称", "总投资"])
    for n in range(3):
        sheet.append([n + 1, None, None])
        sheet.cell(n + 2, 3).number_format = "0.00"
        sheet.cell(n + 2, 2).font = Font(bold=True)
    sheet.append(["合计", None, "=SUM(C2:C4)"])
    sheet.append(["注：本表按月报送"])
    sheet.merge_cells("A6:C6")
    sheet.merge_cells("A5:B5")
    other = book.create_sheet("引用")
    other["A1"] = "=Sheet!C5"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def filled(values: dict[tuple[int, int], Written], added: tuple[AddedRows, ...] = ()) -> tuple[bytes, Any]:
    made = fill_xlsx(form(), {"Sheet": SheetFill(values, added)})
    return made, load_workbook(io.BytesIO(made))


@pytest.mark.parametrize("words", ["=1+1", "+86", "-甲", "@cmd", "<b>&amp;", " 前后有空 ", "两\n行"])
def test_words_are_words_whatever_they_begin_with(words: str) -> None:
    _, book = filled({(2, 2): words})
    assert (book["Sheet"]["B2"].value, book["Sheet"]["B2"].data_type) == (words, "s")
    assert book["Sheet"]["B2"].font.bold


def test_numbers_are_exact_and_days_are_days() -> None:
    _, book = filled({(2, 3): Decimal("1234.5600"), (3, 3): 7, (4, 3): date(2023, 6, 30)})
    sheet = book["Sheet"]
    assert [sheet["C2"].value, sheet["C3"].value, sheet["C4"].value] == [1234.56, 7, 45107]
    assert sheet["C2"].number_format == "0.00"


def test_only_the_sheets_change_and_results_of_formulas_are_dropped() -> None:
    before = form()
    made = fill_xlsx(before, {"Sheet": SheetFill({(2, 3): Decimal(5)})})
    book = load_workbook(io.BytesIO(made))
    old, new = zipfile.ZipFile(io.BytesIO(before)), zipfile.ZipFile(io.BytesIO(made))
    assert old.namelist() == new.namelist()
    assert [n for n in old.namelist() if not n.startswith("xl/worksheets/") and old.read(n) != new.read(n)] == []
    assert book["Sheet"]["C5"].value == "=SUM(C2:C4)"
    assert book["引用"]["A1"].value == "=Sheet!C5"


def test_a_stored_result_goes_where_it_may_be_stale() -> None:
    data = b'<worksheet><sheetData><row r="1"><c r="A1" t="str"><f>B1&amp;""</f><v>0</v></c><c r="B1" s="3"/></row></sheetData></worksheet>'
    made = fill_sheet_xml(data, SheetFill({(1, 2): Decimal("1.5")}))
    assert b'<c r="A1"><f>B1&amp;""</f></c>' in made
    assert b'<c r="B1" s="3"><v>1.5</v></c>' in made


def test_rows_that_are_too_few_are_added_in_the_forms_own_style() -> None:
    values: dict[tuple[int, int], Written] = {(r, 3): Decimal(r) for r in range(2, 7)} | {(r, 2): f"项目{r}" for r in range(2, 7)}
    _, book = filled(values, (AddedRows(4, 2, 4),))
    sheet = book["Sheet"]
    assert [sheet.cell(r, 3).value for r in range(2, 8)] == [2, 3, 4, 5, 6, "=SUM(C2:C6)"]
    assert all(sheet.cell(r, 3).number_format == "0.00" and sheet.cell(r, 2).font.bold for r in range(2, 7))
    assert sorted(map(str, sheet.merged_cells.ranges)) == ["A7:B7", "A8:C8"]
    assert sheet["A8"].value == "注：本表按月报送"


def test_a_table_goes_on_below_in_its_own_style() -> None:
    book = Workbook()
    book.active.append(["项目名称", "总投资"])
    book.active.append(["", None])
    book.active["B2"].number_format = "#,##0.00"
    out = io.BytesIO()
    book.save(out)
    made = fill_xlsx(out.getvalue(), {"Sheet": SheetFill({(2, 2): 1, (3, 2): 2, (4, 2): 3}, (AddedRows(3, 2, 2, below=True),))})
    sheet = load_workbook(io.BytesIO(made)).active
    assert [(sheet.cell(r, 2).value, sheet.cell(r, 2).number_format) for r in (2, 3, 4)] == [(1, "#,##0.00"), (2, "#,##0.00"), (3, "#,##0.00")]


@pytest.mark.parametrize("prefix", [b"", b"x:"])
def test_sheets_of_other_programs_are_filled_too(prefix: bytes) -> None:
    p = prefix
    data = b"<" + p + b"worksheet><" + p + b'sheetData><' + p + b'row r="2"><' + p + b"c r='A2' s='1'/></" + p + b"row></" + p + b"sheetData></" + p + b"worksheet>"
    made = fill_sheet_xml(data, SheetFill({(1, 1): "上", (2, 1): 3, (2, 2): "右", (4, 1): 9}))
    assert made.count(b"<" + p + b"row") == 3
    assert b"<" + p + b'c r="A2" s="1"><' + p + b"v>3</" + p + b"v></" + p + b"c>" in made


def test_a_csv_keeps_its_encoding_quotes_and_line_ends() -> None:
    content = '"表，头",二,三\r\n甲,"",\r\n乙,,"=1"\r\n'.encode("gb18030")
    made = fill_text(content, SheetFill({(2, 2): Decimal("12.5"), (2, 3): '说"好",好', (3, 2): "=2+3"}))
    assert made.decode("gb18030") == '"表，头",二,三\r\n甲,12.5,"说""好"",好"\r\n乙,\'=2+3,"=1"\r\n'


def test_a_web_page_keeps_its_tags() -> None:
    page = ("<html><head><meta charset=gb2312></head><body><table><tr><td rowspan=2>表头</td><td>总投资</td></tr><tr><td>&nbsp;</td></tr>"
            "<tr><td>甲</td><td><font color=red>&nbsp;</font></td></tr></table></body></html>").encode("gb18030")
    made = fill_html(page, [SheetFill({(2, 2): Decimal("3.5"), (3, 2): "=1", (4, 1): "乙", (4, 2): 2}, (AddedRows(4, 1, 3, below=True),))])
    text = made.decode("gb18030")
    assert "<td>3.5</td>" in text
    assert "<font color=red>=1</font>" in text
    assert "mso-number-format" in text
    rows = read_book(made, "页.xls").sheets[0].rows
    assert [list(r) for r in rows[2:]] == [["甲", "=1"], ["乙", "2"]]
