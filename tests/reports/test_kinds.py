"""Every kind on paper: one-page sheets stay on one page, lists repeat their heads, charts stand in Word as vectors."""

from __future__ import annotations

import re
import struct
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hydesk.domain.board_words import CURING, RED, YELLOW
from hydesk.domain.dates import LooseDate
from hydesk.domain.periods import Period
from hydesk.reports.check import disagreements
from hydesk.reports.compile import compile_standings
from hydesk.reports.docx_report import print_docx
from hydesk.reports.fonts import find_fonts
from hydesk.reports.form import ReportForm
from hydesk.reports.freeze import freeze, thaw
from hydesk.reports.kinds import NAMED, ReportKind
from hydesk.reports.line_breaking import CLOSING
from hydesk.reports.model import Report
from hydesk.reports.sources import (
    AdjustmentLine,
    MonthPoint,
    NodeStanding,
    ProblemStanding,
    PublishedNaming,
    Sources,
)
from tests.reports.made import ALL_IN_TEXT, JUNE, UNITS, YI, Pages, many, standing, words_of

NODES = ("立项", "用地", "环评", "施工许可", "开工", "主体封顶", "竣工")
LONG = {"name": "超长名称" * 50, "builder": "很长的建设单位" * 10, "scale": "建设规模" * 60, "problem_text": "问题" * 150,
        "next_work_text": "下步" * 120, "progress_text": "形象" * 120, "unit": "衡南县", "city_leader": "李四；张三"}


