from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from hydesk.domain.standing import ProjectStanding
from hydesk.reports.docx_report import print_docx
from hydesk.reports.fonts import find_fonts
from hydesk.reports.form import ReportForm
from hydesk.reports.grid import PrintRowKind
from hydesk.reports.kinds import ReportKind
from hydesk.reports.model import Report, Section
from hydesk.reports.pdf import Ending, ending
from hydesk.reports.prose import Paragraph, Sentence
from tests.reports.made import many, report_of, standing
from tests.reports.test_kinds import report as of_kind
from tests.reports.word_order import misplaced


@cache
def usual() -> Report:
    return report_of(*many(), form=ReportForm(manner="official"))


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("word") / "report.docx"
    print_docx(usual(), path)
    return docx.Document(str(path))


def test_headings_and_sentences_are_the_reports(document: Any) -> None:
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == [s.heading for s in usual().sections]
    texts = [p.text for p in document.paragraphs]
    for section in usual().sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                assert block.text in texts


def test_tables_hold_what_the_report_holds(document: Any) -> None:
    *held, _imprint = document.tables
    assert len(held) == len(list(usual().tables()))
    for made, table in zip(held, usual().tables(), strict=True):
        rows = made._tbl.tr_lst
        heads = sum(1 for r in rows if r.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None)
        # The unit stands above the head and is repeated with it.
        assert heads == (2 if any(c.group for c in table.columns) else 1) + bool(table.unit_note)
        for row, want in zip(rows[heads:], table.rows, strict=True):
            cells = ["".join(t.text or "" for t in tc.iter(qn("w:t"))) for tc in row.tc_lst]
            assert cells == [c if isinstance(c, str) else c.text for c in want.cells]
            assert row.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None
            assert want.kind is not PrintRowKind.GROUP or len(cells) == 1


def test_the_page_is_the_standards_and_annexes_lie_across(document: Any) -> None:
    first, *annexes, last = document.sections
    assert [round(x.mm) for x in (first.page_width, first.page_height)] == [210, 297]
    margins = (first.top_margin, first.right_margin, first.bottom_margin, first.left_margin)
    assert [round(m.mm) for m in margins] == [37, 26, 35, 28]
    assert len(annexes) == len(usual().annexes)
    assert all(s.orientation == WD_ORIENT.LANDSCAPE for s in annexes)
    # The imprint closes the last page, after the annexes (GB/T 9704-2012, 7.3.6).
    assert last.orientation == WD_ORIENT.PORTRAIT
    assert "印发" in document.tables[-1].rows[-1].cells[0].text


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
    "projects", [(), (standing(name="<b>&</b>\x07甲", unit=""),)], ids=["empty", "markup"]
)
def test_odd_reports_open_again(projects: tuple[ProjectStanding, ...], tmp_path: Path) -> None:
    report = report_of(*projects)
    print_docx(report, tmp_path / "x.docx")
    made = docx.Document(str(tmp_path / "x.docx"))
    assert made.paragraphs
    if report.annexes:
        assert any("<b>&</b>甲" in c.text for t in made.tables for c in t._cells)


def test_numbers_of_landscape_annexes_stand_at_the_foot_they_have_when_bound(document: Any) -> None:
    """A portrait page turned to the right to be read has its foot at the left: odd numbers end 26 mm and a character from the
    lower edge, even ones begin 28 mm and a character from the upper one, their dashes 28 mm from the left."""
    annex = next(s for s in document.sections if s.orientation == WD_ORIENT.LANDSCAPE)
    for footer, align in ((annex.footer, "right"), (annex.even_page_footer, "left")):
        (table,) = footer.tables
        place = table._tbl.tblPr.find(qn("w:tblpPr"))
        (cell,) = table._cells
        width, height = cell.width.mm, table.rows[0].height.mm
        left, top = (int(place.get(qn(name))) / 20 * 25.4 / 72 for name in ("w:tblpX", "w:tblpY"))
        assert (place.get(qn("w:vertAnchor")), place.get(qn("w:horzAnchor"))) == ("page", "page")
        assert left + width / 2 == pytest.approx(28, abs=0.1)
        edge = top + height if align == "right" else top
        assert edge == pytest.approx(210 - 26 - 4.94 if align == "right" else 28 + 4.94, abs=0.1)
        assert cell._tc.tcPr.find(qn("w:textDirection")).get(qn("w:val")) == "tbRl"
        assert cell._tc.find(qn("w:p")).find(qn("w:pPr")).find(qn("w:jc")).get(qn("w:val")) == align
        assert "PAGE" in footer._element.xml
        assert footer.paragraphs[-1].text == ""
    last = document.sections[-1]
    assert not last.footer.tables
    assert "PAGE" in last.footer._element.xml


