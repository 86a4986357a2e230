"""Every kind on paper: one-page sheets stay on one page, lists repeat their heads, charts stand in Word as vectors."""

from __future__ import annotations

import re
import struct
import zipfile
from datetime import date
from pathlib import Path

import pytest

from hydesk.domain.dates import LooseDate
from hydesk.reports.check import disagreements
from hydesk.reports.compile import compile_standings
from hydesk.reports.docx_report import print_docx
from hydesk.reports.fonts import find_fonts
from hydesk.reports.form import ReportForm
from hydesk.reports.freeze import freeze, thaw
from hydesk.reports.kinds import NAMED, ReportKind
from hydesk.reports.line_breaking import CLOSING
from hydesk.reports.model import Report
from hydesk.reports.sources import AdjustmentLine, MonthPoint, NodeStanding, ProblemStanding, Sources
from tests.reports.made import ALL_IN_TEXT, JUNE, UNITS, YI, Pages, many, standing

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
