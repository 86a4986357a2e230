"""Templates come back in with every value right; marked-up workbooks point at what is wrong."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation

from hydesk.db.ledger import Ledger
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.periods import Period
from hydesk.services.returns.list_returns import list_returns
from hydesk.services.returns.make_templates import make_templates
from hydesk.services.returns.mark_up_return import lost_in_copy, mark_up_draft, mark_up_return
from hydesk.services.returns.read_return import read_return
from hydesk.services.standings.list_standings import list_standings
from tests.services.made import JUNE, code
from tests.services.sheets import fill_ledger, line, workbook

JULY = Period.month(2023, 7)


@pytest.fixture
def demo(demo_ledger: Ledger) -> Ledger:
    return demo_ledger


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


def test_a_weekly_template_comes_back_with_its_amounts_and_may_stay_without(demo: Ledger, tmp_path: Path) -> None:
    week = Period.week(2023, 28)
    [path] = make_templates(demo, week, tmp_path, "雁峰区")
    draft = read_return(demo, path, week)
    assert {f.code for f in draft.understanding.findings} <= {"missing_projects"}
    book = load_workbook(path)
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[3]}
    june = {s.code: s.year_investment or 0 for s in list_standings(demo, Period.month(2023, 6))}
    for row in range(4, sheet.max_row + 1):
        sheet.cell(row, heads["本周完成投资（万元）"]).value = 12.34
        sheet.cell(row, heads["年初至本周累计完成投资（万元）"]).value = june[sheet.cell(row, heads["编号"]).value] / 10_000 + 12.34
        sheet.cell(row, heads["本周完成情况"]).value = "主体施工"
    book.save(path)
    rows = read_return(demo, path, week).understanding.rows
    assert rows
    assert all(r.accepted for r in rows)
    for row in rows:
        assert (row.values[Field.WEEK_INVESTMENT], row.values[Field.YEAR_INVESTMENT]) == (123_400, june[str(row.project)] + 123_400)
        assert row.values[Field.PROGRESS_TEXT] == "主体施工"


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


@pytest.mark.parametrize("form", ["xls", "ods"])
def test_a_template_sorted_added_to_and_saved_by_libreoffice_comes_back_right(ledger: Ledger, form: str) -> None:
    """The files were filled in, sorted backwards, given a fifth row and a hidden column, and saved by LibreOffice."""
    fill_ledger(ledger)
    path = Path(__file__).parent / "templates" / f"filled.{form}"
    draft = read_return(ledger, path, JUNE)
    assert draft.understanding.unit == "衡南县"
    *rows, added = draft.understanding.rows
    assert [r.project for r in rows] == [code(n) for n in (4, 3, 2, 1)]
    assert added.project is None
    for n, row in zip((4, 3, 2, 1), rows, strict=True):
        assert row.values[Field.MONTH_INVESTMENT] == n * 10_000 + 2_500
        assert row.values[Field.YEAR_INVESTMENT] == 1_000_000 + n * 20_000 + 2_500
        assert row.values[Field.FUNDS_ARRIVED] == n * 10_005_000
        assert row.values[Field.PROGRESS_TEXT] == f"第{n}段完成{n}0%"
    assert not [f for f in draft.understanding.findings if f.code.startswith("stamp")]
    old = read_return(ledger, path, Period.month(2023, 7))
    assert "stamp_period" in [f.code for f in old.understanding.findings]


def test_a_template_checks_amounts_in_excel_and_offers_problems(demo: Ledger, tmp_path: Path) -> None:
    [path] = make_templates(demo, JULY, tmp_path, "衡东县")
    book = load_workbook(path)
    sheet = book.worksheets[0]
    rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    assert (rules["G4"].type, rules["G4"].errorStyle, rules["H4"].errorStyle) == ("decimal", None, "warning")
    assert "单位万元" in rules["G4"].error
    assert rules["K4"].type == "list"
    assert "用地：" in rules["K4"].formula1
    assert "I4" in rules
    assert len(sheet.conditional_formatting) == 1
    assert book["hydesk"].sheet_state == "veryHidden"
    assert "7. 本表只用于2023年7月，下一期请用新的模板。" in [c.value for c in book["填报说明"]["A"]]


def test_an_old_form_and_another_unit_s_template_are_named(demo: Ledger, tmp_path: Path) -> None:
    [path] = make_templates(demo, JULY, tmp_path, "衡东县")
    book = load_workbook(path)
    stamp = {row[0].value: row[1] for row in book["hydesk"].iter_rows()}
    stamp["version"].value, stamp["unit"].value = 1, "衡山县"
    book.save(path)
    found = {f.code: f.message for f in read_return(demo, path, JULY).understanding.findings}
    assert "发给衡山县" in found["stamp_unit"]
    assert "旧版" in found["stamp_version"]


def test_an_xlsx_keeps_its_form_when_it_is_marked(ledger: Ledger, tmp_path: Path) -> None:
    fill_ledger(ledger)
    draft = read_return(ledger, ("衡南县6月.xlsx", _rich()), JUNE)
    path, marks = mark_up_draft(draft, tmp_path / "退回.xlsx", note="请核实")
    assert marks >= 1
    sheet = load_workbook(path)["6月"]
    assert len(sheet._charts) == 1  # type: ignore[attr-defined]
    assert sheet.data_validations.count == 1
    assert len(sheet.conditional_formatting) == 1
    assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$3:$3", "landscape")
    assert sheet["G4"].font.color.rgb == "FF0000FF"
    comment = sheet["F4"].comment
    assert comment is not None
    assert comment.text.startswith("县里的批注\n错误：")
    assert sheet["F4"].fill.fgColor.rgb == "00F8CBC6"
    assert lost_in_copy(draft.name, draft.content) == ()
    assert ".xls（Excel 97-2003）" in lost_in_copy(
        "a.xls", (Path(__file__).parent / "templates" / "filled.xls").read_bytes())[0]


def _rich() -> bytes:
    """A return with a chart, a drop-down, a conditional format, a coloured figure and a comment of the county's."""
    book = load_workbook(io.BytesIO(workbook([line(1, -5, 20)])))
    sheet = book["6月"]
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=6, min_row=4, max_row=4))
    sheet.add_chart(chart, "K2")
    rule = DataValidation("list", formula1='"是,否"')
    rule.add("H4")
    sheet.add_data_validation(rule)
    sheet.conditional_formatting.add("F4", CellIsRule("greaterThan", ["2"], font=Font(bold=True)))
    sheet.print_title_rows, sheet.page_setup.orientation = "3:3", "landscape"
    sheet["G4"].font = Font(color="FF0000FF")
    sheet["F4"].comment = Comment("县里的批注", "县里")
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()