def text_of(paragraphs: int) -> Report:
    """A report of so many short paragraphs and nothing behind them."""
    words = tuple(Paragraph((Sentence(("一行文字。",), f"x:{i}"),)) for i in range(paragraphs))
    return replace(usual(), annexes=(), listed=(), sections=(Section("总体情况", words),))


@pytest.mark.parametrize(("paragraphs", "want", "numbered"), [(10, Ending.SAME, True), (34, Ending.NEXT, True), (22, Ending.BLANK, False)])
def test_the_imprint_closes_an_even_page(paragraphs: int, want: Ending, numbered: bool, tmp_path: Path) -> None:
    """On the text's last page where that is even and has room; else on the next even one, unnumbered behind a blank one."""
    report = text_of(paragraphs)
    assert ending(report, find_fonts()) is want
    print_docx(report, tmp_path / "x.docx")
    made = docx.Document(str(tmp_path / "x.docx"))
    assert misplaced(tmp_path / "x.docx") == []
    floats = made.tables[-1]._tbl.tblPr.find(qn("w:tblpPr")) is not None
    assert floats is (want is Ending.SAME)
    assert len(made.sections) == (1 if want is Ending.SAME else 2)
    assert want is Ending.SAME or made.sections[-1].start_type == WD_SECTION.EVEN_PAGE
    assert ("PAGE" in made.sections[-1].even_page_footer._element.xml) is numbered


@pytest.mark.parametrize("kind", [ReportKind.SUPERVISION, ReportKind.UNIT, ReportKind.PROBLEMS])
def test_every_element_stands_where_word_wants_it(kind: ReportKind, tmp_path: Path) -> None:
    print_docx(of_kind(kind, subject="祁东县"), tmp_path / "x.docx")
    assert misplaced(tmp_path / "x.docx") == []


def test_the_order_is_really_looked_at(tmp_path: Path) -> None:
    made = docx.Document()
    properties = made.add_paragraph("甲").paragraph_format.element.get_or_add_pPr()
    for name in ("w:jc", "w:ind"):
        properties.append(OxmlElement(name))
    made.save(str(tmp_path / "x.docx"))
    assert any("ind stands too late" in words for words in misplaced(tmp_path / "x.docx"))


def test_the_document_is_chinese_and_of_words_present_mode(document: Any) -> None:
    settings, styles = document.settings.element, document.styles.element
    assert {x.get(qn("w:eastAsia")) for x in (*settings.iter(qn("w:themeFontLang")), *styles.iter(qn("w:lang")))} == {"zh-CN"}
    modes = {x.get(qn("w:val")) for x in settings.iter(qn("w:compatSetting")) if x.get(qn("w:name")) == "compatibilityMode"}
    assert modes == {"15"}
    held = document.core_properties
    assert (held.title, held.comments, held.created.date()) == (usual().title, "", usual().issued)
    assert not any("thumbnail" in str(p.partname) for p in document.part.package.iter_parts())
    assert document.styles["Heading 1"].next_paragraph_style.name == "正文段落"


def test_body_characters_stand_28_to_the_line(document: Any) -> None:
    section, style = document.sections[0], document.styles["正文段落"]
    closer = int(style.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    block = (section.page_width - section.left_margin - section.right_margin) / Pt(1)
    assert int(block / (style.font.size.pt + closer)) == 28
    lines = (section.page_height - section.top_margin - section.bottom_margin) / style.paragraph_format.line_spacing
    assert int(lines) == 22


def test_office_and_day_keep_text_with_them_and_the_imprint_follows(document: Any) -> None:
    texts = [p.text for p in document.paragraphs]
    day = texts.index("2023年7月5日")
    assert texts[day - 1] == usual().printed_by
    kept = [p.paragraph_format.keep_with_next for p in document.paragraphs]
    first = next(i for i, text in enumerate(texts) if text.startswith("附件："))
    assert all(kept[first - 2 : day])
    imprint = document.tables[-1]
    assert ["".join(c.text for c in row.cells) for row in imprint.rows] == [
        f"抄送：{'；'.join(usual().cc)}。", f"{usual().printed_by}\t2023年7月5日印发"]


def test_a_list_of_nothing_says_so_and_a_sheet_has_no_page_number(tmp_path: Path) -> None:
    print_docx(of_kind(ReportKind.NODES), tmp_path / "list.docx")
    listed = docx.Document(str(tmp_path / "list.docx"))
    rows = len(listed.tables[0].rows)
    assert ("本期没有可列的内容。" in [p.text for p in listed.paragraphs]) == (rows == 1)
    print_docx(of_kind(ReportKind.UNIT, subject="祁东县"), tmp_path / "sheet.docx")
    assert "PAGE" not in docx.Document(str(tmp_path / "sheet.docx")).sections[0].footer._element.xml
