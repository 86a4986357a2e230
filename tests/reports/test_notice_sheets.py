"""A list of many columns is printed in type that can be read: on larger paper, then in parts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn

from hydesk.reports.fonts import find_fonts
from hydesk.reports.grid import Align, PrintColumn, PrintRow, PrintRowKind, PrintTable
from hydesk.reports.notice import NoticePaper, short_column, text_column, words_table
from hydesk.reports.notice_docx import print_notice_docx
from hydesk.reports.notice_pdf import print_notice_pdf
from hydesk.reports.notice_sheets import READABLE, sheets_of
from hydesk.reports.pdf_page import LANDSCAPE, WIDE_LANDSCAPE


def _table(words: int) -> PrintTable:
    columns = (PrintColumn("n", ("序号",), Align.CENTER), PrintColumn("name", ("项目名称",), Align.LEFT, weight=1.0),
               *(PrintColumn(f"c{i}", (f"第{i}项情况",), Align.CENTER) for i in range(words)))
    rows = tuple(PrintRow((str(n), "某某路改扩建工程二期", *(f"2023年{i % 12 + 1}月" for i in range(words)))) for n in range(3))
    return PrintTable("wide", "", "", columns, (*rows, PrintRow(("合计", "", *("" for _ in range(words))), PrintRowKind.TOTAL)), ("注：末注",))


@pytest.mark.parametrize(("words", "page", "parts"), [(6, LANDSCAPE, 1), (14, WIDE_LANDSCAPE, 1), (50, WIDE_LANDSCAPE, 4)])
def test_a_table_is_never_set_too_small(words: int, page: object, parts: int, tmp_path: Path) -> None:
    fonts, table = find_fonts(), _table(words)
    sheets = sheets_of(table, True, fonts)
    assert (sheets.page, len(sheets.parts)) == (page, parts)
    assert all([c.key for c in p.columns][:2] == ["n", "name"] for p in sheets.parts)
    shown = [c.key for p in sheets.parts for c in p.columns[2:]]
    assert shown == [f"c{i}" for i in range(words)]
    print_notice_pdf(NoticePaper("宽表", "宽表", "", "", (), table, (), "某办", date(2023, 7, 1), wide=True), tmp_path / "x.pdf", fonts)
    document = pypdfium2.PdfDocument(str(tmp_path / "x.pdf"))
    sizes = []
    for sheet in document:
        text = sheet.get_textpage()
        sizes += [pypdfium2.raw.FPDFText_GetFontSize(text.raw, i) for i in range(text.count_chars()) if text.get_text_range(i, 1).strip()]
    assert min(s for s in sizes if s > 1) >= READABLE
    assert "注：末注" in document[len(document) - 1].get_textpage().get_text_range().replace("\r\n", "") or parts == 1


def test_a_chain_of_many_segments_is_drawn_on_larger_paper_and_nothing_lies_over_another(tmp_path: Path) -> None:
    from hydesk.reports.chain_drawing import ChainBox, ChainDrawing, ChainItem, print_chains

    def drawing(count: int) -> ChainDrawing:
        boxes = tuple(ChainBox(f"环节{i}", tuple(ChainItem("已有", f"● 已有　某某电气设备公司{i}-{k}") for k in range(4))) for i in range(count))
        return ChainDrawing("链", (("上游", ()), ("中游", boxes), ("下游", ())), "图例", "", ChainBox("在建项目", (ChainItem("在建", "某项目"),)))

    print_chains([drawing(3), drawing(24)], tmp_path / "链.pdf", find_fonts(), "2023-07-01")
    document = pypdfium2.PdfDocument(str(tmp_path / "链.pdf"))
    assert document[0].get_size()[0] < 850 < document[1].get_size()[0]
    text = document[1].get_textpage()
    said = text.get_text_range()
    assert all(f"设备公司{i}-3" in said for i in range(24))
    foot = min(text.get_charbox(i)[1] for i in range(text.count_chars()) if text.get_text_range(i, 1) == "备")
    band = max(text.get_charbox(i)[3] for i in range(text.count_chars()) if text.get_text_range(i, 4) == "在建项目")
    assert foot > band
    assert min(pypdfium2.raw.FPDFText_GetFontSize(text.raw, i) for i in range(text.count_chars()) if text.get_text_range(i, 1) == "备") >= READABLE


@pytest.mark.parametrize("fixed", [0, 1])
def test_columns_of_nothing_but_words_share_the_page_in_word_however_many(fixed: int, tmp_path: Path) -> None:
    columns = tuple(text_column(f"第{n}栏", 3) if n >= fixed else short_column("序号") for n in range(12))
    table = words_table("t", columns, (tuple("说明文字" for _ in columns),))
    print_notice_docx(NoticePaper("宽", "宽表", "", "", (), table, (), "市重点办", date(2023, 7, 8)), tmp_path / "paper.docx")
    drawn = docx.Document(str(tmp_path / "paper.docx")).tables[0]
    widths = [int(c.get(qn("w:w"))) for c in drawn._tbl.tblGrid.iter(qn("w:gridCol"))]
    assert len(widths) == 12
    assert min(widths) > 0
