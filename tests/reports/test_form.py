"""The form of the printed pages, read back from the file: rows whole, the unit on every page, lines broken lawfully."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from functools import cache
from itertools import pairwise
from operator import itemgetter
from pathlib import Path

import pytest

from hydesk.reports.compile import compile_standings
from hydesk.reports.form import ReportForm
from hydesk.reports.kinds import ReportKind
from hydesk.reports.line_breaking import CLOSING
from hydesk.reports.model import Section
from hydesk.reports.prose import Paragraph, Sentence
from tests.reports.made import JUNE, MM, UNITS, Pages, many, standing
from tests.reports.test_kinds import report, sources

LONG_ROW = {"name": "衡南县110kV输变电及35kV线路改造工程（2023年第1批3514.6千米）" * 2, "problem_text": "迁改220kV线路12.75km，影响M2工段" * 4,
            "progress_text": "完成1#、2#厂房基础，累计1005.3万立方米" * 3, "year_investment": 0}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    long = [standing(900 + n, code=f"HY2023-{900 + n}", **LONG_ROW) for n in range(30)]
    made = compile_standings(ReportKind.MONTHLY, JUNE, [*many(100), *long], issued=JUNE.end, unit_order=UNITS,
                             sources=sources(), form=ReportForm(issue=6))
    return Pages(made, tmp_path_factory.mktemp("form"))


@cache
def ordered(pages: Pages, page: int) -> list[tuple[float, float, str]]:
    """The middle of every character of a page, mm from the top and the left, and the character; from above."""
    return sorted(((y0 + y1) / 2, (x0 + x1) / 2, char) for char, x0, y0, x1, y1 in pages.chars(page))


@cache
def boxes(pages: Pages, page: int) -> list[tuple[float, float, float, float]]:
    """Every ruled cell of a page in mm from its upper left corner: left, top, right, bottom."""
    sheet = pages.document[page]
    height = sheet.get_height()
    found = []
    for part in sheet.get_objects():
        if part.type == 2:  # a path
            left, bottom, right, top = part.get_bounds()
            if right - left > 3 and top - bottom > 3:
                found.append((left / MM, (height - top) / MM, right / MM, (height - bottom) / MM))
    return found


def lines(pages: Pages, page: int, box: tuple[float, float, float, float]) -> list[str]:
    """The lines of text whose middle stands in ``box``."""
    left, top, right, bottom = box
    held: list[tuple[float, list[tuple[float, str]]]] = []
    chars = ordered(pages, page)
    for y, x, char in chars[bisect_right(chars, top, key=itemgetter(0)) : bisect_left(chars, bottom, key=itemgetter(0))]:
        if left < x < right:
            if not held or y - held[-1][0] > _NEXT_LINE:
                held.append((y, []))
            held[-1][1].append((x, char))
    return ["".join(c for _, c in sorted(line)) for _, line in held]


_NEXT_LINE = 1.6
"""Characters whose middles are further apart, in mm, stand on two lines."""


def landscape(pages: Pages) -> list[int]:
    return [i for i, s in enumerate(pages.document) if s.get_width() > s.get_height()]


def test_no_row_is_cut_between_pages(pages: Pages) -> None:
    whole = [re.sub(r"\s", "", str(LONG_ROW[key])) for key in ("name", "problem_text", "progress_text")]
    seen = 0
    for page in landscape(pages):
        for box in boxes(pages, page):
            assert box[1] > 28 - 1, "a cell begins above the block"
            assert box[3] < 184 + 1, "a cell ends below the block"
            text = "".join(lines(pages, page, box))
            if "输变电" in text or "迁改220kV" in text or "1005.3万立方米" in text:
                assert text in whole, (page, text)
                seen += 1
    assert seen > 60


def test_the_unit_stands_at_the_top_right_of_every_page_with_amounts(pages: Pages) -> None:
    # Problems and permits have no amounts.
    held = [p for p in landscape(pages) if "下步工作" not in pages.text(p) and "办结率" not in pages.text(p)]
    assert len(held) > 4
    for page in held:
        chars = pages.chars(page)
        at = next(i for i in range(len(chars)) if "".join(c[0] for c in chars[i : i + 5]) == "单位：万元")
        assert chars[at + 4][3] == pytest.approx(260, abs=1), page
        top_cell = min(b[1] for b in boxes(pages, page))
        assert 0 < top_cell - chars[at][4] < 4, page


def test_no_figure_or_latin_word_is_broken_and_no_line_begins_with_a_closing_mark(pages: Pages) -> None:
    looked = 0
    for page in landscape(pages):
        for box in boxes(pages, page):
            broken = lines(pages, page, box)
            for above, below in pairwise(broken):
                looked += 1
                assert not (re.search(r"[0-9A-Za-z.]$", above) and re.match(r"[0-9A-Za-z.]", below)), (page, above, below)
                assert below[0] not in CLOSING, (page, above, below)
    assert looked > 100


def test_hundreds_of_projects_stand_on_few_pages_and_are_readable(pages: Pages) -> None:
    items = [replace(p, name=f"{p.unit}第{p.id}号产业园项目") for p in many(388)]
    made = compile_standings(ReportKind.TABLES, JUNE, items, issued=JUNE.end, unit_order=UNITS, sources=sources())
    sheets = Pages(made, pages.path.parent)
    first = next(c for c in sheets.chars(0) if c[0] == "雁" and c[2] > 60)
    assert (first[4] - first[2]) * MM > 7.4
    assert len([p for p in landscape(sheets) if "建设" in sheets.text(p) and "累计完成" in sheets.text(p)]) <= 20


def test_a_supervision_sheet_says_who_answers_what_is_needed_and_when() -> None:
    made = report(ReportKind.SUPERVISION, subject="祁东县")
    table = made.annexes[0].table
    names = [c.name for c in table.columns]
    assert {"联系领导", "倒排工期", "后6个月每月需完成", "滞后原因"} <= set(names)
    words = "".join(p.text for p in made.paragraphs())
    assert "按原因分" in words
    assert "自本单印发之日起7日内" in words
    assert all(w in "".join(str(c) for r in table.rows for c in r.cells) for w in ("已逾期", "未明确"))


def test_a_draft_has_no_number(tmp_path: Path) -> None:
    draft = report(ReportKind.SUPERVISION, subject="祁东县")
    assert "草稿" in draft.masthead.remark
    assert not re.search(r"第\d|〕\d", draft.masthead.issue)
    assert "草稿" in Pages(draft, tmp_path).text(0)


@pytest.mark.parametrize("words", range(0, 400, 28))
def test_office_and_day_never_stand_on_a_page_without_text(words: int, tmp_path: Path) -> None:
    made = report(ReportKind.SUPERVISION, subject="祁东县")
    *others, last = made.sections
    long = Sentence(("推进情况" * (words // 4) + "。",))
    made = replace(made, sections=(*others, replace(last, blocks=(*last.blocks, Paragraph((long,))))))
    pages = Pages(made, tmp_path)
    signed = next(i for i in range(len(pages)) if "附件：" in pages.text(i))
    text = pages.text(signed)
    assert "2023年7月5日" in text
    assert len(text.split("附件：")[0].strip()) > 28, words


@pytest.mark.parametrize("words", range(0, 700, 84))
def test_a_heading_goes_over_with_the_last_words(words: int, tmp_path: Path) -> None:
    made = report(ReportKind.SUPERVISION, subject="祁东县")
    first = Section("一、情况", (Paragraph((Sentence(("推进情况" * (words // 4) + "。",)),)),))
    pages = Pages(replace(made, sections=(first, Section("二、存在问题", (Paragraph((Sentence(("没有问题。",)),)),)))), tmp_path)
    where = next(i for i in range(len(pages)) if "二、存在问题" in pages.text(i))
    assert "没有问题。" in pages.text(where), words
