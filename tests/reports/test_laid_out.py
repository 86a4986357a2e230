"""How papers are laid out, page by page, held against layouts that were looked at as pictures.

What a page says is tested elsewhere by its rules. Here is what no rule of the office says and every reader sees: where each
line stands, how wide the columns are, what is drawn. A change that moves anything fails; look at the pages, then keep the new
layout: HYDESK_KEEP=1 pytest tests/reports/test_laid_out.py
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from ctypes import c_float, c_uint
from dataclasses import replace
from datetime import date
from itertools import groupby
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from hydesk.domain.dates import LooseDate
from hydesk.domain.periods import Period
from hydesk.reports.chain_drawing import ChainBox, ChainDrawing, ChainItem, print_chains
from hydesk.reports.compile import compile_standings
from hydesk.reports.docx_report import print_docx
from hydesk.reports.fonts import find_fonts
from hydesk.reports.form import ReportForm
from hydesk.reports.kinds import ReportKind
from hydesk.reports.model import Report
from hydesk.reports.pdf import print_pdf
from hydesk.reports.sources import MonthPoint, NodeStanding, ProblemStanding, Sources
from tests.kept import hold
from tests.reports.made import ALL_IN_TEXT, UNITS, many, report_of

KEPT = Path(__file__).parent / "laid_out"
_MM = 72 / 25.4
FORM = ReportForm(remark="演示数据", signer="张三", issue=6, cc=("市发展和改革委员会", "市财政局"), parts=ALL_IN_TEXT.parts)
SOURCES = Sources(
    nodes=tuple(NodeStanding(p, node, stage, LooseDate(date(2023, month, 10)), None, LooseDate(date(2023, month, 20)) if p % 2 else None)
                for p in (12, 3, 7) for node, stage, month in (("用地", "招商引资", 3), ("开工", "落地开工", 5), ("主体封顶", "在建实施", 8))),
    problems=tuple(ProblemStanding(i, p, f"第{i}个问题", "征地未完成，剩余12亩", "月底前完成补偿", "衡南县自然资源局", "李某", "assigned",
                                   date(2023, 5, i), date(2023, 6, 20 + i), None) for i, p in enumerate((12, 3, 7), 1)),
    curve=tuple(MonthPoint(m, m * 5 * 10**7, m * 4 * 10**7 if m <= 6 else None) for m in range(1, 13)))


def _monthly() -> Report:
    """A month of sixteen projects, one before it for what is new and for places moved."""
    now = many(16)
    before = tuple(replace(p, as_of=Period.month(2023, 5), as_of_day=date(2023, 5, 31), month_investment=p.month_investment,
                           year_investment=(p.year_investment or 0) - (p.month_investment or 0) - 100 * p.id) for p in now)
    return report_of(*now, form=FORM, previous=before, sources=SOURCES)


def _of(kind: ReportKind, subject: str = "") -> Report:
    return compile_standings(kind, Period.month(2023, 6), many(16), issued=date(2023, 7, 5), unit_order=UNITS, form=FORM,
                             subject=subject, sources=SOURCES)


REPORTS: dict[str, Callable[[], Report]] = {
    "monthly": _monthly,
    "weekly": lambda: report_of(*many(20), period=Period.parse("2023-W26"), form=replace(FORM, parts=())).body,
    "official": lambda: report_of(*many(20), form=replace(FORM, parts=(), manner="official", upward=True)).body,
    "annex": lambda: report_of(*many(20), form=replace(FORM, parts=())).annexes_apart[0],
    "card": lambda: _of(ReportKind.PROJECT, "HY2023-012"),
    "unit": lambda: _of(ReportKind.UNIT, "衡南县"),
    "supervision": lambda: _of(ReportKind.SUPERVISION, "衡南县"),
    "tables": lambda: _of(ReportKind.TABLES),
}


def _ink(one: pypdfium2.PdfObject) -> str:
    """Colours, width of the line and size of the type."""
    red, green, blue, alpha = (c_uint() for _ in range(4))
    width, size = c_float(), c_float()
    told = []
    for ask in (pdfium.FPDFPageObj_GetFillColor, pdfium.FPDFPageObj_GetStrokeColor):
        told.append((red.value, green.value, blue.value, alpha.value) if ask(one, red, green, blue, alpha) else None)
    drawn = width.value if pdfium.FPDFPageObj_GetStrokeWidth(one, width) else 0
    return f"{told} {drawn:.2f} {size.value if one.type == pdfium.FPDF_PAGEOBJ_TEXT and pdfium.FPDFTextObj_GetFontSize(one, size) else 0:.2f}"


def laid_out(path: Path) -> Iterator[str]:
    """A PDF as lines: each page's size, its lines of text and its strokes, places in tenths of a millimetre."""
    document = pypdfium2.PdfDocument(path)
    for number, page in enumerate(document, 1):
        height = page.get_height()
        yield f"== page {number}: {page.get_width() / _MM:.0f} × {height / _MM:.0f}"
        text = page.get_textpage()
        rows = []
        for i in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(i)
            said = " ".join(text.get_text_bounded(left, bottom, right, top).split())
            rows.append(f"{(height - top) / _MM:6.1f} {left / _MM:6.1f} {right / _MM:6.1f} {said}")
        yield from rows
        looks = []
        for one in page.get_objects():
            left, bottom, right, top = one.get_bounds()
            if one.type == pdfium.FPDF_PAGEOBJ_PATH:
                yield f"{(height - top) / _MM:6.1f} {left / _MM:6.1f} {right / _MM:6.1f} {(height - bottom) / _MM:6.1f} |"
            looks.append(f"{one.type} {left:.1f} {bottom:.1f} {right:.1f} {top:.1f} {_ink(one)}")
        whole = zlib.crc32("\n".join(looks).encode())
        yield f"looks of {len(looks)}: {whole:08x}"
    document.close()


