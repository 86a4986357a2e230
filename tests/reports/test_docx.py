from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from hydesk.reports.docx_report import print_docx
from hydesk.reports.model import Paragraph, Report, RowKind
from tests.reports.made import many, report_of, standing

REPORT = report_of(*many())


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("word") / "report.docx"
    print_docx(REPORT, path)
    return docx.Document(str(path))


def test_headings_and_sentences_are_the_reports(document: Any) -> None:
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == [s.heading for s in REPORT.sections]
    texts = [p.text for p in document.paragraphs]
    for section in REPORT.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                assert block.text in texts


def test_tables_hold_what_the_report_holds(document: Any) -> None:
    assert len(document.tables) == len(list(REPORT.tables()))
    for made, table in zip(document.tables, REPORT.tables(), strict=True):
        rows = made._tbl.tr_lst
        heads = sum(1 for r in rows if r.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None)
        # The unit stands above the head and is repeated with it.
        assert heads == (2 if any(c.group for c in table.columns) else 1) + bool(table.unit_note)
        for row, want in zip(rows[heads:], table.rows, strict=True):
            cells = ["".join(t.text or "" for t in tc.iter(qn("w:t"))) for tc in row.tc_lst]
            assert cells == [c if isinstance(c, str) else c.text for c in want.cells]
            assert row.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None
            assert want.kind is not RowKind.GROUP or len(cells) == 1


def test_the_page_is_the_standards_and_annexes_lie_across(document: Any) -> None:
    first, *annexes = document.sections
    assert [round(x.mm) for x in (first.page_width, first.page_height)] == [210, 297]
    margins = (first.top_margin, first.right_margin, first.bottom_margin, first.left_margin)
    assert [round(m.mm) for m in margins] == [37, 26, 35, 28]
    assert len(annexes) == len(REPORT.annexes)
    assert all(s.orientation == WD_ORIENT.LANDSCAPE for s in annexes)


def test_page_numbers_differ_on_odd_and_even_pages(document: Any) -> None:
    assert document.settings.odd_and_even_pages_header_footer
    first = document.sections[0]
    for footer in (first.footer, first.even_page_footer):
        assert "PAGE" in footer._element.xml
        assert footer.paragraphs[0].text.startswith("— ")


def test_east_asian_fonts_are_set(document: Any) -> None:
    fonts = {
        name: document.styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("Normal", "Heading 1", "Heading 2", "Title")
    }
    assert fonts == {"Normal": "仿宋", "Heading 1": "黑体", "Heading 2": "楷体", "Title": "方正小标宋简体"}


@pytest.mark.parametrize(
    "report", [report_of(), report_of(standing(name="<b>&</b>\x07甲", unit=""))], ids=["empty", "markup"]
)
def test_odd_reports_open_again(report: Report, tmp_path: Path) -> None:
    print_docx(report, tmp_path / "x.docx")
    made = docx.Document(str(tmp_path / "x.docx"))
    assert made.paragraphs
    if report.annexes:
        assert any("<b>&</b>甲" in c.text for c in made.tables[-1].columns[2].cells)
