"""Forms that cannot be written as they came: drawn as a new workbook, and what is lost told."""

from __future__ import annotations

import io
from pathlib import Path

from openpyxl import load_workbook

from hydesk.db.ledger import Ledger
from hydesk.services.forms.fill_form import FormLedger, fill_form, save_form
from tests.services.forms.conftest import JUNE
from tests.services.forms.exported import Exported


def spreadsheetml(*rows: tuple[object, ...]) -> bytes:
    cells = "".join("<Row>" + "".join(
        "<Cell/>" if v is None else f'<Cell><Data ss:Type="{"String" if isinstance(v, str) else "Number"}">{v}</Data></Cell>' for v in row) + "</Row>" for row in rows)
    return ('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
            f'<Worksheet ss:Name="表"><Table>{cells}</Table></Worksheet></Workbook>').encode()


def test_sums_of_blank_cells_are_no_figures_where_the_formulas_are_gone(
    demo_ledger: Ledger, exported: Exported, known: FormLedger, tmp_path: Path
) -> None:
    code = next(iter(exported.facts))
    facts = exported.facts[code]
    content = spreadsheetml(("项目名称", "总投资（万元）", "年度计划投资（万元）"), (facts["name"], None, None), ("合计", 0, 0))
    draft = fill_form(demo_ledger, ("老表.xml", content), JUNE, None, known)
    assert any("另画成 .xlsx" in words for words in draft.filled.lost)
    sheet = load_workbook(io.BytesIO(draft.made)).active
    wanted = [facts["total_investment"] / 10_000, facts["annual_plan"] / 10_000]
    assert [[c.value for c in row[1:3]] for row in sheet.iter_rows(min_row=2)] == [wanted, wanted]
    assert save_form(draft, tmp_path / "老表.xml").name == "老表.xml.xlsx"
    assert save_form(draft, tmp_path / "新.xlsx").name == "新.xlsx"