_SIZES = re.compile(r"<w:(?:sz|ind|spacing|jc|gridCol|tblW|trHeight|pgSz|pgMar|docGrid|pStyle|vMerge|gridSpan) [^>]*>|<wp:extent [^>]*>")


def sized(path: Path) -> Iterator[str]:
    """What a Word file says of sizes and places, and how long its pictures are."""
    with zipfile.ZipFile(path) as packed:
        for name in ("word/styles.xml", "word/document.xml"):
            text = packed.read(name).decode("utf-8")
            yield f"== {name} {len(text)} {zlib.crc32(text.encode()):08x}"
            for line, same in groupby(_SIZES.findall(text)):
                yield f"{len(list(same))} × {line}"
        for info in packed.infolist():
            if info.filename.endswith((".emf", ".png")):
                yield f"== {info.filename} {info.file_size} {info.CRC:08x}"


@pytest.mark.parametrize("name", REPORTS)
def test_a_printed_paper_is_laid_out_as_it_was_looked_at(name: str, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    print_pdf(REPORTS[name](), path, find_fonts(folders=()))
    hold(KEPT / f"{name}.txt", laid_out(path))


@pytest.mark.parametrize("name", ["monthly", "card"])
def test_a_paper_for_word_is_laid_out_as_it_was_looked_at(name: str, tmp_path: Path) -> None:
    path = tmp_path / "paper.docx"
    print_docx(REPORTS[name](), path, find_fonts(folders=()))
    hold(KEPT / f"{name}.docx.txt", sized(path))


def test_a_chain_is_drawn_as_it_was_looked_at(tmp_path: Path) -> None:
    def box(name: str, count: int) -> ChainBox:
        return ChainBox(name, tuple(ChainItem("已有" if k % 2 else "缺", f"{'●' if k % 2 else '○'} 某某电气设备公司{name}-{k}") for k in range(count)))

    drawing = ChainDrawing("输变电装备", (("上游", (box("硅钢", 3), box("铜材", 1))), ("中游", (box("变压器", 5), box("开关", 2), box("电缆", 4))),
                                      ("下游", (box("电网", 2),))), "● 已有　○ 缺", "", box("在建项目", 7))
    path = tmp_path / "chain.pdf"
    print_chains([drawing], path, find_fonts(folders=()), "2023-07-01")
    hold(KEPT / "chain.txt", laid_out(path))