def sources(count: int = 40) -> Sources:
    nodes = [NodeStanding(p, node, "招商引资" if n < 4 else "落地开工", LooseDate(date(2023, n + 2, 10)), None,
                          LooseDate(date(2023, n + 2, 12)) if n < 3 else None)
             for p in range(1, count + 1) for n, node in enumerate(NODES)]
    problems = [ProblemStanding(p, p, f"第{p}个问题", "110kV线路迁改未完成", "协调供电公司", "市发改委", "张三", "assigned",
                                date(2023, 5, 1), date(2023, 6, 1), None) for p in range(1, count + 1)]
    line = AdjustmentLine(1, "HY2023-001", "第1号项目", "衡南县", "退出", date(2023, 5, 20), "资金未落实", "调整", "", YI, YI)
    return Sources(tuple(nodes), tuple(problems), (line,), tuple(
        MonthPoint(m, m * YI, m * YI // 2 if m < 7 else None) for m in range(1, 13)))


def report(kind: ReportKind, *projects: object, subject: str = "", form: ReportForm | None = None) -> Report:
    return compile_standings(kind, JUNE, projects or many(40), issued=date(2023, 7, 5), unit_order=UNITS,
                             sources=sources(), subject=subject, form=form)  # type: ignore[arg-type]


SUBJECTS = {ReportKind.SUPERVISION: "祁东县", ReportKind.UNIT: "祁东县", ReportKind.PROJECT: "HY2023-005", ReportKind.LEADER: "张三"}


@pytest.mark.parametrize("kind", NAMED)
def test_every_kind_agrees_prints_and_is_frozen(kind: ReportKind, tmp_path: Path) -> None:
    made = report(kind, subject=SUBJECTS.get(kind, ""))
    assert disagreements(made) == []
    assert thaw(freeze(made)) == made
    pages = Pages(made, tmp_path)
    assert not pages.fonts.missing
    text = "".join(pages.text().split())
    assert all("".join(a.table.title.split()) in text for a in made.annexes)


def test_archived_reports_keep_the_names_they_were_written_with() -> None:
    """An archived report must be read by every later version, whatever its classes are called in the code by then."""
    kept = set(re.findall(r'"#":"(\w+)"', freeze(report(ReportKind.MONTHLY))))
    assert {"Report", "Masthead", "Section", "Table", "Column", "Row", "RowKind", "Show", "Figure", "Sentence", "Align"} <= kept
    assert not any(name.startswith("Print") or name == "FigureStyle" for name in kept)


@pytest.mark.parametrize("kind", [ReportKind.UNIT, ReportKind.PROJECT, ReportKind.LEADER])
def test_a_sheet_stays_on_one_page_with_the_longest_words(kind: ReportKind, tmp_path: Path) -> None:
    projects = [standing(n, **LONG, year_investment=n * 1000) for n in range(1, 14)]
    subject = {ReportKind.UNIT: "衡南县", ReportKind.LEADER: "张三"}.get(kind, "HY2023-001")
    assert len(Pages(report(kind, *projects, subject=subject), tmp_path)) == 1


def test_no_line_begins_with_a_closing_mark(tmp_path: Path) -> None:
    pages = Pages(report(ReportKind.MONTHLY), tmp_path)
    for index, sheet in enumerate(pages.document):
        if sheet.get_width() < sheet.get_height():
            lines: dict[int, list[tuple[float, str]]] = {}
            for char, left, top, _, bottom in pages.chars(index):
                lines.setdefault(round((top + bottom) / 2), []).append((left, char))
            for y, line in lines.items():
                left, char = min(line)
                assert y > 262 or left > 30 or char not in CLOSING, (index, y, char)


def test_a_table_whose_first_row_is_tall_does_not_leave_its_head_behind(tmp_path: Path) -> None:
    projects = [standing(n, **LONG, year_investment=n * 1000) for n in range(1, 14)]
    pages = Pages(report(ReportKind.MONTHLY, *projects, form=ALL_IN_TEXT), tmp_path)
    held = [i for i in range(len(pages)) if "滞后项目情况表" in pages.text(i)]
    assert held
    assert all("HY2023-0" in pages.text(i) for i in held)


@pytest.mark.parametrize("each", [1, 6, 10, 14])
def test_a_paper_that_publishes_tables_asks_for_something_after_them(each: int, tmp_path: Path) -> None:
    """However the tables fall on pages: 红榜, its table, 黄榜, its table, what is asked (docs/rules.md §18.3)."""
    boards = tuple(PublishedNaming(f"HY2023-{n:03d}", RED if n <= each else YELLOW, "完成率超时间进度", CURING) for n in range(1, 2 * each + 1))
    made = compile_standings(ReportKind.BOARDS, JUNE, many(40), issued=date(2023, 7, 5), unit_order=UNITS, sources=replace(sources(), boards=boards))
    text = "".join(Pages(made, tmp_path).text().split())
    places = [text.index(words) for words in ("列入红榜的项目", f"{RED}项目表", "列入黄榜的项目", f"{YELLOW}项目表", "三、整改要求")]
    assert places == sorted(places)


def test_charts_stand_in_word_as_metafiles(tmp_path: Path) -> None:
    out = tmp_path / "r.docx"
    print_docx(report(ReportKind.MONTHLY, form=ALL_IN_TEXT), out, find_fonts(folders=()))
    with zipfile.ZipFile(out) as file:
        pictures = [file.read(n) for n in file.namelist() if n.endswith(".emf")]
    assert len(pictures) == 2
    for picture in pictures:
        kind, size, left, top, right, bottom = struct.unpack_from("<IIiiii", picture)
        assert (kind, left, top) == (1, 0, 0)
        assert right / 20 == pytest.approx(440, abs=1)
        total, records = struct.unpack_from("<II", picture, 48)
        assert total == len(picture)
        at = found = 0
        while at < len(picture):
            at += struct.unpack_from("<I", picture, at + 4)[0]
            found += 1
        assert found == records
        assert bottom > 0
        assert size % 4 == 0


def test_a_quarter_says_what_it_brought_since_the_closing_before_it_and_what_began_in_it() -> None:
    march = Period.month(2023, 3)
    now = [standing(1, year_investment=60_000_000, actual_start=date(2023, 5, 2)), standing(2, actual_start=date(2023, 2, 1), actual_finish=date(2023, 4, 1)),
           standing(3, actual_start=date(2023, 4, 1), year_investment=0, annual_plan=0)]
    before = [replace(p, as_of=march, as_of_day=march.day, year_investment=(p.year_investment or 0) // 5) for p in now]
    made = compile_standings(ReportKind.QUARTERLY, JUNE, now, issued=date(2023, 7, 5), previous=before)
    text = words_of(made)
    assert made.file_stem == "衡阳市重点建设项目季度通报（2023年第二季度）"
    assert made.title == "关于2023年第二季度全市重点建设项目推进情况的通报"
    assert "第二季度新增完成投资8800万元。" in text  # 6000 + 5000 less a fifth of each; the month's own amounts say nothing of it
    assert "不一致" not in text
    assert "第二季度开工项目2个，竣工项目1个（衡南县第2号项目）" in text
    half = words_of(compile_standings(ReportKind.HALF_YEAR, JUNE, now, issued=date(2023, 7, 5)))
    assert "上半年开工项目3个" in half
    assert "新增完成投资" not in half  # it is the year's sum itself
    assert disagreements(made) == []


def test_a_year_says_who_has_done_its_plan() -> None:
    last = Period.month(2023, 12)
    now = [standing(1, as_of=last, year_investment=YI), standing(2, as_of=last, unit="常宁市"), standing(3, as_of=last, annual_plan=None)]
    text = words_of(compile_standings(ReportKind.YEARLY, last, now, issued=date(2024, 1, 5)))
    assert "有年度计划的项目2个，完成年度计划的1个，未完成的1个。" in text
    assert "参加排名的单位2个，完成年度计划的1个，未完成的有常宁市（50.00%）" in text


@pytest.mark.parametrize(("count", "units"), [(10, 4), (388, 19), (1000, 30)])
def test_papers_keep_to_their_lengths_for_any_list(count: int, units: int, tmp_path: Path) -> None:
    def paper(kind: ReportKind, period: Period, manner: str = "") -> int:
        own = [replace(p, unit=f"第{p.id % units + 1}县（经开区）", as_of=period, as_of_day=period.day) for p in many(count)]
        made = compile_standings(kind, period, own, issued=date(2023, 7, 5), sources=sources(count), form=ReportForm(manner=manner, remark="演示数据"))
        pages = Pages(made.body, tmp_path)
        # The page of the imprint alone does not count.
        return len(pages) - (len("".join(pages.text(len(pages) - 1).split())) < 120)

    assert paper(ReportKind.WEEKLY, Period.parse("2023-W26")) <= 3
    for manner in ("official", "bulletin"):
        assert paper(ReportKind.MONTHLY, JUNE, manner) <= 6
    assert paper(ReportKind.HALF_YEAR, JUNE) <= 6


def test_the_sentences_of_a_leaders_page_keep_their_keys_where_there_is_nothing_to_tell() -> None:
    """What the office writes in a sentence's place is found by its key."""
    made = compile_standings(ReportKind.LEADER, JUNE, many(10), issued=date(2023, 7, 5), unit_order=UNITS, sources=Sources(), subject="张三")
    assert {s.key: s.text for p in made.paragraphs() for s in p.sentences if s.key in {"leader.nodes", "leader.problems"}} == {
        "leader.problems": "问题清单上没有未销号的问题。", "leader.nodes": "没有逾期和一个月内到期的节点。"}
