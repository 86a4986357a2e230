from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from hydesk.domain.measures.totals import sum_up
from hydesk.domain.money import MoneyUnit, format_money
from hydesk.domain.periods import Period
from hydesk.reports.fonts import MISSING, Role, find_fonts
from hydesk.reports.form import ReportForm
from hydesk.reports.line_breaking import CLOSING
from hydesk.reports.model import Report
from hydesk.reports.pdf import print_pdf
from hydesk.reports.prose import Paragraph, Sentence
from hydesk.resource_files import resource
from tests.reports.made import ALL_IN_TEXT, MM, YI, Pages, many, report_of, standing

NEAR = 1.0
"""Millimetres a position may be off."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    return Pages(report_of(*many(), form=ReportForm(remark="演示数据", signer="张三", issue=6, manner="official", upward=True)), tmp_path_factory.mktemp("report"))


def rows_by_line(pages: Pages, page: int) -> list[tuple[float, float, str]]:
    """Lines of a page: top, left, text."""
    lines: dict[float, list[tuple[float, str]]] = {}
    for char, left, top, _, bottom in pages.chars(page):
        lines.setdefault(round((top + bottom) / 2, 0), []).append((left, char))
    return [(y, min(x for x, _ in cs), "".join(c for _, c in sorted(cs))) for y, cs in sorted(lines.items())]


def test_sums_in_the_printed_report_are_the_standings_to_the_digit(pages: Pages) -> None:
    sums = sum_up(many())
    text = "".join(pages.text().split())
    for amount in (sums.total_investment, sums.annual_plan, sums.year_investment):
        shown = format_money(amount, MoneyUnit.WAN)
        # The annexes of units, of classes twice, and of projects.
        assert text.count(shown) >= 4, shown
    assert sums.completion is not None
    assert f"占年度计划的{sums.completion * 100:.2f}%" in text


def test_every_project_is_printed(pages: Pages) -> None:
    printed = set(re.findall(r"HY2023-\d{3}", pages.text()))
    assert printed == {p.code for p in many()}


def test_rates_of_a_real_notice_are_printed(tmp_path: Path) -> None:
    amounts = {"甲县": (1752, 754), "乙县": (4920, 2306), "丙县": (12910, 8913)}
    report = report_of(*(
        standing(n, unit=unit, annual_plan=plan * 1_000_000, year_investment=done * 1_000_000)
        for n, (unit, (plan, done)) in enumerate(amounts.items(), 1)
    ))
    text = Pages(report, tmp_path).text()
    assert all(rate in text for rate in ("43.04", "46.87", "61.14"))


def test_pages_are_a4_portrait_with_landscape_annexes(pages: Pages) -> None:
    sizes = [tuple(round(x * 25.4 / 72) for x in sheet.get_size()) for sheet in pages.document]
    first = sizes.index((297, 210))
    assert set(sizes[:first]) == {(210, 297)}
    assert set(sizes[first:-1]) == {(297, 210)}
    assert "附件1" in pages.text(first)


def test_the_imprint_closes_the_last_page_after_the_annexes(pages: Pages) -> None:
    last = len(pages) - 1
    assert [round(x * 25.4 / 72) for x in pages.document[last].get_size()] == [210, 297]
    assert "抄送：" in pages.text(last)
    assert "2023年7月5日印发" in pages.text(last)
    assert not any("印发" in pages.text(i) for i in range(last))
    lowest = max(c[4] for c in pages.chars(last) if c[4] < 264)
    assert 37 + 225 - 8 < lowest < 37 + 225 + NEAR


def test_text_stays_within_the_block(pages: Pages) -> None:
    for index, sheet in enumerate(pages.document):
        wide = sheet.get_width() > sheet.get_height()
        left, right, top, bottom = (35, 260, 28, 184) if wide else (28, 184, 37, 262)
        for char, x0, y0, x1, y1 in pages.chars(index):
            if (y0 + y1) / 2 > bottom + 5 or (wide and x1 < left - 3):
                continue  # the page number, of a landscape page at the foot it has when bound
            assert left - NEAR < x0, (index, char)
            # The white half of a squeezed mark may hang over.
            assert x1 - ((x1 - x0) / 2 if char in CLOSING else 0) < right + NEAR, (index, char)
            assert top - NEAR < y0, (index, char)
            assert y1 < bottom + NEAR, (index, char)


def test_the_imprint_stands_on_an_even_page_and_a_blank_one_before_it_bears_no_number(tmp_path: Path) -> None:
    full, seen = report_of(*many(7), form=ReportForm(issue=6)).body, set()
    *others, last = full.sections
    for lines in range(0, 24, 4):
        more = Paragraph((Sentence(("推进情况" * 7 * lines + "。",)),))
        made = Pages(replace(full, sections=(*others, replace(last, blocks=(*last.blocks, more)))), tmp_path)
        end = len(made)
        assert end % 2 == 0
        assert "印发" in made.text(end - 1)
        blank = not "".join(made.text(end - 2).split()).replace(f"—{end - 1}—", "")
        assert (f"— {end} —" in made.text(end - 1)) == (not blank)
        assert (f"— {end - 1} —" in made.text(end - 2)) == (not blank)
        seen.add((blank, len("".join(made.text(end - 1).split())) < 100))
    assert {(False, True), (False, False)} <= seen  # on a page of its own, and below the text


def test_lines_are_never_stretched_and_marks_lose_half_their_width_at_most(tmp_path: Path) -> None:
    pages = Pages(report_of(*many(60)).body, tmp_path)
    advance, squeezed, looked = 156 / 28, 0, 0
    body = Counter(round((c[4] - c[2]) * 10) for c in pages.chars(1)).most_common(1)[0][0]  # the height of body type
    for index in range(1, len(pages)):  # the first has a head of other types
        lines: dict[int, list[tuple[float, float, str]]] = {}
        for char, left, top, right, bottom in pages.chars(index):
            lines.setdefault(round((top + bottom) * 2), []).append((left, right, char if round((bottom - top) * 10) == body else "—"))
        for line in lines.values():
            line.sort()
            if any(char == "—" for _, _, char in line):
                continue  # a table's, a title's
            assert line[-1][1] < 184 + NEAR + (advance / 2 if line[-1][2] in CLOSING else 0)
            for (a, _, one), (b, _, two) in pairwise(line):
                if "\u4e00" <= one <= "\u9fff" and "\u4e00" <= two <= "\u9fff" and b - a < advance * 1.6:  # no mark between
                    looked += 1
                    assert b - a < advance + 0.35, (index, one, two)  # no wider than its own grid
                elif one in "，。、；：）" and b - a < advance * 0.9:
                    squeezed += 1
                    assert b - a > advance / 2 - 0.25, (index, one, two)
    assert looked > 300
    assert squeezed > 5


def test_no_page_of_the_text_but_the_last_is_a_third_empty(tmp_path: Path) -> None:
    for form in (ALL_IN_TEXT, ReportForm(manner="official")):
        pages = Pages(report_of(*many(100), form=form).body, tmp_path)
        texts = [i for i in range(len(pages)) if len("".join(pages.text(i).split())) > 120]
        for index in texts[:-1]:
            lowest = max(c[4] for c in pages.chars(index) if c[4] < 264)
            assert lowest > 37 + 225 * 2 / 3, (form.manner, index)


def test_sums_stand_clear_of_the_rules_beside_them(pages: Pages) -> None:
    looked = 0
    wide = [i for i, s in enumerate(pages.document) if s.get_width() > s.get_height()]
    for index in wide[:: len(wide) // 4]:
        sheet = pages.document[index]
        height, upright = sheet.get_height(), []
        for part in sheet.get_objects(filter=[2]):
            left, bottom, right, top = part.get_bounds()
            if right - left > 9 and top - bottom > 9:
                upright.append((left / MM, (height - top) / MM, right / MM, (height - bottom) / MM))
        figures = [c for c in pages.chars(index) if c[0].isdigit() and c[4] - c[2] < 5]
        for left, top, right, bottom in upright:
            inside = [c for c in figures if top < (c[2] + c[4]) / 2 < bottom and left < (c[1] + c[3]) / 2 < right]
            if inside:
                looked += 1
                assert min(c[1] for c in inside) > left + 0.3
                assert max(c[3] for c in inside) < right - 0.3
    assert looked > 300


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(pages: Pages) -> None:
    for index, sheet in enumerate(pages.document):
        chars = pages.chars(index)
        if sheet.get_width() > sheet.get_height():
            # Bound, the sheet is a portrait one turned to the right: its left edge is the foot, its top the left side.
            chars = [(char, top, 297 - right, bottom, 297 - left) for char, left, top, right, bottom in chars]
        foot = [c for c in chars if (c[2] + c[4]) / 2 > 262 + 5]
        assert "".join(c[0] for c in foot) == f"—{index + 1}—"
        middle = (foot[0][2] + foot[0][4]) / 2
        assert middle == pytest.approx(262 + 7, abs=NEAR)
        one = 14 * 25.4 / 72
        if index % 2 == 0:
            assert foot[-1][3] == pytest.approx(184 - one, abs=NEAR)
        else:
            assert foot[0][1] == pytest.approx(28 + one, abs=NEAR)


def test_a_page_of_text_has_22_lines_of_28_characters(tmp_path: Path) -> None:
    words = "衡阳市重点建设项目推进情况" * 200
    report = report_of(standing())
    opening = report.opening
    long = type(opening)((type(opening.sentences[0])((words,)),))
    pages = Pages(replace(report, opening=long), tmp_path)
    lines = [line for line in rows_by_line(pages, 1) if line[0] < 264]
    assert len(lines) == 22
    assert {len(text) for _, _, text in lines} == {28}
    tops = [y for y, _, _ in lines]
    assert (tops[-1] - tops[0]) / 21 == pytest.approx(28.99 * 25.4 / 72, abs=0.1)
    chars = [c for c in pages.chars(1) if c[4] < 264]
    assert min(c[1] for c in chars) == pytest.approx(28, abs=NEAR)
    assert max(c[3] for c in chars) == pytest.approx(184, abs=NEAR)


def test_the_masthead_names_issue_and_signer_and_marks_made_up_figures(pages: Pages) -> None:
    text = pages.text(0)
    assert all(words in text for words in ("衡阳市重点建设项目事务中心文件", "衡重办〔2023〕6号", "签发人：张三", "演示数据"))
    name = next(c for c in pages.chars(0) if c[0] == "衡")
    assert name[2] == pytest.approx(37 + 35, abs=2.0)


def test_the_head_and_the_unit_stand_on_every_page_of_an_annex(pages: Pages) -> None:
    wide = [i for i, s in enumerate(pages.document) if s.get_width() > s.get_height()]
    with_amounts = [i for i in wide if "存在问题" not in pages.text(i)]  # the list of problems has no amounts
    assert len(with_amounts) > 10
    for index in with_amounts:
        text = pages.text(index)
        assert "单位：万元" in text
        assert re.search("项目名称|地区|类别|手续", text)


def test_every_font_is_embedded_and_no_official_one_is_pretended(pages: Pages) -> None:
    data = pages.path.read_bytes()
    fonts = re.findall(rb"/BaseFont /([^\s/]+)", data)
    assert fonts
    assert all(re.fullmatch(rb"[A-Z]{6}\+Noto.*", name) for name in fonts), fonts
    assert data.count(b"/FontFile2") == len(fonts)
    assert {s.wanted for s in pages.fonts.substitutions} == {role.value for role in Role}


def test_rare_characters_are_drawn_and_lacking_ones_reported(tmp_path: Path) -> None:
    pages = Pages(report_of(standing(name="洣水㵐江𬶍𫖮供水工程")), tmp_path)
    assert "洣水㵐江𬶍𫖮供水工程" in "".join(pages.text().split())
    assert not pages.fonts.missing
    lacking = Pages(report_of(standing(name="甲\U0001f600乙")), tmp_path)
    assert list(lacking.fonts.missing) == ["\U0001f600"]
    assert f"甲{MISSING}乙" in lacking.text()


def test_the_fonts_of_a_folder_are_preferred(tmp_path: Path) -> None:
    (tmp_path / "SIMHEI.TTF").write_bytes(resource("fonts", "NotoSansSC-Regular.ttf").read_bytes())
    fonts = find_fonts(folders=(tmp_path,))
    assert Role.HEI.value not in {s.wanted for s in fonts.substitutions}
    assert "SIMHEI" in fonts.chains[Role.HEI][0].name


@pytest.mark.parametrize(
    "make",
    [
        lambda: report_of(),
        lambda: report_of(standing(name="超长名称" * 50, unit="很长的填报单位名称" * 5, problem_text="问题" * 200, year_investment=0)),
        lambda: report_of(standing(name="A" * 200, annual_plan=None), standing(2, year_investment=YI * 3 // 2)),
        lambda: report_of(standing(name="<b>&amp;</b>{}%s", problem_text="<para>=1+1", year_investment=1)),
        lambda: report_of(standing(as_of=Period.month(2023, 5)), period=Period.week(2023, 25)),
        lambda: report_of(standing(progress_text="很长的形象进度。" * 500)),
    ],
    ids=["empty", "long names", "no plan", "markup", "weekly", "taller than a page"],
)
def test_odd_reports_print(make: Callable[[], Report], tmp_path: Path) -> None:
    report = make()
    pages = Pages(report, tmp_path)
    assert len(pages) >= 1
    assert not pages.fonts.missing
    if report.annexes:
        assert report.annexes[0].table.title[:6] in pages.text()


def test_markup_in_names_is_printed_as_it_stands(tmp_path: Path) -> None:
    text = "".join(Pages(report_of(standing(name="甲<b>&amp;</b>乙")), tmp_path).text().split())
    assert "甲<b>&amp;</b>乙" in text


def test_the_same_report_gives_the_same_bytes(tmp_path: Path) -> None:
    report = report_of(*many()[:40])
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        Pages(report, tmp_path / name)
    assert (tmp_path / "one/report.pdf").read_bytes() == (tmp_path / "two/report.pdf").read_bytes()


def test_progress_is_told_and_cancelling_stops(tmp_path: Path) -> None:
    told: list[float] = []

    def progress(fraction: float, words: str) -> None:
        told.append(fraction)
        if fraction > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        print_pdf(report_of(*many()), tmp_path / "x.pdf", find_fonts(folders=()), progress)
    assert told == sorted(told)
    assert not (tmp_path / "x.pdf").exists()


def test_hundreds_of_projects_print_in_seconds(tmp_path: Path) -> None:
    report = report_of(*many(2000))
    start = time.perf_counter()
    print_pdf(report, tmp_path / "x.pdf", find_fonts(folders=()))
    assert time.perf_counter() - start < 20
    assert len(pypdfium2.PdfDocument(tmp_path / "x.pdf")) > 60
    assert date(2023, 7, 5) == report.issued


def test_a_sections_heading_is_never_the_last_line_of_a_page(pages: Pages) -> None:
    for index, sheet in enumerate(pages.document):
        if sheet.get_width() < sheet.get_height():
            *_, last, _ = rows_by_line(pages, index)
            assert not re.match("[一二三四五六七八]、", last[2]), index


def test_sections_and_annexes_stand_in_the_files_outline(pages: Pages) -> None:
    outline = {m.get_title(): m.get_dest().get_index() for m in pages.document.get_toc()}
    report = report_of(*many())
    assert list(outline)[: len(report.sections)] == [s.heading for s in report.sections]
    for words, page in outline.items():
        assert words.split("\u3000")[0] in pages.text(page)
